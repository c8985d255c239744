"""The law of work of independent traps along a schedule, by the derived map of one step."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from numerics.solvable import derived
from numerics.solvable.quadratic_law import QuadraticWork

Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class TrapPathWork:
    """The work of coordinates that start in equilibrium of their first trap and move between changes of the trap.

    Parameters
    ----------
    stiffnesses, centers
        Of each coordinate at each value of the schedule, shape (n_values, n_coordinates).
    retained
        The share of the distance from the center that a move retains.
    offset
        Added to the work, in units of k_B T.
    """

    stiffnesses: Array
    centers: Array
    retained: float
    offset: float = 0.0

    @property
    def mean(self) -> float:
        """Mean work."""
        return self._moments[0]

    @property
    def variance(self) -> float:
        """Variance of the work."""
        return self._moments[1]

    @cached_property
    def _moments(self) -> tuple[float, float]:
        zero = np.zeros_like(self.centers[0])
        state, mean, half = (self.centers[0], zero, self.stiffnesses[0], zero), self.offset, 0.0
        for place in range(1, len(self.stiffnesses)):
            after = derived.work_moments()(*state, *self._traps(place))
            mean -= float(after[..., 0].sum())
            half += float(after[..., 1].sum())
            moved = derived.motion_moments()(*np.moveaxis(after[..., 2:], -1, 0), *self._trap(place), self.retained)
            state = tuple(np.moveaxis(moved, -1, 0))
        return mean, 2 * half

    def log_transform(self, s: ArrayLike) -> Any:
        """log <exp(-s W)>, as many as s; infinite where the mean diverges."""
        powers = np.asarray(s, dtype=float)
        total, known, rows = -powers * self.offset, np.ones(powers.shape, dtype=bool), powers[..., None]
        mean, precision = (np.broadcast_to(e[0], (*powers.shape, e.shape[1])) for e in (self.centers, self.stiffnesses))
        for place in range(1, len(self.stiffnesses)):
            with np.errstate(divide="ignore", invalid="ignore"):
                after = derived.work_step()(mean, precision, rows, *self._traps(place))
            known = known & np.all(after[..., 2] > 0, axis=-1)
            total = total + after[..., 0].sum(axis=-1)
            safe = np.where(known[..., None], np.moveaxis(after[..., 1:], -1, 0), self._safe(place, after.shape[:-1]))
            moved = derived.motion_step()(*safe, *self._trap(place), self.retained)
            mean, precision = np.moveaxis(moved, -1, 0)
        return np.where(known, total, np.inf)[()]

    def density(self, work: ArrayLike) -> Any:
        """Probability per unit of work, as many as ``work``."""
        return self.modes.density(work)

    def cumulative(self, work: ArrayLike) -> Any:
        """Probability of a work up to ``work``, as many as ``work``."""
        return self.modes.cumulative(work)

    @cached_property
    def modes(self) -> QuadraticWork:
        """The same law as one of independent modes: the work is quadratic in the noise of all moves."""
        curvatures, tilts, offset = [], [], self.offset
        for stiffness, center in zip(self.stiffnesses.T, self.centers.T, strict=True):
            values, slopes, rest = _modes_of_a_coordinate(stiffness, center, self.retained)
            curvatures.append(values)
            tilts.append(slopes)
            offset += rest
        return QuadraticWork(offset=offset, curvatures=np.concatenate(curvatures), tilts=np.concatenate(tilts))

    def _trap(self, place: int) -> tuple[Array, Array]:
        return self.stiffnesses[place], self.centers[place]

    def _traps(self, place: int) -> tuple[Array, Array, Array, Array]:
        return (*self._trap(place - 1), *self._trap(place))

    def _safe(self, place: int, shape: tuple[int, ...]) -> Array:
        """A law to go on with where the mean diverges already."""
        return np.stack([np.broadcast_to(self.centers[place], shape), np.broadcast_to(self.stiffnesses[place], shape)])


def _modes_of_a_coordinate(stiffness: Array, center: Array, retained: float) -> tuple[Array, Array, float]:
    """Curvatures, tilts and the offset of the modes of one coordinate.

    Its positions before each change are means plus a lower triangular matrix times standard Gaussian noise; the work
    is the sum of the changes of k (x - c)^2 / 2 there.
    """
    n_changes = len(stiffness) - 1
    means, noise = np.zeros(n_changes), np.zeros((n_changes, n_changes))
    means[0], noise[0, 0] = center[0], 1 / np.sqrt(stiffness[0])
    for place in range(1, n_changes):
        means[place] = center[place] + retained * (means[place - 1] - center[place])
        noise[place] = retained * noise[place - 1]
        noise[place, place] = np.sqrt((1 - retained**2) / stiffness[place])
    old, new = means - center[:-1], means - center[1:]
    slopes = noise.T @ (stiffness[1:] * new - stiffness[:-1] * old)
    values, vectors = np.linalg.eigh((noise.T * np.diff(stiffness)) @ noise)
    offset = float((stiffness[1:] * new**2 - stiffness[:-1] * old**2).sum() / 2)
    return values, vectors.T @ slopes, offset
