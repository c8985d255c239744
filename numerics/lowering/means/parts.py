"""Means and integrals as parts of a lowered expression: their integrands, their places, and the rule for them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
import sympy as sp

from numerics.lowering.means.composite import Columns, Composite, Part, Settings
from numerics.lowering.means.densities import in_one_exponential, weighted
from numerics.lowering.means.lifting import Names, nested_means
from numerics.lowering.means.places import Places, places
from numerics.quadrature.edges import Edges
from numerics.quadrature.estimates import Doubles, Estimate
from numerics.quadrature.gaussian import gaussian_mean
from numerics.quadrature.integral import definite_integral
from numerics.quadrature.ladder import Integrand
from numerics.quadrature.sobol import sobol_mean
from theory.averages import GaussianMean
from theory.sums import rename

MEAN_RULE = (
    "Averaged over a standard normal variable by the trapezoidal rule with 48 to 384 nodes, or between its kinks",
    "and steep places by doubly exponential rules; the error is read off the spectrum of the samples.",
)
SOBOL_RULE = (
    "Averaged over standard normal variables by 16 scrambles of Sobol's points; the error is six times that of",
    "their mean.",
)
MOST_NESTED = 3
"""Variables of means in one another that product rules can afford."""
INTEGRAL_RULE = (
    "Integrated between its ends, kinks and steep places by doubly exponential rules; the error is read off the",
    "spectrum of the samples.",
)
# Places at which an integrand that has no real value anywhere shows it.
SIGNS_OF_LIFE = np.array([-2.3, -0.7, 0.4, 1.9])


def make_part(node: Any, arguments: tuple[Any, ...], settings: Settings) -> Part:
    """The part for a node."""
    if len(nested_means(node)) > MOST_NESTED:
        return SobolPart(node, arguments, settings)
    return (
        MeanPart(node, arguments, settings)
        if isinstance(node, GaussianMean)
        else IntegralPart(node, arguments, settings)
    )


class _Integrated(Part):
    """What means and integrals share: an integrand in its own variable, and places of it."""

    def __init__(self, node: Any, arguments: tuple[Any, ...], settings: Settings) -> None:
        self.node, self.arguments, self.settings = node, arguments, settings
        self._names = Names(node, *arguments)

    def _composite(self, expression: Any, arguments: Sequence[Any], settings: Settings) -> Composite:
        return Composite(expression=expression, arguments=tuple(arguments), settings=settings, make_part=make_part)

    def _integrand(self, expression: Any, arguments: Sequence[Any]) -> Composite:
        return self._composite(expression, arguments, self.settings.inside())

    def _numbers(self, expressions: Sequence[Any], columns: Columns, arguments: Sequence[Any], n: int) -> Doubles:
        """Expressions of the arguments as columns, shape (n, n_expressions)."""
        found = np.empty((n, len(expressions)))
        with np.errstate(all="ignore"):
            for column, expression in enumerate(expressions):
                found[:, column] = self._function(expression, tuple(arguments))(columns)[0]
        return found

    def _function(self, expression: Any, arguments: tuple[Any, ...]) -> Composite:
        if expression not in self._functions:
            self._functions[expression] = self._composite(expression, arguments, self.settings.for_numbers())
        return self._functions[expression]

    @cached_property
    def _functions(self) -> dict[Any, Composite]:
        return {}

    def _edges(self, found: Places, columns: Columns, arguments: Sequence[Any], n: int) -> Edges:
        return Edges(
            hard=self._numbers(found.hard, columns, arguments, n),
            soft=self._numbers([c for c, _ in found.soft], columns, arguments, n),
            steepness=self._numbers([s for _, s in found.soft], columns, arguments, n),
            complete=found.complete,
        )


def _sampler(function: Composite, columns: Columns) -> Integrand:
    """The function of the columns' numbers and of places, as a quadrature calls it."""
    return lambda owner, x: function([*(c[owner, None] for c in columns), x])


def _as_numbers(estimate: Estimate, columns: Columns) -> Estimate:
    """Where an argument is NaN the mean is; where one is infinite and nothing converged, too."""
    n = len(estimate.value)
    lost = np.zeros(n, dtype=bool)
    for column in columns:
        lost |= np.isnan(column) | (np.isinf(column) & ~np.isfinite(estimate.error))
    return _nothing_at(lost, estimate)


def _nothing_at(places: Any, estimate: Estimate) -> Estimate:
    return Estimate(
        value=np.where(places, np.nan, estimate.value),
        error=np.where(places, 0.0, estimate.error),
        scale=estimate.scale,
    )


class MeanPart(_Integrated):
    """A mean over one Gaussian variable."""

    @cached_property
    def _x(self) -> sp.Symbol:
        return self._names(str(self.node.family).lstrip("_"))

    @cached_property
    def _deviation(self) -> Any:
        """The standard deviation: a number, or a symbol beside the arguments."""
        variance = self.node.variance
        return (
            sp.sqrt(variance)
            if variance.is_positive and variance.is_number
            else self._names("deviation", positive=True)
        )

    @cached_property
    def _inner_arguments(self) -> tuple[Any, ...]:
        return self.arguments if self._deviation.is_number else (*self.arguments, self._deviation)

    @cached_property
    def _body(self) -> Any:
        return rename(self.node.body, self.node.family, self._deviation * self._x)

    @cached_property
    def _plain(self) -> Composite:
        return self._integrand(self._body, (*self._inner_arguments, self._x))

    @cached_property
    def _weighted(self) -> Composite:
        return self._integrand(weighted(self._body, self._x), (*self._inner_arguments, self._x))

    @cached_property
    def _places(self) -> Places:
        return places(self._body, self._x)

    def variance(self, columns: Columns, n_points: int) -> Doubles:
        """The variances at points."""
        return self._numbers([self.node.variance], columns, self.arguments, n_points)[:, 0]

    def estimate(self, columns: Columns, n_points: int) -> Estimate:
        """See `Part.estimate`."""
        found = Estimate.empty(n_points)
        variance = self.variance(columns, n_points)
        spread = np.flatnonzero(~(variance <= 0))
        if len(spread):
            found.update(spread, self._spread([c[spread] for c in columns], variance[spread]))
        fixed = np.flatnonzero(variance == 0)
        if len(fixed):
            found.update(fixed, self._at_zero([c[fixed] for c in columns], len(fixed)))
        return _as_numbers(found, columns)

    def explain(self, columns: Columns) -> None:
        """See `Part.explain`."""
        variance = float(self.variance(columns, 1)[0])
        if variance < 0:
            raise ValueError(
                f"expected a variance that is not negative; found {self.node.variance} = {variance!r} in {self.node}: "
                "declare the symbol negative for the analytic continuation of an even integrand, or leave the point out"
            )

    def _spread(self, columns: Columns, variance: Doubles) -> Estimate:
        n_points = len(variance)
        inner = self._with_deviation(columns, np.sqrt(variance))
        edges = self._edges(self._places, inner, self._inner_arguments, n_points)
        plain = _sampler(self._plain, inner)

        def with_density(owner: Any, x: Doubles) -> Any:
            return _sampler(self._weighted, inner)(owner, x)  # made only where it is called for

        found = gaussian_mean(plain, with_density, edges, self.settings.tolerance)
        return self._without_the_undefined(plain, found)

    def _without_the_undefined(self, plain: Integrand, found: Estimate) -> Estimate:
        """An integrand that is NaN at all places has a NaN for its mean, as any other expression without a value."""
        failed = np.flatnonzero(~np.isfinite(found.error))
        if not len(failed):
            return found
        with np.errstate(all="ignore"):
            undefined = np.isnan(np.broadcast_to(plain(failed, SIGNS_OF_LIFE[None, :])[0], (len(failed), 4))).all(
                axis=1
            )
        lost = np.zeros(len(found.value), dtype=bool)
        lost[failed[undefined]] = True
        return _nothing_at(lost, found)

    def _at_zero(self, columns: Columns, n_points: int) -> Estimate:
        inner = self._with_deviation(columns, np.zeros(n_points))
        with np.errstate(all="ignore"):
            values, errors = self._plain([*inner, np.zeros(n_points)])
        return Estimate(
            value=np.broadcast_to(values, (n_points,)),
            error=np.zeros(n_points) if errors is None else errors,
            scale=np.abs(values),
        )

    def _with_deviation(self, columns: Columns, deviation: Doubles) -> Columns:
        return columns if self._deviation.is_number else [*columns, deviation]

    @property
    def rule(self) -> tuple[str, ...]:
        """See `Part.rule`."""
        return MEAN_RULE

    @property
    def source(self) -> str:
        """See `Part.source`."""
        return self._plain.source


class SobolPart(_Integrated):
    """A mean over many Gaussian variables."""

    @cached_property
    def _variables(self) -> tuple[Any, ...]:
        return tuple(self._names(str(mean.family).lstrip("_")) for mean in nested_means(self.node))

    @cached_property
    def _plain(self) -> Composite:
        means = nested_means(self.node)
        body = means[-1].body
        for mean, x in zip(means, self._variables, strict=True):
            body = rename(body, mean.family, sp.sqrt(mean.variance) * x)
        return self._integrand(body, (*self.arguments, *self._variables))

    def estimate(self, columns: Columns, n_points: int) -> Estimate:
        """See `Part.estimate`."""

        def body(points: Any, x: list[Doubles]) -> Doubles:
            values, _ = self._plain([*(c[points, None] for c in columns), *x])
            return np.broadcast_to(values, (len(points), x[0].size))

        found = sobol_mean(body, n_points, len(self._variables), self.settings.tolerance)
        return _as_numbers(found, columns)

    @property
    def rule(self) -> tuple[str, ...]:
        """See `Part.rule`."""
        return SOBOL_RULE

    @property
    def source(self) -> str:
        """See `Part.source`."""
        return self._plain.source


class IntegralPart(_Integrated):
    """A definite integral over one variable."""

    def __init__(self, node: Any, arguments: tuple[Any, ...], settings: Settings) -> None:
        super().__init__(node, arguments, settings)
        self._old, self._low, self._high = node.limits[0]

    @cached_property
    def _x(self) -> sp.Symbol:
        return self._names(str(self._old).lstrip("_"))

    @cached_property
    def _body(self) -> Any:
        return rename(self.node.function, self._old, self._x)

    @cached_property
    def _plain(self) -> Composite:
        return self._integrand(in_one_exponential(self._body), (*self.arguments, self._x))

    @cached_property
    def _places(self) -> Places:
        return places(self._body, self._x)

    def estimate(self, columns: Columns, n_points: int) -> Estimate:
        """See `Part.estimate`."""
        ends = self._numbers([self._low, self._high], columns, self.arguments, n_points)
        edges = self._edges(self._places, columns, self.arguments, n_points)
        plain = _sampler(self._plain, columns)
        found = definite_integral(plain, ends[:, 0], ends[:, 1], edges, self.settings.tolerance)
        return _as_numbers(found, [*columns, np.where(np.isnan(ends).any(axis=1), np.nan, 0.0)])

    @property
    def rule(self) -> tuple[str, ...]:
        """See `Part.rule`."""
        return INTEGRAL_RULE

    @property
    def source(self) -> str:
        """See `Part.source`."""
        return self._plain.source
