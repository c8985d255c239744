"""Exact correlations of all combinations of points: against the derived cumulants, set partitions and quadrature."""

from __future__ import annotations

from itertools import combinations_with_replacement
from math import exp, pi, prod, sqrt
from typing import Any

import numpy as np
import pytest

from numerics import RandomNetworks, connected_correlator
from numerics.correlators.combinations import combinations, exponential, logarithm, repetitions, splits, unions
from numerics.correlators.linear_maps import connected_from_deviations
from numerics.correlators.overlaps import coupling, kernel_overlap

SIX = (-0.01, -0.006, -0.002, 0.002, 0.006, 0.01)
CASES: list[tuple[Any, dict[str, Any]]] = [
    ([0.3, -0.8], {"width": 3, "weight_std": 0.7, "bias_std": 0.4}),
    ([[0.3, 0.1], [-0.4, 0.5]], {"width": 2, "weight_std": 1.1, "bias_std": 0.0}),
    (SIX[:3], {"width": 50, "weight_std": 1.0, "bias_std": 1.0}),
]


def set_partitions(items: list[int]) -> Any:
    if not items:
        yield []
        return
    head, *tail = items
    for rest in set_partitions(tail):
        yield [[head], *rest]
        for k, block in enumerate(rest):
            yield [*rest[:k], [head, *block], *rest[k + 1 :]]


def test_six_points_have_the_papers_numbers_of_combinations() -> None:
    assert [len(combinations(6, n)) for n in (2, 4, 6)] == [21, 126, 462]


def test_unions_and_splits_agree_with_sorted_tuples() -> None:
    one, two, both = (list(combinations_with_replacement(range(4), n)) for n in (2, 4, 6))
    places = unions(4, 2, 4)
    for i, a in enumerate(one):
        for j, b in enumerate(two):
            assert both[places[i, j]] == tuple(sorted(a + b))
    first, second = splits(4, 2, 4)
    assert (places[first, second] == np.arange(len(both))).all()


@pytest.mark.parametrize(("points", "ensemble"), CASES)
@pytest.mark.parametrize("order", [2, 4, 6])
def test_connected_correlations_are_the_derived_ones(points: Any, ensemble: dict[str, Any], order: int) -> None:
    networks = RandomNetworks(points, **ensemble)
    found = networks.connected(order)
    for place, row in enumerate(networks.combinations(order)):
        assert found[place] == pytest.approx(connected_correlator(networks.points[row], **ensemble), rel=1e-9)


@pytest.mark.parametrize(("points", "ensemble"), CASES)
@pytest.mark.parametrize("order", [2, 4, 6])
def test_full_correlations_sum_the_derived_ones_over_set_partitions(
    points: Any, ensemble: dict[str, Any], order: int
) -> None:
    networks = RandomNetworks(points, **ensemble)
    row = networks.combinations(order)[1]
    total = gaussian = 0.0
    for blocks in set_partitions(list(range(order))):
        if all(len(b) % 2 == 0 for b in blocks):
            term = prod(connected_correlator(networks.points[row[b]], **ensemble) for b in blocks)
            total += term
            gaussian += term if all(len(b) == 2 for b in blocks) else 0.0
    assert networks.full(order)[1] == pytest.approx(total, rel=1e-12)
    assert networks.gaussian(order)[1] == pytest.approx(gaussian, rel=1e-12)
    assert networks.deviation(order)[1] == pytest.approx(total - gaussian, rel=1e-9, abs=1e-14 * total)


def test_a_correlation_of_twelve_outputs_agrees_with_quadrature_over_one_neuron() -> None:
    """Width one, one point, no biases: E W^12 E g^12, both by Gauss-Hermite quadrature."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(80)
    weights = weights / weights.sum()
    s, x = 0.6, 0.5
    activation = np.exp(s * nodes * x) / np.exp(s**2 * x**2)
    exact = float(weights @ (s * nodes) ** 12) * float(weights @ activation**12)
    assert RandomNetworks([x], width=1, weight_std=s, bias_std=0.0).full(12)[0] == pytest.approx(exact, rel=1e-10)


def test_the_logarithm_undoes_the_exponential() -> None:
    rng = np.random.default_rng(0)
    series = {k: rng.normal(size=len(combinations(3, k))) for k in (2, 4, 6)}
    again = logarithm(3, exponential(3, series, 6), 6)
    assert all(np.allclose(again[k], series[k], rtol=1e-12) for k in series)


def test_repetitions_count_equal_points() -> None:
    rows = combinations(2, 4).tolist()
    assert dict(zip(map(tuple, rows), repetitions(2, 4), strict=True)) == {
        (0, 0, 0, 0): 24.0,
        (0, 0, 0, 1): 6.0,
        (0, 0, 1, 1): 4.0,
        (0, 1, 1, 1): 6.0,
        (1, 1, 1, 1): 24.0,
    }


@pytest.mark.parametrize("d", [1, 2])
def test_the_overlap_of_kernels_is_that_of_gaussians(d: int) -> None:
    rng, s, n = np.random.default_rng(1), 1.7, 4
    networks = RandomNetworks(rng.normal(size=(3, d)), width=5, weight_std=s, bias_std=0.3)
    found = kernel_overlap(networks, n)
    for value, row in zip(found, networks.combinations(n), strict=True):
        x = networks.points[row]
        spread = float(((x - x.mean(axis=0)) ** 2).sum())
        exact = s ** (2 * n) * sqrt(2 * pi * d / (n * s**2)) ** d * exp(-(s**2) * spread / (2 * d))
        assert value == pytest.approx(exact, rel=1e-13)


def test_six_connected_points_are_what_kernels_and_four_leave() -> None:
    networks = RandomNetworks([0.4, -0.3, 0.9], width=4, weight_std=0.9, bias_std=0.3)
    deviations = {n: networks.deviation(n) for n in (4, 6)}
    assert np.allclose(connected_from_deviations(networks, 6, deviations), networks.connected(6), rtol=1e-11)


def test_the_fourth_coupling_without_biases_has_both_signs_and_with_them_one() -> None:
    """Near the origin 2 sigma_W^6 / N times the sum over pairs of products of points, over the overlap."""
    without = RandomNetworks(SIX, width=100, weight_std=1.0, bias_std=0.0)
    u = coupling(without, 4)
    assert u.min() < 0 < u.max() and u.mean() < 0
    x = without.points[without.combinations(4)][:, :, 0]
    pairs = (x.sum(axis=1) ** 2 - (x**2).sum(axis=1)) / 2
    assert np.allclose(without.deviation(4), 2 / 100 * pairs, atol=2 / 100 * 0.01**4 * 30, rtol=0)
    biased = coupling(RandomNetworks(SIX, width=100, weight_std=1.0, bias_std=1.0), 4)
    assert (biased < 0).all() and np.ptp(biased) < 2e-3 * abs(biased.mean())


@pytest.mark.parametrize(
    ("action", "message"),
    [
        (lambda: RandomNetworks([], width=2, weight_std=1.0, bias_std=0.0), "expected points"),
        (lambda: RandomNetworks([0.1], width=0, weight_std=1.0, bias_std=0.0), "expected a width"),
        (lambda: RandomNetworks([0.1], width=2, weight_std=1.0, bias_std=0.0).full(14), "from 2 to 12; found 14"),
        (lambda: RandomNetworks([0.1], width=2, weight_std=1.0, bias_std=0.0).deviation(3), "even number"),
        (
            lambda: connected_from_deviations(RandomNetworks([0.1], width=2, weight_std=1.0, bias_std=0.0), 8, {}),
            "4 or",
        ),
    ],
)
def test_what_has_no_meaning_is_refused_by_ensembles(action: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        action()
