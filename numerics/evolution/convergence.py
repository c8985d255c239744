"""Errors of the schemes on problems with known solutions, against steps and spacings, and what long runs conserve."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from numerics.evolution.constrained_diffusion import constrained_diffusion
from numerics.evolution.fokker_planck import Scheme, fokker_planck_evolution
from numerics.evolution.grid import Array, Grid
from numerics.evolution.inputs import Progress
from numerics.evolution.schroedinger import WaveScheme, schroedinger_evolution

DIFFUSION, TIME = 0.8, 1.0
STIFFNESS = 1.3
"""Of the well in which a density relaxes, per time."""
FREQUENCY = 1.4
"""Of the well in which a wave packet swings, per time."""
START, WIDTH = 1.5, 0.6
"""Mean and standard deviation of the density at time 0."""
REACH = 7.0
FINEST = {"quick": 4, "default": 6, "full": 7}
"""How often steps and spacings are halved."""
LONG = {"quick": 200, "default": 2000, "full": 20_000}
"""Steps of the runs in which conservation is watched."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Convergence:
    """Errors of one scheme.

    Attributes
    ----------
    name
        Equation and scheme.
    of_time
        Whether the sizes are time steps; else they are spacings.
    sizes, errors
        Shape (n,): int |p - exact| at time 1, in the order of falling sizes.
    order
        That the scheme should have; None for spectral accuracy.
    """

    name: str
    of_time: bool
    sizes: Array
    errors: Array
    order: int | None

    @property
    def measured_order(self) -> float:
        """Of the halving with the steepest fall, from where rounding and the other size's error are still small."""
        return float(np.max(np.log2(self.errors[:-1] / self.errors[1:])))


@dataclass(frozen=True, kw_only=True, eq=False)
class Conservation:
    """What a long run loses of something conserved: absolute deviations at times, both of shape (n_times,)."""

    name: str
    times: Array
    deviations: Array


@dataclass(frozen=True, kw_only=True, eq=False)
class Convergences:
    """The whole study."""

    errors: tuple[Convergence, ...]
    conservation: tuple[Conservation, ...]


def relaxed(x: Any, time: float) -> Any:
    """The density in a harmonic well after a time (Ornstein, Uhlenbeck 1930)."""
    kept, final = math.exp(-STIFFNESS * time), DIFFUSION / (2 * STIFFNESS)
    return _gaussian(x, START * kept, final + (WIDTH**2 - final) * kept**2)


def swung(x: Any, time: float) -> Any:
    """|Psi|^2 of a coherent state after a time: the ground state's density about a classical orbit."""
    return _gaussian(x, START * math.cos(FREQUENCY * time), DIFFUSION / (2 * FREQUENCY))


def _gaussian(x: Any, mean: float, variance: float) -> Any:
    return np.exp(-((x - mean) ** 2) / (2 * variance)) / math.sqrt(2 * math.pi * variance)


def convergence_experiment(scale: str = "default", *, progress: Progress | None = None) -> Convergences:
    """Errors at time 1 over halved steps and spacings, and deviations in long runs.

    Parameters
    ----------
    scale
        "quick", "default" or "full": how far sizes are halved, and how long runs are.
    progress
        Called with the cases done and their number.

    Raises
    ------
    ValueError
        For another scale.
    """
    if scale not in FINEST:
        raise ValueError(f"expected one of the scales {', '.join(FINEST)}; found {scale!r}")
    halvings = 2.0 ** np.arange(FINEST[scale])
    cases = _cases()
    watched = (_long_wave, _long_density, _long_constrained)
    errors, kept = [], []
    total = len(cases) + len(watched)
    for name, of_time, coarsest, order, run in cases:
        sizes = coarsest / halvings
        found = np.array([run(size) for size in sizes])
        errors.append(Convergence(name=name, of_time=of_time, sizes=sizes, errors=found, order=order))
        _tell(progress, len(errors), total)
    for watch in watched:
        kept += watch(LONG[scale])
        _tell(progress, len(errors) + 1 + watched.index(watch), total)
    return Convergences(errors=tuple(errors), conservation=tuple(kept))


def _tell(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None:
        progress(done, total)


Case = tuple[str, bool, float, int | None, Callable[[float], float]]
FINE_SPACING, FINE_STEP = 0.01, 0.001
SPECTRAL_SPACING = 0.2


def _cases() -> list[Case]:
    """Time steps on the finest grid, and spacings with the smallest step."""
    return [
        ("diffusion, Runge-Kutta", True, 0.02, 4, lambda s: _density_error("spectral", SPECTRAL_SPACING, s)),
        ("diffusion, Crank-Nicolson", True, 0.1, 2, lambda s: _density_error("crank-nicolson", FINE_SPACING, s)),
        ("diffusion, backward Euler", True, 0.1, 1, lambda s: _density_error("backward-euler", FINE_SPACING, s)),
        ("wave, split-step", True, 0.1, 2, lambda s: _wave_error("split-step", SPECTRAL_SPACING, s)),
        ("wave, Crank-Nicolson", True, 0.1, 2, lambda s: _wave_error("crank-nicolson", FINE_SPACING, s)),
        ("diffusion, differences", False, 0.5, 2, lambda h: _density_error("crank-nicolson", h, FINE_STEP)),
        ("wave, differences", False, 0.25, 2, lambda h: _wave_error("crank-nicolson", h, FINE_STEP)),
        ("diffusion, free, spectral", False, 0.8, None, _free_density_error),
        ("wave, free, spectral", False, 0.8, None, _free_wave_error),
    ]


def _grid(spacing: float, reach: float = REACH) -> Grid:
    return Grid.line(-reach, reach, round(2 * reach / spacing))


def _density_error(scheme: Scheme, spacing: float, time_step: float) -> float:
    # The drift is discontinuous at the ends, where the density is below rounding.
    grid = _grid(spacing, 6.0)
    start = relaxed(grid.points[0], 0.0)
    found = fokker_planck_evolution(
        start / grid.integral(start),
        grid,
        diffusion=DIFFUSION,
        times=[TIME],
        drift=lambda x: -STIFFNESS * x,
        scheme=scheme,
        time_step=time_step,
    )
    return grid.integral(np.abs(found.densities[0] - relaxed(grid.points[0], TIME)))


def _wave_error(scheme: WaveScheme, spacing: float, time_step: float) -> float:
    grid = _grid(spacing)
    (x,) = grid.points
    found = schroedinger_evolution(
        np.sqrt(swung(x, 0.0)),
        grid,
        diffusion=DIFFUSION,
        times=[TIME],
        potential=FREQUENCY**2 * x**2 / (2 * DIFFUSION),
        scheme=scheme,
        time_step=time_step,
    )
    return grid.integral(np.abs(found.densities[0] - swung(x, TIME)))


def _free_density_error(spacing: float) -> float:
    grid = _grid(spacing, 12.0)
    start = _gaussian(grid.points[0], 0.0, 1.0)
    found = fokker_planck_evolution(start / grid.integral(start), grid, diffusion=DIFFUSION, times=[TIME])
    return grid.integral(np.abs(found.densities[0] - _gaussian(grid.points[0], 0.0, 1 + DIFFUSION * TIME)))


def _free_wave_error(spacing: float) -> float:
    grid = _grid(spacing, 18.0)
    psi = np.sqrt(_gaussian(grid.points[0], 0.0, 1.0))
    psi = psi / math.sqrt(grid.integral(psi**2))
    found = schroedinger_evolution(psi, grid, diffusion=DIFFUSION, times=[TIME])
    exact = _gaussian(grid.points[0], 0.0, 1 + (DIFFUSION * TIME / 2) ** 2)
    return grid.integral(np.abs(found.densities[0] - exact))


def _watched(n_steps: int, time_step: float) -> dict[str, Any]:
    return {"times": time_step * n_steps * np.linspace(0.02, 1.0, 50), "time_step": time_step}


def _long_wave(n_steps: int) -> list[Conservation]:
    grid = _grid(SPECTRAL_SPACING)
    (x,) = grid.points
    psi, found = np.sqrt(swung(x, 0.0)), []
    for scheme, name in (("split-step", "split-step"), ("crank-nicolson", "Crank-Nicolson")):
        given: Any = {"scheme": scheme, "potential": FREQUENCY**2 * x**2 / (2 * DIFFUSION), **_watched(n_steps, 0.02)}
        run = schroedinger_evolution(psi, grid, diffusion=DIFFUSION, **given)
        found.append(Conservation(name=f"norm, {name}", times=run.times, deviations=np.abs(run.norms - 1)))
        energy = schroedinger_evolution(psi, grid, diffusion=DIFFUSION, **{**given, "times": [0.0]}).energies[0]
        off = np.abs(run.energies / energy - 1)
        found.append(Conservation(name=f"energy, {name}", times=run.times, deviations=off))
    return found


def _long_density(n_steps: int) -> list[Conservation]:
    grid = _grid(SPECTRAL_SPACING)
    found = fokker_planck_evolution(
        relaxed(grid.points[0], 0.0),
        grid,
        diffusion=DIFFUSION,
        drift=lambda x: -STIFFNESS * x,
        scheme="crank-nicolson",
        **_watched(n_steps, 0.02),
    )
    return [Conservation(name="mass, Crank-Nicolson", times=found.times, deviations=np.abs(found.masses - 1))]


def _long_constrained(n_steps: int) -> list[Conservation]:
    """Ten times fewer steps, which are dearer."""
    grid = _grid(SPECTRAL_SPACING)
    (x,) = grid.points
    start = 0.5 * (_gaussian(x, 1.0, 0.36) + _gaussian(x, -1.0, 0.36))
    held = x**2 - grid.integral(x**2 * start)
    found = constrained_diffusion(start, grid, [held], diffusion=DIFFUSION, **_watched(n_steps // 10, 0.2))
    off = np.abs(found.constraint_residuals[:, 0])
    return [Conservation(name="constraint", times=found.times, deviations=off)]
