"""The flow of a potential in units of the scale, at fixed dimensionless field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Definition, Identity


@dataclass(frozen=True, kw_only=True)
class Units:
    """What a potential and its argument are measured in.

    Attributes
    ----------
    potential
        The dimensionful potential, a function of the scale and of the invariant.
    variable
        The dimensionless invariant.
    unit
        The dimensionful potential over the dimensionless one.
    place
        The dimensionful invariant, in terms of the variable.
    squared_mass
        The unit of squared masses.
    """

    potential: Any
    variable: sp.Symbol
    unit: Any
    place: Any
    squared_mass: Any


@rule(
    "dimensionless flow",
    "At fixed dimensionless field the scale moves the unit of the potential, its argument, and the potential itself "
    "by the loop integral.",
)
def dimensionless_flow(
    loop: Step,
    factor: Step,
    *,
    scale: sp.Symbol,
    units: Units,
    front: Any,
    masses: tuple[sp.Symbol, sp.Symbol],
    growth: Any,
    flowing: Any,
    domain: Domain,
) -> Inference:
    """k du/dk at fixed dimensionless invariant; the result is it for the function ``flowing`` of the variable.

    Parameters
    ----------
    loop
        Its result, times ``front``, is k dU/dk in terms of the masses across the field and along it.
    factor
        Defines a symbol in the units.
    growth
        k dZ/dk over Z where it occurs, and its value.
    """
    u = units.potential(scale, units.place) / units.unit
    held = _slope(units, scale, 0, 1)
    moved, value = growth
    by_argument = sp.simplify(-scale * sp.diff(units.place, scale) / units.place)
    by_unit = sp.simplify(-scale * sp.diff(units.unit, scale) / units.unit)
    slope = sp.Derivative(u, units.variable)
    right = by_unit * u - by_argument * units.variable * slope + scale * held / units.unit
    claim = Identity(scale * sp.Derivative(u, scale), right, domain)
    across = _slope(units, scale, 1, 1) / units.squared_mass
    bent = units.place * _slope(units, scale, 1, 2) / units.squared_mass
    obligations = (
        Identity(slope, across, domain),
        Identity(units.variable * sp.Derivative(u, (units.variable, 2)), bent, domain),
    )
    first, second = flowing.diff(units.variable), flowing.diff(units.variable, 2)
    inner = cast(Any, loop.result).xreplace({masses[0]: first, masses[1]: first + 2 * units.variable * second})
    name, value_of_factor = cast(Definition, factor.statement).symbol, factor.result
    weight = sp.gammasimp(sp.powsimp((front / units.unit).xreplace({name: value_of_factor})))
    scaling = (by_unit * flowing - by_argument * units.variable * first).xreplace({moved: value})
    return Inference(statement=claim, result=sp.simplify(scaling) + weight * inner, obligations=obligations)


def _slope(units: Units, scale: sp.Symbol, argument: int, count: int) -> Any:
    """A partial derivative of the dimensionful potential at the place."""
    names = (sp.Dummy("s", positive=True), sp.Dummy("v", positive=True))
    slope = sp.Derivative(units.potential(*names), (names[argument], count))
    return sp.Subs(slope, names, (scale, units.place))
