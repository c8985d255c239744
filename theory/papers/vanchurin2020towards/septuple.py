"""Section 2, equations (2.1) to (2.11): the neural septuple."""

from __future__ import annotations

from typing import Any

from theory.models import feedforward as layers
from theory.papers.vanchurin2020towards.letters import PAPER
from theory.papers.writing import line
from theory.statements import Identity

FEEDFORWARD = "A feedforward network with L layers: one input layer, one output layer and L - 2 hidden layers."
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
    PAPER.equation("2.4", "2", r"\mathbf{x}(0) = \hat{P}_{in}\mathbf{x}_{\partial}"),
    PAPER.equation("2.5", "2", r"\mathbf{x}(t+1) = \mathbf{f} \left( \hat{w} \mathbf{x}(t) + \mathbf{b} \right)."),
    PAPER.equation("2.6", "2", r"f_i(\mathbf{y}) = f_i(y_i)."),
    PAPER.equation(
        "2.7",
        "2",
        r"\hat{P}_{in}\mathbf{x}(t) = \hat{P}_{in}\mathbf{x}(0) = \mathbf{x}(0) = \hat{P}_{in}\mathbf{x}_{\partial},",
    ),
    PAPER.equation(
        "2.8",
        "2",
        r"\mathbf{f}\left(\hat{P}_{in}\mathbf{b}\right) = \hat{P}_{in}\mathbf{x}_{\partial}.",
        conventions=("An additional condition on the input bias, which need not hold for more general systems.",),
    ),
    PAPER.equation("2.9", "2", r"\bar{\mathbf{x}} = \mathbf{f} \left( \hat{w}\bar{\mathbf{x}} + \mathbf{b} \right)."),
    PAPER.equation(
        "2.10",
        "2",
        r"H_{\partial}(\bar{\mathbf{x}}, \mathbf{b}, \hat{w}) = \left(\hat{P}_{out}\bar{\mathbf{x}} - "
        r"\hat{P}_{out}\mathbf{x}_{\partial}\right)^{T} \left(\hat{P}_{out}\bar{\mathbf{x}} - "
        r"\hat{P}_{out}\mathbf{x}_{\partial}\right) = (\bar{\mathbf{x}} - \mathbf{x}_{\partial})^{T} \hat{P}_{out}^{T} "
        r"\hat{P}_{out} (\bar{\mathbf{x}} - \mathbf{x}_{\partial}) = (\bar{\mathbf{x}} - "
        r"\mathbf{x}_{\partial})^{T} \hat{P}_{out} (\bar{\mathbf{x}} - \mathbf{x}_{\partial}).",
    ),
    PAPER.equation(
        "2.11",
        "2",
        r"H_{\partial}(\bar{\mathbf{x}}, \mathbf{b}, \hat{w}) = \frac{1}{2} (\bar{\mathbf{x}} - "
        r"\mathbf{x}_{\partial})^{T} (\hat{P}_{in} + \hat{P}_{out}) (\bar{\mathbf{x}} - \mathbf{x}_{\partial}).",
        conventions=("There is no error on the input neurons (2.7).",),
    ),
)
