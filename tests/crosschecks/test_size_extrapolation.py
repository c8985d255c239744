"""Extrapolation to large layers: exact on its own model, honest about the term it leaves out."""

from __future__ import annotations

import numpy as np
import pytest

from numerics.crosschecks.extrapolation import SizeFit, free_edge_coefficient, seeds_for_rejection

SIZES = (96, 192, 384, 768, 1536)
FIT = SizeFit(n_spins=SIZES, n_seeds=(30,) * 5)


def samples(value: float, terms: dict[float, float], *, spread: float, seed: int = 0) -> list[np.ndarray]:
    rng = np.random.default_rng(seed)
    means = [value + sum(c * n**-p for p, c in terms.items()) for n in SIZES]
    return [m + spread * n ** (-2 / 3) * rng.standard_normal(30) for m, n in zip(means, SIZES, strict=True)]


def test_the_fitted_powers_are_recovered_exactly() -> None:
    exact = samples(1.25, {1.0: 7.0, 4 / 3: -12.0}, spread=1e-9)
    assert FIT.limit(exact).value == pytest.approx(1.25, abs=1e-9)
    assert FIT.coefficient(1, exact).value == pytest.approx(7.0, rel=1e-5)


def test_the_remaining_bias_is_that_of_the_next_power() -> None:
    truth = samples(0.0, {1.0: 7.0, 4 / 3: -12.0, 5 / 3: -12.0}, spread=1e-9)
    bias, error = FIT.remaining_bias(truth)
    actual = abs(FIT.limit(truth).value)
    assert 0.5 * actual < bias < 2 * actual and error < bias


def test_the_planned_error_is_the_found_one() -> None:
    found = np.mean([FIT.limit(samples(0.0, {}, spread=0.8, seed=s)).standard_error for s in range(40)])
    assert found == pytest.approx(FIT.standard_error(0.8), rel=0.05)


def test_the_seeds_asked_for_put_the_rival_where_it_should_be() -> None:
    single = SizeFit(n_spins=SIZES, n_seeds=(1,) * 5)
    n_seeds = seeds_for_rejection(single, distance=0.03, spread=0.8, sigma=7.0)
    planned = SizeFit(n_spins=SIZES, n_seeds=(n_seeds,) * 5)
    assert 0.03 / planned.standard_error(0.8) >= 7.0
    fewer = SizeFit(n_spins=SIZES, n_seeds=(n_seeds - 1,) * 5)
    assert 0.03 / fewer.standard_error(0.8) < 7.0


def test_the_edge_coefficient_can_be_left_to_the_data() -> None:
    exact = samples(1.0, {2 / 3: 1.3, 1.0: 5.0}, spread=1e-9)
    assert free_edge_coefficient(SIZES, exact).value == pytest.approx(1.3, rel=1e-5)


def test_too_few_sizes_are_refused() -> None:
    with pytest.raises(ValueError, match="more sizes than the 3 fitted coefficients"):
        SizeFit(n_spins=(10, 20, 40), n_seeds=(20,) * 3)
