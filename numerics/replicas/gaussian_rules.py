"""Rules for means over a standard normal variable to many digits, from coarse to fine."""

from __future__ import annotations

from functools import cache
from typing import Any

import mpmath
import numpy as np
from flint import arb

GAUSS_NODES = (4, 6, 8, 12, 16, 24, 32)
HALVINGS = 7
N_RULES = len(GAUSS_NODES) + HALVINGS
# Of the step that entire integrands need, with room for the poles of tanh.
MARGIN = 0.75

Rule = tuple[tuple[Any, Any], ...]


@cache
def gaussian_rule(place: int, bits: int) -> Rule:
    """Nodes and weights of the standard normal distribution.

    Parameters
    ----------
    place
        From the coarsest rule on: those of Gauss and Hermite, then grids of half the step each.
    bits
        Precision.
    """
    with mpmath.workprec(bits):
        if place < len(GAUSS_NODES):
            pairs = _gauss_hermite(GAUSS_NODES[place])
        else:
            pairs = _trapezoid(2 ** (place - len(GAUSS_NODES)))
        return tuple((arb(x), arb(w)) for x, w in pairs)


def _gauss_hermite(n: int) -> list[tuple[Any, Any]]:
    """By Newton's method on the polynomial that is orthonormal under the Gaussian, from the nodes in doubles."""
    pairs = []
    for start in np.polynomial.hermite_e.hermegauss(n)[0]:
        x = mpmath.mpf(float(start))
        for _ in range(8):
            below, value = _hermite(n, x)
            x -= value / (mpmath.sqrt(n) * below)
        below, _ = _hermite(n, x)
        pairs.append((x, 1 / (n * below**2)))
    return pairs


def _hermite(n: int, x: Any) -> tuple[Any, Any]:
    """The polynomials of orders n - 1 and n."""
    below, value = mpmath.mpf(0), mpmath.mpf(1)
    for k in range(n):
        below, value = value, (x * value - mpmath.sqrt(k) * below) / mpmath.sqrt(k + 1)
    return below, value


def _trapezoid(refined: int) -> list[tuple[Any, Any]]:
    needed = mpmath.mp.prec * mpmath.log(2)
    step = MARGIN * mpmath.pi * mpmath.sqrt(2 / needed) / refined
    half = int(mpmath.ceil(mpmath.sqrt(2 * needed) / step))
    scale = step / mpmath.sqrt(2 * mpmath.pi)
    return [(k * step, scale * mpmath.exp(-((k * step) ** 2) / 2)) for k in range(-half, half + 1)]
