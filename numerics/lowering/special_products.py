"""Products and logarithms of special functions that over- or underflow: each rule gives the other form, or None.

The functions are in the form that `numerics.lowering.special_forms` gives them.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from numerics.lowering.nodes import ExpMinusOne
from numerics.lowering.special_forms import FIXED_ORDERS, rising
from numerics.lowering.special_nodes import (
    BesselI0,
    ComplementDilogarithm,
    Dawson,
    Dilogarithm,
    ExpDilogarithm,
    FermiDilogarithm,
    GammaRatio,
    LogAbsGamma,
    LogBesselI0,
    LogBeta,
    LogFactorial,
    LogGamma,
    ScaledBesselI,
    ScaledBesselK,
)


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
            return sp.Mul(sp.exp(_by_sides(given + collected, argument)), *map(_scaled, factors), *rest)
    return None


def _by_sides(exponent: Any, u: Any) -> Any:
    """a u + b |u| as (a + b) max(u, 0) + (b - a) max(-u, 0), so that infinities do not meet."""
    rest, both = sp.expand(exponent), (u, sp.Abs(u))
    a, b = (rest.coeff(part) for part in both)
    if not (a.is_number and b.is_number and a != 0 and b != 0):
        return exponent
    return rest - a * u - b * sp.Abs(u) + (a + b) * sp.Max(u, 0) + (b - a) * sp.Max(-u, 0)


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
    """gamma(u) / gamma(v) where u - v is a number, or both arguments are positive."""
    if not isinstance(node, sp.Mul):
        return None
    gammas = [(f.as_base_exp(), f) for f in node.args if isinstance(f.as_base_exp()[0], sp.gamma)]
    above = [(base.args[0], f) for (base, exponent), f in gammas if exponent == 1]
    below = [(base.args[0], f) for (base, exponent), f in gammas if exponent == -1]
    for u, first in above:
        for v, second in below:
            if (u.is_positive and v.is_positive) or ((u - v).is_number and u.free_symbols):
                ratio = _ratio(u, v) if (u - v).is_number else GammaRatio(v, sp.expand(u - v))
                return sp.Mul(ratio, *(f for f in node.args if f not in (first, second)))
    return None


def _ratio(u: Any, v: Any) -> Any:
    return rising(v, u - v) if (u - v).is_positive else 1 / rising(u, v - u)


def log_of_scaled(node: Any) -> Any:
    """Logarithms of I and K, which over- and underflow, by their scaled forms."""
    if not isinstance(node, sp.log):
        return None
    factors = sp.Mul.make_args(node.args[0])
    bessel = [f for f in factors if _bessel(f)[0] is not None]
    if len(factors) == 1 and isinstance(factors[0], BesselI0):
        return LogBesselI0(factors[0].args[0])
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
    if not x.is_positive:
        return LogGamma(x)
    constant, rest = x.as_coeff_Add()
    return LogFactorial(rest) if constant == 1 else sp.loggamma(x)


def dilogarithm_of_exponential(node: Any) -> Any:
    """polylog(2, exp(u)), polylog(2, -exp(u)) and polylog(2, 1 - exp(u)), of all values of u."""
    if not isinstance(node, Dilogarithm):
        return None
    value = node.args[0]
    for sign, kind, form in (
        (1, sp.exp, ExpDilogarithm),
        (-1, sp.exp, lambda u: -FermiDilogarithm(u)),
        (-1, ExpMinusOne, ComplementDilogarithm),
    ):
        if isinstance(sign * value, kind):
            return form((sign * value).args[0])
    return None


def log_of_factorial(node: Any) -> Any:
    """log(gamma(1 + u)), which vanishes with u."""
    if isinstance(node, sp.loggamma):
        constant, rest = node.args[0].as_coeff_Add()
        return LogFactorial(rest) if constant == 1 else None
    return None


_LOGARITHMS: dict[Any, Callable[..., Any]] = {
    sp.gamma: _log_gamma,
    sp.beta: LogBeta,
    sp.binomial: lambda n, k: -sp.log(n + 1) - LogBeta(n - k + 1, k + 1),
}


def log_of_abs_gamma(node: Any) -> Any:
    """log(|gamma(u)|)."""
    is_it = isinstance(node, sp.log) and isinstance(node.args[0], sp.Abs) and isinstance(node.args[0].args[0], sp.gamma)
    return LogAbsGamma(node.args[0].args[0].args[0]) if is_it else None


PRODUCT_RULES: tuple[Callable[[Any], Any], ...] = (
    scaled_products,
    dawson_product,
    gamma_ratios,
    log_of_scaled,
    log_of_gammas,
    log_of_abs_gamma,
    log_of_factorial,
    dilogarithm_of_exponential,
)
