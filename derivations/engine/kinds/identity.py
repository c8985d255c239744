"""An identity is one equation, or one for each entry of a matrix; undetermined functions are tried as instances."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy as sp

from derivations.engine.claims import claim_hash
from derivations.engine.equations import Task, equations
from derivations.engine.evidence import Evidence
from derivations.engine.kinds import tensor_densities
from derivations.engine.routes import exact
from derivations.engine.routes.stand_ins import instances, undetermined
from theory.statements import Identity


def examine(statement: Identity, deadline: float, seed: int) -> tuple[Evidence, ...]:
    """The evidence of all routes on the two sides."""
    if tensor_densities.is_tensorial(statement.left, statement.right):
        return tensor_densities.examine(statement.left, statement.right, statement.domain, claim_hash(statement), seed)
    task = Task(pairs=pairs_of(statement), domain=statement.domain, claim=claim_hash(statement))
    if not undetermined(task.pairs):
        return equations(task, deadline, seed)
    return for_all_functions(task, deadline, seed)


def pairs_of(statement: Identity) -> list[tuple[Any, Any]]:
    """The equations of an identity: one, or one for each entry of a matrix."""
    if isinstance(statement.left, sp.MatrixBase):
        return list(zip(statement.left.flat(), statement.right.flat(), strict=True))
    return [(statement.left, statement.right)]


def for_all_functions(task: Task, deadline: float, seed: int) -> tuple[Evidence, ...]:
    """The exact route keeps the functions undetermined; balls know them by instances only, which they list."""
    try:
        tried = instances(task.pairs, seed)
    except ValueError as error:
        unknown = Evidence(route="enumerated", outcome="undecided", claim=task.claim, reason=str(error))
        return (exact.prove(task.pairs, task.domain, task.claim), unknown)
    texts = tuple(f"with {text}" for _, text in tried)
    written = [pair for pairs, _ in tried for pair in pairs]
    notes = tuple(text for text in texts for _ in task.pairs)
    found = equations(replace(task, source=lambda _: written, notes=notes), deadline, seed)
    return tuple(_of_instances(e, texts) if e.route == "enclosed" else e for e in found)


def _of_instances(evidence: Evidence, instances: tuple[str, ...]) -> Evidence:
    if evidence.outcome != "agrees":
        return evidence
    return replace(evidence, route="enumerated", instances=(*evidence.instances, *instances), complete=False)
