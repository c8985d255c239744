"""The letters of the paper as symbols of the model, and the sets they range over."""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.models import random_network as model
from theory.papers.writing import Writer
from theory.sums import Sigma

KEY = "erbin2022renormalization"
PAPER = Writer(key=KEY)

N, d, n = model.width, model.input_dimension, model.n_points
sigma_w, sigma_b = model.weight_std, model.bias_std
x, M, a, mu = model.points, model.moment, model.a, model.mu
p, y = model.momentum, model.place

REAL = (-sp.oo, sp.oo)
DOMAIN = model.point_domain().extended({M: (0, 2)})
"""Any width, dimension, variances and points; in letters for the moments of one neuron."""
THEIR_VALUES = {d: sp.FiniteSet(1), sigma_w: sp.FiniteSet(1), sigma_b: sp.FiniteSet(1), N: sp.FiniteSet(1)}
"""d_in = 1 and the standard deviations of section 3; at width 1, since cumulants depend on it by a power alone."""
THEIR_POINTS = sp.Interval(-sp.Rational(1, 100), sp.Rational(1, 100))
"""All that lies between the six points of section 3."""


def among(*names: Any) -> Any:
    """The parameters with the named derived results, as real or positive numbers."""
    return DOMAIN.extended({name: (0, sp.oo) if name.is_positive else REAL for name in names})


def at(base: Any, *points: int) -> Any:
    """The entry of a family at named points."""
    return model.letter(base, points)


def kernel(one: int, other: int) -> Any:
    """K of (2.9) for any activation: the variance of the output bias, and that of the output weights times a moment."""
    return sigma_b**2 + sigma_w**2 * at(M, one, other)


def distance_squared(one: int, other: int) -> Any:
    """|x - y|^2 for two of the points."""
    return Sigma((x[one, mu] - x[other, mu]) ** 2, (mu, 1, d))


def momentum_squared() -> Any:
    """p^2."""
    return Sigma(p[mu] ** 2, (mu, 1, d))
