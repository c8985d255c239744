"""Stationarity is one equation for each variable: a derivative of the action at the point, and zero."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from itertools import islice

import sympy as sp

from derivations.engine.claims import claim_hash
from derivations.engine.equations import Task, equations
from derivations.engine.evidence import Evidence
from derivations.engine.kinds.identity import for_all_functions
from derivations.engine.routes.normal_forms.field import UnsupportedError
from derivations.engine.routes.reductions import stationary
from derivations.engine.routes.reductions.functionals import functional_pairs
from derivations.engine.routes.reductions.multipliers import Constrained
from derivations.engine.routes.sampling import points
from derivations.engine.routes.stand_ins import undetermined
from theory.statements import Stationarity

CHECKS = 6
"""Points at which the gradients of the constraints must be independent."""


def examine(statement: Stationarity, deadline: float, seed: int) -> tuple[Evidence, ...]:
    """The evidence on the derivatives, by symbolic sums and by sums written out."""
    try:
        if statement.is_functional:
            return _functional(statement, deadline, seed)
        if statement.constraints:
            return _constrained(statement, deadline, seed)
        pairs = stationary.symbolic_pairs(statement)
    except (UnsupportedError, ValueError) as error:
        return (_undecided(statement, str(error)),)
    task = Task(
        pairs=pairs, domain=statement.domain, claim=claim_hash(statement),
        source=stationary.WrittenOut(statement), technique="field derivative", proof=_unproved(statement),
        notes=(*(f"derivative by {v}" for v in statement.variables), *_memberships(statement)),
    )  # fmt: skip
    return equations(task, deadline, seed)


def _undecided(statement: Stationarity, reason: str) -> Evidence:
    return Evidence(route="exact", outcome="undecided", claim=claim_hash(statement), reason=reason)


def _memberships(statement: Stationarity) -> tuple[str, ...]:
    return tuple(f"1 where {n} = {v} lies in the set of {n}" for n, v in statement.at if isinstance(n, sp.Symbol))


def _unproved(statement: Stationarity) -> Callable[[], Evidence] | None:
    """What stands in the place of a proof where the point is not proved to lie in the domain: points look for it."""
    for name, value in statement.at:
        if isinstance(name, sp.Symbol) and not stationary.lies_inside(name, statement):
            reason = f"it is not proved that {name} = {value} always lies in the domain"
            return lambda: _undecided(statement, reason)
    return None


def _functional(statement: Stationarity, deadline: float, seed: int) -> tuple[Evidence, ...]:
    pairs, domain = functional_pairs(statement)
    task = Task(
        pairs=pairs, domain=domain, claim=claim_hash(statement), technique="functional derivative",
        notes=tuple(f"functional derivative by {v}" for v in statement.variables),
    )  # fmt: skip
    found = (for_all_functions if undetermined(pairs) else equations)(task, deadline, seed)
    ends = "for variations of the fields that vanish at the ends"
    return tuple(replace(e, reason=ends) if e.outcome == "proves" else e for e in found)


def _constrained(statement: Stationarity, deadline: float, seed: int) -> tuple[Evidence, ...]:
    parts = Constrained(statement)
    task = Task(
        pairs=parts.pairs(), domain=parts.domain, claim=claim_hash(statement), source=parts,
        technique="multipliers eliminated", proof=_unproved(statement),
        notes=(*parts.notes(), *_memberships(statement)),
    )  # fmt: skip
    found = equations(task, deadline, seed)
    if any(e.outcome == "refutes" for e in found):
        return found
    drawn = islice(points(parts.domain, random.Random(seed + 1)), CHECKS)
    if all(parts.is_regular(point) for point in drawn):
        return found
    reason = (
        "the gradients of the constraints are not certainly independent at the point, so multipliers need not exist"
    )
    return (_undecided(statement, reason),)
