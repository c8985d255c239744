"""Replicas: the m-th power of a partition function is one sum over m copies of the system."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from theory.models.disordered import DisorderedModel
from theory.statements import Identity
from theory.sums import Sigma, unfold


@rule(
    "replicate",
    "A power of a sum over configurations is a sum over that many independent copies, the replicas.",
)
def replicate(*, model: DisorderedModel, n_replicas: sp.Symbol, replica: sp.Symbol) -> Inference:
    """Z^m as a sum over the configurations of m replicas, for a positive integer m."""
    weight = sp.exp(-model.inverse_temperature * model.hamiltonian)
    site = len(model.spins.ranges) - 1
    partition_function = model.spin_law.trace(weight, model.spins.base, *model.spins.ranges, site=site)
    exponent = -model.inverse_temperature * Sigma(
        replicated(model.hamiltonian, model, replica), (replica, 1, n_replicas)
    )
    ranges = (*model.spins.ranges, (replica, sp.Integer(1), n_replicas))
    copies = model.spin_law.trace(sp.exp(exponent), model.spins.base, *ranges, site=site)
    quenched = {piece.family.base: piece.values for piece in model.pieces}
    domain = model.domain.extended({n_replicas: sp.Range(1, sp.oo), **quenched})
    return Inference(statement=Identity(partition_function**n_replicas, copies, domain))


def replicated(expression: Any, model: DisorderedModel, replica: sp.Symbol) -> Any:
    """The expression with a replica index on every spin."""
    slots = tuple(sp.Dummy(s.name, integer=True) for s in model.spins.slots)
    spin = cast(sp.IndexedBase, model.spins.base)
    return unfold(expression, spin[slots], spin[(*slots, replica)])
