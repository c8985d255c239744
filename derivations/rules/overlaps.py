"""Collect spins into overlaps: expand squares over replicas and recognize the sums over sites."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.folding import folded
from derivations.algebra.sum_terms import resolved
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
    """Write the exponent of the averaged weight in overlaps; the result is the exponent as a function of them."""
    copies, definition = cast(ConfigurationSum, averaged.result), cast(Definition, overlap.statement)
    exponent = copies.body.args[0]
    collected = folded(resolved(exponent), definition)
    if copies.family in {a.base for a in collected.atoms(sp.Indexed)}:
        raise ValueError(f"the exponent is not a function of {definition.symbol} alone; what is left is {collected}")
    spelled_out = unfold(collected, definition.symbol, definition.expression)
    domain = cast(Identity, averaged.statement).domain.extended({copies.family: sp.FiniteSet(-1, 1)})
    return Inference(statement=Identity(cast(Any, exponent), spelled_out, domain), result=collected)
