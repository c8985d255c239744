"""Quotients and products of exponentials that overflow on the way."""

from __future__ import annotations

from typing import Any

import sympy as sp

from numerics.lowering.nodes import (
    Erfc,
    ExpMinusOne,
    LogAddExp,
    Logistic,
    LogOnePlus,
    LogOnePlusOver,
    ScaledErfc,
)
from numerics.lowering.rewrites.terms import argument, cofactors, without


def own_erfc(node: Any) -> Any:
    """SymPy's erfc as ours, which keeps its argument."""
    return Erfc(argument(node)) if isinstance(node, sp.erfc) else None


def reciprocal_cosh(node: Any) -> Any:
    """1 / cosh(u)^n = sech(u)^n, which does not overflow on the way."""
    if isinstance(node, sp.Pow) and isinstance(node.base, sp.cosh) and node.exp.is_negative:
        return sp.sech(argument(node.base)) ** (-node.exp)
    return None


def reciprocal_logistic(node: Any) -> Any:
    """1 / (1 + exp(u)) as a logistic function."""
    if not (isinstance(node, sp.Pow) and node.exp.is_negative and isinstance(node.base, sp.Add)):
        return None
    constant, rest = node.base.as_coeff_Add()
    if constant == 1 and isinstance(rest, sp.exp):
        return Logistic(-argument(rest)) ** (-node.exp)
    return None


def exponential_products(node: Any) -> Any:
    """Products in which one factor overflows where another vanishes: exp with erfc or logistic, sinh with sech."""
    if not isinstance(node, sp.Mul):
        return None
    factors: list[Any] = list(node.args)
    for first in factors:
        for second in factors:
            joined = _joined_product(first, second)
            if joined is not None:
                return sp.Mul(joined, *(f for f in factors if f is not first and f is not second))
    return None


def _joined_product(first: Any, second: Any) -> Any:
    if isinstance(first, sp.exp):
        return _with_exponential(argument(first), second)
    base, n = first.as_base_exp()
    other, m = second.as_base_exp()
    if isinstance(base, sp.sinh) and isinstance(other, sp.sech) and base.args == other.args and n == m:
        return sp.tanh(argument(base)) ** n
    if isinstance(base, ExpMinusOne) and isinstance(other, Logistic) and argument(base) == -argument(other) and n == m:
        return sp.tanh(argument(base) / 2) ** n
    return None


def _with_exponential(exponent: Any, other: Any) -> Any:
    base, power = other.as_base_exp()
    if isinstance(base, Erfc) and power * argument(base) ** 2 in sp.Add.make_args(exponent):
        return sp.exp(exponent - power * argument(base) ** 2) * ScaledErfc(argument(base)) ** power
    if isinstance(base, Logistic) and -argument(base) in sp.Add.make_args(exponent) and power.is_positive:
        return sp.exp(exponent + argument(base)) * Logistic(-argument(base)) * base ** (power - 1)
    if isinstance(base, LogAddExp) and sp.S.Zero in base.args and power == 1:
        (u,) = (a for a in base.args if a != 0)
        return _of_small_logarithm(exponent, u) if _offsets(exponent, u) else None
    if isinstance(base, LogOnePlus) and isinstance(argument(base), sp.exp) and power == 1:
        u = argument(argument(base))
        return sp.exp(exponent + u) * LogOnePlusOver(sp.exp(u)) if _offsets(exponent, u) else None
    if isinstance(base, ExpMinusOne) and exponent == argument(base) and power.is_negative:
        return -(base ** (power + 1)) / ExpMinusOne(-exponent)
    return None


def _offsets(exponent: Any, u: Any) -> bool:
    """Whether the exponent is a multiple of -u, or has -u as a term."""
    ratio = -exponent / u
    return -u in sp.Add.make_args(exponent) or bool(ratio.is_number and ratio.is_positive)


def _of_small_logarithm(exponent: Any, u: Any) -> Any:
    """exp(v) log(1 + exp(u)), where the logarithm is exp(u) far below zero."""
    below = sp.exp(exponent + u) * LogOnePlusOver(sp.exp(u))
    nonnegative = sp.Piecewise((u, u >= 0), evaluate=False)
    return sp.Piecewise((below, u < 0), (sp.exp(exponent) * LogAddExp(0, nonnegative), True), evaluate=False)


def exponential_over_sum(node: Any) -> Any:
    """exp(u) / (c_1 exp(u_1) + ...)^n = (c_1 exp(u_1 - u/n) + ...)^-n."""
    if not isinstance(node, sp.Mul):
        return None
    above = next((f for f in node.args if isinstance(f, sp.exp)), None)
    for below in node.args if above is not None else ():
        base, power = below.as_base_exp()
        if isinstance(base, sp.Add) and power.is_negative and power.is_Rational and _has_exponentials(base):
            factor = sp.exp(argument(above) / power)
            terms = [term * factor for term in base.args]
            if not (all(t.is_positive for t in terms) or any(t.is_number for t in terms)):
                return None  # all of them may vanish, and with them the sign
            return sp.Mul(sp.Add(*terms) ** power, *(f for f in node.args if f is not above and f is not below))
    return None


def _has_exponentials(total: Any) -> bool:
    factors = [f for term in total.args for f in sp.Mul.make_args(term)]
    return any(isinstance(f, sp.exp) for f in factors) and not any(f.has(sp.cosh, sp.sinh) for f in factors)


def hyperbolic_pairs(node: Any) -> Any:
    """b exp(u) + b exp(-u) = 2 b cosh(u), with sinh for the difference."""
    for term, factor, rest in cofactors(node) if isinstance(node, sp.Add) else ():
        if isinstance(factor, sp.exp):
            mirrored = rest * sp.exp(-argument(factor))
            for partner, form in ((mirrored, sp.cosh), (-mirrored, sp.sinh)):
                if partner in node.args:
                    return without(node, term, partner) + 2 * rest * form(argument(factor))
    return None


def hyperbolic_exponential(node: Any) -> Any:
    """b cosh(u) - b sinh(u) = b exp(-u), with exp(u) for the sum."""
    for term, factor, rest in cofactors(node) if isinstance(node, sp.Add) else ():
        if isinstance(factor, sp.cosh):
            for sign in (1, -1):
                partner = sign * rest * sp.sinh(argument(factor))
                if partner in node.args:
                    return without(node, term, partner) + rest * sp.exp(sign * argument(factor))
    return None
