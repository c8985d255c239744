"""The same density and phase evolved by diffusion and as a wave: how far apart, where, and what was to be expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.polynomial.legendre import leggauss
from numpy.typing import ArrayLike

from numerics.evolution.constrained_diffusion import By, constrained_diffusion
from numerics.evolution.constraints import Constraints
from numerics.evolution.density_evolution import DensityEvolution
from numerics.evolution.distances import (
    hellinger_distance,
    integrated_difference,
    relative_entropy,
    wasserstein_distance,
)
from numerics.evolution.flow_terms import FlowTerms, flow_terms
from numerics.evolution.fokker_planck import fokker_planck_evolution
from numerics.evolution.grid import Array, Field, Grid
from numerics.evolution.inputs import Progress
from numerics.evolution.schroedinger import Wave, schroedinger_evolution, wave_function
from numerics.evolution.wave_evolution import WaveEvolution

EDGE_MASS = 1e-6
"""From which on a ring no longer stands for the open line."""
NODES = 6
"""Of the quadrature over each interval of times."""


@dataclass(frozen=True, kw_only=True, eq=False)
class TwoEvolutions:
    """A diffusing density beside the density of a wave.

    Attributes
    ----------
    wave
        The Schroedinger equation, free.
    diffused
        The Fokker-Planck equation, under the constraints if there are any.
    integrated_differences, hellinger_distances, relative_entropies
        int |p - q|, the root of 1 - int sqrt(p q), and int p log(p/q), with p of the wave; each of shape (n_times,).
    wasserstein_distances
        Of second order; NaN in two dimensions.
    wasserstein_bounds
        The integral of `FlowTerms.wasserstein_rate` along the wave up to each time. The Wasserstein distance to the
        freely diffusing density is at most that, since diffusion brings any two densities closer, and to first order in
        the time it is that.
    at_start
        Both equations at time 0.
    wave_residuals
        int |Psi|^2 Theta_k, shape (n_times, n_constraints): the wave keeps no constraint but by chance.
    """

    wave: WaveEvolution
    diffused: DensityEvolution
    integrated_differences: Array
    hellinger_distances: Array
    relative_entropies: Array
    wasserstein_distances: Array
    wasserstein_bounds: Array
    at_start: FlowTerms
    wave_residuals: Array

    @property
    def times(self) -> Array:
        """Shape (n_times,)."""
        return self.wave.times

    @property
    def differences(self) -> Array:
        """The wave's density less the other, shape (n_times, *grid.shape): where they are apart."""
        return self.wave.densities - self.diffused.densities


def two_evolutions(
    density: Field,
    phase: Field,
    grid: Grid,
    *,
    diffusion: float,
    times: ArrayLike,
    constraints: Sequence[Field] = (),
    time_step: float = 0.01,
    by: By = "drift",
    progress: Progress | None = None,
) -> TwoEvolutions:
    r"""Evolve :math:`p` and :math:`\sqrt{p}\, e^{i\theta}` side by side.

    Parameters
    ----------
    density
        p at time 0, values at the cells or a function of the coordinates.
    phase
        theta at time 0, likewise; in the paper's terms sum_k Theta_k Phi_k / 4.
    grid
        Periodic, so wide that neither density reaches its ends.
    diffusion
        D.
    times
        Ascending, shape (n_times,).
    constraints
        Theta_k that the diffusing density keeps; none: it diffuses freely.
    time_step
        Of the constrained diffusion; free evolutions take none.
    by
        How its multipliers act.
    progress
        Called with the times done and their number.

    Returns
    -------
    TwoEvolutions

    Raises
    ------
    ValueError
        For inputs that the evolutions refuse, or densities that reach the ends of the grid.

    Notes
    -----
    Vanchurin (2020), eqs. (11.4), (11.5), (11.8) and (11.9).
    """
    psi = wave_function(density, phase, grid)
    wave = schroedinger_evolution(psi, grid, diffusion=diffusion, times=times)
    if len(constraints):
        diffused = constrained_diffusion(
            density, grid, constraints, diffusion=diffusion, times=times, time_step=time_step, by=by
        )
    else:
        diffused = fokker_planck_evolution(density, grid, diffusion=diffusion, times=times)
    reach = max(wave.edge_masses.max(), diffused.edge_masses.max())
    if reach > EDGE_MASS:
        raise ValueError(
            f"expected densities that stay away from the ends of the grid; found a mass of {reach:.2g} there: widen it"
        )
    held = Constraints(grid, constraints)
    line = len(grid.axes) == 1
    rows = []
    for done, (p, q) in enumerate(zip(wave.densities, diffused.densities, strict=True), start=1):
        kinds = (integrated_difference, hellinger_distance, relative_entropy)
        apart = [distance(p, q, grid) for distance in kinds]
        rows.append([*apart, wasserstein_distance(p, q, grid) if line else np.nan, *held.means(p)])
        if progress is not None:
            progress(done, len(wave.times))
    columns = np.array(rows).T
    return TwoEvolutions(
        wave=wave,
        diffused=diffused,
        integrated_differences=columns[0],
        hellinger_distances=columns[1],
        relative_entropies=columns[2],
        wasserstein_distances=columns[3],
        wasserstein_bounds=_bounds(psi, grid, diffusion, wave.times),
        at_start=flow_terms(psi, grid, diffusion=diffusion),
        wave_residuals=columns[4:].T,
    )


def _bounds(psi: Wave, grid: Grid, diffusion: float, times: Array) -> Array:
    """The rate of the Wasserstein distance at most, integrated from 0 to each time by Gauss-Legendre rules."""
    nodes, weights = leggauss(NODES)
    lengths = np.diff(times, prepend=0.0)
    moved = lengths > 0
    places = (times - lengths / 2)[moved, None] + (lengths / 2)[moved, None] * nodes
    waves = schroedinger_evolution(psi, grid, diffusion=diffusion, times=places.ravel()).waves if moved.any() else ()
    rates = np.array([flow_terms(w, grid, diffusion=diffusion).wasserstein_rate for w in waves])
    found = np.zeros(len(times))
    found[moved] = lengths[moved] / 2 * (rates.reshape(-1, NODES) @ weights)
    return np.cumsum(found)
