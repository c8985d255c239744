"""How the entropy of a density grows as it diffuses: by the slopes of its logarithm, and for Gaussian densities."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.averages import Range
from theory.domain import Domain
from theory.statements import Identity
from theory.sums import Sigma


@rule("slope of the logarithm", "A slope over its density is the slope of the logarithm.")
def logarithmic_slope(flow: Step, *, density: Any, place: sp.Symbol, domain: Domain) -> Inference:
    """One factor p' / p of the step's result as the derivative of log p, which is left as it is.

    Raises
    ------
    ValueError
        If the result is not a product with the square of the slope over the density.
    """
    left, slope = cast(Any, flow.result), sp.Derivative(density, place)
    rest = sp.cancel(left * density / slope**2)
    if rest.has(density, sp.Derivative):
        raise ValueError(f"expected a product with {slope**2 / density}; found {left}")
    right = rest * slope * sp.Derivative(sp.log(density), place)
    return Inference(statement=Identity(left, right, domain.restricted(left)), result=right)


@rule("curvature of a logarithm", "The second slope over the density is the curvature of the logarithm and a square.")
def logarithmic_curvature(flow: Step, *, density: Any, place: sp.Symbol, domain: Domain) -> Inference:
    """The step's result, a multiple of p'' - p'^2 / p, by the second derivative of log p, which is left as it is.

    Raises
    ------
    ValueError
        If the result is no such multiple.
    """
    left, slope = cast(Any, flow.result), sp.Derivative(density, place)
    rest = sp.cancel(left / (sp.Derivative(density, (place, 2)) - slope**2 / density))
    if rest.has(density, sp.Derivative):
        raise ValueError(f"expected a multiple of p'' - p'^2 / p for the density {density}; found {left}")
    right = rest * density * sp.Derivative(sp.log(density), (place, 2))
    return Inference(statement=Identity(left, right, domain.restricted(left)), result=right)


@rule("curvature of the logarithm", "Each second slope of the logarithm of a Gaussian density is a number.")
def production_by_curvature(logarithm: Step, *, place: sp.Symbol, diffusion: Any, domain: Domain) -> Inference:
    """-D / 2 times the second derivative of the logarithm, the step's result."""
    given = cast(Any, logarithm.result)
    left = -diffusion / 2 * sp.Derivative(given, (place, 2))
    right = sp.expand(sp.diff(-diffusion / 2 * given, (place, 2)))
    return Inference(statement=Identity(left, right, domain.restricted(left)))


@rule("square of the slope", "The square of the slope of the logarithm.")
def production_by_square(logarithm: Step, *, place: sp.Symbol, diffusion: Any, domain: Domain) -> Inference:
    """D / 2 times the squared first derivative of the logarithm, the step's result."""
    given = cast(Any, logarithm.result)
    left = diffusion / 2 * sp.Derivative(given, place) ** 2
    right = sp.expand(diffusion / 2 * sp.diff(given, place) ** 2)
    return Inference(statement=Identity(left, right, domain.restricted(left)))


@rule("flow of entropy", "Minus the logarithm of the density times the rate of the density, over the density.")
def motion_flow(logarithm: Step, *moved: Step, parameter: sp.Symbol, rate: Any = None, domain: Domain) -> Inference:
    """What is averaged in the rate of the entropy if a parameter of the density moves.

    The rate is ``rate``, or the result of a second step. The rate of the density integrates to zero.
    """
    given, speed = cast(Any, logarithm.result), cast(Any, moved[0].result) if moved else rate
    left = -given * speed * sp.Derivative(given, parameter)
    right = sp.expand(-given * speed * sp.diff(given, parameter))
    return Inference(statement=Identity(left, right, domain.restricted(left)))


@rule(
    "parameter of a diffusing density",
    "A density of this form goes on having it if its slope by the parameter times the rate is what diffusion adds.",
)
def diffusing_parameter(
    density: Step, *, parameter: sp.Symbol, place: sp.Symbol, diffusion: Any, domain: Domain
) -> Inference:
    """The rate of the parameter of the step's result by D / 2 times its second derivative.

    Raises
    ------
    ValueError
        If no rate that is free of the place would do: the form is not kept.
    """
    given = cast(Any, density.result)
    spread = diffusion / 2 * sp.diff(given, (place, 2))
    rate = sp.simplify(spread / sp.diff(given, parameter))
    if rate.has(place):
        raise ValueError(f"expected a density whose form diffusion keeps; its rate would depend on {place}: {rate}")
    left = rate * sp.Derivative(given, parameter)
    right = diffusion / 2 * sp.Derivative(given, (place, 2))
    return Inference(statement=Identity(left, right, domain.restricted(left)), result=rate)


@rule("sum over components", "Components that do not couple add what each of them has.")
def sum_over_components(one: Step, *, letters: dict[Any, Any], components: Range, domain: Domain) -> Inference:
    """The sum over all components of a step about one, its letters replaced by entries of families."""
    statement, (index, first, last) = cast(Identity, one.statement), components
    table = {k: v[index] if isinstance(v, sp.IndexedBase) else v for k, v in letters.items()}
    left, right = (cast(Any, e).xreplace(table) for e in (statement.left, one.result))
    within = domain.extended({index: sp.Range(first, last + 1)})
    sides = (Sigma(left, components), Sigma(right, components))
    return Inference(statement=Identity(*sides, within.restricted(*sides)))
