"""Diffusion beside waves whose phases are scaled: what of their distance the terms of the functional explain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from numerics.evolution.constrained_terms import ConstrainedTerms, constrained_terms
from numerics.evolution.flow_terms import FlowTerms, flow_terms
from numerics.evolution.grid import Array, Grid
from numerics.evolution.inputs import Progress
from numerics.evolution.schroedinger import wave_function
from numerics.evolution.two_evolutions import TwoEvolutions, two_evolutions

DIFFUSION = 1.0
N_SCALES = {"quick": 9, "default": 25, "full": 49}
N_CELLS = {"quick": 2048, "default": 2048, "full": 4096}
"""Enough for the phase at the largest scale."""
N_CELLS_OF_A_PLANE = {"quick": 64, "default": 128, "full": 192}
SHORT = 1e-3
"""Time at the smallest phases; at larger ones shorter, as the wave moves faster."""
HISTORY = np.linspace(0.0, 1.0, 21)
PLANE_TIME = 0.02
REACH = 16.0
CURVATURE = 0.6
"""Of the phase, at scale 1."""
BUMPS = ((0.55, -1.1, 0.7), (0.45, 1.2, 0.5))
"""Share, center and width of each."""


@dataclass(frozen=True, kw_only=True, eq=False)
class PhaseScales:
    """The study.

    Attributes
    ----------
    scales
        g: the phase is g times one phase, shape (n,).
    rates
        Wasserstein distance over a short time, by it, shape (n,): measured on both evolutions.
    terms
        At scale 1.
    held_rates
        Likewise, for diffusion that starts at the maximum of entropy under its constraints, and a phase made of them.
    held_terms
        Of those, at scale 1.
    histories
        By scale, over `HISTORY`.
    constrained
        A wave whose phase is made of constraints, beside diffusion that keeps them.
    plane
        Two dimensions, after a short time.
    """

    scales: Array
    rates: Array
    terms: FlowTerms
    held_rates: Array
    held_terms: ConstrainedTerms
    histories: dict[float, TwoEvolutions]
    constrained: TwoEvolutions
    plane: TwoEvolutions

    def predicted_rates(self, scales: Array) -> Array:
        """The root of (D/2)(kept + g cross + g^2 dropped), of the terms at scale 1."""
        t = self.terms
        return np.sqrt(t.diffusion / 2 * np.maximum(0.0, t.kept + scales * t.cross + scales**2 * t.dropped))

    def rates_of_dropped_term(self, scales: Array) -> Array:
        """The root of (D/2) g^2 dropped: if the term that the last line of (11.7) adds were all."""
        return scales * np.sqrt(self.terms.diffusion / 2 * self.terms.dropped)

    def predicted_held_rates(self, scales: Array) -> Array:
        """The root of (D/2)(g^2 dropped + production): the cross term vanishes."""
        t = self.held_terms
        return np.sqrt(t.diffusion / 2 * (scales**2 * t.dropped + t.production))

    @property
    def nearest_scale(self) -> float:
        """g at which both evolutions are closest to first order in time."""
        return -self.terms.cross / (2 * self.terms.dropped)

    @property
    def pattern_correlation(self) -> float:
        """Of the difference in the plane with its first order in time, over the cells: 1 where that says it all."""
        measured, predicted = self.plane.differences[-1].ravel(), self.plane.at_start.apart.ravel()
        return float(measured @ predicted / np.linalg.norm(measured) / np.linalg.norm(predicted))


def bumps(x: Any) -> Any:
    """Two bumps of different shares and widths."""
    terms = [w * np.exp(-(((x - c) / s) ** 2) / 2) / (s * np.sqrt(2 * np.pi)) for w, c, s in BUMPS]
    return sum(terms)


def phase_experiment(scale: str = "default", *, seed: int = 0, progress: Progress | None = None) -> PhaseScales:
    """Evolve one density by diffusion and with phases of many scales.

    Parameters
    ----------
    scale
        "quick", "default" or "full": how many scales and cells.
    seed
        Of the density and phase in the plane.
    progress
        Called with the parts done and their number.

    Raises
    ------
    ValueError
        For another scale.
    """
    if scale not in N_SCALES:
        raise ValueError(f"expected one of the scales {', '.join(N_SCALES)}; found {scale!r}")
    grid = Grid.line(-REACH, REACH, N_CELLS[scale])
    scales = np.geomspace(0.03, 30.0, N_SCALES[scale])
    (x,) = grid.points
    phase = CURVATURE * x**2 / 2
    terms = flow_terms(wave_function(bumps, phase, grid), grid, diffusion=DIFFUSION)
    total = len(scales) + 3
    still = _equilibrium(grid)
    rates, held_rates = [], []
    for g in scales:
        rates.append(_short_rate(grid, bumps(x), g * phase, (), SHORT / (1 + g)))
        held_rates.append(_short_rate(grid, still.density, g * still.phase, still.held, SHORT / (1 + g)))
        _tell(progress, len(rates), total)
    nearest = -terms.cross / (2 * terms.dropped)
    histories = {
        g: two_evolutions(bumps, g * phase, grid, diffusion=DIFFUSION, times=HISTORY) for g in (0.0, nearest, 2.5)
    }
    _tell(progress, total - 2, total)
    constrained = _constrained()
    _tell(progress, total - 1, total)
    plane = _plane(N_CELLS_OF_A_PLANE[scale], np.random.default_rng(seed))
    _tell(progress, total, total)
    return PhaseScales(
        scales=scales,
        rates=np.array(rates),
        terms=terms,
        held_rates=np.array(held_rates),
        held_terms=constrained_terms(
            wave_function(still.density, still.phase, grid), grid, still.held, diffusion=DIFFUSION
        ),
        histories=histories,
        constrained=constrained,
        plane=plane,
    )


def _tell(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None:
        progress(done, total)


def _short_rate(grid: Grid, density: Array, phase: Array, held: Sequence[Array], time: float) -> float:
    both = two_evolutions(density, phase, grid, diffusion=DIFFUSION, times=[time], constraints=held, time_step=time)
    return float(both.wasserstein_distances[0]) / time


@dataclass(frozen=True, kw_only=True, eq=False)
class _Equilibrium:
    density: Array
    phase: Array
    held: tuple[Array, ...]


def _equilibrium(grid: Grid) -> _Equilibrium:
    """exp of a combination of two functions, whose means are kept, and a phase of another combination."""
    (x,) = grid.points
    functions = x**2, np.cos(2 * x)
    density = np.exp(-0.5 * functions[0] - 0.8 * functions[1])
    density = density / grid.integral(density)
    held = tuple(f - grid.integral(f * density) for f in functions)
    return _Equilibrium(density=density, phase=(1.2 * held[0] + 0.5 * held[1]) / 4, held=held)


def _constrained() -> TwoEvolutions:
    """Mean, mean square and mean cosine are kept; the phase is made of them with multipliers."""
    grid = Grid.line(-REACH, REACH, 512)
    (x,) = grid.points
    density = bumps(x)
    held = [f - grid.integral(f * density) for f in (x, x**2, np.cos(2 * x))]
    phase = (0.8 * held[0] + 0.6 * held[1] - 0.5 * held[2]) / 4
    return two_evolutions(density, phase, grid, diffusion=DIFFUSION, times=HISTORY, constraints=held, time_step=0.01)


def _plane(n_cells: int, rng: np.random.Generator) -> TwoEvolutions:
    """Three bumps and a phase of a few waves."""
    grid = Grid.square(-7.0, 7.0, n_cells)
    x, y = grid.points
    density = sum(np.exp(-((x - a) ** 2 + (y - b) ** 2) / (2 * s**2)) for a, b, s in _places(rng))
    phase = sum(c * np.sin(k * x + q * y) for c, k, q in rng.normal(size=(3, 3)) * [0.5, 0.7, 0.7])
    return two_evolutions(density / grid.integral(density), phase, grid, diffusion=DIFFUSION, times=[0.0, PLANE_TIME])


def _places(rng: np.random.Generator) -> Any:
    return np.column_stack([rng.uniform(-1.6, 1.6, size=(3, 2)), rng.uniform(0.5, 0.9, size=3)])
