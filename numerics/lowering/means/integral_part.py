"""Definite integrals."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import sympy as sp

from numerics.lowering.means.composite import Columns, Composite, Settings
from numerics.lowering.means.densities import in_one_exponential
from numerics.lowering.means.integrated import Integrated, as_numbers, sampler
from numerics.lowering.means.places import Places, places
from numerics.quadrature.estimates import Estimate
from numerics.quadrature.integral import definite_integral
from theory.sums import rename

INTEGRAL_RULE = (
    "Integrated between its ends, kinks and steep places by doubly exponential rules; the error is read off the",
    "spectrum of the samples.",
)


class IntegralPart(Integrated):
    """A definite integral over one variable; over several, one in another."""

    def __init__(self, node: Any, arguments: tuple[Any, ...], settings: Settings) -> None:
        super().__init__(node, arguments, settings)
        self._old, self.low, self.high = node.limits[-1]

    @property
    def _inner(self) -> Any:
        """What is integrated over the last variable: an integral, if there are several."""
        *inner, _ = self.node.limits
        return self.node.func(self.node.function, *inner) if inner else self.node.function

    @cached_property
    def variable(self) -> sp.Symbol:
        return self.names(str(self._old).lstrip("_"))

    @cached_property
    def _body(self) -> Any:
        return rename(self._inner, self._old, self.variable)

    @cached_property
    def plain(self) -> Composite:
        return self.integrand(in_one_exponential(self._body), (*self.arguments, self.variable))

    @cached_property
    def places(self) -> Places:
        return places(self._body, self.variable)

    def estimate(self, columns: Columns, n_points: int) -> Estimate:
        """See `Part.estimate`."""
        ends = self.numbers([self.low, self.high], columns, self.arguments, n_points)
        edges = self.edges(self.places, columns, self.arguments, n_points)
        plain = sampler(self.plain, columns)
        found = definite_integral(plain, ends[:, 0], ends[:, 1], edges, self.settings.tolerance)
        return as_numbers(found, [*columns, np.where(np.isnan(ends).any(axis=1), np.nan, 0.0)])

    @property
    def rule(self) -> tuple[str, ...]:
        """See `Part.rule`."""
        return INTEGRAL_RULE

    @property
    def source(self) -> str:
        """See `Part.source`."""
        return self.plain.source
