"""A polynomial times exp of a polynomial of degree two or less over part of the line: analytic in all that enters.

It serves integrals within integrals, where the ends of the piece may depend on the outer variable.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sympy as sp
from flint import acb, arb

from derivations.engine.routes.enclosures.points import Frame, UnknownError
from derivations.engine.routes.enclosures.table import ball

DEGREE = 40


@dataclass(frozen=True, kw_only=True)
class Term:
    """The coefficients of a polynomial and of its quadratic exponent, constants first."""

    factors: tuple[Any, ...]
    exponent: tuple[Any, Any, Any]


@lru_cache(maxsize=1024)
def terms(body: Any, name: sp.Symbol) -> tuple[Term, ...]:
    """The body as a sum of polynomials times Gaussians.

    Raises
    ------
    UnknownError
        If it is none.
    """
    found = []
    waves = {w: w.rewrite(sp.exp) for w in body.atoms(sp.sin, sp.cos, sp.sinh, sp.cosh) if name in w.free_symbols}
    for term in sp.Add.make_args(sp.expand(body.xreplace(waves))):
        exponent, rest = sp.S.Zero, sp.S.One
        for factor in sp.Mul.make_args(term):
            if isinstance(factor, sp.exp) and name in factor.free_symbols:
                exponent += factor.exp
            else:
                rest *= factor
        if not (rest.is_polynomial(name) and exponent.is_polynomial(name)):
            raise UnknownError(f"{term} is no polynomial times a Gaussian")
        powers, factors = (tuple(reversed(sp.Poly(e, name).all_coeffs())) for e in (exponent, rest))
        if len(powers) > 3 or len(factors) > DEGREE:
            raise UnknownError(f"{term} is no polynomial times a Gaussian")
        found.append(Term(factors=factors, exponent=(*powers, sp.S.Zero, sp.S.Zero)[:3]))
    return tuple(found)


def gaussian_piece(body: Any, name: sp.Symbol, low: acb | None, high: acb | None, frame: Frame, analytic: bool) -> acb:
    """The integral from ``low`` to ``high``; None stands for the infinite end of that side.

    Raises
    ------
    UnknownError
        If the body is no polynomial times a Gaussian that decays.
    """
    return sum((_one(term, low, high, frame, analytic) for term in terms(body, name)), start=acb(0))


def _settled(node: Any, frame: Frame, analytic: bool) -> acb:
    """The ball of a coefficient, found once where no integration variable enters."""
    if node.is_Rational:
        return ball(node, frame)
    if any(s in frame.bound for s in _symbols(node)):
        return ball(node, frame, analytic)
    if node not in frame.budget.known:
        frame.budget.known[node] = ball(node, frame)
    return frame.budget.known[node]


@lru_cache(maxsize=4096)
def _symbols(node: Any) -> frozenset[sp.Basic]:
    return frozenset(node.free_symbols)


def _one(term: Term, low: acb | None, high: acb | None, frame: Frame, analytic: bool) -> acb:
    """The moments J_n of exp(c + b y - a y^2), each with its factor."""
    rule = _gaussian if term.exponent[2] != 0 else (_exponential if term.exponent[1] != 0 else _polynomial)
    moments = rule(*(_settled(e, frame, analytic) for e in term.exponent), len(term.factors), low, high)
    weights = (_settled(f, frame, analytic) for f in term.factors)
    return sum((w * m for w, m in zip(weights, moments, strict=True)), start=acb(0))


def _polynomial(c: acb, b: acb, square: acb, count: int, low: acb | None, high: acb | None) -> list[acb]:  # noqa: ARG001
    """J_n = exp(c) [y^(n+1)] / (n + 1)."""
    if low is None or high is None:
        raise UnknownError("a polynomial over an infinite stretch")
    return [c.exp() * (high ** (n + 1) - low ** (n + 1)) / (n + 1) for n in range(count)]


def _exponential(c: acb, b: acb, square: acb, count: int, low: acb | None, high: acb | None) -> list[acb]:  # noqa: ARG001
    """J_n = ([y^n exp(c + b y)] - n J_(n-1)) / b."""
    if not ((high is not None or b.real < 0) and (low is not None or b.real > 0)) or b.contains(0):
        raise UnknownError("an exponential that is not known to decay")
    ends = [(sign, y, (c + b * y).exp()) for sign, y in ((1, high), (-1, low)) if y is not None]
    moments: list[acb] = []
    for n in range(count):
        boundary = sum((sign * y**n * height for sign, y, height in ends), start=acb(0))
        moments.append((boundary - (n * moments[n - 1] if n else 0)) / b)
    return moments


def _gaussian(c: acb, b: acb, negative: acb, count: int, low: acb | None, high: acb | None) -> list[acb]:
    """J_n = (b J_(n-1) + (n - 1) J_(n-2) - [y^(n-1) exp]) / (2 a)."""
    a = -negative
    if not (a.imag == 0 and a.real > 0):
        raise UnknownError("a Gaussian that is not known to decay")
    root, center = a.sqrt(), b / (2 * a)
    first = (root * (low - center)).erf() if low is not None else acb(-1)
    last = (root * (high - center)).erf() if high is not None else acb(1)
    ends = [(sign, y, (c + b * y - a * y * y).exp()) for sign, y in ((1, high), (-1, low)) if y is not None]
    moments = [(c + b * b / (4 * a)).exp() * (arb.pi() / (4 * a)).sqrt() * (last - first)]
    for n in range(1, count):
        boundary = sum((sign * y ** (n - 1) * height for sign, y, height in ends), start=acb(0))
        lower = (n - 1) * moments[n - 2] if n > 1 else acb(0)
        moments.append((b * moments[n - 1] + lower - boundary) / (2 * a))
    return moments
