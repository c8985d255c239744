"""Diffusion under constraints: multipliers from known solutions, constraints kept, and the least that keeps them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from numerics.evolution.constrained_diffusion import constrained_diffusion
from numerics.evolution.constraints import Constraints, least_drift_multipliers
from numerics.evolution.fokker_planck import fokker_planck_evolution
from numerics.evolution.grid import Grid

DIFFUSION = 0.9


def gaussian(x: Any, mean: float, variance: float) -> Any:
    return np.exp(-((x - mean) ** 2) / (2 * variance)) / math.sqrt(2 * math.pi * variance)


def two_bumps(x: Any) -> Any:
    """Mean 0 and variance 1."""
    return 0.5 * (gaussian(x, 0.8, 0.36) + gaussian(x, -0.8, 0.36))


def variance(x: Any) -> Any:
    return x**2 - 1


def test_with_its_variance_held_a_drift_makes_free_diffusion_a_harmonic_well() -> None:
    """The least drift is -(D/2) x for any density: each bump relaxes as one of Ornstein and Uhlenbeck."""
    errors = []
    for n_cells, step in ((100, 0.05), (200, 0.025)):
        grid = Grid.line(-7.0, 7.0, n_cells, boundary="walls")
        held = grid.points[0] ** 2 - grid.integral(grid.points[0] ** 2 * two_bumps(grid.points[0]))
        found = constrained_diffusion(two_bumps, grid, [held], diffusion=DIFFUSION, times=[0.0, 0.7], time_step=step)
        kept = math.exp(-DIFFUSION * 0.7 / 2)
        spread = 1 + (0.36 - 1) * kept**2
        exact = 0.5 * (gaussian(grid.points[0], 0.8 * kept, spread) + gaussian(grid.points[0], -0.8 * kept, spread))
        errors.append(np.abs(found.densities[-1] - exact).max())
        assert np.abs(found.constraint_residuals).max() < 1e-11
        assert np.abs(found.masses - 1).max() < 1e-12
        assert found.multipliers[-1, 0] == pytest.approx(-DIFFUSION / 4, rel=3e-3)
        assert np.isnan(found.multipliers[0]).all()
    assert errors[-1] < 1e-3
    assert 1.8 < math.log2(errors[0] / errors[1]) < 2.2


def test_with_its_second_moment_held_by_weights_a_gaussian_follows_its_equations() -> None:
    """Of N(m, s): s' = D + 2 l s^2, m' = 2 l s m, with l = -D / (4 s m^2 + 2 s^2) so that m^2 + s stays."""

    def slopes(_: float, state: Any) -> list[float]:
        m, s = state
        weight = -DIFFUSION / (4 * s * m**2 + 2 * s**2)
        return [2 * weight * s * m, DIFFUSION + 2 * weight * s**2]

    time, start = 0.8, (0.7, 0.51)
    m, s = solve_ivp(slopes, (0, time), start, rtol=1e-11, atol=1e-13).y[:, -1]
    grid = Grid.line(-9.0, 9.0, 128)
    errors = []
    for step in (0.1, 0.05, 0.025):
        found = constrained_diffusion(
            lambda x: gaussian(x, *start),
            grid,
            [variance],
            diffusion=DIFFUSION,
            times=[time],
            time_step=step,
            by="weight",
        )
        errors.append(np.abs(found.densities[0] - gaussian(grid.points[0], m, s)).max())
        assert np.abs(found.constraint_residuals).max() < 1e-11
    assert errors[-1] < 1e-4
    assert 1.9 < math.log2(errors[-2] / errors[-1]) < 2.1


@pytest.mark.parametrize("by", ["drift", "weight"])
def test_harmonic_constraints_need_no_multipliers(by: Any) -> None:
    """x y and x^2 - y^2 have no Laplacian: free diffusion keeps their means."""
    grid = Grid.square(-7.0, 7.0, 36)
    x, y = grid.points
    start = np.exp(-(x**4) / 3 - y**2 / 2) * (1 + 0.3 * np.cos(x))
    start /= grid.integral(start)
    difference = grid.integral(start * (x**2 - y**2))
    given: Any = {"diffusion": DIFFUSION, "times": [0.2]}
    found = constrained_diffusion(start, grid, [x * y, x**2 - y**2 - difference], time_step=0.1, by=by, **given)
    free = fokker_planck_evolution(start, grid, scheme="spectral", **given)
    assert np.abs(found.multipliers).max() < 1e-6
    assert np.abs(found.densities - free.densities).max() < (1e-6 if by == "weight" else 5e-3)


@pytest.mark.parametrize("by", ["drift", "weight"])
def test_several_constraints_in_two_dimensions_are_kept_at_all_times(by: Any) -> None:
    grid = Grid.square(-6.0, 6.0, 30, boundary="walls")
    x, y = grid.points
    start = np.exp(-(x**2 + y**2 + 0.8 * x * y) / 1.6) * (1.2 + np.sin(2 * x + y))
    start /= grid.integral(start)
    functions = [x**2, y**2, np.cos(x) * y, np.tanh(x - y)]
    held = [f - grid.integral(start * f) for f in functions]
    told: list[Any] = []
    found = constrained_diffusion(
        start,
        grid,
        held,
        diffusion=DIFFUSION,
        times=np.linspace(0, 0.4, 5),
        time_step=0.05,
        by=by,
        progress=lambda done, total: told.append((done, total)),
    )
    assert np.abs(found.constraint_residuals).max() < 1e-11
    assert np.abs(found.masses - 1).max() < 1e-11
    assert found.minima.min() > -1e-9
    assert found.multipliers.shape == (5, 4)
    assert told[-1] == (8, 8)
    free = fokker_planck_evolution(start, grid, diffusion=DIFFUSION, times=[0.4])
    assert max(abs(free.mean(theta)[0]) for theta in held) > 0.05, "free diffusion does not keep them"


def test_without_constraints_it_is_free_diffusion() -> None:
    grid = Grid.line(-9.0, 9.0, 128)
    given: Any = {"diffusion": DIFFUSION, "times": [0.5]}
    free = fokker_planck_evolution(two_bumps, grid, **given)
    weighted = constrained_diffusion(two_bumps, grid, [], time_step=0.1, by="weight", **given)
    assert np.abs(weighted.densities - free.densities).max() < 1e-13
    assert weighted.constraint_residuals.shape == (1, 0)


def test_no_other_drift_that_keeps_the_constraints_is_as_small() -> None:
    """Any other one differs by g with int p g . grad Theta = 0, which is orthogonal to the multipliers' drift."""
    grid = Grid.square(-6.0, 6.0, 96)
    x, y = grid.points
    density = np.exp(-(x**2 + y**2) / 1.5) * (1 + 0.5 * np.tanh(x))
    density /= grid.integral(density)
    functions = [x**2 + y**2, np.sin(x + 0.4 * y)]
    mu = least_drift_multipliers(density, grid, functions, diffusion=DIFFUSION)
    slopes = [np.array([2 * x, 2 * y]), np.cos(x + 0.4 * y) * np.array([[[1.0]], [[0.4]]])]
    least = sum(m * s for m, s in zip(mu, slopes, strict=True))

    def product(f: Any, g: Any) -> float:
        return grid.integral(density * (f * g).sum(axis=0))

    laplacians = [4.0 + 0 * x, -1.16 * np.sin(x + 0.4 * y)]
    for slope, second in zip(slopes, laplacians, strict=True):
        change = DIFFUSION / 2 * grid.integral(density * second) + product(least, slope)
        assert abs(change) < 2e-2, "differences of second order"
    rng = np.random.default_rng(0)
    for _ in range(5):
        a, b, c = rng.normal(size=3)
        other = np.array([np.cos(a * x + b * y), c * x * y])
        gram = np.array([[product(s, t) for t in slopes] for s in slopes])
        shares = np.linalg.solve(gram, [product(other, s) for s in slopes])
        other = other - sum(w * s for w, s in zip(shares, slopes, strict=True))
        assert product(least + other, least + other) > product(least, least)


def test_the_gram_matrix_and_the_covariance_are_those_of_their_integrals() -> None:
    grid = Grid.line(-9.0, 9.0, 400)
    held = Constraints(grid, [lambda x: x, lambda x: x**2 - 1])
    unit = gaussian(grid.points[0], 0.0, 1.0)
    assert np.allclose(held.gram(unit), [[1, 0], [0, 4]], atol=5e-3)
    assert np.allclose(held.covariance(unit), [[1, 0], [0, 2]], atol=1e-12)


@pytest.mark.parametrize("scheme", ["crank-nicolson", "backward-euler"])
def test_a_rough_start_stays_positive_or_is_refused(scheme: Any) -> None:
    grid = Grid.line(-2.0, 2.0, 200, boundary="walls")
    (x,) = grid.points
    start = np.where(np.abs(x) < 0.5, 1.0, 0.0)
    start /= grid.integral(start)
    held = x**2 - grid.integral(x**2 * start)
    given: Any = {"diffusion": DIFFUSION, "times": [0.1], "time_step": 0.05, "scheme": scheme}
    if scheme == "backward-euler":
        found = constrained_diffusion(start, grid, [held], **given)
        assert found.minima.min() > 0
        assert np.abs(found.constraint_residuals).max() < 1e-11
    else:
        with pytest.raises(ArithmeticError, match="negative"):
            constrained_diffusion(start, grid, [held], **given)


def test_a_density_that_misses_a_constraint_is_refused() -> None:
    grid = Grid.line(-9.0, 9.0, 128)
    with pytest.raises(ValueError, match=r"found a mean of 0.5 for constraint 1: take its mean"):
        constrained_diffusion(
            two_bumps, grid, [lambda x: x, lambda x: x**2 - 0.5], diffusion=1.0, times=[1.0], time_step=0.1
        )


@pytest.mark.parametrize("by", ["drift", "weight"])
def test_constraints_that_depend_on_each_other_are_refused(by: Any) -> None:
    grid = Grid.line(-9.0, 9.0, 128)
    with pytest.raises(ValueError, match="linearly independent"):
        constrained_diffusion(
            two_bumps,
            grid,
            [variance, lambda x: 3 * x**2 - 3],
            diffusion=1.0,
            times=[1.0],
            time_step=0.1,
            by=by,
        )


def test_another_kind_of_multipliers_is_refused() -> None:
    grid = Grid.line(-9.0, 9.0, 64)
    with pytest.raises(ValueError, match="by 'drift' or by 'weight'; found 'force'"):
        constrained_diffusion(two_bumps, grid, [variance], diffusion=1.0, times=[1.0], time_step=0.1, by="force")  # type: ignore[arg-type]
