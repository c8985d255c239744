"""Names of the order parameters of a replica calculation: overlaps and conjugates, in general and symmetric ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from theory.models.disordered import DisorderedModel
from theory.symbols import family

n_replicas = sp.Symbol("m", integer=True, positive=True)
continued_replicas = sp.Symbol("m", positive=True)
a, b = sp.symbols("a b", integer=True)

OVERLAP = family("Q", real=True)
CONJUGATE = family("Lambda", real=True)
MAGNETIZATION = family("\\mathcal{M}", real=True)
CONJUGATE_MAGNETIZATION = family("\\mathcal{K}", real=True)
SYMMETRIC = ("q", "p", "lambda", "mu", "M", "kappa")


@dataclass(frozen=True, kw_only=True)
class ReplicaSymbols:
    """Names of the order parameters of a model.

    Attributes
    ----------
    overlap, conjugate
        Entries ``Q[a, b]`` and ``Lambda[a, b]`` for any two replicas; ``Q[k, a, b]`` where spins come in layers.
    off_diagonal, diagonal
        q and p: overlap of two replicas and of one with itself, in the symmetric ansatz; entries where there are
        layers.
    conjugate_off_diagonal, conjugate_diagonal
        lambda and mu, the same of the conjugates.
    replica_magnetization, conjugate_replica_magnetization
        Entries for any replica: its mean spin and the conjugate of that, with the layer before the replica. Only models
        whose disorder couples mean spins, such as a ferromagnetic mean of the couplings, have them.
    magnetization, conjugate_magnetization
        M and kappa, the same in the symmetric ansatz.
    """

    overlap: Any
    conjugate: Any
    off_diagonal: Any
    diagonal: Any
    conjugate_off_diagonal: Any
    conjugate_diagonal: Any
    replica_magnetization: Any
    conjugate_replica_magnetization: Any
    magnetization: Any
    conjugate_magnetization: Any

    @classmethod
    def of(cls, model: DisorderedModel) -> ReplicaSymbols:
        """The usual letters, with the slots that the model's spins have beside their site."""
        layers = model.spins.slots[:-1]
        named = (family(n, real=True)[layers] if layers else sp.Symbol(n, real=True) for n in SYMMETRIC)
        q, p, lam, mu, magnetization, kappa = named
        return cls(
            overlap=OVERLAP[(*layers, a, b)], conjugate=CONJUGATE[(*layers, a, b)], off_diagonal=q, diagonal=p,
            conjugate_off_diagonal=lam, conjugate_diagonal=mu, replica_magnetization=MAGNETIZATION[(*layers, a)],
            conjugate_replica_magnetization=CONJUGATE_MAGNETIZATION[(*layers, a)], magnetization=magnetization,
            conjugate_magnetization=kappa,
        )  # fmt: skip
