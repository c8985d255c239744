"""Couplings of a potential about a point that moves with the scale."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity


@rule("coupling at a running point", "The coupling moves with the potential, and with the point at which it is taken.")
def running_coupling(
    *,
    potential: Any,
    point: Any,
    time: sp.Symbol,
    variable: sp.Symbol,
    order: int,
    letters: Any,
    domain: Domain,
) -> Inference:
    """d/dt of the derivative of an ``order`` of a potential u(t, variable) at its ``point``.

    The result is in ``letters``: the derivative of that order of the flow, the next coupling, and the velocity of the
    point, which is zero for a point that rests.
    """

    def here(expression: Any) -> Any:
        return sp.Subs(expression, variable, point)

    u = potential(time, variable)
    left = sp.Derivative(here(sp.Derivative(u, (variable, order))), time)
    moved = here(sp.Derivative(u, (variable, order + 1))) * sp.sympify(point, strict=True).diff(time)
    right = here(sp.Derivative(u, (variable, order), time)) + moved
    slope, following, velocity = letters
    return Inference(statement=Identity(left, right, domain), result=slope + following * velocity)


@rule("running minimum", "The slope of the potential vanishes at its minimum, at every scale.")
def minimum_velocity(first: Step, *, velocity: sp.Symbol, domain: Domain) -> Inference:
    """The velocity at which the derivative of first order stays zero, and the only one."""
    moving = sp.expand(first.result)
    slope = moving.coeff(velocity, 1)
    solution = sp.cancel(-moving.coeff(velocity, 0) / slope)
    claim = Identity(moving, slope * (velocity - solution), domain.extended({velocity: (-2, 2)}))
    return Inference(statement=claim, result=solution)
