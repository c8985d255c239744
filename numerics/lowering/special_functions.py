"""The programs behind `numerics.lowering.special_nodes` that SciPy does not have as one function of real arrays."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from scipy import special
from sympy import bernoulli

from numerics.lowering.stable_functions import Values

LARGEST_ORDER = 1000
"""Of a recurrence."""


def airy_ai(x: Values) -> Values:
    """Ai(x)."""
    return special.airy(x)[0]


def airy_ai_prime(x: Values) -> Values:
    """Ai'(x)."""
    return special.airy(x)[1]


def airy_bi(x: Values) -> Values:
    """Bi(x)."""
    return special.airy(x)[2]


def airy_bi_prime(x: Values) -> Values:
    """Bi'(x)."""
    return special.airy(x)[3]


def sine_integral(x: Values) -> Values:
    """Si(x)."""
    return special.sici(x)[0]


def cosine_integral(x: Values) -> Values:
    """Ci(x) for x >= 0; not a number below, where the principal branch is not real."""
    return np.where(np.less(x, 0), np.nan, special.sici(x)[1])[()]


def hyperbolic_sine_integral(x: Values) -> Values:
    """Shi(x)."""
    return special.shichi(x)[0]


def hyperbolic_cosine_integral(x: Values) -> Values:
    """Chi(x) for x >= 0; not a number below, where the principal branch is not real."""
    return np.where(np.less(x, 0), np.nan, special.shichi(x)[1])[()]


def fresnel_sine(x: Values) -> Values:
    """The integral of sin(pi t^2 / 2) from 0 to x."""
    return special.fresnel(x)[0]


def fresnel_cosine(x: Values) -> Values:
    """The integral of cos(pi t^2 / 2) from 0 to x."""
    return special.fresnel(x)[1]


def _real_branch(x: Values, branch: int) -> Values:
    values = special.lambertw(x, branch)
    return np.where(np.equal(np.imag(values), 0), np.real(values), np.nan)[()]


def lambert_principal(x: Values) -> Values:
    """The solution w >= -1 of w exp(w) = x; not a number below -1/e."""
    return _real_branch(x, 0)


def lambert_lower(x: Values) -> Values:
    """The solution w <= -1 of w exp(w) = x; not a number outside -1/e <= x < 0."""
    return _real_branch(x, -1)


def _of_order(polynomial: Values, order: Values, *arguments: Values) -> Values:
    """SciPy takes the recurrence, which keeps more digits, where orders come as integers."""
    orders = np.asarray(order)
    whole = orders.dtype.kind == "f" and bool(np.all(orders == np.floor(orders)))
    return polynomial(orders.astype(np.int64) if whole else orders, *arguments)


def legendre(order: Values, x: Values) -> Values:
    """P_n(x): by the recurrence (k + 1) P_(k+1) = (2k + 1) x P_k - k P_(k-1) for whole orders n >= 0."""
    orders, x = np.broadcast_arrays(order, x)
    if orders.size == 0 or not np.all((orders >= 0) & (orders == np.floor(orders)) & (orders <= LARGEST_ORDER)):
        return special.eval_legendre(orders, x)
    before, now = np.zeros_like(x), np.ones_like(x)
    found = now.copy()
    for k in range(int(orders.max())):
        before, now = now, ((2 * k + 1) * x * now - k * before) / (k + 1)
        found = np.where(orders == k + 1, now, found)
    return found[()]


chebyshev_t = partial(_of_order, special.eval_chebyt)
chebyshev_u = partial(_of_order, special.eval_chebyu)
hermite = partial(_of_order, special.eval_hermite)
laguerre = partial(_of_order, special.eval_laguerre)
associated_laguerre = partial(_of_order, special.eval_genlaguerre)
gegenbauer = partial(_of_order, special.eval_gegenbauer)
jacobi = partial(_of_order, special.eval_jacobi)


def elliptic_e(*arguments: Values) -> Values:
    """E(m), or E(phi, m)."""
    return special.ellipe(*arguments) if len(arguments) == 1 else special.ellipeinc(*arguments)


def gamma_ratio(x: Values, a: Values) -> Values:
    """gamma(x + a) / gamma(x).

    Far out log gamma(y) = (y - 1/2) log(y) - y + s(y) + log(2 pi)/2, in the difference of which only s(x + a) - s(x),
    which is small, cancels.
    """
    large = np.minimum(x, x + a) >= LARGE
    far = np.where(large, x, LARGE)
    step = np.where(large, a, 1.0)
    end = far + step
    rest = (far - 0.5) * np.log1p(step / far) - step + _stirling(end) - _stirling(far)
    # A power is more accurate than the exponential of its logarithm, but may be too large where the ratio is not.
    level = step * np.log(end)
    is_plain = np.abs(level) < LARGEST_LOGARITHM
    ratio = np.where(is_plain, np.power(end, step) * np.exp(rest), np.exp(level + rest))
    return np.where(large, ratio, _gamma_of_sum(x, a) * special.rgamma(x))[()]


def _gamma_of_sum(x: Values, a: Values) -> Values:
    """gamma(x + a), with what rounding takes from the sum given back to first order."""
    total = np.add(x, a)
    taken = total - x
    rounded = (x - (total - taken)) + (a - taken)
    return special.gamma(total) * np.where(rounded == 0, 1.0, 1 + rounded * special.digamma(total))


LARGEST_LOGARITHM = 600.0
LARGE = 24.0
"""From where five terms of Stirling's series are exact to a double's last place."""
STIRLING = tuple(float(bernoulli(2 * k) / (2 * k * (2 * k - 1))) for k in range(5, 0, -1))


def _stirling(x: Values) -> Values:
    square, total = 1 / (x * x), 0.0
    for coefficient in STIRLING:
        total = total * square + coefficient
    return total / x


def _vanishing(function: Any, from_below: bool, *arguments: Values) -> Values:
    """An oscillating function, which is 0 at the far ends of its domain; SciPy has no number there."""
    x = arguments[-1]
    ends = np.isinf(x) if from_below else np.equal(x, np.inf)
    return np.where(ends, 0.0, function(*arguments))[()]


bessel_j0 = partial(_vanishing, special.j0, True)
bessel_j1 = partial(_vanishing, special.j1, True)
bessel_j = partial(_vanishing, special.jv, True)
bessel_y0 = partial(_vanishing, special.y0, False)
bessel_y1 = partial(_vanishing, special.y1, False)
bessel_y = partial(_vanishing, special.yv, False)


def bessel_k(order: Values, x: Values) -> Values:
    """K_n(x) for x > 0; SciPy's own is 0 long before it underflows."""
    return special.kve(order, x) * np.exp(np.negative(x))


def exp_square(x: Values) -> Values:
    """exp(x^2): the square as the sum of its rounded value and the rest, after Dekker."""
    size = np.minimum(np.abs(x), 40.0)
    shifted = size * 134217729.0
    high = shifted - (shifted - size)
    low, square = size - high, size * size
    rest = ((high * high - square) + 2 * high * low) + low * low
    return np.exp(square) * (1 + rest)


def distance(x: Values, high: float, low: float) -> Values:
    """x - high - low, in this order."""
    return (x - high) - low
