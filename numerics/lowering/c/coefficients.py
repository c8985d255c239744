"""Chebyshev coefficients of special functions, from balls."""

from __future__ import annotations

from functools import lru_cache

from flint import arb, ctx

CENTER = "3.75"
NODES = 64
BITS = 200
SMALLEST = 1e-17


@lru_cache(maxsize=1)
def scaled_erfc_coefficients() -> tuple[float, ...]:
    """Of (1 + 2 x) exp(x^2) erfc(x) for x >= 0, in t = (x - 15/4) / (x + 15/4); the first one halved.

    Interpolation at the zeros of the Chebyshev polynomial T_64, whose aliasing is far below a double's last place.
    """
    precision = ctx.prec
    ctx.prec = BITS
    try:
        angles = [arb.pi() * (2 * k + 1) / (2 * NODES) for k in range(NODES)]
        values = [_scaled(angle.cos()) for angle in angles]
        found = [
            2 * sum((v * (j * a).cos() for v, a in zip(values, angles, strict=True)), arb(0)) / NODES
            for j in range(NODES)
        ]
        found[0] /= 2
        kept = max(j for j, c in enumerate(found) if abs(float(c.mid())) > SMALLEST)
        return tuple(float(c.mid()) for c in found[: kept + 1])
    finally:
        ctx.prec = precision


def _scaled(t: arb) -> arb:
    x = arb(CENTER) * (1 + t) / (1 - t)
    return (1 + 2 * x) * (x * x).exp() * x.erfc()
