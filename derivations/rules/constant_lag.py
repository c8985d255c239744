"""Drag with jumps at both ends and a constant lag in between."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from derivations.rules.work_step import in_lowest_terms
from theory.domain import Domain
from theory.statements import Identity


@rule(
    "constant lag",
    "The trap jumps ahead by the lag, is dragged so that the lag stays, and jumps to the end of its way.",
)
def constant_lag(
    work: Step,
    rates: Step,
    *,
    mean: Any,
    center: Any,
    next_center: Any,
    lag: Any,
    speed: Any,
    duration: Any,
    distance: Any,
    domain: Domain,
) -> Inference:
    """Mean work of both jumps and of the drag between them, in the lag.

    Raises
    ------
    ValueError
        If no one speed keeps the lag.
    """
    keeping = sp.solve(rates.result[0], speed)
    if len(keeping) != 1:
        raise ValueError(f"expected one speed at which {rates.result[0]} vanishes; found {keeping}")
    jump, way = -work.result[1], keeping[0] * duration
    first = jump.xreplace({mean: sp.S.Zero, center: sp.S.Zero, next_center: lag})
    between = duration * rates.result[2].xreplace({speed: keeping[0]})
    last = jump.xreplace({mean: way, center: way + lag, next_center: distance})
    whole = first + between + last
    value = in_lowest_terms(sp.expand(whole))
    still = rates.result[0].xreplace({speed: keeping[0]})
    return Inference(
        statement=Identity(whole, value, domain.restricted(whole, value)),
        obligations=(Identity(still, sp.S.Zero, domain.restricted(still, lag)),),
        result=value,
    )
