"""An expansion is one equation for each Taylor coefficient below its order, and a remainder of that order."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derivations.engine.claims import claim_hash
from derivations.engine.equations import Task, equations
from derivations.engine.evidence import Evidence
from derivations.engine.kinds.identity import for_all_functions
from derivations.engine.routes.asymptotics import expansions, partials, series_limit, series_order, substitution
from derivations.engine.routes.asymptotics.closed_sums import closed
from derivations.engine.routes.asymptotics.smooth import SMOOTH
from derivations.engine.routes.asymptotics.untied import examined_untied
from derivations.engine.routes.enclosures.switches import factors
from derivations.engine.routes.stand_ins import instance, undetermined
from derivations.engine.verdict import HOLDING, STATUSES, status_of
from theory.sides import from_above
from theory.statements import Expansion
from theory.sums import Binder

Examiner = Callable[[Expansion, str, float, int], tuple[Evidence, ...]]
DECIDED = HOLDING | {"refuted"}


def examine(statement: Expansion, deadline: float, seed: int) -> tuple[Evidence, ...]:
    """The evidence on the coefficients, and on the remainder."""
    several = isinstance(statement.variable, tuple)
    variables = set(statement.variable) if several else {statement.variable}
    return examined_untied(statement, variables, statement.about, _examined, deadline, seed)


def _examined(statement: Expansion, deadline: float, seed: int) -> tuple[Evidence, ...]:
    claim = claim_hash(statement)
    if isinstance(statement.variable, tuple):
        return _several(statement, claim, deadline, seed)
    if not isinstance(statement.order, int) or statement.about.is_infinite or expansions.has_branches(statement):
        # With branches the point belongs to one and its neighborhood to another: derivatives there say nothing.
        return _by_series(statement, claim, deadline, seed)
    if not statement.left.has(*SMOOTH, AppliedUndef, Binder):
        found = _by_series(statement, claim, deadline, seed)
        if status_of(found) in DECIDED:
            return found
    pairs = expansions.coefficient_pairs(statement)
    if not all(expansions.is_finite(side) for pair in pairs for side in pair):
        found = _on_all_sides(statement, claim, _removable, deadline, seed)
        if any(e.outcome in ("proves", "refutes") for e in found):
            return found
        return _by_series(statement, claim, deadline, seed)
    task = Task(
        pairs=pairs, domain=expansions.parameters(statement.domain, statement.variable),
        claim=claim, notes=expansions.coefficient_notes(statement), technique="Taylor coefficients by differentiation",
    )  # fmt: skip
    if undetermined([(statement.left, statement.right)]):
        return _of_any_function(statement, task, deadline, seed)
    found = equations(task, deadline, seed)
    if any(e.outcome == "refutes" for e in found):
        return found
    remainder = expansions.remainder_evidence(statement, claim, seed)
    if remainder.outcome != "agrees" and not substitution.is_smooth(statement, seed):
        # Taylor coefficients say nothing about a function that has no derivative of that order there, such as a root.
        return _by_series(statement, claim, deadline, seed)
    return (*found, remainder)


def _of_any_function(statement: Expansion, task: Task, deadline: float, seed: int) -> tuple[Evidence, ...]:
    """Undetermined functions are smooth; whether the rest is, is seen with an instance in their place."""
    try:
        ((left, right),), _ = instance([(statement.left, statement.right)], seed)
    except ValueError as error:
        return (_unsupported(task.claim, str(error)),)
    if not substitution.is_smooth(statement.replaced(left=left, right=right), seed):
        return (_unsupported(task.claim, "no derivative of the order of the remainder is seen at the point"),)
    return for_all_functions(task, deadline, seed)


def _by_series(statement: Expansion, claim: str, deadline: float, seed: int) -> tuple[Evidence, ...]:
    return _on_all_sides(statement, claim, _series_from_above, deadline, seed)


def _on_all_sides(
    statement: Expansion, claim: str, examiner: Examiner, deadline: float, seed: int
) -> tuple[Evidence, ...]:
    """The weakest of what is found as the variable comes from each side: a series knows its point from one side."""
    if statement.about.is_infinite:
        return examiner(statement, claim, deadline, seed)
    try:
        sides = from_above(statement)
    except (ValueError, TypeError) as error:
        return (_unsupported(claim, str(error)),)
    found = (_said_of(side, statement, examiner(side, claim, deadline, seed)) for side in sides)
    return min(found, key=lambda evidence: STATUSES.index(status_of(evidence)))


def _said_of(side: Expansion, statement: Expansion, evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """A counterexample from below says what its variable stands for."""
    if side is statement:
        return evidence
    stands_for = f"from below: {side.variable} stands for {2 * statement.about - statement.variable}"
    return tuple(
        replace(
            e,
            counterexample=replace(e.counterexample, note="; ".join(filter(None, (e.counterexample.note, stands_for)))),
        )
        if e.counterexample is not None
        else e
        for e in evidence
    )


def _series_from_above(statement: Expansion, claim: str, deadline: float, seed: int) -> tuple[Evidence, ...]:
    """Coefficients of series of scales, for roots, logarithms, branches and points at infinity."""
    domain = statement.domain.without(statement.variable)
    if domain is None:
        return (_unsupported(claim, "something else depends on the variable of the expansion"),)
    sides = {n: closed(getattr(statement, n), statement.variable, statement.domain) for n in ("left", "right")}
    statement = statement.replaced(**sides)
    task = Task(
        pairs=[], domain=domain, claim=claim, source=series_order.AtPoints(statement), forms=_forms(statement),
        proof=lambda: series_order.proof(statement, domain, claim),
        first=tuple(
            series_limit.special_points(
                domain, seed, (statement.left, statement.right), lambda s: series_order.at_signs(statement, s)
            )
        ),
    )  # fmt: skip
    return equations(task, deadline, seed)


def _forms(statement: Expansion) -> list[tuple[Any, ...]]:
    """What may vanish at some parameters: factors of both sides, and what a power lacks of the order."""
    difference = statement.left - statement.right
    lacking = {p.exp - statement.order for p in difference.atoms(sp.Pow) if p.base.has(statement.variable)}
    vanishing = [*factors(difference), *(e for e in lacking if e.free_symbols)]
    return [(statement.left, statement.right), *((sp.sign(f), f) for f in vanishing)]


def _several(statement: Expansion, claim: str, deadline: float, seed: int) -> tuple[Evidence, ...]:
    """An expansion in several variables, by their total degree."""
    domain = partials.without(statement)
    if domain is None:
        return (_unsupported(claim, "something else depends on the variables of the expansion"),)
    if not partials.is_smooth(statement, domain, seed):
        return (_unsupported(claim, "the derivatives are not seen to be finite on a whole neighborhood"),)
    pairs = partials.coefficient_pairs(statement)
    task = Task(
        pairs=[pair[:2] for pair in pairs], domain=domain, claim=claim, notes=tuple(pair[2] for pair in pairs),
        technique="partial derivatives at the point",
    )  # fmt: skip
    return equations(task, deadline, seed)


def _unsupported(claim: str, reason: str) -> Evidence:
    return Evidence(route="exact", outcome="undecided", claim=claim, reason=reason)


def _removable(statement: Expansion, claim: str, deadline: float, seed: int) -> tuple[Evidence, ...]:
    """An expansion about a removable singularity: the quotients by successive powers tend to zero."""
    pairs, notes = substitution.quotient_pairs(statement, seed)
    if not pairs:
        reason = "no continuous form was found at the point of expansion"
        return (Evidence(route="exact", outcome="undecided", claim=claim, reason=reason),)
    task = Task(
        pairs=pairs, domain=expansions.parameters(statement.domain, statement.variable), claim=claim, notes=notes,
        technique="quotients by successive powers",
    )  # fmt: skip
    found = equations(task, deadline, seed)
    if any(e.outcome == "refutes" for e in found):
        return found
    if len(pairs) < statement.order:
        found = tuple(e for e in found if e.outcome not in ("proves", "agrees"))
    return (*found, expansions.remainder_evidence(statement, claim, seed))
