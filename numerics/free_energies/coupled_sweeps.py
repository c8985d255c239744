"""Heat-bath sweeps of chains that follow a path of fully connected machines, in C or in NumPy."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.lowering.c.objects import shared_object
from numerics.lowering.c.toolchain import compiler
from numerics.sampling.uniform_numbers import SOURCE as UNIFORM_NUMBERS
from numerics.sampling.uniform_numbers import uniform

HEAD = r"""
#include <math.h>
#include <stdint.h>
"""
SWEEPS = r"""
/* Each chain goes through all steps while its fields stay in the cache. The work of a step is
   -(after - before) [(bias - base).x + x.fields/2]. */
void follow(int64_t n, int64_t n_chains, int64_t n_steps, const double *lams, const double *couplings,
            const double *bias, const double *base, uint8_t *all_states, double *all_fields, uint64_t *all_random,
            double *works) {
    for (int64_t c = 0; c < n_chains; c++) {
        uint8_t *restrict x = all_states + c*n;
        double *restrict fields = all_fields + c*n;
        uint64_t *random = all_random + 4*c;
        for (int64_t t = 0; t < n_steps; t++) {
            const double lam = lams[t + 1];
            double gain = 0.0;
            for (int64_t i = 0; i < n; i++) if (x[i]) gain += bias[i] - base[i] + fields[i]/2;
            works[t*n_chains + c] = -(lam - lams[t])*gain;
            for (int64_t i = 0; i < n; i++) {
                const double field = lam*(bias[i] + fields[i]) + (1.0 - lam)*base[i];
                const int up = uniform(random)*(1.0 + exp(-field)) < 1.0;
                if (up == x[i]) continue;
                x[i] = (uint8_t)up;
                const double *restrict row = couplings + i*n;
                if (up) for (int64_t j = 0; j < n; j++) fields[j] += row[j];
                else for (int64_t j = 0; j < n; j++) fields[j] -= row[j];
            }
        }
    }
}
"""
SOURCE = HEAD + UNIFORM_NUMBERS + SWEEPS


@dataclass(frozen=True, kw_only=True, eq=False)
class Sweeps:
    """A path and the chains on it.

    Attributes
    ----------
    couplings : ndarray, shape (n_units, n_units)
    bias, base : ndarray, shape (n_units,)
        At the end of the path and at its start.
    states : ndarray of uint8, shape (n_chains, n_units)
        Changed in place.
    fields : ndarray, shape (n_chains, n_units)
        What the other units make at each, biases aside; changed in place.
    random : ndarray of uint64, shape (n_chains, 4)
        Of a generator for each chain; changed in place.
    """

    couplings: NDArray[np.float64]
    bias: NDArray[np.float64]
    base: NDArray[np.float64]
    states: NDArray[np.uint8]
    fields: NDArray[np.float64]
    random: NDArray[np.uint64]


def compiled(sweeps: Sweeps, lams: Sequence[float]) -> NDArray[np.float64]:
    """Works of each step, shape (n_steps, n_chains), in C.

    Raises
    ------
    CompilerMissingError
        If there is no compiler.
    """
    function = _loaded()
    n_chains, n = sweeps.states.shape
    values = np.array(lams, dtype=float)
    works = np.empty((len(values) - 1, n_chains))
    arrays = (values, sweeps.couplings, sweeps.bias, sweeps.base, sweeps.states, sweeps.fields, sweeps.random, works)
    function(n, n_chains, len(values) - 1, *(array.ctypes.data for array in arrays))
    return works


def plain(sweeps: Sweeps, lams: Sequence[float]) -> NDArray[np.float64]:
    """The same in NumPy, one unit of all chains at a time, with the same random numbers."""
    states, fields = sweeps.states, sweeps.fields
    works = np.empty((len(lams) - 1, len(states)))
    with np.errstate(over="ignore", invalid="ignore"):
        for step, (before, lam) in enumerate(pairwise(lams)):
            works[step] = -(lam - before) * np.sum(states * (sweeps.bias - sweeps.base + fields / 2), axis=1)
            for i, row in enumerate(sweeps.couplings):
                field = lam * (sweeps.bias[i] + fields[:, i]) + (1.0 - lam) * sweeps.base[i]
                up = uniform(sweeps.random) * (1.0 + np.exp(-field)) < 1.0
                flipped = np.flatnonzero(up != states[:, i])
                states[flipped, i] = up[flipped]
                fields[flipped] += np.where(up[flipped], 1.0, -1.0)[:, np.newaxis] * row
    return works


@lru_cache(maxsize=1)
def _loaded() -> Any:
    # In strict order, so that NumPy's sweeps give the same states.
    function = ctypes.CDLL(str(shared_object(SOURCE, compiler(), "strict"))).follow
    whole, pointer = ctypes.c_int64, ctypes.c_void_p
    function.restype, function.argtypes = None, [whole, whole, whole, *[pointer] * 8]
    return function
