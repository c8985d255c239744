"""Sweeps of parallel tempering in C, compiled once by the compiler of this machine."""

from __future__ import annotations

import ctypes
from functools import lru_cache
from typing import Any

import numpy as np

from numerics.lowering.c.objects import shared_object
from numerics.lowering.c.toolchain import compiler
from numerics.sampling.chain import Chain, Sums, System, energies, local_fields
from numerics.sampling.uniform_numbers import SOURCE as UNIFORM_NUMBERS

HEAD = r"""
#include <math.h>
#include <stddef.h>
#include <stdint.h>
"""
SWEEPS = r"""
/* One heat-bath sweep; starts is NULL where every row holds all columns. */
static void sweep(int64_t n, const int64_t *starts, const int32_t *columns, const double *couplings, double beta,
                  int8_t *restrict spins, double *restrict local, double *energy, uint64_t *random) {
    for (int64_t i = 0; i < n; i++) {
        const int up = uniform(random)*(1.0 + exp(-2.0*beta*local[i])) < 1.0;
        if (up == (spins[i] > 0)) continue;
        const double change = 2.0*spins[i];
        *energy += change*local[i];
        spins[i] = -spins[i];
        if (starts == NULL) {
            const double *restrict row = couplings + i*n;
            for (int64_t j = 0; j < n; j++) local[j] -= change*row[j];
        } else {
            for (int64_t e = starts[i]; e < starts[i + 1]; e++) local[columns[e]] -= change*couplings[e];
        }
    }
}

static void exchange(int64_t n, int8_t *spins, double *local, double *energy, int32_t *labels, int64_t k) {
    int8_t *a = spins + k*n, *b = a + n;
    double *x = local + k*n, *y = x + n;
    for (int64_t i = 0; i < n; i++) { const int8_t s = a[i]; a[i] = b[i]; b[i] = s; }
    for (int64_t i = 0; i < n; i++) { const double s = x[i]; x[i] = y[i]; y[i] = s; }
    const double e = energy[k]; energy[k] = energy[k + 1]; energy[k + 1] = e;
    const int32_t l = labels[k]; labels[k] = labels[k + 1]; labels[k + 1] = l;
}

int64_t run(int64_t n, int64_t n_temperatures, const int64_t *starts, const int32_t *columns, const double *couplings,
            const double *betas, int8_t *spins, double *local, double *energy, int32_t *labels, uint64_t *random,
            int64_t parity, int64_t n_sweeps, int64_t n_pairs, const int32_t *pairs, int64_t *spin_sums,
            int64_t *pair_sums, double *energies, double *squares, int64_t *exchanges) {
    for (int64_t t = 0; t < n_sweeps; t++) {
        for (int64_t k = 0; k < n_temperatures; k++)
            sweep(n, starts, columns, couplings, betas[k], spins + k*n, local + k*n, energy + k, random + 4*k);
        for (int64_t k = parity; k < n_temperatures - 1; k += 2) {
            const double gain = (betas[k] - betas[k + 1])*(energy[k] - energy[k + 1]);
            if (uniform(random + 4*n_temperatures) < exp(gain < 0.0 ? gain : 0.0)) {
                exchange(n, spins, local, energy, labels, k);
                exchanges[k]++;
            }
        }
        parity ^= 1;
        for (int64_t i = 0; i < n*n_temperatures; i++) spin_sums[i] += spins[i];
        for (int64_t k = 0; k < n_temperatures; k++) {
            for (int64_t p = 0; p < n_pairs; p++)
                pair_sums[k*n_pairs + p] += spins[k*n + pairs[2*p]]*spins[k*n + pairs[2*p + 1]];
            energies[k] += energy[k];
            squares[k] += energy[k]*energy[k];
        }
    }
    return parity;
}
"""
SOURCE = HEAD + UNIFORM_NUMBERS + SWEEPS


def sweep(system: System, chain: Chain, n_sweeps: int, sums: Sums) -> None:
    """Heat-bath sweeps of every temperature, each followed by exchanges of neighbors and a measurement.

    Raises
    ------
    CompilerMissingError
        If there is no compiler.
    """
    function, matrix = _loaded(), system.bonds.matrix
    local = local_fields(system, chain.spins)
    energy = energies(system, chain.spins, local)
    starts = columns = None
    if system.bonds.is_sparse:
        starts, columns = matrix.indptr.astype(np.int64), matrix.indices.astype(np.int32)
    couplings = np.ascontiguousarray(matrix.data if system.bonds.is_sparse else matrix)
    arrays = (starts, columns, couplings, system.betas, chain.spins, local, energy, chain.labels, chain.random)
    totals = (system.pairs, sums.spins, sums.pairs, sums.energies, sums.squared_energies, sums.exchanges)
    chain.parity = function(
        system.n_spins,
        len(system.betas),
        *map(_address, arrays),
        chain.parity,
        n_sweeps,
        len(system.pairs),
        *map(_address, totals),
    )


def _address(array: Any) -> int | None:
    return None if array is None else array.ctypes.data


@lru_cache(maxsize=1)
def _loaded() -> Any:
    # In strict order, so that NumPy's sweeps give the same spins.
    function = ctypes.CDLL(str(shared_object(SOURCE, compiler(), "strict"))).run
    whole, pointer = ctypes.c_int64, ctypes.c_void_p
    function.restype = whole
    function.argtypes = [whole, whole, *[pointer] * 9, whole, whole, whole, *[pointer] * 6]
    return function
