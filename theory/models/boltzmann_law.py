"""A law of data and a Boltzmann law of a model: on finitely many states, and on a line.

Source: Y. Bahri, J. Kadmon, J. Pennington, S. Schoenholz, J. Sohl-Dickstein, S. Ganguli, Statistical mechanics of deep
learning, Annual Review of Condensed Matter Physics 11, 501 (2020), sections 1.2, 6.1 and 6.2. Energies are in units of
kT. A law with all probabilities positive is written by positive weights, so that no constraint is left on them.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.sums import Sigma
from theory.symbols import family

n_states = sp.Symbol("n", integer=True, positive=True)
x, y = sp.symbols("x y", integer=True)
"""States."""

energies = family("E", real=True)
weights = family("r", positive=True)
"""Of the law of the data, up to a factor."""
data_law, model_law = family("{q}", positive=True), family("{p}", positive=True)
"""The braces keep their indices below: q with an index above is the overlap of a layer."""
partition_function = sp.Symbol("Z", positive=True)
helmholtz = sp.Symbol("F", real=True)
gibbs = sp.Symbol("G", real=True)
entropy = sp.Symbol("S", real=True)
log_likelihood = sp.Symbol("ell", real=True)
divergence = sp.Symbol("D_KL", real=True)
line_divergence, line_cost, line_entropy = sp.symbols("D_x C_x S_x", real=True)
"""Of densities on a line: the relative entropy, the negative log-likelihood and the entropy of the data."""

parameter = sp.Symbol("w", real=True)
energy = sp.Function("E", real=True)
"""Of a state at a value of one parameter."""
features = family("phi", real=True)
"""What the parameter multiplies where the energy is linear in it."""

place = sp.Symbol("x", real=True)
data_mean, model_mean = sp.symbols("m b", real=True)
data_variance, model_variance = sp.symbols("s v", positive=True)
points = family("X", real=True)
"""Places of a finite data set."""
n_points = sp.Symbol("P", integer=True, positive=True)
point = sp.Symbol("mu", integer=True)
width = sp.Symbol("epsilon", positive=True)
"""Of the box that stands for a point of the data."""


def over_states(summand: Any, index: sp.Symbol = x) -> Any:
    """The sum over all states."""
    return Sigma(summand, (index, 1, n_states))


q, p, Z, E = data_law, model_law, partition_function, energies
LAW_OF_DATA = weights[x] / over_states(weights[y], y)
BOLTZMANN_LAW = sp.exp(-E[x]) / Z
TRACE = over_states(sp.exp(-E[x]))
LIKELIHOOD = over_states(q[x] * sp.log(p[x]))
ENTROPY = -over_states(q[x] * sp.log(q[x]))
DIVERGENCE = over_states(q[x] * sp.log(q[x] / p[x]))


def states_domain() -> Domain:
    """Any law of data, any energies, and what is defined by them."""
    sets: dict[Any, Any] = {
        n_states: sp.Range(1, sp.oo),
        E: sp.S.Reals,
        weights: (0, sp.oo),
        q: (0, sp.oo),
        p: (0, sp.oo),
        Z: (0, sp.oo),
    }
    return Domain(sets, [sp.Eq(q[x], LAW_OF_DATA), sp.Eq(p[x], BOLTZMANN_LAW), sp.Eq(Z, TRACE)])


def parameter_domain() -> Domain:
    """Energies that depend on a parameter in any smooth way, or linearly."""
    sets: dict[Any, Any] = {
        n_states: sp.Range(1, sp.oo),
        parameter: sp.S.Reals,
        weights: (0, sp.oo),
        q: (0, sp.oo),
        E: sp.S.Reals,
        features: sp.S.Reals,
    }
    return Domain(sets, [sp.Eq(q[x], LAW_OF_DATA)])


def gaussian_density(mean: Any, variance: Any) -> Any:
    """A Gaussian density at the place x."""
    return sp.exp(-((place - mean) ** 2) / (2 * variance)) / sp.sqrt(2 * sp.pi * variance)


def line_domain() -> Domain:
    """A Gaussian law of data and a harmonic energy."""
    means, variances = (data_mean, model_mean), (data_variance, model_variance)
    return Domain({place: sp.S.Reals, **dict.fromkeys(means, sp.S.Reals), **dict.fromkeys(variances, (0, sp.oo))})


def data_set_domain() -> Domain:
    """Any number of points at any places, each as a box of any width."""
    return Domain({place: sp.S.Reals, points: sp.S.Reals, n_points: sp.Range(1, sp.oo), width: (0, sp.oo)})
