"""The threshold function of the momentum dependence for a regulator with an edge, beyond which it vanishes."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.momentum_thresholds import edged_momentum_kernel, momentum_surface
from theory.regulators import Regulator
from theory.statements import Identity, LimitStatement

KINKS = (
    "The integrand that is left holds first derivatives of the shape alone: it is that of a shape with a kink too, as "
    "the limit of smooth ones."
)


@rule(
    "integration by parts across a kink",
    "What has second derivatives of the shape is the derivative of a surface term, which vanishes at both ends.",
)
def without_second_derivatives(definition: Step, *, shape: Any, choices: dict[str, Any], domain: Domain) -> Inference:
    """The integrand of m_22 as one without second derivatives, and a total derivative; the result is the former."""
    integral = cast(Any, definition.result)
    (variable,) = integral.variables
    right = edged_momentum_kernel(shape, **choices)
    surface = momentum_surface(shape, masses=choices["masses"], dimension=choices["dimension"])
    claim = Identity(integral.function, right + sp.Derivative(surface, variable), domain.restricted(integral.function))
    return Inference(statement=claim, result=right, remark=KINKS)


@rule(
    "momenta beyond the edge",
    "Beyond the edge the regulator vanishes, and the integrand is the derivative of minus the surface term there: its "
    "integral is the surface term at the edge.",
)
def value_with_edge(
    integrand: Step, *, shape: Any, regulator: Regulator, variable: sp.Symbol, choices: dict[str, Any], domain: Domain
) -> Inference:
    """m_22 of a regulator with an edge: an integral up to it, and the surface term at it.

    Raises
    ------
    ValueError
        If the regulator has no edge, or the integral no closed form.
    """
    if regulator.edge is sp.oo:
        raise ValueError(f"expected a regulator that vanishes beyond an edge; found {regulator!r}")
    free = cast(Any, integrand.result).xreplace({shape: sp.S.Zero}).doit()
    surface = momentum_surface(sp.S.Zero, masses=choices["masses"], dimension=choices["dimension"])
    within = cast(Any, integrand.result).xreplace({shape: regulator.shape}).doit()
    left = sp.Integral(within, (variable, 0, regulator.edge)) + surface.subs(variable, regulator.edge)
    right = sp.factor(cast(Any, left).doit())
    if right.has(sp.Integral):
        raise ValueError(f"expected an integral in closed form; found none for {regulator!r}")
    obligations = (
        Identity(free, sp.Derivative(-surface, variable), domain.restricted(free)),
        LimitStatement(surface, 0, domain.restricted(surface), variable=variable, point=sp.oo),
    )
    return Inference(statement=Identity(left, right, domain.restricted(right)), result=right, obligations=obligations)
