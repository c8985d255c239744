"""Logarithms of sums of exponentials, and of what over- or underflows."""

from __future__ import annotations

from typing import Any

import sympy as sp

from numerics.lowering.nodes import (
    Erfc,
    ExpMinusOne,
    Hypotenuse,
    LogAddExp,
    LogCosh,
    LogErfc,
    LogHalfErfc,
    Logistic,
    LogNear,
    LogOnePlus,
    LogTwoCosh,
)
from numerics.lowering.rewrites.terms import argument, cofactors, without


def log_of_exponentials(node: Any) -> Any:
    """log(c_1 exp(u_1) + c_2 exp(u_2) + ...) with positive prefactors, some of them possibly without exponentials."""
    if not isinstance(node, sp.log) or not isinstance(argument(node), sp.Add):
        return None
    terms: list[Any] = list(argument(node).args)
    exponents = [_log_of_exponential(term) for term in terms]
    if None in exponents or not any(isinstance(f, sp.exp) for t in terms for f in sp.Mul.make_args(t)):
        return None
    others = [t for t in terms if t != 1]
    if len(others) < len(terms) and all(map(_decays, terms)) and not all(isinstance(t, sp.exp) for t in others):
        return LogOnePlus(argument(node) - 1)  # the logarithm of a small prefactor would be rounded
    first, *rest = sorted(exponents, key=sp.default_sort_key)
    for exponent in rest:
        first = LogAddExp(first, exponent)
    return _of_mean(terms, first)


def _decays(term: Any) -> bool:
    return all(argument(f).is_nonpositive for f in sp.Mul.make_args(term) if isinstance(f, sp.exp))


def _of_mean(terms: list[Any], direct: Any) -> Any:
    """Where numbers that add up to 1 stand before the exponentials, and all exponents are small: 1 is left out."""
    weighted = [term.as_coeff_Mul() for term in terms]
    if not all(e == 1 or isinstance(e, sp.exp) for _, e in weighted) or sum(c for c, _ in weighted) != 1:
        return direct
    exponents = [(c, argument(e)) for c, e in weighted if e != 1]
    is_near = sp.And(*(sp.Abs(u) < sp.Rational(1, 2) for _, u in exponents))
    near = LogOnePlus(sp.Add(*(c * ExpMinusOne(u) for c, u in exponents)))
    return sp.Piecewise((near, is_near), (direct, True), evaluate=False)


def _log_of_exponential(term: Any) -> Any:
    exponents = [argument(f) for f in sp.Mul.make_args(term) if isinstance(f, sp.exp)]
    rest = sp.Mul(*(f for f in sp.Mul.make_args(term) if not isinstance(f, sp.exp)))
    return sp.Add(*exponents) + sp.log(rest) if rest.is_positive is True else None


def log_of_power(node: Any) -> Any:
    """log(b^n) = n log(b) for positive b."""
    if isinstance(node, sp.log) and isinstance(argument(node), sp.Pow):
        base, exponent = argument(node).as_base_exp()
        return exponent * sp.log(base) if base.is_positive and exponent.is_real else None
    return None


def log_of_hypotenuse(node: Any) -> Any:
    """log(sqrt(t^2 + 1)) = log(m) + log(1 + (n/m)^2) / 2, where m is the larger one of |t| and 1, and n the other."""
    if not (isinstance(node, sp.log) and isinstance(argument(node), Hypotenuse)):
        return None
    t, other = argument(node).args
    larger, smaller = sp.Max(1, sp.Abs(t)), sp.Min(1, sp.Abs(t))
    return sp.log(larger) + LogOnePlus((smaller / larger) ** 2) / 2 if other == 1 else None


def log_of_half_erfc(node: Any) -> Any:
    """log(erfc(u) / 2), which vanishes for u far below zero."""
    if isinstance(node, sp.log) and isinstance(2 * argument(node), Erfc | sp.erfc):
        return LogHalfErfc(argument(2 * argument(node)))
    return None


def log_of_two_cosh(node: Any) -> Any:
    """log(c cosh(u) r) = log(2 cosh(u)) + log(c r / 2) for a number c of at least 2."""
    if not isinstance(node, sp.log):
        return None
    constant, factors = argument(node).as_coeff_mul()
    found = next((f for f in factors if isinstance(f, sp.cosh)), None)
    if found is None or not constant >= 2:
        return None
    return LogTwoCosh(argument(found)) + sp.log(constant / 2 * sp.Mul(*(f for f in factors if f is not found)))


def log_of_quotient(node: Any) -> Any:
    """log(A/B) of sums with a shorter difference: near A = B their rounding would be all that is left of it."""
    if not isinstance(node, sp.log):
        return None
    above, below = sp.fraction(argument(node))
    if below.is_number or not (isinstance(above, sp.Add) or isinstance(below, sp.Add)):
        return None
    gap = sp.expand(above - below)
    if len(sp.Add.make_args(gap)) >= sum(len(sp.Add.make_args(side)) for side in (above, below)):
        return None
    return LogNear(above / below, gap / below)


def log_of_product(node: Any) -> Any:
    """Take factors that over- or underflow out of a logarithm: cosh, exp, erfc and their powers."""
    if not isinstance(node, sp.log):
        return None
    outside, inside = [], []
    for factor in sp.Mul.make_args(argument(node)):
        logarithm = _log_of_factor(factor)
        (inside if logarithm is None else outside).append(factor if logarithm is None else logarithm)
    return sp.Add(*outside) + sp.log(sp.Mul(*inside)) if outside else None


def _log_of_factor(factor: Any) -> Any:
    if isinstance(factor, sp.exp):
        return argument(factor)
    base, exponent = factor.as_base_exp()
    forms = {
        sp.cosh: LogCosh,
        sp.sech: lambda u: -LogCosh(u),
        Erfc: LogErfc,
        sp.erfc: LogErfc,
        Logistic: lambda u: -LogAddExp(0, -u),
    }
    return exponent * forms[base.func](argument(base)) if base.func in forms else None


def logarithm_less_exponent(node: Any) -> Any:
    """b log(exp(u) + exp(v)) - b u = b log(1 + exp(v - u)), and the same of log(2 cosh(u)) = log(exp(u) + exp(-u))."""
    for term, factor, rest in cofactors(node) if isinstance(node, sp.Add) else ():
        if isinstance(factor, LogAddExp | LogTwoCosh):
            first: Any = argument(factor)
            second: Any = -first if isinstance(factor, LogTwoCosh) else factor.args[1]
            for exponent, other in ((first, second), (second, first)):
                if not exponent.is_number and -rest * exponent in node.args:
                    return without(node, term, -rest * exponent) + rest * LogAddExp(0, other - exponent)
            if isinstance(factor, LogTwoCosh) and -rest * sp.Abs(first) in node.args:
                return without(node, term, -rest * sp.Abs(first)) + rest * LogAddExp(0, -2 * sp.Abs(first))
    return None


def log_of_sum_less_exponent(node: Any) -> Any:
    """b log(exp(u) + r) - b u = b log(1 + r exp(-u)) for u > 0, whatever the sign of r."""
    for term, factor, rest in cofactors(node) if isinstance(node, sp.Add) else ():
        if not isinstance(factor, sp.log) or log_of_exponentials(factor) is not None:
            continue
        for part in argument(factor).args if isinstance(argument(factor), sp.Add) else ():
            grows = isinstance(part, sp.exp) and not argument(part).is_nonpositive
            if grows and -rest * argument(part) in node.args:
                u, others = argument(part), argument(factor) - part
                # A selection of its own, which the rule does not look at again.
                below = sp.Piecewise((factor, u <= 0), evaluate=False) - u
                joined = sp.Piecewise((LogOnePlus(others * sp.exp(-u)), u > 0), (below, True), evaluate=False)
                return without(node, term, -rest * u) + rest * joined
    return None


def log_one_plus(node: Any) -> Any:
    """log(1 + x)."""
    if not isinstance(node, sp.log) or not isinstance(argument(node), sp.Add):
        return None
    constant, rest = argument(node).as_coeff_Add()
    return LogOnePlus(rest) if constant == 1 else None
