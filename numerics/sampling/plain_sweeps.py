"""Sweeps of parallel tempering in NumPy, one spin of all temperatures at a time: for machines without a compiler.

It does what the compiled sweeps do, in the same order and with the same random numbers.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from numerics.sampling.chain import Chain, Sums, System, energies, local_fields

_TO_UNIT = 2.0**-53


def uniform(state: Any) -> Any:
    """Numbers in [0, 1), one for each row of states of xoshiro256++ (Blackman and Vigna 2021), which move on."""
    s0, s1, s2, s3 = (state[..., k].copy() for k in range(4))
    result = _rotated(s0 + s3, 23) + s0
    shifted = s1 << np.uint64(17)
    s2, s3 = s2 ^ s0, s3 ^ s1
    state[..., 0], state[..., 1], state[..., 2], state[..., 3] = s0 ^ s3, s1 ^ s2, s2 ^ shifted, _rotated(s3, 45)
    return (result >> np.uint64(11)).astype(np.float64) * _TO_UNIT


def _rotated(words: Any, by: int) -> Any:
    return (words << np.uint64(by)) | (words >> np.uint64(64 - by))


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
