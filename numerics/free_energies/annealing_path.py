"""What annealing has to know of a machine: a path of laws from independent units to it, and moves that keep each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from numerics.free_energies.coupled_path import CoupledPath
from numerics.free_energies.restricted_path import RestrictedPath
from numerics.networks.boltzmann import RestrictedBoltzmannMachine
from numerics.networks.fully_connected import BoltzmannMachine

Bits = NDArray[np.uint8]
BinaryMachine = RestrictedBoltzmannMachine | BoltzmannMachine


class AnnealingPath(Protocol):
    """Laws of units 0 and 1, from independent ones at 0 to those of a machine at 1."""

    @property
    def n_units(self) -> int:
        """Units of a state; others are summed over."""
        ...

    @property
    def base_log_partition(self) -> float:
        """log Z at 0."""
        ...

    def base_states(self, n_chains: int, rng: np.random.Generator) -> Bits:
        """Independent states at 0, shape (n_chains, n_units)."""
        ...

    def moved(self, states: Bits, lam: float, n_steps: int, rng: np.random.Generator) -> Bits:
        """States after some steps at fixed lam."""
        ...

    def works(self, states: Bits, lams: Sequence[float], rng: np.random.Generator) -> tuple[NDArray[np.float64], Bits]:
        """Works of each step, shape (n_steps, n_chains), and final states of chains that follow ``lams`` either way.

        A step changes lam and then moves at the new value, the last one too: parts of a schedule follow one another.
        """
        ...


def path_to(machine: BinaryMachine, base_bias: Any = None) -> AnnealingPath:
    """The path to a machine of units 0 and 1 from independent units with these biases; from fair coins without any."""
    if isinstance(machine, BoltzmannMachine):
        return CoupledPath(machine, np.zeros(machine.n_units) if base_bias is None else base_bias)
    return RestrictedPath(machine, np.zeros(machine.n_visible) if base_bias is None else base_bias)
