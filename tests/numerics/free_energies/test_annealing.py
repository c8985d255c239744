"""Annealed importance sampling against systems whose partition functions are known."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from scipy.stats import kstest

from numerics import adaptive_schedule, annealed_importance_sampling

LOG_RATIO = -math.log(2.0)


def energy(lam, x):
    """A harmonic well that becomes four times as stiff."""
    return (1 + 3 * lam) * x**2 / 2


def random_walk(x, lam, rng):
    """One step of Metropolis' algorithm."""
    proposed = x + rng.normal(size=x.shape)
    accepted = rng.random(x.shape) < np.exp(np.minimum(0, energy(lam, x) - energy(lam, proposed)))
    return np.where(accepted, proposed, x)


def gaussian(n, rng):
    return rng.normal(size=n)


def heat_bath(x, lam, rng):
    """An independent state."""
    return rng.normal(size=x.shape) / np.sqrt(1 + 3 * lam)


def estimate(seed, *, schedule=8, n_chains=400, kernel=random_walk, initial=gaussian):
    return annealed_importance_sampling(
        energy, kernel, n_chains=n_chains, schedule=schedule, rng=np.random.default_rng(seed), initial=initial
    )


@pytest.mark.parametrize("schedule", [1, 8, [0.0, 0.5, 1.0]])
def test_errors_are_standard_normal(schedule):
    found = [estimate([31, k], schedule=schedule) for k in range(200)]
    errors = [(f.log_ratio - LOG_RATIO) / f.standard_error for f in found]
    assert np.mean([f.reliable for f in found]) > 0.95
    assert kstest(errors, "norm").pvalue > 1e-3


def test_a_kernel_that_does_not_move_leaves_the_estimate_unbiased():
    found = [estimate([32, k], kernel=lambda x, lam, rng: x) for k in range(100)]
    weights = np.exp([f.log_ratio for f in found])
    assert abs(weights.mean() - 0.5) < 4 * weights.std(ddof=1) / 10


def test_a_start_out_of_equilibrium_is_seen_as_a_wrong_result():
    found = estimate(33, n_chains=5000, initial=lambda n, rng: 0.3 * rng.normal(size=n))
    assert abs(found.log_ratio - LOG_RATIO) > 10 * found.standard_error


def test_more_steps_dissipate_less():
    few, many = estimate(34, schedule=2, n_chains=4000), estimate(34, schedule=32, n_chains=4000)
    assert 0 < many.mean_dissipated_work < few.mean_dissipated_work / 3


def test_every_path_of_a_small_chain_in_mean():
    """The mean of exp(-W) over all paths of two spins' Metropolis chain, from their probabilities."""
    levels, schedule = np.array([0.0, 1.0, -0.5]), [0.0, 0.4, 1.0]

    def transition(lam):
        matrix = np.minimum(1, np.exp(lam * (levels[:, None] - levels[None, :]))) / 3
        return matrix + np.diag(1 - matrix.sum(axis=1))

    total = 0.0
    for path in itertools.product(range(3), repeat=2):
        work = 0.4 * levels[path[0]] + 0.6 * levels[path[1]]
        total += transition(0.4)[path[0], path[1]] / 3 * math.exp(-work)
    assert total == pytest.approx(np.exp(-levels).sum() / 3, rel=1e-12)

    def kernel(x, lam, rng):
        proposed = rng.integers(3, size=x.shape)
        accepted = rng.random(x.shape) < np.exp(np.minimum(0, lam * (levels[x] - levels[proposed])))
        return np.where(accepted, proposed, x)

    found = annealed_importance_sampling(
        lambda lam, x: lam * levels[x],
        kernel,
        n_chains=20_000,
        schedule=schedule,
        rng=np.random.default_rng(35),
        initial=np.arange(20_000) % 3,
    )
    assert abs(found.log_ratio - math.log(total)) < 4 * found.standard_error


def test_states_that_the_path_comes_to_forbid_have_weight_zero():
    def walls(lam, x):
        return np.where(np.abs(x) > 2 - lam, np.inf, 0.0)

    def step(x, lam, rng):
        proposed = x + rng.uniform(-1, 1, size=x.shape)
        return np.where(np.abs(proposed) > 2 - lam, x, proposed)

    found = annealed_importance_sampling(
        walls,
        step,
        n_chains=4000,
        schedule=10,
        rng=np.random.default_rng(36),
        initial=lambda n, rng: rng.uniform(-2, 2, n),
    )
    assert abs(found.log_ratio + math.log(2)) < 4 * found.standard_error


def test_adaptive_steps_are_equally_hard():
    lams = adaptive_schedule(
        energy, heat_bath, n_chains=4000, rng=np.random.default_rng(37), initial=gaussian, relative_entropy=0.01
    )
    assert lams[0] == 0
    assert lams[-1] == 1
    stiffness = 1 + 3 * np.array(lams)
    ratios = stiffness[1:] / stiffness[:-1]
    entropies = (ratios - 1 - np.log(ratios)) / 2
    assert np.all(np.abs(entropies[:-1] - 0.01) < 0.004), "the relative entropy of two Gaussians, in closed form"
    shares = adaptive_schedule(
        energy, heat_bath, n_chains=4000, rng=np.random.default_rng(37), initial=gaussian, effective_share=0.98
    )
    assert abs(len(shares) - len(lams)) <= 2, "half of the variance of log weights is their relative entropy"


@pytest.mark.parametrize(
    ("changes", "error", "says"),
    [
        ({"schedule": 0}, ValueError, "at least one step"),
        ({"schedule": [0.0, 0.7, 0.3, 1.0]}, ValueError, "increase from 0 to 1"),
        ({"schedule": [0.1, 1.0]}, ValueError, "increase from 0 to 1"),
        ({"schedule": True}, TypeError, "schedule"),
        ({"n_chains": 0}, ValueError, "at least one chain"),
        ({"n_chains": 2.5}, TypeError, "integer"),
        ({"initial": np.zeros(3)}, ValueError, "400 chains"),
        ({"kernel": lambda x, lam, rng: x[:-1]}, ValueError, "kernel to return"),
    ],
)
def test_what_has_no_meaning_is_refused(changes, error, says):
    with pytest.raises(error, match=says):
        estimate(38, **changes)


def test_energies_that_are_no_numbers_are_refused():
    def bad(lam, x):
        return np.full(x.shape, np.nan)

    rng = np.random.default_rng(39)
    with pytest.raises(ValueError, match="NaN"):
        annealed_importance_sampling(bad, random_walk, n_chains=5, schedule=1, rng=rng, initial=gaussian)
    with pytest.raises(ValueError, match="one energy a chain"):
        annealed_importance_sampling(lambda lam, x: 0.0, random_walk, n_chains=5, schedule=1, rng=rng, initial=gaussian)
    with pytest.raises(ValueError, match="finite energy"):
        annealed_importance_sampling(
            lambda lam, x: np.where(x > 0, np.inf, 0.0), random_walk, n_chains=50, schedule=1, rng=rng, initial=gaussian
        )


def test_a_schedule_needs_exactly_one_aim():
    rng = np.random.default_rng(40)
    with pytest.raises(ValueError, match="either"):
        adaptive_schedule(energy, random_walk, n_chains=10, rng=rng, initial=gaussian)
    with pytest.raises(ValueError, match="between 0 and 1"):
        adaptive_schedule(energy, random_walk, n_chains=10, rng=rng, initial=gaussian, effective_share=1.5)
