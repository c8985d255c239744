"""How many digits a formula loses at a point, from balls of the precision of a double.

A ball at 53 bits carries the rounding of every step along: its radius, relative to what a rounded argument would cost
anyway, says what the program will lose. No symbolic work is done, so that formulas which lose nothing cost little.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache, reduce
from typing import Any

import sympy as sp
from flint import arb, fmpq

from derivations.engine.routes.enclosures.balls import precision
from numerics.lowering.nodes import (
    Erfc,
    ErfDifference,
    ExpMinusOne,
    ExpMinusOneOver,
    Hypotenuse,
    LogAddExp,
    LogCosh,
    LogErfc,
    LogHalfErfc,
    Logistic,
    LogNear,
    LogOnePlus,
    LogOnePlusOver,
    LogTwoCosh,
    ScaledErfc,
    SinOver,
    SquareOver,
    TimesLog,
    TimesLogOnePlus,
)
from numerics.lowering.printer import in_order
from numerics.lowering.special_nodes import LogOnePlusGap

DOUBLE = 53
EXACT = 480
"""Bits for the value itself: at the distance 2^-30 eight orders may cancel."""
_STEP = 120
"""The relative step of a difference quotient is 2 to minus this."""


class UnknownNodeError(Exception):
    """A node for which there is no ball here."""


def real_ball(node: Any, values: dict[Any, arb]) -> arb:
    """The value of an expression, in the current precision; not finite where it has none.

    Raises
    ------
    UnknownNodeError
        If a function is not in the table.
    """
    if node not in values:
        values[node] = _computed(node, values)
    return values[node]


def _computed(node: Any, values: dict[Any, arb]) -> arb:
    if node.is_Rational or node.is_Float:
        number: Any = sp.Rational(node)
        return arb(fmpq(int(number.p), int(number.q)))
    if node in _CONSTANTS:
        return _CONSTANTS[node]()
    if isinstance(node, sp.Add):
        return sum((real_ball(a, values) for a in _terms(node)), arb(0))
    if isinstance(node, sp.Mul):
        return math.prod((real_ball(a, values) for a in node.args), start=arb(1))
    if isinstance(node, sp.Pow):
        return _power(node, values)
    if isinstance(node, sp.Piecewise):
        return _selected(node, values)
    if node.func not in FUNCTIONS:
        raise UnknownNodeError(str(node.func))
    return FUNCTIONS[node.func](*(real_ball(a, values) for a in node.args))


@lru_cache(maxsize=1024)
def _terms(total: Any) -> tuple[Any, ...]:
    return total.args if total.is_number else tuple(in_order(total))


def _power(node: Any, values: dict[Any, arb]) -> arb:
    base, exponent = real_ball(node.base, values), node.exp
    if exponent.is_Integer:
        return base ** int(exponent)
    if exponent == sp.S.Half:
        return base.sqrt()
    return base ** real_ball(exponent, values)


def _selected(node: Any, values: dict[Any, arb]) -> arb:
    for value, condition in node.args:
        if condition == sp.true or _holds(condition, values):
            return real_ball(value, values)
    return arb("nan")


def _holds(condition: Any, values: dict[Any, arb]) -> bool:
    if isinstance(condition, sp.And | sp.Or | sp.Not):
        parts = [_holds(part, values) for part in condition.args]
        return (
            all(parts)
            if isinstance(condition, sp.And)
            else any(parts)
            if isinstance(condition, sp.Or)
            else not parts[0]
        )
    if condition.func not in _RELATIONS:
        raise UnknownNodeError(str(condition.func))
    return _RELATIONS[condition.func](real_ball(condition.lhs, values) - real_ball(condition.rhs, values))


def loss(program: Any, formula: Any, quantity: sp.Symbol, at: arb) -> float:
    """Units in the last place that the program may lose, over max(1, condition number); NaN without a real value.

    Infinite where the program gives no number, or none of its digits, and the formula has one.
    """
    exact, condition = _value(formula, quantity, at)
    if not exact.is_finite() or exact.contains(0):
        return math.nan
    with precision(DOUBLE):
        found = real_ball(program, {quantity: at})
        if not found.is_finite():
            return math.inf
        error = float((abs(found - exact).abs_upper() / abs(exact).abs_lower()).mid())
    return error * 2.0**DOUBLE / max(1.0, condition)


def _value(formula: Any, quantity: sp.Symbol, at: arb) -> tuple[arb, float]:
    """The value to many digits, and its condition number by a difference quotient."""
    with precision(EXACT):
        step = arb(2) ** -_STEP
        value, beside = (real_ball(formula, {quantity: x}) for x in (at, at * (1 + step)))
        if not value.is_finite() or value.contains(0):
            return value, math.nan
        slope = (beside - value) / (step * value)
        return value, float(abs(slope).mid())


def _log_one_plus_gap(x: arb) -> arb:
    """x - log(1 + x), near zero by more bits than it loses."""
    if not abs(x) < 0.5:
        return x - x.log1p()
    with precision(EXACT):
        exact = arb(x.mid()) - arb(x.mid()).log1p()
    return exact * (1 + 3 * arb(0, (x.rad() / abs(x)).abs_upper())) if not x.contains(0) else x * x


_CONSTANTS: dict[Any, Callable[[], arb]] = {
    sp.pi: arb.pi, sp.E: arb.const_e, sp.EulerGamma: arb.const_euler, sp.Catalan: arb.const_catalan,
}  # fmt: skip
_RELATIONS: dict[Any, Callable[[arb], bool]] = {
    sp.StrictLessThan: lambda gap: gap < 0, sp.LessThan: lambda gap: not gap > 0,
    sp.StrictGreaterThan: lambda gap: gap > 0, sp.GreaterThan: lambda gap: not gap < 0,
}  # fmt: skip
FUNCTIONS: dict[Any, Any] = {
    sp.exp: arb.exp, sp.log: arb.log, sp.sin: arb.sin, sp.cos: arb.cos, sp.tan: arb.tan, sp.cot: arb.cot,
    sp.sec: arb.sec, sp.csc: arb.csc, sp.sinh: arb.sinh, sp.cosh: arb.cosh, sp.tanh: arb.tanh, sp.coth: arb.coth,
    sp.sech: arb.sech, sp.csch: arb.csch, sp.asin: arb.asin, sp.acos: arb.acos, sp.atan: arb.atan,
    sp.asinh: arb.asinh, sp.acosh: arb.acosh, sp.atanh: arb.atanh, sp.erf: arb.erf, sp.erfc: arb.erfc,
    sp.erfi: arb.erfi, sp.Abs: abs, sp.sign: arb.sgn, sp.Max: lambda *x: reduce(arb.max, x),
    sp.Min: lambda *x: reduce(arb.min, x), sp.gamma: arb.gamma, sp.loggamma: arb.lgamma,
    Erfc: arb.erfc, ExpMinusOne: arb.expm1, LogOnePlus: arb.log1p,
    ExpMinusOneOver: lambda x: x.expm1() / x, LogOnePlusOver: lambda x: x.log1p() / x, SinOver: arb.sinc,
    Hypotenuse: lambda x, y: (x * x + y * y).sqrt(), SquareOver: lambda x, y: x * (x / y),
    Logistic: lambda x: 1 / (1 + (-x).exp()), ScaledErfc: lambda x: (x * x).exp() * x.erfc(),
    LogCosh: lambda x: (2 * (x / 2).sinh() ** 2).log1p(),
    LogTwoCosh: lambda x: abs(x) + (-2 * abs(x)).exp().log1p(),
    LogErfc: lambda x: (-x.erf()).log1p() if x < 0.5 else x.erfc().log(),
    LogHalfErfc: lambda x: (-(-x).erfc() / 2).log1p() if x < 0.5 else (x.erfc() / 2).log(),
    LogNear: lambda x, d: d.log1p() if x > 0.5 else x.log(),
    ErfDifference: lambda x, y, _: y.erfc() - x.erfc() if y > 0.5 else x.erf() - y.erf(),
    LogOnePlusGap: _log_one_plus_gap,
    TimesLog: lambda x, y: x * y.log(), TimesLogOnePlus: lambda x, y: x * y.log1p(),
    LogAddExp: lambda x, y: x.max(y) + (-abs(x - y)).exp().log1p(),
}  # fmt: skip
