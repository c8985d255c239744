"""What was found at each point of the arguments, and how good it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.solvers.convergence import NotConvergedError
from numerics.solvers.fixed_points.iteration import EPSILON, Request


@dataclass(frozen=True, kw_only=True, eq=False)
class FixedPoints:
    """Fixed points of a map, one at each point of its arguments; all arrays have the arguments' common shape.

    Attributes
    ----------
    values
        Each unknown; NaN where it was not found.
    residual, relative_residual
        Largest |f(q) - q| of the unknowns where the iteration ended, and the same over |q| + |f(q)|.
    uncertainty
        Estimated error of each unknown: |(1 - df/dq)^-1| times the residual and the rounding of the map.
    iterations
        Steps of the map and of Newton's method.
    converged
        Where the uncertainty is as small as asked for. False where an argument is NaN.
    spectral_radius
        Largest modulus of an eigenvalue of df/dq; NaN where the derivative has no value.
    start
        Where the iteration began, by unknown.
    arguments
        The points.
    request
        What was asked for.
    """

    values: dict[Any, Any]
    residual: Any
    relative_residual: Any
    uncertainty: dict[Any, Any]
    iterations: Any
    converged: Any
    spectral_radius: Any
    start: dict[Any, Any]
    arguments: dict[Any, Any]
    request: Request

    @property
    def stable(self) -> Any:
        """Where the map attracts: the spectral radius is below 1."""
        return self.spectral_radius < 1

    def checked(self) -> FixedPoints:
        """Itself, if every point whose arguments are numbers has converged.

        Raises
        ------
        NotConvergedError
            The message names the first point that has not, what was found there, and what could be done.
        """
        lost = ~np.ravel(self.converged) & ~np.any([np.isnan(np.ravel(a)) for a in self._points], axis=0)
        if lost.any():
            raise NotConvergedError(self._complaint(lost))
        return self

    @property
    def _points(self) -> list[Any]:
        return [np.zeros(np.shape(self.converged)), *self.arguments.values()]

    def _complaint(self, lost: NDArray[np.bool_]) -> str:
        first = int(np.flatnonzero(lost)[0])
        place = ", ".join(f"{a} = {float(np.ravel(v)[first])!r}" for a, v in self.arguments.items()) or "the only point"
        unknowns, starts = ", ".join(map(str, self.values)), ", ".join(f"{q} = {s}" for q, s in self.start.items())
        residual, uncertainty = (float(np.ravel(r)[first]) for r in (self.residual, self._worst_uncertainty))
        steps = int(np.ravel(self.iterations)[first])
        return (
            f"expected a fixed point for {unknowns} to a relative error of {self.request.tolerance:g} at {place} from "
            f"{starts}; found a residual of {residual:.2g} and an uncertainty of {uncertainty:.2g} after {steps} steps "
            f"({lost.sum()} of {lost.size} points have none): {self._remedy(residual, uncertainty)}"
        )

    @property
    def _worst_uncertainty(self) -> Any:
        return np.max(np.array(list(self.uncertainty.values())), axis=0)

    def _remedy(self, residual: float, uncertainty: float) -> str:
        return f"{self._advice(residual, uncertainty)}; .solve(...) marks such points instead, with NaN"

    def _advice(self, residual: float, uncertainty: float) -> str:
        if not np.isfinite(residual):
            ways = any(isinstance(s, tuple) for s in self.start.values())
            found = "f(q) - q changes its sign nowhere on the way" if ways else "the map has no value at the start"
            return f"{found}, so give another start"
        if residual <= self.request.floor or uncertainty > residual / np.sqrt(EPSILON):
            return "fixed points merge there or run off to infinity, so move away, ask for less, or expand there"
        return "the map may have none there; try another start or more iterations"
