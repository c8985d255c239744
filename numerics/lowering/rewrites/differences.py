"""Differences f(A) - f(B) of nearly equal terms, where A - B is simpler than A and B."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import sympy as sp

from numerics.lowering.nodes import Erfc, ErfDifference, ExpMinusOne, Logistic, LogOnePlus
from numerics.lowering.rewrites.terms import argument, cofactors, is_rounded_once, without

SMALLEST = sp.Rational(1, 2**1000)
"""Of a quotient that is neither near underflow nor, turned over, near overflow."""
MOST_TERMS = 4
"""Of a difference that is looked at for factors."""


def differences(node: Any) -> Any:
    """b f(A) - b f(B) by a formula for the difference; f(-B) stands for -f(B) where f is odd."""
    known = [(t, f, c) for t, f, c in cofactors(node) if f.func in _FORMS] if isinstance(node, sp.Add) else []
    for (one, f, c), (other, g, d) in combinations(known, 2):
        if one == other or f.func != g.func or not (c == -d or (c == d and f.func in _ODD)):
            continue
        form = _FORMS[f.func](argument(f), argument(g) if c == -d else -argument(g))
        if form is not None:
            return without(node, one, other) + c * form
    return None


def power_difference(node: Any) -> Any:
    """b A^n - b B^n by the larger one times exp(-|n log(A/B)|) - 1, if A - B is one term; of no whole n, or half a one.

    Powers of 1 + u may have become exponentials already.
    """
    known = [(t, f, c, *_as_power(f)) for t, f, c in cofactors(node)] if isinstance(node, sp.Add) else []
    powers = [power for power in known if power[-1] is not None]
    for (one, f, c, a, n), (other, g, d, b, m) in combinations(powers, 2):
        gap = _gap(a, b) if c == -d and one != other and n == m else None
        if gap is not None and not isinstance(gap, sp.Add):
            larger = sp.Piecewise((-f, n * gap > 0), (g, True), evaluate=False)
            return without(node, one, other) + c * larger * ExpMinusOne(-sp.Abs(n * _log(a, b)))
    return None


def _as_power(factor: Any) -> tuple[Any, Any]:
    """Base and exponent of a power of a positive base; None twice for anything else."""
    if isinstance(factor, sp.Pow) and factor.base.is_positive and not (2 * factor.exp).is_Integer:
        return factor.base, factor.exp
    if isinstance(factor, sp.exp):
        for part in sp.Mul.make_args(argument(factor)):
            if isinstance(part, LogOnePlus):
                return 1 + argument(part), argument(factor) / part
    return None, None


def squared_difference(node: Any) -> Any:
    """b exp(A) + b exp(B) - 2 b exp((A + B)/2) = b exp(max(A, B)) (1 - exp(-|A - B|/2))^2."""
    terms = [(t, f, c) for t, f, c in cofactors(node) if isinstance(f, sp.exp)] if isinstance(node, sp.Add) else []
    for (one, f, c), (other, g, d) in combinations(terms, 2):
        a, b = argument(f), argument(g)
        middle = -2 * c * sp.exp(sp.expand((a + b) / 2))
        if c == d and one != other and middle in node.args:
            square = ExpMinusOne(-sp.Abs(sp.expand(a - b)) / 2) ** 2
            return without(node, one, other, middle) + c * sp.exp(sp.Max(a, b)) * square
    return None


def _gap(a: Any, b: Any) -> Any:
    """A - B where it is a single term, or a product of such and of differences of two atoms; else None."""
    gap = sp.expand(a - b)
    if gap.is_number or not isinstance(gap, sp.Add):
        return gap
    if len(gap.args) > MOST_TERMS or not gap.is_polynomial(*gap.free_symbols):
        return None
    product: Any = sp.factor(gap)
    factors = [f.as_base_exp()[0] for f in sp.Mul.make_args(product)]
    return product if all(is_rounded_once(f) for f in factors) else None


def _exp(a: Any, b: Any) -> Any:
    gap = _gap(a, b)
    if gap is None:
        return None
    if gap.is_nonnegative:
        return -sp.exp(a) * ExpMinusOne(-gap)
    if gap.is_nonpositive:
        return sp.exp(b) * ExpMinusOne(gap)
    return -sp.sign(gap) * sp.exp(sp.Max(a, b)) * ExpMinusOne(-sp.Abs(gap))


def _log(a: Any, b: Any) -> Any:
    gap = _gap(a, b)
    if gap is None:
        return None
    if isinstance(gap, sp.Add) or (gap.is_Mul and any(isinstance(f, sp.Add) for f in gap.args)):
        return _of_either_sign(a, b, gap)
    return -LogOnePlus(-gap / a) if gap.is_negative else LogOnePlus(gap / b)


def _of_either_sign(a: Any, b: Any, gap: Any) -> Any:
    """Where A and B are close, by their difference; elsewhere by their quotient, unless that over- or underflows."""
    ratio, is_near = a / b, sp.And(2 * a < 3 * b, 2 * a > b)
    is_plain = sp.And(ratio > SMALLEST, ratio < 1 / SMALLEST)
    apart = [sp.Piecewise((sp.log(side), sp.Not(is_plain)), evaluate=False) for side in (a, b)]
    return sp.Piecewise(
        (LogOnePlus(gap / b), is_near), (sp.log(ratio), is_plain), (apart[0] - apart[1], True), evaluate=False
    )


def _log_one_plus(a: Any, b: Any) -> Any:
    return _log(1 + a, 1 + b)


def _logistic(a: Any, b: Any) -> Any:
    gap = sp.expand(a - b)
    if gap.is_nonnegative:
        return -Logistic(a) * Logistic(-b) * ExpMinusOne(-gap)
    if gap.is_nonpositive:
        return Logistic(b) * Logistic(-a) * ExpMinusOne(gap)
    above, below = sp.Max(a, b), sp.Min(a, b)
    return -sp.sign(gap) * Logistic(above) * Logistic(-below) * ExpMinusOne(-sp.Abs(gap))


def _tanh(a: Any, b: Any) -> Any:
    return 2 * _logistic(2 * a, 2 * b)


def _erf(a: Any, b: Any) -> Any:
    return ErfDifference(a, b, sp.expand(a - b))


def _erfc(a: Any, b: Any) -> Any:
    return ErfDifference(b, a, sp.expand(b - a))


def _sin(a: Any, b: Any) -> Any:
    """2 cos(B + h) sin(h) with h half the gap; B + h is not added up, which would round it."""
    gap = _gap(a, b)
    if gap is None:
        return None
    if a.count_ops() < b.count_ops():
        return -_sin(b, a)
    half = gap / 2
    return 2 * sp.sin(half) * (sp.cos(b) * sp.cos(half) - sp.sin(b) * sp.sin(half))


def _cos(a: Any, b: Any) -> Any:
    """-2 sin(B + h) sin(h), likewise."""
    gap = _gap(a, b)
    if gap is None:
        return None
    if a.count_ops() < b.count_ops():
        return -_cos(b, a)
    half = gap / 2
    return -2 * sp.sin(half) * (sp.sin(b) * sp.cos(half) + sp.cos(b) * sp.sin(half))


def _cosh(a: Any, b: Any) -> Any:
    gap = _gap(a, b)
    return None if gap is None else 2 * sp.sinh(b + gap / 2) * sp.sinh(gap / 2)


def _sinh(a: Any, b: Any) -> Any:
    gap = _gap(a, b)
    return None if gap is None else 2 * sp.cosh(b + gap / 2) * sp.sinh(gap / 2)


def _atan(a: Any, b: Any) -> Any:
    """The angle of (1 + i A)(1 - i B)."""
    gap = _gap(a, b)
    return None if gap is None else sp.atan2(gap, 1 + a * b)


_ODD = (sp.tanh, sp.erf, sp.atan, sp.sinh, sp.sin)
_FORMS: dict[Any, Callable[[Any, Any], Any]] = {
    sp.exp: _exp, sp.log: _log, LogOnePlus: _log_one_plus, Logistic: _logistic, sp.tanh: _tanh, sp.erf: _erf,
    Erfc: _erfc, sp.sin: _sin, sp.cos: _cos, sp.sinh: _sinh, sp.cosh: _cosh, sp.atan: _atan,
}  # fmt: skip


def reciprocals(node: Any) -> Any:
    """c/A^n - c/B^n over one denominator, for n = 1 and 2."""
    powers = [(t, f, c) for t, f, c in cofactors(node) if f.is_Pow and f.exp in (-1, -2)] if node.is_Add else []
    for (one, f, c), (other, g, d) in combinations(powers, 2):
        a, b, n = f.base, g.base, f.exp
        gap = _gap(a, b) if n == g.exp and c == -d and one != other else None
        if gap is not None:
            return without(node, one, other) - c * gap * (1 if n == -1 else a + b) * (a * b) ** n
    return None


def mixed_logarithms(node: Any) -> Any:
    """b log(A) - b log(B) where one of them has become log(1 + u)."""
    terms = [(t, f, c) for t, f, c in cofactors(node) if isinstance(f, sp.log | LogOnePlus)] if node.is_Add else []
    for (one, f, c), (other, g, d) in combinations(terms, 2):
        if c == -d and one != other and f.func != g.func:
            a, b = (argument(h) if isinstance(h, sp.log) else 1 + argument(h) for h in (f, g))
            form = _log(a, b)
            if form is not None:
                return without(node, one, other) + c * form
    return None
