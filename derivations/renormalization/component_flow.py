"""The Wetterich equation for any number of degrees of freedom: components, sites and momenta are one index.

Source: C. Wetterich, Physics Letters B 301, 90 (1993).
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.step import Step
from derivations.renormalization.component_flow_oracle import against_quadrature
from derivations.renormalization.literature import REFERENCES
from derivations.rules.component_flow import (
    by_source,
    component_curvature,
    component_flow_at_fixed_fields,
    component_flow_equation,
    component_generator_flow,
    component_heat_equation,
    component_slope,
)
from theory.models import regulated_components as model
from theory.statements import Definition

IDENTIFIER = "wetterich-components"
TITLE = "The Wetterich equation for any number of degrees of freedom"
SERVES: tuple[str, ...] = ()

a, b, c, over = model.a, model.b, model.c, model.over


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    derivation = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="The regulator adds a quadratic form to the action of any number of degrees of freedom. Half a "
        "trace tells how the Legendre transform of the logarithm of the partition function follows it, for any action.",
        references=REFERENCES[:1],
        conventions=(
            "$\\Gamma(\\phi) = \\sum_a j_a \\phi_a - W(j) - \\frac{1}{2} \\sum_{ab} R_{ab} \\phi_a \\phi_b$ with "
            "$\\phi_a = dW/dj_a$, and $t = \\log k$.",
            "Z and W are given near one source, by their derivatives of any values: $Z', Z'', W', W''$.",
        ),
    )
    component_equation(derivation)
    return derivation


def component_equation(derivation: Derivation) -> Step:
    """Enter the steps from the regulated weight to the flow equation, and give the last one."""
    squares = over(model.regulator(a, b) * model.field[a] * model.field[b], a, b) / 2
    weight = derivation.define(
        Definition(model.weight_name, sp.exp(-model.action - squares + over(model.source[a] * model.field[a], a))),
        name="regulated weight of many",
        reason="The partition function is its integral over all fields.",
    )
    generator = derivation.define(Definition(model.generator_name, model.generator()), name="generator near one source")
    mean = _derivative(derivation, generator, a, model.mean_field(a), "mean fields")
    bend = _derivative(derivation, mean, b, model.curvature(a, b), "second derivatives of the generator")
    heat = derivation.apply(
        component_heat_equation,
        weight,
        time=model.time,
        partition=model.partition_function(),
        name="heat equation of many",
        source=model.source,
        **_sums(a, b),
    )
    moved = derivation.apply(
        component_generator_flow,
        heat,
        mean,
        bend,
        partition=model.partition_function(),
        name="flow of the generator of many",
        source=model.source,
        **_sums(a, b),
    )
    flow = _legendre(derivation, generator, mean, bend)
    return derivation.apply(
        component_flow_equation,
        flow,
        moved,
        generator,
        bend,
        because=(derivation["second derivatives by mean fields"],),
        time=model.time,
        propagator=model.propagator,
        oracle=lambda inference: against_quadrature(inference.result),
        name="Wetterich equation of many",
        **_sums(a, b),
    )


def _legendre(derivation: Derivation, generator: Step, mean: Step, bend: Step) -> Step:
    """The steps about the effective average action, up to its flow by that of the generator."""
    fields: Any = {x: model.mean_field(x) for x in (a, b)}
    bare = over(model.source[a] * fields[a], a) - model.generator()
    action = derivation.define(
        Definition(model.action_name, bare - over(model.regulator(a, b) * fields[a] * fields[b], a, b) / 2),
        name="effective average action of many",
        reason="As a function of the sources, at the mean fields $\\phi_a = dW/dj_a$.",
    )
    legendre: dict[str, Any] = {"source": model.source, "regulator": model.regulator, "indices": (a, b, c)}
    legendre |= {"size": model.size, "domain": model.domain()}
    slope = derivation.apply(component_slope, action, mean, bend, name="derivative by a mean field", **legendre)
    derivation.apply(component_curvature, slope, bend, name="second derivatives by mean fields", **legendre)
    return derivation.apply(
        component_flow_at_fixed_fields,
        action,
        slope,
        generator,
        mean,
        time=model.time,
        name="flow at fixed mean fields",
        **_sums(a, b),
    )


def _derivative(derivation: Derivation, quantity: Step, index: sp.Symbol, value: Any, name: str) -> Step:
    return derivation.apply(
        by_source, quantity, source=model.source, index=index, value=value, domain=model.domain(), name=name
    )


def _sums(*indices: sp.Symbol) -> dict[str, Any]:
    return {"rate": model.rate, "indices": indices, "size": model.size, "domain": model.domain()}
