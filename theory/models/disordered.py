"""A disordered spin model: what a theorist hands in to get a replica action."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sympy as sp

from theory.averages import ConfigurationSum, GaussianMean, Range
from theory.domain import Domain
from theory.models.spin_laws import ISING, SpinLaw


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
class GaussianCouplings:
    """Independent Gaussian couplings.

    Attributes
    ----------
    family
        The couplings.
    variance, mean
        Those of one coupling, in the slots of the family.
    """

    family: Family
    variance: Any
    mean: Any = sp.S.Zero

    @property
    def values(self) -> Any:
        """Where one coupling lies."""
        return (-sp.oo, sp.oo)


@dataclass(frozen=True, kw_only=True)
class SignPatterns:
    """Stored patterns of independent signs, +1 and -1 with equal probability, of which none is retrieved.

    Attributes
    ----------
    family
        The patterns: the slot of the pattern, then the site.
    """

    family: Family

    @property
    def values(self) -> Any:
        """Where one sign lies."""
        return sp.FiniteSet(-1, 1)

    @property
    def has_unit_squares(self) -> bool:
        """Whether the square of an entry is 1."""
        return True

    def log_generating_function(self, t: Any) -> Any:
        """log E exp(t xi) of one entry."""
        return sp.log(sp.cosh(t))

    def mean_of(self, expression: Any) -> Any:
        """The mean of an expression over all entries."""
        size = sp.Mul(*[sp.expand(high - low + 1) for _, low, high in self.family.ranges])
        return ConfigurationSum(expression, self.family.base, *self.family.ranges) / 2**size


@dataclass(frozen=True, kw_only=True)
class GaussianPatterns:
    """Stored patterns of independent Gaussian entries of mean 0, of which none is retrieved.

    They are also the weights of a restricted Boltzmann machine whose hidden units are Gaussian: each of them, averaged
    over, leaves the square of its input in the exponent.

    Attributes
    ----------
    family
        The patterns: the slot of the pattern, or hidden unit, then the site.
    variance
        Of one entry; a number, or a symbol.
    """

    family: Family
    variance: Any = sp.S.One

    @property
    def values(self) -> Any:
        """Where one entry lies."""
        return (-sp.oo, sp.oo)

    @property
    def has_unit_squares(self) -> bool:
        """Whether the square of an entry is 1."""
        return False

    def log_generating_function(self, t: Any) -> Any:
        """log E exp(t xi) of one entry."""
        return self.variance * t**2 / 2

    def mean_of(self, expression: Any) -> Any:
        """The mean of an expression over all entries."""
        return GaussianMean(expression, self.family.base, self.variance, *self.family.ranges)


Patterns = SignPatterns | GaussianPatterns
Disorder = GaussianCouplings | Patterns


@dataclass(frozen=True, kw_only=True)
class DisorderedModel:
    """A Hamiltonian of spins with quenched disorder.

    Attributes
    ----------
    name
        What the model is called.
    hamiltonian
        Energy of a configuration, in the spins and couplings.
    spins
        The spins; the last slot is the site.
    couplings, variance, mean
        The quenched couplings, independent Gaussian variables; variance and mean of one of them, in the slots of
        ``couplings``.
    disorder
        Families of quenched variables in place of ``couplings``, or beside them; they are averaged in this order.
    spin_law
        What values spins take, with what weight: ``IsingSpins()`` unless it is said.
    proportional
        Symbols of numbers that grow with the system, each with its multiple of the number of spins: ``{P: alpha * N}``.
    inverse_temperature
        Its symbol.
    domain
        Sets of all parameters, without the spins and the couplings.
    """

    name: str
    hamiltonian: Any
    spins: Family
    couplings: Family | None = None
    variance: Any = None
    mean: Any = sp.S.Zero
    disorder: tuple[Disorder, ...] = ()
    spin_law: SpinLaw = ISING
    proportional: Mapping[sp.Symbol, Any] = field(default_factory=dict, hash=False)
    inverse_temperature: sp.Symbol
    domain: Domain

    def __post_init__(self) -> None:
        if (self.couplings is None) != (self.variance is None):
            raise ValueError(f"the couplings of {self.name} come with their variance; found one of the two")
        bases = [piece.family.base for piece in self.pieces]
        if len(set(bases)) < len(bases):
            raise ValueError(f"each family of quenched variables has one law; those of {self.name} are {bases}")
        sets = {piece.family.base: piece.values for piece in self.pieces}
        known = self.domain.extended({self.spins.base: self.spin_law.values, **sets})
        known.require(self.hamiltonian, f"the Hamiltonian of {self.name}")

    @property
    def only_couplings(self) -> GaussianCouplings:
        """The Gaussian couplings of a model that has no other disorder.

        Raises
        ------
        ValueError
            If it has another family of quenched variables, or none.
        """
        pieces = self.pieces
        if len(pieces) != 1 or not isinstance(pieces[0], GaussianCouplings):
            raise ValueError(f"expected one family of Gaussian couplings; the {self.name} has {len(pieces)} families")
        return pieces[0]

    @property
    def pieces(self) -> tuple[Disorder, ...]:
        """All families of quenched variables with their laws."""
        if self.couplings is None:
            return self.disorder
        return (GaussianCouplings(family=self.couplings, variance=self.variance, mean=self.mean), *self.disorder)
