"""The Hopfield model: Ising spins whose couplings store patterns, one of them retrieved.

H = - (1/N) sum over patterns and sites i < j of xi[mu, i] xi[mu, j] s[i] s[j] - h sum over i of s[i]. One pattern is
condensed: spins are measured along it, so that it is all ones; P others, of independent signs, are not. Their number is
P = alpha N, with alpha the load. Source: D. J. Amit, H. Gutfreund and H. Sompolinsky, Statistical mechanics of neural
networks near saturation, Annals of Physics 173, 30 (1987).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Real
from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.models.disordered import DisorderedModel, Family, SignPatterns
from theory.models.sherrington_kirkpatrick import PAIRS, external_field, i, inverse_temperature, j, n_spins, spins
from theory.sums import Sigma
from theory.symbols import family

n_patterns = sp.Symbol("P", integer=True, positive=True)
load = sp.Symbol("alpha", positive=True)
patterns = family("xi", real=True)
mu = sp.Symbol("mu", integer=True)


def hopfield_model() -> DisorderedModel:
    """The model for any number of spins, any load, any temperature and any field along the condensed pattern."""
    stored = Sigma(patterns[mu, i] * patterns[mu, j] * spins[i] * spins[j] / n_spins, (mu, 1, n_patterns), *PAIRS)
    retrieved = Sigma(spins[i] * spins[j] / n_spins, *PAIRS)
    return DisorderedModel(
        name="Hopfield model",
        hamiltonian=-retrieved - stored - Sigma(external_field * spins[i], (i, 1, n_spins)),
        spins=Family(base=spins, ranges=((i, 1, n_spins),)),
        disorder=(SignPatterns(family=Family(base=patterns, ranges=((mu, 1, n_patterns), (i, 1, n_spins)))),),
        proportional={n_patterns: load * n_spins},
        inverse_temperature=inverse_temperature,
        domain=Domain(
            {
                n_spins: sp.Range(1, sp.oo),
                n_patterns: sp.Range(1, sp.oo),
                load: (0, sp.oo),
                inverse_temperature: (0, sp.oo),
                external_field: (-sp.oo, sp.oo),
            }
        ),
    )


@dataclass(frozen=True, kw_only=True)
class HopfieldModel:
    """The Hopfield model at extensive load, as numerics take it; energies are per spin.

    Parameters
    ----------
    load
        The number of stored patterns over the number of spins, positive.

    Raises
    ------
    ValueError, TypeError
        If the load is no finite positive number.
    """

    load: Any

    def __post_init__(self) -> None:
        if isinstance(self.load, bool) or not isinstance(self.load, Real):
            raise TypeError(f"the load is a positive number; found {self.load!r}")
        if not 0 < float(self.load) < float("inf"):
            raise ValueError(f"the load is a finite positive number; found {self.load!r}")

    @property
    def disordered_model(self) -> DisorderedModel:
        """The symbolic model it belongs to, with one condensed pattern and a field along it."""
        return hopfield_model()

    @property
    def values(self) -> Mapping[Any, Any]:
        """The value of the load of that model."""
        return {load: self.load}
