"""The flow equation for any number of degrees of freedom."""

from __future__ import annotations

from typing import Any

import pytest

from derivations.engine.derivation import Derivation
from derivations.engine.verify import verify
from derivations.renormalization import component_flow
from derivations.renormalization.component_flow_oracle import MEANS, against_quadrature
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

DERIVATION = component_flow.build()
CLAIMS = {step.name: step.statement for step in DERIVATION if step.needs_verdict}
RULES = (
    by_source,
    component_curvature,
    component_flow_at_fixed_fields,
    component_flow_equation,
    component_generator_flow,
    component_heat_equation,
    component_slope,
)


@pytest.mark.parametrize("name", CLAIMS)
def test_every_step_is_proved_for_any_number_of_components(name: str) -> None:
    assert verify(CLAIMS[name]).status == "proved"  # type: ignore[arg-type]


@pytest.mark.parametrize("name", CLAIMS)
def test_a_wrong_sign_of_any_step_is_refuted(name: str) -> None:
    claim: Any = CLAIMS[name]
    assert verify(claim.replaced(right=-claim.right)).status == "refuted"


def test_every_rule_of_the_flow_is_in_the_derivation() -> None:
    assert {rule.name for rule in RULES} <= {step.rule for step in DERIVATION}
    assert DERIVATION.stated_steps == 0


def test_the_flow_is_that_of_two_coupled_degrees_of_freedom() -> None:
    flow = DERIVATION["Wetterich equation of many"].result
    assert against_quadrature(flow, MEANS[1:])().outcome == "agrees"
    for wrong in (-flow, 2 * flow):
        assert against_quadrature(wrong, MEANS[1:])().outcome == "refutes"


def test_a_derivative_of_another_quantity_is_claimed_as_given() -> None:
    derivation = Derivation("one definition")
    square = model.over(model.source[model.a] ** 2, model.a)
    start = derivation.define(Definition(model.action_name, square), name="start")
    choices: dict[str, Any] = {"source": model.source, "index": model.b, "domain": model.domain()}
    right = by_source(start, value=2 * model.source[model.b], **choices)
    wrong = by_source(start, value=model.source[model.b], **choices)
    assert verify(right.statement).status == "proved"  # type: ignore[arg-type]
    assert verify(wrong.statement).status == "refuted"  # type: ignore[arg-type]
