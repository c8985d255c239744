"""Solutions of equations, such as an overlap that satisfies its own saddle-point equation."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from numerics.lowering.means.composite import Columns
from numerics.lowering.means.integrated import Integrated, as_numbers
from numerics.lowering.means.lifting import Names
from numerics.quadrature.estimates import Estimate

RULE = (
    "Solved between its ends: the first change of sign on the way, then Newton's method to rounding; the error is",
    "that of the residual and of its rounding, over the slope.",
)


class SolutionPart(Integrated):
    """The first zero of a residual on the way from a start to an end."""

    @cached_property
    def _unknown(self) -> Any:
        return Names(*self.node.free_symbols, *self.arguments)(str(self.node.unknown).lstrip("_"))

    @cached_property
    def _solver(self) -> Any:
        residual, old, start, end = self.node.args
        mapped = self._unknown + residual.xreplace({old: self._unknown})
        return self.settings.solve(
            {self._unknown: mapped}, self.arguments, {self._unknown: (start, end)}, self.settings
        )

    def solve(self, columns: Columns) -> Any:
        """The solutions at points, with residual, uncertainty and convergence: `numerics.solvers.fixed_points`."""
        return self._solver.solve(*columns)

    def estimate(self, columns: Columns, n_points: int) -> Estimate:
        """See `Part.estimate`."""
        found = self.solve(columns)
        value, converged, error = (
            np.broadcast_to(x, (n_points,))
            for x in (found.values[self._unknown], found.converged, found.uncertainty[self._unknown])
        )
        estimate = Estimate(value=value, error=np.where(converged, error, np.inf), scale=np.abs(value))
        return as_numbers(estimate, columns)

    def explain(self, columns: Columns) -> None:
        """See `Part.explain`."""
        self.solve(columns).checked()

    @property
    def rule(self) -> tuple[str, ...]:
        """See `Part.rule`."""
        return RULE

    @property
    def source(self) -> str:
        """See `Part.source`."""
        residual = self.node.args[0].xreplace({self.node.unknown: self._unknown})
        return self.composite(residual, (*self.arguments, self._unknown), self.settings).source
