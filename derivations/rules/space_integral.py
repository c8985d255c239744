"""Integrals over all components of a place of the exponential of a quadratic form."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.sum_terms import guarded, resolved
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.averages import GaussianMean, Range
from theory.domain import Domain
from theory.statements import Identity
from theory.sums import Inside, Sigma, unfold


@rule(
    "Gaussian weight",
    "The exponent has the same negative curvature in every component of the place: each component of the integral is a "
    "root times a mean over a Gaussian variable.",
)
def gaussian_weight(integrand: Step, *, family: Any, components: Range, domain: Domain) -> Inference:
    """The claim is about one component; the result is what is averaged over all of them.

    Raises
    ------
    ValueError
        If the integrand is no exponential, or its curvature depends on the place or on the component.
    """
    if not isinstance(integrand.result, sp.exp):
        raise ValueError(f"expected an exponential; found {integrand.result}")
    exponent, index = cast(Any, integrand.result).args[0], components[0]
    entry = family[index]
    slope = _slope(exponent, entry, components)
    curvature = -_slope(slope, entry, components)
    if curvature.has(family) or curvature.has(index):
        raise ValueError(f"expected one curvature of all components; found {curvature}")
    tilt, rest = (resolved(unfold(e, entry, sp.S.Zero)) for e in (slope, exponent))
    linear = Sigma(tilt * entry, components) + rest
    one = sp.Symbol("y", real=True)
    left = sp.Integral(sp.exp(-curvature * one**2 / 2 + tilt * one), (one, -sp.oo, sp.oo))
    right = sp.sqrt(2 * sp.pi / curvature) * GaussianMean(sp.exp(tilt * one), one, 1 / curvature)
    whole = domain.extended({index: sp.Range(components[1], components[2] + 1), family: (-1, 1)})
    split = Identity(exponent, linear - curvature / 2 * Sigma(entry**2, components), whole.restricted(exponent))
    return Inference(
        statement=Identity(left, right, whole.restricted(left)), result=sp.exp(linear), obligations=(split,)
    )


def _slope(expression: Any, entry: Any, components: Range) -> Any:
    slope: Any = resolved(sp.diff(expression, entry))
    return slope.replace(lambda e: isinstance(e, Inside), lambda e: guarded(e, (components,)))


@rule(
    "integral over all components",
    "The integral is the product of those over the components, times what stands outside.",
)
def space_integral(weight: Step, mean: Step, *, factor: Any, dimension: Any, domain: Domain) -> Inference:
    """The roots of all components, the mean, and the ``factor`` of the integrand.

    ``weight`` is a step of ``gaussian_weight``, ``mean`` the step with the mean of its result.
    """
    root, variance = sp.sqrt(2 * sp.pi * component_variance(weight)), component_variance(weight)
    left = factor * root**dimension * mean.result
    right = factor * (2 * sp.pi * variance) ** (dimension / 2) * mean.result
    return Inference(statement=Identity(left, right, domain.restricted(left)))


def component_variance(weight: Step) -> Any:
    """The variance of each component in a step of ``gaussian_weight``."""
    (mean,) = cast(Any, weight.statement).right.atoms(GaussianMean)
    return mean.variance
