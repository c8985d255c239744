"""What the parts of a lowered expression share: functions of their arguments and of variables of their own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from numerics.lowering.means.composite import Columns, Composite, Part, Settings
from numerics.lowering.means.lifting import Names
from numerics.lowering.means.places import Places
from numerics.quadrature.edges import Edges
from numerics.quadrature.estimates import Doubles, Estimate
from numerics.quadrature.ladder import Integrand


class Integrated(Part):
    """What all parts share: functions of their arguments, and of variables of their own."""

    def __init__(self, node: Any, arguments: tuple[Any, ...], settings: Settings) -> None:
        self.node, self.arguments, self.settings = node, arguments, settings
        self.names = Names(node, *arguments)

    def composite(self, expression: Any, arguments: Sequence[Any], settings: Settings) -> Composite:
        return Composite(expression=expression, arguments=tuple(arguments), settings=settings)

    def integrand(self, expression: Any, arguments: Sequence[Any]) -> Composite:
        return self.composite(expression, arguments, self.settings.inside())

    def numbers(self, expressions: Sequence[Any], columns: Columns, arguments: Sequence[Any], n: int) -> Doubles:
        """Expressions of the arguments as columns, shape (n, n_expressions)."""
        found = np.empty((n, len(expressions)))
        with np.errstate(all="ignore"):
            for column, expression in enumerate(expressions):
                found[:, column] = self._function(expression, tuple(arguments))(columns)[0]
        return found

    def _function(self, expression: Any, arguments: tuple[Any, ...]) -> Composite:
        if expression not in self._functions:
            self._functions[expression] = self.composite(expression, arguments, self.settings.for_numbers())
        return self._functions[expression]

    @cached_property
    def _functions(self) -> dict[Any, Composite]:
        return {}

    def edges(self, found: Places, columns: Columns, arguments: Sequence[Any], n: int) -> Edges:
        return Edges(
            hard=self.numbers(found.hard, columns, arguments, n),
            soft=self.numbers([c for c, _ in found.soft], columns, arguments, n),
            steepness=self.numbers([s for _, s in found.soft], columns, arguments, n),
            complete=found.complete,
        )


def sampler(function: Composite, columns: Columns) -> Integrand:
    """The function of the columns' numbers and of places, as a quadrature calls it."""
    return lambda owner, x: function([*(c[owner, None] for c in columns), x])


def as_numbers(estimate: Estimate, columns: Columns) -> Estimate:
    """Where an argument is NaN the mean is; where one is infinite and nothing converged, too."""
    n = len(estimate.value)
    lost = np.zeros(n, dtype=bool)
    for column in columns:
        lost |= np.isnan(column) | (np.isinf(column) & ~np.isfinite(estimate.error))
    return nothing_at(lost, estimate)


def nothing_at(places: Any, estimate: Estimate) -> Estimate:
    return Estimate(
        value=np.where(places, np.nan, estimate.value),
        error=np.where(places, 0.0, estimate.error),
        scale=estimate.scale,
    )
