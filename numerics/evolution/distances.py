"""How far apart two densities on a grid are."""

from __future__ import annotations

import math

import numpy as np
from scipy.special import rel_entr

from numerics.evolution.grid import Array, Grid

FLOOR = 1e-14
"""Of a density's largest value: below it Fourier sums have no digits."""


def integrated_difference(p: Array, q: Array, grid: Grid) -> float:
    """int |p - q|: 0 for equal densities, 2 for densities that share nothing."""
    return float(grid.integral(np.abs(p - q)))


def hellinger_distance(p: Array, q: Array, grid: Grid) -> float:
    """The root of 1 - int sqrt(p q): from 0 to 1. Values rounded below 0 count as 0."""
    difference = np.sqrt(np.maximum(p, 0.0)) - np.sqrt(np.maximum(q, 0.0))
    return math.sqrt(float(grid.integral(difference**2)) / 2)


def relative_entropy(p: Array, q: Array, grid: Grid) -> float:
    """int p log(p / q), in natural units.

    Where q lies below 1e-14 of its largest value it counts as that: what rounding has left of a tail has no logarithm.
    The result is then too small, by p's mass there times the logarithm of what q lacks. Beyond 30 it says no more than
    that the densities have little in common.
    """
    a, b = np.maximum(p, 0.0), np.maximum(q, FLOOR * q.max())
    # With - p + q each cell counts with its sign, so that little is lost where p and q nearly agree.
    return float(grid.integral(rel_entr(a, b) - a + q))


def wasserstein_distance(p: Array, q: Array, grid: Grid) -> float:
    """The root of the least mean square way on which p is moved to q, on a line.

    Each density is taken as constant within cells. On a ring no mass is moved through the ends.

    Raises
    ------
    ValueError
        In two dimensions.
    """
    if len(grid.axes) != 1:
        raise ValueError(f"expected one dimension, where ranks say what moves where; found {len(grid.axes)}")
    (axis,) = grid.axes
    ranks = [_cumulated(density) for density in (p, q)]
    marks = np.unique(np.concatenate(ranks))
    middle, half = (marks[:-1] + marks[1:]) / 2, np.diff(marks) / 2
    # Between marks both quantiles are straight lines: two points inside give the integral of their squared gap exactly.
    inside = [middle + half * place for place in (-1 / math.sqrt(3), 1 / math.sqrt(3))]
    gaps = [axis.spacing * np.subtract(*(_quantile(r, u) for r in ranks)) for u in inside]
    return math.sqrt(float(np.sum(half * (gaps[0] ** 2 + gaps[1] ** 2))))


def _cumulated(density: Array) -> Array:
    found = np.concatenate([[0.0], np.cumsum(np.maximum(density, 0.0))])
    return found / found[-1]


def _quantile(ranks: Array, u: Array) -> Array:
    """Where a share u of the mass lies below, in cells; u is no rank itself, unless it is rounded to the last."""
    cell = np.minimum(np.searchsorted(ranks, u, side="right"), np.searchsorted(ranks, 1.0, side="left")) - 1
    return cell + (u - ranks[cell]) / (ranks[cell + 1] - ranks[cell])
