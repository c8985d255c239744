"""Jarzynski's estimator: its value, its error bar, and where it warns."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import kstest

from numerics import jarzynski

REPETITIONS = 200


def scores(draw, truth, n, seed):
    """Errors of repeated estimates in units of their own error bars, and whether each was called reliable."""
    found = [jarzynski(draw(np.random.default_rng([seed, k]), n)) for k in range(REPETITIONS)]
    errors = np.array([(f.log_ratio - truth) / f.standard_error for f in found])
    return errors, np.array([f.reliable for f in found])


LIGHT = {
    "narrow Gaussian work": (lambda rng, n: rng.normal(0.3, 0.5, n), -0.3 + 0.125, 400),
    "Gaussian work of unit variance": (lambda rng, n: rng.normal(0, 1, n), 0.5, 10_000),
    "work of two values": (
        lambda rng, n: np.where(rng.random(n) < 0.3, 0.0, 8.0),
        math.log(0.3 + 0.7 * math.exp(-8)),
        500,
    ),
    "works that are infinite for every second run": (
        lambda rng, n: np.where(rng.random(n) < 0.5, np.inf, rng.random(n)),
        math.log((1 - math.exp(-1)) / 2),
        1000,
    ),
}


@pytest.mark.parametrize("case", LIGHT)
def test_errors_are_standard_normal_where_the_estimate_is_called_reliable(case):
    draw, truth, n = LIGHT[case]
    errors, reliable = scores(draw, truth, n, seed=11)
    assert reliable.mean() > 0.95
    assert kstest(errors, "norm").pvalue > 1e-3


@pytest.mark.parametrize("scale", [3.0, 5.0])
def test_wide_gaussian_work_is_called_unreliable(scale):
    errors, reliable = scores(lambda rng, n: rng.normal(0, scale, n), scale**2 / 2, 1000, seed=12)
    assert reliable.mean() < 0.02
    assert kstest(errors, "norm").pvalue < 1e-6, "the case must be one where the error bar fails"


def test_weights_without_a_variance_are_called_unreliable():
    errors, reliable = scores(lambda rng, n: -np.log(rng.pareto(1.2, n) + 1), math.log(6.0), 5000, seed=13)
    assert reliable.mean() < 0.1
    assert kstest(errors, "norm").pvalue < 1e-6


def test_the_error_bar_is_that_of_the_spread_of_estimates():
    values = [jarzynski(np.random.default_rng([14, k]).normal(0, 1, 2000)) for k in range(REPETITIONS)]
    spread = np.std([v.log_ratio for v in values], ddof=1)
    told = np.sqrt(np.mean([v.standard_error**2 for v in values]))
    assert abs(spread / told - 1) < 4 / np.sqrt(2 * REPETITIONS)


def test_far_off_works_neither_overflow_nor_vanish():
    work = np.random.default_rng(1).normal(0, 1, 500)
    shifted, found = jarzynski(work + 1e5), jarzynski(work)
    assert shifted.log_ratio == pytest.approx(found.log_ratio - 1e5, rel=1e-12)
    assert shifted.standard_error == pytest.approx(found.standard_error, rel=1e-6)


def test_one_value_of_work_is_the_free_energy_itself():
    found = jarzynski(np.full(100, 0.7))
    assert found.free_energy_difference == pytest.approx(0.7)
    assert found.standard_error == 0
    assert found.effective_sample_size == pytest.approx(100)


def test_forbidden_final_states_only_have_no_free_energy():
    found = jarzynski(np.full(50, np.inf))
    assert found.log_ratio == -np.inf
    assert found.standard_error == np.inf
    assert "zero" in found.warnings[0]


def test_few_samples_are_called_unreliable():
    assert not jarzynski([0.1]).reliable
    assert jarzynski([0.1]).standard_error == np.inf
    assert not jarzynski([0.1, 0.2, 0.3]).reliable


@pytest.mark.parametrize(
    ("work", "error", "says"),
    [
        ([], ValueError, "at least one"),
        ([[0.1], [0.2]], ValueError, "shape"),
        ([0.1, np.nan], ValueError, "NaN"),
        ([0.1, -np.inf], ValueError, "infinite energy"),
        (["0.1"], TypeError, "real numbers"),
        ([1j], TypeError, "real numbers"),
        ([True], TypeError, "real numbers"),
        ([[1.0], [1.0, 2.0]], ValueError, "unequal length"),
    ],
)
def test_what_is_no_work_is_refused(work, error, says):
    with pytest.raises(error, match=says):
        jarzynski(work)
