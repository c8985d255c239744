"""The bulk loss of a network near a state, for any number of neurons, any weights, and an activation for each neuron.

Source: V. Vanchurin, Towards a theory of machine learning (2020), equations (5.2) to (5.6), (5.10) and (5.12). The
state is ``mu + epsilon d`` with a direction d and a small number epsilon; each activation is given ``g`` at ``mu``.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.models.learning import eigenvalues, i, j, mass, n_neurons
from theory.sums import Sigma
from theory.symbols import family

k, l = sp.symbols("k l", integer=True)
scale = sp.Symbol("epsilon", real=True)
"""The distance from the mean state, in units of the length of the direction."""
mean_state, directions = family("mu", real=True), family("d", real=True)
weights, biases, fields = family("w", real=True), family("b", real=True), family("g", real=True)
activation = sp.Function("f", real=True)
"""Of a neuron at a value of what it is given."""
argument = sp.Symbol("y", real=True)
slopes = family("f'", real=True)
quadratic_form = family("G", real=True)
loss, fixed_point_loss = sp.symbols("H H_f", real=True)
"""About any state, and about one that the network leaves as it is."""
eigenvectors = family("v", real=True)
"""By their component and their number."""
column_defect, row_defect = family("D", real=True), family("D'", real=True)
"""How far the columns, or the rows, of a matrix are from orthonormal ones."""
image = family("(G v)", real=True)
"""G times an eigenvector."""
mirror = family("u", positive=True)
"""The direction that a reflection turns round."""


def over_neurons(summand: Any, *indices: sp.Symbol) -> Any:
    """A sum over all neurons for each of the indices."""
    return Sigma(summand, *((index, sp.Integer(1), n_neurons) for index in indices))


def slope_at(neuron: Any, field: Any = None, order: int = 1) -> Any:
    """A derivative of the activation of a neuron at what it is given at the mean state, or at another value."""
    derivative = sp.Derivative(activation(neuron, argument), (argument, order))
    return sp.Subs(derivative, argument, fields[neuron] if field is None else field)


def deviation_of_field(neuron: Any) -> Any:
    """How what a neuron is given changes with the state, for epsilon = 1."""
    return over_neurons(weights[neuron, j] * directions[j], j)


def loss_about(center: Any) -> Any:
    """The loss (3.4) at ``mu + epsilon d``, where ``center`` is mu: the error of each neuron, and its objective."""
    state = center + scale * directions[i]
    error = state - activation(i, fields[i] + scale * deviation_of_field(i))
    return over_neurons(error**2, i) / 2 + objective(center)


def objective(center: Any) -> Any:
    """The local objectives at ``mu + epsilon d``."""
    return -mass / 2 * over_neurons((center + scale * directions[i]) ** 2, i)


def entry_of_g(slope: Any) -> Any:
    """The entry (j, k) of G, where ``slope`` gives the slope of a neuron."""
    left, right = (sp.KroneckerDelta(i, at) - slope(i) * weights[i, at] for at in (j, k))
    return over_neurons(left * right, i)


def form(entry: Any) -> Any:
    """The quadratic form of a matrix with this entry (j, k), in the direction d."""
    return over_neurons(directions[j] * entry * directions[k], j, k)


def entry_of_spectrum() -> Any:
    """The entry (j, k) of a matrix with given eigenvalues and orthonormal eigenvectors."""
    return over_neurons(eigenvalues[l] * eigenvectors[j, l] * eigenvectors[k, l], l)


def reflected(row: Any, column: Any) -> Any:
    """An entry of the reflection at a plane: orthonormal vectors for any number of neurons."""
    return sp.KroneckerDelta(row, column) - 2 * mirror[row] * mirror[column] / over_neurons(mirror[l] ** 2, l)


def loss_domain() -> Domain:
    """Any number of neurons, any state, direction, weights and biases."""
    real = (mean_state, directions, weights, biases, fields, slopes, mass)
    sets = dict.fromkeys(real, sp.S.Reals) | {n_neurons: sp.Range(1, sp.oo), scale: (-1, 1)}
    return Domain({**sets, i: sp.Range(1, n_neurons + 1)})


def spectrum_domain() -> Domain:
    """Any eigenvalues, and any matrix in place of that of the eigenvectors."""
    real = (directions, eigenvectors, column_defect, row_defect, quadratic_form)
    sets = dict.fromkeys(real, sp.S.Reals) | {n_neurons: sp.Range(1, sp.oo), eigenvalues: (0, sp.oo)}
    return Domain({**sets, **dict.fromkeys((i, j), sp.Range(1, n_neurons + 1))})


def reflection_domain() -> Domain:
    """Any number of neurons, any vector of them, and any plane of reflection."""
    sets = {n_neurons: sp.Range(1, sp.oo), mirror: (0, sp.oo), mean_state: sp.S.Reals}
    return Domain({**sets, j: sp.Range(1, n_neurons + 1)})
