"""The Schroedinger equation on problems whose solutions are known."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy.special import eval_hermite

from numerics.evolution.grid import Axis, Grid
from numerics.evolution.schroedinger import schroedinger_evolution, wave_function

DIFFUSION = 0.8


def order(errors: list[float]) -> float:
    return math.log2(errors[-2] / errors[-1])


def packet(x: Any, time: float, *, spread: float, momentum: float) -> Any:
    """The free Gaussian packet with |Psi|^2 of variance spread^2 and mean 0 at time 0; momentum is its wave number."""
    width = spread**2 + 0.5j * DIFFUSION * time
    return (
        (spread**2 / (2 * math.pi)) ** 0.25
        / np.sqrt(width)
        * np.exp(-((x - DIFFUSION * momentum * time) ** 2) / (4 * width))
        * np.exp(1j * momentum * x - 0.5j * DIFFUSION * momentum**2 * time)
    )


def test_the_packet_solves_the_printed_equation() -> None:
    """-i Psi_t = (D/2) Psi_xx, by small differences of the formula that the other tests trust."""
    x, h = np.linspace(-2, 2, 9), 1e-4
    given: Any = {"spread": 0.7, "momentum": 1.5}
    slope = (packet(x, 0.3 + h, **given) - packet(x, 0.3 - h, **given)) / (2 * h)
    curvature = (packet(x + h, 0.3, **given) - 2 * packet(x, 0.3, **given) + packet(x - h, 0.3, **given)) / h**2
    assert np.abs(-1j * slope - DIFFUSION / 2 * curvature).max() < 1e-6
    assert np.abs(1j * slope - DIFFUSION / 2 * curvature).max() > 0.1


@pytest.mark.parametrize("boundary", ["periodic", "walls"])
def test_a_free_packet_is_exact_at_any_time(boundary: Any) -> None:
    grid = Grid.line(-24.0, 24.0, 384, boundary=boundary)
    (x,) = grid.points
    found = schroedinger_evolution(
        packet(x, 0.0, spread=1.0, momentum=3.0), grid, diffusion=DIFFUSION, times=[0.0, 0.5, 2.0]
    )
    for time, wave in zip(found.times, found.waves, strict=True):
        assert np.abs(wave - packet(x, time, spread=1.0, momentum=3.0)).max() < 1e-12
    assert np.abs(found.norms - 1).max() < 1e-13
    kinetic = DIFFUSION / 2 * (3.0**2 + 1 / 4)
    assert np.abs(found.energies / kinetic - 1).max() < 1e-12


def free_error(n_cells: int, time_step: float) -> float:
    grid = Grid.line(-12.0, 12.0, n_cells)
    (x,) = grid.points
    found = schroedinger_evolution(
        packet(x, 0.0, spread=1.0, momentum=1.0),
        grid,
        diffusion=DIFFUSION,
        times=[1.0],
        scheme="crank-nicolson",
        time_step=time_step,
    )
    assert abs(found.norms[0] - 1) < 1e-12
    difference = found.waves[0] - packet(x, 1.0, spread=1.0, momentum=1.0)
    return math.sqrt(grid.integral(np.abs(difference) ** 2))


def test_crank_nicolson_is_of_second_order_in_space_and_in_time() -> None:
    assert 1.95 < order([free_error(n, 0.002) for n in (192, 384)]) < 2.05
    assert 1.9 < order([free_error(3072, step) for step in (0.2, 0.1)]) < 2.1


@pytest.mark.parametrize("n_cells", [32, 33])
def test_plane_waves_move_with_the_dispersion_of_the_scheme_exactly(n_cells: int) -> None:
    """tan(omega dt / 2) = (dt/2) (D/2) (2/h sin(k h / 2))^2 by Crank-Nicolson, omega = D k^2 / 2 without steps."""
    grid, step, mode = Grid.line(0.0, 3.0, n_cells), 0.05, 7
    (x,) = grid.points
    k, h = 2 * math.pi * mode / 3.0, 3.0 / n_cells
    start = np.exp(1j * k * x) / math.sqrt(3.0)
    discrete = DIFFUSION / 2 * (2 / h * math.sin(k * h / 2)) ** 2
    turn = 2 * math.atan(step * discrete / 2)
    given: Any = {"diffusion": DIFFUSION, "times": [step, 5 * step], "time_step": step}
    found = schroedinger_evolution(start, grid, scheme="crank-nicolson", **given)
    assert np.abs(found.waves - np.exp(-1j * turn * np.array([[1], [5]])) * start).max() < 1e-12
    assert np.allclose(found.energies, discrete, rtol=1e-12)
    exact = schroedinger_evolution(start, grid, diffusion=DIFFUSION, times=[5 * step])
    assert np.abs(exact.waves - np.exp(-0.5j * DIFFUSION * k**2 * 5 * step) * start).max() < 1e-12


@pytest.mark.parametrize(("scheme", "precision"), [("split-step", 1e-12), ("crank-nicolson", 2e-3)])
def test_eigenstates_of_a_box_only_turn_their_phase(scheme: Any, precision: float) -> None:
    grid = Grid.line(0.0, 1.5, 128, boundary="walls")
    (x,) = grid.points
    for mode in (1, 2, 3):
        start = math.sqrt(2 / 1.5) * np.sin(mode * math.pi * x / 1.5)
        energy = DIFFUSION / 2 * (mode * math.pi / 1.5) ** 2
        found = schroedinger_evolution(start, grid, diffusion=DIFFUSION, times=[1.0], scheme=scheme, time_step=0.001)
        assert np.abs(found.waves[0] - np.exp(-1j * energy) * start).max() < precision * mode**4
        assert found.energies[0] == pytest.approx(energy, rel=precision * mode**2)


def test_a_superposition_in_a_box_revives() -> None:
    """All energies are multiples of the ground state's: after 2 pi over it any wave is back."""
    grid = Grid.line(0.0, 1.0, 128, boundary="walls")
    (x,) = grid.points
    start = x**3 * (1 - x) ** 3 * np.exp(2j * math.pi * x)
    start = start / math.sqrt(grid.integral(np.abs(start) ** 2))
    ground = DIFFUSION / 2 * math.pi**2
    found = schroedinger_evolution(start, grid, diffusion=DIFFUSION, times=[1 / ground, 2 * math.pi / ground])
    assert np.abs(found.waves[0] - start).max() > 0.5
    assert np.abs(found.waves[1] - start).max() < 1e-11


FREQUENCY = 1.4


def well(x: Any) -> Any:
    """V with the oscillation frequency: m omega^2 x^2 / 2 in units where hbar = 1 and m = 1 / D."""
    return FREQUENCY**2 * x**2 / (2 * DIFFUSION)


def oscillating(x: Any, time: float, level: int) -> Any:
    scaled = x * math.sqrt(FREQUENCY / DIFFUSION)
    norm = (FREQUENCY / DIFFUSION / math.pi) ** 0.25 / math.sqrt(2.0**level * math.factorial(level))
    return norm * eval_hermite(level, scaled) * np.exp(-(scaled**2) / 2 - 1j * FREQUENCY * (level + 0.5) * time)


@pytest.mark.parametrize("level", [0, 1, 4])
@pytest.mark.parametrize(("scheme", "n_cells"), [("split-step", 96), ("crank-nicolson", 800)])
def test_eigenstates_of_an_oscillator_only_turn_their_phase(level: int, scheme: Any, n_cells: int) -> None:
    grid = Grid.line(-9.0, 9.0, n_cells)
    (x,) = grid.points
    found = schroedinger_evolution(
        oscillating(x, 0.0, level),
        grid,
        diffusion=DIFFUSION,
        times=[1.0],
        potential=well,
        scheme=scheme,
        time_step=0.005,
    )
    assert np.abs(found.waves[0] - oscillating(x, 1.0, level)).max() < 3e-3
    assert found.energies[0] == pytest.approx(FREQUENCY * (level + 0.5), rel=2e-3)


def coherent_error(time_step: float) -> float:
    """A displaced ground state swings as a classical particle and keeps its width."""
    grid, time, swing = Grid.line(-10.0, 10.0, 128), 2.0, 1.7
    (x,) = grid.points
    found = schroedinger_evolution(
        oscillating(x - swing, 0.0, 0),
        grid,
        diffusion=DIFFUSION,
        times=[time],
        potential=well,
        scheme="split-step",
        time_step=time_step,
    )
    expected = np.abs(oscillating(x - swing * math.cos(FREQUENCY * time), 0.0, 0)) ** 2
    return grid.integral(np.abs(found.densities[0] - expected))


def test_a_coherent_state_swings_and_the_splitting_is_of_second_order() -> None:
    errors = [coherent_error(step) for step in (0.04, 0.02, 0.01)]
    assert errors[-1] < 1e-3
    assert 1.95 < order(errors) < 2.05


def test_products_of_packets_stay_products_in_two_dimensions() -> None:
    grid = Grid((Axis(-14.0, 14.0, 128), Axis(-12.0, 12.0, 96, "walls")))
    x, y = grid.points

    def both(time: float) -> Any:
        return packet(x, time, spread=1.0, momentum=1.0) * packet(y, time, spread=0.8, momentum=-0.5)

    found = schroedinger_evolution(both(0.0), grid, diffusion=DIFFUSION, times=[1.0])
    assert np.abs(found.waves[0] - both(1.0)).max() < 1e-12
    stepped = schroedinger_evolution(
        both(0.0), grid, diffusion=DIFFUSION, times=[1.0], scheme="crank-nicolson", time_step=0.05
    )
    assert np.abs(stepped.waves[0] - both(1.0)).max() < 0.02
    assert abs(stepped.norms[0] - 1) < 1e-11


@pytest.mark.parametrize("scheme", ["split-step", "crank-nicolson"])
def test_time_runs_back_by_complex_conjugation_and_norm_and_energy_stay(scheme: Any) -> None:
    grid = Grid.square(-6.0, 6.0, 40)
    x, y = grid.points

    def potential(x: Any, y: Any) -> Any:
        return 0.3 * (x**2 + y**2) + 0.5 * np.cos(x) * y

    start = np.exp(-((x - 0.5) ** 2 + y**2) / 2 + 0.7j * y)
    start = start / math.sqrt(grid.integral(np.abs(start) ** 2))
    given: Any = {"diffusion": DIFFUSION, "times": [0.5, 1.0], "potential": potential, "time_step": 0.05}
    ahead = schroedinger_evolution(start, grid, scheme=scheme, **given)
    back = schroedinger_evolution(np.conj(ahead.waves[-1]), grid, scheme=scheme, **given)
    assert np.abs(ahead.waves[-1] - start).max() > 0.05
    assert np.abs(np.conj(back.waves[-1]) - start).max() < 1e-12
    assert np.abs(ahead.norms - 1).max() < 1e-12
    drift = 1e-11 if scheme == "crank-nicolson" else 1e-3
    assert np.ptp(ahead.energies) < drift * abs(ahead.energies[0])


def test_the_wave_function_has_the_density_and_the_phase() -> None:
    grid = Grid.square(-6.0, 6.0, 48)
    x, y = grid.points
    density = np.exp(-(x**2 + y**2) / 2) / (2 * math.pi)
    wave = wave_function(density, lambda x, y: 0.3 * x * y, grid)
    assert np.allclose(np.abs(wave) ** 2, density)
    assert np.allclose(wave, np.sqrt(density) * np.exp(0.3j * x * y))


def test_a_phase_that_is_too_steep_for_the_grid_is_refused() -> None:
    grid = Grid.line(-8.0, 8.0, 64)
    (x,) = grid.points
    density = np.exp(-(x**2) / 2) / math.sqrt(2 * math.pi)
    with pytest.raises(ValueError, match=r"less than pi from cell to cell; found 5 along axis 0: take more cells"):
        wave_function(density, 20.0 * x, grid)
    wave_function(density, np.where(np.abs(x) > 7.7, 1e3 * x, x), grid)


def test_a_wave_that_the_grid_does_not_resolve_is_refused_at_the_start_and_later() -> None:
    grid = Grid.line(-8.0, 8.0, 64)
    (x,) = grid.points
    packet = np.exp(-(x**2) / 4 + 12.0j * x) / (2 * math.pi) ** 0.25
    with pytest.raises(ValueError, match="at the start: take more cells"):
        schroedinger_evolution(packet, grid, diffusion=1.0, times=[1.0])
    swings = np.exp(-((x - 5) ** 2)) * (2 / math.pi) ** 0.25
    with pytest.raises(ValueError, match="at time"):
        schroedinger_evolution(
            swings, grid, diffusion=1.0, times=np.linspace(0, 1, 11), potential=8 * x**2, time_step=0.01
        )
