"""The Fokker-Planck equation on problems whose solutions are known."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy.linalg import expm
from scipy.special import ive

from numerics.evolution.differences import bernoulli, drifts_of_potential, generator, laplacian
from numerics.evolution.fokker_planck import fokker_planck_evolution
from numerics.evolution.grid import Axis, Grid
from numerics.evolution.harmonics import Harmonics

DIFFUSION = 0.7
IMPLICIT = ["crank-nicolson", "backward-euler"]


def gaussian(x: Any, mean: float, variance: float) -> Any:
    return np.exp(-((x - mean) ** 2) / (2 * variance)) / math.sqrt(2 * math.pi * variance)


def order(errors: list[float], ratio: float = 2.0) -> float:
    """The power of the step with which the last two errors fall."""
    return math.log(errors[-2] / errors[-1], ratio)


@pytest.mark.parametrize("boundary", ["periodic", "walls"])
def test_free_diffusion_is_the_heat_kernel_at_any_time_to_rounding(boundary: Any) -> None:
    grid = Grid.line(-16.0, 16.0, 256, boundary=boundary)
    found = fokker_planck_evolution(
        lambda x: gaussian(x, 0.3, 0.5), grid, diffusion=DIFFUSION, times=[0.0, 0.01, 1.0, 3.0]
    )
    for time, density in zip(found.times, found.densities, strict=True):
        exact = gaussian(grid.points[0], 0.3, 0.5 + DIFFUSION * time)
        assert np.abs(density - exact).max() < 1e-13
    assert np.abs(found.masses - 1).max() < 1e-13
    entropies = 0.5 * np.log(2 * math.pi * math.e * (0.5 + DIFFUSION * found.times))
    assert np.abs(found.entropies - entropies).max() < 1e-12


def test_diffusion_between_walls_is_that_of_mirrored_images() -> None:
    grid = Grid.line(0.0, 1.0, 128, boundary="walls")
    x, time = grid.points[0], 0.3

    def images(x: Any, variance: float) -> Any:
        return sum(gaussian(x, 2 * n + s * 0.35, variance) for n in range(-8, 9) for s in (-1, 1))

    found = fokker_planck_evolution(lambda x: images(x, 0.005), grid, diffusion=DIFFUSION, times=[time])
    assert np.abs(found.densities[0] - images(x, 0.005 + DIFFUSION * time)).max() < 1e-13


def test_on_a_ring_a_von_mises_density_keeps_its_harmonics_decaying() -> None:
    kappa, time = 3.0, 0.4
    grid = Grid.line(0.0, 2 * math.pi, 64)
    (x,) = grid.points
    start = np.exp(kappa * (np.cos(x) - 1)) / (2 * math.pi * ive(0, kappa))
    exact = 1 / (2 * math.pi) + sum(
        ive(n, kappa) / ive(0, kappa) * math.exp(-(n**2) * DIFFUSION * time / 2) * np.cos(n * x) / math.pi
        for n in range(1, 32)
    )
    found = fokker_planck_evolution(start, grid, diffusion=DIFFUSION, times=[time])
    assert np.abs(found.densities[0] - exact).max() < 1e-14


def test_free_diffusion_in_two_dimensions_is_the_product_of_both() -> None:
    grid = Grid((Axis(-14.0, 14.0, 96), Axis(-12.0, 13.0, 80, "walls")))
    x, y = grid.points
    found = fokker_planck_evolution(
        gaussian(x, 0.5, 0.8) * gaussian(y, -0.2, 0.6), grid, diffusion=DIFFUSION, times=[2.0]
    )
    exact = gaussian(x, 0.5, 0.8 + 2 * DIFFUSION) * gaussian(y, -0.2, 0.6 + 2 * DIFFUSION)
    assert np.abs(found.densities[0] - exact).max() < 1e-13


def test_a_correlated_gaussian_in_two_dimensions_gains_the_same_variance_along_all_directions() -> None:
    covariance, time = np.array([[0.8, 0.5], [0.5, 0.9]]), 1.5

    def density(x: Any, y: Any, c: Any) -> Any:
        inverse = np.linalg.inv(c)
        exponent = inverse[0, 0] * x**2 + 2 * inverse[0, 1] * x * y + inverse[1, 1] * y**2
        return np.exp(-exponent / 2) / (2 * math.pi * math.sqrt(np.linalg.det(c)))

    grid = Grid.square(-14.0, 14.0, 96)
    x, y = grid.points
    found = fokker_planck_evolution(density(x, y, covariance), grid, diffusion=DIFFUSION, times=[time])
    exact = density(x, y, covariance + DIFFUSION * time * np.eye(2))
    assert np.abs(found.densities[0] - exact).max() < 1e-13


STIFFNESS = 1.3


def relaxed(x: Any, time: float) -> Any:
    """Ornstein and Uhlenbeck: from N(1.5, 0.4)."""
    kept = math.exp(-STIFFNESS * time)
    final = DIFFUSION / (2 * STIFFNESS)
    return gaussian(x, 1.5 * kept, final + (0.4 - final) * kept**2)


def error_of_relaxation(n_cells: int, time_step: float, scheme: Any, time: float = 0.8) -> float:
    grid = Grid.line(-6.0, 6.0, n_cells, boundary="periodic" if scheme == "spectral" else "walls")
    found = fokker_planck_evolution(
        lambda x: relaxed(x, 0.0),
        grid,
        diffusion=DIFFUSION,
        times=[time],
        drift=lambda x: -STIFFNESS * x,
        scheme=scheme,
        time_step=time_step,
    )
    assert abs(found.masses[0] - 1) < 1e-12
    return grid.integral(np.abs(found.densities[0] - relaxed(grid.points[0], time)))


def test_relaxation_in_a_harmonic_well_is_spectral_in_space_and_of_fourth_order_in_time() -> None:
    errors = [error_of_relaxation(72, step, "spectral") for step in (0.016, 0.008)]
    assert errors[1] < 1e-6
    assert 3.8 < order(errors) < 4.2


@pytest.mark.parametrize(("scheme", "expected"), [("crank-nicolson", 2), ("backward-euler", 1)])
def test_relaxation_by_differences_has_its_order_in_time(scheme: Any, expected: int) -> None:
    """Against the same differences with steps so small that nothing is left of their length."""
    grid = Grid.line(-6.0, 6.0, 120, boundary="walls")
    (x,) = grid.points
    start, time = relaxed(x, 0.0), 0.8
    start = start / grid.integral(start)
    matrix = generator(grid, DIFFUSION, [-STIFFNESS * grid.faces(0)[0]]).toarray()
    exact = expm(time * matrix) @ start
    errors = []
    for step in (0.04, 0.02, 0.01):
        found = fokker_planck_evolution(
            start,
            grid,
            diffusion=DIFFUSION,
            times=[time],
            drift=lambda x: -STIFFNESS * x,
            scheme=scheme,
            time_step=step,
        )
        errors.append(np.abs(found.densities[0] - exact).max())
    assert abs(order(errors) - expected) < 0.15


def test_relaxation_by_differences_is_of_second_order_in_space() -> None:
    errors = [error_of_relaxation(n, 0.002, "crank-nicolson") for n in (60, 120, 240)]
    assert 1.9 < order(errors) < 2.1


def test_a_drift_in_two_dimensions_that_turns_about_the_origin_turns_the_mean() -> None:
    """dx = omega J x dt + sqrt(D) dW: the mean turns, the variance grows by D per time."""
    omega, time = 1.1, 0.9
    grid = Grid.square(-7.0, 7.0, 64)
    found = fokker_planck_evolution(
        lambda x, y: gaussian(x, 1.0, 0.3) * gaussian(y, 0.0, 0.3),
        grid,
        diffusion=DIFFUSION,
        times=[time],
        drift=lambda x, y: (-omega * y, omega * x),
        scheme="spectral",
        time_step=0.01,
    )
    x, y = grid.points
    variance = 0.3 + DIFFUSION * time
    exact = gaussian(x, math.cos(omega * time), variance) * gaussian(y, math.sin(omega * time), variance)
    # The ring cuts off what is 7 from the origin, 6 standard deviations.
    assert np.abs(found.densities[0] - exact).max() < 1e-7


@pytest.mark.parametrize("scheme", IMPLICIT)
@pytest.mark.parametrize("boundary", ["periodic", "walls"])
def test_the_density_of_boltzmann_is_stationary_exactly(boundary: Any, scheme: Any) -> None:
    grid = Grid((Axis(-3.0, 3.0, 24, boundary), Axis(0.0, 2.0, 16, "walls")))
    x, y = grid.points
    potential = np.cos(2 * math.pi * x / 6) + (y - 1) ** 2 + 0.3 * np.sin(3 * x) * y
    density = np.exp(-2 * potential / DIFFUSION)
    density /= grid.integral(density)
    found = fokker_planck_evolution(
        density, grid, diffusion=DIFFUSION, times=[5.0], potential=potential, scheme=scheme, time_step=0.5
    )
    assert np.abs(found.densities[0] / density - 1).max() < 1e-12


def test_a_wrong_factor_in_the_exponent_is_not_stationary() -> None:
    grid = Grid.line(-3.0, 3.0, 40, boundary="walls")
    (x,) = grid.points
    wrong = np.exp(-(x**2) / DIFFUSION)
    wrong /= grid.integral(wrong)
    found = fokker_planck_evolution(
        wrong, grid, diffusion=DIFFUSION, times=[1.0], potential=x**2, scheme="crank-nicolson", time_step=0.1
    )
    assert np.abs(found.densities[0] - wrong).max() > 0.01


def test_backward_euler_steps_of_any_length_keep_a_jump_positive_and_crank_nicolson_says_that_it_does_not() -> None:
    grid = Grid.line(0.0, 1.0, 200, boundary="walls")
    (x,) = grid.points
    start = np.where(np.abs(x - 0.5) < 0.01, 1.0, 0.0)
    start /= grid.integral(start)
    given: Any = {"diffusion": 1.0, "times": [0.01, 0.02], "time_step": 0.01}
    found = fokker_planck_evolution(start, grid, scheme="backward-euler", drift=lambda x: 40 * np.sin(9 * x), **given)
    assert found.minima.min() > 0
    assert np.abs(found.masses - 1).max() < 1e-12
    with pytest.raises(ArithmeticError, match=r"negative part of .* at time 0\.01.*backward-euler"):
        fokker_planck_evolution(start, grid, scheme="crank-nicolson", drift=lambda x: 40 * np.sin(9 * x), **given)


def test_the_matrix_of_differences_moves_no_mass_out_and_none_against_the_sign() -> None:
    grid = Grid((Axis(-1.0, 1.0, 7), Axis(0.0, 1.0, 5, "walls")))
    drifts = [np.random.default_rng(k).normal(scale=30, size=grid.faces(k)[0].shape) for k in range(2)]
    matrix = generator(grid, DIFFUSION, drifts).toarray()
    assert np.abs(matrix.sum(axis=0)).max() < 1e-11
    assert (matrix - np.diag(np.diag(matrix))).min() >= 0


@pytest.mark.parametrize("boundary", ["periodic", "walls"])
@pytest.mark.parametrize("kind", ["density", "wave"])
def test_harmonics_are_eigenfunctions_of_the_differences(boundary: Any, kind: Any) -> None:
    grid = Grid((Axis(0.0, 2.0, 6, boundary), Axis(1.0, 4.0, 5, boundary)))
    harmonics, matrix = Harmonics(grid, kind), laplacian(grid, kind)
    for place in np.ndindex(grid.shape):
        one = np.zeros(grid.shape)
        one[place] = 1.0
        wave = harmonics.values(one)
        eigenvalue = -sum(
            (2 / axis.spacing * math.sin(harmonics.wave_numbers(k)[place[k]] * axis.spacing / 2)) ** 2
            for k, axis in enumerate(grid.axes)
        )
        assert np.abs(matrix @ wave.ravel() - eigenvalue * wave.ravel()).max() < 1e-12
        assert np.sum(np.abs(wave) ** 2) == pytest.approx(1)
        # sin x / x lies between 2 / pi and 1 up to the fastest harmonic.
        assert math.pi**2 / 4 * eigenvalue - 1e-12 <= harmonics.laplacian[place] <= eigenvalue + 1e-12


def test_without_a_drift_the_differences_are_half_the_diffusion_times_the_laplacian() -> None:
    grid = Grid((Axis(0.0, 2.0, 6), Axis(1.0, 4.0, 5, "walls")))
    zero = [np.zeros(grid.faces(k)[0].shape) for k in range(2)]
    difference = generator(grid, DIFFUSION, zero) - DIFFUSION / 2 * laplacian(grid, "density")
    assert np.abs(difference.toarray()).max() < 1e-12


def test_a_potential_and_its_drift_agree_where_the_potential_is_quadratic() -> None:
    grid = Grid.line(-2.0, 2.0, 16, boundary="walls")
    (drift,) = drifts_of_potential(grid, grid.points[0] ** 2)
    assert np.allclose(drift, -2 * grid.faces(0)[0], atol=1e-13)


def test_the_bernoulli_function_keeps_its_digits() -> None:
    assert bernoulli(np.array([0.0, 1e-12, -800.0, 800.0])).tolist() == [1.0, 1 - 5e-13, 800.0, 0.0]


def test_entropy_grows_and_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    grid = Grid.line(0.0, 1.0, 64, boundary="walls")
    start = 1 + 0.9 * np.cos(math.pi * grid.points[0])
    found = fokker_planck_evolution(
        start,
        grid,
        diffusion=1.0,
        times=np.linspace(0, 0.5, 6),
        scheme="crank-nicolson",
        time_step=0.03,
        progress=lambda done, total: told.append((done, total)),
    )
    assert (np.diff(found.entropies) > 0).all()
    assert told == [(0, 20), (4, 20), (8, 20), (12, 20), (16, 20), (20, 20)]
