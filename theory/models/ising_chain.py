"""A chain of Ising spins with equal bonds in a uniform field, open or closed to a ring, in units of k_B T.

The reduced energy is -K times the sum of s_i s_(i+1) over neighbors, less h times the sum of the spins.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.averages import ConfigurationSum
from theory.domain import Domain
from theory.sums import Sigma
from theory.symbols import family

n_spins = sp.Symbol("n", integer=True, positive=True)
i, r = sp.symbols("i r", integer=True)
coupling, field = sp.symbols("K h", real=True)
spins = family("s", integer=True)


def pair_energy(one: Any, other: Any) -> Any:
    """The reduced energy of one bond, with half of that of both spins in the field."""
    return -coupling * one * other - field * (one + other) / 2


def open_energy() -> Any:
    """Of n spins in a row."""
    bonds = Sigma(spins[i] * spins[i + 1], (i, 1, n_spins - 1))
    return -coupling * bonds - field * Sigma(spins[i], (i, 1, n_spins))


def ring_energy() -> Any:
    """The same with a bond between the last spin and the first."""
    return open_energy() - coupling * spins[n_spins] * spins[1]


def summed(body: Any) -> Any:
    """The sum over all configurations."""
    return ConfigurationSum(body, spins, (i, 1, n_spins))


def chain_domain() -> Domain:
    """Any coupling, field and length."""
    return Domain({coupling: (-2, 2), field: (-2, 2), n_spins: sp.Range(1, sp.oo)})
