"""Correlation functions of random networks with an exponential activation, for any width and input dimension.

Source: H. Erbin, V. Lahoche, D. O. Samary, Renormalization in the neural network-quantum field theory correspondence
(2022), sections 2 and 3.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.derivation import Derivation, Reference
from derivations.engine.step import Step
from derivations.rules.exponential_mean import exponential_mean
from derivations.rules.network_moments import connected_correlation, network_correlation, output_layer
from theory.models import random_network as model
from theory.statements import Definition
from theory.symbols import family

IDENTIFIER = "network-correlators"
TITLE = "Correlation functions of random networks of any width"
SERVES: tuple[str, ...] = ()
PAPER = "erbin2022renormalization"

N, d = model.width, model.input_dimension
REFERENCES = (
    Reference(
        key=PAPER,
        citation="H. Erbin, V. Lahoche, D. O. Samary, Renormalization in the neural network-quantum field theory "
        "correspondence (2022)",
    ),
    Reference(
        key="halverson2021neural",
        citation="J. Halverson, A. Maiti, K. Stoner, Neural networks and quantum field theory (2021)",
    ),
)
ENSEMBLE: dict[str, Any] = {
    "width": N,
    "weight_variance": model.weight_std**2 / N,
    "bias_variance": model.bias_std**2,
}
ACTIVATIONS = family("g", real=True)
HIGHEST_PAIRED = 4
"""Points up to which the means over the output layer are compared with their definition."""


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    derivation = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="A product of the exponential activations of one neuron has an exact mean. The correlations of "
        "a network follow from how its points fall on its neurons, and their connected parts from one neuron alone.",
        references=REFERENCES,
        conventions=(
            "$M_{ab\\ldots}$ is the mean of $g(x_a) g(x_b) \\ldots$ over the weights and the bias of one neuron.",
        ),
    )
    neuron_moment(derivation)
    for n in (2, 4, 6):
        correlators(derivation, n)
    return derivation


def neuron_moment(derivation: Derivation) -> Step:
    """The mean of the product of the activations of one neuron at n points."""
    product = derivation.define(
        Definition(model.activation_name, sp.exp(model.exponent())),
        name="activations of one neuron",
        reason="The product of the activations at n points.",
        serves=(f"{PAPER}:3.1",),
    )
    laws = (
        (model.bias, model.bias_std**2, ()),
        (model.weights, model.weight_std**2 / d, (model.COMPONENTS,)),
    )
    return derivation.apply(
        exponential_mean,
        product,
        laws=laws,
        domain=model.point_domain(),
        name="moments of one neuron",
        defines=model.neuron_moment,
    )


def correlators(derivation: Derivation, n: int) -> Step:
    """The connected correlation of n points, by those of fewer points that the derivation has."""
    domain = model.point_domain().extended({model.moment: (0, 2), ACTIVATIONS: (0, 2)})
    above: tuple[Step, ...] = ()
    if n <= HIGHEST_PAIRED:
        names = (family("W", real=True), ACTIVATIONS, sp.Symbol("c", real=True))
        plain = domain.restricted(N, model.weight_std, model.bias_std, ACTIVATIONS)
        above = (derivation.apply(output_layer, n=n, names=names, domain=plain, name=f"pairings of {n}", **ENSEMBLE),)
    letters = domain.restricted(N, model.weight_std, model.bias_std, model.moment)
    derivation.apply(
        network_correlation,
        because=above,
        n=n,
        moment=model.moment,
        domain=letters,
        name=_correlation(n),
        defines=model.letter(model.correlation, range(1, n + 1)),
        **ENSEMBLE,
    )
    lower = [derivation[_correlation(k)] for k in range(2, n + 1, 2)]
    return derivation.apply(
        connected_correlation,
        *lower,
        n=n,
        moment=model.moment,
        domain=letters,
        name=f"connected correlation of {n} points",
        defines=model.letter(model.connected, range(1, n + 1)),
        **ENSEMBLE,
    )


def _correlation(n: int) -> str:
    return f"correlation of {n} points"
