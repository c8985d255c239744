"""Means over one Gaussian variable."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import sympy as sp

from numerics.lowering.means.composite import Columns, Composite
from numerics.lowering.means.densities import weighted
from numerics.lowering.means.integrated import Integrated, as_numbers, nothing_at, sampler
from numerics.lowering.means.places import Places, places
from numerics.quadrature.estimates import Doubles, Estimate
from numerics.quadrature.gaussian import gaussian_mean
from numerics.quadrature.ladder import Integrand
from theory.sums import rename

MEAN_RULE = (
    "Averaged over a standard normal variable by the trapezoidal rule with 48 to 384 nodes, or between its kinks",
    "and steep places by doubly exponential rules; the error is read off the spectrum of the samples.",
)
# Places at which an integrand that has no real value anywhere shows it.
SIGNS_OF_LIFE = np.array([-2.3, -0.7, 0.4, 1.9])


class MeanPart(Integrated):
    """A mean over one Gaussian variable."""

    @cached_property
    def variable(self) -> sp.Symbol:
        return self.names(str(self.node.family).lstrip("_"))

    @cached_property
    def deviation(self) -> Any:
        """The standard deviation: a number, or a symbol beside the arguments."""
        variance = self.node.variance
        return (
            sp.sqrt(variance) if variance.is_positive and variance.is_number else self.names("deviation", positive=True)
        )

    @cached_property
    def inner_arguments(self) -> tuple[Any, ...]:
        return self.arguments if self.deviation.is_number else (*self.arguments, self.deviation)

    @cached_property
    def _body(self) -> Any:
        return rename(self.node.body, self.node.family, self.deviation * self.variable)

    @cached_property
    def plain(self) -> Composite:
        return self.integrand(self._body, (*self.inner_arguments, self.variable))

    @cached_property
    def weighted(self) -> Composite:
        return self.integrand(weighted(self._body, self.variable), (*self.inner_arguments, self.variable))

    @cached_property
    def places(self) -> Places:
        return places(self._body, self.variable)

    def variance(self, columns: Columns, n_points: int) -> Doubles:
        """The variances at points."""
        return self.numbers([self.node.variance], columns, self.arguments, n_points)[:, 0]

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
        return as_numbers(found, columns)

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
        edges = self.edges(self.places, inner, self.inner_arguments, n_points)
        plain = sampler(self.plain, inner)

        def with_density(owner: Any, x: Doubles) -> Any:
            return sampler(self.weighted, inner)(owner, x)  # made only where it is called for

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
        return nothing_at(lost, found)

    def _at_zero(self, columns: Columns, n_points: int) -> Estimate:
        inner = self._with_deviation(columns, np.zeros(n_points))
        with np.errstate(all="ignore"):
            values, errors = self.plain([*inner, np.zeros(n_points)])
        return Estimate(
            value=np.broadcast_to(values, (n_points,)),
            error=np.zeros(n_points) if errors is None else errors,
            scale=np.abs(values),
        )

    def _with_deviation(self, columns: Columns, deviation: Doubles) -> Columns:
        return columns if self.deviation.is_number else [*columns, deviation]

    @property
    def rule(self) -> tuple[str, ...]:
        """See `Part.rule`."""
        return MEAN_RULE

    @property
    def source(self) -> str:
        """See `Part.source`."""
        return self.plain.source
