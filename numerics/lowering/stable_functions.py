"""The programs behind `numerics.lowering.nodes`: NumPy functions of real arrays, without spurious warnings."""

from __future__ import annotations

from typing import Any

import numpy as np

LOG_2 = 0.6931471805599453

# Arrays or scalars of any floating type, as for a ufunc.
Values = Any


def log_cosh(x: Values) -> Values:
    """log(cosh(x)).

    Below 1 it is log1p(2 sinh(x/2)^2), which is exact to first order at zero; above, |x| + log1p(exp(-2|x|)) - log 2,
    whose terms do not cancel there.
    """
    size = np.abs(x)
    near = np.log1p(2 * np.sinh(np.minimum(size, 1) / 2) ** 2)
    return np.where(size < 1, near, size + (np.log1p(np.exp(-2 * size)) - LOG_2))[()]


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
