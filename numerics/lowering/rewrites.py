"""Rewrites that keep an expression's value on the reals and lose fewer digits when it is computed.

Each rule is a function that returns the better form, or None. The pass works from the leaves up and applies the rules
in the order of the tuple until none answers: a rule may therefore rely on its arguments being rewritten already.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sympy as sp

from numerics.lowering.nodes import (
    Erfc,
    ExpMinusOne,
    LogAddExp,
    LogCosh,
    LogErfc,
    LogHalfErfc,
    Logistic,
    LogOnePlus,
    LogTwoCosh,
    ScaledErfc,
)
from numerics.lowering.special_forms import SPECIAL_RULES

Rule = Callable[[Any], Any]


@lru_cache(maxsize=4096)  # subexpressions come back in derived formulas
def stable(expression: sp.Basic) -> Any:
    """The expression in its most accurate known form; its symbols must be real."""
    # Constants are left as they are: they become literals, evaluated to as many digits as they need.
    if not expression.args or isinstance(expression, sp.Indexed) or getattr(expression, "is_number", False):
        return expression
    node: Any = expression.func(*(stable(a) for a in expression.args))
    return _settled(node)


def _settled(node: Any) -> Any:
    for rule in RULES:
        better = rule(node)
        if better is not None:
            return stable(better)
    return node


@dataclass(frozen=True, kw_only=True)
class Complement:
    """A function f whose difference from 1, or from -1, cancels somewhere.

    ``minus_one`` gives f(u) - 1 and ``plus_one`` gives f(u) + 1 without cancellation; None where nothing is gained.
    """

    function: Any
    power: int
    minus_one: Callable[[Any], Any] | None = None
    plus_one: Callable[[Any], Any] | None = None

    def argument(self, factor: Any) -> Any:
        """u where the factor is f(u), else None."""
        base, exponent = factor.as_base_exp() if self.function is not sp.exp else (factor, 1)
        return base.args[0] if isinstance(base, self.function) and exponent == self.power else None


COMPLEMENTS = (
    Complement(function=sp.exp, power=1, minus_one=ExpMinusOne),
    Complement(function=sp.tanh, power=2, minus_one=lambda u: -(sp.sech(u) ** 2)),
    Complement(
        function=sp.tanh, power=1, minus_one=lambda u: -2 * Logistic(-2 * u), plus_one=lambda u: 2 * Logistic(2 * u)
    ),
    Complement(function=sp.erf, power=1, minus_one=lambda u: -Erfc(u), plus_one=lambda u: Erfc(-u)),
    Complement(
        function=sp.cos, power=1, minus_one=lambda u: -2 * sp.sin(u / 2) ** 2, plus_one=lambda u: 2 * sp.cos(u / 2) ** 2
    ),
    Complement(function=sp.cos, power=2, minus_one=lambda u: -(sp.sin(u) ** 2)),
    Complement(function=sp.sin, power=2, minus_one=lambda u: -(sp.cos(u) ** 2)),
    Complement(function=sp.cosh, power=1, minus_one=lambda u: 2 * sp.sinh(u / 2) ** 2),
    Complement(function=sp.cosh, power=2, minus_one=lambda u: sp.sinh(u) ** 2),
)


def complements(node: Any) -> Any:
    """Join a term b f(u) with a term -b or b, as in 1 - tanh(u)^2 = sech(u)^2."""
    if not isinstance(node, sp.Add):
        return None
    terms = set(node.args)
    for term in sorted(terms, key=sp.default_sort_key):
        for factor in sp.Mul.make_args(term):
            joined = _joined(term, factor, terms)
            if joined is not None:
                return joined
    return None


def _joined(term: Any, factor: Any, terms: set[Any]) -> Any:
    for complement in COMPLEMENTS:
        argument = complement.argument(factor)
        if argument is None:
            continue
        rest = term / factor
        for partner, form in ((-rest, complement.minus_one), (rest, complement.plus_one)):
            if form is not None and partner in terms:
                return sp.Add(*(terms - {term, partner})) + rest * form(argument)
    return None


def log_of_exponentials(node: Any) -> Any:
    """log(c_1 exp(u_1) + c_2 exp(u_2) + ...) with positive constants, one of them possibly without its exponential."""
    if not isinstance(node, sp.log) or not isinstance(node.args[0], sp.Add):
        return None
    exponents = [_log_of_exponential(term) for term in sp.Add.make_args(node.args[0])]
    if None in exponents or all(e.is_number for e in exponents):
        return None
    first, *rest = sorted(exponents, key=sp.default_sort_key)
    for exponent in rest:
        first = LogAddExp(first, exponent)
    return first


def _log_of_exponential(term: Any) -> Any:
    constant, rest = term.as_independent(*term.free_symbols, as_Add=False)
    if constant.is_positive is not True or not (rest == 1 or isinstance(rest, sp.exp)):
        return None
    return sp.log(constant) + (rest.args[0] if isinstance(rest, sp.exp) else 0)


def own_erfc(node: Any) -> Any:
    """SymPy's erfc as ours, which keeps its argument."""
    return Erfc(node.args[0]) if isinstance(node, sp.erfc) else None


def log_of_power(node: Any) -> Any:
    """log(b^n) = n log(b) for positive b."""
    if isinstance(node, sp.log) and isinstance(node.args[0], sp.Pow):
        base, exponent = node.args[0].as_base_exp()
        return exponent * sp.log(base) if base.is_positive and exponent.is_real else None
    return None


def log_of_half_erfc(node: Any) -> Any:
    """log(erfc(u) / 2), which vanishes for u far below zero."""
    if isinstance(node, sp.log) and isinstance(2 * node.args[0], Erfc):
        return LogHalfErfc((2 * node.args[0]).args[0])
    return None


def log_of_two_cosh(node: Any) -> Any:
    """log(c cosh(u) r) = log(2 cosh(u)) + log(c r / 2) for a number c of at least 2."""
    if not isinstance(node, sp.log):
        return None
    constant, factors = node.args[0].as_coeff_mul()
    found = next((f for f in factors if isinstance(f, sp.cosh)), None)
    if found is None or not constant >= 2:
        return None
    return LogTwoCosh(_argument(found)) + sp.log(constant / 2 * sp.Mul(*(f for f in factors if f is not found)))


def log_of_product(node: Any) -> Any:
    """Take factors that over- or underflow out of a logarithm: cosh, exp, erfc and their powers."""
    if not isinstance(node, sp.log):
        return None
    outside, inside = [], []
    for factor in sp.Mul.make_args(node.args[0]):
        logarithm = _log_of_factor(factor)
        (inside if logarithm is None else outside).append(factor if logarithm is None else logarithm)
    return sp.Add(*outside) + sp.log(sp.Mul(*inside)) if outside else None


def _argument(node: Any) -> Any:
    return node.args[0]


def _log_of_factor(factor: Any) -> Any:
    if isinstance(factor, sp.exp):
        return _argument(factor)
    base, exponent = factor.as_base_exp()
    forms = {
        sp.cosh: LogCosh,
        sp.sech: lambda u: -LogCosh(u),
        Erfc: LogErfc,
        Logistic: lambda u: -LogAddExp(0, -u),
    }
    return exponent * forms[base.func](_argument(base)) if base.func in forms else None


def log_one_plus(node: Any) -> Any:
    """log(1 + x)."""
    if not isinstance(node, sp.log) or not isinstance(node.args[0], sp.Add):
        return None
    constant, rest = node.args[0].as_coeff_Add()
    return LogOnePlus(rest) if constant == 1 else None


def reciprocal_cosh(node: Any) -> Any:
    """1 / cosh(u)^n = sech(u)^n, which does not overflow on the way."""
    if isinstance(node, sp.Pow) and isinstance(node.base, sp.cosh) and node.exp.is_negative:
        return sp.sech(node.base.args[0]) ** (-node.exp)
    return None


def reciprocal_logistic(node: Any) -> Any:
    """1 / (1 + exp(u)) as a logistic function."""
    if not (isinstance(node, sp.Pow) and node.exp.is_negative and isinstance(node.base, sp.Add)):
        return None
    constant, rest = node.base.as_coeff_Add()
    if constant == 1 and isinstance(rest, sp.exp):
        return Logistic(-_argument(rest)) ** (-node.exp)
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
        return _with_exponential(first.args[0], second)
    base, n = first.as_base_exp()
    other, m = second.as_base_exp()
    if isinstance(base, sp.sinh) and isinstance(other, sp.sech) and base.args == other.args and n == m:
        return sp.tanh(base.args[0]) ** n
    return None


def _with_exponential(exponent: Any, other: Any) -> Any:
    if isinstance(other, Erfc) and _argument(other) ** 2 in sp.Add.make_args(exponent):
        return sp.exp(exponent - _argument(other) ** 2) * ScaledErfc(_argument(other))
    if isinstance(other, Logistic) and exponent == -_argument(other):
        return Logistic(exponent)
    return None


RULES: tuple[Rule, ...] = (
    own_erfc,
    *SPECIAL_RULES,
    reciprocal_cosh,
    reciprocal_logistic,
    exponential_products,
    complements,
    log_of_power,
    log_of_half_erfc,
    log_of_two_cosh,
    log_of_product,
    log_of_exponentials,
    log_one_plus,
)
"""In this order: logarithms of sums are looked at after products have been taken out of them."""
