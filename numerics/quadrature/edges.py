"""Places at which an integrand is not smooth, or changes fast, and the stretches between them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from numerics.quadrature.estimates import Doubles
from numerics.quadrature.ladder import DOWNWARD, INTERVAL, UPWARD, WINDOW, Stretches


@dataclass(frozen=True, kw_only=True)
class Edges:
    """Places of the integration variable at many points; NaN where there is none.

    Attributes
    ----------
    hard
        Kinks, jumps and singular places, shape (n_points, n_hard).
    soft
        Centers of steep but smooth places, shape (n_points, n_soft).
    steepness
        One over the width of each, shape (n_points, n_soft).
    complete
        Whether all kinks and jumps are among them.
    """

    hard: Doubles
    soft: Doubles
    steepness: Doubles
    complete: bool = True

    @staticmethod
    def none(n_points: int) -> Edges:
        """No such place."""
        return Edges(hard=np.empty((n_points, 0)), soft=np.empty((n_points, 0)), steepness=np.empty((n_points, 0)))

    def at(self, places: Any) -> Edges:
        """Those of some of the points."""
        return replace(self, hard=self.hard[places], soft=self.soft[places], steepness=self.steepness[places])

    def steepest(self) -> Doubles:
        """The largest steepness at each point; 0 where there is none."""
        if not self.steepness.shape[1]:
            return np.zeros(len(self.steepness))
        return np.nan_to_num(np.abs(self.steepness), nan=0.0).max(axis=1)

    def hard_within(self, low: float, high: float) -> Any:
        """Whether a kink or jump lies between two places, shape (n_points,)."""
        with np.errstate(invalid="ignore"):
            return ((self.hard > low) & (self.hard < high)).any(axis=1)

    def splitting(self, at_least: float) -> Doubles:
        """All places at which a stretch is cut: the hard ones, and the soft ones of at least a steepness."""
        with np.errstate(invalid="ignore"):
            soft = np.where(np.abs(self.steepness) >= at_least, self.soft, np.nan)
        return np.hstack([self.hard, soft])


def cut(low: Doubles, high: Doubles, places: Doubles, uncut: int = INTERVAL) -> Stretches:
    """The stretches between two ends and the places between them, of any kind; none where the ends are equal.

    Parameters
    ----------
    low, high
        Ends with low <= high, infinite ones among them, shape (n_points,).
    places
        Shape (n_points, n_places), NaN for none.
    uncut
        The kind of a finite stretch without a place in it: ``WINDOW`` if the integrand is negligible at its ends.
    """
    inside = (places > low[:, None]) & (places < high[:, None])
    filled = np.where(inside, places, low[:, None])
    # A line without a place is cut at zero, since a half-line has one end.
    whole = np.isinf(low) & np.isinf(high) & ~inside.any(axis=1)
    filled = np.sort(np.hstack([low[:, None], filled, np.where(whole, 0.0, low)[:, None], high[:, None]]), axis=1)
    starts, ends = filled[:, :-1], filled[:, 1:]
    rows, columns = np.nonzero(starts < ends)
    left, right = starts[rows, columns], ends[rows, columns]
    alone = np.bincount(rows, minlength=len(low)) == 1
    kind = np.where(alone[rows], uncut, INTERVAL)
    kind = np.where(np.isinf(right), UPWARD, np.where(np.isinf(left), DOWNWARD, kind))
    return Stretches(owner=rows, low=left, high=right, kind=kind)


__all__ = ["INTERVAL", "WINDOW", "Edges", "cut"]
