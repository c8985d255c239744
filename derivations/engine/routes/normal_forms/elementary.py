"""Rewriting rules of elementary functions: everything becomes exponentials, logarithms and powers."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# ruff: noqa: ARG001 (every rule has one signature)
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp
from flint import fmpq

from derivations.engine.routes.normal_forms.field import Ratio, UnsupportedError
from derivations.engine.routes.normal_forms.generators.factors import factors_of
from derivations.engine.routes.normal_forms.signs import is_real, ratio_nonnegative
from derivations.engine.routes.normal_forms.tower import RULES, Tower


def _add(tower: Tower, node: Any) -> Ratio:
    total = tower.field.zero
    for term in node.args:
        total = tower.field.add(total, tower.convert(term))
    return tower.field.reduced(total)


def _mul(tower: Tower, node: Any) -> Ratio:
    total = tower.field.one
    for factor in node.args:
        total = tower.field.multiply(total, tower.convert(factor))
    return total


def _pow(tower: Tower, node: Any) -> Ratio:
    base, exponent = node.args
    if base is sp.E:
        return tower.exponential(tower.convert(exponent))
    power = tower.convert(exponent)
    number = tower.field.rational(power)
    if number is not None:
        return tower.rational_power(tower.convert(base), number)
    return tower.general_power(tower.convert(base), power, node)


def _exp(tower: Tower, node: Any) -> Ratio:
    return tower.exponential(tower.convert(node.args[0]))


def _log(tower: Tower, node: Any) -> Ratio:
    top = tower.logarithm(tower.convert(node.args[0]))
    if len(node.args) == 1:
        return top
    return tower.field.multiply(top, tower.field.inverse(tower.logarithm(tower.convert(node.args[1]))))


def _unit(tower: Tower, node: Any) -> Ratio:
    return tower.imaginary_unit()


def _from_exponentials(*, turned: bool, top: int, bottom: int | None) -> Callable[[Tower, Any], Ratio]:
    """(g + s/g) quotients with g = exp(x) or exp(i x); s = +1 for the even part, -1 for the odd one."""

    def rule(tower: Tower, node: Any) -> Ratio:
        field = tower.field
        argument = tower.convert(node.args[0])
        unit = tower.imaginary_unit() if turned else field.one
        grow = tower.exponential(field.multiply(argument, unit))
        upper = _part(tower, grow, top, unit)
        if bottom is None:
            return upper
        return field.multiply(upper, field.inverse(_part(tower, grow, bottom, unit)))

    return rule


def _part(tower: Tower, grow: Ratio, sign: int, unit: Ratio) -> Ratio:
    """cosh or cos for +1, sinh or sin for -1, and 1 for 0."""
    field = tower.field
    if sign == 0:
        return field.one
    both = field.add(grow, field.multiply(field.constant(sign), field.inverse(grow)))
    half = field.multiply(both, field.constant(fmpq(1, 2)))
    return half if sign > 0 else field.multiply(half, field.inverse(unit))


def _asinh(tower: Tower, node: Any) -> Ratio:
    field, x = tower.field, tower.convert(node.args[0])
    root = tower.rational_power(field.add(field.multiply(x, x), field.one), fmpq(1, 2))
    return tower.logarithm(field.add(x, root))


def _acosh(tower: Tower, node: Any) -> Ratio:
    field, x = tower.field, tower.convert(node.args[0])
    first = tower.rational_power(field.add(x, field.constant(-1)), fmpq(1, 2))
    second = tower.rational_power(field.add(x, field.one), fmpq(1, 2))
    return tower.logarithm(field.add(x, field.multiply(first, second)))


def _inverse_tangent(tower: Tower, x: Ratio) -> Ratio:
    """artanh x = (log(1 + x) - log(1 - x)) / 2."""
    field = tower.field
    plus = tower.logarithm(field.add(field.one, x))
    minus = tower.logarithm(field.add(field.one, field.negative(x)))
    return field.multiply(field.add(plus, field.negative(minus)), field.constant(fmpq(1, 2)))


def _atanh(tower: Tower, node: Any) -> Ratio:
    return _inverse_tangent(tower, tower.convert(node.args[0]))


def _atan(tower: Tower, node: Any) -> Ratio:
    """arctan x = -i artanh(i x)."""
    field, unit = tower.field, tower.imaginary_unit()
    inner = _inverse_tangent(tower, field.multiply(unit, tower.convert(node.args[0])))
    return field.negative(field.multiply(unit, inner))


def _asin(tower: Tower, node: Any) -> Ratio:
    """arcsin x = -i log(i x + sqrt(1 - x^2))."""
    field, unit, x = tower.field, tower.imaginary_unit(), tower.convert(node.args[0])
    root = tower.rational_power(field.add(field.one, field.negative(field.multiply(x, x))), fmpq(1, 2))
    inside = field.add(field.multiply(unit, x), root)
    return field.negative(field.multiply(unit, tower.logarithm(inside)))


def _acos(tower: Tower, node: Any) -> Ratio:
    half = tower.field.multiply(tower.convert(sp.pi), tower.field.constant(fmpq(1, 2)))
    return tower.field.add(half, tower.field.negative(_asin(tower, node)))


def _abs(tower: Tower, node: Any) -> Ratio:
    return tower.modulus(tower.convert(node.args[0]))


def sign_of(tower: Tower, x: Ratio) -> Ratio:
    """The sign of an element, after factors of known sign are taken out."""
    field = tower.field
    if not (is_real(field, x.num) and is_real(field, x.den)):
        return tower.opaque("sign", (x,), sp.sign(field.expression(x)))
    content, factors = factors_of(tower, x)
    turn, rest = (1 if content > 0 else -1), field.one
    for factor, power in factors if not x.num.is_zero() else ():
        element = Ratio(factor, field.one.den)
        if ratio_nonnegative(field, field.negative(element), strict=True):
            turn = -turn if power % 2 else turn
        elif not ratio_nonnegative(field, element, strict=True):
            rest = field.multiply(rest, field.power(element, power))
    if x.num.is_zero() or field.same(rest, field.one):
        return field.zero if x.num.is_zero() else field.constant(turn)
    letter = tower.opaque("sign", (rest,), sp.sign(field.expression(rest)), real=True)
    return field.multiply(field.constant(turn), letter)


def _sign(tower: Tower, node: Any) -> Ratio:
    return sign_of(tower, tower.convert(node.args[0]))


def _step(tower: Tower, node: Any) -> Ratio:
    """(1 + sign x)/2, which is 1/2 at zero."""
    if len(node.args) > 1 and node.args[1] != sp.Rational(1, 2):
        raise UnsupportedError(f"{node}, a step with a value of its own at zero")
    field = tower.field
    return field.multiply(field.add(field.one, _sign(tower, node)), field.constant(fmpq(1, 2)))


def _extremum(largest: bool) -> Callable[[Tower, Any], Ratio]:
    """max(a, b) = (a + b + |a - b|)/2."""

    def rule(tower: Tower, node: Any) -> Ratio:
        field = tower.field
        first, *rest = map(tower.convert, sorted(node.args, key=sp.default_sort_key))
        for other in rest:
            distance = tower.modulus(field.add(first, field.negative(other)))
            total = field.add(first, other)
            total = field.add(total, distance if largest else field.negative(distance))
            first = field.multiply(total, field.constant(fmpq(1, 2)))
        return first

    return rule


def _piecewise(tower: Tower, node: Any) -> Ratio:
    """The first branch, if its condition is decided on the whole domain; otherwise a letter."""
    for value, condition in node.args:
        truth = _decided(tower, condition)
        if truth is None:
            return tower.structural(node)
        if truth:
            return tower.convert(value)
    raise UnsupportedError(f"no branch of {node} applies")


def _decided(tower: Tower, condition: Any) -> bool | None:
    if condition in (sp.true, sp.false):
        return bool(condition)
    if not isinstance(condition, sp.Gt | sp.Ge | sp.Lt | sp.Le):
        return None
    difference = tower.convert(condition.gts - condition.lts)
    strict = isinstance(condition, sp.Gt | sp.Lt)
    if not (is_real(tower.field, difference.num) and is_real(tower.field, difference.den)):
        return None
    if ratio_nonnegative(tower.field, difference, strict=strict):
        return True
    return False if ratio_nonnegative(tower.field, tower.field.negative(difference), strict=not strict) else None


RULES.update(
    {
        sp.Add: _add, sp.Mul: _mul, sp.Pow: _pow, sp.exp: _exp, sp.log: _log, type(sp.I): _unit,
        type(sp.E): lambda tower, _: tower.exponential(tower.field.one),
        sp.cosh: _from_exponentials(turned=False, top=1, bottom=None),
        sp.sinh: _from_exponentials(turned=False, top=-1, bottom=None),
        sp.tanh: _from_exponentials(turned=False, top=-1, bottom=1),
        sp.coth: _from_exponentials(turned=False, top=1, bottom=-1),
        sp.sech: _from_exponentials(turned=False, top=0, bottom=1),
        sp.csch: _from_exponentials(turned=False, top=0, bottom=-1),
        sp.cos: _from_exponentials(turned=True, top=1, bottom=None),
        sp.sin: _from_exponentials(turned=True, top=-1, bottom=None),
        sp.tan: _from_exponentials(turned=True, top=-1, bottom=1),
        sp.cot: _from_exponentials(turned=True, top=1, bottom=-1),
        sp.sec: _from_exponentials(turned=True, top=0, bottom=1),
        sp.csc: _from_exponentials(turned=True, top=0, bottom=-1),
        sp.asinh: _asinh, sp.acosh: _acosh, sp.atanh: _atanh, sp.atan: _atan, sp.asin: _asin, sp.acos: _acos,
        sp.Abs: _abs, sp.sign: _sign, sp.Heaviside: _step,
        sp.Max: _extremum(True), sp.Min: _extremum(False), sp.Piecewise: _piecewise,
    }
)  # fmt: skip
