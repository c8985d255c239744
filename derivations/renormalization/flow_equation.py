"""The Wetterich equation from the regulated generating functional, exactly, at one degree of freedom.

Sources: C. Wetterich, Physics Letters B 301, 90 (1993); Erbin, Lahoche, Samary (2022), equations (4.2) to (4.4).
"""

from __future__ import annotations

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.step import Step
from derivations.renormalization.flow_equation_oracle import against_quadrature
from derivations.renormalization.literature import REFERENCES
from derivations.rules.effective_average_action import (
    flow_at_fixed_field,
    flow_equation,
    generator_flow,
    heat_equation,
    legendre_slope,
)
from theory.models import regulated_field as model
from theory.statements import Definition

IDENTIFIER = "wetterich-equation"
TITLE = "The Wetterich equation"
SERVES = ("erbin2022renormalization:4.3",)

t, j, phi = model.time, model.source, model.field
R, Z, W, mean = model.regulator, model.partition_function, model.generator, model.mean_field


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="The regulator adds a quadratic term to the action. How the Legendre transform of the logarithm "
        "of the partition function follows it is exact, for any action.",
        references=REFERENCES[:1],
        conventions=(
            "$\\Gamma_k(\\phi) = j \\phi - W_k(j) - R_k \\phi^2/2$ with $\\phi = dW_k/dj$, and $t = \\log k$.",
        ),
    )
    equation_steps(d)
    return d


def equation_steps(d: Derivation) -> Step:
    """Enter the steps from the regulated weight to the flow equation, and give the last one."""
    weight = d.define(
        Definition(model.weight_name, sp.exp(-model.action(phi) - R * phi**2 / 2 + j * phi)),
        name="regulated weight",
        reason="The partition function is its integral over the field.",
    )
    domain = model.domain()
    heat = d.apply(
        heat_equation,
        weight,
        time=t,
        source=j,
        field=phi,
        partition_function=Z,
        domain=domain,
        name="heat equation of the partition function",
    )
    generator = d.apply(
        generator_flow,
        heat,
        partition_function=Z,
        generator=W,
        source=j,
        domain=domain,
        name="flow of the generator",
    )
    action = d.define(
        Definition(model.action_name, j * mean - W - R * mean**2 / 2),
        name="effective average action",
        reason="As a function of the source, with the mean field $\\phi = dW/dj$.",
        serves=SERVES,
    )
    slope = d.apply(
        legendre_slope, action, source=j, mean_field=mean, domain=domain, name="derivative by the mean field"
    )
    curvature = d.apply(
        legendre_slope, slope, source=j, mean_field=mean, domain=domain, name="second derivative by the mean field"
    )
    flow = d.apply(
        flow_at_fixed_field,
        action,
        slope,
        time=t,
        mean_field=mean,
        domain=domain,
        name="flow at a fixed mean field",
    )
    return d.apply(
        flow_equation,
        flow,
        generator,
        curvature,
        time=t,
        moving=W,
        source=j,
        second_derivative=model.second_derivative,
        domain=domain,
        oracle=lambda inference: against_quadrature(inference.result),
        name="Wetterich equation",
    )
