"""Differences of a function from a constant that it comes near: 1 - tanh(u)^2 = sech(u)^2."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sympy as sp

from numerics.lowering.nodes import Erfc, ExpMinusOne, Logistic, LogNear
from numerics.lowering.rewrites.terms import argument, cofactors, without


@dataclass(frozen=True, kw_only=True)
class Complement:
    """A function f whose difference from 1, or from -1, cancels somewhere.

    ``minus_one`` gives f(u) - 1 and ``plus_one`` gives f(u) + 1 without cancellation; None where nothing is gained.
    """

    function: Any
    power: int
    minus_one: Callable[[Any], Any] | None = None
    plus_one: Callable[[Any], Any] | None = None

    def power_of(self, factor: Any) -> Any:
        """n where the factor is a whole power f(u)^n, else None."""
        base, exponent = factor.as_base_exp()
        is_power = self.function is not sp.exp and isinstance(base, self.function) and exponent.is_Integer
        return exponent if is_power else None

    def argument_of(self, factor: Any) -> Any:
        """u where the factor is f(u), else None."""
        base, exponent = factor.as_base_exp() if self.function is not sp.exp else (factor, 1)
        return argument(base) if isinstance(base, self.function) and exponent == self.power else None


COMPLEMENTS = (
    Complement(function=sp.exp, power=1, minus_one=ExpMinusOne),
    Complement(function=sp.tanh, power=2, minus_one=lambda u: -(sp.sech(u) ** 2)),
    Complement(
        function=sp.tanh, power=1, minus_one=lambda u: -2 * Logistic(-2 * u), plus_one=lambda u: 2 * Logistic(2 * u)
    ),
    Complement(
        function=sp.coth,
        power=1,
        minus_one=lambda u: 2 / ExpMinusOne(2 * u),
        plus_one=lambda u: -2 / ExpMinusOne(-2 * u),
    ),
    Complement(function=sp.coth, power=2, minus_one=lambda u: sp.sinh(u) ** -2),
    Complement(function=sp.sech, power=1, minus_one=lambda u: -sp.tanh(u) * sp.tanh(u / 2)),
    Complement(function=sp.sech, power=2, minus_one=lambda u: -(sp.tanh(u) ** 2)),
    Complement(function=sp.erf, power=1, minus_one=lambda u: -Erfc(u), plus_one=lambda u: Erfc(-u)),
    Complement(function=sp.erf, power=2, minus_one=lambda u: -Erfc(u) * Erfc(-u)),
    Complement(function=Erfc, power=1, minus_one=lambda u: -sp.erf(u)),
    Complement(function=Logistic, power=1, minus_one=lambda u: -Logistic(-u)),
    Complement(
        function=sp.cos, power=1, minus_one=lambda u: -2 * sp.sin(u / 2) ** 2, plus_one=lambda u: 2 * sp.cos(u / 2) ** 2
    ),
    Complement(function=sp.cos, power=2, minus_one=lambda u: -(sp.sin(u) ** 2)),
    Complement(function=sp.sin, power=2, minus_one=lambda u: -(sp.cos(u) ** 2)),
    Complement(function=sp.cosh, power=1, minus_one=lambda u: 2 * sp.sinh(u / 2) ** 2),
    Complement(function=sp.sinh, power=2, plus_one=lambda u: sp.cosh(u) ** 2),
    Complement(function=sp.cosh, power=2, minus_one=lambda u: sp.sinh(u) ** 2),
)


def complements(node: Any) -> Any:
    """Join a term b f(u) with a term -b or b, as in 1 - tanh(u)^2 = sech(u)^2."""
    for term, factor, rest in cofactors(node) if isinstance(node, sp.Add) else ():
        for complement in COMPLEMENTS:
            inner = complement.argument_of(factor)
            for partner, form in ((-rest, complement.minus_one), (rest, complement.plus_one)):
                if inner is not None and form is not None and partner in node.args:
                    return without(node, term, partner) + rest * form(inner)
    return None


def complements_of_powers(node: Any) -> Any:
    """b f(u)^n with -b f(u)^(n - k) or b f(u)^(n - k), as in tanh(u) - tanh(u)^3 = tanh(u) sech(u)^2."""
    for term, factor, rest in cofactors(node) if isinstance(node, sp.Add) else ():
        for complement in COMPLEMENTS:
            power = complement.power_of(factor)
            if power is None or power == complement.power:
                continue
            base, _ = factor.as_base_exp()
            common = rest * base ** (power - complement.power)
            for partner, form in ((-common, complement.minus_one), (common, complement.plus_one)):
                if form is not None and partner in node.args:
                    return without(node, term, partner) + common * form(argument(base))
    return None


def mirrored_tail(node: Any) -> Any:
    """2 b - b erfc(u) = b erfc(-u)."""
    for term, factor, rest in cofactors(node) if isinstance(node, sp.Add) else ():
        if isinstance(factor, Erfc) and -2 * rest in node.args:
            return without(node, term, -2 * rest) - rest * Erfc(-argument(factor))
    return None


def power_minus_one(node: Any) -> Any:
    """b x^a - b by the larger one of x^a and 1 times exp(-|a log(x)|) - 1, if neither a nor 2 a is whole."""
    for term, factor, rest in cofactors(node) if isinstance(node, sp.Add) else ():
        is_power = isinstance(factor, sp.Pow) and factor.base.is_positive and not (2 * factor.exp).is_Integer
        if is_power and -rest in node.args:
            exponent = factor.exp * sp.log(factor.base)
            larger = sp.Piecewise((-factor, exponent > 0), (1, True), evaluate=False)
            return without(node, term, -rest) + rest * larger * ExpMinusOne(-sp.Abs(exponent))
    return None


def log_near_one(node: Any) -> Any:
    """log(f(u)) of a function that comes near 1 where its argument is far out, as tanh does."""
    if not isinstance(node, sp.log):
        return None
    value = argument(node)
    for complement in COMPLEMENTS:
        if complement.function in (sp.tanh, sp.coth, sp.erf, sp.cos) and complement.minus_one is not None:
            inner = complement.argument_of(value)
            if inner is not None:
                return LogNear(value, complement.minus_one(inner))
    if isinstance(-value, ExpMinusOne):
        return LogNear(value, -sp.exp(argument(-value)))
    base, power = value.as_base_exp()
    if isinstance(base, ExpMinusOne) and power == 2 and argument(base).is_nonpositive:
        return 2 * LogNear(-base, -sp.exp(argument(base)))
    return None
