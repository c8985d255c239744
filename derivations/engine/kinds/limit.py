"""A limit is an equation between a continuous form at the point and the claimed value."""

from __future__ import annotations

from derivations.engine.claims import claim_hash
from derivations.engine.equations import Task, equations
from derivations.engine.evidence import Evidence
from derivations.engine.routes import limits
from theory.statements import LimitStatement


def examine(statement: LimitStatement, deadline: float, seed: int) -> tuple[Evidence, ...]:
    """The evidence on the form that was found, or why none was found."""
    claim = claim_hash(statement)
    resolved = limits.resolve(statement, seed)
    if not resolved.pairs:
        return (Evidence(route="exact", outcome="undecided", claim=claim, reason=resolved.reason),)
    task = Task(
        pairs=list(resolved.pairs), domain=resolved.domain, claim=claim, technique=resolved.technique,
        notes=("the value of the expression at the limit point, against the claimed limit",),
    )  # fmt: skip
    return equations(task, deadline, seed)
