"""Points about which a potential is expanded, with the couplings of truncations there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import sympy as sp

from theory.models import scalar_field as model


@dataclass(frozen=True, kw_only=True)
class ExpansionPoint:
    """A point, and the potential there as a Taylor series.

    Attributes
    ----------
    name
        In words.
    place
        The invariant there: a symbol where it is a coupling itself, the first, and a number where it rests.
    first
        The order of the first coefficient of the series that is not zero.
    coupling
        The derivative of the potential there, by its order.
    masses
        Squared masses of the modes across the field and along it, by the first two couplings; one where they agree.
    compared
        How many orders below a truncation are those from which the error of its exponents is estimated.
    allows
        Whether couplings, of shape (order,), are of a potential with a minimum at a nonzero field.
    """

    name: str
    place: Any
    first: int
    coupling: Callable[[int], sp.Symbol] = field(compare=False)
    masses: Callable[[Any, Any], tuple[Any, ...]] = field(compare=False)
    compared: tuple[int, ...]
    allows: Callable[[Any], bool] = field(compare=False)

    @property
    def moves(self) -> bool:
        """Whether the point is where the potential puts it."""
        return not self.place.is_number

    def orders(self, order: int) -> range:
        """Of the derivatives among the couplings."""
        return range(self.first, order + 1)

    def couplings(self, order: int) -> tuple[Any, ...]:
        """The unknowns of a truncation: the place if it moves, and the derivatives."""
        return (*((self.place,) if self.moves else ()), *map(self.coupling, self.orders(order)))

    def series(self, order: int) -> tuple[Any, ...]:
        """Taylor coefficients of the potential."""
        derivatives = (self.coupling(n) / sp.factorial(n) for n in self.orders(order))
        return (*(0,) * self.first, *derivatives)

    def moving(self, order: int) -> tuple[Any, ...]:
        """d/dt of the couplings, by them and the derivatives of the flow: from the derivation."""
        from derivations.engine.derivation import Derivation
        from derivations.renormalization import running_couplings as derived
        from derivations.renormalization.local_potential import flow_of_the_potential

        found = derived.couplings_at_the_minimum if self.moves else derived.resting_couplings
        moving = found(Derivation(f"couplings at the {self.name}"), flow_of_the_potential(), order)
        return tuple(e.xreplace({self.coupling(order + 1): sp.S.Zero}) for e in moving)


MINIMUM = ExpansionPoint(
    name="minimum",
    place=model.place_of_minimum,
    first=2,
    coupling=model.coupling,
    masses=lambda place, second: (0, 2 * place * second),
    compared=(2,),
    allows=lambda g: bool(g[0] > 0 and g[1] > 0),
)
"""kappa, lambda_2, ...: the slope vanishes, and the place takes its place among the couplings."""
ORIGIN = ExpansionPoint(
    name="origin",
    place=sp.S.Zero,
    first=1,
    coupling=model.coupling_at_origin,
    masses=lambda first, _: (first,),
    compared=(2, 3),
    allows=lambda g: bool(g[0] < 0),
)
"""g_1, g_2, ...: all components have the same mass.

Exponents swing with a period of about six orders: of the differences to two and three orders below one is not small.
"""
POINTS = {point.name: point for point in (MINIMUM, ORIGIN)}
