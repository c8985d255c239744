"""The mean square of an activation, and of the input of the next layer."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.brackets import without_implied_brackets
from derivations.algebra.sum_terms import resolved
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import EnsembleMean, Identity, Postulate
from theory.sums import unfold

WIDE_LAYERS = Postulate(
    name="wide layers",
    claim="In a wide layer the mean of the squared activations over its neurons is their mean over a Gaussian input.",
    justification="The inputs are sums of many independent terms, and the mean is one over many neurons.",
    test="Compare the mean squares in sampled networks of growing width with the product of the factors.",
)


@rule("mean square of an activation", "In a wide layer the input of a neuron is a sum of many terms, hence Gaussian.")
def activation_mean_square(*, activation: sp.Piecewise, variable: sp.Symbol, variance: sp.Symbol) -> Inference:
    """The mean of the squared activation over a centered Gaussian variable, case by case; the result is that mean."""
    density = sp.exp(-(variable**2) / (2 * variance)) / sp.sqrt(2 * sp.pi * variance)
    value, left_over = sp.Integer(0), cast(Any, sp.S.Reals)
    for case, condition in cast(Any, activation.args):
        where = left_over if condition == sp.true else condition.as_set().intersect(left_over)
        if not isinstance(where, sp.Interval):
            raise ValueError(f"expected cases on intervals of {variable}, found {where}")
        left_over = sp.Complement(left_over, where)
        value += sp.integrate(case**2 * density, (variable, where.start, where.end))
    result = sp.simplify(value)
    domain = Domain({variance: (0, sp.oo)})
    claim = EnsembleMean(activation**2, result, domain, over={variable: (0, variance)})
    return Inference(statement=claim, result=result)


@rule("next layer", "All squared activations of the layer before are replaced by their mean.")
def next_layer(
    inputs: Step, activation: Step, *, activations: Any, site: sp.Symbol, ranges: tuple[Any, ...]
) -> Inference:
    """The mean square of the input of a neuron; ``ranges`` are those of the layer and of the neuron."""
    mean = cast(EnsembleMean, activation.statement)
    left = unfold(inputs.result, activations[site], sp.sqrt(activation.result))
    result = sp.simplify(without_implied_brackets(resolved(left), ranges))
    domain = cast(Identity, inputs.statement).domain.extended(mean.domain.sets)
    claim = Identity(left, result, domain.restricted(left))
    return Inference(statement=claim, result=result, postulates=(WIDE_LAYERS,))
