"""The law of work of a sudden change of stiffness: a multiple of a sum of squares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammainc, gammaincc

from numerics.solvable import derived


@dataclass(frozen=True, kw_only=True)
class SquaresWork:
    """curvature / 2 times a sum of squares of ``dimension`` independent standard Gaussian variables.

    The curvature is the relative change of the stiffness; a negative one mirrors the law.

    Raises
    ------
    ValueError
        If the curvature is 0 or the dimension not positive.
    """

    curvature: float
    dimension: int

    def __post_init__(self) -> None:
        if not np.isfinite(self.curvature) or self.curvature == 0 or self.dimension < 1:
            raise ValueError(
                f"expected a curvature other than 0 and a dimension of at least 1; found {self.curvature} "
                f"and {self.dimension}"
            )

    @property
    def mean(self) -> float:
        """Mean work."""
        return -self.dimension * float(derived.mode_moments()(self.curvature, 0.0)[0])

    @property
    def variance(self) -> float:
        """Variance of the work."""
        return 2 * self.dimension * float(derived.mode_moments()(self.curvature, 0.0)[1])

    def log_transform(self, s: ArrayLike) -> Any:
        """log <exp(-s W)>, as many as s; infinite where the mean diverges."""
        powers = np.asarray(s, dtype=float)
        known = 1 + powers * self.curvature > 0
        safe = np.where(known, powers, 0.0)
        return np.where(known, self.dimension * derived.mode_transform()(self.curvature, 0.0, safe), np.inf)

    def density(self, work: ArrayLike) -> Any:
        """Probability per unit of work, as many as ``work``."""
        above = np.asarray(work, dtype=float) * np.sign(self.curvature)
        inside = ~(above <= 0)
        values = derived.sudden_density()(
            np.where(inside, above, 1.0), float(self.dimension), 1.0, 1 + abs(self.curvature)
        )
        at_end = np.inf if self.dimension == 1 else 1 / abs(self.curvature) if self.dimension == 2 else 0.0
        return np.where(inside, values, np.where(above == 0, at_end, 0.0))

    def cumulative(self, work: ArrayLike) -> Any:
        """Probability of a work up to ``work``, as many as ``work``."""
        shape, scale = derived.sudden_law()(float(self.dimension), 1.0, 1 + abs(self.curvature))
        above = np.maximum(np.asarray(work, dtype=float) * np.sign(self.curvature), 0.0) / scale
        return gammainc(shape, above) if self.curvature > 0 else gammaincc(shape, above)
