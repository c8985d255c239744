"""The error of a quadrature is never above its estimate, and each sign of an error is needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy import special

from numerics.quadrature.edges import WINDOW, Edges, cut
from numerics.quadrature.estimates import Estimate
from numerics.quadrature.gaussian import gaussian_mean
from numerics.quadrature.integral import definite_integral
from numerics.quadrature.ladder import DOWNWARD, INTERVAL, UPWARD
from numerics.quadrature.rules import Rule, gaussian_rule
from numerics.quadrature.sobol import sobol_mean
from numerics.quadrature.spectrum import OFF_GRID, estimate, functionals, observed, sample_places

TOLERANCE = 1e-10
N_POINTS = 500
# The comparison sum has 6000 terms of relative rounding 1e-16, the rule's own a hundred.
ROUNDING = 4e-15

FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "tanh": np.tanh,
    "squared tanh": lambda u: np.tanh(u) ** 2,
    "fourth power of sech": lambda u: np.cosh(u) ** -4.0,
    "log cosh": lambda u: np.logaddexp(u, -u),
    "erf": special.erf,
    "Gaussian": lambda u: np.exp(-(u**2)),
    "Lorentzian": lambda u: 1 / (1 + u**2),
    "two poles that interfere": lambda u: np.tanh(u + 1) - np.tanh(u - 1),
    "sine": lambda u: np.sin(3 * u),
    "large and small": lambda u: 1 + 1e-6 * np.tanh(4 * u),
}


def density(x: Any) -> Any:
    return np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)


def mean_of(function: Callable[[Any], Any], shift: Any, slope: Any, edges: Edges) -> Estimate:
    """The mean of function(shift + slope x)."""

    def plain(owner: Any, x: Any) -> Any:
        return function(shift[owner, None] + slope[owner, None] * x), None

    return gaussian_mean(plain, lambda owner, x: (plain(owner, x)[0] * density(x), None), edges, TOLERANCE)


def fine_sum(function: Callable[[Any], Any], shift: Any, slope: Any) -> Any:
    """The trapezoidal sum with 6000 nodes: its error is below 1e-16 for a slope up to 10."""
    x = np.linspace(-9.5, 9.5, 6001)
    return np.array([function(a + b * x) @ density(x) for a, b in zip(shift, slope, strict=True)]) * (19 / 6000)


@pytest.mark.parametrize("known", [False, True], ids=["steepness unknown", "steepness known"])
@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_error_exceeds_its_estimate_at_any_of_many_points(name: str, known: bool) -> None:
    rng = np.random.default_rng(3)
    shift, slope = rng.normal(size=N_POINTS), rng.uniform(0.1, 9, N_POINTS)
    edges = Edges.none(N_POINTS)
    if known:
        edges = Edges(hard=edges.hard, soft=(-shift / slope)[:, None], steepness=slope[:, None])
    found = mean_of(FUNCTIONS[name], shift, slope, edges)
    error = np.abs(found.value - fine_sum(FUNCTIONS[name], shift, slope))
    accepted = found.relative_error <= TOLERANCE
    assert accepted.mean() > 0.9
    np.testing.assert_array_less(error, found.error + ROUNDING * found.scale)


def test_undeclared_kinks_are_refused_where_integrands_are_not_known_to_be_smooth() -> None:
    rng = np.random.default_rng(4)
    shift, slope = rng.normal(size=100), rng.uniform(0.1, 4, 100)
    none = Edges.none(100)
    edges = Edges(hard=none.hard, soft=none.soft, steepness=none.steepness, complete=False)
    found = mean_of(np.abs, shift, slope, edges)
    exact = 2 * slope * density(shift / slope) + shift * special.erf(shift / slope / np.sqrt(2))
    assert np.all(np.abs(found.value - exact) <= found.error)


def altered_rule(n_nodes: int, half_range: float) -> Rule:
    places, step = sample_places(n_nodes, half_range)
    return Rule(place=lambda *_: places[None, :], matrix=functionals(places, step, density(places)), stretched=False)


def relative_error(rule: Rule, function: Callable[[Any], Any]) -> float:
    return float(estimate(observed(function(rule.place(None, None)), rule.matrix), smooth=True).relative_error[0])


def test_a_range_that_is_too_short_shows_in_the_tails() -> None:
    assert relative_error(altered_rule(96, 8.9), np.cosh) < 1e-9 < relative_error(altered_rule(96, 4.0), np.cosh)


def test_too_few_nodes_show_in_the_spectrum() -> None:
    steep = FUNCTIONS["squared tanh"]
    assert relative_error(gaussian_rule(242), steep) < TOLERANCE < relative_error(gaussian_rule(48), steep)


def test_a_frequency_beyond_the_grid_shows_off_the_grid_alone() -> None:
    rule = gaussian_rule(48)
    places = rule.place(None, None)
    step = places[0, 1] - places[0, 0]
    samples = np.cos(2 * np.pi * places / step)
    assert estimate(observed(samples, rule.matrix), smooth=True).relative_error[0] > 1e-2
    samples[:, -len(OFF_GRID) :] = samples[0, 0]  # as if it had not been looked at there
    assert estimate(observed(samples, rule.matrix), smooth=True).relative_error[0] < TOLERANCE


def test_wrong_weights_are_found_by_the_mean_of_one() -> None:
    rule = gaussian_rule(48)
    ones = np.ones((1, rule.n_samples))
    assert estimate(observed(ones, rule.matrix), smooth=True).value[0] == pytest.approx(1, rel=ROUNDING)
    assert estimate(observed(ones, 1.001 * rule.matrix), smooth=True).value[0] != pytest.approx(1, rel=ROUNDING)


def test_stretches_lie_between_the_places_of_their_own_point() -> None:
    low, high = np.array([0.0, -np.inf, 2.0, -1.0]), np.array([1.0, np.inf, 2.0, 1.0])
    places = np.array([[0.5, np.nan], [np.nan, np.nan], [2.0, 3.0], [5.0, -7.0]])
    found = cut(low, high, places, uncut=WINDOW)
    np.testing.assert_array_equal(found.owner, [0, 0, 1, 1, 3])
    np.testing.assert_array_equal(found.low, [0, 0.5, -np.inf, 0, -1])
    np.testing.assert_array_equal(found.high, [0.5, 1, 0, np.inf, 1])
    np.testing.assert_array_equal(found.kind, [INTERVAL, INTERVAL, DOWNWARD, UPWARD, WINDOW])


def test_a_peak_far_out_and_one_hundred_times_as_narrow_is_found_by_its_edge() -> None:
    rate, center = 1e4, 3.0
    exact = np.exp(-(center**2) / 2 / (1 + 1 / (2 * rate))) / np.sqrt(1 + 2 * rate)
    edges = Edges(hard=np.empty((1, 0)), soft=np.array([[center]]), steepness=np.array([[np.sqrt(2 * rate)]]))
    found = mean_of(lambda u: np.exp(-rate * u**2), np.array([-center]), np.array([1.0]), edges)
    assert abs(found.value[0] - exact) <= found.error[0] <= TOLERANCE * found.scale[0]


@pytest.mark.parametrize("power", [-0.5, 0.0, 3.0])
def test_powers_between_any_ends_have_their_integrals(power: float) -> None:
    low, high = np.array([0.0, 0.0, 2.0]), np.array([1.0, 1e-6, 5.0])
    found = definite_integral(lambda _, x: (x**power, None), low, high, Edges.none(3), TOLERANCE)
    exact = (high ** (power + 1) - low ** (power + 1)) / (power + 1)
    np.testing.assert_array_less(np.abs(found.value - exact), found.error + ROUNDING * found.scale)
    np.testing.assert_array_less(found.relative_error, TOLERANCE)


def test_the_error_bar_of_scrambles_covers_the_error_and_shrinks() -> None:
    rates = np.linspace(0.1, 1, 7)

    def body(points: Any, x: list[Any]) -> Any:
        return np.exp(-rates[points, None] * sum(row**2 for row in x))

    exact = (1 + 2 * rates) ** -3.0
    coarse, fine = (sobol_mean(body, len(rates), 6, tolerance) for tolerance in (3e-2, 1e-3))
    for found in (coarse, fine):
        np.testing.assert_array_less(np.abs(found.value - exact), found.error)
    assert np.all(fine.relative_error <= 1e-3)
