"""Second-order differences on a grid as sparse matrices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse

from numerics.evolution.grid import Array, Axis, Grid
from numerics.evolution.harmonics import Kind


def laplacian(grid: Grid, kind: Kind) -> Any:
    """The three- or five-point Laplacian: of densities without flux at walls, of waves that are 0 there.

    Its eigenfunctions are the grid's harmonics, its eigenvalues -(2 / h sin(k h / 2))^2 for the wave number k.
    """
    found: Any = None
    for direction, axis in enumerate(grid.axes):
        term = _along(grid, direction, _second_difference(axis, kind))
        found = term if found is None else found + term
    return found.tocsc()


def _second_difference(axis: Axis, kind: Kind) -> Any:
    n = axis.n_cells
    beside = sparse.eye_array(n, k=1) + sparse.eye_array(n, k=-1)
    found = (beside - 2 * sparse.eye_array(n)).tolil()
    if axis.periodic:
        found[0, n - 1] = found[n - 1, 0] = 1.0
    else:
        # A cell beyond the wall mirrors the last one, with the other sign for waves.
        found[0, 0] = found[n - 1, n - 1] = -1.0 if kind == "density" else -3.0
    return (found / axis.spacing**2).tocsc()


def _along(grid: Grid, direction: int, matrix: Any) -> Any:
    """A matrix of one axis on the whole grid."""
    found: Any = sparse.eye_array(1)
    for k, axis in enumerate(grid.axes):
        found = sparse.kron(found, matrix if k == direction else sparse.eye_array(axis.n_cells))
    return found


def generator(grid: Grid, diffusion: float, drifts: Sequence[Array]) -> Any:
    r"""The matrix L of p_t = L p for p_t = (D/2) Laplace p - div(f p).

    The current through a face is that of a constant drift and a constant current between two centers (Scharfetter,
    Gummel 1969):

    .. math:: J = \frac{D}{2h}\,[B(-q)\, p_i - B(q)\, p_{i+1}],\qquad B(z) = \frac{z}{e^z - 1},\quad q = \frac{2hf}{D}

    Columns add up to 0, entries beside the diagonal are not negative: mass stays, and densities stay positive under
    backward Euler steps of any size. For the drift of a potential, exp(-2 U / D) at the centers is stationary exactly.

    Parameters
    ----------
    grid
        Of the density.
    diffusion
        D, positive.
    drifts
        For each axis f at its faces, shapes as of `Grid.faces`.
    """
    numbers = np.arange(np.prod(grid.shape)).reshape(grid.shape)
    found: Any = sparse.csc_array((numbers.size, numbers.size))
    for direction, (axis, drift) in enumerate(zip(grid.axes, drifts, strict=True)):
        ahead = np.roll(numbers, -1, axis=direction)
        keep = slice(None) if axis.periodic else slice(0, -1)
        here, there = (np.moveaxis(a, direction, 0)[keep].ravel() for a in (numbers, ahead))
        peclet = np.moveaxis(2 * axis.spacing * drift / diffusion, direction, 0).ravel()
        rate = diffusion / (2 * axis.spacing**2)
        out, back = rate * bernoulli(-peclet), rate * bernoulli(peclet)
        rows = np.concatenate([here, there, there, here])
        columns = np.concatenate([here, here, there, there])
        entries = np.concatenate([-out, out, -back, back])
        found = found + sparse.coo_array((entries, (rows, columns)), shape=found.shape).tocsc()
    return found


def bernoulli(z: Array) -> Array:
    """z / (exp(z) - 1), 1 at 0."""
    safe = np.where(z == 0, 1.0, z)
    with np.errstate(over="ignore"):
        return np.where(z == 0, 1.0, safe / np.expm1(safe))


def drifts_of_potential(grid: Grid, potential: Array) -> list[Array]:
    """-dU/dx at the faces of each axis, by differences of neighbors.

    On a ring the last face lies between the last cell and the first.
    """
    found = []
    for direction, axis in enumerate(grid.axes):
        change = -(np.roll(potential, -1, axis=direction) - potential) / axis.spacing
        keep = axis.n_cells if axis.periodic else axis.n_cells - 1
        found.append(np.take(change, np.arange(keep), axis=direction))
    return found
