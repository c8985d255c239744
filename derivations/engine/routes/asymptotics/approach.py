"""Values on the way to a limit, as balls: they prove nothing, but a series that they contradict is not believed."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any

import sympy as sp
from flint import acb, arb, fmpq

from derivations.engine.routes.enclosures.balls import UnknownError, ball, precision
from derivations.engine.routes.enclosures.points import Frame
from theory.averages import GaussianMean

STEPS, BITS = (3, 6, 12, 24), 2000
"""Powers of ten of the distance to the point, and the precision there;"""
INTEGRAL_STEPS, INTEGRAL_BITS = (1, 2, 3, 4), 340
"""nearer and coarser for integrals."""
BITS_A_POWER = 90
CLOSE = fmpq(1, 10**12)
"""A value this near has arrived."""
GROWS = fmpq(3, 2)
SHRINKS = fmpq(19, 20)
"""From the first step to the last even 1/loglog x shrinks more than this."""


def approaches(expression: Any, variable: sp.Symbol, point: Any, side: int, value: Any) -> bool:
    """Whether the values of a closed expression come nearer and nearer to the value.

    Raises
    ------
    UnknownError, TooLargeError
        From the ball table.
    """
    away = _distances(expression, variable, point, side, value)
    return bool(away[-1] < CLOSE) or bool(away[-1] < SHRINKS * away[0])


def stays_bounded(expression: Any, variable: sp.Symbol, point: Any, side: int, order: Any) -> bool:
    """Whether the values of a closed expression do not grow: a logarithm grows by a factor 2 at the last step.

    The more precision is needed, the higher the power of the distance, ``order``, in the expression.

    Raises
    ------
    UnknownError, TooLargeError
        From the ball table.
    """
    sizes = _distances(expression, variable, point, side, sp.S.Zero, int(BITS_A_POWER * order))
    return bool(sizes[-1] < CLOSE) or any(bool(sizes[-1] < GROWS * sooner) for sooner in sizes[:-1])


def _distances(expression: Any, variable: sp.Symbol, point: Any, side: int, value: Any, more: int = 0) -> list[arb]:
    steps, bits = (INTEGRAL_STEPS, INTEGRAL_BITS) if expression.has(sp.Integral, GaussianMean) else (STEPS, BITS)
    with precision(bits + more):
        found = [_distance(expression, variable, _place(point, side, step), value) for step in steps]
    if not all(d.is_finite() for d in found):
        raise UnknownError("the expression is not finite on the way to the point")
    return found


def _place(point: Any, side: int, step: int) -> Any:
    """An exact number where it stays small; a ball where an exact power of it would be too long to write down."""
    if point in (sp.oo, -sp.oo):
        return acb(10**step * (1 if point is sp.oo else -1))
    return point + sp.Rational(side, 10**step)


def _frame(variable: sp.Symbol, place: Any) -> Frame:
    if isinstance(place, acb):
        return Frame(free=_closed).with_value(variable, place)
    return Frame(free=lambda name: place if name == variable else name)


def _closed(name: Any) -> Any:
    return name


def _distance(expression: Any, variable: sp.Symbol, place: Any, value: Any) -> arb:
    """From the value; for an infinite one the inverse, so far as the sign is right."""
    here = ball(expression, _frame(variable, place))
    if value not in (sp.oo, -sp.oo):
        return arb(abs(here - ball(value, Frame(free=_closed))))
    right_side = here.real > 0 if value is sp.oo else here.real < 0
    return 1 / arb(abs(here)) if right_side else arb(1)
