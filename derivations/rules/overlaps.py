"""Collect spins into overlaps: expand squares over replicas and recognize the sums over sites."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.distinct_sites import over_all_sites
from derivations.algebra.folding import folded
from derivations.algebra.spins import has_spins, ising_reduced
from derivations.algebra.sum_terms import SumTerm, assembled, resolved, sum_terms
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.averages import ConfigurationSum
from theory.statements import Definition, Identity
from theory.sums import unfold


@rule(
    "introduce overlaps",
    "A square over replicas is a double sum over pairs of replicas; the sums over sites then depend on the spins only "
    "through the overlap matrices of the layers.",
)
def introduce_overlaps(averaged: Step, overlap: Step) -> Inference:
    """Write the exponent of the averaged weight in overlaps; the result is the exponent as a function of them.

    What is left of the spins must be a sum over single ones, such as an external field: it stays as it is.

    Raises
    ------
    ValueError
        If sites stay coupled by anything else than the overlap.
    """
    copies, definition = cast(ConfigurationSum, averaged.result), cast(Definition, overlap.statement)
    exponent = copies.body.args[0]
    terms = [t for ordered in sum_terms(exponent) for t in over_all_sites(ordered)]
    reduced = [SumTerm(ising_reduced(t.body, copies.family), t.ranges) for t in terms]
    collected = folded(resolved(assembled(reduced)), definition)
    for left in sum_terms(collected):
        if has_spins(left.body, copies.family) and not is_one_spin(left, copies.family):
            raise ValueError(
                f"the exponent is no function of {definition.symbol} and of single spins; what is left is "
                f"{left.assembled()}"
            )
    spelled_out = unfold(collected, definition.symbol, definition.expression)
    domain = cast(Identity, averaged.statement).domain.extended({copies.family: sp.FiniteSet(-1, 1)})
    return Inference(statement=Identity(cast(Any, exponent), spelled_out, domain), result=collected)


def is_one_spin(term: SumTerm, spin: Any) -> bool:
    """Whether a term is a multiple of one spin, summed over its place."""
    spins = [f for f in term.factors() if isinstance(f, sp.Indexed) and f.base == spin]
    rest = [f for f in term.factors() if f not in spins]
    return len(spins) == 1 and not any(has_spins(f, spin) for f in rest)
