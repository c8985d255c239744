"""How long the mean state of a network is, and how its components grow with the number of neurons.

Source: V. Vanchurin, Towards a theory of machine learning (2020), equations (5.11) to (5.13).
"""

from __future__ import annotations

import sympy as sp

from theory.domain import Domain
from theory.models.learning import n_neurons

scale = sp.Symbol("epsilon", real=True)
"""A factor of all components of the mean state."""
length = sp.Symbol("R", positive=True)
"""Of the mean state, which no rotation changes."""
saturation = sp.Symbol("c", real=True)
"""The state of each neuron of a network without weights and equal biases, the activation of the bias."""


def length_domain() -> Domain:
    """Any number of neurons, any length, and any state of a neuron."""
    return Domain({n_neurons: sp.Range(1, sp.oo), length: (0, sp.oo), saturation: (-1, 1)})
