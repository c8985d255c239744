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


def scaled_erfc(x: Values) -> Values:
    """exp(x^2) erfc(x), where tables cannot stand: SciPy's own loses 5 units in the last place near 0."""
    from scipy import special

    small = np.clip(x, -0.25, 0.25)
    return np.where(np.equal(small, x), np.exp(small * small) * special.erfc(small), special.erfcx(x))[()]


def exp_minus_one_over(x: Values) -> Values:
    """(exp(x) - 1) / x, and 1 at 0."""
    is_zero = np.equal(x, 0)
    return np.where(is_zero, 1.0, np.expm1(x) / np.where(is_zero, 1.0, x))[()]


def log_one_plus_over(x: Values) -> Values:
    """log(1 + x) / x, and 1 at 0."""
    is_zero = np.equal(x, 0)
    return np.where(is_zero, 1.0, np.log1p(x) / np.where(is_zero, 1.0, x))[()]


def sin_over(x: Values) -> Values:
    """sin(x) / x, and 1 at 0."""
    is_zero = np.equal(x, 0)
    return np.where(is_zero, 1.0, np.sin(x) / np.where(is_zero, 1.0, x))[()]


def square_over(x: Values, y: Values) -> Values:
    """x^2 / y, infinite where both are."""
    return np.where(np.isinf(x) & np.isinf(y), y, x * (x / y))[()]


def log_near(x: Values, from_one: Values) -> Values:
    """log(x), by the difference of x from 1 where that is not far."""
    return np.where(np.greater(x, 0.5), np.log1p(np.maximum(from_one, -0.5)), np.log(x))[()]


def erf_difference(x: Values, y: Values, gap: Values) -> Values:
    """erf(x) - erf(y) with gap = x - y: of tails where both lie on one side, by a series where they lie close.

    The series is 2 / sqrt(pi) exp(-m^2) sum_k H_2k(m) 2 h^(2k + 1) / (2k + 1)! about the middle m, with h half the gap.
    """
    from scipy import special

    low, high = np.minimum(x, y), np.maximum(x, y)
    middle, half = y + gap / 2, gap / 2
    tails = np.where(np.greater(low, 0.5), special.erfc(y) - special.erfc(x), special.erf(x) - special.erf(y))
    far = np.where(np.less(high, -0.5), special.erfc(-x) - special.erfc(-y), tails)
    is_near = np.less(np.abs(half) * (1 + np.abs(middle)), 0.25) & np.less(np.abs(middle), 30)
    m, h = np.where(is_near, middle, 0), np.where(is_near, half, 0)
    before, hermite, total, factor = 0 * m, 1 + 0 * m, 1 + 0 * m, 1.0
    for n in range(1, 15):
        before, hermite = hermite, 2 * m * hermite - 2 * (n - 1) * before
        factor = factor * h / (n + 1)
        if n % 2 == 0:
            total = total + hermite * factor
    near = 4 / np.sqrt(np.pi) * np.exp(-m * m) * h * total
    return np.where(is_near, near, far)[()]


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
