"""The growing subspace against dense eigenvectors, a scan over temperatures and scalar minimization."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from numerics.solvers.critical_temperature import critical_temperature

SHAPES = (
    (1, 2),
    (7, 1),
    (1, 1, 1),
    (3, 2),
    (2, 5, 3),
    (9, 4, 8, 2),
    (30, 17),
    (24, 12, 12, 12, 3),
    (1, 20, 1, 15),
    (4, 3, 4, 3, 4, 3, 4),
    (25, 30),
    (2, 2, 2, 2, 2, 2, 2, 2),
)


def with_outlier(weights: list[Any], strength: float) -> list[Any]:
    rng = np.random.default_rng(99)
    return [
        w + strength * np.outer(rng.standard_normal(w.shape[0]), rng.standard_normal(w.shape[1])) / np.sqrt(w.size)
        for w in weights
    ]


def with_varied_rows(weights: list[Any], strength: float) -> list[Any]:
    """Neurons of very different reaction terms, so that each vector has its own best temperature."""
    rng = np.random.default_rng(98)
    return [w * np.exp(strength * rng.standard_normal((len(w), 1))) for w in weights]


def with_varied_layers(weights: list[Any], strength: float) -> list[Any]:
    return [w * 10 ** (strength * (-1) ** k) for k, w in enumerate(weights)]


def sparse(weights: list[Any], fraction: float) -> list[Any]:
    """Some neurons lose all of their bonds."""
    rng = np.random.default_rng(97)
    thinned = [w * (rng.random(w.shape) < fraction) for w in weights]
    thinned[0][0, 0] = 1.0
    return thinned


VARIANTS = ((with_outlier, 0.0), (with_outlier, 2.5), (with_varied_rows, 1.0), (with_varied_layers, 0.7), (sparse, 0.3))


@pytest.mark.parametrize("sizes", SHAPES, ids=str)
@pytest.mark.parametrize(("vary", "strength"), VARIANTS, ids=lambda value: getattr(value, "__name__", str(value)))
def test_minimum_agrees_with_dense_eigenvectors(
    sizes: Any, vary: Any, strength: float, gaussian: Any, dense: Any
) -> None:
    weights = vary(gaussian(sizes, seed=sum(sizes)), strength)
    network = dense(weights)
    result = critical_temperature(weights, orientation="in-out")
    beta, least = network.minimum()
    assert result.least_eigenvalue == pytest.approx(least, abs=1e-10 * max(1, abs(least)))
    # The slope has the units of J: 1e-8 of the scale 1 / beta.
    assert abs(network.slope(result.at_minimum)) * result.at_minimum < 1e-8
    assert result.at_minimum == pytest.approx(beta, rel=1e-7)


@pytest.mark.parametrize("sizes", SHAPES, ids=str)
@pytest.mark.parametrize("threshold", [0.0, 0.6, 0.8, -1.0])
def test_first_crossing_agrees_with_a_dense_scan(sizes: Any, threshold: float, gaussian: Any, dense: Any) -> None:
    weights = with_outlier(gaussian(sizes, seed=sum(sizes)), 1.5)
    expected = dense(weights).first_crossing(threshold)
    result = critical_temperature(weights, threshold=threshold, orientation="in-out")
    assert result.crosses == (expected is not None)
    assert result.first_crossing == (None if expected is None else pytest.approx(expected, rel=1e-8))


@pytest.mark.parametrize(("vary", "strength"), VARIANTS, ids=lambda value: getattr(value, "__name__", str(value)))
@pytest.mark.parametrize("threshold", [0.0, 0.7])
def test_eigenvector_is_that_of_the_least_eigenvalue(
    vary: Any, strength: float, threshold: float, gaussian: Any, dense: Any
) -> None:
    weights = vary(gaussian((14, 11, 9, 5), seed=4), strength)
    result = critical_temperature(weights, threshold=threshold)
    vectors = np.linalg.eigh(dense(weights).matrix(result.inverse_temperature))[1]
    assert abs(result.eigenvector @ vectors[:, 0]) == pytest.approx(1, abs=1e-9)
    assert result.residual < 1e-5 * max(1, abs(result.least_eigenvalue))


def test_a_network_too_large_for_one_subspace_is_restarted_without_loss(gaussian: Any, dense: Any) -> None:
    weights = gaussian((150, 120, 120, 10), seed=3)
    network = dense(weights)
    result = critical_temperature(weights)
    assert result.n_products > 40
    assert result.least_eigenvalue == pytest.approx(network.least(result.at_minimum), abs=1e-10)
    assert abs(network.slope(result.at_minimum)) < 1e-8


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(60))
def test_random_networks_of_random_shapes_agree_with_dense_eigenvectors(seed: int, gaussian: Any, dense: Any) -> None:
    rng = np.random.default_rng(seed)
    sizes = tuple(int(n) for n in rng.integers(1, 20, rng.integers(2, 7)))
    vary, strength = VARIANTS[seed % len(VARIANTS)]
    weights = vary(gaussian(sizes, seed=seed), strength)
    threshold = float(rng.choice([0.0, 0.5, 0.8]))
    network = dense(weights)
    result = critical_temperature(weights, threshold=threshold, orientation="in-out")
    _, least = network.minimum()
    crossing = network.first_crossing(threshold)
    assert result.least_eigenvalue == pytest.approx(least, abs=1e-10 * max(1, abs(least)))
    assert result.first_crossing == (None if crossing is None else pytest.approx(crossing, rel=1e-8))
