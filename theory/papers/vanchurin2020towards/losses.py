"""Section 3, equations (3.1) to (3.4): losses in the bulk."""

from __future__ import annotations

import sympy as sp

from theory.models import any_septuple as model
from theory.papers.vanchurin2020towards.letters import PAPER, among
from theory.papers.writing import line
from theory.records import Reading
from theory.statements import Definition, Identity
from theory.sums import Sigma

i, j, x, m = model.i, model.j, model.state, model.mass
over = model.over_neurons
PRINTED_SUM = (
    r"\frac{1}{2} \sum_{i} \left[ \left( \bar{x}_i - f_i \left( \sum_{j} w_{ij} \bar{x}_j + p_j \right) \right)^2 - m "
    r"\bar{x}_i^2 \right]"
)
DOMAIN = among(model.septuple_domain(), model.whole_loss)
least_loss = sp.Symbol(r"\min H", real=True)


def whole(received: sp.Expr) -> sp.Expr:
    """Half of the squared errors less the local objective, for what neuron i receives."""
    return over((x[i] - model.activation(i, received)) ** 2 - m * x[i] ** 2) / 2


LOSSES = (
    PAPER.equation(
        "3.1",
        "3",
        r"H(\bar{\mathbf{x}}, \mathbf{b}, \hat{w}) = \frac{1}{2} (\bar{\mathbf{x}} - \mathbf{f} "
        r"(\hat{w}\bar{\mathbf{x}} + \mathbf{b}))^T (\bar{\mathbf{x}} - \mathbf{f} (\hat{w}\bar{\mathbf{x}} + "
        r"\mathbf{b})),",
        line(
            "half of the squared errors",
            Definition(model.bulk_loss, over(model.error(i) ** 2) / 2),
            relation="definition",
            domain=model.septuple_domain(),
        ),
    ),
    PAPER.equation(
        "3.2",
        "3",
        r"H(\bar{\mathbf{x}}, \mathbf{b}, \hat{w}) = \min_{(\hat{P}_{in} + \hat{P}_{out})\mathbf{x} = "
        r"\mathbf{x}_{\partial}} H(\mathbf{x}, \mathbf{b}, \hat{w}).",
        line(
            "the least loss of all states with the given boundary values",
            Definition(least_loss, over(model.error(i) ** 2) / 2),
            relation="definition",
            note="It says what the state is from here on: the one of least loss, which need not be a fixed state.",
        ),
    ),
    PAPER.equation(
        "3.3",
        "3",
        r"V(\bar{\mathbf{x}}) = \sum_{i} V_i(\bar{x}_i) = -\sum_{i} \frac{m}{2} \bar{x}_i^2",
        line(
            "the local objective",
            Definition(model.local_objective, -over(m / 2 * x[i] ** 2)),
            relation="definition",
            domain=model.septuple_domain(),
        ),
    ),
    PAPER.equation(
        "3.4",
        "3",
        r"H(\bar{\mathbf{x}}, \mathbf{b}, \hat{w}) = \frac{1}{2} (\bar{\mathbf{x}} - \mathbf{f} "
        r"(\hat{w}\bar{\mathbf{x}} + \mathbf{b}))^T (\bar{\mathbf{x}} - \mathbf{f} (\hat{w}\bar{\mathbf{x}} + "
        r"\mathbf{b})) + V(\bar{\mathbf{x}}) = " + PRINTED_SUM + r".",
        line(
            "neuron by neuron, the letter p_j for the bias under the sum over j",
            Identity(
                model.whole_loss,
                whole(Sigma(model.weights[i, j] * x[j] + model.bias[j], (j, 1, model.n_neurons))),
                DOMAIN,
            ),
            model.whole_loss,
            fragment=PRINTED_SUM,
            readings=(
                Reading(
                    kind="correction",
                    text="the bias b_i of neuron i, outside of the sum, in place of p_j",
                    statement=Identity(model.whole_loss, whole(model.signal(i)), DOMAIN),
                ),
            ),
        ),
        conventions=("The same letter p_j stands for the bias in the prose before the equation.",),
    ),
)
