"""Means over one standard normal variable."""

from __future__ import annotations

from typing import Any

import numpy as np

from numerics.quadrature.edges import WINDOW, Edges, cut
from numerics.quadrature.estimates import Estimate
from numerics.quadrature.ladder import WINDOW as WHOLE
from numerics.quadrature.ladder import Integrand, Stretches, climbed, ladders, together
from numerics.quadrature.rules import gaussian_rule
from numerics.quadrature.windows import windows

SIZES = (48, 60, 76, 96, 120, 152, 192, 242, 304, 384)
# A tanh of slope s has a pole pi / (2 s) from the line; ten digits are then seen with 80 s to 110 s nodes (measured).
NODES_PER_STEEPNESS = 100.0
# So many rungs further where that was too few.
RUNGS = 2
# From here on the pieces beside the steep place are cheaper together than the line as a whole.
STEEP = 4.0
# Beyond this the density is no double: a kink up to there may be where all of an integrand begins.
LAST_DENSITY = 39.0


def gaussian_mean(plain: Integrand, weighted: Integrand, edges: Edges, tolerance: float) -> Estimate:
    """The means at many points.

    Parameters
    ----------
    plain
        What is averaged.
    weighted
        The same times the density, written so that neither factor over- nor underflows before the other.
    edges
        Its kinks and steep places.
    tolerance
        The error wanted, relative to the mean of the absolute value.
    """
    n_points = len(edges.hard)
    direct = ~edges.hard_within(-LAST_DENSITY, LAST_DENSITY) & (edges.steepest() <= STEEP)
    found = Estimate.empty(n_points)
    places = np.flatnonzero(direct)
    found.update(places, _on_the_line(plain, places, edges.at(places), tolerance))
    left = np.flatnonzero(~(found.relative_error <= tolerance))
    if len(left):
        found.update(left, _in_pieces(_of(weighted, left), edges.at(left), tolerance))
    return found


def _on_the_line(plain: Integrand, places: Any, edges: Edges, tolerance: float) -> Estimate:
    first = np.searchsorted(SIZES, NODES_PER_STEEPNESS * edges.steepest())
    ends = np.zeros(len(places))
    stretches = Stretches(owner=places, low=ends, high=ends, kind=np.full(len(places), WHOLE))
    return climbed([[gaussian_rule(n) for n in SIZES]], plain, stretches, tolerance, first, RUNGS, edges.complete)


def _of(integrand: Integrand, places: Any) -> Integrand:
    """The integrand of some of the points, which are then numbered anew."""
    return lambda owner, x: integrand(places[owner], x)


def _in_pieces(weighted: Integrand, edges: Edges, tolerance: float) -> Estimate:
    n_points = len(edges.hard)
    split = edges.splitting(STEEP)
    window = windows(weighted, n_points, np.hstack([edges.hard, edges.soft]))
    stretches = cut(window.low, window.high, split, uncut=WINDOW)
    found = together(
        climbed(ladders(), weighted, stretches, tolerance, smooth=edges.complete), stretches.owner, n_points
    )
    over = window.falls & (window.overflows != 0)
    return Estimate(
        value=np.where(over, window.overflows, found.value),
        error=np.where(over, 0.0, np.where(window.falls, found.error, np.inf)),
        scale=np.where(over, np.inf, found.scale),
    )
