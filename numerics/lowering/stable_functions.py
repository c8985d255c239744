"""The programs behind `numerics.lowering.nodes`: NumPy functions of real arrays, without spurious warnings."""

from __future__ import annotations

from typing import Any

import numpy as np

# Arrays or scalars of any floating type, as for a ufunc.
Values = Any


def log_cosh(x: Values) -> Values:
    """log(cosh(x)) = log1p(2 sinh(x/2)^2), which keeps its digits at zero.

    The square overflows beyond 709; from 700 on, where cosh is half an exponential, the rest of |x| is added.
    """
    size = np.abs(x)
    safe = np.minimum(size, 700)
    half = np.sinh(safe / 2)
    # Infinity minus 700 is infinity, so the sum is right there too.
    return np.log1p(2 * half * half) + (size - safe)


def log_two_cosh(x: Values) -> Values:
    """log(2 cosh(x))."""
    size = np.abs(x)
    return size + np.log1p(np.exp(-2 * size))


def sech(x: Values) -> Values:
    """1 / cosh(x)."""
    decay = np.exp(-np.abs(x))
    return 2 * decay / (1 + decay * decay)


def logistic(x: Values) -> Values:
    """1 / (1 + exp(-x))."""
    decay = np.exp(-np.abs(x))
    return np.where(np.less(x, 0), decay, 1)[()] / (1 + decay)


def log_erfc(x: Values) -> Values:
    """log(erfc(x)): log1p(-erf(x)) below 1/2, else log(erfcx(x)) - x^2, two terms of one sign."""
    from scipy import special

    tail = np.maximum(x, 0.5)
    return np.where(
        np.less(x, 0.5), np.log1p(-special.erf(np.minimum(x, 0.5))), np.log(special.erfcx(tail)) - tail * tail
    )[()]


def log_half_erfc(x: Values) -> Values:
    """log(erfc(x) / 2): log1p(-erfc(-x) / 2) below 1/2, else log(erfcx(x) / 2) - x^2."""
    from scipy import special

    tail = np.maximum(x, 0.5)
    near = np.log1p(-special.erfc(-np.minimum(x, 0.5)) / 2)
    return np.where(np.less(x, 0.5), near, np.log(special.erfcx(tail) / 2) - tail * tail)[()]
