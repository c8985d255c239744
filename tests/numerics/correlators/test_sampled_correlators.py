"""Estimates from sampled networks against the exact correlations where these are seen; seeds, threads, stores."""

from __future__ import annotations

from typing import Any, get_args

import numpy as np
import pytest

from numerics import RandomNetworks, sampled_correlators, signal_to_noise
from numerics.correlators.noise import product_covariance, variance_gain
from numerics.correlators.plain import mean_products
from numerics.correlators.sampled import Estimator, over_bags
from numerics.networks.exponential import sample_outputs

POINTS = [-0.3, 0.1, 0.4]
ENSEMBLE: dict[str, Any] = {"width": 3, "weight_std": 0.6, "bias_std": 0.0}
ESTIMATORS = get_args(Estimator)
SIX = (-0.01, -0.006, -0.002, 0.002, 0.006, 0.01)


@pytest.mark.parametrize("estimator", ESTIMATORS)
@pytest.mark.parametrize("ensemble", [ENSEMBLE, {**ENSEMBLE, "bias_std": 0.2, "width": 2}])
def test_every_estimator_is_unbiased(estimator: Any, ensemble: dict[str, Any]) -> None:
    """The average over combinations, within 4.5 standard errors of 40 bags: Student's tail there is 1 in 15 000."""
    found = sampled_correlators(
        POINTS, **ensemble, n_bags=40, n_networks=20_000, seed=3, estimator=estimator, orders=(4, 6)
    )
    for n in (4, 6):
        value, error = over_bags(found.bags[n].mean(axis=1))
        assert abs(value - found.networks.deviation(n).mean()) < 4.5 * error
    value, error = over_bags(found.connected_bags(6).mean(axis=1))
    assert abs(value - found.networks.connected(6).mean()) < 4.5 * error


@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_estimates_see_another_ensemble(estimator: Any) -> None:
    """Output weights of variance sigma_W^2 / (N + 1) would give another fourth correlation; it is refused."""
    found = sampled_correlators(
        POINTS, **ENSEMBLE, n_bags=20, n_networks=40_000, seed=3, estimator=estimator, orders=(4,)
    )
    value, error = over_bags(found.bags[4].mean(axis=1))
    shrunk = 3 / 4
    networks = found.networks
    other = shrunk**2 * networks.full(4) - networks.gaussian(4)
    assert abs(value - other.mean()) > 5 * error


def test_the_averaged_estimators_have_less_variance() -> None:
    errors = [
        over_bags(
            sampled_correlators(SIX, **ENSEMBLE, n_bags=10, n_networks=500, seed=0, estimator=e, orders=(4,))
            .bags[4]
            .mean(axis=1)
        )[1]
        for e in ("plain", "averaged over outputs")
    ]
    assert errors[0] > 1000 * errors[1]


def test_plain_networks_are_worth_themselves() -> None:
    found = sampled_correlators(POINTS, **ENSEMBLE, n_bags=400, n_networks=200, seed=4, orders=(2, 4))
    for n in (2, 4):
        assert variance_gain(found, n) == pytest.approx(1, rel=0.4)


def test_averaging_over_biases_removes_what_is_too_rare_to_be_sampled() -> None:
    case: dict[str, Any] = {"width": 5, "weight_std": 1.0, "bias_std": 1.0}
    found = sampled_correlators(
        SIX, **case, n_bags=10, n_networks=200, seed=0, estimator="averaged over outputs and biases"
    )
    for n in (4, 6):
        value, error = over_bags(found.bags[n].mean(axis=1))
        exact = found.networks.deviation(n).mean()
        assert abs(value - exact) < 5 * error and error < 1e-2 * exact


@pytest.mark.parametrize("order", [2, 4, 6])
def test_exact_noise_is_that_of_many_bags(order: int) -> None:
    """The variance between 400 bags: its relative standard error is a tenth, the tails included."""
    found = sampled_correlators(POINTS, **ENSEMBLE, n_bags=400, n_networks=500, seed=1)
    exact = signal_to_noise(POINTS, **ENSEMBLE, n_networks=500, order=order)
    spread = found.bags[order].mean(axis=1).std(ddof=1)
    assert spread == pytest.approx(exact.mean_standard_error, rel=0.25)
    each = found.bags[order].std(axis=0, ddof=1)
    assert np.allclose(each, exact.standard_error, rtol=0.4)


def test_exact_noise_of_connected_correlations_is_that_of_many_bags() -> None:
    found = sampled_correlators(POINTS, **ENSEMBLE, n_bags=400, n_networks=500, seed=2)
    exact = signal_to_noise(POINTS, **ENSEMBLE, n_networks=500, order=6, connected=True)
    assert found.connected_bags(6).mean(axis=1).std(ddof=1) == pytest.approx(exact.mean_standard_error, rel=0.3)


def test_the_noise_of_one_wide_network_is_gaussian() -> None:
    """Infinitely wide networks at one point: f^4 has the variance 105 - 9 in units of K^4."""
    networks = RandomNetworks([0.0], width=10**9, weight_std=1.0, bias_std=0.0)
    assert product_covariance(networks, 4)[0, 0] == pytest.approx(96, rel=1e-6)


def test_figure_two_lies_below_the_noise_but_for_one_point() -> None:
    """With the paper's 900 000 networks u_4 stands out of the noise at N = 2 and sigma_W = 20 alone."""
    ratios = {
        (n, s): signal_to_noise(SIX, width=n, weight_std=s, bias_std=0.0, n_networks=900_000).mean_ratio
        for n in (2, 10, 100, 1000)
        for s in (1.0, 5.0, 10.0, 20.0)
    }
    assert [case for case, ratio in ratios.items() if ratio > 1] == [(2, 20.0)]


def test_products_of_outputs_are_averaged_as_written_out() -> None:
    outputs = np.random.default_rng(0).normal(size=(50, 3))
    for order in (2, 4, 6):
        rows = RandomNetworks(POINTS, **ENSEMBLE).combinations(order)
        direct = [np.mean(np.prod(outputs[:, row], axis=1)) for row in rows]
        assert np.allclose(mean_products(outputs, order), direct, rtol=1e-12)


def test_outputs_are_those_of_networks_written_out() -> None:
    """One network of the ensemble, layer by layer, from the same draws in the same order."""
    points, s, t, width = np.array([[0.3, -0.2], [0.1, 0.5]]), 0.8, 0.6, 4
    found = sample_outputs(points, width=width, weight_std=s, bias_std=t, n_networks=1, rng=np.random.default_rng(7))
    rng = np.random.default_rng(7)
    first = s / np.sqrt(2) * rng.standard_normal((2, width))
    hidden_bias = t * rng.standard_normal(width)
    second = s / np.sqrt(width) * rng.standard_normal(width)
    output_bias = t * rng.standard_normal()
    for k, x in enumerate(points):
        g = np.exp(first.T @ x + hidden_bias) / np.sqrt(np.exp(2 * (t**2 + s**2 / 2 * x @ x)))
        assert found[0, k] == pytest.approx(second @ g + output_bias, rel=1e-13)


class CountingStore:
    """Keeps units in memory."""

    def __init__(self) -> None:
        self.units: dict[tuple[str, int], Any] = {}

    def has(self, run: Any, *, unit: int = 0) -> bool:
        return (repr(run), unit) in self.units

    def get(self, run: Any, *, unit: int = 0) -> Any:
        return type("Unit", (), {"arrays": self.units[repr(run), unit]})()

    def put(self, run: Any, arrays: Any, metadata: Any = None, *, unit: int = 0) -> None:
        self.units[repr(run), unit] = dict(arrays)


def test_threads_and_stores_do_not_change_a_number() -> None:
    case: dict[str, Any] = {**ENSEMBLE, "n_networks": 100, "seed": 5}
    plain, store = sampled_correlators(POINTS, **case, n_bags=6), CountingStore()
    sampled_correlators(POINTS, **case, n_bags=3, store=store)
    seen: list[tuple[int, int]] = []
    again = sampled_correlators(
        POINTS, **case, n_bags=6, workers=2, store=store, progress=lambda *news: seen.append(news)
    )
    assert all((again.bags[n] == plain.bags[n]).all() for n in (2, 4, 6))
    assert len(store.units) == 6 and seen == [(4, 6), (5, 6), (6, 6)]


def test_seeds_and_ensembles_have_numbers_of_their_own() -> None:
    case: dict[str, Any] = {**ENSEMBLE, "n_networks": 50, "n_bags": 2, "orders": (2,)}
    one, other = (sampled_correlators(POINTS, **case, seed=s).bags[2] for s in (0, 1))
    assert not np.isclose(one, other).any()
    assert not np.isclose(one[0], one[1]).any()
    wider = sampled_correlators(POINTS, **{**case, "weight_std": 1.2}, seed=0).bags[2]
    assert not np.isclose(wider / 4, one).any()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"n_bags": 1}, "n_bags as an integer of at least 2; found 1"),
        ({"n_networks": 0}, "n_networks"),
        ({"workers": 1.5}, "workers"),
        ({"orders": (3,)}, "orders of 2, 4, 6"),
        ({"estimator": "best"}, "one of the estimators plain"),
    ],
)
def test_a_call_that_has_no_meaning_is_refused(changes: dict[str, Any], message: str) -> None:
    case: dict[str, Any] = {**ENSEMBLE, "n_bags": 2, "n_networks": 10, "seed": 0}
    with pytest.raises(ValueError, match=message):
        sampled_correlators(POINTS, **{**case, **changes})


@pytest.mark.parametrize("changes", [{"n_networks": 0}, {"order": 3}])
def test_a_noise_that_has_no_meaning_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="expected"):
        signal_to_noise(POINTS, **{**ENSEMBLE, "n_networks": 10, **changes})


def test_one_bag_has_no_spread() -> None:
    with pytest.raises(ValueError, match="at least two bags"):
        over_bags(np.ones((1, 3)))
