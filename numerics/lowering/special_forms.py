"""From SymPy's special functions to those of numerical libraries: each rule gives the other form, or None.

Rules that must see factors together, such as exp(-x) I_0(x), rely on `one_function` having been at their arguments.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from numerics.lowering.nodes import ExpMinusOne, LogOnePlus
from numerics.lowering.special_nodes import (
    BesselI0,
    BesselI1,
    BesselJ0,
    BesselJ1,
    BesselK0,
    BesselK1,
    BesselY0,
    BesselY1,
    Dawson,
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
    LogAbsGamma,
    LogBeta,
    LogGamma,
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


def _falling(x: Any, k: Any) -> Any:
    if k.is_Integer and 0 <= k <= LARGEST_PRODUCT:
        return sp.Mul(*(x - i for i in range(int(k))))
    return GammaRatio(x - k + 1, k)


def _rising(x: Any, k: Any) -> Any:
    if k.is_Integer and 0 <= k <= LARGEST_PRODUCT:
        return sp.Mul(*(x + i for i in range(int(k))))
    return GammaRatio(x, k)


def _binomial(n: Any, k: Any) -> Any:
    return _falling(n, k) / sp.factorial(k) if k.is_Integer and 0 <= k <= LARGEST_PRODUCT else None


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


def _besselk(order: Any, x: Any) -> Any:
    """Upward in the order, where all terms have one sign."""
    if not (order.is_Integer and 2 <= order <= LARGEST_PRODUCT):
        return None
    return sp.besselk(order - 2, x) + 2 * (order - 1) / x * sp.besselk(order - 1, x)


_FORMS: dict[Any, Callable[..., Any]] = {
    sp.lowergamma: _lower_gamma, sp.uppergamma: _upper_gamma, sp.expint: _exponential_integral,
    sp.Ei: _real_exponential_integral,
    sp.beta: _beta, sp.betainc_regularized: _incomplete_beta,
    sp.betainc: lambda a, b, low, high: sp.beta(a, b) * _incomplete_beta(a, b, low, high),
    sp.factorial: lambda n: sp.gamma(n + 1), sp.binomial: _binomial,
    sp.FallingFactorial: _falling, sp.RisingFactorial: _rising,
    sp.harmonic: lambda n, order=sp.S.One: Digamma(n + 1) + sp.EulerGamma if order == 1 else None,
    sp.polylog: _polylog, sp.dirichlet_eta: _eta, sp.hyper: _hyper, sp.elliptic_k: _elliptic, sp.LambertW: _lambert,
    sp.erf2: lambda x, y: sp.erf(y) - sp.erf(x), sp.frac: lambda x: x - sp.floor(x), sp.li: lambda x: sp.Ei(sp.log(x)),
}  # fmt: skip


def scaled_products(node: Any) -> Any:
    """Products in which I and K over- or underflow and exponentials make up for it: ratios, and factors exp(-x).

    I_n(u) = exp(|u|) S_n(u) and K_n(u) = exp(-u) T_n(u); taken where the exponents that are collected cancel.
    """
    if not isinstance(node, sp.Mul):
        return None
    for argument in sorted({_bessel(f)[1] for f in node.args} - {None}, key=sp.default_sort_key):
        factors = [f for f in node.args if _bessel(f)[1] == argument]
        others = [f for f in node.args if f not in factors]
        collected = sp.Add(*(_growth(f) for f in factors))
        given = sp.Add(*(f.args[0] for f in others if isinstance(f, sp.exp)))
        if _eases(given, collected, argument):
            rest = [f for f in others if not isinstance(f, sp.exp)]
            return sp.Mul(sp.exp(given + collected), *map(_scaled, factors), *rest)
    return None


_SCALED = {sp.besseli: ScaledBesselI, sp.besselk: ScaledBesselK}
_PLAIN = {form: key for key, form in FIXED_ORDERS.items() if key[0] in _SCALED}


def _bessel(factor: Any) -> tuple[Any, Any, Any]:
    """Family with order, argument and exponent of a factor I or K; None three times for another factor."""
    base, exponent = factor.as_base_exp()
    if base.func in _PLAIN and exponent.is_number:
        family, order = _PLAIN[base.func]
        return (family, sp.Integer(order)), base.args[0], exponent
    if base.func in _SCALED and exponent.is_number:
        return (base.func, base.args[0]), base.args[1], exponent
    return None, None, None


def _growth(factor: Any) -> Any:
    """The logarithm of what scaling takes out of a factor."""
    (family, _), argument, exponent = _bessel(factor)
    return exponent * (sp.Abs(argument) if family is sp.besseli else -argument)


def _scaled(factor: Any) -> Any:
    (family, order), argument, exponent = _bessel(factor)
    return _SCALED[family](order, argument) ** exponent


def _eases(given: Any, collected: Any, argument: Any) -> bool:
    """Whether taking the growth out leaves a smaller exponent."""
    if collected == 0:
        return True
    size = argument if argument.is_nonnegative else sp.Dummy(positive=True)
    before = given.xreplace({argument: size, sp.Abs(argument): size}).expand()
    growth = collected.xreplace({argument: size, sp.Abs(argument): size}).expand()
    ratio = sp.cancel(sum((t for t in sp.Add.make_args(before) if (t / growth).is_number), sp.S.Zero) / growth)
    return bool(ratio.is_negative)


def dawson_product(node: Any) -> Any:
    """exp(-u^2) erfi(u) = 2 D(u) / sqrt(pi)."""
    if not isinstance(node, sp.Mul):
        return None
    for factor in node.args:
        if isinstance(factor, sp.erfi):
            u = factor.args[0]
            weight = next((f for f in node.args if isinstance(f, sp.exp) and -(u**2) in sp.Add.make_args(f.args[0])), 0)
            if weight:
                rest = (f for f in node.args if f not in (factor, weight))
                return sp.Mul(sp.exp(weight.args[0] + u**2), 2 * Dawson(u) / sp.sqrt(sp.pi), *rest)
    return None


def gamma_ratios(node: Any) -> Any:
    """gamma(u) / gamma(v) where u - v is a number."""
    if not isinstance(node, sp.Mul):
        return None
    gammas = [(f.as_base_exp(), f) for f in node.args if isinstance(f.as_base_exp()[0], sp.gamma)]
    above = [(base.args[0], f) for (base, exponent), f in gammas if exponent == 1]
    below = [(base.args[0], f) for (base, exponent), f in gammas if exponent == -1]
    for u, first in above:
        for v, second in below:
            if (u - v).is_number and u.free_symbols:
                ratio = _ratio(u, v)
                return sp.Mul(ratio, *(f for f in node.args if f not in (first, second)))
    return None


def _ratio(u: Any, v: Any) -> Any:
    return _rising(v, u - v) if (u - v).is_positive else 1 / _rising(u, v - u)


def log_of_scaled(node: Any) -> Any:
    """Logarithms of I and K, which over- and underflow, by their scaled forms."""
    if not isinstance(node, sp.log):
        return None
    factors = sp.Mul.make_args(node.args[0])
    bessel = [f for f in factors if _bessel(f)[0] is not None]
    inside = sp.Mul(*map(_scaled, bessel), *(f for f in factors if f not in bessel))
    return sp.Add(*map(_growth, bessel)) + sp.log(inside) if bessel else None


def log_of_gammas(node: Any) -> Any:
    """Logarithms of gamma, beta and binomials: of a factor that stands alone, or that is positive."""
    if not isinstance(node, sp.log):
        return None
    factors = sp.Mul.make_args(node.args[0])
    for factor in factors:
        base, exponent = factor.as_base_exp()
        known = base.func in _LOGARITHMS and exponent.is_number
        if known and (len(factors) == 1 or all(a.is_positive for a in base.args)):
            rest = node.args[0] / factor
            even = exponent.is_Integer and exponent.is_even and isinstance(base, sp.gamma)
            form = LogAbsGamma if even else _LOGARITHMS[base.func]
            return exponent * form(*base.args) + sp.log(rest)
    return None


def _log_gamma(x: Any) -> Any:
    return sp.loggamma(x) if x.is_positive else LogGamma(x)


_LOGARITHMS: dict[Any, Callable[..., Any]] = {
    sp.gamma: _log_gamma,
    sp.beta: LogBeta,
    sp.binomial: lambda n, k: -sp.log(n + 1) - LogBeta(n - k + 1, k + 1),
}


def log_of_abs_gamma(node: Any) -> Any:
    """log(|gamma(u)|)."""
    is_it = isinstance(node, sp.log) and isinstance(node.args[0], sp.Abs) and isinstance(node.args[0].args[0], sp.gamma)
    return LogAbsGamma(node.args[0].args[0].args[0]) if is_it else None


SPECIAL_RULES: tuple[Callable[[Any], Any], ...] = (
    fixed_order,
    one_function,
    scaled_products,
    dawson_product,
    gamma_ratios,
    log_of_scaled,
    log_of_gammas,
    log_of_abs_gamma,
)
