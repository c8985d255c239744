"""The Sherrington-Kirkpatrick model: every pair of Ising spins is coupled, with couplings of variance 1/N.

H = - sum over i < j of J[i, j] s[i] s[j] - h sum over i of s[i]. Source: D. Sherrington and S. Kirkpatrick, Solvable
model of a spin-glass, Physical Review Letters 35, 1792 (1975), with J = 1 and J_0 = 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.models.disordered import DisorderedModel, Family
from theory.models.replica_symbols import ReplicaSymbols
from theory.sums import Sigma
from theory.symbols import family

n_spins = sp.Symbol("N", integer=True, positive=True)
inverse_temperature = sp.Symbol("beta", positive=True)
external_field = sp.Symbol("h", real=True)
couplings = family("J", real=True)
spins = family("s", real=True)
i, j = sp.symbols("i j", integer=True)

PAIRS = ((i, 1, n_spins), (j, i + 1, n_spins))


def sherrington_kirkpatrick_model() -> DisorderedModel:
    """The model for any number of spins, any temperature and any uniform field."""
    pairs = Sigma(couplings[i, j] * spins[i] * spins[j], *PAIRS)
    return DisorderedModel(
        name="Sherrington-Kirkpatrick model",
        hamiltonian=-pairs - Sigma(external_field * spins[i], (i, 1, n_spins)),
        spins=Family(base=spins, ranges=((i, 1, n_spins),)),
        couplings=Family(base=couplings, ranges=PAIRS),
        variance=1 / n_spins,
        inverse_temperature=inverse_temperature,
        domain=Domain({n_spins: sp.Range(1, sp.oo), inverse_temperature: (0, sp.oo), external_field: (-sp.oo, sp.oo)}),
    )


overlap = ReplicaSymbols.of(sherrington_kirkpatrick_model()).off_diagonal


@dataclass(frozen=True)
class SherringtonKirkpatrick:
    """The Sherrington-Kirkpatrick model, as numerics take it; energies are per spin, in units of the coupling."""

    @property
    def disordered_model(self) -> DisorderedModel:
        """The symbolic model it belongs to."""
        return sherrington_kirkpatrick_model()

    @property
    def values(self) -> Mapping[Any, Any]:
        """Values of the symbols of that model: none, for in the limit of many spins it has no parameter."""
        return {}
