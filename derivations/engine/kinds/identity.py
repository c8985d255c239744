"""An identity is one equation, or one for each entry of a matrix."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.claims import claim_hash
from derivations.engine.equations import Task, equations
from derivations.engine.evidence import Evidence
from theory.statements import Identity


def examine(statement: Identity, deadline: float, seed: int) -> tuple[Evidence, ...]:
    """The evidence of all routes on the two sides."""
    task = Task(pairs=pairs_of(statement), domain=statement.domain, claim=claim_hash(statement))
    return equations(task, deadline, seed)


def pairs_of(statement: Identity) -> list[tuple[Any, Any]]:
    """The equations of an identity: one, or one for each entry of a matrix."""
    if isinstance(statement.left, sp.MatrixBase):
        return list(zip(statement.left.flat(), statement.right.flat(), strict=True))
    return [(statement.left, statement.right)]
