"""From a start to a fixed point: steps of the map to reach its basin, then Newton's method, at each point by itself.

Newton's method runs on trial. Where it does not shrink the residual as it would near a fixed point, the point goes back
to where the trial began, and takes twice as many steps of the map before the next one. So the map decides which fixed
point a start leads to: Newton's method alone is caught where two of them have just annihilated each other.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from numerics.solvers.fixed_points.equations import Equations, Rows, applied, inverse

EPSILON = float(np.finfo(np.float64).eps)
# Steps of the map before the first trial: enough to leave the transient, and to lie on the start's branch.
WARM_UP = 12
# What a Newton step has to leave of the residual at most: at a zero of order k it leaves (1 - 1/k)^k < 1/e.
SHRINKING = 0.4
# A residual below this part of |q| + |f(q)| is rounding, of long sums too; at a fixed point Newton's method gets there.
NEGLIGIBLE = 2.0**-36
SHORTEST = 2.0**-10


@dataclass(frozen=True, kw_only=True)
class Request:
    """What is asked of a fixed point.

    Attributes
    ----------
    tolerance
        Error accepted in each unknown, relative to it.
    floor
        Absolute error accepted besides, in the units of the unknowns: below it nothing is told from zero.
    max_iterations
        Steps at each point before it is given up.
    """

    tolerance: float
    floor: float
    max_iterations: int

    def __post_init__(self) -> None:
        if not (0 < self.tolerance < 1 and self.floor >= 0 and self.max_iterations >= 1):
            raise ValueError(
                "expected a tolerance between 0 and 1, a floor of 0 or more and one iteration at least; "
                f"found {self.tolerance}, {self.floor} and {self.max_iterations}"
            )


@dataclass(kw_only=True)
class Iteration:
    """The state of an iteration at all points.

    Attributes
    ----------
    values, residual, uncertainty
        The unknowns, f(q) - q, and an estimate of the error: |(1 - df/dq)^-1| times the residual and the rounding of
        the map. Shape (n_unknowns, n_points).
    iterations
        Steps taken, shape (n_points,).
    converged
        Where the uncertainty is as small as asked for, and the residual no more than rounding. Shape (n_points,).
    """

    equations: Equations
    arguments: Rows
    values: Rows
    request: Request
    residual: Rows = field(init=False)
    uncertainty: Rows = field(init=False)
    iterations: NDArray[np.int64] = field(init=False)
    converged: NDArray[np.bool_] = field(init=False)

    def __post_init__(self) -> None:
        n_points = self.values.shape[1]
        self.residual = self._residual(self.values, np.arange(n_points))
        self.uncertainty = np.full_like(self.values, np.inf)
        self.iterations = np.zeros(n_points, dtype=np.int64)
        self.converged = np.zeros(n_points, dtype=bool)
        self._damping = np.ones(n_points)
        self._kept_values, self._kept_residual = self.values.copy(), self.residual.copy()
        self._on_trial, self._given_up = np.zeros(n_points, dtype=bool), np.zeros(n_points, dtype=bool)

    def run(self, *, warm_up: int = WARM_UP) -> None:
        """Iterate until every point has converged, has no finite residual, or has used up its steps.

        The first trial of Newton's method begins after some steps of the map.
        """
        self._wait = np.full(self.iterations.shape, warm_up)
        self._pause = np.full(self.iterations.shape, max(warm_up, 1))
        active = np.flatnonzero(np.isfinite(self.residual).all(axis=0))
        for _ in range(self.request.max_iterations):
            if not active.size:
                return
            waiting = self._wait[active] > 0
            with np.errstate(all="ignore"):
                self._map_steps(active[waiting])
                self._newton_steps(active[~waiting])
            active = active[~(self.converged | self._given_up)[active]]

    def _map_steps(self, points: NDArray[np.intp]) -> None:
        """Take a damped step of the map at each point; where that oscillates or leaves the domain, damp more."""
        before = self.residual[:, points]
        trial = self.values[:, points] + self._damping[points] * before
        residual = self._residual(trial, points)
        allowed = self._inside(trial) & np.isfinite(residual).all(axis=0)
        turned = np.sum(residual * before, axis=0) < 0
        worse = ~allowed | (turned & (_norm(residual) > _norm(before) / 2))
        factor = np.where(worse, 0.5, np.where(turned, 1.0, 2.0))
        self._damping[points] = np.clip(factor * self._damping[points], SHORTEST, 1)
        self._wait[points] -= 1
        self.iterations[points[~allowed]] += 1
        self._move(points[allowed], trial[:, allowed], residual[:, allowed])

    def _newton_steps(self, points: NDArray[np.intp]) -> None:
        """Take the Newton steps that shrink the residual; the other points end or go back."""
        self._begin(points[~self._on_trial[points]])
        slopes = inverse(self.equations.slope(np.vstack([self.values[:, points], self.arguments[:, points]])))
        small = self._estimate(points, slopes)
        trial = self.values[:, points] + applied(slopes, self.residual[:, points])
        residual = self._residual(trial, points)
        good = (_norm(residual) <= SHRINKING * _norm(self.residual[:, points])) & self._inside(trial)
        good &= (trial != self.values[:, points]).any(axis=0)
        self._move(points[good], trial[:, good], residual[:, good])
        self._conclude(points[~good], small[~good])

    def _estimate(self, active: NDArray[np.intp], slopes: Rows) -> NDArray[np.bool_]:
        """Estimate the error; whether it is small enough."""
        size, residual = np.abs(self.values[:, active]), np.abs(self.residual[:, active])
        scale = 2 * size + residual  # at least |q| + |f(q)|
        doubt = residual + EPSILON * scale
        uncertainty = applied(np.abs(slopes), doubt)
        uncertainty[np.isnan(uncertainty)] = np.inf
        # Zero is a fixed point without doubt where the map says so exactly, whatever its derivative.
        self.uncertainty[:, active] = np.where((doubt == 0).all(axis=0), 0.0, uncertainty)
        accepted = self.uncertainty[:, active] <= self.request.tolerance * size + self.request.floor
        accepted &= residual <= NEGLIGIBLE * scale + self.request.floor
        return np.all(accepted, axis=0)

    def _conclude(self, points: NDArray[np.intp], small: NDArray[np.bool_]) -> None:
        """Newton's method gains no more: that is all there is, or the residual is all rounding, or it was too early."""
        self.converged[points[small]] = True
        size = np.abs(self.values[:, points]) + np.abs(self.values[:, points] + self.residual[:, points])
        exhausted = np.all(np.abs(self.residual[:, points]) <= EPSILON * size, axis=0)
        self._given_up[points[exhausted & ~small]] = True
        self._go_back(points[~exhausted & ~small])

    def _begin(self, points: NDArray[np.intp]) -> None:
        self._kept_values[:, points], self._kept_residual[:, points] = self.values[:, points], self.residual[:, points]
        self._on_trial[points] = True

    def _go_back(self, points: NDArray[np.intp]) -> None:
        self.values[:, points], self.residual[:, points] = self._kept_values[:, points], self._kept_residual[:, points]
        self._on_trial[points] = False
        self._wait[points] = self._pause[points]
        self._pause[points] *= 2

    def _move(self, points: NDArray[np.intp], values: Rows, residual: Rows) -> None:
        self.values[:, points], self.residual[:, points] = values, residual
        self.iterations[points] += 1

    def _residual(self, values: Rows, points: NDArray[np.intp]) -> Rows:
        return self.equations.residual(np.vstack([values, self.arguments[:, points]]))

    def _inside(self, values: Rows) -> NDArray[np.bool_]:
        low, high = self.equations.bounds
        return np.all((values >= low) & (values <= high) & np.isfinite(values), axis=0)


def _norm(rows: Rows) -> NDArray[np.float64]:
    return np.max(np.abs(rows), axis=0)
