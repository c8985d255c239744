"""The spectrum of G by its structure, against dense decompositions and closed forms."""

from __future__ import annotations

import numpy as np
import pytest

from numerics import learning_spectrum
from numerics.learning.linear_response import linear_response, reduced_response


def layered(sizes: tuple[int, ...], rng: np.random.Generator, scale: float = 1.0) -> np.ndarray:
    """Weights of a feedforward network of these layers."""
    ends = np.cumsum((0, *sizes))
    weights = np.zeros((ends[-1], ends[-1]))
    for k in range(1, len(sizes)):
        block = rng.normal(size=(sizes[k], sizes[k - 1])) * scale / np.sqrt(sizes[k - 1])
        weights[ends[k] : ends[k + 1], ends[k - 1] : ends[k]] = block
    return weights


def dense(weights: np.ndarray, slopes: np.ndarray) -> np.ndarray:
    """Eigenvalues of G written out."""
    one_less = np.eye(len(weights)) - np.diag(slopes) @ weights
    return np.linalg.eigvalsh(one_less.T @ one_less)


@pytest.mark.parametrize("sizes", [(30, 4, 2), (30, 5, 4, 2), (3, 40, 3), (2, 3), (1, 1, 1, 1, 1), (20, 1, 20)])
def test_layers_give_the_eigenvalues_of_the_dense_matrix(sizes: tuple[int, ...]) -> None:
    rng = np.random.default_rng(len(sizes))
    weights = layered(sizes, rng)
    slopes = rng.uniform(0.1, 1.0, size=len(weights))
    found = learning_spectrum(weights, slopes)
    np.testing.assert_allclose(found, dense(weights, slopes), rtol=1e-11, atol=1e-13)
    assert np.sum(np.log(found)) == pytest.approx(0, abs=1e-11)
    other = learning_spectrum(weights, 1.01 * slopes)
    assert np.max(np.abs(other - found)) > 1e-4


def test_neurons_in_any_order_and_any_weights_give_the_same() -> None:
    rng = np.random.default_rng(5)
    weights = layered((12, 3, 2), rng)
    order = rng.permutation(len(weights))
    np.testing.assert_allclose(
        learning_spectrum(weights[np.ix_(order, order)]), learning_spectrum(weights), rtol=1e-12, atol=1e-14
    )
    full = rng.normal(size=(9, 9)) / 3
    np.testing.assert_allclose(learning_spectrum(full), dense(full, np.ones(9)), rtol=1e-10, atol=1e-13)
    sparse = np.where(rng.random((40, 40)) < 0.03, rng.normal(size=(40, 40)), 0.0)
    np.testing.assert_allclose(learning_spectrum(sparse), dense(sparse, np.ones(40)), rtol=1e-10, atol=1e-12)


def test_the_networks_of_the_paper_are_decomposed_in_a_small_space() -> None:
    rng = np.random.default_rng(0)
    for sizes, kept in (((784, 60, 10), 60 + 60 + 10), ((784, 40, 20, 10), 40 + 40 + 20 + 10)):
        weights = layered(sizes, rng)
        assert reduced_response(linear_response(weights, None)).shape == (kept, kept)
        found = learning_spectrum(weights)
        assert found.shape == (854,)
        assert np.all(np.diff(found) >= 0)
        assert np.sum(found == 1) >= 854 - kept
        assert np.sum(found) == pytest.approx(854 + np.sum(weights**2), rel=1e-12)  # the trace of G, as w has none
        assert np.sum(np.log(found)) == pytest.approx(0, abs=1e-9)


def test_without_hidden_layers_eigenvalues_come_in_reciprocal_pairs_of_a_closed_form() -> None:
    rng = np.random.default_rng(2)
    weights = layered((7, 3), rng)
    strengths = np.linalg.svd(weights[7:, :7], compute_uv=False)
    pairs = 2 * np.arcsinh(strengths / 2)
    expected = np.sort(np.concatenate([pairs, -pairs, np.zeros(4)]))
    np.testing.assert_allclose(np.log(learning_spectrum(weights)), expected, atol=1e-13)
    assert np.sum(np.log(learning_spectrum(layered((7, 3, 2), rng))) ** 3) < -1e-3


def test_weights_into_a_neuron_are_its_row() -> None:
    column = learning_spectrum([[0, 0, 0], [1, 0, 0], [1, 0, 0]], [1, 1, 0])
    row = learning_spectrum([[0, 1, 1], [0, 0, 0], [0, 0, 0]], [1, 1, 0])
    assert column == pytest.approx(np.exp([-2 * np.arcsinh(0.5), 0, 2 * np.arcsinh(0.5)]))
    assert row == pytest.approx(np.exp([-2 * np.arcsinh(0.5**0.5), 0, 2 * np.arcsinh(0.5**0.5)]))


def test_a_network_without_weights_and_a_state_that_costs_nothing() -> None:
    assert learning_spectrum(np.zeros((3, 3))).tolist() == [1.0, 1.0, 1.0]
    assert learning_spectrum([[1.0]]).tolist() == [0.0]


@pytest.mark.parametrize(
    ("weights", "slopes", "error", "match"),
    [
        (np.zeros((2, 3)), None, ValueError, "square matrix"),
        (np.zeros(4), None, ValueError, "square matrix"),
        (np.zeros((0, 0)), None, ValueError, "square matrix"),
        ([[0.0, np.nan], [0.0, 0.0]], None, ValueError, "finite weights"),
        ([[0.0, np.inf], [0.0, 0.0]], None, ValueError, "finite weights"),
        ([[0.0, 1j], [0.0, 0.0]], None, TypeError, "real numbers"),
        ([["a", "b"], ["c", "d"]], None, TypeError, "real numbers"),
        (np.zeros((2, 2)), [1.0], ValueError, "one slope"),
        (np.zeros((2, 2)), np.eye(2), ValueError, "one slope"),
        (np.zeros((2, 2)), [1.0, np.nan], ValueError, "finite slopes"),
        ([[0.0, 1e200], [0.0, 0.0]], [1e200, 1.0], ValueError, "finite products"),
        ([[0.0, 1e200], [0.0, 0.0]], None, ValueError, "squares"),
    ],
)
def test_what_is_no_network_is_refused(weights, slopes, error, match) -> None:
    with pytest.raises(error, match=match):
        learning_spectrum(weights, slopes)
