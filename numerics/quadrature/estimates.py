"""Values of integrals with what is known of their errors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

Doubles = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """Integrals at many points.

    Attributes
    ----------
    value
        The integrals, shape (n_points,).
    error
        Estimated absolute errors, shape (n_points,); infinite or NaN where nothing converged.
    scale
        Integrals of the absolute values: what an error is relative to, shape (n_points,).
    """

    value: Doubles
    error: Doubles
    scale: Doubles

    @property
    def relative_error(self) -> Doubles:
        """Estimated errors in units of the scale; infinite where there is no number."""
        with np.errstate(all="ignore"):
            found = np.where(self.error == 0, 0.0, self.error / self.scale)
        return np.where(np.isfinite(found), found, np.inf)

    @staticmethod
    def empty(n_points: int) -> Estimate:
        """No value yet, with infinite errors."""
        return Estimate(value=np.full(n_points, np.nan), error=np.full(n_points, np.inf), scale=np.zeros(n_points))

    def update(self, places: Any, found: Estimate) -> None:
        """Put in better estimates at some of the points."""
        self.value[places], self.error[places], self.scale[places] = found.value, found.error, found.scale

    def at(self, places: Any) -> Estimate:
        """Some of the points."""
        return Estimate(value=self.value[places], error=self.error[places], scale=self.scale[places])
