"""Claims of sections 2 and 3."""

from __future__ import annotations

import sympy as sp

from theory.models import any_septuple as model
from theory.models import feedforward as layers
from theory.papers.vanchurin2020towards.letters import PAPER
from theory.papers.writing import line
from theory.statements import Identity, Inequality

i, L, X = model.i, layers.n_layers, model.states
DEVIATION = model.state[i] - model.boundary_data[i]
BOUNDED = model.septuple_domain().extended({model.state: (-1, 1), model.mass: sp.Interval(0, sp.oo)})
BENT = (
    "Up to four layers with activations y + c_i |y|, as an enumeration; the step of the induction over the layers is "
    "proved for any number of layers and any activation."
)

SEPTUPLE_CLAIMS = (
    PAPER.claim(
        "2a",
        r"For example, in a deep feedforward neural network with $L$ layers the fixed state would be reached after "
        r"$L-1$ steps, i.e. $\mathbf{x}(L-1) = \bar{\mathbf{x}}$, given that the condition on the input bias (2.8) is "
        r"satisfied.",
        line(
            "no later step changes the state of any neuron",
            Identity(X[L + model.n_steps, i], X[L - 1, i], model.few_layers()),
            note=BENT,
        ),
    ),
    PAPER.claim(
        "3a",
        r"Unfortunately, the boundary loss cannot be used in unsupervised systems where the output subspace is empty, "
        r"$\mathcal{V}_{out} = \emptyset$, and thus the boundary loss is always zero, $H = H_{\partial} = 0.$",
        line(
            "the boundary loss of states without errors on inputs, where no neuron is an output",
            Identity(
                model.over_neurons(DEVIATION * (model.inputs[i] + 0 * model.outputs[i]) * DEVIATION) / 2,
                0,
                model.without_input_errors(),
            ),
        ),
    ),
    PAPER.claim(
        "3b",
        r"This is the simplest bulk loss which is still zero for unsupervised feedforward neural networks",
        line(
            "the squared error of any neuron in the state that a feedforward network reaches",
            Identity((X[L - 1, i] - X[L, i]) ** 2, 0, model.few_layers()),
            note=BENT,
        ),
        line(
            "no state has a lower one, whatever its errors are",
            Inequality(model.over_neurons(model.shift[i] ** 2) / 2, 0, model.septuple_domain(), relation=">="),
        ),
    ),
    PAPER.claim(
        "3c",
        r'Note that the "tachyonic potential" (3.3) does not lead to any runaway solutions if the range of $\bar{x}_i$ '
        r"is bounded by the range of the activation function.",
        line(
            "for states between -1 and 1, as of tanh, the local objective has a lower bound",
            Inequality(
                -model.over_neurons(model.mass / 2 * model.state[i] ** 2),
                -model.mass * model.n_neurons / 2,
                BOUNDED,
                relation=">=",
            ),
        ),
    ),
)
