"""The state of one chain of parallel tempering: a configuration at each temperature, with its random numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import Generator

from numerics.ising.bonds import Bonds


@dataclass(frozen=True, kw_only=True)
class System:
    """What is sampled: weights exp(-beta E) with E = -sum_{i<j} J_ij s_i s_j - sum_i h_i s_i.

    Attributes
    ----------
    bonds
        J.
    field : ndarray, shape (n_spins,)
        h.
    betas : ndarray, shape (n_temperatures,)
        Inverse temperatures, in order.
    pairs : ndarray of int32, shape (n_pairs, 2)
        Spins whose products are measured.
    """

    bonds: Bonds
    field: Any
    betas: Any
    pairs: Any

    @property
    def n_spins(self) -> int:
        """Of one configuration."""
        return self.bonds.n_spins


@dataclass(eq=False, kw_only=True)
class Chain:
    """Changed in place by the sweeps.

    Attributes
    ----------
    spins : ndarray of int8, shape (n_temperatures, n_spins)
    labels : ndarray of int32, shape (n_temperatures,)
        Which of the configurations that were started is at each temperature now.
    random : ndarray of uint64, shape (n_temperatures + 1, 4)
        Of a generator xoshiro256++ for each temperature, and one for exchanges.
    parity : int
        Which neighbors are exchanged next.
    """

    spins: Any
    labels: Any
    random: Any
    parity: int = 0


@dataclass(frozen=True, kw_only=True)
class Sums:
    """Totals over the sweeps of a batch.

    Attributes
    ----------
    spins : ndarray of int64, shape (n_temperatures, n_spins)
    pairs : ndarray of int64, shape (n_temperatures, n_pairs)
    energies, squared_energies : ndarray, shape (n_temperatures,)
    exchanges : ndarray of int64, shape (n_temperatures - 1,)
        Accepted ones.
    """

    spins: Any
    pairs: Any
    energies: Any
    squared_energies: Any
    exchanges: Any


def new_sums(system: System) -> Sums:
    """All zero."""
    n = len(system.betas)
    return Sums(
        spins=np.zeros((n, system.n_spins), dtype=np.int64),
        pairs=np.zeros((n, len(system.pairs)), dtype=np.int64),
        energies=np.zeros(n),
        squared_energies=np.zeros(n),
        exchanges=np.zeros(max(n - 1, 0), dtype=np.int64),
    )


def new_chain(system: System, rng: Generator, *, aligned: bool) -> Chain:
    """Random configurations, or all spins along their fields: two starts that must end in the same equilibrium."""
    n = len(system.betas)
    spins = rng.choice(np.array([-1, 1], dtype=np.int8), (n, system.n_spins))
    if aligned:
        spins = np.where(system.field >= 0, 1, -1).astype(np.int8) * np.ones((n, 1), dtype=np.int8)
    random = rng.integers(0, 2**64, (n + 1, 4), dtype=np.uint64)
    return Chain(spins=np.ascontiguousarray(spins), labels=np.arange(n, dtype=np.int32), random=random)


def local_fields(system: System, spins: Any) -> Any:
    """h_i + sum_j J_ij s_j, shape (n_temperatures, n_spins), without what rounding has gathered."""
    return np.ascontiguousarray((system.bonds.matrix @ spins.T.astype(np.float64)).T + system.field)


def energies(system: System, spins: Any, local: Any) -> Any:
    """E of each configuration, shape (n_temperatures,)."""
    return -0.5 * np.sum(spins * (local + system.field), axis=1)
