"""Sweeps of parallel tempering in NumPy, one spin of all temperatures at a time: for machines without a compiler.

It does what the compiled sweeps do, in the same order and with the same random numbers.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from numerics.sampling.chain import Chain, Sums, System, energies, local_fields
from numerics.sampling.uniform_numbers import uniform


def sweep(system: System, chain: Chain, n_sweeps: int, sums: Sums) -> None:
    """Heat-bath sweeps of every temperature, each followed by exchanges of neighbors and a measurement."""
    spins, local = chain.spins, local_fields(system, chain.spins)
    energy, matrix = energies(system, spins, local), system.bonds.matrix
    rows = [_row(matrix, i) for i in range(system.n_spins)]
    with np.errstate(over="ignore"):
        for _ in range(n_sweeps):
            for i, (columns, couplings) in enumerate(rows):
                up = uniform(chain.random[:-1]) * (1.0 + np.exp(-2.0 * system.betas * local[:, i])) < 1.0
                flipped = np.flatnonzero(up != (spins[:, i] > 0))
                old = spins[flipped, i].astype(np.float64)
                energy[flipped] += 2.0 * old * local[flipped, i]
                spins[flipped, i] = -spins[flipped, i]
                local[np.ix_(flipped, columns)] -= (2.0 * old)[:, None] * couplings
            _exchange(system, chain, local, energy, sums)
            _measure(system, spins, energy, sums)


def _row(matrix: Any, i: int) -> tuple[Any, Any]:
    if isinstance(matrix, np.ndarray):
        return np.arange(len(matrix)), matrix[i]
    part = slice(matrix.indptr[i], matrix.indptr[i + 1])
    return matrix.indices[part], matrix.data[part]


def _exchange(system: System, chain: Chain, local: Any, energy: Any, sums: Sums) -> None:
    for k in range(chain.parity, len(system.betas) - 1, 2):
        gain = (system.betas[k] - system.betas[k + 1]) * (energy[k] - energy[k + 1])
        if uniform(chain.random[-1]) < np.exp(min(gain, 0.0)):
            for array in (chain.spins, local, energy, chain.labels):
                array[[k, k + 1]] = array[[k + 1, k]]
            sums.exchanges[k] += 1
    chain.parity ^= 1


def _measure(system: System, spins: Any, energy: Any, sums: Sums) -> None:
    np.add(sums.spins, spins, out=sums.spins)
    if len(system.pairs):
        np.add(sums.pairs, spins[:, system.pairs[:, 0]] * spins[:, system.pairs[:, 1]], out=sums.pairs)
    np.add(sums.energies, energy, out=sums.energies)
    np.add(sums.squared_energies, energy**2, out=sums.squared_energies)
