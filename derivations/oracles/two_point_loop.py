"""The momentum dependence of a loop with two propagators, by quadrature and differences of its definition."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Shape = Callable[[Vector], Vector]

NODES = 48
FAR = 40.0


def momentum_slope(
    shape: Shape,
    slope: Shape,
    *,
    masses: tuple[float, float],
    dimension: int,
    anomalous_dimension: float,
    edge: float | None = None,
    step: float = 0.02,
) -> float:
    """The derivative by p^2, at p = 0, of a loop in units of the scale, both masses in either place.

    The loop is int dx x^(d/2 - 1) <g(x) G_1(x)^2 G_2(x_p) + g(x) G_2(x)^2 G_1(x_p)>, a mean over directions, with
    x_p = x + 2 sqrt(x) p c + p^2, G_i = 1 / (x (1 + r) + w_i), and g = x (-eta r - 2 x r').

    Parameters
    ----------
    shape, slope
        r and r' of arrays.
    dimension
        An integer, at least 2: other powers are not smooth.
    edge
        Where the shape has a kink and ends, if it does.
    step
        The largest external momentum; two smaller ones remove the next orders.
    """
    places = [0.0, 0.25, 1.0, 2.0, 4.0, 8.0, 16.0, FAR]

    def inverse(x: Vector, w: float) -> Vector:
        kept = np.ones_like(x, dtype=bool) if edge is None else x < edge
        regulated = np.where(kept, shape(np.where(kept, x, 0.5)), 0.0)
        return x * (1 + regulated) + w

    def loop(p: float) -> float:
        ends = places if edge is None else [0.0, max((edge**0.5 - p) ** 2, 0.0) if p else edge / 2, edge]
        total = 0.0
        for low, high in pairwise(ends):
            q, weights = _nodes(low**0.5, high**0.5)
            x, weights = q**2, 2 * q * weights
            growth = x * (-anomalous_dimension * shape(x) - 2 * x * slope(x))
            for one, other in (masses, masses[::-1]):
                mean = np.array([_mean(a, p, dimension, edge, lambda z, w=other: 1 / inverse(z, w)) for a in x])
                total += float(weights @ (x ** (dimension / 2 - 1) * growth / inverse(x, one) ** 2 * mean))
        return total

    at_rest = loop(0.0)
    first, second, third = ((loop(step / 2**n) - at_rest) / (step / 2**n) ** 2 for n in range(3))
    # The differences have errors of first order for a kink, and of second order else.
    order = 1 if edge is not None else 2
    once, twice = ((2**order * b - a) / (2**order - 1) for a, b in ((first, second), (second, third)))
    after = order + (1 if edge is not None else 2)
    return (2**after * twice - once) / (2**after - 1)


def _mean(x: float, p: float, dimension: float, edge: float | None, propagator: Callable[[Vector], Vector]) -> float:
    """Over the directions of the momentum in the loop, split where it crosses the edge."""
    ends = [0.0, np.pi]
    if edge is not None and p:
        cosine = (edge - x - p**2) / (2 * x**0.5 * p)
        ends = [0.0, float(np.arccos(cosine)), np.pi] if abs(cosine) < 1 else ends
    values = norms = 0.0
    for low, high in pairwise(ends):
        angle, weights = _nodes(low, high)
        measure = weights * np.sin(angle) ** (dimension - 2)
        values += float(measure @ propagator(x + 2 * x**0.5 * p * np.cos(angle) + p**2))
        norms += float(measure.sum())
    return values / norms


def _nodes(low: float, high: float) -> tuple[Vector, Vector]:
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    half = (high - low) / 2
    return low + half * (nodes + 1), weights * half
