"""Configurations of low energy, from simulated annealing: where magnetizations of a glass are looked for."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.random import Generator

from numerics.ising.bonds import Bonds

# In units of half of J's largest eigenvalue, which is the transition of the Sherrington-Kirkpatrick model.
_HOTTEST, _COLDEST = 1.3, 0.1
_STAGES, _SWEEPS_A_STAGE, _MOST_QUENCHES = 8, 12, 100


def frozen_states(bonds: Bonds, field: Any, *, rng: Generator, n_chains: int) -> Any:
    """Configurations that no single flip lowers in energy, each once, shape (n_spins, n_states).

    Chains cool down by heat-bath sweeps; after each stage a copy of them goes downhill. Late copies lie low in energy,
    early ones far apart: solutions have been found near either.

    Parameters
    ----------
    bonds, field
        J and h; the field has shape (n_spins,).
    rng
        Source of the chains' random numbers.
    n_chains
        How many cool down side by side.
    """
    scale = 0.5 * abs(bonds.leading_direction[0])
    matrix = bonds.matrix.toarray() if bonds.is_sparse else bonds.matrix
    spins = rng.choice([-1.0, 1.0], (bonds.n_spins, n_chains))
    local = matrix @ spins + field[:, None]
    found: dict[bytes, Any] = {}
    for temperature in scale * np.linspace(_HOTTEST, _COLDEST, _STAGES):
        for _ in range(_SWEEPS_A_STAGE):
            _sweep(matrix, spins, local, temperature, rng)
        for state in _quenched(matrix, spins, local).T:
            found.setdefault(_key(state, up=np.any(field)), state)
    return np.array(list(found.values())).T


def _sweep(matrix: Any, spins: Any, local: Any, temperature: float, rng: Generator) -> None:
    """One heat-bath sweep of all chains, in place."""
    thresholds = 0.5 * temperature * rng.logistic(size=spins.shape)
    for i in range(len(spins)):
        _turn(matrix, spins, local, i, np.where(local[i] > thresholds[i], 1.0, -1.0))


def _quenched(matrix: Any, spins: Any, local: Any) -> Any:
    spins, local = spins.copy(), local.copy()
    for _ in range(_MOST_QUENCHES):
        before = spins.copy()
        for i in range(len(spins)):
            _turn(matrix, spins, local, i, np.where(local[i] * spins[i] < 0, -spins[i], spins[i]))
        if np.array_equal(before, spins):
            break
    return spins


def _turn(matrix: Any, spins: Any, local: Any, i: int, turned: Any) -> None:
    change = turned - spins[i]
    (which,) = np.nonzero(change)
    if len(which):
        spins[i] = turned
        local[:, which] += matrix[:, i][:, None] * change[which]


def _key(state: Any, *, up: Any) -> bytes:
    """The same for a state and its reverse, without a field."""
    return (state if up else state * state[0]).astype(np.int8).tobytes()
