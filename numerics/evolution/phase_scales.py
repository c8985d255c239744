"""Diffusion beside waves whose phases are scaled: what of their distance the terms of the functional explain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from numerics.evolution.distances import wasserstein_distance
from numerics.evolution.flow_terms import FlowTerms, flow_terms
from numerics.evolution.fokker_planck import fokker_planck_evolution
from numerics.evolution.grid import Array, Grid
from numerics.evolution.inputs import Progress
from numerics.evolution.schroedinger import schroedinger_evolution, wave_function
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
    rates = []
    for g in scales:
        rates.append(_short_rate(grid, g * phase, SHORT / (1 + g)))
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
        histories=histories,
        constrained=constrained,
        plane=plane,
    )


def _tell(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None:
        progress(done, total)


def _short_rate(grid: Grid, phase: Array, time: float) -> float:
    wave = schroedinger_evolution(wave_function(bumps, phase, grid), grid, diffusion=DIFFUSION, times=[time])
    diffused = fokker_planck_evolution(bumps, grid, diffusion=DIFFUSION, times=[time])
    return wasserstein_distance(wave.densities[0], diffused.densities[0], grid) / time


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
