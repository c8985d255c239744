r"""A feedforward network with any number of layers: which neuron is in which layer, and the linearized response.

Neuron i is in the layer ``layer[i]``, from 1 (inputs) to L (outputs); any number of neurons may share a layer. The
response of neuron i to neuron j is ``slopes[i] * weights[i, j]``, the entry of f'w. Connections lead to higher layers
only: to any higher one (``response``), or to the next one alone (``layered_response``). Source: V. Vanchurin, Towards a
theory of machine learning (2020), equations (2.1), (5.4), (5.6), (7.7) and (9.7).
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.determinants import Determinant
from theory.domain import Domain
from theory.models import learning
from theory.paths import PathSum
from theory.sums import Inside, Sigma
from theory.symbols import family

n_neurons = learning.n_neurons
n_layers = sp.Symbol("L", integer=True, positive=True)
"""Input and output layers included."""
i, j, k, l, t = sp.symbols("i j k l t", integer=True)
power = sp.Symbol("n", integer=True, nonnegative=True)
other_power = sp.Symbol("m", integer=True, nonnegative=True)
beyond = sp.Symbol("q", integer=True, nonnegative=True)
"""How far a power lies beyond the number of layers."""
spectral_parameter = sp.Symbol("z", real=True)
scale = sp.Symbol("epsilon", positive=True)
"""By which all weights are multiplied."""

layer = family("ell", integer=True)
weights, slopes = family("w", real=True), family("s", real=True)
path = family("x", integer=True)
powers = family("P", real=True)
"""``powers[n, i, j]``: the entry of the n-th power of a matrix."""
eigenvalues, unscaled = learning.eigenvalues, family("u", real=True)
deviation = sp.Symbol("xi", real=True)
"""What an eigenvalue of G exceeds 1 by, over the scale of the weights."""
logarithms = family("x", real=True)
"""Logarithms of eigenvalues."""

# Names of results.
high_power, transposed_power, closed_path = sp.symbols("p_L p_L^T c_n", real=True)
response_determinant, quadratic_determinant = sp.symbols("d_R d_G", real=True)
response_polynomial, sum_of_logarithms = sp.symbols("chi s_log", real=True)
trace_of_inverse, trace_of_quadratic, odd_sum, leading_skewness = sp.symbols("r_- r_+ s_odd mu_3", real=True)
first_weight, second_weight = sp.symbols("a b", real=True)
"""Of a network with three layers of one neuron."""

vectors, scaled = family("v", real=True), family("mu", real=True)
"""``vectors[a, i]``: of eigenvector a; small eigenvalues over the temperature."""
label = sp.Symbol("a", integer=True)
n_large = sp.Symbol("N_>", integer=True, positive=True)
temperature = sp.Symbol("T", positive=True)

NEURONS = (i, sp.Integer(1), n_neurons)
PAIRS = (NEURONS, (j, sp.Integer(1), n_neurons))
delta = sp.KroneckerDelta


def any_response(row: Any, column: Any) -> Any:
    """An entry of f'w of any network."""
    return slopes[row] * weights[row, column]


def response(row: Any, column: Any) -> Any:
    """An entry of f'w where connections lead to any higher layer."""
    return any_response(row, column) * Inside(layer[row], layer[column] + 1, n_layers)


def layered_response(row: Any, column: Any) -> Any:
    """An entry of f'w where connections lead to the next layer only."""
    return any_response(row, column) * delta(layer[row], layer[column] + 1)


def feedforward_weight(row: Any, column: Any) -> Any:
    """An entry of w where connections lead to any higher layer."""
    return weights[row, column] * Inside(layer[row], layer[column] + 1, n_layers)


def along_paths(entry: Any, number: Any, *ends: Any) -> PathSum:
    """The sum over paths x[0], ..., x[n] of the entries along them, times what is said of the ends."""
    steps = sp.Product(entry(path[t], path[t + 1]), (t, 0, number - 1))
    return PathSum(sp.Mul(*ends) * steps, path, n_neurons, (t, 0, number))


def power_entry(entry: Any, number: Any, row: Any = i, column: Any = j) -> PathSum:
    """An entry of the n-th power of a matrix with the given entries, over all paths of n steps from row to column."""
    return along_paths(entry, number, delta(path[0], row), delta(path[number], column))


def transposed(entry: Any) -> Any:
    """The entries of the transposed matrix."""
    return lambda row, column: entry(column, row)


def quadratic_form(entry: Any, row: Any = i, column: Any = j) -> Any:
    """An entry of G = (1 - f'w)^T (1 - f'w)."""
    factors = (delta(k, place) - entry(k, place) for place in (row, column))
    return Sigma(sp.Mul(*factors), (k, 1, n_neurons))


def determinant(entry: Any) -> Determinant:
    """The determinant of the matrix over all neurons with this entry in row ``i`` and column ``j``."""
    return Determinant(entry, (i, j), n_neurons)


def feedforward_domain() -> Domain:
    """Any number of layers, any number of neurons in each of them, any weights and slopes."""
    sets = {
        n_neurons: sp.Range(1, sp.oo), n_layers: sp.Range(2, sp.oo), layer: sp.Range(1, n_layers + 1),
        weights: sp.S.Reals, slopes: sp.S.Reals, powers: sp.S.Reals, i: sp.Range(1, n_neurons + 1),
        j: sp.Range(1, n_neurons + 1), power: sp.Range(0, sp.oo), other_power: sp.Range(0, sp.oo),
        beyond: sp.Range(0, sp.oo), spectral_parameter: sp.S.Reals, eigenvalues: (0, sp.oo), scale: (0, sp.oo),
        unscaled: sp.S.Reals, logarithms: sp.S.Reals, first_weight: sp.S.Reals, second_weight: sp.S.Reals,
        deviation: sp.S.Reals,
    }  # fmt: skip
    return Domain(sets)


def staircase() -> Domain:
    """As ``feedforward_domain``, with one neuron in each layer but the last one: every layer that can be is there."""
    return feedforward_domain().extended(constraints=[sp.Eq(layer[i], sp.Min(i, n_layers))])


def spectrum_domain(determinant_value: Any) -> Domain:
    """Any positive eigenvalues whose product is the given positive number."""
    mean = Sigma(unscaled[j], (j, 1, n_neurons)) / n_neurons
    value = sp.exp(unscaled[i] - mean + sp.log(determinant_value) / n_neurons)
    sets = {n_neurons: sp.Range(1, sp.oo), eigenvalues: (0, sp.oo), unscaled: sp.S.Reals}
    return Domain(sets, [sp.Eq(eigenvalues[i], value)])


def split_domain() -> Domain:
    """Any positive eigenvalues, the first few of them large, and any eigenvectors."""
    sets = {
        n_neurons: sp.Range(1, sp.oo), n_large: sp.Range(1, n_neurons + 1), eigenvalues: (0, sp.oo), vectors: (-1, 1),
        scaled: (0, sp.oo), temperature: (0, sp.oo), i: sp.Range(1, n_neurons + 1), j: sp.Range(1, n_neurons + 1),
    }  # fmt: skip
    return Domain(sets)


def three_in_a_row() -> sp.ImmutableMatrix:
    """G of three layers of one neuron."""
    chain = sp.Matrix([[0, 0, 0], [first_weight, 0, 0], [0, second_weight, 0]])
    return sp.ImmutableMatrix((sp.eye(3) - chain).T * (sp.eye(3) - chain))
