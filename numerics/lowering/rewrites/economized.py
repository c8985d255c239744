"""Series with fewer coefficients that are as close on an interval: Lanczos' economization."""

from __future__ import annotations

from collections.abc import Sequence

from flint import arb, arb_poly, fmpz_poly


def economized(coefficients: Sequence[arb], low: float, high: float, allowed: float) -> list[arb]:
    """A polynomial with the same value at 0 and fewer coefficients, if there is one as close as that.

    The highest power, on -1 <= s <= 1, is 2^(1 - n) times a Chebyshev polynomial, which is at most 1, and lower powers.

    Parameters
    ----------
    coefficients
        Of 1, t, t^2, ...
    low, high
        The ends of the interval of t, which contains 0.
    allowed
        Bound of the distance on it.
    """
    first, *others = coefficients
    middle, half = (arb(low) + arb(high)) / 2, (arb(high) - arb(low)) / 2
    slope = arb_poly(others)(arb_poly([middle, half])) if others else arb_poly([])
    left = arb(allowed) / max(abs(low), abs(high))
    for n in range(slope.degree(), 0, -1):
        size = slope[n] / 2 ** (n - 1)
        if not abs(size) < left:
            break
        left -= abs(size)
        lower = slope - arb_poly(fmpz_poly.chebyshev_t(n)) * arb_poly([size])
        slope = arb_poly([lower[k] for k in range(n)])
    return [first, *slope(arb_poly([-middle / half, 1 / half])).coeffs()]
