"""The law of a work that is quadratic in independent Gaussian variables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from numerics.solvable import derived
from numerics.solvable.inversion import inverted

Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class QuadraticWork:
    """offset + sum over modes of curvature z^2 / 2 + tilt z, each z a standard Gaussian of its own.

    Parameters
    ----------
    offset
        In units of k_B T.
    curvatures, tilts
        Shape (n_modes,).

    Raises
    ------
    ValueError
        If they are not as many, or no finite numbers.
    """

    offset: float
    curvatures: Array
    tilts: Array

    def __post_init__(self) -> None:
        if self.curvatures.ndim != 1 or self.curvatures.shape != self.tilts.shape:
            raise ValueError(
                f"expected as many curvatures as tilts; found {self.curvatures.shape} and {self.tilts.shape}"
            )
        if not (np.isfinite(self.offset) and np.isfinite(self.curvatures).all() and np.isfinite(self.tilts).all()):
            raise ValueError("expected finite numbers as offset, curvatures and tilts")

    @property
    def mean(self) -> float:
        """Mean work."""
        return self.offset - float(self._moments[..., 0].sum())

    @property
    def variance(self) -> float:
        """Variance of the work."""
        return 2 * float(self._moments[..., 1].sum())

    @property
    def _moments(self) -> Any:
        return derived.mode_moments()(self.curvatures, self.tilts)

    def log_transform(self, s: ArrayLike) -> Any:
        """log <exp(-s W)>, as many as s; infinite where the mean diverges."""
        powers = np.asarray(s, dtype=float)[..., None]
        known = np.all(1 + powers * self.curvatures > 0, axis=-1)
        safe = np.where(known[..., None], powers, 0.0)
        whole = derived.mode_transform()(self.curvatures, self.tilts, safe).sum(axis=-1) - safe[..., 0] * self.offset
        return np.where(known, whole, np.inf)

    def density(self, work: ArrayLike) -> Any:
        """Probability per unit of work, as many as ``work``; in closed form for one mode, else from its transform.

        Raises
        ------
        QuadratureError
            If the integral over frequencies does not converge.
        ValueError
            If the work does not fluctuate.
        """
        return self._inside(np.asarray(work, dtype=float), density=True)

    def cumulative(self, work: ArrayLike) -> Any:
        """Probability of a work up to ``work``, as many as ``work``. Errors as for `density`."""
        return self._inside(np.asarray(work, dtype=float), density=False)

    @cached_property
    def ends(self) -> tuple[float, float]:
        """The least and the largest work there is; infinite where there is none."""
        fluctuating = (self.curvatures != 0) | (self.tilts != 0)
        curvatures, tilts = self.curvatures[fluctuating], self.tilts[fluctuating]
        signs = np.unique(np.sign(curvatures))
        if len(signs) != 1 or signs[0] == 0:
            return -np.inf, np.inf
        extreme = self.offset + float(derived.mode_extreme()(curvatures, tilts)[..., 1].sum())
        return (extreme, np.inf) if signs[0] > 0 else (-np.inf, extreme)

    def _inside(self, works: Array, *, density: bool) -> Any:
        """Within the range of the work by integrals, beyond it at once; the density at its end is asked for as well."""
        low, high = self.ends
        known = np.isnan(works) | np.isinf(works)
        known |= (works < low) | (works > high) if density else (works <= low) | (works >= high)
        outside = np.where(np.isnan(works), np.nan, 0.0 if density else np.where(works >= high, 1.0, 0.0))
        found = np.array(outside)
        found[~known] = self._law(works[~known], density=density)
        return found[()]

    def _law(self, works: Array, *, density: bool) -> Any:
        if len(self.curvatures) == 1 and self.curvatures[0] != 0:
            return self._of_one_mode(works, density=density)
        values = inverted(self.offset, self.curvatures, self.tilts, works, density=density)
        return np.maximum(values, 0.0)

    def _of_one_mode(self, works: Array, *, density: bool) -> Any:
        """A negative curvature is the mirror image of a positive one."""
        sign = float(np.sign(self.curvatures[0]))
        curvature, tilt = abs(float(self.curvatures[0])), sign * float(self.tilts[0])
        place, extreme = derived.mode_extreme()(curvature, tilt)
        above = sign * (works - self.offset)
        inside = above > extreme
        reach = derived.mode_reach()(curvature, tilt, np.where(inside, above, extreme + 1))
        if density:
            return np.where(inside, derived.mode_density()(curvature, place, reach), 0.0)
        near = np.where(inside, derived.mode_probability()(place, reach), 0.0)
        return near if sign > 0 else 1 - near
