"""The dynamics and the losses of a septuple, step by step, and wrong ones."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from derivations.engine.verify import verify
from derivations.learning_thermodynamics import neural_septuple
from derivations.rules.network_losses import (
    bounded_objective,
    by_projection,
    neuron_by_neuron,
    no_negative_loss,
    on_the_boundary,
)
from derivations.rules.neural_dynamics import (
    agreeing_layers,
    clamped_inputs,
    projected_activation,
    projected_data,
    settled_states,
)
from theory.models import any_septuple as model
from theory.models import feedforward as layers
from theory.statements import Identity
from theory.sums import Inside, Sigma

RULES = (
    projected_data, clamped_inputs, projected_activation, agreeing_layers, settled_states, by_projection,
    on_the_boundary, neuron_by_neuron, no_negative_loss, bounded_objective,
)  # fmt: skip
SEPTUPLE = neural_septuple.build()
EQUAL = [s for s in SEPTUPLE if isinstance(s.statement, Identity) and s.statement.right != 0]


def test_nothing_is_typed_in_and_every_rule_is_used() -> None:
    assert SEPTUPLE.stated_steps == 0
    assert {rule.name for rule in RULES} == {step.rule for step in SEPTUPLE} - {"definition"}


@pytest.mark.parametrize("step", [s for s in SEPTUPLE if s.rule != "definition"], ids=lambda s: s.name)
def test_a_step_holds_with_what_it_needs(step: Any) -> None:
    for claim in (step.statement, *step.obligations):
        assert verify(claim).holds is True


@pytest.mark.parametrize("step", EQUAL, ids=lambda s: s.name)
def test_twice_the_right_side_is_refuted(step: Any) -> None:
    assert verify(step.statement.replaced(right=2 * step.statement.right)).status == "refuted"


def test_neurons_of_the_known_layers_alone_do_not_settle_two_layers_further() -> None:
    i, j, k, ell, L = model.i, model.j, model.known, layers.layer, layers.n_layers
    above = Inside(ell[j], k + 1, L) * model.shift[j]
    received = Sigma(layers.feedforward_weight(i, j) * above, (j, 1, model.n_neurons))
    domain = SEPTUPLE["layers that agree"].statement.domain  # type: ignore[union-attr]
    assert verify(Identity(Inside(ell[i], 1, k + 1) * received, 0, domain)).status == "proved"
    few = {model.n_neurons: sp.FiniteSet(2), L: sp.FiniteSet(3), k: sp.FiniteSet(1), i: sp.FiniteSet(2)}
    m = sp.Symbol("m", integer=True)
    layered = domain.extended(few, [sp.Eq(ell[m], m + 1)])
    assert verify(Identity(Inside(ell[i], 1, k + 2) * received, 0, layered)).status == "refuted"


def test_states_have_not_settled_one_step_before() -> None:
    statement: Any = SEPTUPLE["settled states"].statement
    early = model.states[layers.n_layers - 2, model.i]
    assert verify(statement.replaced(right=early)).status == "refuted"


def test_connections_into_inputs_move_them() -> None:
    statement: Any = SEPTUPLE["inputs after a step"].statement
    assert verify(statement.replaced(domain=model.septuple_domain())).status == "refuted"


def test_errors_on_inputs_count_on_the_whole_boundary() -> None:
    statement: Any = SEPTUPLE["on the whole boundary"].statement
    assert verify(statement.replaced(domain=model.septuple_domain())).status == "refuted"


def test_an_activation_that_does_not_vanish_at_zero_breaks_the_printed_condition() -> None:
    statement: Any = SEPTUPLE["activation of the projected bias"].statement
    p, b = model.inputs[model.i], model.bias[model.i]
    printed = statement.replaced(left=1 / (1 + sp.exp(-p * b)), right=p / (1 + sp.exp(-b)))
    assert verify(printed).status == "refuted"


def test_a_sum_that_holds_no_errors_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a sum over the errors"):
        no_negative_loss(
            SEPTUPLE["local objective"], error=model.error(model.i), values=model.shift[model.i], rows=model.NEURONS,
            domain=model.septuple_domain(),
        )  # fmt: skip
