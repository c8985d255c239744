"""The letters of the paper as symbols of the model, and the sets they range over."""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.models import learning as model
from theory.papers.writing import Writer
from theory.sums import Sigma

KEY = "vanchurin2020towards"
PAPER = Writer(key=KEY)

beta, m, N, i = model.inverse_temperature, model.mass, model.n_neurons, model.i
lam, a, gamma = model.eigenvalues, model.mean_state, model.fraction
A, C, N_large, N_small = model.thermal_free_energy, model.complexity, model.n_large, model.n_small
REAL = (-sp.oo, sp.oo)

ENSEMBLE = model.learning_domain()
WITHOUT_OBJECTIVE = ENSEMBLE.extended({m: sp.FiniteSet(0)})
EQUILIBRIUM = model.equilibrium_domain()
SPLIT = model.split_domain()
FRACTIONS = model.two_fraction_domain()


def among(domain: Domain, *names: Any) -> Domain:
    """The domain with the named derived results as real numbers."""
    return domain.extended({name: (0, sp.oo) if name.is_positive else REAL for name in names})


def over_neurons(summand: Any) -> Any:
    """A sum over all neurons."""
    return Sigma(summand, model.NEURONS)


def over_large(summand: Any) -> Any:
    """A sum over the large eigenvalues."""
    return Sigma(summand, model.LARGE)


def over_small(summand: Any) -> Any:
    """A sum over all other eigenvalues."""
    return Sigma(summand, model.SMALL)
