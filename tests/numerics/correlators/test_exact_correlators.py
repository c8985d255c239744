"""Exact correlations of random networks against quadrature over one neuron, and against samples."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest

from numerics import connected_correlator

CASE: dict[str, Any] = {"width": 3, "weight_std": 0.7, "bias_std": 0.4}


def activations(x: np.ndarray, w: np.ndarray, b: np.ndarray, weight_std: float, bias_std: float) -> np.ndarray:
    """Equation (3.1) of the paper as printed, for points of shape (n, d): shape (n, ...)."""
    d = x.shape[1]
    scale = np.sqrt(np.exp(2 * (bias_std**2 + weight_std**2 / d * (x**2).sum(1))))
    return np.exp(np.tensordot(x, w, 1) + b) / scale.reshape(-1, *[1] * b.ndim)


def by_quadrature(x: np.ndarray, *, width: int, weight_std: float, bias_std: float) -> float:
    """The cumulant from all means, each a sum over who falls on which neuron, in floating point."""
    n, d = x.shape
    nodes, weights = np.polynomial.hermite_e.hermegauss(60)
    weights = weights / weights.sum()
    grid = np.array(list(product(nodes, repeat=d + 1))).T
    measure = np.prod(np.array(list(product(weights, repeat=d + 1))), 1)
    g = activations(x, weight_std / np.sqrt(d) * grid[:d], bias_std * grid[d], weight_std, bias_std)

    def gaussian(order: int, variance: float) -> float:
        return 0.0 if order % 2 else variance ** (order / 2) * float(np.prod(np.arange(1, order, 2)))

    def mean(block: tuple[int, ...]) -> float:
        total = 0.0
        for places in product(range(width + 1), repeat=len(block)):
            term = gaussian(places.count(width), bias_std**2)
            for neuron in range(width):
                here = [block[k] for k, place in enumerate(places) if place == neuron]
                term *= gaussian(len(here), weight_std**2 / width) * float(measure @ np.prod(g[here], 0))
            total += term
        return total

    if n == 2:
        return mean((0, 1))
    pairs = [((0, 1), (2, 3)), ((0, 2), (1, 3)), ((0, 3), (1, 2))]
    return mean((0, 1, 2, 3)) - sum(mean(a) * mean(b) for a, b in pairs)


@pytest.mark.parametrize(
    "points",
    [
        [[0.3], [-0.8]],
        [[0.3], [-0.8], [0.5], [0.2]],
        [[0.4, -0.1], [0.2, 0.6]],
        [[0.4, -0.1], [0.2, 0.6], [0.1, 0.1], [1, 0]],
    ],
)
@pytest.mark.parametrize("width", [1, 2, 3])
def test_correlators_agree_with_quadrature(points: list[list[float]], width: int) -> None:
    choices = {**CASE, "width": width}
    assert connected_correlator(points, **choices) == pytest.approx(
        by_quadrature(np.array(points), **choices), rel=1e-9
    )


def test_the_correlation_of_six_points_agrees_with_samples() -> None:
    """The sixth cumulant of f at one point, from 2 million networks, within five standard errors of 20 batches."""
    generator, size, n = np.random.default_rng(5), 100_000, 2
    found = []
    for _ in range(20):
        w, b, out = (generator.standard_normal((size, n)) for _ in range(3))
        g = activations(np.array([[0.4]]), 0.6 * w[None], 0.3 * b, 0.6, 0.3)[0]
        f = 0.6 / np.sqrt(n) * (out * g).sum(1) + 0.3 * generator.standard_normal(size)
        second, fourth, sixth = (np.mean(f**k) for k in (2, 4, 6))
        found.append(sixth - 15 * fourth * second + 30 * second**3)
    exact = connected_correlator([0.4] * 6, width=n, weight_std=0.6, bias_std=0.3)
    error = np.std(found, ddof=1) / np.sqrt(len(found))
    assert abs(np.mean(found) - exact) < 5 * error
    assert abs(exact) > 5 * error


def test_the_width_enters_by_a_power() -> None:
    x = [0.1, 0.2, -0.4, 0.3, 0.0, 0.7]
    for n in (2, 4, 6):
        values = [
            connected_correlator(x[:n], width=w, weight_std=0.8, bias_std=0.5) - (0.25 if n == 2 else 0)
            for w in (7, 70)
        ]
        assert values[0] / values[1] == pytest.approx(10 ** (n // 2 - 1), rel=1e-12)


def test_digits_survive_where_terms_cancel() -> None:
    """At no bias the leading term in small points is 2 sigma_W^6 / N times the sum of products of two points."""
    for size in (1e-2, 1e-4, 1e-6):
        x = size * np.array([1.0, 0.6, 0.2, -0.2])
        first = 2 / 100 * (x.sum() ** 2 - (x**2).sum()) / 2
        found = connected_correlator(x, width=100, weight_std=1.0, bias_std=0.0)
        assert found / first == pytest.approx(1, abs=10 * size**2)


def test_odd_correlations_vanish() -> None:
    assert connected_correlator([0.2, 0.3, 0.4], **CASE) == 0


@pytest.mark.parametrize(
    ("points", "changes", "message"),
    [
        ([], {}, "expected points"),
        ([[[0.1]]], {}, "expected points"),
        ([0.1, float("nan")], {}, "finite points"),
        ([0.1, 0.2], {"width": 0}, "expected a width"),
        ([0.1, 0.2], {"width": 2.5}, "expected a width"),
        ([0.1, 0.2], {"weight_std": 0.0}, "expected weight_std"),
        ([0.1, 0.2], {"bias_std": -1.0}, "expected bias_std"),
        ([0.1] * 12, {}, "at most 10 points"),
    ],
)
def test_what_has_no_meaning_is_refused(points: Any, changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        connected_correlator(points, **{**CASE, **changes})
