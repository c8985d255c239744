"""Chains of a fully connected Boltzmann machine along a path from independent units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.free_energies import coupled_sweeps
from numerics.lowering.c.toolchain import CompilerMissingError
from numerics.networks.fully_connected import BoltzmannMachine

Bits = NDArray[np.uint8]
LARGEST = 1e100


class CoupledPath:
    """Laws p(x) = exp((1 - lam) a.x + lam (b.x + x.J.x / 2)) / Z(lam) of units 0 and 1.

    At lam = 0 they are independent with biases a, at lam = 1 those of the machine. Units move one after another, each
    by its law given the others.

    Parameters
    ----------
    machine
        With units 0 and 1.
    base_bias
        a, shape (n_units,).

    Raises
    ------
    ValueError
        If squares of energies may be beyond double precision.
    """

    def __init__(self, machine: BoltzmannMachine, base_bias: Any) -> None:
        total = float(np.sum(np.abs(machine.couplings)) + np.sum(np.abs(machine.bias)))
        if total > LARGEST:
            raise ValueError(
                f"expected couplings and biases that add up to less than {LARGEST:.0e} k_B T; found {total:.3g}: the "
                "machine is frozen, so look for its states of least energy"
            )
        self.n_units = machine.n_units
        self._couplings, self._bias = machine.couplings, machine.bias
        self._base = np.ascontiguousarray(base_bias, dtype=float)

    @property
    def base_log_partition(self) -> float:
        """log Z(0)."""
        return float(np.logaddexp(0, self._base).sum())

    def base_states(self, n_chains: int, rng: np.random.Generator) -> Bits:
        """Independent states at lam = 0, shape (n_chains, n_units)."""
        return (rng.random((n_chains, self.n_units)) * (1 + np.exp(-self._base)) < 1).astype(np.uint8)

    def moved(self, states: Bits, lam: float, n_steps: int, rng: np.random.Generator) -> Bits:
        """States after some sweeps at fixed lam."""
        return self.works(states, [lam] * (n_steps + 1), rng)[1]

    def works(self, states: Bits, lams: Sequence[float], rng: np.random.Generator) -> tuple[NDArray[np.float64], Bits]:
        """Works of each step, shape (n_steps, n_chains), and final states of chains that follow ``lams`` either way.

        A step changes lam and then moves every unit once at the new value. Fields of the units are summed afresh at
        the first step; what later ones add to them is exact to double precision.
        """
        states = np.array(states, dtype=np.uint8, order="C")
        sweeps = coupled_sweeps.Sweeps(
            couplings=self._couplings,
            bias=self._bias,
            base=self._base,
            states=states,
            fields=np.ascontiguousarray(states.astype(float) @ self._couplings),
            random=rng.integers(0, 2**64, size=(len(states), 4), dtype=np.uint64),
        )
        try:
            return coupled_sweeps.compiled(sweeps, lams), states
        except CompilerMissingError:
            return coupled_sweeps.plain(sweeps, lams), states
