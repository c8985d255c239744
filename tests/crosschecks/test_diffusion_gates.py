"""Brownian particles: they obey their own definitions, gates alarm as often as they say, wrong equations fall."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from numerics.crosschecks.gate import binomial_interval, student_quantile
from numerics.crosschecks.schroedinger_diffusion import (
    CASES,
    DIFFUSION,
    SCHROEDINGER_DIFFUSION,
    TIME,
    bumps_of,
    free_case,
)
from numerics.evolution.fokker_planck import fokker_planck_evolution
from numerics.networks.brownian import moved_freely, moved_under_constraints

RATE = 0.05


def alarms(repetitions: int) -> dict[str, int]:
    """How often each comparison lies outside a gate of one in twenty, on runs of new seeds."""
    found: dict[str, int] = {}
    for seed in range(1000, 1000 + repetitions):
        for c in SCHROEDINGER_DIFFUSION.run(seed=seed, scale="quick"):
            assert c.rival_rejected, c.identifier
            gate = student_quantile(RATE, c.degrees_of_freedom) * c.standard_error + c.finite_size_bias
            found[c.identifier] = found.get(c.identifier, 0) + (abs(c.measurement - c.prediction) > gate)
    return found


def test_new_runs_alarm_within_the_binomial_interval_in_20_repetitions() -> None:
    counted = alarms(20)
    assert len(counted) == len(CASES)
    assert max(counted.values()) <= binomial_interval(RATE, 20)[1]


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_new_runs_alarm_within_the_binomial_interval_in_200_repetitions() -> None:
    """From above only where a bias is part of the gate."""
    low, high = binomial_interval(RATE, 200)
    for name, n in alarms(200).items():
        assert n <= high, name
        assert n >= low or name.endswith("constrained"), name


def test_free_particles_gain_the_diffusion_times_the_time_along_each_coordinate() -> None:
    moved = moved_freely(np.zeros((40_000, 2)), diffusion=0.7, duration=1.5, rng=np.random.default_rng(0))
    assert np.abs(np.cov(moved.T) - 1.05 * np.eye(2)).max() < 5 * 1.05 * np.sqrt(2 / 40_000)


def test_a_force_keeps_the_averages_it_is_to_keep_and_no_others() -> None:
    rng = np.random.default_rng(1)
    start = rng.normal(size=(20_000, 2)) * [1.0, 0.5]
    moved = moved_under_constraints(
        start,
        [lambda x: 2 * x],
        [lambda x: np.full(len(x), 4.0)],
        diffusion=0.7,
        duration=1.5,
        n_steps=30,
        rng=rng,
    )
    before, after = ((x**2).mean(axis=0) for x in (start, moved))
    error = np.sqrt(2 / 20_000)
    assert abs(after.sum() - before.sum()) < 6 * error
    assert after[1] - before[1] > 0.1, "both directions share what is kept"


@pytest.mark.parametrize("dimension", [1, 2])
def test_bumps_have_the_density_that_they_are_sampled_from(dimension: int) -> None:
    case = free_case(dimension, np.random.default_rng(2))
    grid, density = case.both.wave.grid, case.bumps.density
    values = density(*grid.points)
    assert grid.integral(values) == pytest.approx(1, abs=1e-12)
    radius = sum(x**2 for x in grid.points)
    assert grid.integral(values * radius) == pytest.approx(case.bumps.second_moment, rel=1e-10)
    assert grid.integral(values * np.cos(grid.points[0])) == pytest.approx(case.bumps.mean_cosine, abs=1e-10)
    sampled = case.bumps.sample(50_000, np.random.default_rng(3))
    squares = (sampled**2).sum(axis=1)
    assert abs(squares.mean() - case.bumps.second_moment) < 5 * squares.std() / np.sqrt(50_000)


def test_other_diffusion_constants_are_not_accepted() -> None:
    for name, comparison in zip(CASES, SCHROEDINGER_DIFFUSION.run(seed=3, scale="default"), strict=True):
        assert comparison.accepted
        if name == "constrained":
            continue
        case = CASES[name](np.random.default_rng([3, *name.encode()]), "default")
        grid = case.both.wave.grid
        for factor in (0.75, 1.25, 2.0):
            wrong: Any = fokker_planck_evolution(case.bumps.density, grid, diffusion=factor * DIFFUSION, times=[TIME])
            assert not replace(comparison, prediction=case.moments(wrong.densities)[0]).accepted, (name, factor)


def test_the_bumps_of_a_run_are_fixed_by_its_seed() -> None:
    one, other = (bumps_of(2, np.random.default_rng(5)) for _ in range(2))
    assert (one.centers == other.centers).all() and one.width == other.width
