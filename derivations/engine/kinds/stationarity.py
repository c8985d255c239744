"""Stationarity is one equation for each variable: a derivative of the action at the point, and zero."""

from __future__ import annotations

import sympy as sp

from derivations.engine.claims import claim_hash
from derivations.engine.equations import Task, equations
from derivations.engine.evidence import Evidence
from derivations.engine.routes import stationary
from theory.statements import Stationarity


def examine(statement: Stationarity, deadline: float, seed: int) -> tuple[Evidence, ...]:
    """The evidence on the derivatives, by symbolic sums and by sums written out."""
    task = Task(
        pairs=stationary.symbolic_pairs(statement), domain=statement.domain, claim=claim_hash(statement),
        source=stationary.WrittenOut(statement), technique="field derivative",
        notes=(
            *(f"derivative by {v}" for v in statement.variables),
            *(f"1 where {n} = {v} lies in the set of {n}" for n, v in statement.at if isinstance(n, sp.Symbol)),
        ),
    )  # fmt: skip
    return equations(task, deadline, seed)
