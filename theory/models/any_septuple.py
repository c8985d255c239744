"""Letters of claims about every neural septuple, and domains that say what is assumed of it.

Neuron i is an input where ``inputs[i]`` is 1, an output where ``outputs[i]`` is 1, and in the bulk otherwise. Source:
V. Vanchurin, Towards a theory of machine learning (2020), sections 2 and 3.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.models import feedforward, learning
from theory.sums import Inside, Sigma
from theory.symbols import family

n_neurons = learning.n_neurons
i, j = learning.i, learning.j
state = family("x", real=True)
states = family("X", real=True)
"""``states[t, i]``: of neuron i after t steps."""
boundary_data = family("y", real=True)
"""The boundary values x_partial."""
weights, free_weights = family("w", real=True), family("v", real=True)
bias = family("b", real=True)
inputs, outputs, marks = family("p", integer=True), family("q", integer=True), family("r", integer=True)
"""1 for inputs, for outputs, for what may be an output."""
shift = family("d", real=True)
"""By which two states differ."""
mass = learning.mass

activation: Any = sp.Function("f", real=True)
"""``activation(i, y)``: the activation of neuron i."""
odd_part: Any = sp.Function("g", real=True)
"""``y * odd_part(i, y)``: any smooth activation that vanishes at 0."""

squared_error, boundary_loss, bulk_loss = sp.symbols("H_2 H_b H", real=True)
local_objective = sp.Symbol("V", real=True)
input_after_step = sp.Symbol("x_in", real=True)
whole_loss = sp.Symbol("H_m", real=True)
"""Names of results."""
known = sp.Symbol("k", integer=True, positive=True)
"""Up to which layer two states agree."""
bends = family("c", real=True)
n_steps = sp.Symbol("t", integer=True, nonnegative=True)

NEURONS = (i, sp.Integer(1), n_neurons)


def signal(neuron: Any, entries: Any = state) -> Any:
    """What a neuron receives, sum_j w_ij x_j + b_i."""
    return Sigma(weights[neuron, j] * entries[j], (j, 1, n_neurons)) + bias[neuron]


def error(neuron: Any) -> Any:
    """x_i - f_i(sum_j w_ij x_j + b_i)."""
    return state[neuron] - activation(neuron, signal(neuron))


def over_neurons(summand: Any) -> Any:
    """A sum over all neurons."""
    return Sigma(summand, NEURONS)


def printed_square() -> Any:
    """The squared error of the projected outputs (2.10)."""
    return over_neurons((outputs[i] * state[i] - outputs[i] * boundary_data[i]) ** 2)


def septuple_domain() -> Domain:
    """Any number of neurons, each an input, an output or in the bulk, with any weights, biases and states."""
    sets = {
        n_neurons: sp.Range(1, sp.oo), inputs: sp.FiniteSet(0, 1), marks: sp.FiniteSet(0, 1),
        outputs: sp.FiniteSet(0, 1), mass: sp.S.Reals, i: sp.Range(1, n_neurons + 1), j: sp.Range(1, n_neurons + 1),
        **dict.fromkeys((state, boundary_data, weights, free_weights, bias, shift), sp.S.Reals),
    }  # fmt: skip
    return Domain(sets, [sp.Eq(outputs[i], (1 - inputs[i]) * marks[i])])


def isolated_inputs() -> Domain:
    """No connection leads to an input (2.2)."""
    return septuple_domain().extended(constraints=[sp.Eq(weights[i, j], (1 - inputs[i]) * free_weights[i, j])])


def without_input_errors() -> Domain:
    """States that have the boundary values on all inputs (2.7)."""
    return septuple_domain().extended(constraints=[sp.Eq(state[i], boundary_data[i] + (1 - inputs[i]) * shift[i])])


def bent(neuron: Any, received: Any) -> Any:
    """An activation whose values are exact numbers: y + c_i |y|, twice max(0, y) where c_i is 1."""
    return received + bends[neuron] * sp.Abs(received)


def settling() -> Domain:
    """States of a feedforward network, bent activations, whose biases hold its inputs at their boundary values."""
    t, layer = n_steps, feedforward.layer
    first = sp.KroneckerDelta(layer[i], 1) * bent(i, bias[i])
    received = Sigma(feedforward.feedforward_weight(i, j) * states[t - 1, j], (j, 1, n_neurons)) + bias[i]
    later = Inside(t, 1, t) * bent(i, received)
    sets = {
        n_neurons: sp.Range(1, sp.oo), feedforward.n_layers: sp.Range(2, sp.oo),
        layer: sp.Range(1, feedforward.n_layers + 1), t: sp.Range(0, sp.oo), i: sp.Range(1, n_neurons + 1),
        **dict.fromkeys((states, weights, bias, shift, bends), sp.S.Reals), known: sp.Range(1, sp.oo),
    }  # fmt: skip
    return Domain(sets, [sp.Eq(states[t, i], sp.KroneckerDelta(t, 0) * first + later)])


def few_layers() -> Domain:
    """``settling`` for up to four layers and four neurons, and up to three steps more: states by the recursion."""
    few = {n_neurons: sp.Range(1, 5), feedforward.n_layers: sp.Range(2, 5), n_steps: sp.Range(0, 3)}
    return settling().extended(few)
