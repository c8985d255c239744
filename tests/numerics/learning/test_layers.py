"""Spectrum and log Z of a list of layers, against the dense matrix of all pairs of neurons."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from numerics import learning_log_partition, learning_spectrum
from numerics.learning.layer_variances import layer_variances
from numerics.learning.layers import layer_responses, reduced_layers

SIZES = [
    (30, 4, 2),
    (30, 5, 4, 2),
    (3, 40, 3),
    (2, 3),
    (5, 2),
    (1, 1, 1, 1, 1),
    (20, 1, 20),
    (6, 6, 6),
    (2, 9, 9, 2, 7),
]


def layers(sizes: tuple[int, ...], rng: np.random.Generator) -> list[np.ndarray]:
    """Random weights, rows are inputs."""
    return [rng.normal(size=pair) / np.sqrt(pair[0]) for pair in pairwise(sizes)]


def dense(weights: list[np.ndarray]) -> np.ndarray:
    """w of all pairs of neurons."""
    ends = np.cumsum([0, len(weights[0]), *(block.shape[1] for block in weights)])
    whole = np.zeros((ends[-1], ends[-1]))
    for k, block in enumerate(weights, start=1):
        whole[ends[k] : ends[k + 1], ends[k - 1] : ends[k]] = block.T
    return whole


def dense_g(weights: list[np.ndarray], slopes: np.ndarray) -> np.ndarray:
    """G written out."""
    one_less = np.eye(len(slopes)) - np.diag(slopes) @ dense(weights)
    return one_less.T @ one_less


@pytest.fixture(params=SIZES, ids=str)
def network(request: pytest.FixtureRequest) -> tuple[list[np.ndarray], np.ndarray]:
    rng = np.random.default_rng(sum(request.param))
    return layers(request.param, rng), rng.uniform(0.1, 1.0, size=sum(request.param))


def test_the_eigenvalues_are_those_of_the_dense_matrix(network: Any) -> None:
    weights, slopes = network
    found = learning_spectrum(weights, slopes, orientation="in-out")
    np.testing.assert_allclose(found, np.linalg.eigvalsh(dense_g(weights, slopes)), rtol=1e-11, atol=1e-13)
    np.testing.assert_allclose(found, learning_spectrum(dense(weights), slopes), rtol=1e-11, atol=1e-13)


@pytest.mark.parametrize(("beta", "mass"), [(0.0, 0.0), (1e-3, 1.0), (0.7, 0.0), (0.7, 0.9), (0.7, -3.0), (40.0, 0.0)])
def test_log_z_is_that_of_the_dense_determinant(network: Any, beta: float, mass: float) -> None:
    weights, slopes = network
    n = len(slopes)
    found = learning_log_partition(weights, slopes, inverse_temperature=beta, mass=mass, orientation="in-out")
    matrix = (1 - beta * mass) * np.eye(n) + beta * dense_g(weights, slopes)
    expected = n / 2 * np.log(2 * np.pi) - np.linalg.slogdet(matrix).logabsdet / 2
    assert found == pytest.approx(expected, rel=1e-11, abs=1e-11)
    if beta:
        wrong = learning_log_partition(
            weights, 1.01 * slopes, inverse_temperature=beta, mass=mass, orientation="in-out"
        )
        assert wrong != pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_beyond_the_window_log_z_exists_up_to_the_least_eigenvalue_exactly(network: Any) -> None:
    """1 - beta m is negative, and the determinant alone would not tell where the integral diverges."""
    weights, slopes = network
    beta = 2.0
    least = float(np.linalg.eigvalsh(dense_g(weights, slopes))[0])
    edge = (1 + beta * least) / beta

    def log_partition(mass: float) -> float:
        return learning_log_partition(weights, slopes, inverse_temperature=beta, mass=mass, orientation="in-out")

    for share in (0.5, 0.999):
        mass = 1 / beta + share * least
        matrix = (1 - beta * mass) * np.eye(len(slopes)) + beta * dense_g(weights, slopes)
        expected = len(slopes) / 2 * np.log(2 * np.pi) - np.linalg.slogdet(matrix).logabsdet / 2
        assert log_partition(mass) == pytest.approx(expected, rel=1e-8)
    for mass in (edge + 1e-6 * least, 2 * edge, 1e3):
        with pytest.raises(ValueError, match="positive and finite in every layer"):
            log_partition(mass)


def test_variances_are_those_of_the_dense_inverse() -> None:
    """K of a layer is beta times the inverse of the weight of all layers up to it, its own window left out."""
    rng = np.random.default_rng(8)
    weights, beta, mass = layers((4, 3, 5), rng), 0.8, 0.3
    responses = layer_responses(weights, None, "in-out")
    found = [1 + excess for excess in layer_variances(responses, beta, mass)]
    inner = np.array([1.0] * 7 + [0.0] * 5)
    matrix = (1 - beta * mass) * np.diag(inner) + beta * dense_g(weights, np.ones(12))
    np.testing.assert_allclose(np.sort(found[2]), np.linalg.eigvalsh(beta * np.linalg.inv(matrix)[7:, 7:]), rtol=1e-12)
    np.testing.assert_allclose(found[0], np.ones(4))


def test_a_small_matrix_is_decomposed() -> None:
    rng = np.random.default_rng(0)
    for sizes, kept in (((784, 20, 20, 10), 70), ((784, 60, 10), 130), ((10, 784, 10), 40), ((784, 10), 20)):
        weights = layers(sizes, rng)
        assert reduced_layers(layer_responses(weights, None, "in-out")).shape == (kept, kept)
        found = learning_spectrum(weights, orientation="in-out")
        assert found.shape == (sum(sizes),)
        assert np.sum(found == 1) == sum(sizes) - kept
        assert np.sum(found) == pytest.approx(sum(sizes) + sum(np.sum(w**2) for w in weights), rel=1e-12)


def test_slopes_by_layer_are_those_of_all_neurons() -> None:
    rng = np.random.default_rng(4)
    weights, slopes = layers((7, 4, 3), rng), rng.uniform(size=14)
    whole, by_layer = learning_spectrum(weights, slopes), learning_spectrum(weights, [slopes[7:11], slopes[11:]])
    np.testing.assert_array_equal(whole, by_layer)
    changed = np.concatenate([slopes[:7] + 1, slopes[7:]])
    np.testing.assert_array_equal(learning_spectrum(weights, changed), whole)
    assert np.max(np.abs(learning_spectrum(weights, slopes[::-1]) - whole)) > 1e-3


def test_rows_may_be_outputs() -> None:
    rng = np.random.default_rng(6)
    weights = layers((7, 4, 3), rng)
    turned = [w.T for w in weights]
    np.testing.assert_array_equal(learning_spectrum(turned), learning_spectrum(weights))
    square = layers((3, 3, 3), rng)
    slopes = rng.uniform(size=9)
    with pytest.raises(ValueError, match="chain in both orientations"):
        learning_spectrum(square, slopes)
    there = learning_spectrum([w.T for w in square], slopes, orientation="out-in")
    np.testing.assert_array_equal(there, learning_spectrum(square, slopes, orientation="in-out"))
    assert np.max(np.abs(learning_spectrum(square, slopes, orientation="out-in") - there)) > 1e-3


@pytest.mark.parametrize(
    ("weights", "slopes", "orientation", "error", "match"),
    [
        ([np.ones((3, 2)), np.ones((3, 2))], None, None, ValueError, "chain"),
        ([np.ones((3, 2)), np.ones(2)], None, None, ValueError, "matrix"),
        ([np.ones((3, 2)), [[np.nan], [1.0]]], None, None, ValueError, "finite weights"),
        ([np.ones((3, 2)) * 1j], None, None, TypeError, "real numbers"),
        ([np.ones((3, 2))], np.ones(5), None, ValueError, "orientation"),
        ([np.ones((3, 2))], np.ones(4), "in-out", ValueError, "each of 5 neurons"),
        ([np.ones((3, 2)), np.ones((2, 1))], [np.ones(2)], None, ValueError, "one vector of slopes for each"),
        ([np.ones((3, 2)), np.ones((2, 1))], [np.ones(2), np.ones(2)], None, ValueError, "of 2, 1 neurons"),
        ([np.ones((3, 2)), np.ones((2, 1))], [np.ones(2), [np.inf]], None, ValueError, "finite slopes"),
        ([np.full((3, 2), 1e200)], None, None, ValueError, "squares"),
        ([np.full((3, 2), 1e200)], np.full(5, 1e200), "in-out", ValueError, "finite products"),
        ([np.ones((3, 2))], None, "sideways", ValueError, "orientation"),
        (np.zeros((2, 2)), None, "in-out", ValueError, "no orientation beside one matrix"),
        ([[0, 1], [2]], None, None, ValueError, "unequal length"),
        (np.ma.masked_array(np.eye(2), mask=np.eye(2, k=1, dtype=bool)), None, None, ValueError, "masked"),
    ],
)
def test_what_is_no_chain_of_layers_is_refused(
    weights: Any, slopes: Any, orientation: Any, error: Any, match: str
) -> None:
    with pytest.raises(error, match=match):
        learning_spectrum(weights, slopes, orientation=orientation)
    with pytest.raises(error, match=match):
        learning_log_partition(weights, slopes, inverse_temperature=1.0, orientation=orientation)


@pytest.mark.parametrize("beta", ["1", True, np.True_])
def test_text_and_truth_are_no_temperature(beta: Any) -> None:
    with pytest.raises(TypeError, match="real number for the inverse temperature"):
        learning_log_partition([np.ones((3, 2))], inverse_temperature=beta)
