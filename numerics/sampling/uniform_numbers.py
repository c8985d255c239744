"""Uniform random numbers that compiled sweeps and NumPy's share: xoshiro256++ (Blackman and Vigna 2021)."""

from __future__ import annotations

from typing import Any

import numpy as np

SOURCE = r"""
static inline uint64_t rotated(uint64_t x, int by) { return (x << by) | (x >> (64 - by)); }

/* xoshiro256++ of Blackman and Vigna: a number in [0, 1). */
static inline double uniform(uint64_t *s) {
    const uint64_t result = rotated(s[0] + s[3], 23) + s[0], shifted = s[1] << 17;
    s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3];
    s[2] ^= shifted; s[3] = rotated(s[3], 45);
    return (double)(result >> 11)*0x1.0p-53;
}
"""
_TO_UNIT = 2.0**-53


def uniform(state: Any) -> Any:
    """Numbers in [0, 1), one for each row of states, shape (..., 4) of uint64, which move on."""
    s0, s1, s2, s3 = (state[..., k].copy() for k in range(4))
    result = _rotated(s0 + s3, 23) + s0
    shifted = s1 << np.uint64(17)
    s2, s3 = s2 ^ s0, s3 ^ s1
    state[..., 0], state[..., 1], state[..., 2], state[..., 3] = s0 ^ s3, s1 ^ s2, s2 ^ shifted, _rotated(s3, 45)
    return (result >> np.uint64(11)).astype(np.float64) * _TO_UNIT


def _rotated(words: Any, by: int) -> Any:
    return (words << np.uint64(by)) | (words >> np.uint64(64 - by))
