"""Terms of the entropy production functional and of both evolutions at one moment, from a wave function on a ring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.evolution.derived import entropy_production_density, phase_energy_density
from numerics.evolution.grid import Array, Grid
from numerics.evolution.harmonics import Harmonics


@dataclass(frozen=True, kw_only=True, eq=False)
class FlowTerms:
    r"""What moves p as the density of a wave, and as a diffusing density.

    With :math:`\Psi = \sqrt{p}\, e^{i\theta}` the wave moves p at the velocity :math:`D \nabla\theta`, diffusion at
    :math:`-\frac{D}{2} \nabla \log p`.

    Attributes
    ----------
    kept
        :math:`2D \int |\nabla\sqrt{p}|^2`: the entropy production of diffusion per time, the term that stands in all
        lines of the functional (11.7) of Vanchurin (2020).
    dropped
        :math:`2D \int p\, |\nabla\theta|^2`: what the last line has more than the others.
    cross
        :math:`2D \int \nabla p \cdot \nabla\theta`, minus twice the growth of the wave's entropy.
    wave_change, diffusive_change
        :math:`\partial_t p` of either equation, of the grid's shape.
    density
        p.
    grid
        Of the fields.
    diffusion
        D.
    """

    kept: float
    dropped: float
    cross: float
    wave_change: Array
    diffusive_change: Array
    density: Array
    grid: Grid
    diffusion: float

    @property
    def apart(self) -> Array:
        """The wave's change of p per time less diffusion's, of the grid's shape."""
        return self.wave_change - self.diffusive_change

    @property
    def wasserstein_rate(self) -> float:
        r"""Root mean square difference of both velocities: :math:`\sqrt{\frac{D}{2}(kept + dropped + cross)}`."""
        return float(np.sqrt(max(0.0, self.diffusion / 2 * (self.kept + self.dropped + self.cross))))

    @property
    def integrated_rate(self) -> float:
        """int |p_t - p_t|, of both evolutions."""
        return float(self.grid.integral(np.abs(self.apart)))

    @property
    def entropy_curvature(self) -> float:
        """int (p_t - p_t)^2 / p: the relative entropy grows as half of it times the time squared."""
        inside = self.density > 1e-13 * self.density.max()
        return float(self.grid.integral(np.where(inside, self.apart**2 / np.where(inside, self.density, 1.0), 0.0)))


def flow_terms(wave: NDArray[Any], grid: Grid, *, diffusion: float) -> FlowTerms:
    """Both equations at one moment.

    Parameters
    ----------
    wave
        Psi, complex, shape of the grid.
    grid
        Periodic; a ring that the wave does not reach around stands for the open line.
    diffusion
        D.

    Raises
    ------
    ValueError
        Between walls, where a wave and a density have different harmonics.
    """
    density, products = density_and_slopes(wave, grid)
    production, phase_energy = entropy_production_density(), phase_energy_density()
    kept = dropped = cross = 0.0
    safe = np.where(density > 0, density, 1.0)
    for product in products:
        density_slope, phase_slope = 2 * product.real, product.imag / safe
        kept += float(grid.integral(production(diffusion, safe, density_slope)))
        dropped += float(grid.integral(phase_energy(diffusion, density, phase_slope)))
        cross += 2 * diffusion * float(grid.integral(density_slope * phase_slope))
    harmonics = Harmonics(grid, "wave")
    curved = np.conj(wave) * harmonics.values(harmonics.laplacian * harmonics.coefficients(wave))
    spread = Harmonics(grid, "density")
    diffusive = diffusion / 2 * spread.values(spread.laplacian * spread.coefficients(density)).real
    return FlowTerms(
        kept=kept,
        dropped=dropped,
        cross=cross,
        wave_change=-diffusion * curved.imag,
        diffusive_change=diffusive,
        density=density,
        grid=grid,
        diffusion=diffusion,
    )


def density_and_slopes(wave: NDArray[Any], grid: Grid) -> tuple[Array, list[NDArray[np.complex128]]]:
    """p, and Psi* grad Psi = grad p / 2 + i p grad theta for each axis, on a ring.

    Raises
    ------
    ValueError
        Between walls.
    """
    if not all(axis.periodic for axis in grid.axes):
        raise ValueError("expected a periodic grid, where waves and densities have the same harmonics; found walls")
    harmonics = Harmonics(grid, "wave")
    coefficients, found = harmonics.coefficients(wave), []
    for direction in range(len(grid.axes)):
        numbers = harmonics.wave_numbers(direction)
        numbers = numbers.reshape([-1 if k == direction else 1 for k in range(len(grid.axes))])
        found.append(np.conj(wave) * harmonics.values(1j * numbers * coefficients))
    return np.abs(wave) ** 2, found
