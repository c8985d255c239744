"""Gates alarm as often as they say: on Gaussian numbers, on resampled networks and, slowly, on new networks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from numerics.crosschecks.ensembles import THREE_EQUAL
from numerics.crosschecks.extrapolation import SizeFit
from numerics.crosschecks.gate import (
    Estimate,
    binomial_interval,
    combination,
    counted_false_alarms,
    mean_over_seeds,
    student_quantile,
)
from numerics.edge_fluctuations import mean_temperature_shift
from numerics.solvers.critical_temperature import critical_temperature


def test_the_quantile_is_students() -> None:
    # Two-sided 5 % with 4 and 1 % with 19 degrees of freedom, from any printed table.
    assert student_quantile(0.05, 4) == pytest.approx(2.776, abs=5e-4)
    assert student_quantile(0.01, 19) == pytest.approx(2.861, abs=5e-4)


@pytest.mark.parametrize(("rate", "degrees"), [(0.0, 5), (1.0, 5), (0.1, 0)])
def test_an_impossible_gate_is_refused(rate: float, degrees: float) -> None:
    with pytest.raises(ValueError, match="expected a rate between 0 and 1"):
        student_quantile(rate, degrees)


def test_one_seed_has_no_spread() -> None:
    with pytest.raises(ValueError, match="at least two seeds; found 1"):
        mean_over_seeds(np.ones(1))


def test_a_combination_of_one_sample_is_its_mean() -> None:
    values = np.array([1.0, 2.0, 4.0])
    found, mean = combination(np.ones(1), [values]), mean_over_seeds(values)
    assert (found.value, found.degrees_of_freedom) == (mean.value, mean.degrees_of_freedom)
    assert found.standard_error == pytest.approx(mean.standard_error, rel=1e-15)


def test_the_binomial_interval_covers_what_it_says() -> None:
    rng = np.random.default_rng(0)
    low, high = binomial_interval(0.05, 200)
    counts = rng.binomial(200, 0.05, 20_000)
    assert np.mean((counts < low) | (counts > high)) < 1e-3 * 1.5
    assert binomial_interval(0.05, 20) == (0, 5)


def gaussian_samples(rng: np.random.Generator) -> list[np.ndarray]:
    return [rng.normal(1.0, spread, 20) for spread in (0.3, 0.2, 0.1, 0.05)]


FIT = SizeFit(n_spins=(72, 144, 288, 576), n_seeds=(20,) * 4)


@pytest.mark.parametrize("rate", [0.05, 0.001])
def test_gaussian_measurements_alarm_at_the_stated_rate(rate: float) -> None:
    rng, repetitions = np.random.default_rng(1), 20_000
    alarms = 0
    for _ in range(repetitions):
        found = FIT.limit(gaussian_samples(rng))
        alarms += abs(found.value - 1.0) > student_quantile(rate, found.degrees_of_freedom) * found.standard_error
    low, high = binomial_interval(rate, repetitions)
    # Welch's degrees of freedom are an approximation, good to a tenth of the rate here.
    assert 0.9 * low <= alarms <= 1.1 * high


def test_a_gate_that_forgets_students_tails_is_found_out() -> None:
    rng, repetitions = np.random.default_rng(2), 20_000

    def forgetful(samples: Sequence[np.ndarray]) -> Estimate:
        found = mean_over_seeds(samples[0])
        return Estimate(value=found.value, standard_error=found.standard_error, degrees_of_freedom=1e6)

    values = [rng.normal(size=4)]
    alarms = counted_false_alarms(forgetful, values, repetitions=repetitions, rate=0.05, rng=rng)
    assert alarms > binomial_interval(0.05, repetitions)[1]


def temperatures(seed: int, widths: Sequence[int], n_seeds: int) -> list[np.ndarray]:
    """Of networks of three equal layers, the predicted shift taken off."""
    samples = []
    for width in widths:
        sizes, critical = THREE_EQUAL.layer_sizes(width), THREE_EQUAL.critical_temperature
        shift = critical * mean_temperature_shift(sizes, THREE_EQUAL.weight_variances)
        weights = (THREE_EQUAL.weights(width, seed, member) for member in range(n_seeds))
        found = [1 / critical_temperature(w, orientation="in-out").at_minimum for w in weights]
        samples.append(np.array(found) - shift)
    return samples


def test_resampled_networks_alarm_within_the_binomial_interval() -> None:
    widths, repetitions = (8, 12, 18, 27), 200
    fit = SizeFit(n_spins=tuple(3 * w for w in widths), n_seeds=(20,) * 4)
    samples = temperatures(0, widths, 20)
    alarms = counted_false_alarms(fit.limit, samples, repetitions=repetitions, rate=0.05, rng=np.random.default_rng(3))
    low, high = binomial_interval(0.05, repetitions)
    assert low <= alarms <= high


def alarms_on_new_networks(repetitions: int, rate: float) -> int:
    """Every repetition samples its own networks; the truth is the mean of all of them, at these small sizes."""
    widths = (8, 12, 18, 27)
    fit = SizeFit(n_spins=tuple(3 * w for w in widths), n_seeds=(20,) * 4)
    found = [fit.limit(temperatures(1000 + i, widths, 20)) for i in range(repetitions)]
    truth = np.mean([f.value for f in found])
    return sum(abs(f.value - truth) > student_quantile(rate, f.degrees_of_freedom) * f.standard_error for f in found)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_new_networks_alarm_within_the_binomial_interval_in_200_repetitions() -> None:
    low, high = binomial_interval(0.05, 200)
    assert low <= alarms_on_new_networks(200, 0.05) <= high
