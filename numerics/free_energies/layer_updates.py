"""Moves of whole layers between the products of a step: in C with vectors of sixteen, or in NumPy."""

from __future__ import annotations

import ctypes
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from numerics.lowering.c.objects import shared_object
from numerics.lowering.c.toolchain import CompilerMissingError, compiler

Singles = NDArray[np.float32]
Doubles = NDArray[np.float64]
Bytes = NDArray[np.uint8]
LANES = 16

SOURCE = r"""
#include <math.h>
#include <stdint.h>
#include <string.h>
#define LANES 16
#define FLUSH 64  /* Factors of at most 2 that a product in single precision takes. */

typedef float floats __attribute__((vector_size(4*LANES), aligned(4)));
typedef int32_t wholes __attribute__((vector_size(4*LANES), aligned(4)));
typedef uint32_t words __attribute__((vector_size(4*LANES), aligned(4)));
typedef uint8_t bytes __attribute__((vector_size(LANES), aligned(1)));
typedef struct { words a, b, c, d; } generator;
static const floats ZERO = {0.0f};

#define ROTATED(x, by) (((x) << (by)) | ((x) >> (32 - (by))))

/* xoshiro128++ of Blackman and Vigna, one in each lane: the middles of 2^23 equal parts of the unit interval, so that
   what has a chance below 2^-24 never happens. */
static inline floats uniform(generator *s) {
    const words sum = s->a + s->d, result = ROTATED(sum, 7) + s->a, shifted = s->b << 9;
    s->c ^= s->a; s->d ^= s->b; s->b ^= s->c; s->a ^= s->d;
    s->c ^= shifted; s->d = ROTATED(s->d, 11);
    return __builtin_convertvector((wholes)(result >> 9), floats)*0x1.0p-23f + 0x1.0p-24f;
}

/* exp(-y) for y >= 0, to 2e-7 where it matters beside 1: 2^whole times the series of 2^part. */
static inline floats exp_minus(floats y) {
    const wholes large = y > 87.0f;
    y = (floats)(((wholes)y & ~large) | ((wholes)(ZERO + 87.0f) & large));
    const floats t = y*-1.44269504f, shifted = t + 12582912.0f, part = t - (shifted - 12582912.0f);
    floats p = part*1.54035304e-4f + 1.33335581e-3f;
    p = p*part + 9.61812911e-3f;
    p = p*part + 5.55041087e-2f;
    p = p*part + 2.40226507e-1f;
    p = p*part + 6.93147181e-1f;
    p = p*part + 1.0f;
    return p*(floats)(((wholes)shifted - 0x4B400000 + 127) << 23);
}

static inline floats magnitude(floats x) { return (floats)((wholes)x & 0x7FFFFFFF); }

/* 1 with probability 1/(1 + exp(-x)), where 1 + exp(-|x|) is given: u(1 + odds) < 1 is the likelier of both values. */
static inline floats chosen(floats x, floats one_plus_odds, generator *s) {
    const wholes likelier = uniform(s)*one_plus_odds < 1.0f, up = ~(likelier ^ (x >= 0.0f));
    return (floats)(up & (wholes)(ZERO + 1.0f));
}

static inline floats read(const float *from, int64_t i, int64_t n) {
    floats x;
    if (i + LANES <= n) memcpy(&x, from + i, sizeof x);
    else { memset(&x, 0, sizeof x); memcpy(&x, from + i, (n - i)*sizeof(float)); }
    return x;
}

/* States as numbers in the place of fields, or as bytes where there is room for them. */
static inline void write(float *row, uint8_t *units, int64_t i, int64_t n, floats x) {
    const int64_t size = i + LANES <= n ? LANES : n - i;
    if (units == NULL) {
        if (size == LANES) memcpy(row + i, &x, sizeof x);
        else memcpy(row + i, &x, size*sizeof(float));
        return;
    }
    const bytes states = __builtin_convertvector(__builtin_convertvector(x, wholes), bytes);
    if (size == LANES) memcpy(units + i, &states, sizeof states);
    else memcpy(units + i, &states, size);
}

static inline double total(floats x) {
    double sum = 0.0;
    for (int l = 0; l < LANES; l++) sum += x[l];
    return sum;
}

/* The sum of log(x/y) over lanes. */
static inline double log_ratio(floats x, floats y) {
    double sum = 0.0;
    for (int k = 0; k < LANES; k += 4)
        sum += log(((double)x[k]*x[k + 1]*x[k + 2]*x[k + 3])/((double)y[k]*y[k + 1]*y[k + 2]*y[k + 3]));
    return sum;
}

/* Fields, in rows of some width, become states. The work of a chain is
   -sum_j [softplus(after x_j) - softplus(before x_j)]. */
void hidden(int64_t n_chains, int64_t n, float *fields, int64_t width, uint8_t *units, int64_t units_width,
            const float *bias, double before, double after, double *works, uint32_t *random) {
    generator s;
    memcpy(&s, random, sizeof s);
    const float old = (float)before, new = (float)after;
    for (int64_t c = 0; c < n_chains; c++) {
        float *row = fields + c*width;
        uint8_t *states = units == NULL ? NULL : units + c*units_width;
        floats olds = ZERO + 1.0f, news = ZERO + 1.0f, positive = ZERO;
        double work = 0.0;
        for (int64_t i = 0, k = 0; i < n; i += LANES) {
            const floats x = read(row, i, n) + read(bias, i, n), y = magnitude(x);
            const floats one = exp_minus(new*y) + 1.0f;
            /* Beyond the last unit x is 0, and both factors are 2. */
            news *= one;
            olds *= exp_minus(old*y) + 1.0f;
            positive += (x + y)*0.5f;
            write(row, states, i, n, chosen(x, one, &s));
            if (++k % FLUSH == 0) { work -= log_ratio(news, olds); news = olds = ZERO + 1.0f; }
        }
        works[c] = work - log_ratio(news, olds) - (after - before)*total(positive);
    }
    memcpy(random, &s, sizeof s);
}

/* Fields lam (x + bias) + (1 - lam) base become states v, with the sum of gain v over each. */
void visible(int64_t n_chains, int64_t n, float *fields, int64_t width, uint8_t *units, int64_t units_width,
             const float *bias, const float *base, const float *gain, double lam, double *gains, uint32_t *random) {
    generator s;
    memcpy(&s, random, sizeof s);
    const float one = (float)lam, other = (float)(1.0 - lam);
    for (int64_t c = 0; c < n_chains; c++) {
        float *row = fields + c*width;
        uint8_t *states = units == NULL ? NULL : units + c*units_width;
        floats sum = ZERO;
        for (int64_t i = 0; i < n; i += LANES) {
            const floats x = one*(read(row, i, n) + read(bias, i, n)) + other*read(base, i, n);
            const floats v = chosen(x, exp_minus(magnitude(x)) + 1.0f, &s);
            sum += v*read(gain, i, n);
            write(row, states, i, n, v);
        }
        gains[c] = total(sum);
    }
    memcpy(random, &s, sizeof s);
}
"""


class LayerUpdates(Protocol):
    """Moves of both layers; fields of shape (n_chains, n_units) become units 0 and 1."""

    def hidden(self, fields: Singles, bias: Singles, before: float, after: float) -> Doubles:
        """Works -sum_j [softplus(after x_j) - softplus(before x_j)], shape (n_chains,), x being fields and bias.

        Units become 1 with probability 1 / (1 + exp(-after x)).
        """
        ...

    def visible(self, fields: Singles, bias: Singles, base: Singles, gain: Singles, lam: float) -> Doubles:
        """Sums of gain over units that become 1, with probability 1 / (1 + exp(-lam (x + bias) - (1 - lam) base))."""
        ...


def layer_updates(rng: np.random.Generator) -> LayerUpdates:
    """The compiled ones, or NumPy's where there is no compiler."""
    try:
        return CompiledUpdates(rng)
    except CompilerMissingError:
        return PlainUpdates(rng)


class CompiledUpdates:
    """Moves in C, with sixteen generators of random numbers side by side.

    Rows of fields may be longer than there are units. Given ``units``, of shape (n_chains, at least n_units), the
    states are written there as bytes, and the fields stay.
    """

    def __init__(self, rng: np.random.Generator) -> None:
        self._hidden, self._visible = _loaded()
        self._random = rng.integers(0, 2**32, size=(4, LANES), dtype=np.uint32)

    def hidden(
        self, fields: Singles, bias: Singles, before: float, after: float, units: Bytes | None = None
    ) -> Doubles:
        """See `LayerUpdates`."""
        works = np.empty(len(fields))
        rows, random = _rows(fields, bias, units), _address(self._random)
        self._hidden(*rows, _address(bias), before, after, _address(works), random)
        return works

    def visible(
        self, fields: Singles, bias: Singles, base: Singles, gain: Singles, lam: float, units: Bytes | None = None
    ) -> Doubles:
        """See `LayerUpdates`."""
        gains = np.empty(len(fields))
        rows, random = _rows(fields, bias, units), _address(self._random)
        self._visible(*rows, *map(_address, (bias, base, gain)), lam, _address(gains), random)
        return gains


class PlainUpdates:
    """Moves in NumPy."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng

    def hidden(self, fields: Singles, bias: Singles, before: float, after: float) -> Doubles:
        """See `LayerUpdates`."""
        fields += bias
        magnitudes = np.abs(fields)
        old = np.exp(np.multiply(magnitudes, np.float32(-before)))
        new = np.exp(np.multiply(magnitudes, np.float32(-after), out=magnitudes), out=magnitudes)
        works = -(after - before) * np.maximum(fields, 0).sum(axis=1, dtype=np.float64)
        new += 1
        old += 1
        works -= np.log(np.divide(new, old, out=old), out=old).sum(axis=1, dtype=np.float64)
        self._choose(new, fields)
        return works

    def visible(self, fields: Singles, bias: Singles, base: Singles, gain: Singles, lam: float) -> Doubles:
        """See `LayerUpdates`."""
        fields += bias
        fields *= np.float32(lam)
        fields += np.float32(1 - lam) * base
        magnitudes = np.exp(-np.abs(fields))
        magnitudes += 1
        self._choose(magnitudes, fields)
        return fields.astype(np.float64) @ gain

    def _choose(self, one_plus_odds: Singles, fields: Singles) -> None:
        """u (1 + odds) < 1 is the likelier of both values."""
        one_plus_odds *= self._rng.random(fields.shape, dtype=np.float32)
        fields[...] = (one_plus_odds < 1) == (fields >= 0)


def _rows(fields: Singles, bias: Singles, units: Bytes | None) -> tuple[int | None, ...]:
    """Chains, units, fields and their width, states and theirs."""
    place = (None, 0) if units is None else (_address(units), units.shape[1])
    return len(fields), bias.size, _address(fields), fields.shape[1], *place


def _address(array: Any) -> int:
    return array.__array_interface__["data"][0]


@lru_cache(maxsize=1)
def _loaded() -> tuple[Any, Any]:
    library = ctypes.CDLL(str(shared_object(SOURCE, compiler(), "fast")))
    whole, pointer, double = ctypes.c_int64, ctypes.c_void_p, ctypes.c_double
    library.hidden.restype = library.visible.restype = None
    rows = [whole, whole, pointer, whole, pointer, whole]
    library.hidden.argtypes = [*rows, pointer, double, double, pointer, pointer]
    library.visible.argtypes = [*rows, *[pointer] * 3, double, pointer, pointer]
    return library.hidden, library.visible
