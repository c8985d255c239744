"""Restricted Boltzmann machines with random weights: visible Ising units, and hidden units of signs or Gaussian ones.

With N visible units s and P = alpha N hidden ones z, weights W of variance 1/N and a field on the visible units,
H = - sum over mu, i of W[mu, i] z[mu] s[i] - h sum over i of s[i]. Gaussian hidden units have, beside it, the energy
z^2/2 each, and Z is a mean over them with the weight that is normalized without visible units: then each leaves
beta/2 times the square of its input, and the machine is a model of stored Gaussian patterns. Source: A. Barra,
A. Bernacchia, E. Santucci and P. Contucci, On the equivalence of Hopfield networks and Boltzmann machines, Neural
Networks 34, 1 (2012).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.models import multilayer
from theory.models.disordered import DisorderedModel, Family, GaussianPatterns
from theory.models.hopfield import load, mu
from theory.models.hopfield import n_patterns as n_hidden
from theory.models.sherrington_kirkpatrick import external_field, i, inverse_temperature, j, n_spins, spins
from theory.sums import Sigma, rename
from theory.symbols import family

weights = family("W", real=True)


def gaussian_hidden_units() -> DisorderedModel:
    """Visible Ising units, Gaussian hidden ones averaged over; energies are per visible unit."""
    entries = ((mu, 1, n_hidden), (i, 1, n_spins))
    inputs = Sigma(weights[mu, i] * weights[mu, j] * spins[i] * spins[j] / (2 * n_spins), *entries, (j, 1, n_spins))
    return DisorderedModel(
        name="restricted Boltzmann machine with Gaussian hidden units",
        hamiltonian=-inputs - Sigma(external_field * spins[i], (i, 1, n_spins)),
        spins=Family(base=spins, ranges=((i, 1, n_spins),)),
        disorder=(GaussianPatterns(family=Family(base=weights, ranges=entries)),),
        proportional={n_hidden: load * n_spins},
        inverse_temperature=inverse_temperature,
        domain=Domain(
            {
                n_spins: sp.Range(1, sp.oo),
                n_hidden: sp.Range(1, sp.oo),
                load: (0, sp.oo),
                inverse_temperature: (0, sp.oo),
                external_field: (-sp.oo, sp.oo),
            }
        ),
    )


def hidden_signs() -> DisorderedModel:
    """Visible and hidden Ising units, N[0] and N[1] of them; the multilayer model of two layers, with its fields.

    A weight has variance C[1]/N[0]; there is a field h[0] on visible and h[1] on hidden units; energies are per unit.
    """
    layered = multilayer.multilayer_model_in_field()
    domain = layered.domain
    (coupled,) = layered.pieces

    def two(expression: Any) -> Any:
        return rename(sp.sympify(expression, strict=True), multilayer.n_bonds, sp.Integer(1))

    def family_of_two(given: Family) -> Family:
        return Family(base=given.base, ranges=tuple((k, two(low), two(high)) for k, low, high in given.ranges))

    return replace(
        layered,
        name="restricted Boltzmann machine of signs",
        hamiltonian=two(layered.hamiltonian),
        spins=family_of_two(layered.spins),
        couplings=family_of_two(coupled.family),
        domain=Domain({name: values for name, values in domain.sets.items() if name != multilayer.n_bonds}),
    )
