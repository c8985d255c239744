"""Diffusion of a density under constraints that hold on average at all times."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse
from scipy.sparse.linalg import splu

from numerics.evolution.constraints import Constraints, found_multipliers, least_drift_multipliers
from numerics.evolution.density_evolution import DensityEvolution
from numerics.evolution.differences import generator
from numerics.evolution.fokker_planck import IMPLICITNESS
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
from numerics.evolution.stepping import evolved

By = Literal["drift", "weight"]
AT_ONCE = 10
"""Steps between two words of progress: they are dearer than free ones."""
Step = Callable[[Array, Array, float], tuple[Array, Array, int]]
"""From a density, the last multipliers and a length to the density after it, its multipliers and the iterations."""


def constrained_diffusion(
    density: Field,
    grid: Grid,
    constraints: Sequence[Field],
    *,
    diffusion: float,
    times: ArrayLike,
    time_step: float,
    by: By = "drift",
    scheme: Literal["crank-nicolson", "backward-euler"] = "crank-nicolson",
    progress: Progress | None = None,
) -> DensityEvolution:
    r"""A diffusing density that keeps :math:`\int p\, \Theta_k = 0` for all k, by Lagrange multipliers.

    Free diffusion keeps a mean only where :math:`\int p\, \Delta\Theta_k = 0`. What is added to it is the least in one
    of two senses:

    - by "drift": :math:`\partial_t p = \frac{D}{2} \Delta p - \nabla \cdot (p \sum_k \mu_k(t) \nabla\Theta_k)`. Of all
      drifts that keep the constraints it has at each moment the least mean square, and with it the least relative
      entropy of paths to free diffusion (`least_drift_multipliers`). Mass moves, none is created; a particle sees a
      force.
    - by "weight": :math:`\partial_t p = \frac{D}{2} \Delta p + (\sum_k \lambda_k(t) \Theta_k - \lambda_0(t))\, p`.
      After each moment of free diffusion it is the density of least relative entropy to the free one under the
      constraints: exponential weights. Particles are multiplied and removed where they are, which no force does.

    Both solve their multipliers in each step, to 1e-12 of :math:`\int p |\Theta_k|`.

    Parameters
    ----------
    density
        p at time 0, values at the cells or a function of the coordinates; integrates to 1 and meets the constraints.
    grid
        A ring, or walls that reflect.
    constraints
        Theta_k, values or functions; any number, none as well.
    diffusion
        D, squared length per time.
    times
        When the density is wanted, ascending, shape (n_times,).
    time_step
        Longest step. Both are of second order in it, backward Euler steps of first.
    by
        How the multipliers act.
    scheme
        Of the drift: conservative differences by Crank-Nicolson, or by backward Euler steps, which keep any density
        positive. Weights are applied half before and half after free diffusion, which is spectral.
    progress
        Called with the steps done and their number, at each of the times and on the way.

    Returns
    -------
    DensityEvolution
        With its `constraint_residuals` and `multipliers`.

    Raises
    ------
    ValueError, TypeError
        For arrays out of shape, a density that is not normalized or misses a constraint, or constraints that depend on
        each other.
    ArithmeticError
        If no multipliers were found, or steps made the density negative.

    Notes
    -----
    Vanchurin (2020), eqs. (11.4) and (11.5). The paper states both for the same density. They contradict each other
    unless all the :math:`\int p\, \Delta\Theta_k` vanish at all times; a term like those above is needed.

    Examples
    --------
    >>> grid = Grid.line(-9.0, 9.0, 256)
    >>> start = lambda x: np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
    >>> found = constrained_diffusion(
    ...     start, grid, [lambda x: x**2 - 1], diffusion=1.0, times=[0.0, 1.0], time_step=0.05
    ... )
    >>> bool(abs(found.constraint_residuals).max() < 1e-12), round(float(found.multipliers[-1, 0]), 3)
    (True, -0.25)
    """
    start, held = normalized_density(grid, density), Constraints(grid, constraints)
    rate, when, longest = positive(diffusion, "diffusion"), moments(times), needed_step(time_step, by)
    held.require_start(start)
    if by == "drift":
        if scheme not in IMPLICITNESS:
            raise ValueError(f"expected one of the schemes {', '.join(IMPLICITNESS)}; found {scheme!r}")
        guess = least_drift_multipliers(start, grid, list(held.values), diffusion=rate)
        step = _drifting(held, rate, IMPLICITNESS[scheme])
    elif by == "weight":
        guess, step = np.zeros(len(held)), _weighted(held, rate)
    else:
        raise ValueError(f"expected multipliers by 'drift' or by 'weight'; found {by!r}")
    states = evolved(
        _State(density=start, multipliers=guess, moved=False, iterations=0),
        when,
        longest,
        lambda state, n, length: _advanced(state, n, length, step),
        check=lambda state, time: require_density(grid, state.density, time),
        progress=progress,
        at_once=AT_ONCE,
    )
    unknown = np.full(len(held), np.nan)
    return DensityEvolution(
        grid=grid,
        diffusion=rate,
        times=when,
        densities=np.array([state.density for state in states]),
        scheme=f"{by}, {scheme}" if by == "drift" else f"{by}, spectral",
        time_step=longest,
        constraints=held.values,
        multipliers=np.array([state.multipliers if state.moved else unknown for state in states]),
        iterations=states[-1].iterations,
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class _State:
    """A density with the multipliers of the last step, whether there was one, and the most iterations so far."""

    density: Array
    multipliers: Array
    moved: bool
    iterations: int


def _advanced(state: _State, n: int, length: float, step: Step) -> _State:
    now, last, most = state.density, state.multipliers, state.iterations
    for _ in range(n):
        now, last, iterations = step(now, last, length)
        most = max(most, iterations)
    return _State(density=now, multipliers=last, moved=True, iterations=most)


def _drifting(held: Constraints, diffusion: float, implicitness: float) -> Step:
    """Steps with a constant drift sum_k mu_k grad Theta_k, so chosen that the constraints hold after them."""
    grid = held.grid
    one = sparse.eye_array(int(np.prod(grid.shape)), format="csc")

    def step(density: Array, last: Array, length: float) -> tuple[Array, Array, int]:
        flat = density.ravel()

        def after(multipliers: Array) -> tuple[Array, Any]:
            matrix = length * generator(grid, diffusion, held.drifts(multipliers))
            left = (one - implicitness * matrix).tocsc()
            moved = splu(left, permc_spec="MMD_AT_PLUS_A").solve(flat + (1 - implicitness) * (matrix @ flat))
            return held.means(moved.reshape(grid.shape)), moved

        matrix = length * held.gram(density)
        multipliers, moved, n = found_multipliers(last, matrix, after, held.scales(density), "gradients")
        return moved.reshape(grid.shape), multipliers, n

    return step


def _weighted(held: Constraints, diffusion: float) -> Step:
    """Half of the weights, free diffusion, the other half, so chosen that the constraints hold after it."""
    harmonics = Harmonics(held.grid, "density")
    rates = diffusion / 2 * harmonics.laplacian

    def step(density: Array, last: Array, length: float) -> tuple[Array, Array, int]:
        decay = np.exp(length * rates)

        def after(multipliers: Array) -> tuple[Array, Any]:
            exponent = length / 2 * np.tensordot(multipliers, held.values, axes=1)
            weights = np.exp(exponent - np.max(exponent))
            found = weights * harmonics.values(decay * harmonics.coefficients(weights * density)).real
            found = found / held.grid.integral(found)
            return held.means(found), found

        matrix = length * held.covariance(density)
        multipliers, moved, n = found_multipliers(last, matrix, after, held.scales(density), "values")
        return moved, multipliers, n

    return step
