"""Ising spins with pairwise couplings in a field: the model whose Gibbs free energy Plefka expanded.

H = -sum over pairs i < j of J[i, j] s_i s_j - sum over i of h[i] s_i, for one set of couplings; nothing is averaged.
Source: T. Plefka, J. Phys. A 15, 1971 (1982); Barney, Winer, Galitski (2024), section 2.2.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.models import multilayer
from theory.models.disordered import Family
from theory.sums import Sigma
from theory.symbols import family

inverse_temperature = multilayer.inverse_temperature
n_spins = sp.Symbol("N", integer=True, positive=True)
i, j, l = sp.symbols("i j l", integer=True)

couplings = family("J", real=True)
fields = family("h", real=True)
spins = family("s", real=True)
magnetizations = family("m", real=True)
bond_matrix = family("\\mathcal{J}", real=True)

SITES = ((i, sp.Integer(1), n_spins),)
PAIRS = (*SITES, (j, i + 1, n_spins))

# Names of derived results, as printed equations use them.
hamiltonian_name = sp.Symbol("H", real=True)
gibbs_free_energy = sp.Symbol("\\beta G", real=True)
mean_field_free_energy = sp.Symbol("F_TAP", real=True)


def pair_hamiltonian() -> Any:
    """The energy of a configuration, each pair of spins once."""
    bonds = Sigma(couplings[i, j] * spins[i] * spins[j], *PAIRS)
    return -bonds - Sigma(fields[i] * spins[i], *SITES)


def spin_family() -> Family:
    """The N spins."""
    return Family(base=spins, ranges=SITES)


def pair_domain() -> Domain:
    """Any number of spins, couplings and fields, magnetizations inside (-1, 1), any temperature."""
    return Domain(
        {
            n_spins: sp.Range(1, sp.oo),
            inverse_temperature: (0, sp.oo),
            couplings: (-sp.oo, sp.oo),
            fields: (-sp.oo, sp.oo),
            magnetizations: (-1, 1),
        }
    )


# Of the linearized equations in layers; sites of layer k are i = 1 to N[k] as in ``theory.models.multilayer``.
local_field = family("\\theta", real=True)
linear_field = family("\\vartheta", real=True)
stability_matrix = family("M", real=True)
layered_matrix = family("M", real=True)
reaction = family("R", real=True)
schur_complement = family("\\chi", real=True)
pivot = family("\\hat{\\chi}", real=True)
transfer = family("W", real=True)
diagonal_block = family("D", real=True)
block_beside = family("B", real=True)
stability_determinant = sp.Symbol("\\det(I-M)", real=True)
