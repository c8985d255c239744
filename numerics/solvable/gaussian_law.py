"""A Gaussian law of work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr


@dataclass(frozen=True, kw_only=True)
class GaussianWork:
    """Work with a mean and a variance in units of k_B T; a variance of zero is a work that is always the same.

    Raises
    ------
    ValueError
        If the variance is negative.
    """

    mean: float
    variance: float

    def __post_init__(self) -> None:
        if not (np.isfinite(self.mean) and 0 <= self.variance < np.inf):
            raise ValueError(f"expected a mean and a variance of at least 0; found {self.mean} and {self.variance}")

    def log_transform(self, s: ArrayLike) -> Any:
        """log <exp(-s W)>, as many as s."""
        powers = np.asarray(s, dtype=float)
        return -powers * self.mean + powers**2 * self.variance / 2

    def density(self, work: ArrayLike) -> Any:
        """Probability per unit of work, as many as ``work``; infinite or zero where the variance is zero."""
        away = np.asarray(work, dtype=float) - self.mean
        if self.variance == 0:
            return np.where(away == 0, np.inf, 0.0)
        return np.exp(-(away**2) / (2 * self.variance)) / np.sqrt(2 * np.pi * self.variance)

    def cumulative(self, work: ArrayLike) -> Any:
        """Probability of a work up to ``work``, as many as ``work``."""
        away = np.asarray(work, dtype=float) - self.mean
        if self.variance == 0:
            return np.where(away >= 0, 1.0, 0.0)
        return ndtr(away / np.sqrt(self.variance))
