"""Evolution of a density by the Fokker-Planck equation with constant diffusion."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse
from scipy.sparse.linalg import splu

from numerics.evolution.density_evolution import DensityEvolution
from numerics.evolution.differences import drifts_of_potential, generator
from numerics.evolution.grid import Array, Field, Grid
from numerics.evolution.harmonics import Harmonics
from numerics.evolution.inputs import (
    Progress,
    moments,
    needed_step,
    normalized_density,
    positive,
    require_density,
)
from numerics.evolution.integrating_factor import DriftedHarmonics
from numerics.evolution.stepping import evolved

Scheme = Literal["spectral", "crank-nicolson", "backward-euler"]
Drift = Callable[..., Any]
"""Velocities along the axes as a function of the coordinates: one array in one dimension, a tuple of two in two."""
IMPLICITNESS = {"crank-nicolson": 0.5, "backward-euler": 1.0}


def fokker_planck_evolution(
    density: Field,
    grid: Grid,
    *,
    diffusion: float,
    times: ArrayLike,
    potential: Field | None = None,
    drift: Drift | None = None,
    scheme: Scheme | None = None,
    time_step: float | None = None,
    progress: Progress | None = None,
) -> DensityEvolution:
    r"""The density that obeys :math:`\partial_t p = \frac{D}{2} \Delta p - \nabla \cdot (f p)`.

    Parameters
    ----------
    density
        p at time 0: values at the cells, shape of the grid, or a function of the coordinates. Integrates to 1.
    grid
        A ring, or walls that reflect.
    diffusion
        D, squared length per time; half of it stands in the equation.
    times
        When the density is wanted, ascending, shape (n_times,).
    potential
        U with f = -grad U, in squared length per time: values at the cells, or a function of the coordinates.
    drift
        f itself, length per time. Give at most one of both; with neither the density diffuses freely.
    scheme
        "spectral": free diffusion is exact at all times for what the grid resolves. With a drift, on a ring, steps of
        fourth order in time. "crank-nicolson": second order in space and time, "backward-euler" first order in time;
        both in conservative differences. Backward Euler steps never make a density negative. None: spectral where the
        density is free, or has a ``drift`` on a ring, else Crank-Nicolson.
    time_step
        Longest step, where steps are taken.
    progress
        Called with the steps done and their number, at each of the times and on long ways between.

    Returns
    -------
    DensityEvolution

    Raises
    ------
    ValueError, TypeError
        For arrays out of shape, a density that is negative or not normalized, times out of order, a drift that a scheme
        does not take, or steps beyond its stability.
    ArithmeticError
        If steps made the density negative.

    Notes
    -----
    Vanchurin (2020), eq. (11.5) without a drift.

    Examples
    --------
    >>> grid = Grid.line(-12.0, 12.0, 128)
    >>> found = fokker_planck_evolution(
    ...     lambda x: np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi), grid, diffusion=0.5, times=[0.0, 1.0, 2.0]
    ... )
    >>> np.round(found.mean(lambda x: x**2), 9).tolist()
    [1.0, 1.5, 2.0]
    """
    start = normalized_density(grid, density)
    rate, when = positive(diffusion, "diffusion"), moments(times)
    if potential is not None and drift is not None:
        raise ValueError("expected a potential or a drift; found both")
    if scheme is None:
        ring = all(axis.periodic for axis in grid.axes)
        scheme = "spectral" if potential is None and (drift is None or ring) else "crank-nicolson"
    if scheme == "spectral":
        if potential is not None:
            raise ValueError(
                "expected drift=, the velocity as a function of the coordinates, for the spectral scheme; found a "
                "potential: derivatives of one that is not periodic are not spectral. Differences take it"
            )
        free = drift is None
        advance = _exact(grid, rate) if free else DriftedHarmonics(grid, rate, centered_drift(grid, drift)).advanced
        step = np.inf if free else needed_step(time_step, scheme)
    elif scheme in IMPLICITNESS:
        drifts = face_drifts(grid, potential, drift)
        advance, step = ImplicitSteps(generator(grid, rate, drifts), IMPLICITNESS[scheme]).advanced, None
        step = needed_step(time_step, scheme)
    else:
        raise ValueError(f"expected one of the schemes spectral, {', '.join(IMPLICITNESS)}; found {scheme!r}")
    densities = evolved(
        start, when, step, advance, check=lambda p, time: require_density(grid, p, time), progress=progress
    )
    return DensityEvolution(
        grid=grid,
        diffusion=rate,
        times=when,
        densities=np.array(densities),
        scheme=scheme,
        time_step=None if np.isinf(step) else step,
    )


def face_drifts(grid: Grid, potential: Field | None, drift: Drift | None) -> list[Array]:
    """Velocities at the faces of each axis.

    Raises
    ------
    ValueError
        If a drift does not have one component for each axis, or is not finite.
    """
    if potential is not None:
        return drifts_of_potential(grid, grid.values(potential, "potential"))
    if drift is None:
        return [np.zeros(grid.faces(k)[0].shape) for k in range(len(grid.axes))]
    return [_component(drift, grid.faces(k), k) for k in range(len(grid.axes))]


def centered_drift(grid: Grid, drift: Drift | None) -> list[Array]:
    """Velocities at the centers of the cells."""
    if drift is None:
        return [np.zeros(grid.shape) for _ in grid.axes]
    return [_component(drift, grid.points, k) for k in range(len(grid.axes))]


def _component(drift: Drift, points: Sequence[Array], direction: int) -> Array:
    if not callable(drift):
        raise TypeError(f"expected the drift as a function of the coordinates; found {type(drift).__name__}")
    found = drift(*points)
    found = (found,) if len(points) == 1 and not isinstance(found, tuple | list) else found
    if not isinstance(found, tuple | list) or len(found) != len(points):
        raise ValueError(f"expected a drift with {len(points)} components; found {type(found).__name__}")
    values = np.broadcast_to(np.asarray(found[direction], dtype=float), points[0].shape)
    if not np.isfinite(values).all():
        raise ValueError("expected a drift of finite numbers on the grid; found others")
    return values


def _exact(grid: Grid, diffusion: float) -> Callable[[Array, int, float], Array]:
    """Free diffusion for any time at once."""
    harmonics = Harmonics(grid, "density")
    rates = diffusion / 2 * harmonics.laplacian

    def advance(density: Array, n: int, length: float) -> Array:
        return harmonics.values(np.exp(n * length * rates) * harmonics.coefficients(density)).real

    return advance


class ImplicitSteps:
    """Steps (1 - s dt L) p' = (1 + (1 - s) dt L) p with the share s of the new density.

    Factors of the matrices of the last steps are kept.
    """

    def __init__(self, matrix: Any, implicitness: float) -> None:
        self._matrix, self._share = matrix, implicitness
        self._kept = lru_cache(maxsize=4)(self._factored)

    def _factored(self, length: float) -> tuple[Any, Any]:
        one = sparse.eye_array(self._matrix.shape[0], format="csc")
        left = (one - self._share * length * self._matrix).tocsc()
        return splu(left, permc_spec="MMD_AT_PLUS_A"), one + (1 - self._share) * length * self._matrix

    def advanced(self, values: Any, n: int, length: float) -> Any:
        """After n steps of that length; keeps the shape."""
        solver, right = self._kept(length)
        now = values.ravel()
        for _ in range(n):
            now = solver.solve(right @ now)
        return now.reshape(values.shape)
