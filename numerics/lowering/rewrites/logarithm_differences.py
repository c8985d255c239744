"""Differences of logarithms of cosh, of tails and of sums of exponentials, where both are nearly equal."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import sympy as sp

from numerics.lowering.nodes import (
    Erfc,
    ErfDifference,
    ExpMinusOne,
    LogAddExp,
    LogCosh,
    LogErfc,
    LogHalfErfc,
    Logistic,
    LogOnePlus,
    LogTwoCosh,
)
from numerics.lowering.rewrites.terms import argument, cofactors, without

HALF = sp.Rational(1, 2)


def logarithm_differences(node: Any) -> Any:
    """b F(u) - b F(v) for F = log cosh, log 2 cosh, log erfc, log(erfc / 2) and log(exp(w) + exp(.))."""
    known = [(t, f, c) for t, f, c in cofactors(node) if f.func in _FORMS] if isinstance(node, sp.Add) else []
    for (one, f, c), (other, g, d) in combinations(known, 2):
        if one != other and f.func == g.func and c == -d:
            form = _FORMS[f.func](f, g)
            if form is not None:
                return without(node, one, other) + c * form
    return None


def _selected(lost: Any, sign: Any, gap: Any, rests: tuple[Any, Any]) -> Any:
    """-log(1 - lost), where less than half is lost; beyond, the gap of the exponents and what is beside them."""
    one, other = (LogOnePlus(sp.exp(-rest)) for rest in rests)
    return sp.Piecewise((-sign * LogOnePlus(-lost), lost < HALF), (sign * gap + one - other, True), evaluate=False)


def _sum_of_exponentials(f: Any, g: Any) -> Any:
    """(exp(w) + exp(v)) / (exp(w) + exp(u)) = 1 - (1 - exp(v - u)) / (1 + exp(w - u)) for v < u."""
    shared = [a for a in f.args if a in g.args]
    if len(shared) != 1:
        return None
    w = shared[0]
    (u,), (v,) = ([a for a in h.args if a != w] for h in (f, g))
    gap, above = sp.expand(u - v), sp.Max(u, v) - w
    exponents = sp.Min(sp.Abs(gap), sp.Max(above, 0))
    lost = -Logistic(above) * ExpMinusOne(-sp.Abs(gap))
    return _selected(lost, sp.sign(gap), exponents, (sp.Abs(u - w), sp.Abs(v - w)))


def _cosh(f: Any, g: Any) -> Any:
    """cosh(v) / cosh(u) = 1 - (1 - exp(-|u - v|)) (1 - exp(-|u + v|)) / (1 + exp(-2 |u|)) for |v| < |u|."""
    u, v = argument(f), argument(g)
    gap, total = sp.expand(u - v), sp.expand(u + v)
    exponents = sp.Min(sp.Abs(gap), sp.Abs(total))  # ||u| - |v||
    lost = ExpMinusOne(-sp.Abs(gap)) * ExpMinusOne(-sp.Abs(total)) * Logistic(2 * sp.Max(sp.Abs(u), sp.Abs(v)))
    return _selected(lost, sp.sign(gap) * sp.sign(total), exponents, (2 * sp.Abs(u), 2 * sp.Abs(v)))


def _tail(f: Any, g: Any) -> Any:
    """erfc(u) / erfc(v) = 1 + (erf(v) - erf(u)) / erfc(v), where both are not small."""
    u, v = argument(f), argument(g)
    ratio = ErfDifference(v, u, sp.expand(v - u)) / Erfc(v)
    is_near = sp.And(u < 1, v < 1)
    # Selections of their own, which the rule does not look at again.
    far = [sp.Piecewise((h, sp.Not(is_near)), evaluate=False) for h in (f, g)]
    return sp.Piecewise((LogOnePlus(ratio), is_near), (far[0] - far[1], True), evaluate=False)


_FORMS: dict[Any, Callable[[Any, Any], Any]] = {
    LogAddExp: _sum_of_exponentials, LogCosh: _cosh, LogTwoCosh: _cosh, LogErfc: _tail, LogHalfErfc: _tail,
}  # fmt: skip
