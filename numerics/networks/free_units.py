"""Units of a machine that couple to no other: their factors of Z, and the machine that is left."""

from __future__ import annotations

import numpy as np

from numerics.networks.boltzmann import RestrictedBoltzmannMachine
from numerics.networks.fully_connected import BoltzmannMachine
from numerics.networks.machine_arrays import Array


def without_free_units(
    machine: RestrictedBoltzmannMachine | BoltzmannMachine,
) -> tuple[RestrictedBoltzmannMachine | BoltzmannMachine | None, float]:
    """The machine of all units that couple, None where there is none, and log Z of the others."""
    if isinstance(machine, BoltzmannMachine):
        coupled = np.any(machine.couplings, axis=1)
        free = _log_partition(machine.bias[~coupled], machine.spins)
        if not coupled.any():
            return None, free
        return BoltzmannMachine(machine.couplings[np.ix_(coupled, coupled)], machine.bias[coupled], machine.spins), free
    visible, hidden = np.any(machine.weights, axis=1), np.any(machine.weights, axis=0)
    biases = np.concatenate([machine.visible_bias[~visible], machine.hidden_bias[~hidden]])
    free = _log_partition(biases, machine.spins)
    if not visible.any():
        return None, free
    weights = machine.weights[np.ix_(visible, hidden)]
    left = (machine.visible_bias[visible], machine.hidden_bias[hidden])
    return RestrictedBoltzmannMachine(weights, *left, machine.spins), free


def _log_partition(biases: Array, spins: bool) -> float:
    return float(np.logaddexp(biases, -biases if spins else 0.0).sum())
