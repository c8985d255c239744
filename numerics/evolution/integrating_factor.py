"""Diffusion with a drift on a ring: diffusion exactly, the drift by Runge-Kutta steps of fourth order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from numerics.evolution.grid import Array, Grid
from numerics.evolution.harmonics import Harmonics

STABLE = 2.8
"""On the imaginary axis, of the classical Runge-Kutta method."""


class DriftedHarmonics:
    """p_t = (D/2) Laplace p - div(f p) in plane waves, whose mean stays to rounding.

    Parameters
    ----------
    grid
        Periodic along all axes.
    diffusion
        D.
    drifts
        f at the cells, one array of the grid's shape for each axis.

    Raises
    ------
    ValueError
        Between walls.
    """

    def __init__(self, grid: Grid, diffusion: float, drifts: Sequence[Array]) -> None:
        if not all(axis.periodic for axis in grid.axes):
            raise ValueError(
                "expected a periodic grid for the spectral scheme with a drift; found walls: use 'crank-nicolson', "
                "or a ring that the density does not reach around"
            )
        self._harmonics = Harmonics(grid, "density")
        self._rates = diffusion / 2 * self._harmonics.laplacian
        self._drifts = drifts
        self._slopes: list[Any] = []
        for k, axis in enumerate(grid.axes):
            numbers = 1j * self._harmonics.wave_numbers(k)
            if axis.n_cells % 2 == 0:
                # Of the fastest wave the sign is not known: its slope is 0 at the cells.
                numbers[axis.n_cells // 2] = 0
            self._slopes.append(numbers.reshape([-1 if j == k else 1 for j in range(len(grid.axes))]))
        self.fastest = sum(
            float(np.max(np.abs(f))) * np.pi / axis.spacing for f, axis in zip(drifts, grid.axes, strict=True)
        )

    def advanced(self, density: Array, n: int, length: float) -> Array:
        """After n steps of that length.

        Raises
        ------
        ValueError
            For steps that amplify rounding.
        """
        if length * self.fastest > STABLE:
            raise ValueError(
                f"expected a time_step of at most {STABLE / self.fastest:.3g} for this drift and grid; "
                f"found {length:.3g}"
            )
        half = np.exp(length / 2 * self._rates)
        now = self._harmonics.coefficients(density)
        for _ in range(n):
            now = self._step(now, length, half)
        return self._harmonics.values(now).real

    def _step(self, c: Any, dt: float, half: Any) -> Any:
        # Classical stages for exp(-t L) c, written without the growing factors.
        first = self._inflow(c)
        second = self._inflow(half * (c + dt / 2 * first))
        third = self._inflow(half * c + dt / 2 * second)
        fourth = self._inflow(half * (half * c + dt * third))
        return half * (half * (c + dt / 6 * first) + dt / 3 * (second + third)) + dt / 6 * fourth

    def _inflow(self, c: Any) -> Any:
        """-div(f p) of the density with coefficients c."""
        density = self._harmonics.values(c).real
        return -sum(
            slope * self._harmonics.coefficients(f * density)
            for slope, f in zip(self._slopes, self._drifts, strict=True)
        )
