"""What evolutions refuse, and what they say."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

import numerics
from numerics.evolution.density_evolution import DensityEvolution
from numerics.evolution.grid import Axis, Grid
from numerics.evolution.stepping import steps
from numerics.evolution.wave_evolution import WaveEvolution

GRID = Grid.line(-8.0, 8.0, 64)
DENSITY = np.exp(-(GRID.points[0] ** 2) / 2) / math.sqrt(2 * math.pi)


def diffused(**changes: Any) -> DensityEvolution:
    given: Any = {"density": DENSITY, "grid": GRID, "diffusion": 1.0, "times": [0.0, 0.1], **changes}
    return numerics.fokker_planck_evolution(given.pop("density"), given.pop("grid"), **given)


def waved(**changes: Any) -> WaveEvolution:
    given: Any = {"wave": np.sqrt(DENSITY), "grid": GRID, "diffusion": 1.0, "times": [0.0, 0.1], **changes}
    return numerics.schroedinger_evolution(given.pop("wave"), given.pop("grid"), **given)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"density": DENSITY[:-1]}, r"of the grid's shape \(64,\); found \(63,\)"),
        ({"density": 2 * DENSITY}, "integrates to 1 over the grid; found 2: divide"),
        ({"density": DENSITY - 0.01}, r"not negative; found -0\.0"),
        ({"density": DENSITY + 0j}, "finite real numbers"),
        ({"density": np.full(64, np.nan)}, "finite real numbers"),
        ({"diffusion": 0.0}, "positive diffusion; found 0.0"),
        ({"diffusion": math.inf}, "finite diffusion"),
        ({"times": [0.2, 0.1]}, "ascending order"),
        ({"times": [-1.0]}, "not negative"),
        ({"times": []}, "list of times"),
        ({"scheme": "euler"}, "spectral, crank-nicolson, backward-euler; found 'euler'"),
        ({"scheme": "crank-nicolson"}, "expected a time_step for the scheme 'crank-nicolson'"),
        ({"drift": lambda x: -x}, "expected a time_step for the scheme 'spectral'"),
        ({"drift": lambda x: -x, "time_step": 0.5}, r"time_step of at most 0\.02"),
        ({"drift": lambda x: (x, x), "time_step": 0.01}, "1 components"),
        ({"drift": lambda x: np.log(x * 0 - 1 + 1j).real * np.inf, "time_step": 0.01}, "drift of finite numbers"),
        ({"drift": lambda x: -x, "potential": DENSITY}, "a potential or a drift; found both"),
        ({"potential": DENSITY, "time_step": 0.01, "scheme": "spectral"}, "expected drift="),
        ({"potential": DENSITY}, "expected a time_step for the scheme 'crank-nicolson'"),
        ({"potential": DENSITY[1:], "scheme": "crank-nicolson", "time_step": 0.01}, "expected a potential of"),
    ],
)
@pytest.mark.filterwarnings("ignore:invalid value")
def test_an_evolution_of_densities_refuses(changes: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        diffused(**changes)


def test_a_spectral_drift_needs_a_ring() -> None:
    with pytest.raises(ValueError, match="periodic grid for the spectral scheme with a drift; found walls"):
        diffused(grid=Grid.line(-8.0, 8.0, 64, boundary="walls"), drift=lambda x: -x, time_step=0.01, scheme="spectral")


@pytest.mark.parametrize(
    ("boundary", "changes", "scheme"),
    [
        ("periodic", {}, "spectral"),
        ("walls", {}, "spectral"),
        ("periodic", {"drift": lambda x: -x, "time_step": 0.01}, "spectral"),
        ("walls", {"drift": lambda x: -x, "time_step": 0.01}, "crank-nicolson"),
        ("periodic", {"potential": lambda x: x**2 / 2, "time_step": 0.01}, "crank-nicolson"),
    ],
)
def test_the_scheme_is_the_most_precise_one_that_takes_the_problem(boundary: Any, changes: Any, scheme: str) -> None:
    found = diffused(grid=Grid.line(-8.0, 8.0, 64, boundary=boundary), **changes)
    assert found.scheme == scheme
    # Variances: that of free diffusion, and of relaxation from 1 to 1/2.
    exact = 0.5 + 0.5 * math.exp(-0.2) if changes else 1.1
    assert found.mean(lambda x: x**2)[-1] == pytest.approx(exact, rel=5e-3)


def test_a_jump_is_resolved_as_far_as_is_asked_for() -> None:
    grid = Grid.line(0.0, 1.0, 128, boundary="walls")
    jump = np.where(grid.points[0] < 0.5, math.sqrt(2.0), 0.0)
    with pytest.raises(ValueError, match="or allow more as unresolved="):
        waved(grid=grid, wave=jump)
    ground = math.pi**2 / 2
    found = waved(grid=grid, wave=jump, times=[math.pi / ground], unresolved=0.01)
    assert np.abs(np.abs(found.waves[0]) ** 2 - (jump**2)[::-1]).max() < 1e-9, "half a revival mirrors it"


def test_a_rectangle_has_its_own_ends_and_cells() -> None:
    grid = Grid.rectangle((0.0, 1.0), (-2.0, 2.0), (8, 16), boundary="walls")
    assert grid.shape == (8, 16) and grid.cell_volume == pytest.approx(1 / 32)
    assert {axis.boundary for axis in grid.axes} == {"walls"}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"wave": np.sqrt(DENSITY)[:-1]}, r"of the grid's shape \(64,\); found \(63,\)"),
        ({"wave": DENSITY}, r"square integrates to 1 over the grid; found 0\.28"),
        ({"wave": np.full(64, np.inf)}, "finite numbers"),
        ({"scheme": "euler"}, "split-step, crank-nicolson; found 'euler'"),
        ({"scheme": "crank-nicolson"}, "expected a time_step"),
        ({"potential": lambda x: x**2}, "expected a time_step"),
        ({"potential": lambda x: 100 * x**2, "time_step": 0.1}, "time_step of at most 0.001"),
    ],
)
def test_an_evolution_of_waves_refuses(changes: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        waved(**changes)


@pytest.mark.parametrize("value", ["1", None, [1.0], True])
def test_a_diffusion_that_is_no_number_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        diffused(diffusion=value)


def test_a_drift_that_is_no_function_is_refused() -> None:
    with pytest.raises(TypeError, match="function of the coordinates"):
        diffused(drift=DENSITY, time_step=0.01)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ((1.0, 0.0, 8), ValueError),
        ((0.0, math.inf, 8), ValueError),
        ((0.0, 1.0, 3), ValueError),
        ((0.0, 1.0, 8.0), TypeError),
        ((0.0, 1.0, 8, "open"), ValueError),
    ],
)
def test_an_axis_refuses(arguments: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        Axis(*arguments)


def test_a_grid_has_one_axis_or_two() -> None:
    with pytest.raises(ValueError, match="one axis or two; found 3"):
        Grid((Axis(0.0, 1.0, 8),) * 3)


def test_the_mass_at_the_ends_shows_that_a_grid_is_too_small() -> None:
    wide, narrow = diffused(times=[0.5]), diffused(times=[10.0])
    assert wide.edge_masses[0] < 1e-8
    assert narrow.edge_masses[0] > 1e-4
    assert waved(times=[8.0]).edge_masses[0] > 1e-4


def test_what_changes_no_result_is_left_as_it_was() -> None:
    density = DENSITY.copy()
    found = diffused(density=density)
    found.densities[0][:] = 0
    assert (density == DENSITY).all()


def test_steps_divide_every_interval_into_equal_ones() -> None:
    plan = list(steps(np.array([0.0, 0.1, 0.2, 0.5]), 0.04))
    assert [n for n, _ in plan] == [0, 3, 3, 8]
    assert plan[1][1] is plan[2][1], "the same length to the last digit"
    assert list(steps(np.array([0.3]), 0.1)) == [(3, pytest.approx(0.1))]


def test_a_long_way_tells_how_far_it_is() -> None:
    told: list[tuple[int, int]] = []
    given: Any = {"times": [1.0], "progress": lambda done, total: told.append((done, total))}
    one = diffused(**given, scheme="crank-nicolson", time_step=0.002)
    assert told == [(200, 500), (400, 500), (500, 500)]
    told.clear()
    waved(**given, potential=lambda x: 0.1 * x, time_step=0.002)
    assert told == [(200, 500), (400, 500), (500, 500)]
    halves = diffused(times=[0.5, 1.0], scheme="crank-nicolson", time_step=0.002)
    assert np.abs(one.densities[0] - halves.densities[1]).max() < 1e-13
