"""Section 2, equations (2.1) to (2.11): the neural septuple."""

from __future__ import annotations

from typing import Any

from theory.models import any_septuple as model
from theory.models import feedforward as layers
from theory.papers.vanchurin2020towards.letters import PAPER, among
from theory.papers.writing import line
from theory.records import Reading
from theory.statements import Definition, Identity
from theory.symbols import family

FEEDFORWARD = "A feedforward network with L layers: one input layer, one output layer and L - 2 hidden layers."
p, q = model.inputs[model.i], model.outputs[model.i]
y, b = model.boundary_data[model.i], model.bias[model.i]
activated = model.activation
first_states, later_states, fixed_states, activations = (
    family(name, real=True) for name in ("x(0)", "x(t+1)", r"\bar{x}", "f(y)")
)
DEVIATION = model.state[model.i] - y
ON_THE_BOUNDARY = model.over_neurons(DEVIATION * (p + q) * DEVIATION)
OF_ERRORS = among(model.without_input_errors(), model.squared_error)

LAYERS = layers.feedforward_domain()
LETTERS = (layers.i, layers.j)
HIGH = layers.n_layers + layers.beyond
"""Any power from L on."""
weight, transposed_weight = layers.feedforward_weight, layers.transposed(layers.feedforward_weight)


def vanishes(label: str, left: Any) -> Any:
    """A line that says that an expression is zero for every number of layers."""
    return line(label, Identity(left, 0, LAYERS.restricted(left)))


SEPTUPLE = (
    PAPER.equation(
        "2.1",
        "2",
        r"\hat{w}^n = (\hat{w}^T)^n = 0 \quad \forall n \ge L",
        vanishes("an entry of a power of the weights", layers.power_entry(weight, HIGH)),
        vanishes("of their transposes", layers.power_entry(transposed_weight, HIGH)),
        conventions=(FEEDFORWARD,),
    ),
    PAPER.equation(
        "2.2",
        "2",
        r"\hat{P}_{in}\hat{w} = 0",
        vanishes("an entry that leads to an input", layers.delta(layers.layer[layers.i], 1) * weight(*LETTERS)),
        conventions=(FEEDFORWARD,),
    ),
    PAPER.equation(
        "2.3",
        "2",
        r"\hat{P}_{out}\hat{w}^T = 0.",
        vanishes(
            "an entry that leads away from an output",
            layers.delta(layers.layer[layers.i], layers.n_layers) * transposed_weight(*LETTERS),
        ),
        conventions=(FEEDFORWARD,),
    ),
    PAPER.equation(
        "2.4",
        "2",
        r"\mathbf{x}(0) = \hat{P}_{in}\mathbf{x}_{\partial}",
        line("the state at the start", Definition(first_states[model.i], p * y), relation="definition"),
    ),
    PAPER.equation(
        "2.5",
        "2",
        r"\mathbf{x}(t+1) = \mathbf{f} \left( \hat{w} \mathbf{x}(t) + \mathbf{b} \right).",
        line(
            "the state after a step",
            Definition(later_states[model.i], activated(model.i, model.signal(model.i))),
            relation="definition",
        ),
    ),
    PAPER.equation(
        "2.6",
        "2",
        r"f_i(\mathbf{y}) = f_i(y_i).",
        line(
            "the activation of a neuron is a function of what it receives",
            Definition(activations[model.i], activated(model.i, model.shift[model.i])),
            relation="definition",
        ),
    ),
    PAPER.equation(
        "2.7",
        "2",
        r"\hat{P}_{in}\mathbf{x}(t) = \hat{P}_{in}\mathbf{x}(0) = \mathbf{x}(0) = \hat{P}_{in}\mathbf{x}_{\partial},",
        line("an input at the start", Identity(p * (p * y), p * y, model.septuple_domain())),
        line(
            "after a step from any state, where the boundary value of an input is f(b) by (2.8)",
            Identity(p * activated(model.i, model.signal(model.i)), p * activated(model.i, b), model.isolated_inputs()),
        ),
    ),
    PAPER.equation(
        "2.8",
        "2",
        r"\mathbf{f}\left(\hat{P}_{in}\mathbf{b}\right) = \hat{P}_{in}\mathbf{x}_{\partial}.",
        line(
            "neuron by neuron, where the boundary value of an input is f(b), as (2.7) needs it",
            Identity(activated(model.i, p * b), p * activated(model.i, b), model.septuple_domain()),
            readings=(
                Reading(
                    kind="condition",
                    text="if the activation of every other neuron vanishes at 0, as tanh does and the sigmoid does "
                    "not; what (2.7) needs is P_in f(b) = P_in x_partial",
                    statement=Identity(
                        p * b * model.odd_part(model.i, p * b),
                        p * (b * model.odd_part(model.i, b)),
                        model.septuple_domain(),
                    ),
                ),
            ),
        ),
        conventions=("An additional condition on the input bias, which need not hold for more general systems.",),
    ),
    PAPER.equation(
        "2.9",
        "2",
        r"\bar{\mathbf{x}} = \mathbf{f} \left( \hat{w}\bar{\mathbf{x}} + \mathbf{b} \right).",
        line(
            "the fixed state",
            Definition(fixed_states[model.i], activated(model.i, model.signal(model.i, fixed_states))),
            relation="definition",
        ),
    ),
    PAPER.equation(
        "2.10",
        "2",
        r"H_{\partial}(\bar{\mathbf{x}}, \mathbf{b}, \hat{w}) = \left(\hat{P}_{out}\bar{\mathbf{x}} - "
        r"\hat{P}_{out}\mathbf{x}_{\partial}\right)^{T} \left(\hat{P}_{out}\bar{\mathbf{x}} - "
        r"\hat{P}_{out}\mathbf{x}_{\partial}\right) = (\bar{\mathbf{x}} - \mathbf{x}_{\partial})^{T} \hat{P}_{out}^{T} "
        r"\hat{P}_{out} (\bar{\mathbf{x}} - \mathbf{x}_{\partial}) = (\bar{\mathbf{x}} - "
        r"\mathbf{x}_{\partial})^{T} \hat{P}_{out} (\bar{\mathbf{x}} - \mathbf{x}_{\partial}).",
        line(
            "the squared error",
            Definition(model.squared_error, model.printed_square()),
            relation="definition",
            domain=model.septuple_domain(),
        ),
        line(
            "with the projection twice",
            Identity(
                model.squared_error,
                model.over_neurons(DEVIATION * q * q * DEVIATION),
                among(model.septuple_domain(), model.squared_error),
            ),
            model.squared_error,
        ),
        line(
            "with the projection once",
            Identity(
                model.squared_error,
                model.over_neurons(DEVIATION * q * DEVIATION),
                among(model.septuple_domain(), model.squared_error),
            ),
            model.squared_error,
        ),
    ),
    PAPER.equation(
        "2.11",
        "2",
        r"H_{\partial}(\bar{\mathbf{x}}, \mathbf{b}, \hat{w}) = \frac{1}{2} (\bar{\mathbf{x}} - "
        r"\mathbf{x}_{\partial})^{T} (\hat{P}_{in} + \hat{P}_{out}) (\bar{\mathbf{x}} - \mathbf{x}_{\partial}).",
        line(
            "the squared error of (2.10) on the whole boundary",
            Identity(model.squared_error, ON_THE_BOUNDARY / 2, OF_ERRORS),
            model.squared_error,
            readings=(
                Reading(
                    kind="correction",
                    text="the factor 1 in place of 1/2; or with the factor 1/2 in (2.10), too, as (3.1) has it",
                    statement=Identity(model.squared_error, ON_THE_BOUNDARY, OF_ERRORS),
                ),
            ),
        ),
        conventions=("There is no error on the input neurons (2.7).",),
    ),
)
