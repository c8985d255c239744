r"""Expressions near an end: f = t^m U(t) with U analytic in the disc \|t\| <= r, for t = 1/k at infinity or t = k at 0.

U is kept twice: as one ball that holds its values on the whole disc, and as its power series about t = 0. By Cauchy's
bound the coefficients beyond the known ones are at most M / r^n, with M the largest modulus in the ball.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from typing import Any

import sympy as sp
from flint import acb, acb_series, arb, ctx, fmpq

from derivations.engine.routes.enclosures.points import Frame, UnknownError
from derivations.engine.routes.enclosures.table import ball

FUNCTIONS: dict[Any, tuple[Callable[[acb], acb], Callable[[acb_series], acb_series]]] = {
    sp.exp: (acb.exp, acb_series.exp),
    sp.log: (lambda x: x.log(analytic=True), acb_series.log),
    sp.sin: (acb.sin, acb_series.sin),
    sp.cos: (acb.cos, acb_series.cos),
    sp.tan: (acb.tan, acb_series.tan),
    sp.erf: (acb.erf, acb_series.erf),
    sp.sinh: (acb.sinh, lambda s: (s.exp() - (-s).exp()) / 2),
    sp.cosh: (acb.cosh, lambda s: (s.exp() + (-s).exp()) / 2),
    sp.tanh: (acb.tanh, lambda s: (s.exp() - (-s).exp()) / (s.exp() + (-s).exp())),
}
"""Functions that can be applied to what stays finite at infinity."""


LEVELS = 3
"""U is bounded on this many concentric discs, each of half the radius of the one before."""
INSIDE = 16
"""How much smaller than the largest disc the stretch is that an expansion is used on: 4 bits a coefficient."""


@dataclass(frozen=True, kw_only=True)
class Disc:
    """The radius of the largest disc, and the power of t that the variable is: 1, or -1 at infinity."""

    radius: arb
    power: int = -1

    @property
    def length(self) -> int:
        """How many coefficients are kept: enough for the working precision on the smallest disc."""
        return ctx.prec // 2 + 8

    def balls(self) -> list[acb]:
        """All t of each disc."""
        spreads = [arb(0, self.radius / 2**level) for level in range(LEVELS)]
        return [acb(s, s) for s in spreads]

    @contextmanager
    def truncated(self) -> Iterator[None]:
        """Power series with this many coefficients inside the block."""
        before = ctx.cap
        ctx.cap = self.length
        try:
            yield
        finally:
            ctx.cap = before


@dataclass(frozen=True, kw_only=True)
class Germ:
    """The function t^order U(t), with a ball of U on each disc; not finite where U is not known to be analytic."""

    order: fmpq
    values: list[acb]
    series: acb_series

    @property
    def level(self) -> int:
        """The largest disc on which U is bounded."""
        return next((i for i, v in enumerate(self.values) if v.is_finite()), LEVELS)

    def largest(self) -> arb:
        """A bound of U on that disc."""
        return arb(abs(self.values[self.level]).upper())

    def coefficients(self) -> list[acb]:
        """The power series of U, as far as it is needed at 1/16 of the radius of the largest disc."""
        needed = ctx.prec // (4 - self.level) + 8
        return [self.series[i] for i in range(needed)]

    def radius(self, disc: Disc) -> arb:
        """The radius of the disc that ``largest`` speaks of."""
        return disc.radius / 2**self.level


def germ(node: Any, index: sp.Basic, frame: Frame, disc: Disc) -> Germ:
    """The germ of ``node`` as a function of ``index``; the caller keeps series ``truncated``.

    Raises
    ------
    UnknownError
        If it is not known to be analytic in the disc, up to a power of t.
    """
    found = _germ(node, index, frame, disc)
    if found.level == LEVELS:
        raise UnknownError(f"{node} is not analytic near its end")
    return found


def _germ(node: Any, index: sp.Basic, frame: Frame, disc: Disc) -> Germ:
    if index not in node.free_symbols:
        value = ball(node, frame, analytic=frame.complex_depth > 0)
        return Germ(order=fmpq(0), values=[value] * LEVELS, series=acb_series([value]))
    if node == index:
        return Germ(order=fmpq(disc.power), values=[acb(1)] * LEVELS, series=acb_series([1]))
    if isinstance(node, sp.Add):
        node = sp.expand(node) if node.is_polynomial(index) else node
        if not isinstance(node, sp.Add):
            return _germ(node, index, frame, disc)
        return _without_zeros(reduce(lambda a, b: _plus(a, b, disc), _parts(node, index, frame, disc)), disc)
    if isinstance(node, sp.Mul):
        return reduce(times, _parts(node, index, frame, disc))
    if isinstance(node, sp.Pow) and node.base is not sp.E:
        return _power(node, index, frame, disc)
    return _applied(node, index, frame, disc)


def _parts(node: Any, index: sp.Basic, frame: Frame, disc: Disc) -> list[Germ]:
    return [germ(a, index, frame, disc) for a in node.args]


def times(first: Germ, second: Germ) -> Germ:
    """The product."""
    values = [a * b for a, b in zip(first.values, second.values, strict=True)]
    return Germ(order=first.order + second.order, values=values, series=first.series * second.series)


def _plus(first: Germ, second: Germ, disc: Disc) -> Germ:
    low, high = sorted((first, second), key=lambda g: g.order)
    shift = high.order - low.order
    if shift.q != 1:
        raise UnknownError("a sum of powers of the index whose difference is no integer")
    lifted = _lifted(high, int(shift.p), disc)
    values = [a + b for a, b in zip(low.values, lifted.values, strict=True)]
    return Germ(order=low.order, values=values, series=low.series + lifted.series)


def _lifted(given: Germ, shift: int, disc: Disc) -> Germ:
    """The same function with ``shift`` powers of t moved into U."""
    raised = acb_series([0] * min(shift, disc.length) + [given.series[i] for i in range(disc.length - shift)])
    values = [v * t**shift for v, t in zip(given.values, disc.balls(), strict=True)]
    return Germ(order=given.order - shift, values=values, series=raised)


def _without_zeros(given: Germ, disc: Disc) -> Germ:
    """Leading coefficients that are exactly zero become powers of t; U / t is bounded by Schwarz's lemma."""
    zeros = 0
    while zeros < disc.length and given.series[zeros] == 0:
        zeros += 1
    if not zeros:
        return given
    radii = [disc.radius / 2**level for level in range(LEVELS)]
    bounds = [arb((abs(v) / r**zeros).upper()) for v, r in zip(given.values, radii, strict=True)]
    known = [given.series[i] for i in range(zeros, disc.length)]
    level = given.level
    if level == LEVELS:
        return given
    unknown = [_within(bounds[level] / radii[level] ** i) for i in range(len(known), disc.length)]
    values = [_within(bounds[0])]
    for outer, inner in pairwise(range(LEVELS)):
        rest = _within(bounds[outer] * 2 * arb(2) ** -len(known))
        values.append(_horner(known, disc.balls()[inner]) + rest)
    return Germ(order=given.order + zeros, values=values, series=acb_series([*known, *unknown]))


def _within(size: arb) -> acb:
    spread = arb(0, arb(size.upper()))
    return acb(spread, spread)


def _horner(coefficients: list[acb], t: acb) -> acb:
    total = acb(0)
    for coefficient in reversed(coefficients):
        total = total * t + coefficient
    return total


def _power(node: Any, index: sp.Basic, frame: Frame, disc: Disc) -> Germ:
    exponent = frame.exact(node.exp) if index not in node.exp.free_symbols else None
    if exponent is None:
        raise UnknownError(f"no expansion of {node} near its end")
    base = germ(node.base, index, frame, disc)
    if exponent.q == 1:
        n = int(exponent.p)
        series = base.series**n if n >= 0 else _inverse(base) ** -n
        return Germ(order=base.order * n, values=[v**n for v in base.values], series=series)
    series = (base.series.log() * acb_series([acb(exponent)])).exp()
    values = [v.pow(acb(exponent), analytic=True) for v in base.values]
    return Germ(order=base.order * exponent, values=values, series=series)


def _inverse(base: Germ) -> acb_series:
    if base.series[0].contains(acb(0)):
        raise UnknownError("a denominator that may vanish near its end")
    return acb_series([1]) / base.series


def _applied(node: Any, index: sp.Basic, frame: Frame, disc: Disc) -> Germ:
    if node.func not in FUNCTIONS or len(node.args) != 1:
        raise UnknownError(f"no expansion of {node} near its end")
    inner = germ(node.args[0], index, frame, disc)
    if inner.order < 0 or inner.order.q != 1:
        raise UnknownError(f"no expansion of {node} near its end")
    flat = _lifted(inner, int(inner.order.p), disc)
    on_balls, on_series = FUNCTIONS[node.func]
    values = [on_balls(v) for v in flat.values]
    return _without_zeros(Germ(order=fmpq(0), values=values, series=on_series(flat.series)), disc)
