"""Couplings rounded to fifteen bits, and their products with states 0 and 1 by the processor's sums of four bytes."""

from __future__ import annotations

import ctypes
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.lowering.c.objects import shared_object
from numerics.lowering.c.toolchain import CompilerMissingError, compiler

Bytes = NDArray[np.uint8]
LARGEST = 127 * 128
"""Of the rounded couplings: 128 times a signed byte, and one between -64 and 63."""
MOST_UNITS = 100_000
"""Whose sum does not overflow 32 bits."""
TILE, LANES, GROUP = 7, 16, 4

SOURCE = r"""
#include <stdint.h>
#include <string.h>
#ifdef __AVX512VNNI__
#include <immintrin.h>
#define TILE 7  /* Fourteen sums at a time: with more of them compilers keep some in memory. */

/* Seven chains times sixteen columns. Weights: by group of four rows, the high bytes and then the low ones of all
   columns. */
static void tile(int64_t groups, const uint8_t *states, const int8_t *weights, float step, float *fields,
                 int64_t stride) {
    __m512i high[TILE], low[TILE];
    for (int c = 0; c < TILE; c++) high[c] = low[c] = _mm512_setzero_si512();
    for (int64_t k = 0; k < groups; k++) {
        const __m512i a = _mm512_loadu_si512(weights + 128*k), b = _mm512_loadu_si512(weights + 128*k + 64);
        for (int c = 0; c < TILE; c++) {
            int32_t four;
            memcpy(&four, states + 4*(c*groups + k), sizeof four);
            const __m512i x = _mm512_set1_epi32(four);
            high[c] = _mm512_dpbusd_epi32(high[c], x, a);
            low[c] = _mm512_dpbusd_epi32(low[c], x, b);
        }
    }
    for (int c = 0; c < TILE; c++) {
        const __m512i sum = _mm512_add_epi32(_mm512_slli_epi32(high[c], 7), low[c]);
        _mm512_storeu_ps(fields + c*stride, _mm512_mul_ps(_mm512_set1_ps(step), _mm512_cvtepi32_ps(sum)));
    }
}

/* Weights of a panel of sixteen columns stay in the cache while all chains go by. */
int64_t product(int64_t n_chains, int64_t groups, int64_t panels, const uint8_t *states, const int8_t *weights,
                double step, float *fields) {
    for (int64_t p = 0; p < panels; p++)
        for (int64_t c = 0; c < n_chains; c += TILE)
            tile(groups, states + 4*c*groups, weights + 128*groups*p, (float)step, fields + 16*(c*panels + p),
                 16*panels);
    return 1;
}
#else
int64_t product(int64_t n_chains, int64_t groups, int64_t panels, const uint8_t *states, const int8_t *weights,
                double step, float *fields) {
    return 0;
}
#endif
"""


class RoundedCouplings:
    """Multiples of one step, the largest of which is 16256.

    Parameters
    ----------
    weights
        Shape (n_rows, n_columns).

    Attributes
    ----------
    step : float
    values : ndarray, shape (n_rows, n_columns)
        The rounded weights.
    """

    def __init__(self, weights: NDArray[np.float64]) -> None:
        self.step = float(np.max(np.abs(weights))) / LARGEST
        scaled = np.rint(weights / self.step) if self.step else np.zeros_like(weights)
        multiples = np.clip(scaled, -LARGEST, LARGEST).astype(np.int32)  # a step may be too small to be exact
        self.values = multiples * self.step
        self._columns = _Packed(multiples)
        self._rows = _Packed(multiples.T)

    def visible_units(self, n_chains: int) -> Bytes:
        """Room for states of the rows, zeros, for so many chains or some more."""
        return self._columns.units(n_chains)

    def hidden_units(self, n_chains: int) -> Bytes:
        """Room for states of the columns."""
        return self._rows.units(n_chains)

    def onto_hidden(self, units: Bytes) -> NDArray[np.float32]:
        """States of the rows times the weights; columns beyond the last one are zero."""
        return self._columns.product(units, self.step)

    def onto_visible(self, units: Bytes) -> NDArray[np.float32]:
        """States of the columns times the transposed weights."""
        return self._rows.product(units, self.step)


def spread_of_rounding(weights: NDArray[np.float64]) -> float:
    """A bound of the standard deviation of what rounding adds to energies: all units at 1, errors uniform."""
    return float(np.max(np.abs(weights))) / LARGEST * float(np.sqrt(weights.size / 12))


def has_rounded_products(n_units: int) -> bool:
    """Whether the processor multiplies bytes by fours, a compiler says so, and sums fit."""
    if n_units > MOST_UNITS:
        return False
    try:
        return bool(_loaded()(0, 0, 0, None, None, 0.0, None))
    except CompilerMissingError:
        return False


class _Packed:
    """Weights in the order in which they are read: panel, group of rows, byte, column, row."""

    def __init__(self, multiples: NDArray[np.int32]) -> None:
        n_rows, n_columns = multiples.shape
        self._groups, self._panels = -(-n_rows // GROUP), -(-n_columns // LANES)
        high = (multiples + 64) >> 7
        full = np.zeros((2, GROUP * self._groups, LANES * self._panels), dtype=np.int8)
        full[0, :n_rows, :n_columns], full[1, :n_rows, :n_columns] = high, multiples - 128 * high
        split = full.reshape(2, self._groups, GROUP, self._panels, LANES)
        self._weights = np.ascontiguousarray(split.transpose(3, 1, 0, 4, 2))

    def units(self, n_chains: int) -> Bytes:
        return np.zeros((-(-n_chains // TILE) * TILE, GROUP * self._groups), dtype=np.uint8)

    def product(self, units: Bytes, step: float) -> NDArray[np.float32]:
        fields = np.empty((len(units), LANES * self._panels), dtype=np.float32)
        arrays = (units.ctypes.data, self._weights.ctypes.data)
        _loaded()(len(units), self._groups, self._panels, *arrays, step, fields.ctypes.data)
        return fields


@lru_cache(maxsize=1)
def _loaded() -> Any:
    function = ctypes.CDLL(str(shared_object(SOURCE, compiler(), "fast"))).product
    whole, pointer = ctypes.c_int64, ctypes.c_void_p
    function.restype, function.argtypes = whole, [whole, whole, whole, pointer, pointer, ctypes.c_double, pointer]
    return function
