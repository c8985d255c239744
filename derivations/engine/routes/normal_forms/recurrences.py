"""Rewriting rules of polygamma and Bessel functions, by their recurrences (DLMF 5.5, 5.15, 10.6 and 10.29)."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from derivations.engine.routes.normal_forms.field import Ratio, UnsupportedError
from derivations.engine.routes.normal_forms.special import whole_part
from derivations.engine.routes.normal_forms.tower import RULES, Tower


def _polygamma(tower: Tower, node: Any) -> Ratio:
    """psi_m(x + 1) = psi_m(x) + (-1)^m m! / x^(m+1): the integer part of the argument is shifted away."""
    field, order = tower.field, node.args[0]
    x = tower.convert(node.args[1])
    if not (order.is_Integer and order >= 0):
        return tower.opaque("call polygamma", (tower.convert(order), x), node)
    shift = whole_part(tower, x)
    base = field.add(x, field.constant(-shift))
    if field.is_zero(base):
        base, shift = field.one, shift - 1
    letter = sp.polygamma(order, field.expression(base))
    if isinstance(letter, sp.polygamma):
        result = tower.opaque("call polygamma", (tower.convert(order), base), letter)
    else:
        result = tower.convert(letter)
    scale = field.constant(int((-1) ** int(order) * sp.factorial(order)))
    for step in range(min(shift, 0), max(shift, 0)):
        place = field.add(base, field.constant(step))
        gain = field.multiply(scale, field.power(place, -int(order) - 1))
        result = field.add(result, gain if shift > 0 else field.negative(gain))
    return result


def _bessel(function: Any, below: int, middle: int) -> Callable[[Tower, Any], Ratio]:
    """C_(n+1) = below C_(n-1) + middle (2 n / x) C_n: orders are brought to two neighbors."""

    def rule(tower: Tower, node: Any) -> Ratio:
        order, x = map(tower.convert, node.args)
        shift = whole_part(tower, order)
        base = tower.field.add(order, tower.field.constant(-shift))
        letters = [_letter(tower, function, tower.field.add(base, tower.field.constant(j)), x) for j in (0, 1)]
        return _stepped(tower, letters, base, shift, x)

    def _stepped(tower: Tower, pair: list[Ratio], base: Ratio, shift: int, x: Ratio) -> Ratio:
        field, place = tower.field, 0
        while place < shift:
            place += 1
            step = field.multiply(_twice(tower, base, place, x), pair[1])
            pair = [pair[1], _sum(tower, (below, pair[0]), (middle, step))]
        while place > shift:
            step = field.multiply(_twice(tower, base, place, x), pair[0])
            pair = [_sum(tower, (below, pair[1]), (-below * middle, step)), pair[0]]
            place -= 1
        return pair[0]

    return rule


def _twice(tower: Tower, base: Ratio, place: int, x: Ratio) -> Ratio:
    """2 (base + place) / x."""
    field = tower.field
    order = field.add(base, field.constant(place))
    return field.multiply(field.multiply(field.constant(2), order), field.inverse(x))


def _sum(tower: Tower, *parts: tuple[int, Ratio]) -> Ratio:
    total = tower.field.zero
    for sign, x in parts:
        total = tower.field.add(total, tower.field.multiply(tower.field.constant(sign), x))
    return total


def _letter(tower: Tower, function: Any, order: Ratio, x: Ratio) -> Ratio:
    node = function(tower.field.expression(order), tower.field.expression(x))
    if not isinstance(node, function):
        raise UnsupportedError(f"{function.__name__} at {x}, which is written otherwise")
    return tower.opaque(f"call {function.__name__}", (order, x), node)


RULES.update(
    {
        sp.polygamma: _polygamma,
        sp.besselj: _bessel(sp.besselj, -1, 1),
        sp.bessely: _bessel(sp.bessely, -1, 1),
        sp.besseli: _bessel(sp.besseli, 1, -1),
        sp.besselk: _bessel(sp.besselk, 1, 1),
    }
)
