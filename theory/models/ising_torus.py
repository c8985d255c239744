"""The two-dimensional Ising model without a field on an L by M torus, in units of k_B T.

The reduced energy is -K_x times the products of neighbors along the first side, less K_y times those along the second.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.averages import ConfigurationSum
from theory.domain import Domain
from theory.sums import Sigma
from theory.symbols import family

length, width = sp.symbols("L M", integer=True, positive=True)
i, j, a, b = sp.symbols("i j a b", integer=True)
coupling_x, coupling_y = sp.symbols("K_x K_y", positive=True)
wave_x, wave_y = sp.symbols("k q", real=True)
spins = family("s", integer=True)


def torus_energy() -> Any:
    """Bonds inside the rectangle and those that close it; on a side of two spins the latter are second bonds."""
    along = Sigma(spins[i, j] * spins[i + 1, j], (i, 1, length - 1), (j, 1, width))
    along += Sigma(spins[length, j] * spins[1, j], (j, 1, width))
    across = Sigma(spins[i, j] * spins[i, j + 1], (i, 1, length), (j, 1, width - 1))
    across += Sigma(spins[i, width] * spins[i, 1], (i, 1, length))
    return -coupling_x * along - coupling_y * across


def partition_function() -> Any:
    """The sum over all configurations."""
    return ConfigurationSum(sp.exp(-torus_energy()), spins, (i, 1, length), (j, 1, width))


def wave_domain() -> Domain:
    """Positive couplings and any wave."""
    return Domain({coupling_x: (0, 2), coupling_y: (0, 2), wave_x: (0, 7), wave_y: (0, 7)})


def torus_domain() -> Domain:
    """Positive couplings and any sides."""
    return Domain({coupling_x: (0, 1), coupling_y: (0, 1), length: sp.Range(1, sp.oo), width: sp.Range(1, sp.oo)})
