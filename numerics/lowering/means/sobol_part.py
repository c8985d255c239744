"""Means over many Gaussian variables."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import sympy as sp

from numerics.lowering.means.composite import Columns, Composite
from numerics.lowering.means.integrated import Integrated, as_numbers
from numerics.lowering.means.lifting import nested_means
from numerics.quadrature.estimates import Doubles, Estimate
from numerics.quadrature.sobol import sobol_mean
from theory.sums import rename

SOBOL_RULE = (
    "Averaged over standard normal variables by 16 scrambles of Sobol's points; the error is six times that of",
    "their mean.",
)


class SobolPart(Integrated):
    """A mean over many Gaussian variables."""

    @cached_property
    def _variables(self) -> tuple[Any, ...]:
        return tuple(self.names(str(mean.family).lstrip("_")) for mean in nested_means(self.node))

    @cached_property
    def plain(self) -> Composite:
        means = nested_means(self.node)
        body = means[-1].body
        for mean, x in zip(means, self._variables, strict=True):
            body = rename(body, mean.family, sp.sqrt(mean.variance) * x)
        return self.integrand(body, (*self.arguments, *self._variables))

    def estimate(self, columns: Columns, n_points: int) -> Estimate:
        """See `Part.estimate`."""

        def body(points: Any, x: list[Doubles]) -> Doubles:
            values, _ = self.plain([*(c[points, None] for c in columns), *x])
            return np.broadcast_to(values, (len(points), x[0].size))

        found = sobol_mean(body, n_points, len(self._variables), self.settings.tolerance)
        return as_numbers(found, columns)

    @property
    def rule(self) -> tuple[str, ...]:
        """See `Part.rule`."""
        return SOBOL_RULE

    @property
    def source(self) -> str:
        """See `Part.source`."""
        return self.plain.source
