"""What became of a wave function: a record of it at all times, with what should be conserved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.evolution.grid import Array, Grid


@dataclass(frozen=True, kw_only=True, eq=False)
class WaveEvolution:
    """A wave function at several times.

    Attributes
    ----------
    grid
        Of its arguments.
    diffusion
        D.
    times
        Shape (n_times,).
    waves
        Psi, complex, shape (n_times, *grid.shape).
    energies
        int Psi* (-(D/2) Laplace + V) Psi with the scheme's own Laplacian, shape (n_times,); per unit of time.
    scheme
        How it was computed.
    time_step
        The longest step allowed; None where none are taken.
    """

    grid: Grid
    diffusion: float
    times: Array
    waves: NDArray[np.complex128]
    energies: Array
    scheme: str
    time_step: float | None

    @property
    def densities(self) -> Array:
        """|Psi|^2, shape (n_times, *grid.shape)."""
        return self.waves.real**2 + self.waves.imag**2

    @property
    def norms(self) -> Array:
        """int |Psi|^2, shape (n_times,)."""
        return self.grid.integral(self.densities)

    @property
    def edge_masses(self) -> Array:
        """Share of |Psi|^2 in the cells next to the grid's ends: what a grid for the open line should not have."""
        return self.grid.edge_share(self.densities)

    def mean(self, values: Any) -> Array:
        """int |Psi|^2 f at all times for a function f on the grid, shape (n_times,)."""
        return self.grid.integral(self.densities * self.grid.values(values, "function"))
