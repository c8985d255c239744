"""Log Z of a network's states, against the Gaussian integral by other means."""

from __future__ import annotations

import numpy as np
import pytest

from numerics import learning_log_partition


def written_out(weights: np.ndarray, slopes: np.ndarray, beta: float, mass: float) -> float:
    """By the determinant of the dense matrix."""
    n = len(weights)
    one_less = np.eye(n) - slopes[:, None] * weights
    matrix = (1 - beta * mass) * np.eye(n) + beta * one_less.T @ one_less
    sign, log_determinant = np.linalg.slogdet(matrix)
    assert sign > 0
    return float(n / 2 * np.log(2 * np.pi) - log_determinant / 2)


@pytest.mark.parametrize(("beta", "mass"), [(0.0, 0.0), (0.7, 0.0), (0.7, 0.5), (30.0, -1.0), (1.0, 0.9), (1e-8, 3.0)])
@pytest.mark.parametrize("n", [1, 2, 7])
def test_it_is_the_determinant_of_the_dense_matrix(n: int, beta: float, mass: float) -> None:
    rng = np.random.default_rng(n)
    weights, slopes = rng.normal(size=(n, n)) / n, rng.uniform(0.2, 1, size=n)
    found = learning_log_partition(weights, slopes, inverse_temperature=beta, mass=mass)
    assert found == pytest.approx(written_out(weights, slopes, beta, mass), rel=1e-12, abs=1e-12)
    if beta > 0.1:
        assert found != pytest.approx(written_out(weights, slopes, beta, mass - 0.01), rel=1e-6)
        assert found != pytest.approx(written_out(weights.T, slopes, beta, mass), rel=1e-6) or n == 1


@pytest.mark.parametrize("seed", range(3))
def test_sampled_states_give_the_integral_within_their_error(seed: int) -> None:
    """Z / (2 pi)^(n/2) is the mean of exp(-beta H) over unit Gaussian states.

    Five standard errors: one false alarm in a million.
    """
    rng = np.random.default_rng(seed)
    n, beta, mass, samples = 3, 0.6, 0.3, 200_000
    weights, slopes = rng.normal(size=(n, n)) / 2, rng.uniform(0.4, 1, size=n)
    states = rng.normal(size=(samples, n))
    errors = states - states @ (slopes[:, None] * weights).T
    loss = (np.sum(errors**2, axis=1) - mass * np.sum(states**2, axis=1)) / 2
    values = np.exp(-beta * loss)
    estimate, spread = values.mean(), values.std(ddof=1) / np.sqrt(samples)

    def deviation(log_z: float) -> float:
        return abs(estimate - np.exp(log_z - n / 2 * np.log(2 * np.pi))) / spread

    right = learning_log_partition(weights, slopes, inverse_temperature=beta, mass=mass)
    assert deviation(right) < 5
    for rival in (
        learning_log_partition(weights, slopes, inverse_temperature=1.05 * beta, mass=mass),
        learning_log_partition(weights, inverse_temperature=beta, mass=mass),
        learning_log_partition(weights, slopes, inverse_temperature=beta, mass=-mass),
        right + n / 2 * np.log(2),
    ):
        assert deviation(rival) > 5


def test_an_eigenvalue_that_is_not_positive_is_refused_by_name() -> None:
    flat = np.eye(2)  # G = 0: states cost nothing, and only the window holds them
    assert learning_log_partition(flat, inverse_temperature=5.0) == pytest.approx(np.log(2 * np.pi))
    for mass in (0.5, 0.6):
        with pytest.raises(ValueError, match="1 - beta m \\+ beta G that are positive"):
            learning_log_partition(flat, inverse_temperature=2.0, mass=mass)
    assert np.isfinite(learning_log_partition(flat, inverse_temperature=2.0, mass=0.49))


@pytest.mark.parametrize(
    ("beta", "mass", "error"),
    [
        (-1.0, 0.0, ValueError), (np.nan, 0.0, ValueError), (np.inf, 0.0, ValueError), (1.0, np.nan, ValueError),
        (1.0, np.inf, ValueError), ("cold", 0.0, TypeError), (1.0, None, TypeError),
    ],
)  # fmt: skip
def test_numbers_that_are_no_temperature_or_mass_are_refused(beta, mass, error) -> None:
    with pytest.raises(error, match="expected"):
        learning_log_partition(np.zeros((2, 2)), inverse_temperature=beta, mass=mass)


def test_a_matrix_that_is_not_square_is_refused() -> None:
    with pytest.raises(ValueError, match="square"):
        learning_log_partition(np.zeros((2, 3)), inverse_temperature=1.0)
