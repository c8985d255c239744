"""Hopfield networks: spins whose couplings store patterns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from numerics.networks.fully_connected import BoltzmannMachine
from numerics.networks.machine_arrays import Array, checked_array


@dataclass(frozen=True, eq=False)
class HopfieldNetwork:
    """Spins s with the energy -(beta / N) sum_mu sum_{i<j} xi[mu, i] xi[mu, j] s_i s_j, in units of k_B T.

    J. J. Hopfield (1982), PNAS 79, 2554, with couplings over N as Amit, Gutfreund and Sompolinsky (1987) have them; no
    spin couples to itself.

    Attributes
    ----------
    patterns : ndarray, shape (n_patterns, n_units)
        xi, of numbers -1 and 1.
    inverse_temperature : float
        beta, at least zero.

    Raises
    ------
    ValueError, TypeError
        If patterns are anything else, or the inverse temperature is no such number.
    """

    patterns: Array
    inverse_temperature: float = 1.0

    def __post_init__(self) -> None:
        patterns = checked_array(self.patterns, "patterns", 2)
        if 0 in patterns.shape:
            raise ValueError(f"expected patterns of shape (n_patterns, n_units); found shape {patterns.shape}")
        if np.any(np.abs(patterns) != 1):
            raise ValueError(
                f"expected patterns of -1 and 1; found {np.count_nonzero(np.abs(patterns) != 1)} other numbers: "
                "patterns of 0 and 1 become 2 * patterns - 1"
            )
        beta = float(checked_array(self.inverse_temperature, "inverse_temperature", 0).item())
        if beta < 0:
            raise ValueError(f"expected an inverse temperature of at least zero; found {beta!r}")
        object.__setattr__(self, "patterns", patterns)
        object.__setattr__(self, "inverse_temperature", beta)

    @property
    def n_units(self) -> int:
        """Number of spins."""
        return self.patterns.shape[1]

    def boltzmann_machine(self) -> BoltzmannMachine:
        """The same spins with Hebb's couplings, in units of k_B T."""
        n = self.n_units
        couplings = self.inverse_temperature / n * (self.patterns.T @ self.patterns)
        np.fill_diagonal(couplings, 0.0)
        return BoltzmannMachine(couplings, np.zeros(n), spins=True)
