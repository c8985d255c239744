"""The Ising chain of any length: partition functions, magnetization and correlations by its transfer matrix."""

from __future__ import annotations

from functools import partial

from derivations.engine.derivation import Derivation, Reference
from derivations.nonequilibrium.ising_oracles import brute_force_chain
from derivations.rules.transfer_matrix import (
    MODES,
    bond_by_bond,
    closing_bond,
    correlations,
    eigenvalues,
    eigenvector,
    long_chain_magnetization,
    open_partition_function,
    ring_partition_function,
    spin_after_spin,
    transfer_matrix,
)

IDENTIFIER = "ising-chain"
TITLE = "The Ising chain by its transfer matrix"
SERVES: tuple[str, ...] = ()
REFERENCES = (
    Reference(key="ising1925beitrag", citation="E. Ising, Beitrag zur Theorie des Ferromagnetismus (1925)"),
    Reference(
        key="kramers1941statistics",
        citation="H. A. Kramers, G. H. Wannier, Statistics of the Two-Dimensional Ferromagnet, Physical Review 60, 252 "
        "(1941)",
    ),
)


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="Neighbors on a chain of $n$ spins are coupled by $K$, and each spin feels the field $h$. The sum "
        "over the configurations is taken over one spin after another.",
        references=REFERENCES,
        conventions=(
            "Energies are in units of $k_B T$. A ring has a bond between its last spin and its first, also for "
            "$n = 2$, where two spins have two bonds, and for $n = 1$, where a spin is bound to itself.",
            "States $1$ and $2$ are spin up and spin down.",
        ),
    )
    bond = d.apply(bond_by_bond, name="bond by bond")
    matrix = d.apply(transfer_matrix, bond, name="transfer matrix")
    vector = d.apply(eigenvector, matrix, name="eigenvector")
    values = d.apply(eigenvalues, matrix, vector, name="eigenvalues")
    names = ("first eigenvector at both ends", "second eigenvector at both ends")
    sums = [d.apply(spin_after_spin, mode=mode, name=name) for mode, name in zip(MODES, names, strict=True)]
    ring = d.apply(closing_bond, *sums, name="closing bond")
    d.apply(
        ring_partition_function,
        ring,
        values,
        name="partition function of the ring",
        oracle=partial(brute_force_chain, closed=True),
    )
    d.apply(
        open_partition_function,
        values,
        vector,
        name="partition function of the open chain",
        oracle=partial(brute_force_chain, closed=False),
    )
    d.apply(long_chain_magnetization, values, name="magnetization of a long chain")
    d.apply(correlations, values, vector, name="correlations of the ring")
    return d
