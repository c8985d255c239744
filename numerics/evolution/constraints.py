"""Constraints int p Theta_k = 0 on a density, and multipliers that keep them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.evolution.differences import drifts_of_potential, generator
from numerics.evolution.grid import Array, Field, Grid

RESIDUAL = 1e-12
"""Of int p |Theta_k|: what sums of rounded products leave."""
START = 1e-6
"""Of int p |Theta_k|: by which a density may miss a constraint at the start, as by which it may miss its mass."""
MOST_ITERATIONS = 60
WORST_CONDITION = 1e12


class Constraints:
    """Functions whose means vanish.

    Parameters
    ----------
    grid
        Of the density.
    functions
        Theta_k, each as values at the cells or as a function of the coordinates; any number of them.

    Attributes
    ----------
    values
        Shape (n_constraints, *grid.shape).
    slopes
        For each axis their differences across its faces over the spacing, shape (n_constraints, *faces).

    Raises
    ------
    ValueError
        For functions out of shape or not finite.
    """

    def __init__(self, grid: Grid, functions: Sequence[Field]) -> None:
        self.grid = grid
        self.values = np.array([grid.values(f, "constraint") for f in functions]).reshape(len(functions), *grid.shape)
        by_function = [drifts_of_potential(grid, -theta) for theta in self.values]
        faces = [grid.faces(k)[0].shape for k in range(len(grid.axes))]
        self.slopes = [np.array([s[k] for s in by_function]).reshape(-1, *shape) for k, shape in enumerate(faces)]

    def __len__(self) -> int:
        return len(self.values)

    def means(self, density: Array) -> Array:
        """int p Theta_k, shape (n_constraints,)."""
        return np.reshape([self.grid.integral(theta * density) for theta in self.values], -1)

    def scales(self, density: Array) -> Array:
        """int p |Theta_k|, to compare the means with; 1 where it is 0."""
        found = np.reshape([self.grid.integral(abs(theta) * abs(density)) for theta in self.values], -1)
        return np.where(found > 0, found, 1.0)

    def drifts(self, multipliers: Array) -> list[Array]:
        """sum_k mu_k grad Theta_k at the faces of each axis."""
        return [np.tensordot(multipliers, slopes, axes=1) for slopes in self.slopes]

    def gram(self, density: Array) -> Array:
        """int p grad Theta_k . grad Theta_l, shape (n_constraints, n_constraints), by differences."""
        found = np.zeros((len(self), len(self)))
        for k, slopes in enumerate(self.slopes):
            between = (density + np.roll(density, -1, axis=k)) / 2
            weights = np.take(between, np.arange(slopes.shape[k + 1]), axis=k).ravel()
            flat = slopes.reshape(len(self), weights.size)
            found += (flat * weights) @ flat.T * self.grid.cell_volume
        return found

    def covariance(self, density: Array) -> Array:
        """Of the functions under the density, shape (n_constraints, n_constraints)."""
        flat = self.values.reshape(len(self), density.size)
        weights = density.ravel() * self.grid.cell_volume
        means = flat @ weights
        return (flat * weights) @ flat.T - np.outer(means, means)

    def require_start(self, density: Array) -> None:
        """Refuse a density that does not meet them."""
        means, scales = self.means(density), self.scales(density)
        if (np.abs(means) > START * scales).any():
            worst = int(np.argmax(np.abs(means) / scales))
            raise ValueError(
                f"expected a density that meets the constraints at the start; found a mean of {means[worst]:.6g} for "
                f"constraint {worst}: take its mean from the function"
            )


def least_drift_multipliers(
    density: Field, grid: Grid, functions: Sequence[Field], *, diffusion: float
) -> NDArray[np.float64]:
    r"""Multipliers of the least drift that keeps the constraints on a freely diffusing density at one moment.

    Of all drifts f with :math:`\frac{d}{dt} \int p\, \Theta_k = \frac{D}{2} \int p\, \Delta\Theta_k + \int p\, f \cdot
    \nabla\Theta_k = 0` the one with the least :math:`\int p\, f^2` is :math:`f = \sum_k \mu_k \nabla\Theta_k`, with

    .. math:: \sum_l \mu_l \int p\, \nabla\Theta_k \cdot \nabla\Theta_l = -\frac{D}{2} \int p\, \Delta\Theta_k.

    The relative entropy of its paths to those of free diffusion grows by :math:`\int p\, f^2 / 2D` per time (Girsanov),
    less than for any other such drift.

    Parameters
    ----------
    density
        p, values at the cells or a function of the coordinates.
    grid
        Of the density.
    functions
        Theta_k, likewise.
    diffusion
        D, squared length per time.

    Returns
    -------
    array of shape (n_constraints,)
        mu_k, per unit of Theta_k and time, times squared length.

    Raises
    ------
    ValueError
        For arrays out of shape, or constraints that depend on each other under the density.

    Examples
    --------
    >>> grid = Grid.line(-9.0, 9.0, 512)
    >>> unit = lambda x: np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
    >>> round(float(least_drift_multipliers(unit, grid, [lambda x: x**2 - 1], diffusion=1.0)[0]), 3)
    -0.25
    """
    constraints, p = Constraints(grid, functions), grid.values(density, "density")
    free = generator(grid, diffusion, constraints.drifts(np.zeros(len(constraints))))
    growth = constraints.means((free @ p.ravel()).reshape(grid.shape))
    return solved(constraints.gram(p), -growth, "gradients")


def solved(matrix: Array, right: Array, what: str) -> Any:
    """The solution of equations between multipliers.

    Raises
    ------
    ValueError
        If constraints depend on each other, so that there is none or more than one.
    """
    if not len(matrix):
        return np.zeros(0)
    scales = np.sqrt(np.abs(np.diag(matrix)))
    if (scales == 0).any() or np.linalg.cond(matrix / np.outer(scales, scales)) > WORST_CONDITION:
        raise ValueError(
            f"expected constraints whose {what} are linearly independent where the density is; found "
            "some that are not: leave out constants, and those that follow from others"
        )
    return np.linalg.solve(matrix / np.outer(scales, scales), right / scales) / scales


def found_multipliers(
    start: Array, matrix: Array, residual: Callable[[Array], tuple[Array, Any]], scales: Array, what: str
) -> tuple[Array, Any, int]:
    """Multipliers at which the residuals vanish, what came with them, and the iterations: Broyden's method.

    Parameters
    ----------
    start
        First guess, shape (n_constraints,).
    matrix
        The derivative of the residuals, roughly.
    residual
        Residuals of multipliers, and what else was computed.
    scales
        Residuals count as 0 below `RESIDUAL` of them.
    what
        Of the constraints has to be independent.

    Raises
    ------
    ArithmeticError
        If there are none to be found.
    """
    at, (misses, found) = start, residual(start)
    inverse = solved(matrix, np.eye(len(start)), what) if len(start) else np.zeros((0, 0))
    n = 0
    for n in range(MOST_ITERATIONS):
        if (np.abs(misses) <= RESIDUAL * scales).all():
            return at, found, n
        if not np.isfinite(misses).all():
            break
        move = -inverse @ misses
        at = at + move
        before, (misses, found) = misses, residual(at)
        carried = inverse @ (misses - before)
        if move @ carried == 0:
            break
        inverse = inverse + np.outer(move - carried, move @ inverse) / (move @ carried)
    raise ArithmeticError(
        f"expected multipliers that keep the constraints; found residuals of {np.abs(misses).max():.2g} after {n + 1} "
        "iterations: take smaller steps, or constraints that the density can meet"
    )
