"""Runs weighted by exp(-W) stay in equilibrium, however fast they are driven."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity


@rule(
    "carried equilibrium",
    "By induction over the steps: if the law of the weighted runs is the equilibrium of one trap, work makes it that "
    "of the next, and the move keeps it. The weights of the steps multiply to exp(-Delta F).",
)
def carried_equilibrium(
    work: Step,
    move: Step,
    free_energy: Step,
    *,
    equilibrium: Mapping[Any, Any],
    following: Mapping[Any, Any],
    power: Any,
    moved: Mapping[Any, Any],
    domain: Domain,
) -> Inference:
    """The step of work at power 1 from equilibrium adds minus the change of free energy to the logarithm of the mean.

    ``equilibrium`` gives the mean and the precision of the law, in this order; ``following`` renames the trap to the
    next one; ``moved`` renames the numbers that the move starts from to those of the law. That the next equilibrium
    comes out, before and after the move, are obligations.
    """
    start = {power: sp.S.One, **equilibrium}
    values = list(equilibrium.values())
    after = [v.xreplace(dict(following)) for v in values]
    change = free_energy.result.xreplace(dict(following)) - free_energy.result
    mass, *law = (entry.xreplace(start) for entry in work.result)
    claims = [Identity(e, v, domain.restricted(e, v)) for e, v in zip(law, after, strict=True)]
    kept = dict(zip(equilibrium, after, strict=True))
    for entry, value in zip(list(move.result)[1:], after, strict=True):
        left = entry.xreplace(dict(moved)).xreplace(kept)
        claims.append(Identity(left, value, domain.restricted(left, value)))
    return Inference(
        statement=Identity(mass, -change, domain.restricted(mass, change)), obligations=tuple(claims), result=-change
    )
