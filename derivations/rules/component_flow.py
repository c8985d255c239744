"""From a regulated weight to the flow of its effective average action, for any number of degrees of freedom.

What depends on sources is given near one source: two derivatives are all that is taken.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from derivations.rules.effective_average_action import UNDER_THE_INTEGRAL
from theory.domain import Domain
from theory.field_derivative import FieldDerivative
from theory.statements import Identity
from theory.sums import Sigma, rename

Pair = tuple[sp.Symbol, sp.Symbol]
Entry = Callable[[sp.Symbol, sp.Symbol], Any]
"""An entry of a matrix between two indices."""


@rule(
    "heat equation of many",
    "The scale enters the weight through the regulator, whose factor is a product of two fields: what a derivative by "
    "either source brings down.",
)
def component_heat_equation(
    weight: Step, *, time: sp.Symbol, source: Any, rate: Entry, indices: Pair, size: Any, partition: Any, domain: Domain
) -> Inference:
    """The derivative of the weight by the scale by its second derivatives by the sources; the result is that of Z."""
    a, b = indices
    w = cast(Any, weight.result)

    def spread(function: Any) -> Any:
        body = rate(a, b) * FieldDerivative(function, source[a], source[b])
        return -Sigma(body, (a, 1, size), (b, 1, size)) / 2

    claim = Identity(sp.Derivative(w, time), spread(w), domain.restricted(w, spread(w)))
    return Inference(statement=claim, result=spread(partition), postulates=(UNDER_THE_INTEGRAL,))


@rule("logarithm of many", "The generator of connected moments is the logarithm of the partition function.")
def component_generator_flow(
    heat: Step,
    mean: Step,
    bend: Step,
    *,
    source: Any,
    rate: Entry,
    indices: Pair,
    size: Any,
    partition: Any,
    domain: Domain,
) -> Inference:
    """dW/dt at fixed sources, by the ``mean`` fields and the ``bend``, its first and second derivatives by them."""
    a, b = indices
    log_z = sp.log(partition)

    def spread(second: Any, slopes: Any) -> Any:
        return -Sigma(rate(a, b) * (second + slopes), (a, 1, size), (b, 1, size)) / 2

    left = cast(Any, heat.result) / partition
    slopes = FieldDerivative(log_z, source[a]) * FieldDerivative(log_z, source[b])
    right = spread(FieldDerivative(log_z, source[a], source[b]), slopes)
    first: Any = mean.result
    result = spread(bend.result, first * rename(first, a, b))
    return Inference(statement=Identity(left, right, domain.restricted(left, right)), result=result)


@rule("field derivative", "Differentiate by a source.")
def by_source(quantity: Step, *, source: Any, index: sp.Symbol, value: Any, domain: Domain) -> Inference:
    """The derivative by the source of an ``index``, whose ``value`` is claimed."""
    left = FieldDerivative(cast(Any, quantity.result), source[index])
    return Inference(statement=Identity(left, value, domain.restricted(left, value)))


@rule(
    "slopes of the Legendre transform",
    "By the chain rule, what the source moves is the slope by each mean field, times how the source moves that field.",
)
def component_slope(
    action: Step, mean: Step, bend: Step, *, source: Any, regulator: Entry, indices: Any, size: Any, domain: Domain
) -> Inference:
    """The derivative of the effective average action by a source; the result is its derivative by a mean field."""
    a, b, c = indices
    slope = source[a] - Sigma(regulator(a, c) * rename(cast(Any, mean.result), a, c), (c, 1, size))
    left = FieldDerivative(cast(Any, action.result), source[b])
    right = Sigma(slope * cast(Any, bend.result), (a, 1, size))
    return Inference(statement=Identity(left, right, domain.restricted(left, right)), result=slope)


@rule(
    "curvature of the Legendre transform",
    "The slope by a mean field moves with the source: the second derivatives of the action and the regulator together "
    "are the inverse of those of the generator.",
)
def component_curvature(
    slope: Step, bend: Step, *, source: Any, regulator: Entry, indices: Any, size: Any, domain: Domain
) -> Inference:
    """The derivative of the slope by a source: the second derivatives of the action times those of the generator."""
    a, b, c = indices
    left = FieldDerivative(cast(Any, slope.result), source[b])
    moved = Sigma(regulator(a, c) * rename(cast(Any, bend.result), a, c), (c, 1, size))
    right = sp.KroneckerDelta(a, b) - moved
    return Inference(statement=Identity(left, right, domain.restricted(left, right)))


@rule("flow at fixed mean fields", "The sources move with the scale so that every mean field stays where it is.")
def component_flow_at_fixed_fields(
    action: Step,
    slope: Step,
    generator: Step,
    mean: Step,
    *,
    time: sp.Symbol,
    rate: Entry,
    indices: Any,
    size: Any,
    domain: Domain,
) -> Inference:
    """The derivative by the scale at fixed mean fields, in that of the generator at fixed sources."""
    a, b = indices[:2]
    first: Any = mean.result
    moved = Sigma(cast(Any, slope.result) * sp.Derivative(first, time), (a, 1, size))
    left = sp.Derivative(action.result, time) - moved
    squares = Sigma(rate(a, b) * first * rename(first, a, b), (a, 1, size), (b, 1, size))
    right = -sp.Derivative(generator.result, time) - squares / 2
    return Inference(statement=Identity(left, right, domain.restricted(left, right)))


@rule(
    "flow equation of many",
    "Half the trace of the scale derivative of the regulator times the propagator: the inverse of the second "
    "derivatives of the action and the regulator together.",
)
def component_flow_equation(
    flow: Step,
    moved: Step,
    generator: Step,
    bend: Step,
    *,
    time: sp.Symbol,
    rate: Entry,
    propagator: Any,
    indices: Any,
    size: Any,
    domain: Domain,
) -> Inference:
    """Put the flow of the generator in; the result has the family of the ``propagator`` for its second derivatives."""
    a, b = indices[:2]

    def trace(entry: Any) -> Any:
        return Sigma(rate(a, b) * entry, (a, 1, size), (b, 1, size)) / 2

    left = cast(Any, flow.result).xreplace({sp.Derivative(generator.result, time): moved.result})
    right = trace(bend.result)
    claim = Identity(left, right, domain.restricted(left, right))
    return Inference(statement=claim, result=trace(propagator[a, b]))
