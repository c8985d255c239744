"""Sums of log gamma and psi that cancel far out, or for small steps: each rule gives the other form, or None."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from itertools import combinations, permutations
from typing import Any

import sympy as sp

from numerics.lowering.rewrites.terms import argument, cofactors, without
from numerics.lowering.special_nodes import (
    Digamma,
    DigammaDifference,
    DigammaGap,
    LogBeta,
    LogBinomial,
    LogFactorial,
    LogGammaDifference,
    StirlingRemainder,
)


def binomial_sum(node: Any) -> Any:
    """b log gamma(u) - b log gamma(v) - b log gamma(w) where u is v + w - 1, or v + w."""
    for (one, b, u), (other, c, v), (third, d, w) in permutations(_log_gammas(node), 3):
        if c == d == -b and len({one, other, third}) == 3:
            gap = sp.expand(v + w - u)
            if gap == 1:
                return without(node, one, other, third) + b * LogBinomial(v - 1, w - 1)
            if gap == 0:
                return without(node, one, other, third) - b * LogBeta(v, w)
    return None


def gamma_difference(node: Any) -> Any:
    """b log gamma(u) - b log gamma(v), and the same of psi, by the step u - v."""
    psis = [(t, c, argument(f)) for t, f, c in _cofactors(node) if isinstance(f, Digamma) and argument(f).is_positive]
    for form, terms in ((LogGammaDifference, _log_gammas(node)), (DigammaDifference, psis)):
        for (one, b, u), (other, c, v) in combinations(terms, 2):
            if b == -c and one != other:
                step = sp.expand(u - v)
                return without(node, one, other) + b * sp.sign(step) * form(sp.Min(u, v), sp.Abs(step))
    return None


def _cofactors(node: Any) -> tuple[tuple[Any, Any, Any], ...]:
    return cofactors(node) if isinstance(node, sp.Add) else ()


def _log_gammas(node: Any) -> list[tuple[Any, Any, Any]]:
    """Each term with a log gamma of what is positive, its prefactor and its argument."""
    known = [(t, c, argument(f) + int(isinstance(f, LogFactorial))) for t, f, c in _cofactors(node) if _is_log_gamma(f)]
    return [(term, c, u) for term, c, u in known if u.is_positive]


def _is_log_gamma(factor: Any) -> bool:
    return isinstance(factor, sp.loggamma | LogFactorial)


def stirling_sum(node: Any) -> Any:
    """A sum of log gamma(u), psi(u) and what makes up for their growth, by the remainders of Stirling's series.

    It looks at sums as they were written, for one symbol u.
    """
    if not isinstance(node, sp.Add) or len(node.free_symbols) != 1 or not node.has(sp.loggamma, sp.polygamma):
        return None
    (u,) = node.free_symbols
    if not u.is_positive:
        return None
    form = sp.expand(node.replace(_is_of_symbol, _by_remainder))
    if form.has(sp.loggamma, sp.polygamma):
        return None
    level = sp.Dummy()
    growth = sp.Add(*(t for t in sp.Add.make_args(form) if not t.has(StirlingRemainder, DigammaGap)))
    growth = growth.xreplace({sp.log(u): level})
    if not growth.is_polynomial(u, level) or sp.Poly(growth, u, level).degree(u) > 0:
        return None
    return form if node.has(sp.loggamma) or not growth.has(level) else None


def _is_of_symbol(node: Any) -> bool:
    if isinstance(node, sp.loggamma):
        return node.args[0].is_Symbol or (node.args[0] - 1).is_Symbol
    return isinstance(node, sp.polygamma) and node.args[0] == 0 and node.args[1].is_Symbol


def _by_remainder(node: Any) -> Any:
    u = node.args[-1]
    if isinstance(node, sp.polygamma):
        return sp.log(u) + DigammaGap(u)
    half = sp.Rational(1, 2) if u.is_Symbol else -sp.Rational(1, 2)
    place = u if u.is_Symbol else u - 1
    return (place - half) * sp.log(place) - place + sp.log(2 * sp.pi) / 2 + StirlingRemainder(place)


GAMMA_RULES = (binomial_sum, gamma_difference)
