"""What parallel tempering measured, with error bars and with what tells whether it had come to equilibrium."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class TemperedSamples:
    """Means over batches of sweeps of independent chains, at each temperature.

    Attributes
    ----------
    temperatures : ndarray, shape (n_temperatures,)
        In the units of the couplings, in the order given.
    magnetization_batches : ndarray, shape (n_chains, n_batches, n_temperatures, n_spins)
        Means of s_i over the sweeps of a batch.
    pair_batches : ndarray, shape (n_chains, n_batches, n_temperatures, n_pairs)
        Means of s_i s_j.
    energy_batches, squared_energy_batches : ndarray, shape (n_chains, n_batches, n_temperatures)
        Means of the total energy and of its square.
    pairs : ndarray, shape (n_pairs, 2)
        The spins of the pairs.
    batch_length : int
        Sweeps a batch.
    exchange_rates : ndarray, shape (n_temperatures - 1,)
        Shares of accepted exchanges between neighboring temperatures.
    round_trips : int
        How often a configuration went from the first temperature to the last and back, as seen after each batch.
    backend : str
        "c" or "numpy".
    """

    temperatures: Array
    magnetization_batches: Array
    pair_batches: Array
    energy_batches: Array
    squared_energy_batches: Array
    pairs: Any
    batch_length: int
    exchange_rates: Array
    round_trips: int
    backend: str

    @property
    def magnetizations(self) -> Array:
        """Mean of each spin, shape (n_temperatures, n_spins)."""
        return self.magnetization_batches.mean(axis=(0, 1))

    @property
    def magnetization_errors(self) -> Array:
        """Their standard errors, from the spread of the batches."""
        return batch_error(self.magnetization_batches)

    @property
    def pair_means(self) -> Array:
        """Mean of s_i s_j, shape (n_temperatures, n_pairs)."""
        return self.pair_batches.mean(axis=(0, 1))

    @property
    def pair_errors(self) -> Array:
        """Their standard errors."""
        return batch_error(self.pair_batches)

    @property
    def energies(self) -> Array:
        """Mean total energy, shape (n_temperatures,)."""
        return self.energy_batches.mean(axis=(0, 1))

    @property
    def energy_errors(self) -> Array:
        """Their standard errors."""
        return batch_error(self.energy_batches)

    @property
    def degrees_of_freedom(self) -> int:
        """Of the standard errors."""
        n_chains, n_batches = self.energy_batches.shape[:2]
        return n_chains * n_batches - 1

    @cached_property
    def autocorrelation_times(self) -> Array:
        """Integrated autocorrelation time of the energy in sweeps, shape (n_temperatures,); 1/2 for independent ones.

        The variance of batch means over that of single sweeps, times half of a batch. The error bars hold where it is
        far below the length of a batch.
        """
        single = self.squared_energy_batches.mean(axis=(0, 1)) - self.energies**2
        batches = np.var(self.energy_batches, axis=(0, 1), ddof=1)
        return 0.5 * self.batch_length * batches / np.maximum(single, np.finfo(float).tiny)

    @cached_property
    def drifts(self) -> Array:
        """Energy of the second half of the batches minus the first, in standard errors, shape (n_temperatures,)."""
        half = self.energy_batches.shape[1] // 2
        first, second = self.energy_batches[:, :half], self.energy_batches[:, half:]
        error = np.hypot(batch_error(first), batch_error(second))
        difference = second.mean(axis=(0, 1)) - first.mean(axis=(0, 1))
        return difference / np.maximum(error, np.finfo(float).tiny)

    @cached_property
    def chain_disagreements(self) -> Array:
        """Spread of the chains' mean energies over what their batches let expect, shape (n_temperatures,).

        About 1 in equilibrium: half of the chains start at random, the others along their fields.
        """
        n_chains, n_batches = self.energy_batches.shape[:2]
        if n_chains < 2:
            return np.full(len(self.temperatures), np.nan)
        between = np.var(self.energy_batches.mean(axis=1), axis=0, ddof=1)
        within = np.var(self.energy_batches, axis=1, ddof=1).mean(axis=0) / n_batches
        return np.sqrt(between / np.maximum(within, np.finfo(float).tiny))

    @property
    def thermalized(self) -> bool:
        """Whether nothing speaks against equilibrium: a test with one false alarm in a thousand runs.

        Drifts and disagreements of chains stay below the quantiles of Student's t and of F for that rate, shared by all
        temperatures, and batches are at least ten autocorrelation times long.
        """
        from scipy.special import fdtri, stdtrit

        n_chains, n_batches = self.energy_batches.shape[:2]
        rate = 1e-3 / (2 * len(self.temperatures))
        calm = np.abs(self.drifts) < stdtrit(self.degrees_of_freedom - 1, 1 - rate / 2)
        long = self.autocorrelation_times * 10 < self.batch_length
        if n_chains < 2:
            return bool(np.all(calm & long))
        agree = self.chain_disagreements**2 < fdtri(n_chains - 1, n_chains * (n_batches - 1), 1 - rate)
        return bool(np.all(calm & long & agree))


def batch_error(batches: Any) -> Array:
    """Standard error of the mean over the first two axes, from the spread of independent batches."""
    n = batches.shape[0] * batches.shape[1]
    return np.std(batches.reshape(n, *batches.shape[2:]), axis=0, ddof=1) / np.sqrt(n)
