"""How often an estimate is called reliable and yet lies far off, for laws of work with known free energies."""

from __future__ import annotations

import math

import numpy as np
import pytest

from numerics import bennett_acceptance_ratio, jarzynski
from numerics.crosschecks.gate import binomial_interval

BEYOND_THREE = 0.0027
"""Of a standard normal number."""
COVERAGE = 1 - 1e-4
"""Of each count, so that a file of thirty alarms falsely once in 300 changes of its seeds."""


def gaussian(variance):
    """Works that obey Crooks' relation; the difference of free energies is zero."""

    def draw(rng, n):
        return rng.normal(variance / 2, math.sqrt(variance), n)

    return draw, draw, 0.0


def exponential(rate):
    """Gains with an exponential tail: weights have moments of order below the rate."""
    return (
        lambda rng, n: -rng.exponential(1 / rate, n),
        lambda rng, n: rng.exponential(1 / (rate - 1), n),
        math.log(rate / (rate - 1)),
    )


def trap(stiffness, dimension):
    """A harmonic trap whose stiffness changes at once from 1; weights have a variance for stiffness above 1/2."""
    return (
        lambda rng, n: (stiffness - 1) * rng.chisquare(dimension, n) / 2,
        lambda rng, n: (1 - stiffness) * rng.chisquare(dimension, n) / (2 * stiffness),
        -dimension / 2 * math.log(stiffness),
    )


def deep_state(probability, depth, variance=0.1):
    """Gaussian works about zero, and a rare state that gains the depth."""
    total = probability * math.exp(depth) + 1 - probability
    share = probability * math.exp(depth) / total

    def noise(rng, n):
        return rng.normal(variance / 2, math.sqrt(variance), n)

    return (
        lambda rng, n: noise(rng, n) - depth * (rng.random(n) < probability),
        lambda rng, n: noise(rng, n) + depth * (rng.random(n) < share),
        math.log(total),
    )


def reliable_scores(law, n, repetitions, seed, *, both=False):
    """Errors in units of their error bars, of those that are called reliable."""
    forward, reverse, truth = law
    scores = []
    for k in range(repetitions):
        rng = np.random.default_rng([seed, n, k])
        found = bennett_acceptance_ratio(forward(rng, n), reverse(rng, n)) if both else jarzynski(forward(rng, n))
        if found.reliable:
            scores.append((found.log_ratio - truth) / found.standard_error)
    return np.array(scores)


LIGHT = {"Gaussian": gaussian(0.25), "stiffened trap": trap(4.0, 1), "far stiffened trap": trap(100.0, 1)}
HEAVY = {
    "Gaussian of variance 5": gaussian(5.0),
    "Gaussian of variance 20": gaussian(20.0),
    "no variance of weights": exponential(1.5),
    "hardly a mean of weights": exponential(1.2),
    "trap that softens too far": trap(0.3, 1),
    "many traps that stiffen": trap(4.0, 10),
}
ALL = {
    **LIGHT,
    **HEAVY,
    "Gaussian of variance 2": gaussian(2.0),
    "trap that softens": trap(0.7, 1),
    "rare deep state": deep_state(0.02, 3.0),
    "very rare deep state": deep_state(0.005, 6.0),
}


@pytest.mark.parametrize("case", LIGHT)
def test_light_tails_miss_as_often_as_a_normal_number(case):
    scores = reliable_scores(LIGHT[case], 300, 1000, seed=51)
    assert len(scores) > 950
    assert np.count_nonzero(np.abs(scores) > 3) <= binomial_interval(BEYOND_THREE, 1000, coverage=COVERAGE)[1]


@pytest.mark.parametrize("case", HEAVY)
def test_heavy_tails_are_seldom_called_reliable_and_far_off(case):
    """Three in a hundred runs pass for reliable, one in a hundred is also five error bars off."""
    scores = reliable_scores(HEAVY[case], 1000, 300, seed=52)
    assert len(scores) <= binomial_interval(0.04, 300, coverage=COVERAGE)[1]
    assert np.count_nonzero(np.abs(scores) > 5) <= binomial_interval(0.007, 300, coverage=COVERAGE)[1]


@pytest.mark.parametrize("case", HEAVY)
def test_twenty_runs_with_heavy_tails_are_hardly_ever_called_reliable(case):
    scores = reliable_scores(HEAVY[case], 20, 1000, seed=55)
    assert np.count_nonzero(np.abs(scores) > 3) <= binomial_interval(0.008, 1000, coverage=COVERAGE)[1]


@pytest.mark.parametrize("case", ALL)
def test_works_from_both_sides_miss_hardly_more_often_than_a_normal_number(case):
    """Also where forward runs never came to a state that matters: counted at most six in a thousand, in all cases."""
    scores = reliable_scores(ALL[case], 300, 300, seed=53, both=True)
    assert np.count_nonzero(np.abs(scores) > 3) <= binomial_interval(0.006, 300, coverage=COVERAGE)[1]


def test_the_limit_on_skewness_and_tail_together_is_what_keeps_heavy_tails_out(monkeypatch):
    """Without it twice as many runs of heavy tails pass for reliable."""
    from numerics.free_energies import sample_mean

    with_limit = sum(len(reliable_scores(HEAVY[c], 1000, 150, seed=54)) for c in HEAVY)
    monkeypatch.setattr(sample_mean, "SKEWNESS_SHARE", np.inf)
    monkeypatch.setattr(sample_mean, "TAIL_SHARE", np.inf)
    without = sum(len(reliable_scores(HEAVY[c], 1000, 150, seed=54)) for c in HEAVY)
    assert without > 1.5 * with_limit
