"""What became of a density: a record of it at all times, with what should be conserved."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.special import xlogy

from numerics.evolution.grid import Array, Grid


@dataclass(frozen=True, kw_only=True, eq=False)
class DensityEvolution:
    """A density at several times.

    Attributes
    ----------
    grid
        Of its arguments.
    diffusion
        D.
    times
        Shape (n_times,).
    densities
        Shape (n_times, *grid.shape); each integrates to 1 over the grid.
    scheme
        How it was computed.
    time_step
        The longest step allowed; None where none are taken.
    constraints
        Theta_k at the cells, shape (n_constraints, *grid.shape).
    multipliers
        Their Lagrange multipliers, each constant over the last step before the time, shape (n_times, n_constraints);
        NaN at time 0. Per unit of time.
    iterations
        The most that any step took for its multipliers.
    """

    grid: Grid
    diffusion: float
    times: Array
    densities: Array
    scheme: str
    time_step: float | None
    constraints: Array = field(default_factory=lambda: np.empty((0,)))
    multipliers: Array = field(default_factory=lambda: np.empty((0, 0)))
    iterations: int = 0

    @property
    def masses(self) -> Array:
        """Integrals over the grid, shape (n_times,)."""
        return self.grid.integral(self.densities)

    @property
    def entropies(self) -> Array:
        """- int p log p, shape (n_times,); cells where p is rounded below 0 count as empty."""
        p = np.maximum(self.densities, 0.0)
        return -self.grid.integral(xlogy(p, p))

    @property
    def minima(self) -> Array:
        """Least value in any cell, shape (n_times,)."""
        return self.densities.reshape(len(self.times), -1).min(axis=1)

    @property
    def edge_masses(self) -> Array:
        """Mass in the cells next to the grid's ends, shape (n_times,): on a grid for the open line it should be 0."""
        return self.grid.edge_share(self.densities)

    @property
    def constraint_residuals(self) -> Array:
        """int p Theta_k, shape (n_times, n_constraints)."""
        return (
            np.stack([self.mean(theta) for theta in self.constraints], axis=-1)
            if len(self.constraints)
            else (np.empty((len(self.times), 0)))
        )

    def mean(self, values: Any) -> Array:
        """int p f at all times for a function f on the grid, shape (n_times,)."""
        return self.grid.integral(self.densities * self.grid.values(values, "function"))
