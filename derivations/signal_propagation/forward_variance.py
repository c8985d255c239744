"""The mean square of the input of a neuron in the forward pass, before training.

Barney, Winer, Galitski (2024), section 2: weights into layer k are independent with variance C_k / N_{k-1}.
"""

from __future__ import annotations

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.graph import Reference
from derivations.rules.rectified import activation_mean_square, next_layer
from derivations.rules.second_moments import second_moments
from derivations.spin_glass.multilayer_replicas import PAPER, REFERENCES, serving
from theory.models import multilayer as model
from theory.statements import Definition
from theory.sums import Sigma
from theory.symbols import family

IDENTIFIER = "forward-variance"
TITLE = "The variance of activations in the forward pass"
SERVES = (f"{PAPER}:claim:2a",)

k, i, j = model.k, model.i, model.j
L, N, J = model.n_bonds, model.layer_sizes, model.couplings
activations = family("a", real=True)
squared_input = sp.Symbol("y^2", real=True)
x = sp.Symbol("x", real=True)
RECTIFIER = sp.Piecewise((0, x <= 0), (x, x > 0))
STEP = sp.Piecewise((-1, x < 0), (1, x > 0))
RANGES = ((k, sp.Integer(1), L), (j, sp.Integer(1), N[k]))


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="Weights are drawn so that activations neither grow nor fade from layer to layer.",
        references=(
            *REFERENCES,
            Reference(
                key="he2015delving",
                citation="K. He, X. Zhang, S. Ren, J. Sun, Delving deep into rectifiers (2015)",
            ),
        ),
        conventions=("$v$ is the mean square of the input of a neuron in the layer before.",),
    )
    square = d.define(
        Definition(squared_input, Sigma(J[k, i, j] * activations[i], (i, 1, N[k - 1])) ** 2),
        name="squared input",
        reason="The input of neuron j of layer k is the sum of the activations before it, each times its weight.",
    )
    sets = {k: sp.Range(1, L + 1), j: sp.Range(1, N[k] + 1), activations: (-2, 2)}
    mean = d.apply(
        second_moments,
        square,
        model=model.multilayer_model(),
        domain=model.multilayer_domain().extended(sets),
        name="mean over the weights",
    )
    for activation, name, result in ((RECTIFIER, "rectifiers", model.next_rectified), (STEP, "steps", model.next_step)):
        factor = d.apply(
            activation_mean_square,
            activation=activation,
            variable=x,
            variance=model.input_variance,
            name=f"mean square of {name}",
        )
        d.apply(
            next_layer,
            mean,
            factor,
            activations=activations,
            site=i,
            ranges=RANGES,
            name=f"the layer after {name}",
            defines=result[k],
            serves=serving("claim:2a"),
        )
    return d
