"""Both evolutions of the same start: distances, terms and rates of Gaussian densities with quadratic phases."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from numerics.evolution.constrained_terms import constrained_terms
from numerics.evolution.distances import (
    hellinger_distance,
    integrated_difference,
    relative_entropy,
    wasserstein_distance,
)
from numerics.evolution.flow_terms import flow_terms
from numerics.evolution.grid import Grid
from numerics.evolution.schroedinger import wave_function
from numerics.evolution.two_evolutions import two_evolutions

DIFFUSION, SPREAD = 0.8, 1.2


def gaussian(x: Any, mean: float, spread: float) -> Any:
    return np.exp(-(((x - mean) / spread) ** 2) / 2) / (spread * math.sqrt(2 * math.pi))


def chirped(curvature: float, **changes: Any) -> Any:
    """From N(0, SPREAD^2) with the phase curvature x^2 / 2."""
    given: Any = {"diffusion": DIFFUSION, "times": [0.0, 0.01, 0.5, 1.0], **changes}
    return two_evolutions(
        lambda x: gaussian(x, 0.0, SPREAD), lambda x: curvature * x**2 / 2, Grid.line(-24.0, 24.0, 1024), **given
    )


def spreads(curvature: float, time: Any) -> tuple[Any, Any]:
    """Standard deviations of the wave's density and of the diffused one."""
    turned = (1 + curvature * DIFFUSION * time) ** 2 + (DIFFUSION * time / (2 * SPREAD**2)) ** 2
    return SPREAD * np.sqrt(turned), np.sqrt(SPREAD**2 + DIFFUSION * time)


@pytest.mark.parametrize("curvature", [0.0, 1 / (2 * SPREAD**2), 0.9, -0.4])
def test_distances_are_those_of_gaussian_densities(curvature: float) -> None:
    found = chirped(curvature)
    a, b = spreads(curvature, found.times)
    # A density that is constant in cells has a variance that is larger by the square of the spacing over 12.
    cells = np.hypot((a, b), 48 / 1024 / math.sqrt(12))
    assert np.allclose(found.wasserstein_distances, np.abs(cells[0] - cells[1]), atol=1e-6)
    # Of the widest wave a mass of 1e-8 lies where the other density has no digits left.
    assert np.allclose(found.relative_entropies, np.log(b / a) + a**2 / (2 * b**2) - 0.5, atol=1e-7)
    assert np.allclose(found.hellinger_distances**2, 1 - np.sqrt(2 * a * b / (a**2 + b**2)), atol=1e-12)
    x = found.wave.grid.points[0]
    for p, time in zip(found.differences, found.times, strict=True):
        both = spreads(curvature, time)
        assert np.abs(p - gaussian(x, 0, both[0]) + gaussian(x, 0, both[1])).max() < 1e-12
    assert found.wave_residuals.shape == (4, 0)


@pytest.mark.parametrize("curvature", [0.0, 1 / (2 * SPREAD**2), 0.9, -0.4])
def test_terms_and_rates_are_those_of_gaussian_densities(curvature: float) -> None:
    terms = chirped(curvature).at_start
    assert terms.kept == pytest.approx(DIFFUSION / (2 * SPREAD**2))
    assert terms.dropped == pytest.approx(2 * DIFFUSION * curvature**2 * SPREAD**2, abs=1e-12)
    assert terms.cross == pytest.approx(-2 * DIFFUSION * curvature)
    slope = DIFFUSION * (curvature - 1 / (2 * SPREAD**2))
    assert terms.wasserstein_rate == pytest.approx(abs(slope) * SPREAD, abs=2e-8)
    # -d/dx (p slope x) = slope p (x^2 / s^2 - 1): int |.| is twice the integral of the positive part.
    assert terms.integrated_rate == pytest.approx(4 * abs(slope) * math.exp(-0.5) / math.sqrt(2 * math.pi), abs=1e-4)
    assert terms.entropy_curvature == pytest.approx(2 * slope**2, rel=1e-8, abs=1e-12)


@pytest.mark.parametrize("curvature", [0.0, 0.9, -0.4])
def test_to_first_order_in_time_the_terms_say_how_far_apart_the_evolutions_are(curvature: float) -> None:
    short = [0.004, 0.008]
    found = chirped(curvature, times=short)
    for distances, rate, power in (
        (found.wasserstein_distances, found.at_start.wasserstein_rate, 1),
        (found.integrated_differences, found.at_start.integrated_rate, 1),
        (found.relative_entropies, found.at_start.entropy_curvature / 2, 2),
        (8 * found.hellinger_distances**2, found.at_start.entropy_curvature, 2),
    ):
        misses = np.abs(distances / (rate * found.times**power) - 1)
        assert misses[0] < 0.02
        assert misses[1] == pytest.approx(2 * misses[0], rel=0.25), "the next order is the next power of the time"


def test_the_evolutions_touch_where_the_phase_is_minus_half_the_log_density() -> None:
    found = chirped(1 / (2 * SPREAD**2), times=[0.02, 0.04])
    assert found.wasserstein_distances[1] / found.wasserstein_distances[0] == pytest.approx(4, rel=0.02)
    assert found.at_start.dropped == pytest.approx(found.at_start.kept), (
        "and what is dropped is as large as what is kept"
    )


@pytest.mark.parametrize("curvature", [0.0, 1 / (2 * SPREAD**2), 0.9, -0.4])
def test_the_distance_stays_below_its_bound(curvature: float) -> None:
    found = chirped(curvature, times=np.linspace(0.0, 2.0, 9))
    assert (found.wasserstein_distances <= found.wasserstein_bounds + 1e-5).all()
    assert found.wasserstein_distances[-1] > 0.2 * found.wasserstein_bounds[-1]
    assert found.wasserstein_bounds[0] == 0


def test_the_sum_of_terms_is_four_times_the_energy_less_twice_the_growth_of_entropy() -> None:
    grid = Grid.square(-9.0, 9.0, 72)
    x, y = grid.points
    density = np.exp(-(x**2 + 0.7 * y**2 + 0.3 * x * y) / 2) * (1.4 + np.sin(x))
    density /= grid.integral(density)
    found = two_evolutions(density, 0.4 * np.sin(x + 0.5 * y), grid, diffusion=DIFFUSION, times=[0.0, 1e-4])
    terms = found.at_start
    assert terms.kept + terms.dropped == pytest.approx(4 * found.wave.energies[0])
    entropies = [-grid.integral(p * np.log(p)) for p in found.wave.densities]
    assert terms.cross == pytest.approx(-2 * np.diff(entropies)[0] / 1e-4, rel=1e-3)
    assert np.abs(found.differences[1] / 1e-4 - terms.apart).max() < 1e-3
    assert found.integrated_differences[1] == pytest.approx(1e-4 * terms.integrated_rate, rel=1e-3)
    assert np.isnan(found.wasserstein_distances).all()


def test_a_wave_leaves_its_constraints_as_the_gram_matrix_says() -> None:
    """d/dt int p Theta_k = (D/4) sum_l Phi_l int p grad Theta_k . grad Theta_l at the start."""
    grid, phi = Grid.line(-14.0, 14.0, 512), (0.6, -0.3)
    found = two_evolutions(
        lambda x: gaussian(x, 0.0, 1.0),
        lambda x: (phi[0] * x + phi[1] * (x**2 - 1)) / 4,
        grid,
        diffusion=DIFFUSION,
        times=[0.0, 1e-3, 0.5],
        constraints=[lambda x: x, lambda x: x**2 - 1],
        time_step=0.05,
    )
    expected = DIFFUSION / 4 * np.array([phi[0] * 1, phi[1] * 4])
    assert np.allclose(found.wave_residuals[1] / 1e-3, expected, rtol=2e-3)
    assert np.abs(found.diffused.constraint_residuals).max() < 1e-12
    assert found.diffused.mean(lambda x: x**2)[-1] == pytest.approx(1)
    # With the variance held the density stands still, and the wave's does not.
    assert np.abs(found.diffused.densities[-1] - found.diffused.densities[0]).max() < 1e-3
    assert found.integrated_differences[-1] > 0.05


def test_the_wasserstein_distance_is_that_of_sorted_samples_and_of_shifts() -> None:
    grid = Grid.line(-10.0, 10.0, 400)
    (x,) = grid.points
    p, q = gaussian(x, -1.0, 0.7), gaussian(x, 1.5, 0.7)
    assert wasserstein_distance(p, q, grid) == pytest.approx(2.5, abs=1e-6)
    two = 0.5 * (gaussian(x, -3.0, 0.1) + gaussian(x, 3.0, 0.1))
    one = gaussian(x, 0.0, 0.1)
    assert wasserstein_distance(two, one, grid) == pytest.approx(3.0, abs=0.1), "through a gap without mass"
    assert wasserstein_distance(p, p, grid) == 0
    with pytest.raises(ValueError, match="one dimension"):
        wasserstein_distance(np.ones((4, 4)), np.ones((4, 4)), Grid.square(0.0, 1.0, 4))


def test_distances_of_densities_that_share_nothing() -> None:
    grid = Grid.line(0.0, 1.0, 8)
    p = np.array([2.0] * 4 + [0.0] * 4)
    assert integrated_difference(p, p[::-1], grid) == 2
    assert hellinger_distance(p, p[::-1], grid) == 1
    assert relative_entropy(p, p[::-1], grid) > 30
    assert relative_entropy(p, np.ones(8), grid) == pytest.approx(math.log(2))


def test_a_grid_that_the_densities_leave_is_refused() -> None:
    with pytest.raises(ValueError, match="stay away from the ends of the grid"):
        chirped(0.0, times=[20.0])


def test_terms_between_walls_are_refused() -> None:
    grid = Grid.line(-9.0, 9.0, 64, boundary="walls")
    psi = wave_function(lambda x: gaussian(x, 0.0, 1.0), lambda x: 0 * x, grid)
    with pytest.raises(ValueError, match="periodic grid"):
        flow_terms(psi, grid, diffusion=1.0)


def test_with_constraints_the_dropped_term_and_the_production_say_how_far_apart_the_evolutions_are() -> None:
    """The phase is made of the constraints: it is orthogonal to what the least drift leaves of the osmotic velocity."""
    grid = Grid.line(-12.0, 12.0, 3072)
    (x,) = grid.points
    density = 0.6 * gaussian(x, -1.0, 0.6) + 0.4 * gaussian(x, 1.3, 0.4)
    held = [f - grid.integral(f * density) for f in (x, x**2, np.cos(2 * x))]
    phase = (0.5 * held[0] + 0.9 * held[1] - 0.4 * held[2]) / 4
    found = two_evolutions(
        density, phase, grid, diffusion=DIFFUSION, times=[0.001, 0.002], constraints=held, time_step=0.0005
    )
    terms = constrained_terms(wave_function(density, phase, grid), grid, held, diffusion=DIFFUSION)
    assert abs(terms.cross) < 1e-4 * terms.dropped
    assert terms.production > 0.05
    rates = found.wasserstein_distances / found.times
    assert 2 * rates[0] - rates[1] == pytest.approx(terms.wasserstein_rate, rel=2e-3)
    assert np.allclose(terms.multipliers, found.diffused.multipliers[0], rtol=5e-3)
    growth = (found.diffused.entropies[1] - found.diffused.entropies[0]) / 0.001
    assert growth == pytest.approx(terms.production, rel=0.02)


def test_at_the_maximum_of_entropy_under_its_constraints_the_dropped_term_is_all() -> None:
    grid = Grid.square(-7.0, 7.0, 96)
    x, y = grid.points
    functions = [x**2 + y**2, np.cos(x + y), x]
    density = np.exp(-functions[0] / 1.5 + 0.8 * functions[1] + 0.2 * functions[2])
    density /= grid.integral(density)
    held = [f - grid.integral(f * density) for f in functions]
    phase = (0.5 * held[0] - 0.4 * held[1]) / 4
    psi = wave_function(density, phase, grid)
    terms = constrained_terms(psi, grid, held, diffusion=DIFFUSION)
    free = flow_terms(psi, grid, diffusion=DIFFUSION)
    assert terms.dropped == pytest.approx(free.dropped)
    assert terms.production < 1e-4 * free.kept
    assert terms.wasserstein_rate == pytest.approx(math.sqrt(DIFFUSION / 2 * free.dropped), rel=1e-3)
    assert np.allclose(terms.multipliers, DIFFUSION / 2 * np.array([-1 / 1.5, 0.8, 0.2]), rtol=2e-2)


def test_without_constraints_the_constrained_terms_are_those_of_free_diffusion() -> None:
    grid = Grid.line(-12.0, 12.0, 256)
    psi = wave_function(lambda x: gaussian(x, 0.0, SPREAD), lambda x: 0.3 * np.sin(x), grid)
    free, none = flow_terms(psi, grid, diffusion=DIFFUSION), constrained_terms(psi, grid, [], diffusion=DIFFUSION)
    assert (none.production, none.dropped, none.cross) == pytest.approx((free.kept, free.dropped, free.cross))
    assert none.wasserstein_rate == pytest.approx(free.wasserstein_rate)
