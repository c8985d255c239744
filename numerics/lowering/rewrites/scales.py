"""Products and logarithms in which one part overflows where another vanishes: exponents are added before exp is taken.

A factor that grows or decays exponentially is written as exp(scale) times a mantissa that does neither.
"""

from __future__ import annotations

from itertools import permutations
from typing import Any

import sympy as sp

from numerics.lowering.nodes import Erfc, ExpMinusOne, Logistic, ScaledErfc
from numerics.lowering.rewrites.terms import argument

Scaled = tuple[Any, Any]
"""The scale and the mantissa."""


def overflowing_product(node: Any) -> Any:
    """Join the scales of the factors where one may overflow and another one vanish."""
    if not isinstance(node, sp.Mul):
        return None
    parts = [(f, _scaled(f)) for f in node.args]
    extremes = [(_grows(f), _decays(f)) for f, s in parts if s is not None]
    if not any(a[0] and b[1] for a, b in permutations(extremes, 2)):
        return None
    scale = sp.expand(sp.Add(*(s[0] for _, s in parts if s is not None)))  # (u + 1)^2 - u^2 would be rounded
    return sp.exp(scale) * sp.Mul(*(f if s is None else s[1] for f, s in parts))


def overflowing_power(node: Any) -> Any:
    """b^a = exp(a log(b)) for a base that may be larger or smaller than any double, and an exponent in symbols."""
    if not isinstance(node, sp.Pow) or node.exp.is_number or not node.base.is_positive:
        return None
    factors = sp.Mul.make_args(node.base)
    if not any(_grows(f) or _decays(f) for f in factors):
        return None
    return sp.exp(node.exp * sp.log(node.base))


def overflowing_logarithm(node: Any) -> Any:
    """log(exp(s) m) = s + log(m), where s grows."""
    if not isinstance(node, sp.log):
        return None
    value = argument(node)
    if value.is_Add and value.as_coeff_Add()[0] == 1 and value.has(sp.sinh, ExpMinusOne):
        return None  # it comes near log(1), where its digits are those of what is added
    if not any(_grows(f) for f in sp.Mul.make_args(value)):
        return None
    scale, mantissa = _scaled_term(value)
    return scale + sp.log(mantissa)


def _grows(factor: Any) -> bool:
    """Whether it may be larger than any double."""
    base, power = factor.as_base_exp() if not isinstance(factor, sp.exp) else (factor, sp.S.One)
    if power.is_negative:
        return _decays(1 / factor) and not isinstance(base, sp.exp)
    if isinstance(base, sp.exp | ExpMinusOne):
        return not argument(base).is_nonpositive
    if isinstance(base, ScaledErfc):
        return not argument(base).is_nonnegative
    if isinstance(base, sp.Add):
        return any(_grows(f) for term in base.args for f in sp.Mul.make_args(term))
    return isinstance(base, sp.cosh | sp.sinh)


def _decays(factor: Any) -> bool:
    """Whether it may be smaller than any double where its argument is far out."""
    base, power = factor.as_base_exp() if not isinstance(factor, sp.exp) else (factor, sp.S.One)
    if power.is_negative:
        return _grows(1 / factor)
    if isinstance(base, sp.exp):
        return not argument(base).is_nonnegative
    if isinstance(base, Erfc):
        return not argument(base).is_nonpositive
    return isinstance(base, sp.sech) or (isinstance(base, Logistic) and not argument(base).is_nonnegative)


def _scaled(factor: Any) -> Scaled | None:
    if not (_grows(factor) or _decays(factor)):
        return None
    base, power = factor.as_base_exp() if not isinstance(factor, sp.exp) else (factor, sp.S.One)
    if isinstance(base, sp.Add):
        scale, mantissa = _scaled_sum(base)
    elif base.func in _FORMS:
        scale, mantissa = _FORMS[base.func](argument(base))
    else:
        return None
    return power * scale, mantissa**power


def _scaled_sum(total: Any) -> Scaled:
    parts = [_scaled_term(term) for term in total.args]
    few = len(parts) <= 2  # SymPy compares arguments in pairs, each by factors: minutes where there are many
    largest = sp.Max(*(scale for scale, _ in parts), evaluate=few)
    return largest, sp.Add(*(m * sp.exp(sp.Min(0, scale - largest, evaluate=few)) for scale, m in parts))


def _scaled_term(term: Any) -> Scaled:
    scaled = [(f, _scaled(f)) for f in sp.Mul.make_args(term)]
    return sp.Add(*(s[0] for _, s in scaled if s)), sp.Mul(*(s[1] if s else f for f, s in scaled))


def _exp(u: Any) -> Scaled:
    return u, sp.S.One


def _cosh(u: Any) -> Scaled:
    return sp.Abs(u), (1 + sp.exp(-2 * sp.Abs(u))) / 2


def _sinh(u: Any) -> Scaled:
    return sp.Abs(u), -sp.sign(u) * ExpMinusOne(-2 * sp.Abs(u)) / 2


def _sech(u: Any) -> Scaled:
    return -sp.Abs(u), 2 * Logistic(2 * sp.Abs(u))


def _exp_minus_one(u: Any) -> Scaled:
    return sp.Max(u, 0), -sp.sign(u) * ExpMinusOne(-sp.Abs(u))


def _logistic(u: Any) -> Scaled:
    return sp.Min(u, 0), Logistic(sp.Abs(u))


def _erfc(u: Any) -> Scaled:
    return -(sp.Max(u, 0) ** 2), _tail(u)


def _scaled_erfc(u: Any) -> Scaled:
    return sp.Min(u, 0) ** 2, _tail(u)


def _tail(u: Any) -> Any:
    """erfc(u) below zero, exp(u^2) erfc(u) above."""
    if u.is_nonnegative:
        return ScaledErfc(u)
    return sp.Piecewise((Erfc(u), u < 0), (ScaledErfc(u), True), evaluate=False)


_FORMS: dict[Any, Any] = {
    sp.exp: _exp, sp.cosh: _cosh, sp.sinh: _sinh, sp.sech: _sech, ExpMinusOne: _exp_minus_one,
    Logistic: _logistic, Erfc: _erfc, ScaledErfc: _scaled_erfc,
}  # fmt: skip
