"""Terms of both equations at one moment, where the diffusing density keeps constraints by the least drift."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.evolution.constraints import solved
from numerics.evolution.derived import phase_energy_density
from numerics.evolution.flow_terms import density_and_slopes
from numerics.evolution.grid import Array, Field, Grid


@dataclass(frozen=True, kw_only=True, eq=False)
class ConstrainedTerms:
    r"""What parts a wave from diffusion whose least drift :math:`\sum_k \mu_k \nabla\Theta_k` keeps constraints.

    Diffusion moves p at :math:`-\frac{D}{2} \nabla\log p`. The least drift takes from it the part that lies in the span
    of the gradients :math:`\nabla\Theta_k`, in the mean square over p; the rest -R moves on. To first order in the time
    the Wasserstein distance is its rate times the time:

    .. math:: rate^2 = \frac{D}{2}\,(dropped + cross + production).

    For a phase in the span, as in (11.8) of Vanchurin (2020), the cross term vanishes. Where p is exp of a combination
    of the :math:`\Theta_k`, the maximum of entropy under the constraints, R and the production vanish too: there, and
    only there, the dropped term alone is the distance.

    Attributes
    ----------
    dropped
        :math:`2D \int p\, |\nabla\theta|^2`.
    production
        :math:`\frac{2}{D} \int p\, R^2`, entropy per time that the constrained diffusion produces.
    cross
        :math:`4 \int p\, \nabla\theta \cdot R`.
    multipliers
        mu_k, shape (n_constraints,).
    diffusion
        D.
    """

    dropped: float
    production: float
    cross: float
    multipliers: Array
    diffusion: float

    @property
    def wasserstein_rate(self) -> float:
        """Root mean square difference of both velocities."""
        return float(np.sqrt(max(0.0, self.diffusion / 2 * (self.dropped + self.cross + self.production))))


def constrained_terms(
    wave: NDArray[Any], grid: Grid, functions: Sequence[Field], *, diffusion: float
) -> ConstrainedTerms:
    """Both equations at one moment; gradients of the constraints by central differences.

    Parameters
    ----------
    wave
        Psi, complex, shape of the grid.
    grid
        Periodic, and wide enough for the wave not to reach its ends.
    functions
        Theta_k, values at the cells or functions of the coordinates; any number.
    diffusion
        D.

    Raises
    ------
    ValueError
        Between walls, and for constraints that depend on each other.
    """
    density, products = density_and_slopes(wave, grid)
    safe = np.where(density > 0, density, 1.0)
    spacings = [axis.spacing for axis in grid.axes]
    slopes = np.array([_gradient(grid.values(f, "constraint"), spacings) for f in functions])
    slopes = slopes.reshape(len(functions), len(grid.axes), *grid.shape)

    def mean(f: Array, g: Array) -> float:
        """int p f . g of two vector fields."""
        return float(grid.integral(np.sum(density * f * g, axis=0)))

    phase = np.array([product.imag / safe for product in products])
    osmotic = diffusion * np.array([product.real / safe for product in products])
    gram = np.array([[mean(a, b) for b in slopes] for a in slopes]).reshape(len(slopes), len(slopes))
    multipliers = solved(gram, np.array([mean(osmotic, a) for a in slopes]), "gradients")
    rest = osmotic - np.tensordot(multipliers, slopes, axes=1)
    return ConstrainedTerms(
        dropped=float(grid.integral(np.sum(phase_energy_density()(diffusion, density, phase), axis=0))),
        production=2 / diffusion * mean(rest, rest),
        cross=4 * mean(phase, rest),
        multipliers=multipliers,
        diffusion=diffusion,
    )


def _gradient(values: Array, spacings: Sequence[float]) -> Any:
    found = np.gradient(values, *spacings, edge_order=2)
    return [found] if len(spacings) == 1 else list(found)
