"""What is derived of both evolutions beside what the solvers find."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from numerics.evolution.derived import (
    entropy_production_density,
    phase_energy_density,
    rate_beyond_diffusion,
    variances,
)
from numerics.evolution.flow_terms import flow_terms
from numerics.evolution.fokker_planck import fokker_planck_evolution
from numerics.evolution.grid import Grid
from numerics.evolution.schroedinger import schroedinger_evolution, wave_function

DIFFUSION = 0.7
GRID = Grid.line(-24.0, 24.0, 512)
X = GRID.points[0]


def gaussian(variance: float) -> Any:
    return np.exp(-(X**2) / (2 * variance)) / np.sqrt(2 * np.pi * variance)


@pytest.mark.parametrize("first", [0.6, 1.5])
def test_solvers_spread_gaussians_as_is_derived(first: float) -> None:
    times = np.array([0.3, 1.0, 2.0])
    wave = schroedinger_evolution(np.sqrt(gaussian(first)), GRID, diffusion=DIFFUSION, times=times)
    diffused = fokker_planck_evolution(gaussian(first), GRID, diffusion=DIFFUSION, times=times)
    of_wave, of_diffusion = (law(DIFFUSION, times, first) for law in variances())
    assert np.allclose(wave.mean(X**2), of_wave, rtol=1e-10)
    assert np.allclose(diffused.mean(X**2), of_diffusion, rtol=1e-10)
    assert (np.abs(of_wave - of_diffusion) > 1e-3).any()


def test_the_densities_of_the_functional_are_those_of_its_lines() -> None:
    p, slope, turn = 0.3, -0.4, 0.9
    assert phase_energy_density()(DIFFUSION, p, turn) == pytest.approx(2 * DIFFUSION * p * turn**2)
    step = 1e-5
    root = (np.sqrt(p + step * slope) - np.sqrt(p - step * slope)) / (2 * step)
    assert entropy_production_density()(DIFFUSION, p, slope) == pytest.approx(2 * DIFFUSION * root**2, rel=1e-8)


def test_both_changes_of_the_density_differ_as_is_derived() -> None:
    """The derivatives in closed form, where the terms take them from the wave."""
    p = gaussian(0.8)
    slopes = -X / 0.8 * p, (X**2 / 0.8 - 1) / 0.8 * p
    turns = 0.5 * np.cos(X), -0.5 * np.sin(X)
    terms = flow_terms(wave_function(p, 0.5 * np.sin(X), GRID), GRID, diffusion=DIFFUSION)
    derived = rate_beyond_diffusion()(DIFFUSION, p, *slopes, *turns)
    assert np.abs(terms.apart - derived).max() < 1e-12
    assert np.abs(derived).max() > 0.1
