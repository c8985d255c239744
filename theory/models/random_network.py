"""Networks of one hidden layer with Gaussian weights and an exponential activation, as an ensemble of functions.

f(x) = sum_i W_i g_i(x) + c over N neurons, with g(x) = exp(w.x + b) / exp(sigma_b^2 + sigma_W^2 x^2 / d): weights w of
variance sigma_W^2 / d, W of variance sigma_W^2 / N, biases b and c of variance sigma_b^2. Source: H. Erbin, V. Lahoche,
D. O. Samary (2022), equations (2.1), (2.2) and (3.1); J. Halverson, A. Maiti, K. Stoner (2021).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.sums import Sigma
from theory.symbols import family

width = sp.Symbol("N", integer=True, positive=True)
input_dimension = sp.Symbol("d", integer=True, positive=True)
n_points = sp.Symbol("n", integer=True, positive=True)
weight_std = sp.Symbol("sigma_W", positive=True)
bias_std = sp.Symbol("sigma_b", nonnegative=True)
a, mu = sp.symbols("a mu", integer=True)

points = family("x", real=True)
"""The inputs, x[a, mu]: a component mu of the point a."""
weights = family("w", real=True)
bias = sp.Symbol("b", real=True)
moment = family("M", real=True)
"""The mean of a product of activations of one neuron at the points that are named."""
correlation = family("G", real=True)
connected = family("C", real=True)
activation_name = sp.Symbol("g_1 ... g_n", real=True)
kernel = family("K", real=True)
"""The Gaussian kernel at two points."""
neuron_moment = sp.Symbol("M_n", positive=True)
"""The mean of the product of the activations of one neuron at n points."""
closed_connected = family("c", real=True)
"""The connected correlation with that mean put in."""
coupling = family("u", real=True)
"""What (3.6) of the paper measures at the points that are named, and its analogue for other numbers of points."""
small_connected = sp.Symbol("C_4", real=True)
bare = family("\\bar{u}", real=True)
"""The coefficient of f^n / n! in the action."""
irreducible = sp.Symbol("u_6^irr", real=True)
"""The coupling of six points at the origin, less what exchanges between couplings of four points contribute."""
place = family("y", real=True)
"""Where propagators meet, y[mu]."""
momentum = family("p", real=True)
wave_name = sp.Symbol("K_W(y) e^{-i p y}")
transform = sp.Symbol("K_W(p)", positive=True)
squared_mass = sp.Symbol("Lambda^2", positive=True)
strength = sp.Symbol("Z_0", positive=True)
small_inverse = sp.Symbol("1/K_W(epsilon p)", positive=True)
small_scale = sp.Symbol("epsilon", positive=True)
"""Of momenta, or of points."""
propagators_name = sp.Symbol("K_W(y, x_1) ... K_W(y, x_n)", positive=True)
overlap = sp.Symbol("I_n", positive=True)
"""The integral over y of the product of n propagators."""

POINTS = (a, sp.Integer(1), n_points)
COMPONENTS = (mu, sp.Integer(1), input_dimension)


def exponent() -> Any:
    """The logarithm of the product of the activations of one neuron at n points."""
    linear = Sigma(weights[mu] * points[a, mu], POINTS, COMPONENTS) + n_points * bias
    return (
        linear
        - n_points * bias_std**2
        - weight_std**2 / input_dimension * Sigma(points[a, mu] ** 2, POINTS, COMPONENTS)
    )


def coupling_at_origin(n: int) -> sp.Symbol:
    """The coupling of n points at the origin."""
    return sp.Symbol(f"u_{n}^0", real=True)


def integral_at_origin(n: int) -> sp.Symbol:
    """The integral of n propagators to the origin."""
    return sp.Symbol(f"I_{n}^0", positive=True)


def exponent_name(n: int) -> sp.Symbol:
    """With which exponent that coupling depends on the standard deviation of the weights."""
    return sp.Symbol(f"nu_{n}", real=True)


def renormalized_exponent(n: int) -> sp.Symbol:
    """The same for fields of strength one."""
    return sp.Symbol(f"nu_{n}^Z", real=True)


def first_order(n: int) -> sp.Symbol:
    """To first order in the bare coupling, the connected correlation of n points for one place of the interaction."""
    return sp.Symbol(f"C_{n}^1", real=True)


def propagators() -> Any:
    """The product of the propagators K_W from a place y to n points, without the factor sigma_W^(2n)."""
    squares = Sigma((place[mu] - points[a, mu]) ** 2, POINTS, COMPONENTS)
    return sp.exp(-(weight_std**2) / (2 * input_dimension) * squares)


def wave() -> Any:
    """The propagator K_W of the distance y times a plane wave, without the factor sigma_W^2."""
    squares, phase = Sigma(place[mu] ** 2, COMPONENTS), Sigma(momentum[mu] * place[mu], COMPONENTS)
    return sp.exp(-(weight_std**2) / (2 * input_dimension) * squares - sp.I * phase)


def point_domain() -> Domain:
    """Any number of points, any input dimension, any width and variances."""
    return Domain(
        {
            n_points: sp.Range(1, sp.oo),
            input_dimension: sp.Range(1, sp.oo),
            width: sp.Range(1, sp.oo),
            points: (-1, 1),
            weight_std: (0, 2),
            bias_std: (0, 2),
        }
    )


def letter(base: Any, places: Sequence[int]) -> Any:
    """The entry of a family for some points, in order."""
    return base[tuple(sp.Integer(p) for p in sorted(places))]
