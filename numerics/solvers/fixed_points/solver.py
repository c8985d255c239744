"""From the points of the arguments to a record of their fixed points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.solvers.fixed_points.bracket import bracketed
from numerics.solvers.fixed_points.equations import Entries, Equations, Matrices, Rows
from numerics.solvers.fixed_points.iteration import WARM_UP, Iteration, Request
from numerics.solvers.fixed_points.result import FixedPoints


@dataclass(frozen=True, kw_only=True, eq=False)
class Solver:
    """Equations with where to begin, and how good their solution has to be.

    Attributes
    ----------
    start
        For each unknown an expression in the arguments, or for a single one the two ends of a way.
    """

    equations: Equations
    start: dict[Any, Any]
    request: Request

    def solve(self, arrays: Sequence[Any]) -> FixedPoints:
        """The fixed points at arrays that broadcast, one for each argument."""
        shape = np.broadcast_shapes(*(a.shape for a in arrays))
        columns = [np.broadcast_to(a, shape).reshape(-1).astype(np.float64) for a in arrays]
        arguments = np.array(columns).reshape(len(columns), math.prod(shape))
        starts = self._starts(arguments)
        found = (self._along if self._is_way else self._from)(starts, arguments)
        return self._record(found, shape)

    @cached_property
    def _starts(self) -> Entries:
        ends = [e for s in self.start.values() for e in (s if isinstance(s, tuple) else (s,))]
        return Entries(ends, self.equations.arguments, self.equations.backend)

    @property
    def _is_way(self) -> bool:
        return any(isinstance(s, tuple) for s in self.start.values())

    def _from(self, values: Rows, arguments: Rows, *, warm_up: int = WARM_UP) -> Iteration:
        iteration = Iteration(equations=self.equations, arguments=arguments, values=values, request=self.request)
        iteration.run(warm_up=warm_up)
        return iteration

    def _along(self, ends: Rows, arguments: Rows) -> Iteration:
        place = bracketed(self.equations, arguments, ends[:1], ends[1:])
        iteration = self._from(place.copy(), arguments, warm_up=0)
        # Newton's method only polishes: whatever it finds elsewhere is not what was met first.
        near = self.request.tolerance * np.abs(place) + self.request.floor
        iteration.converged &= (np.abs(iteration.values - place) <= near)[0]
        return iteration

    def _record(self, iteration: Iteration, shape: tuple[int, ...]) -> FixedPoints:
        def shaped(row: Any) -> Any:
            return row.reshape(shape)[()]

        values = np.where(iteration.converged, iteration.values, np.nan)
        residual = np.abs(iteration.residual)
        with np.errstate(invalid="ignore"):
            relative = np.where(residual == 0, 0.0, residual / (2 * np.abs(iteration.values) + residual))
        slopes = self.equations.slope(np.vstack([values, iteration.arguments]))
        unknowns, arguments = self.equations.unknowns, self.equations.arguments
        return FixedPoints(
            values={q: shaped(v) for q, v in zip(unknowns, values, strict=True)},
            residual=shaped(residual.max(axis=0)),
            relative_residual=shaped(relative.max(axis=0)),
            uncertainty={q: shaped(u) for q, u in zip(unknowns, iteration.uncertainty, strict=True)},
            iterations=shaped(iteration.iterations),
            converged=shaped(iteration.converged),
            spectral_radius=shaped(_spectral_radius(slopes)),
            start=self.start,
            arguments={a: shaped(x) for a, x in zip(arguments, iteration.arguments, strict=True)},
            request=self.request,
        )


def _spectral_radius(slopes: Matrices) -> NDArray[np.float64]:
    """Largest modulus of an eigenvalue of 1 - slope at each point; NaN where a slope has no value."""
    jacobians = np.eye(slopes.shape[-1]) - slopes
    known = np.isfinite(jacobians).all(axis=(1, 2))
    found = np.full(len(jacobians), np.nan)
    found[known] = np.abs(np.linalg.eigvals(jacobians[known])).max(axis=1, initial=0.0)
    return found
