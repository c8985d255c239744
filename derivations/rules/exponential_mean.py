"""The mean of the exponential of a linear form of Gaussian variables."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.sum_terms import guarded, resolved
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.averages import GaussianMean, Range
from theory.domain import Domain
from theory.field_derivative import FieldDerivative
from theory.statements import Identity
from theory.sums import Inside, Sigma, free_names, unfold

Law = tuple[Any, Any, tuple[Range, ...]]
"""A symbol or a family, the variance of one variable, and the ranges of the family's slots."""


@rule(
    "mean of an exponential",
    "Independent centered Gaussian variables enter the exponent linearly: each contributes $\\exp(v t^2/2)$, with $v$ "
    "its variance and $t$ its coefficient.",
)
def exponential_mean(product: Step, *, laws: tuple[Law, ...], domain: Domain) -> Inference:
    """The mean of the step's result, an exponential, over the variables of the laws.

    Raises
    ------
    ValueError
        If the result is no exponential.
    """
    if not isinstance(product.result, sp.exp):
        raise ValueError(f"expected an exponential; found {product.result}")
    rest, mean, spread, obligations = cast(Any, product.result).args[0], product.result, sp.S.Zero, []
    for name, variance, ranges in laws:
        variable = name[tuple(r[0] for r in ranges)] if ranges else name
        slope: Any = resolved(sp.diff(rest, variable))
        slope = slope.replace(lambda e: isinstance(e, Inside), lambda e, r=ranges: guarded(e, r))
        obligations.append(_linear(rest, name, ranges, domain))
        spread += Sigma(variance * slope**2 / 2, *ranges) if ranges else variance * slope**2 / 2
        rest = resolved(unfold(rest, variable, sp.S.Zero))
        mean = GaussianMean(mean, name, variance, *ranges)
    claim = Identity(mean, sp.exp(spread + rest), domain.restricted(mean))
    return Inference(statement=claim, obligations=tuple(obligations))


def _linear(exponent: Any, name: Any, ranges: tuple[Range, ...], domain: Domain) -> Identity:
    """The second derivative by the variables vanishes."""
    sets: dict[Any, Any] = {name: (-1, 1)}
    if not ranges:
        return Identity(sp.Derivative(exponent, (name, 2)), 0, domain.extended({**sets, **_families(exponent, domain)}))
    places = [[sp.Symbol(f"{slot}{mark}", integer=True) for slot, _, _ in ranges] for mark in ("", "'")]
    for row in places:
        sets.update({p: sp.Range(lower, upper + 1) for p, (_, lower, upper) in zip(row, ranges, strict=True)})
    second = FieldDerivative(exponent, *(name[tuple(row)] for row in places))
    return Identity(second, 0, domain.extended({**sets, **_families(exponent, domain)}))


def _families(exponent: Any, domain: Domain) -> dict[Any, Any]:
    """Sets of further Gaussian variables that are still in the exponent."""
    return {n: (-1, 1) for n in sorted(free_names(exponent), key=str) if n not in domain.sets}
