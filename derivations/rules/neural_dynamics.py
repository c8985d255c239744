"""States of a neural network from step to step: inputs that stay, and layers that settle one after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity
from theory.sums import Inside, Sigma

Activation = Callable[[Any, Any], Any]


@rule("inputs at first", "A projection applied twice is the projection.")
def projected_data(*, projection: Any, data: Any, domain: Domain) -> Inference:
    """The boundary data on the inputs are the state at the start, and its own projection."""
    left, right = projection * (projection * data), projection * data
    return Inference(statement=Identity(left, right, domain))


@rule("inputs after a step", "An input receives its bias alone where no connection leads to it.")
def clamped_inputs(
    *, projection: Any, activation: Activation, neuron: Any, received: Any, bias: Any, domain: Domain
) -> Inference:
    """The next value of an input, whatever the state is; ``domain`` says that no connection leads to inputs."""
    left = projection * activation(neuron, received)
    right = projection * activation(neuron, bias)
    return Inference(
        statement=Identity(left, right, domain),
        remark="It is the boundary value if and only if P f(b) = P x for the projection P on the inputs.",
    )


@rule(
    "activation of a projection",
    "At neurons that are no inputs the projection leaves 0, and the activation of 0 has to vanish.",
)
def projected_activation(
    *, projection: Any, activation: Activation, neuron: Any, bias: Any, domain: Domain
) -> Inference:
    """f(P b) = P f(b) for activations that vanish at 0."""
    left = activation(neuron, projection * bias)
    right = projection * activation(neuron, bias)
    return Inference(statement=Identity(left, right, domain))


@rule(
    "layers that agree",
    "What a neuron of layer k + 1 receives comes from the layers up to k: two states that agree there lead to states "
    "that agree one layer further.",
)
def agreeing_layers(
    *,
    weight: Callable[[Any, Any], Any],
    layer: Any,
    difference: Any,
    known: Any,
    rows: Any,
    n_layers: Any,
    domain: Domain,
) -> Inference:
    """What neurons of the layers up to k + 1 receive is free of a difference of the states above layer k.

    The obligation says that inputs receive nothing from any neuron, where the induction over the layers starts: with
    it the states after t and t + 1 steps agree up to the layer t + 1, and after L - 1 steps everywhere.
    """
    (i, _, size), j = rows
    above = Inside(layer[j], known + 1, n_layers) * difference[j]
    left = Inside(layer[i], 1, known + 1) * Sigma(weight(i, j) * above, (j, 1, size))
    first = sp.KroneckerDelta(layer[i], 1) * Sigma(weight(i, j) * difference[j], (j, 1, size))
    places = {i: sp.Range(1, size + 1)}
    claims = [Identity(e, 0, domain.extended(places).restricted(e)) for e in (left, first)]
    return Inference(statement=claims[0], result=sp.S.Zero, obligations=(claims[1],))


@rule("settled states", "After L - 1 steps all layers have settled, and a fixed state has no errors.")
def settled_states(
    agreement: Step,  # noqa: ARG001
    *,
    states: Any,
    neuron: Any,
    further: Any,
    n_layers: Any,
    domain: Domain,
) -> Inference:
    """The state after any number of steps from L - 1 on is that after L - 1 steps."""
    left, right = states[n_layers + further, neuron], states[n_layers - 1, neuron]
    return Inference(statement=Identity(left, right, domain))
