"""From a regulated weight to the flow of its effective average action, at one degree of freedom."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity, Postulate

UNDER_THE_INTEGRAL = Postulate(
    name="derivatives under the integral",
    claim="The partition function may be differentiated by the scale and by the source under its integral.",
    justification="The weight falls faster than any Gaussian grows, as for an action that grows as a higher power.",
    test="Compare the flow of the effective average action with quadrature of the definition at two scales.",
)


@rule(
    "heat equation",
    "The scale enters the weight through the regulator, whose factor is a square of the field: what two derivatives by "
    "the source bring down.",
)
def heat_equation(
    weight: Step, *, time: sp.Symbol, source: sp.Symbol, field: sp.Symbol, partition_function: Any, domain: Domain
) -> Inference:
    """The derivative of the weight by the scale as its second derivative by the source; the result is that of Z.

    Raises
    ------
    ValueError
        If the two are not in a ratio that is free of the field.
    """
    w = cast(Any, weight.result)
    ratio = sp.simplify(sp.diff(w, time) / sp.diff(w, source, 2))
    if ratio.has(field):
        raise ValueError(f"expected a regulator term that is quadratic in {field}; found {w}")
    claim = Identity(sp.Derivative(w, time), ratio * sp.Derivative(w, (source, 2)), domain.extended({field: (-2, 2)}))
    result = ratio * sp.Derivative(partition_function, (source, 2))
    return Inference(statement=claim, result=result, postulates=(UNDER_THE_INTEGRAL,))


@rule("logarithm", "The generator of connected moments is the logarithm of the partition function.")
def generator_flow(
    heat: Step, *, partition_function: Any, generator: Any, source: sp.Symbol, domain: Domain
) -> Inference:
    """dW/dt at a fixed source, in derivatives of W by it."""
    log_z = sp.log(partition_function)
    weight = cast(Any, heat.result) / sp.Derivative(partition_function, (source, 2))
    left = cast(Any, heat.result) / partition_function
    right = weight * (sp.Derivative(log_z, (source, 2)) + sp.Derivative(log_z, source) ** 2)
    w = generator
    result = weight * (sp.Derivative(w, (source, 2)) + sp.Derivative(w, source) ** 2)
    return Inference(statement=Identity(left, right, domain), result=result)


@rule(
    "slope of the Legendre transform",
    "By the chain rule, a derivative by the mean field is one by the source over the slope of the mean field.",
)
def legendre_slope(action: Step, *, source: sp.Symbol, mean_field: Any, domain: Domain) -> Inference:
    """The derivative of a function of the source by the mean field."""
    left = sp.Derivative(action.result, source) / sp.Derivative(mean_field, source)
    right = sp.expand(sp.simplify(cast(Any, left).doit()))
    return Inference(statement=Identity(left, right, domain), result=right)


@rule("flow at a fixed mean field", "The source moves with the scale so that the mean field stays where it is.")
def flow_at_fixed_field(action: Step, slope: Step, *, time: sp.Symbol, mean_field: Any, domain: Domain) -> Inference:
    """The derivative by the scale at a fixed mean field, in that of the generator at a fixed source."""
    left = sp.Derivative(action.result, time) - slope.result * sp.Derivative(mean_field, time)
    right = sp.expand(cast(Any, left).doit())
    return Inference(statement=Identity(left, right, domain), result=right)


@rule(
    "flow equation",
    "Half the scale derivative of the regulator, times the propagator: the reciprocal of the second derivative of the "
    "action and the regulator together.",
)
def flow_equation(
    flow: Step,
    generator: Step,
    curvature: Step,
    *,
    time: sp.Symbol,
    source: sp.Symbol,
    moving: Any,
    second_derivative: sp.Symbol,
    domain: Domain,
) -> Inference:
    """Put the flow of the ``moving`` generator in; the result holds the second derivative of the action instead.

    ``curvature`` gives that derivative by the slope of the mean field in the source.
    """
    slope = sp.Derivative(moving, (source, 2))
    left = cast(Any, flow.result).xreplace({sp.Derivative(moving, time): generator.result})
    right = sp.simplify(left)
    (propagator,) = sp.solve(sp.Eq(second_derivative, curvature.result), slope)
    return Inference(statement=Identity(left, right, domain), result=right.xreplace({slope: propagator}))
