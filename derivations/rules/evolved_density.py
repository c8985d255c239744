"""The rate of a function of a distribution, where the distribution has a given rate."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from derivations.rules.total_derivative import multiplied_out
from theory.domain import Domain
from theory.statements import Identity, Postulate

CONSERVED = Postulate(
    name="conserved probability",
    claim="The integral of the distribution over all parameters does not change.",
    justification="It is a distribution of probability.",
    test="The integral of its rate: for a distribution that is carried along the gradient of F as (8.1) has it, alpha "
    "times the mean of the Laplacian of F.",
)


@rule("chain rule", "A function of the distribution changes by its derivative times the rate of the distribution.")
def rate_of_density(function: Step, rate: Step, *, field: Any, domain: Domain) -> Inference:
    """The rate of a function of ``field`` where the field has the rate of the second step; both may have gradients.

    Raises
    ------
    ValueError
        If the function holds derivatives of the field.
    """
    value, change = cast(Any, function.result), cast(Any, rate.result)
    if any(d.has(field) for d in value.atoms(sp.Derivative)):
        raise ValueError(f"expected a function of {field} without its derivatives; found {value}")
    size = sp.Symbol("epsilon", real=True)
    left = sp.Subs(sp.Derivative(value.xreplace({field: field + size * change}), size), size, 0)
    letter = sp.Dummy("p", positive=True)
    slope = sp.diff(value.xreplace({field: letter}), letter).xreplace({letter: field})
    right = multiplied_out(sp.expand_mul(slope) * change)
    over = domain.extended(dict.fromkeys(field.args, (-sp.oo, sp.oo)))
    return Inference(statement=Identity(left, right, over.restricted(left, right)), result=right)


@rule(
    "conserved probability",
    "Where the total probability does not change, the integral of its rate vanishes and may be added.",
)
def with_conserved_probability(rate: Step, distribution: Step, *, domain: Domain) -> Inference:
    """The rate of an entropy density with the rate of the distribution added, whose integral is taken to vanish."""
    left = cast(Any, rate.result) + cast(Any, distribution.result)
    right = multiplied_out(left)
    places = sorted((q for q in right.free_symbols if q not in domain.sets), key=str)
    over = domain.extended(dict.fromkeys(places, (-sp.oo, sp.oo)))
    statement = Identity(left, right, over.restricted(left, right))
    return Inference(statement=statement, result=right, postulates=(CONSERVED,))


@rule("local form", "The rate of a function of the distribution is its own gradient along the motion.")
def rate_by_own_gradient(rate: Step, function: Step, distribution: Step, *, field: Any, domain: Domain) -> Inference:
    """The rate of a function of a field that is carried along, by the gradient of the function.

    ``distribution`` is the step with the rate of the field: a sum over parameters of a velocity times the slope of the
    field, with a sign. The result is the same sum with the slopes of the function.

    Raises
    ------
    ValueError
        If the rate of the field is no such sum.
    """
    value, carried = cast(Any, function.result), multiplied_out(distribution.result)
    slopes = {sp.Derivative(field, q): sp.Derivative(value, q) for q in field.args}
    letters = {slope: sp.Dummy() for slope in slopes}
    linear = sp.Poly(carried.xreplace(letters), *letters.values())
    if linear.total_degree() != 1 or not linear.is_homogeneous or cast(Any, linear.as_expr()).has(field):
        raise ValueError(f"expected velocities times slopes of {field}; found {carried}")
    right = carried.xreplace(slopes)
    over = domain.extended(dict.fromkeys(field.args, (-sp.oo, sp.oo)))
    return Inference(statement=Identity(rate.result, right, over.restricted(rate.result, right)), result=right)
