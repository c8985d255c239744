"""Values on the way to a limit, as balls: they prove nothing, but a series that they contradict is not believed."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any

import sympy as sp
from flint import acb, arb, fmpq

from derivations.engine.routes.balls import UnknownError, ball, precision
from derivations.engine.routes.points import Frame

STEPS = (3, 6, 12, 24)
"""Powers of ten of the distance to the point."""
BITS = 2000
CLOSE = fmpq(1, 10**12)
"""A value this near has arrived."""
SHRINKS = fmpq(19, 20)
"""From the first step to the last even 1/loglog x shrinks more than this."""


def approaches(expression: Any, variable: sp.Symbol, point: Any, side: int, value: Any) -> bool:
    """Whether the values of a closed expression come nearer and nearer to the value.

    Raises
    ------
    UnknownError, TooLargeError
        From the ball table.
    """
    with precision(BITS):
        away = [_distance(expression, variable, _place(point, side, step), value) for step in STEPS]
    if not all(d.is_finite() for d in away):
        raise UnknownError("the expression is not finite on the way to the limit")
    return bool(away[-1] < CLOSE) or bool(away[-1] < SHRINKS * away[0])


def _place(point: Any, side: int, step: int) -> acb:
    if point in (sp.oo, -sp.oo):
        return acb(10**step * (1 if point is sp.oo else -1))
    return ball(point, Frame(free=_closed)) + acb(fmpq(side, 10**step))


def _closed(name: Any) -> Any:
    return name


def _distance(expression: Any, variable: sp.Symbol, place: acb, value: Any) -> arb:
    """From the value; for an infinite one the inverse, so far as the sign is right."""
    here = ball(expression, Frame(free=_closed).with_value(variable, place))
    if value not in (sp.oo, -sp.oo):
        return arb(abs(here - ball(value, Frame(free=_closed))))
    right_side = here.real > 0 if value is sp.oo else here.real < 0
    return 1 / arb(abs(here)) if right_side else arb(1)
