"""From SymPy's special functions to those of numerical libraries: each rule gives the other form, or None."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from numerics.lowering.nodes import ExpMinusOne, LogOnePlus, SinOver
from numerics.lowering.special_nodes import (
    BesselI0,
    BesselI1,
    BesselJ0,
    BesselJ1,
    BesselK0,
    BesselK1,
    BesselY0,
    BesselY1,
    Digamma,
    Dilogarithm,
    EllipticComplement,
    ExponentialIntegral,
    GammaRatio,
    Hyper0F1,
    Hyper1F1,
    Hyper2F1,
    LambertLower,
    LambertPrincipal,
    RegularizedBeta,
    RegularizedLowerGamma,
    RegularizedUpperGamma,
    ScaledBesselI,
    ScaledBesselI0,
    ScaledBesselI1,
    ScaledBesselK,
    ScaledBesselK0,
    ScaledBesselK1,
    Trigamma,
    WholeBesselJ,
    WholeBesselY,
)

LARGEST_PRODUCT = 32
"""Factors up to which a falling factorial is written out."""

FIXED_ORDERS: dict[tuple[Any, int], Any] = {
    (sp.besselj, 0): BesselJ0, (sp.besselj, 1): BesselJ1, (sp.bessely, 0): BesselY0, (sp.bessely, 1): BesselY1,
    (sp.besseli, 0): BesselI0, (sp.besseli, 1): BesselI1, (sp.besselk, 0): BesselK0, (sp.besselk, 1): BesselK1,
    (ScaledBesselI, 0): ScaledBesselI0, (ScaledBesselI, 1): ScaledBesselI1,
    (ScaledBesselK, 0): ScaledBesselK0, (ScaledBesselK, 1): ScaledBesselK1,
    (sp.polygamma, 0): Digamma, (sp.polygamma, 1): Trigamma,
    (sp.polylog, 2): Dilogarithm, (sp.expint, 1): ExponentialIntegral,
}  # fmt: skip
"""Functions of an order that libraries have by themselves."""


def carried_out(expression: Any) -> Any:
    """The expression with its derivatives done, those at a point too."""
    return expression.replace(lambda n: isinstance(n, sp.Derivative | sp.Subs), _carried_out)


def _carried_out(node: Any) -> Any:
    if isinstance(node, sp.Derivative):
        return sp.diff(node.expr, *node.variable_count)  # doit() would look for closed forms of sums, too
    return node.expr.subs(list(zip(node.variables, node.point, strict=True)))


def fixed_order(node: Any) -> Any:
    """A function of order 0, 1 or 2 that has a name of its own."""
    known = len(node.args) == 2 and node.args[0].is_Integer
    form = FIXED_ORDERS.get((node.func, int(node.args[0]))) if known else None
    return None if form is None else form(node.args[1])


def one_function(node: Any) -> Any:
    """A function that libraries have in another normalization, or as one case of another function."""
    form = _FORMS.get(node.func)
    return None if form is None else form(*node.args)


def _lower_gamma(s: Any, x: Any) -> Any:
    return sp.gamma(s) * RegularizedLowerGamma(s, x)


def _upper_gamma(s: Any, x: Any) -> Any:
    if s.is_Integer and s <= 0:
        return x**s * sp.expint(1 - s, x)
    if s.is_Rational and s < 0:
        return (sp.uppergamma(s + 1, x) - x**s * sp.exp(-x)) / s
    return sp.gamma(s) * RegularizedUpperGamma(s, x)


def _exponential_integral(order: Any, x: Any) -> Any:
    return None if order.is_Integer and order > 0 else x ** (order - 1) * sp.uppergamma(1 - order, x)


def _real_exponential_integral(x: Any) -> Any:
    return -ExponentialIntegral(-x) if (-x).is_positive else None


def _beta(a: Any, b: Any = None) -> Any:
    return sp.beta(a, a) if b is None else None


def _incomplete_beta(a: Any, b: Any, low: Any, high: Any) -> Any:
    upper = RegularizedBeta(a, b, high)
    return upper if low == 0 else upper - RegularizedBeta(a, b, low)


def falling(x: Any, k: Any) -> Any:
    """x (x - 1) ... of k factors, written out where k is a small whole number."""
    if k.is_Integer and 0 <= k <= LARGEST_PRODUCT:
        return sp.Mul(*(x - i for i in range(int(k))))
    return GammaRatio(x - k + 1, k)


def rising(x: Any, k: Any) -> Any:
    """x (x + 1) ... of k factors, written out where k is a small whole number."""
    if k.is_Integer and 0 <= k <= LARGEST_PRODUCT:
        return sp.Mul(*(x + i for i in range(int(k))))
    return GammaRatio(x, k)


def _binomial(n: Any, k: Any) -> Any:
    return falling(n, k) / sp.factorial(k) if k.is_Integer and 0 <= k <= LARGEST_PRODUCT else None


def _polylog(order: Any, x: Any) -> Any:
    if order == 1:
        return -LogOnePlus(-x)
    return sp.factor(sp.expand_func(sp.polylog(order, x))) if order.is_Integer and order <= 0 else None


def _eta(s: Any) -> Any:
    return -ExpMinusOne((1 - s) * sp.log(2)) * sp.zeta(s)


def _hyper(above: Any, below: Any, x: Any) -> Any:
    forms = {(0, 1): Hyper0F1, (1, 1): Hyper1F1, (2, 1): Hyper2F1}
    form = forms.get((len(above), len(below)))
    return None if form is None else form(*above, *below, x)


def _elliptic(m: Any) -> Any:
    constant, rest = m.as_coeff_Add()
    return EllipticComplement(-rest) if constant == 1 else None


def _lambert(x: Any, branch: Any = sp.S.Zero) -> Any:
    return {sp.S.Zero: LambertPrincipal, sp.S.NegativeOne: LambertLower}[branch](x) if branch in (0, -1) else None


def _besselj(order: Any, x: Any) -> Any:
    return WholeBesselJ(order, x) if order.is_integer and order not in (0, 1) else None


def _bessely(order: Any, x: Any) -> Any:
    return WholeBesselY(order, x) if order.is_integer and order not in (0, 1) else None


def _besselk(order: Any, x: Any) -> Any:
    """Upward in the order, where all terms have one sign."""
    if not (order.is_Integer and 2 <= order <= LARGEST_PRODUCT):
        return None
    return sp.besselk(order - 2, x) + 2 * (order - 1) / x * sp.besselk(order - 1, x)


_FORMS: dict[Any, Callable[..., Any]] = {
    sp.lowergamma: _lower_gamma, sp.uppergamma: _upper_gamma, sp.expint: _exponential_integral,
    sp.Ei: _real_exponential_integral,
    sp.besselj: _besselj,
    sp.bessely: _bessely,
    sp.besselk: _besselk,
    sp.beta: _beta, sp.betainc_regularized: _incomplete_beta,
    sp.betainc: lambda a, b, low, high: sp.beta(a, b) * _incomplete_beta(a, b, low, high),
    sp.factorial: lambda n: sp.gamma(n + 1), sp.binomial: _binomial,
    sp.FallingFactorial: falling, sp.RisingFactorial: rising,
    sp.harmonic: lambda n, order=sp.S.One: Digamma(n + 1) + sp.EulerGamma if order == 1 else None,
    sp.polylog: _polylog, sp.dirichlet_eta: _eta, sp.hyper: _hyper, sp.elliptic_k: _elliptic, sp.LambertW: _lambert,
    sp.sinc: SinOver,
    sp.acot: lambda u: sp.atan(1 / u), sp.asec: lambda u: sp.acos(1 / u), sp.acsc: lambda u: sp.asin(1 / u),
    sp.acoth: lambda u: sp.atanh(1 / u), sp.asech: lambda u: sp.acosh(1 / u), sp.acsch: lambda u: sp.asinh(1 / u),
    sp.erf2: lambda x, y: sp.erf(y) - sp.erf(x), sp.frac: lambda x: x - sp.floor(x), sp.li: lambda x: sp.Ei(sp.log(x)),
}  # fmt: skip


SPECIAL_RULES: tuple[Callable[[Any], Any], ...] = (fixed_order, one_function)
