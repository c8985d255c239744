"""Networks whose transition is known in closed form, and symmetries that the transition must respect."""

from __future__ import annotations

from math import cos, pi, sqrt
from typing import Any

import numpy as np
import pytest

from numerics.solvers.critical_temperature import CriticalTemperature, critical_temperature


def block_diagonal(first: list[Any], second: list[Any]) -> list[Any]:
    """Two networks of the same depth side by side, without bonds between them."""
    joined = []
    for a, b in zip(first, second, strict=True):
        block = np.zeros((a.shape[0] + b.shape[0], a.shape[1] + b.shape[1]))
        block[: a.shape[0], : a.shape[1]], block[a.shape[0] :, a.shape[1] :] = a, b
        joined.append(block)
    return joined


@pytest.mark.parametrize("bond", [2.0, -0.3, 1e-250, 1e250])
def test_single_bond_has_its_minimum_at_half_its_inverse(bond: float) -> None:
    """lambda = 1 - beta w + (beta w)^2."""
    result = critical_temperature([[[bond]]])
    assert result.temperature == pytest.approx(2 * abs(bond), rel=1e-12)
    assert result.least_eigenvalue == pytest.approx(0.75, abs=1e-14)
    assert not result.crosses
    assert result.first_crossing is None


def test_single_bond_reaches_a_threshold_at_the_smaller_root() -> None:
    result = critical_temperature([[[2.0]]], threshold=0.9)
    assert result.crosses
    assert result.inverse_temperature == pytest.approx((1 - sqrt(1 - 0.4)) / 4, rel=1e-12)
    assert result.at_minimum == pytest.approx(0.25, rel=1e-12)


@pytest.mark.parametrize("n_leaves", [2, 5, 400])
def test_star_of_equal_bonds_is_a_problem_in_two_variables(n_leaves: int) -> None:
    """One neuron with n bonds w = 1: max over x of j^2 / 4 d with v = (x, y / sqrt(n) ...), x^2 + y^2 = 1."""
    angles = np.linspace(0, pi / 2, 2_000_001)
    x, y = np.cos(angles), np.sin(angles)
    depths = 1 - n_leaves * x**2 * y**2 / (n_leaves * x**2 + y**2 + 1e-300)
    result = critical_temperature([np.ones((1, n_leaves))])
    assert result.least_eigenvalue == pytest.approx(depths.min(), rel=1e-10, abs=1e-10)


def test_complete_bipartite_network_of_equal_bonds_melts_at_the_quadratic_root() -> None:
    """n x n bonds w: the uniform vector has j = n w and d = n w^2, so 1 - beta n w + beta^2 n w^2 = 0."""
    n, w = 30, 0.2
    result = critical_temperature([np.full((n, n), w)])
    beta = (n * w - sqrt((n * w) ** 2 - 4 * n * w**2)) / (2 * n * w**2)
    assert result.first_crossing == pytest.approx(beta, rel=1e-12)
    assert result.at_minimum == pytest.approx(1 / (2 * w), rel=1e-12)
    assert result.least_eigenvalue == pytest.approx(1 - n / 4, rel=1e-12)


def test_long_chain_approaches_the_infinite_one() -> None:
    """Bonds 1: away from the ends lambda(beta) = 1 - 2 beta cos(pi / (N + 1)) + 2 beta^2; the ends gain less."""
    chain = critical_temperature([np.ones((1, 1))] * 60, orientation="in-out")
    infinite = 1 - cos(pi / 62) ** 2 / 2
    assert chain.least_eigenvalue > 0.5
    assert chain.least_eigenvalue == pytest.approx(infinite, abs=1e-3)


@pytest.mark.parametrize("factor", [3.0, 1e-120, 1e120, -1.7])
def test_temperature_scales_with_the_weights(factor: float, gaussian: Any) -> None:
    weights = gaussian((20, 13, 8, 6), seed=2, variance=3.0)
    plain = critical_temperature(weights)
    scaled = critical_temperature([factor * w for w in weights])
    assert scaled.temperature == pytest.approx(abs(factor) * plain.temperature, rel=1e-10)
    assert scaled.least_eigenvalue == pytest.approx(plain.least_eigenvalue, abs=1e-12)
    assert scaled.at_minimum == pytest.approx(plain.at_minimum / abs(factor), rel=1e-8)


def same(a: CriticalTemperature, b: CriticalTemperature) -> bool:
    pairs = ((a.temperature, b.temperature), (a.at_minimum, b.at_minimum), (a.least_eigenvalue, b.least_eigenvalue))
    return all(abs(x - y) <= 1e-8 * abs(x) for x, y in pairs)


def test_reversed_layers_permuted_neurons_and_flipped_spins_change_nothing(gaussian: Any) -> None:
    weights = gaussian((12, 17, 9), seed=8)
    plain = critical_temperature(weights)
    rng = np.random.default_rng(1)
    order, signs = rng.permutation(17), rng.choice([-1.0, 1.0], 17)
    assert same(plain, critical_temperature([w.T for w in reversed(weights)]))
    assert same(plain, critical_temperature([weights[0][:, order], weights[1][order]]))
    assert same(plain, critical_temperature([weights[0] * signs, signs[:, None] * weights[1]]))


def test_transposed_weights_are_the_other_orientation(gaussian: Any) -> None:
    weights = gaussian((12, 17, 9), seed=8)
    stored = [np.ascontiguousarray(w.T) for w in weights]
    assert same(critical_temperature(weights), critical_temperature(stored))
    assert same(critical_temperature(weights), critical_temperature(stored, orientation="out-in"))


def test_threshold_at_its_own_minimum_is_touched_there(gaussian: Any) -> None:
    """Section 3.2 of the paper: before training, the criterion gives the minimum itself."""
    weights = gaussian((25, 20, 10), seed=5)
    before = critical_temperature(weights)
    again = critical_temperature(weights, threshold=before.least_eigenvalue)
    assert not before.crosses
    assert again.crosses
    assert again.inverse_temperature == pytest.approx(before.at_minimum, rel=1e-8)


def test_threshold_just_above_the_minimum_is_reached_just_before_it(gaussian: Any, dense: Any) -> None:
    weights = gaussian((25, 20, 10), seed=5)
    before = critical_temperature(weights)
    threshold = before.least_eigenvalue + 1e-6
    again = critical_temperature(weights, threshold=threshold)
    assert before.at_minimum * 0.99 < again.inverse_temperature < before.at_minimum * (1 - 1e-4)
    assert dense(weights).least(again.inverse_temperature) == pytest.approx(threshold, abs=1e-12)


def test_planted_outlier_raises_the_temperature_to_its_own(gaussian: Any) -> None:
    """A rank-one signal of strength s between large layers melts near the root of 1 - beta s + beta^2 d."""
    n, strength = 300, 6.0
    rng = np.random.default_rng(0)
    left, right = (v / np.linalg.norm(v) for v in rng.standard_normal((2, n)))
    noise = gaussian((n, n), seed=1)
    plain = critical_temperature(noise)
    planted = critical_temperature([noise[0] + strength * np.outer(left, right)])
    singular = strength + 1 / strength  # where the outlier of a unit-variance square matrix lies, for large n
    reaction = 1 + strength**2 / n
    root = (singular - sqrt(singular**2 - 4 * reaction)) / (2 * reaction)
    assert not plain.crosses
    assert planted.crosses
    assert planted.inverse_temperature == pytest.approx(root, rel=0.05)


@pytest.mark.parametrize("factor", [1e-2, 0.4, 30.0])
def test_of_two_uncoupled_networks_the_deeper_minimum_is_found(factor: float, gaussian: Any) -> None:
    shallow, deep = gaussian((8, 6, 5), seed=1), gaussian((30, 25, 20), seed=2)
    alone = critical_temperature(deep)
    joined = critical_temperature(block_diagonal(shallow, [factor * w for w in deep]))
    assert critical_temperature(shallow).least_eigenvalue > alone.least_eigenvalue
    assert joined.least_eigenvalue == pytest.approx(alone.least_eigenvalue, abs=1e-10)
    assert joined.at_minimum == pytest.approx(alone.at_minimum / factor, rel=1e-8)


@pytest.mark.parametrize("factor", [5.0, 40.0])
def test_an_earlier_shallower_dip_is_the_first_crossing(factor: float, gaussian: Any) -> None:
    """The strong network dips below the threshold first, the weak one later and deeper."""
    strong = [factor * w for w in gaussian((9, 7, 6), seed=3)]
    weak = gaussian((30, 25, 20), seed=2)
    threshold = 0.6
    first = critical_temperature(strong, threshold=threshold)
    joined = critical_temperature(block_diagonal(strong, weak), threshold=threshold)
    assert first.crosses
    assert joined.first_crossing == pytest.approx(first.first_crossing, rel=1e-8)
    assert joined.at_minimum == pytest.approx(critical_temperature(weak).at_minimum, rel=1e-8)
    assert joined.at_minimum > 2 * first.at_minimum


def test_equal_minima_are_told_at_the_higher_temperature() -> None:
    assert critical_temperature([np.diag([1.0, 3.0, 2.0])]).temperature == pytest.approx(6.0, rel=1e-10)


def test_neurons_without_bonds_change_nothing(gaussian: Any) -> None:
    first, second = gaussian((10, 8, 5), seed=6)
    padded = [np.pad(first, ((2, 0), (1, 3))), np.pad(second, ((1, 3), (0, 4)))]
    assert same(critical_temperature([first, second]), critical_temperature(padded))
    assert len(critical_temperature(padded).eigenvector) == 10 + 8 + 5 + 2 + 4 + 4


def test_single_precision_weights_are_promoted_exactly(gaussian: Any) -> None:
    weights = gaussian((40, 30, 10), seed=7)
    narrow = [w.astype(np.float32) for w in weights]
    result = critical_temperature(narrow)
    assert same(result, critical_temperature([w.astype(np.float64) for w in narrow]))
    assert result.temperature == pytest.approx(critical_temperature(weights).temperature, rel=1e-6)


def test_integers_and_strided_views_are_weights_too() -> None:
    integers = np.arange(-6, 6).reshape(4, 3)
    strided = np.zeros((8, 9))
    strided[::2, ::3] = integers
    assert same(critical_temperature([integers]), critical_temperature([strided[::2, ::3]]))
    assert same(critical_temperature([integers]), critical_temperature([integers.tolist()]))


def test_the_input_is_left_as_it_is(gaussian: Any) -> None:
    weights = gaussian((10, 8, 5), seed=6)
    for w in weights:
        w.flags.writeable = False
    critical_temperature(weights)


def test_every_call_gives_the_same_bits(gaussian: Any) -> None:
    weights = gaussian((30, 20, 10), seed=6)
    first, second = critical_temperature(weights), critical_temperature(weights)
    assert first.temperature == second.temperature
    assert np.array_equal(first.eigenvector, second.eigenvector)


def test_a_survey_bounds_every_other_temperature(gaussian: Any) -> None:
    result = critical_temperature(gaussian((30, 20, 10), seed=6))
    assert result.least_eigenvalue - 2.5e-3 < result.least_eigenvalue_bound <= result.least_eigenvalue
