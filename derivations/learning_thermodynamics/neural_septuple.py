"""The neural septuple: when inputs stay, when states settle, and its losses on the boundary and in the bulk.

Vanchurin (2020), equations (2.4) to (3.4), for any number of neurons with any activations.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.learning_thermodynamics.references import REFERENCES, serving
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
from theory.statements import Definition

IDENTIFIER = "learning-septuple"
TITLE = "The neural septuple: its dynamics and its losses"
SERVES = serving("2.7", "2.8", "2.10", "2.11", "3.1", "3.3", "3.4", "claim:2a", "claim:3a", "claim:3b", "claim:3c")

i, j = model.i, model.j
N, L = model.n_neurons, layers.n_layers
DEVIATION = model.state[i] - model.boundary_data[i]


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="A state $x$ goes over into $f(w x + b)$. Inputs and outputs are neurons singled out by "
        "projections $p$ and $q$, whose boundary values are $y$; no neuron is both.",
        references=REFERENCES,
        conventions=(
            "$p_i$ is 1 for inputs and 0 otherwise, $q_i$ is 1 for outputs and 0 otherwise.",
            "States that settle are shown with activations $y + c_i |y|$, so that their values are exact numbers; the "
            "induction over the layers is for any activation.",
        ),
    )
    _dynamics(d)
    _losses(d)
    return d


def _vanishing_at_zero(neuron: Any, received: Any) -> Any:
    return received * model.odd_part(neuron, received)


def _dynamics(d: Derivation) -> None:
    parts = {"projection": model.inputs[i], "neuron": i, "bias": model.bias[i]}
    d.apply(
        projected_data,
        projection=model.inputs[i],
        data=model.boundary_data[i],
        domain=model.septuple_domain(),
        name="inputs at first",
        serves=serving("2.7"),
    )
    d.apply(
        clamped_inputs,
        **parts,
        activation=model.activation,
        received=model.signal(i),
        domain=model.isolated_inputs(),
        name="inputs after a step",
        defines=model.input_after_step,
        serves=serving("2.7"),
    )
    d.apply(
        projected_activation,
        **parts,
        activation=_vanishing_at_zero,
        domain=model.septuple_domain(),
        name="activation of the projected bias",
        serves=serving("2.8"),
    )
    agreement = d.apply(
        agreeing_layers,
        weight=layers.feedforward_weight,
        layer=layers.layer,
        difference=model.shift,
        known=model.known,
        rows=(model.NEURONS, j),
        n_layers=L,
        domain=model.settling(),
        name="layers that agree",
    )
    d.apply(
        settled_states,
        agreement,
        states=model.states,
        neuron=i,
        further=model.n_steps,
        n_layers=L,
        domain=model.few_layers(),
        name="settled states",
        serves=serving("claim:2a", "claim:3b"),
    )


def _losses(d: Derivation) -> None:
    rows, domain = model.NEURONS, model.septuple_domain()
    squares = d.define(
        Definition(model.squared_error, model.printed_square()),
        name="squared error of the outputs",
        reason="The deviation from the wanted outputs, squared.",
        serves=serving("2.10"),
    )
    form = d.apply(
        by_projection,
        squares,
        projection=model.outputs[i],
        deviation=DEVIATION,
        rows=rows,
        domain=domain,
        name="as a form of the projection",
        serves=serving("2.10"),
    )
    d.apply(
        on_the_boundary,
        form,
        projection=model.outputs[i],
        others=model.inputs[i],
        deviation=DEVIATION,
        rows=rows,
        domain=model.without_input_errors(),
        name="on the whole boundary",
        serves=serving("2.11", "claim:3a"),
    )
    errors = d.define(
        Definition(model.bulk_loss, model.over_neurons(model.error(i) ** 2) / 2),
        name="bulk loss",
        reason="Errors in the equation of the fixed state, squared.",
        serves=serving("3.1"),
    )
    d.apply(
        no_negative_loss,
        errors,
        error=model.error(i),
        values=model.shift[i],
        rows=rows,
        domain=domain,
        name="no negative loss",
    )
    objective = d.define(
        Definition(model.local_objective, -model.over_neurons(model.mass / 2 * model.state[i] ** 2)),
        name="local objective",
        reason="Neurons are rewarded for values at the ends of their range.",
        serves=serving("3.3"),
    )
    d.apply(
        neuron_by_neuron,
        errors,
        objective,
        error=model.error(i),
        state=model.state[i],
        mass=model.mass,
        rows=rows,
        domain=domain,
        name="bulk loss with a local objective",
        defines=model.whole_loss,
        serves=serving("3.4"),
    )
    d.apply(
        bounded_objective,
        objective,
        mass=model.mass,
        size=N,
        domain=domain.extended({model.state: (-1, 1), model.mass: sp.Interval(0, sp.oo)}),
        name="bounded objective",
        serves=serving("claim:3c"),
    )
