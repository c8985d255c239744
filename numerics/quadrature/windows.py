"""Where an integrand on the line is not negligible."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from numerics.quadrature.estimates import Doubles
from numerics.quadrature.ladder import BLOCK, Integrand

# Under a unit Gaussian no peak is narrower than a step, unless an edge marks it.
_NEAR = np.arange(0.5, 41.0)
_FAR = 40.0 * 1.25 ** np.arange(1, 30)
PROBES = np.concatenate([-_FAR[::-1], -_NEAR[::-1], _NEAR, _FAR])
# A tail this far below the peak is nothing beside it.
NEGLIGIBLE = 1e-22


@dataclass(frozen=True, kw_only=True)
class Windows:
    """Windows at many points.

    Attributes
    ----------
    low, high
        Their ends, shape (n_points,).
    falls
        Whether the integrand is negligible beyond.
    overflows
        Plus or minus infinity where the integrand is larger than any double, else 0.
    """

    low: Doubles
    high: Doubles
    falls: Any
    overflows: Doubles


def windows(weighted: Integrand, n_points: int, places: Doubles) -> Windows:
    """Find them by probing.

    Parameters
    ----------
    weighted
        The integrand with its density.
    places
        More places to probe, shape (n_points, n_places); NaN for none.
    """
    grid = np.broadcast_to(PROBES, (n_points, len(PROBES)))
    beside = np.hstack([places - 0.1, places + 0.1])
    beside = np.where(np.abs(beside) < _FAR[-1], beside, 0.5)
    grid = np.sort(np.hstack([grid, beside]), axis=1)
    values = np.empty(grid.shape)
    rows = max(1, BLOCK // grid.shape[1])
    with np.errstate(all="ignore"):
        for start in range(0, n_points, rows):
            part = slice(start, start + rows)
            owner = np.arange(n_points)[part]
            values[part] = weighted(owner, grid[part])[0]
    return _read_off(grid, values)


def _read_off(grid: Doubles, values: Doubles) -> Windows:
    sizes = _without_lost_tails(np.abs(values))
    peak = sizes.max(axis=1)
    large = (sizes > NEGLIGIBLE * peak[:, None]) | np.isinf(sizes)
    n = grid.shape[1]
    first, last = large.argmax(axis=1), n - 1 - large[:, ::-1].argmax(axis=1)
    rows = np.arange(len(grid))
    nothing = ~large.any(axis=1)
    falls = nothing | ((first > 0) & (last < n - 1))
    at_peak = values[rows, sizes.argmax(axis=1)]
    low = np.where(nothing, PROBES[len(_FAR)], grid[rows, np.maximum(first - 1, 0)])
    high = np.where(nothing, -PROBES[len(_FAR)], grid[rows, np.minimum(last + 1, n - 1)])
    return Windows(low=low, high=high, falls=falls, overflows=np.where(np.isinf(at_peak), at_peak, 0.0))


def _without_lost_tails(sizes: Doubles) -> Doubles:
    """NaN as zero beyond a place where the integrand was zero already, as inf times 0 is; else as infinity."""
    middle, n = sizes.shape[1] // 2, sizes.shape[1]
    sizes = np.where(np.isnan(sizes[:, [middle]]), np.inf, sizes)
    for place in (*range(middle + 1, n), *range(middle - 1, -1, -1)):
        inward = sizes[:, place - 1 if place > middle else place + 1]
        lost = np.isnan(sizes[:, place])
        sizes[lost, place] = np.where(inward[lost] == 0, 0.0, np.inf)
    return sizes
