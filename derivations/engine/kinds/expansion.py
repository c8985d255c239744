"""An expansion is one equation for each Taylor coefficient below its order, and a remainder of that order."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import sympy as sp

from derivations.engine.claims import claim_hash
from derivations.engine.equations import Task, equations
from derivations.engine.evidence import Evidence
from derivations.engine.routes import expansions, limits
from theory.statements import Expansion


def examine(statement: Expansion, deadline: float, seed: int) -> tuple[Evidence, ...]:
    """The evidence on the coefficients, and on the remainder."""
    claim = claim_hash(statement)
    if expansions.has_branches(statement):
        # The point belongs to one branch and its neighborhood to another: coefficients taken there say nothing.
        reason = "the variable enters by a function with branches, such as Abs, Max or Piecewise"
        return (_unsupported(claim, reason), expansions.remainder_evidence(statement, claim, seed))
    pairs = expansions.coefficient_pairs(statement)
    if any(side.has(sp.nan, sp.zoo, sp.oo) for pair in pairs for side in pair):
        return _removable(statement, claim, deadline, seed)
    task = Task(
        pairs=pairs, domain=expansions.without(statement.domain, statement.variable),
        claim=claim, notes=expansions.coefficient_notes(statement), technique="Taylor coefficients by differentiation",
    )  # fmt: skip
    found = equations(task, deadline, seed)
    if any(e.outcome == "refutes" for e in found):
        return found
    remainder = expansions.remainder_evidence(statement, claim, seed)
    if remainder.outcome != "agrees" and not limits.is_smooth(statement, seed):
        # Taylor coefficients say nothing about a function that has no derivative of that order there, such as a root.
        return (_unsupported(claim, "no derivative of the order of the remainder is seen at the point"), remainder)
    return (*found, remainder)


def _unsupported(claim: str, reason: str) -> Evidence:
    return Evidence(route="exact", outcome="undecided", claim=claim, reason=reason)


def _removable(statement: Expansion, claim: str, deadline: float, seed: int) -> tuple[Evidence, ...]:
    """An expansion about a removable singularity: the quotients by successive powers tend to zero."""
    pairs, notes = limits.quotient_pairs(statement, seed)
    if not pairs:
        reason = "no continuous form was found at the point of expansion"
        return (Evidence(route="exact", outcome="undecided", claim=claim, reason=reason),)
    task = Task(
        pairs=pairs, domain=expansions.without(statement.domain, statement.variable), claim=claim, notes=notes,
        technique="quotients by successive powers",
    )  # fmt: skip
    found = equations(task, deadline, seed)
    if any(e.outcome == "refutes" for e in found):
        return found
    if len(pairs) < statement.order:
        found = tuple(e for e in found if e.outcome not in ("proves", "agrees"))
    return (*found, expansions.remainder_evidence(statement, claim, seed))
