"""A disordered spin model: what a theorist hands in to get a replica action."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from theory.averages import Range
from theory.domain import Domain


@dataclass(frozen=True, kw_only=True)
class Family:
    """An indexed family of variables and the range of each of its slots, outermost first.

    ``Family(base=sigma, ranges=((k, 0, L), (i, 1, N[k])))`` are the spins of layers 0 to L.
    """

    base: sp.IndexedBase
    ranges: tuple[Range, ...]

    def __post_init__(self) -> None:
        if not self.ranges:
            raise ValueError(f"the family {self.base} needs the range of each of its slots; found none")

    @property
    def slots(self) -> tuple[sp.Symbol, ...]:
        """The index symbol of each slot."""
        return tuple(r[0] for r in self.ranges)


@dataclass(frozen=True, kw_only=True)
class DisorderedModel:
    """A Hamiltonian of Ising spins with independent centered Gaussian couplings.

    Attributes
    ----------
    name
        What the model is called.
    hamiltonian
        Energy of a configuration, in the spins and couplings.
    spins
        The Ising spins, +-1.
    couplings
        The quenched couplings.
    variance
        Variance of one coupling, in the slots of ``couplings``.
    inverse_temperature
        Its symbol.
    domain
        Sets of all parameters, without the spins and the couplings.
    """

    name: str
    hamiltonian: Any
    spins: Family
    couplings: Family
    variance: Any
    inverse_temperature: sp.Symbol
    domain: Domain

    def __post_init__(self) -> None:
        spin_set = {self.spins.base: sp.FiniteSet(-1, 1)}
        coupling_set = {self.couplings.base: (-sp.oo, sp.oo)}
        self.domain.extended({**spin_set, **coupling_set}).require(self.hamiltonian, f"the Hamiltonian of {self.name}")
