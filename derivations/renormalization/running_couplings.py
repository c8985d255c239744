"""The couplings of a potential about its running minimum and about the origin, to any order.

Source: J. Berges, N. Tetradis, C. Wetterich, Physics Reports 363, 223 (2002), section 4.2.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.step import Step
from derivations.rules.coupling_flow import derivative_of_the_flow
from derivations.rules.running_point import minimum_velocity, running_coupling
from theory.domain import Domain
from theory.models import scalar_field as model


@dataclass(frozen=True, kw_only=True)
class Point:
    """Where the potential is expanded.

    Attributes
    ----------
    name
        In words.
    place
        The invariant there, a function of the time or a number.
    coupling
        The derivative of the potential there, by its order.
    velocity
        Of the point.
    """

    name: str
    place: Any
    coupling: Callable[[int], sp.Symbol]
    velocity: Any


MINIMUM = Point(name="minimum", place=model.minimum(model.time), coupling=model.coupling, velocity=model.velocity)
ORIGIN = Point(name="origin", place=sp.S.Zero, coupling=model.coupling_at_origin, velocity=sp.S.Zero)


def couplings_at_the_minimum(derivation: Derivation, flow: Step, order: int) -> tuple[Any, ...]:
    """d/dt of the minimum and of the derivatives of order 2 to ``order`` there.

    They are in the letters of the model for the couplings and for the derivatives of the flow.
    """
    velocity = _minimum_velocity(derivation, flow).result
    steps = [_moving(derivation, flow, MINIMUM, n, model.flow_slope(n)) for n in range(2, order + 1)]
    return (velocity, *(step.result.xreplace({model.velocity: velocity}) for step in steps))


def couplings_at_the_origin(derivation: Derivation, flow: Step, order: int) -> tuple[Any, ...]:
    """d/dt of the derivatives of order 1 to ``order`` at the origin, by threshold functions and couplings."""
    found = [_slope(derivation, flow, ORIGIN, n) for n in range(1, order + 1)]
    return tuple(_moving(derivation, f, ORIGIN, n, f.result).result for n, f in enumerate(found, start=1))


def resting_couplings(derivation: Derivation, flow: Step, order: int) -> tuple[Any, ...]:
    """d/dt of the same in the letters of the model for the derivatives of the flow."""
    return tuple(_moving(derivation, flow, ORIGIN, n, model.flow_slope(n)).result for n in range(1, order + 1))


def _slope(derivation: Derivation, flow: Step, point: Point, order: int) -> Step:
    """The derivative of an order of the flow, of a potential that is a polynomial."""
    orders = range(1, order + 3)
    series = sp.Add(*(point.coupling(n) * (model.invariant - point.place) ** n / sp.factorial(n) for n in orders))
    couplings = {point.coupling(n): (0, 2) for n in orders}
    parameters = {model.dimension: (0, 6), model.n_components: sp.Range(1, sp.oo), model.anomalous_dimension: (-1, 1)}
    return derivation.apply(
        derivative_of_the_flow,
        flow,
        potential=model.potential(model.invariant),
        series=series,
        variable=model.invariant,
        point=point.place,
        order=order,
        domain=Domain({**parameters, **couplings}),
        name=f"derivative of order {order} of the flow at the {point.name}",
    )


def _moving(derivation: Derivation, flow: Step, point: Point, order: int, slope: Any) -> Step:
    """How the derivative of an order of the potential at a point moves, by that of its flow."""
    return derivation.apply(
        running_coupling,
        potential=model.potential,
        point=point.place,
        time=model.time,
        variable=model.invariant,
        order=order,
        letters=(slope, point.coupling(order + 1), point.velocity),
        domain=Domain({model.time: (-1, 1)}),
        because=(flow,),
        name=f"flow of the derivative of order {order} at the {point.name}",
    )


def _minimum_velocity(derivation: Derivation, flow: Step) -> Step:
    """The velocity of the minimum."""
    slope = model.flow_slope(1)
    return derivation.apply(
        minimum_velocity,
        _moving(derivation, flow, MINIMUM, 1, slope),
        velocity=model.velocity,
        domain=Domain({slope: (-2, 2), model.coupling(2): (0, 2)}),
        name="velocity of the minimum",
    )
