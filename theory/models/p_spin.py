"""The p-spin model: every p spins are coupled, with couplings of variance p! / (2 N^(p - 1)).

H = - sum over i_1 < ... < i_p of J[i_1, ..., i_p] s[i_1] ... s[i_p] - h sum over i of s[i]. Sources, with J = 1:
B. Derrida, Random-energy model: an exactly solvable model of disordered systems, Physical Review B 24, 2613 (1981), for
Ising spins; A. Crisanti and H.-J. Sommers, The spherical p-spin interaction spin glass model: the statics, Zeitschrift
fuer Physik B 87, 341 (1992), for spins on a sphere. For p = 2 they are the model of Sherrington and Kirkpatrick and its
spherical version.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.models.disordered import DisorderedModel, Family
from theory.models.sherrington_kirkpatrick import couplings, external_field, inverse_temperature, n_spins, spins
from theory.models.spin_laws import SphericalSpins
from theory.sums import Sigma


def p_spin_model(order: int) -> DisorderedModel:
    """The model of Ising spins for any number of spins, any temperature and any uniform field.

    Parameters
    ----------
    order
        The number p of spins that a coupling joins, at least 2.

    Raises
    ------
    ValueError
        If it is no integer, or below 2: single spins in random fields have no overlap to order them.
    """
    if not isinstance(order, int) or order < 2:
        raise ValueError(f"expected an integer number of coupled spins, at least 2; found {order!r}")
    places = sp.symbols(f"i_1:{order + 1}", integer=True)
    lowest = (sp.Integer(1), *(place + 1 for place in places[:-1]))
    ranges = tuple((place, low, n_spins) for place, low in zip(places, lowest, strict=True))
    coupled = Sigma(couplings[places] * sp.Mul(*(spins[place] for place in places)), *ranges)
    first = places[0]
    return DisorderedModel(
        name=f"Ising {order}-spin model",
        hamiltonian=-coupled - Sigma(external_field * spins[first], (first, 1, n_spins)),
        spins=Family(base=spins, ranges=((first, 1, n_spins),)),
        couplings=Family(base=couplings, ranges=ranges),
        variance=sp.factorial(order) / (2 * n_spins ** (order - 1)),
        inverse_temperature=inverse_temperature,
        domain=Domain({n_spins: sp.Range(1, sp.oo), inverse_temperature: (0, sp.oo), external_field: (-sp.oo, sp.oo)}),
    )


def spherical_p_spin_model(order: int) -> DisorderedModel:
    """The model of real spins whose squares sum to N; its partition function is a mean over that sphere.

    Parameters and errors are those of ``p_spin_model``.
    """
    return replace(p_spin_model(order), name=f"spherical {order}-spin model", spin_law=SphericalSpins())


@dataclass(frozen=True)
class PSpinModel:
    """Ising spins of which every ``order`` are coupled; energies are per spin, in units of the coupling.

    Parameters
    ----------
    order
        The number p of spins that a coupling joins, at least 2.
    """

    order: int

    def __post_init__(self) -> None:
        p_spin_model(self.order)

    @property
    def disordered_model(self) -> DisorderedModel:
        """The symbolic model it belongs to."""
        return p_spin_model(self.order)

    @property
    def values(self) -> Mapping[Any, Any]:
        """Values of the symbols of that model: none, for in the limit of many spins it has no parameter."""
        return {}


@dataclass(frozen=True)
class SphericalPSpinModel(PSpinModel):
    """Real spins whose squares sum to their number, of which every ``order`` are coupled; energies are per spin."""

    @property
    def disordered_model(self) -> DisorderedModel:
        """The symbolic model it belongs to."""
        return spherical_p_spin_model(self.order)
