"""log Z of a restricted Boltzmann machine by a sum over every state of its smaller layer."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any

import numpy as np
from scipy.special import logsumexp

from numerics.lowering.c.objects import shared_object
from numerics.lowering.c.toolchain import CompilerMissingError, compiler
from numerics.networks.boltzmann import RestrictedBoltzmannMachine

MOST_UNITS = 25
"""Of the smaller layer: 33 million states."""
BLOCK = 10
"""Units within a block; each begins with fresh odds, so that rounding adds up over 1024 states at most."""
LARGEST_EXPONENT = 600.0
Progress = Callable[[int, int, str], None]

SOURCE = r"""
#include <math.h>
#include <stdint.h>

/* States of the first n_inner units in Gray order. odds[i] is the exponential of the field of unit i of the other
   layer, factors[k*n + i] that of coupling k to i, the next n_inner*n entries their inverses, the last n are 1.
   Gives the log of the sum. */
double block(int64_t n, int64_t n_inner, int64_t group, const double *biases, const double *restrict factors,
             double *restrict odds) {
    const double *ones = factors + 2*n_inner*n;
    double start = 0.0, top = 0.0, sum = 0.0;
    uint64_t state = 0;
    for (uint64_t step = 0; step < (uint64_t)1 << n_inner; step++) {
        const double *factor = ones;
        if (step > 0) {
            const int64_t k = __builtin_ctzll(step);
            const int up = (int)((state ^= (uint64_t)1 << k) >> k & 1);
            factor = factors + (up ? k : n_inner + k)*n;
            start += up ? biases[k] : -biases[k];
        }
        double value = start;
        for (int64_t first = 0; first < n; first += group) {
            const int64_t last = first + group < n ? first + group : n;
            double product = 1.0;
#pragma omp simd reduction(* : product)
            for (int64_t i = first; i < last; i++) {
                odds[i] *= factor[i];
                product *= 1.0 + odds[i];
            }
            value += log(product);
        }
        if (step == 0) { top = value; sum = 1.0; }
        else if (value > top) { sum = sum*exp(top - value) + 1.0; top = value; }
        else sum += exp(value - top);
    }
    return top + log(sum);
}
"""


def enumerated_log_partition(
    machine: RestrictedBoltzmannMachine, *, n_threads: int = 1, progress: Progress | None = None
) -> float:
    """log Z, to some 1e-12 of its largest terms.

    The sum over the larger layer factors; that over the smaller one goes through its states in Gray order, so that each
    costs two multiplications a unit of the larger layer. Without a compiler, or where odds would overflow, NumPy sums.

    Raises
    ------
    ValueError
        If both layers have more than 25 units.
    """
    binary, shift = machine.with_binary_units()
    if binary.n_hidden > binary.n_visible:
        binary = binary.transposed()
    if binary.n_hidden > MOST_UNITS:
        raise ValueError(
            f"expected a layer of at most {MOST_UNITS} units; found {machine.n_visible} visible and {machine.n_hidden} "
            "hidden ones: estimate log Z by annealing"
        )
    n_inner = min(BLOCK, binary.n_hidden)
    block = _block(binary, n_inner)
    n_blocks = 1 << (binary.n_hidden - n_inner)
    logs = []
    with ThreadPoolExecutor(n_threads) as pool:
        for done, value in enumerate(pool.map(block, range(n_blocks)), start=1):
            logs.append(value)
            if progress is not None:
                progress(done, n_blocks, "summing over states")
    return float(logsumexp(logs)) - shift


def _block(binary: RestrictedBoltzmannMachine, n_inner: int) -> Callable[[int], float]:
    """The log of the sum over the first units of the smaller layer, given the state of the others as bits."""
    reach = float(np.max(np.abs(binary.visible_bias) + np.sum(np.abs(binary.weights), axis=1)))
    if reach < LARGEST_EXPONENT:
        try:
            return _compiled(binary, n_inner, max(int(LARGEST_EXPONENT / (reach + np.log(2))), 1))
        except CompilerMissingError:
            pass
    return _plain(binary, n_inner)


def _outer(binary: RestrictedBoltzmannMachine, n_inner: int, bits: int) -> tuple[float, Any]:
    """Log weight and fields of the other layer that the units outside of a block make."""
    outside = np.array([bits >> k & 1 for k in range(binary.n_hidden - n_inner)], dtype=float)
    weights, biases = binary.weights[:, n_inner:], binary.hidden_bias[n_inner:]
    return float(biases @ outside), binary.visible_bias + weights @ outside


def _compiled(binary: RestrictedBoltzmannMachine, n_inner: int, group: int) -> Callable[[int], float]:
    function = _loaded()
    inner = binary.weights[:, :n_inner].T
    factors = np.ascontiguousarray(np.exp(np.concatenate([inner, -inner, np.zeros_like(inner[:1])])))
    biases = np.ascontiguousarray(binary.hidden_bias[:n_inner])

    def block(bits: int) -> float:
        log_weight, fields = _outer(binary, n_inner, bits)
        odds = np.exp(fields)
        found = function(odds.size, n_inner, group, biases.ctypes.data, factors.ctypes.data, odds.ctypes.data)
        return log_weight + float(found)

    return block


def _plain(binary: RestrictedBoltzmannMachine, n_inner: int) -> Callable[[int], float]:
    states = ((np.arange(1 << n_inner)[:, np.newaxis] >> np.arange(n_inner)) & 1).astype(float)
    inner, start = binary.weights[:, :n_inner].T, states @ binary.hidden_bias[:n_inner]

    def block(bits: int) -> float:
        log_weight, fields = _outer(binary, n_inner, bits)
        return log_weight + float(logsumexp(start + np.logaddexp(0, states @ inner + fields).sum(axis=1)))

    return block


@lru_cache(maxsize=1)
def _loaded() -> Any:
    function = ctypes.CDLL(str(shared_object(SOURCE, compiler(), "fast"))).block
    whole, pointer = ctypes.c_int64, ctypes.c_void_p
    function.restype, function.argtypes = ctypes.c_double, [whole, whole, whole, pointer, pointer, pointer]
    return function
