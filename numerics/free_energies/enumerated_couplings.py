"""log Z of a fully connected Boltzmann machine by a sum over all its states."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from typing import Any

import numpy as np
from scipy.special import logsumexp

from numerics.lowering.c.objects import shared_object
from numerics.lowering.c.toolchain import CompilerMissingError, compiler
from numerics.networks.fully_connected import BoltzmannMachine

MOST_UNITS = 30
"""A billion states."""
BLOCK = 10
"""Units within a block, whose exponents are built from fresh fields: ten additions, so that no rounding drifts."""
PARTS = 64
Progress = Callable[[int, int, str], None]

SOURCE = r"""
#include <math.h>
#include <stdint.h>
#if defined(VECTOR_LIBM) && defined(__GNUC__) && !defined(__clang__)
__attribute__((simd("notinbranch"), const)) double exp(double);
#endif

/* Outer states from first to last, each with all states of the n inner units: exponents holds those of the inner units
   alone, cross[k*n + i] the coupling of outer unit k to inner unit i. Gives the log of the sum. */
double part(int64_t n, int64_t n_outer, const double *exponents, const double *biases, const double *couplings,
            const double *cross, int64_t first, int64_t last, double *restrict values) {
    const int64_t size = (int64_t)1 << n;
    double top = -INFINITY, sum = 0.0;
    for (int64_t state = first; state < last; state++) {
        values[0] = 0.0;
        for (int64_t k = 0; k < n_outer; k++) {
            if (!(state >> k & 1)) continue;
            values[0] += biases[k];
            for (int64_t l = 0; l < k; l++) if (state >> l & 1) values[0] += couplings[k*n_outer + l];
        }
        for (int64_t i = 0; i < n; i++) {
            const int64_t half = (int64_t)1 << i;
            double field = 0.0;
            for (int64_t k = 0; k < n_outer; k++) if (state >> k & 1) field += cross[k*n + i];
            for (int64_t s = 0; s < half; s++) values[half + s] = values[s] + field;
        }
        double highest = -INFINITY, local = 0.0;
#pragma omp simd reduction(max : highest)
        for (int64_t s = 0; s < size; s++) {
            values[s] += exponents[s];
            highest = values[s] > highest ? values[s] : highest;
        }
#pragma omp simd reduction(+ : local)
        for (int64_t s = 0; s < size; s++) local += exp(values[s] - highest);
        if (highest > top) { sum = sum*exp(top - highest) + local; top = highest; }
        else sum += local*exp(highest - top);
    }
    return top + log(sum);
}
"""


def enumerated_couplings(machine: BoltzmannMachine, *, n_threads: int = 1, progress: Progress | None = None) -> float:
    """log Z, to some 1e-12 of its largest exponents.

    Units are split into ten inner ones and outer ones. For each state of the outer units their fields on the inner ones
    give all 1024 exponents with an addition each; the sum is taken relative to the largest. Without a compiler NumPy
    does the same.

    Raises
    ------
    ValueError
        If there are more than 30 units.
    """
    binary, shift = machine.with_binary_units()
    if binary.n_units > MOST_UNITS:
        raise ValueError(
            f"expected at most {MOST_UNITS} units to sum over; found {binary.n_units}: estimate log Z by annealing"
        )
    n_inner = min(BLOCK, binary.n_units)
    try:
        part = _compiled(binary, n_inner)
    except CompilerMissingError:
        part = partial(_plain, binary, n_inner)
    n_states = 1 << (binary.n_units - n_inner)
    edges = np.linspace(0, n_states, min(PARTS, n_states) + 1).astype(int).tolist()
    logs = []
    with ThreadPoolExecutor(n_threads) as pool:
        for done, value in enumerate(pool.map(part, edges[:-1], edges[1:]), start=1):
            logs.append(value)
            if progress is not None:
                progress(done, len(edges) - 1, "summing over states")
    return float(logsumexp(logs)) - shift


def _states(n: int) -> Any:
    return ((np.arange(1 << n)[:, np.newaxis] >> np.arange(n)) & 1).astype(float)


def _exponents(binary: BoltzmannMachine, n_inner: int) -> Any:
    """-E of each state of the inner units while the outer ones are 0."""
    states = _states(n_inner)
    couplings = binary.couplings[:n_inner, :n_inner]
    return states @ binary.bias[:n_inner] + np.sum((states @ couplings) * states, axis=1) / 2


def _compiled(binary: BoltzmannMachine, n_inner: int) -> Callable[[int, int], float]:
    function = _loaded()
    n_outer = binary.n_units - n_inner
    arrays = [
        _exponents(binary, n_inner),
        *(
            np.ascontiguousarray(values)
            for values in (
                binary.bias[n_inner:],
                binary.couplings[n_inner:, n_inner:],
                binary.couplings[n_inner:, :n_inner],
            )
        ),
    ]

    def part(first: int, last: int) -> float:
        values = np.empty(1 << n_inner)
        pointers = (array.ctypes.data for array in arrays)
        return float(function(n_inner, n_outer, *pointers, first, last, values.ctypes.data))

    return part


def _plain(binary: BoltzmannMachine, n_inner: int, first: int, last: int) -> float:
    inner, exponents = _states(n_inner), _exponents(binary, n_inner)
    logs = []
    for state in range(first, last):
        outer = np.array([state >> k & 1 for k in range(binary.n_units - n_inner)], dtype=float)
        own = outer @ binary.bias[n_inner:] + outer @ binary.couplings[n_inner:, n_inner:] @ outer / 2
        logs.append(own + logsumexp(exponents + inner @ (outer @ binary.couplings[n_inner:, :n_inner])))
    return float(logsumexp(logs))


@lru_cache(maxsize=1)
def _loaded() -> Any:
    function = ctypes.CDLL(str(shared_object(SOURCE, compiler(), "fast"))).part
    whole, pointer = ctypes.c_int64, ctypes.c_void_p
    function.restype, function.argtypes = ctypes.c_double, [whole, whole, *[pointer] * 4, whole, whole, pointer]
    return function
