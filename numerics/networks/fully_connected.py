"""Boltzmann machines whose units all couple to each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from numerics.networks.boltzmann import RestrictedBoltzmannMachine
from numerics.networks.machine_arrays import Array, check_energies, checked_array

ROUNDING = 1e-12
"""Relative to the largest coupling: matrix products are asymmetric by less."""


@dataclass(frozen=True, eq=False)
class BoltzmannMachine:
    """Units with symmetric couplings between any two of them, at temperature 1.

    E(x) = -bias.x - x.couplings.x / 2, so that each pair counts once, with units 0 and 1, or -1 and 1 for ``spins``.

    Attributes
    ----------
    couplings : ndarray, shape (n_units, n_units)
        J, in units of k_B T: symmetric, with a diagonal of zeros.
    bias : ndarray, shape (n_units,)
        In units of k_B T.
    spins : bool
        Whether units are -1 and 1.

    Raises
    ------
    ValueError, TypeError
        If shapes do not fit, a number is not finite and real, energies are beyond double precision, or couplings are
        asymmetric or couple a unit to itself.
    """

    couplings: Array
    bias: Array
    spins: bool = False

    def __post_init__(self) -> None:
        couplings, bias = checked_array(self.couplings, "couplings", 2), checked_array(self.bias, "bias", 1)
        n = len(couplings)
        if couplings.shape != (n, n) or n == 0:
            raise ValueError(f"expected couplings of shape (n_units, n_units); found shape {couplings.shape}")
        if bias.shape != (n,):
            raise ValueError(f"expected bias of shape ({n},) beside {n} coupled units; found shape {bias.shape}")
        if np.any(np.diag(couplings)):
            raise ValueError(
                f"expected couplings with a diagonal of zeros; found {np.count_nonzero(np.diag(couplings))} units that "
                "couple to themselves: of units 0 and 1 that is half as much bias, of spins a constant energy"
            )
        check_energies(couplings, bias)
        gap = float(np.max(np.abs(couplings - couplings.T)))
        if gap > ROUNDING * float(np.max(np.abs(couplings))):
            raise ValueError(
                f"expected symmetric couplings; found J[i, j] and J[j, i] up to {gap:.3g} apart: give (J + J.T) / 2, "
                "or J + J.T if each pair stands in one triangle"
            )
        object.__setattr__(self, "couplings", np.ascontiguousarray((couplings + couplings.T) / 2) if gap else couplings)
        object.__setattr__(self, "bias", bias)

    @property
    def n_units(self) -> int:
        """Number of units."""
        return len(self.bias)

    def energy(self, units: ArrayLike) -> Array:
        """E(x) of states along the first axes, shape (n_states,), in units of k_B T."""
        x = np.asarray(units, dtype=float)
        return -x @ self.bias - np.sum((x @ self.couplings) * x, axis=-1) / 2

    def with_binary_units(self) -> tuple[BoltzmannMachine, float]:
        """The machine in units 0 and 1, and what has to be added to its energies: s = 2 x - 1 for spins."""
        if not self.spins:
            return self, 0.0
        binary = BoltzmannMachine(4 * self.couplings, 2 * (self.bias - self.couplings.sum(axis=1)))
        return binary, float(self.bias.sum() - self.couplings.sum() / 2)


def fully_connected(machine: RestrictedBoltzmannMachine) -> BoltzmannMachine:
    """A restricted machine as one whose couplings within a layer are zero: visible units first, then hidden ones."""
    n = machine.n_visible
    couplings = np.zeros((n + machine.n_hidden,) * 2)
    couplings[:n, n:], couplings[n:, :n] = machine.weights, machine.weights.T
    return BoltzmannMachine(couplings, np.concatenate([machine.visible_bias, machine.hidden_bias]), machine.spins)
