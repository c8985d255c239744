"""Laws of spins: what values they take and with what weight a configuration counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from theory.averages import ConfigurationSum, GaussianMean, Range
from theory.spheres import SphericalMean


@dataclass(frozen=True)
class IsingSpins:
    """Spins +-1; every configuration has weight 1."""

    @property
    def values(self) -> Any:
        """Where one spin lies."""
        return sp.FiniteSet(-1, 1)

    @property
    def self_overlap(self) -> Any:
        """The mean square of the spins, where it is imposed beside the law of one spin: here it need not be."""
        return None

    @property
    def of_one_spin(self) -> IsingSpins:
        """The law of one spin while overlaps are held by their conjugates."""
        return self

    def trace(self, body: Any, family: sp.IndexedBase, *ranges: Range, site: int) -> Any:  # noqa: ARG002
        """The sum over the configurations of all spins; ``site`` is the place of the site among the ranges."""
        return ConfigurationSum(body, family, *ranges)


@dataclass(frozen=True)
class GaussianSpins:
    """Independent Gaussian spins of mean 0; a partition function is a mean over them.

    Attributes
    ----------
    variance
        Of one spin, positive.
    """

    variance: Any = sp.S.One

    @property
    def values(self) -> Any:
        """Where one spin lies."""
        return (-sp.oo, sp.oo)

    @property
    def self_overlap(self) -> Any:
        """The mean square of the spins, where it is imposed beside the law of one spin: it is free."""
        return None

    @property
    def of_one_spin(self) -> GaussianSpins:
        """The law of one spin while overlaps are held by their conjugates."""
        return self

    def trace(self, body: Any, family: sp.IndexedBase, *ranges: Range, site: int) -> Any:  # noqa: ARG002
        """The mean over all spins; ``site`` is the place of the site among the ranges."""
        return GaussianMean(body, family, self.variance, *ranges)


@dataclass(frozen=True)
class SphericalSpins:
    """Real spins whose squares have mean 1 over the sites; a partition function is a mean over the sphere."""

    @property
    def values(self) -> Any:
        """Where one spin lies."""
        return (-sp.oo, sp.oo)

    @property
    def self_overlap(self) -> Any:
        """The mean square of the spins of every configuration."""
        return sp.S.One

    @property
    def of_one_spin(self) -> GaussianSpins:
        """The law of one spin while overlaps are held by their conjugates.

        Independent standard Gaussian variables, given that the mean of their squares is 1, are uniform on the sphere.
        """
        return GaussianSpins()

    def trace(self, body: Any, family: sp.IndexedBase, *ranges: Range, site: int) -> Any:
        """The mean over the spheres, one for each place of the other slots; ``site`` is that of the site."""
        return SphericalMean(body, family, sp.Integer(site), *ranges)


SpinLaw = IsingSpins | GaussianSpins | SphericalSpins

ISING = IsingSpins()
"""The law of spins for which none is given."""
