"""Bennett's acceptance ratio: its value, its error bar, and what it warns of."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import kstest

from numerics import bennett_acceptance_ratio, jarzynski

REPETITIONS = 200


def gaussian_works(rng, n_forward, n_reverse, *, difference, variance):
    """Works of a Gaussian process that obeys Crooks' relation."""
    scale = math.sqrt(variance)
    return (
        rng.normal(difference + variance / 2, scale, n_forward),
        rng.normal(-difference + variance / 2, scale, n_reverse),
    )


@pytest.mark.parametrize(("n_forward", "n_reverse", "variance"), [(500, 500, 1.0), (1000, 200, 4.0), (2000, 2000, 9.0)])
def test_errors_are_standard_normal(n_forward, n_reverse, variance):
    errors = []
    for k in range(REPETITIONS):
        works = gaussian_works(np.random.default_rng([21, k]), n_forward, n_reverse, difference=0.4, variance=variance)
        found = bennett_acceptance_ratio(*works)
        assert np.isfinite(found.standard_error)
        errors.append((found.free_energy_difference - 0.4) / found.standard_error)
    assert kstest(errors, "norm").pvalue > 1e-3


def test_the_acceptance_ratio_beats_both_directions_alone():
    forward, reverse = gaussian_works(np.random.default_rng(3), 2000, 2000, difference=1.0, variance=4.0)
    both = bennett_acceptance_ratio(forward, reverse)
    assert both.standard_error < 0.5 * min(jarzynski(forward).standard_error, jarzynski(reverse).standard_error)


def test_directions_swap_the_sign_of_the_difference():
    forward, reverse = gaussian_works(np.random.default_rng(4), 300, 700, difference=1.3, variance=2.0)
    one, other = bennett_acceptance_ratio(forward, reverse), bennett_acceptance_ratio(reverse, forward)
    assert one.log_ratio == pytest.approx(-other.log_ratio, abs=1e-12)
    assert one.standard_error == pytest.approx(other.standard_error, rel=1e-9)


def test_it_solves_bennetts_equation():
    forward, reverse = gaussian_works(np.random.default_rng(5), 40, 90, difference=0.2, variance=2.0)
    shift = bennett_acceptance_ratio(forward, reverse).free_energy_difference
    ratio = math.log(40 / 90)
    ahead = sum(1 / (1 + math.exp(ratio + w - shift)) for w in forward)
    back = sum(1 / (1 + math.exp(-ratio + w + shift)) for w in reverse)
    assert ahead == pytest.approx(back, rel=1e-10)


def test_works_that_do_not_overlap_are_called_unreliable():
    forward, reverse = gaussian_works(np.random.default_rng(6), 500, 500, difference=0.0, variance=400.0)
    assert not bennett_acceptance_ratio(forward, reverse).reliable


def test_reverse_work_of_the_wrong_sign_is_noticed():
    forward, reverse = gaussian_works(np.random.default_rng(7), 500, 500, difference=3.0, variance=1.0)
    found = bennett_acceptance_ratio(forward, -reverse)
    assert not found.reliable
    assert any("spent from 1 to 0" in w or "different protocols" in w for w in found.warnings)


def test_works_that_gain_in_both_directions_are_noticed():
    rng = np.random.default_rng(8)
    found = bennett_acceptance_ratio(rng.normal(-1, 0.5, 300), rng.normal(-1, 0.5, 300))
    assert any("below zero" in w for w in found.warnings)


def test_no_alarm_of_contradiction_on_works_of_one_process():
    alarms = 0
    for k in range(REPETITIONS):
        works = gaussian_works(np.random.default_rng([22, k]), 300, 300, difference=0.4, variance=0.25)
        alarms += not bennett_acceptance_ratio(*works).reliable
    assert alarms <= 2


def test_infinite_works_are_runs_that_are_never_accepted():
    forward = np.concatenate([np.zeros(50), np.full(50, np.inf)])
    found = bennett_acceptance_ratio(forward, np.zeros(100))
    assert found.log_ratio == pytest.approx(math.log(0.5), abs=0.3)
    assert bennett_acceptance_ratio(np.full(30, np.inf), np.zeros(30)).log_ratio == -np.inf
    assert bennett_acceptance_ratio(np.zeros(30), np.full(30, np.inf)).log_ratio == np.inf
    assert np.isnan(bennett_acceptance_ratio(np.full(30, np.inf), np.full(30, np.inf)).log_ratio)


def test_the_name_of_a_bad_argument_is_told():
    with pytest.raises(ValueError, match="reverse_work"):
        bennett_acceptance_ratio([0.0], [])
