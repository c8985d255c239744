"""Scales of growth as a variable x tends to infinity: exp of finite sums of c x^a log(x)^b loglog(x)^d.

A scale is known by its logarithm: coefficients of the heights (a, b, d, e), each standing for
x^a log(x)^b loglog(x)^d logloglog(x)^e and larger than 1. So x itself is the exp of the height (0, 1, 0, 0). Of two
scales the larger is told by the sign of the highest coefficient in which they differ.
"""

# pyright: reportOperatorIssue=false, reportArgumentType=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cmp_to_key
from typing import Any

import sympy as sp

Height = tuple[Any, Any, Any, Any]
Sign = Callable[[Any], int]
"""The proved sign of a real number, 0 for zero; it raises where it has no proof."""


class UnknownScaleError(Exception):
    """An expression whose growth no rule gives."""


@dataclass(frozen=True)
class Scale:
    """exp of a sum of heights with coefficients, none of which is the number zero."""

    logarithm: frozenset[tuple[Height, Any]] = frozenset()

    @staticmethod
    def of(logarithm: dict[Height, Any]) -> Scale:
        """The scale with this logarithm."""
        return Scale(frozenset((height, c) for height, c in logarithm.items() if c != 0))

    def times(self, other: Scale) -> Scale:
        """The product."""
        total = dict(self.logarithm)
        for height, c in other.logarithm:
            total[height] = sp.expand(total.get(height, 0) + c)
        return Scale.of(total)

    def power(self, exponent: Any) -> Scale:
        """A real power."""
        return Scale.of({height: sp.expand(c * exponent) for height, c in self.logarithm})

    def over(self, other: Scale) -> Scale:
        """The quotient."""
        return self.times(other.power(sp.Integer(-1)))


def _height(*parts: int) -> Height:
    return tuple(map(sp.Integer, parts))  # pyright: ignore[reportReturnType]


UNIT = Scale()
LOG, LOGLOG, LOGLOGLOG = _height(0, 1, 0, 0), _height(0, 0, 1, 0), _height(0, 0, 0, 1)
VARIABLE = Scale.of({LOG: sp.S.One})
"""The variable x itself: exp(log x)."""


def scale_of(height: Height) -> Scale:
    """A height as a scale: x^a log(x)^b loglog(x)^d."""
    if height[3] != 0:
        raise UnknownScaleError("a fourth logarithm")
    return Scale.of(dict(zip((LOG, LOGLOG, LOGLOGLOG), height[:3], strict=True)))


def height_of(scale: Scale) -> Height:
    """A scale without exponentials as a height, which may then stand in an exponent."""
    parts = dict(scale.logarithm)
    if set(parts) - {LOG, LOGLOG, LOGLOGLOG}:
        raise UnknownScaleError("an exponential of an exponential")
    return (*(parts.get(h, sp.S.Zero) for h in (LOG, LOGLOG, LOGLOGLOG)), sp.S.Zero)


def compare(first: Scale, second: Scale, sign: Sign) -> int:
    """Whether the first scale is larger (1), smaller (-1), or the same (0)."""
    rest = dict(first.over(second).logarithm)
    order = cmp_to_key(lambda left, right: _higher(left, right, sign))
    for heights in _grouped(sorted(rest, key=order, reverse=True), sign):
        found = sign(sp.Add(*(rest[h] for h in heights)))
        if found:
            return found
    return 0


def _higher(left: Height, right: Height, sign: Sign) -> int:
    differences = (a - b for a, b in zip(left, right, strict=True) if a != b)
    return next((found for found in map(sign, differences) if found), 0)


def _grouped(heights: list[Height], sign: Sign) -> list[list[Height]]:
    """Heights written differently that are the same."""
    groups: list[list[Height]] = []
    for height in heights:
        if groups and _higher(groups[-1][0], height, sign) == 0:
            groups[-1].append(height)
        else:
            groups.append([height])
    return groups


def written(scale: Scale, variable: Any) -> Any:
    """A scale as an expression in what tends to infinity."""
    logs = [sp.log(variable), sp.log(sp.log(variable)), sp.log(sp.log(sp.log(variable)))]
    powers, exponent = sp.S.One, sp.S.Zero
    for height, c in scale.logarithm:
        if height in (LOG, LOGLOG, LOGLOGLOG):
            place = (LOG, LOGLOG, LOGLOGLOG).index(height)
            powers *= [variable, *logs][place] ** c
        else:
            exponent += c * sp.Mul(*(base**e for base, e in zip((variable, *logs), height, strict=True)))
    return powers * sp.exp(exponent)
