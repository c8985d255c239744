"""Positive definiteness is compared with its condition at points on both sides of it, and by its leading minors.

Points of a continuum refute and support a proof; alone they decide nothing.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any

import sympy as sp

from derivations.engine.claims import claim_hash
from derivations.engine.equations import BALL_SECONDS
from derivations.engine.evidence import Evidence
from derivations.engine.kinds import inequality
from derivations.engine.routes import exact
from derivations.engine.routes.budget import Budget
from derivations.engine.routes.certificates.definiteness import equivalence
from derivations.engine.routes.certificates.inequalities import is_positive_number
from derivations.engine.routes.certificates.tridiagonal import tridiagonal
from derivations.engine.routes.reductions import definite
from derivations.engine.routes.reductions.minors import looked_at_minors
from theory.domain import Domain
from theory.statements import Inequality, PositiveDefinite
from theory.sums import free_names

MOST_ROWS = 6
"""Of a matrix whose minors are written out."""


def examine(statement: PositiveDefinite, deadline: float, seed: int) -> tuple[Evidence, ...]:
    """The evidence of leading minors: of their balls at points, then of their signs everywhere."""
    claim = claim_hash(statement)
    found = definite.examine(statement, claim, Budget.of(BALL_SECONDS, deadline), seed)
    if found.outcome == "refutes":
        return (found,)
    proof = _proof(statement, claim)
    if proof.outcome == "proves":
        return (proof, found)
    found = looked_at_minors(statement, found, Budget.of(BALL_SECONDS, deadline), seed)
    if found.outcome != "agrees" or found.route != "enclosed" or found.complete:
        return (proof, found)
    return _everywhere(statement, proof, found, deadline, seed)


def _everywhere(
    statement: PositiveDefinite, proof: Evidence, found: Evidence, deadline: float, seed: int
) -> tuple[Evidence, Evidence]:
    """Points of a continuum support nothing by themselves: every minor is an inequality over the whole domain."""
    reason = f"it holds at the {found.points} points tried, which proves nothing"
    undecided = replace(found, outcome="undecided", points=0, reason=reason)
    decided = _by_minors(statement) if statement.rows is None and statement.condition == sp.true else ""
    if isinstance(decided, str):
        return (proof, undecided)
    boxes, ways = 0, []
    for minor in decided.positive:
        if not free_names(minor) and is_positive_number(minor):
            continue
        parts = inequality.examine(Inequality(minor, 0, decided.domain, relation=">"), deadline, seed)
        covering = [e for e in parts if e.outcome == "agrees" and e.complete]
        if any(e.outcome == "refutes" for e in parts):
            return (proof, undecided)
        ways += [e.technique for e in parts if e.outcome == "proves"] or [""]
        if not ways[-1] and not covering:
            return (proof, undecided)
        boxes += sum(e.points for e in covering)
    if all(ways):
        technique = ", ".join(dict.fromkeys(("leading minors", *ways)))
        return (replace(proof, outcome="proves", technique=technique, reason=""), found)
    return (
        proof,
        replace(found, technique="boxes that cover the domain, for the leading minors", points=boxes, complete=True),
    )


@dataclass(frozen=True, kw_only=True)
class Deciding:
    """What must be positive so that the matrix is, and the condition in the same letters."""

    positive: list[Any]
    condition: Any
    domain: Domain
    technique: str


def _proof(statement: PositiveDefinite, claim: str) -> Evidence:
    start = time.perf_counter()
    found = _by_minors(statement) if statement.rows is None else _by_eigenvalue(statement)
    how = "" if isinstance(found, str) else equivalence(found.positive, found.condition, found.domain)
    reason = found if isinstance(found, str) else f"the signs of the {found.technique} do not decide the condition"
    return Evidence(
        route="exact", outcome="proves" if how else "undecided", engine=exact.ENGINE, claim=claim,
        technique=f"{found.technique}, {how}" if how and not isinstance(found, str) else "",
        seconds=time.perf_counter() - start, reason="" if how else reason,
    )  # fmt: skip


def _by_minors(statement: PositiveDefinite) -> Deciding | str:
    """The leading minors of a matrix that is written out, or why not."""
    size = statement.matrix.rows
    if size > MOST_ROWS:
        return f"the minors of more than {MOST_ROWS} rows are not written out"
    minors = [statement.matrix[:n, :n].det(method="berkowitz") for n in range(1, size + 1)]
    return Deciding(positive=minors, condition=statement.condition, domain=statement.domain, technique="leading minors")


def _by_eigenvalue(statement: PositiveDefinite) -> Deciding | str:
    """The least eigenvalue of a matrix of symbolic size, or why not."""
    rows: Any = statement.rows
    matrix = tridiagonal(statement.matrix, rows, statement.domain)
    if matrix is None:
        return "the matrix of symbolic size is not proved to be a tridiagonal one of equal entries"
    letter = sp.Dummy("cosine", real=True)
    return Deciding(
        positive=[matrix.least_eigenvalue(letter)], condition=statement.condition.xreplace({matrix.cosine: letter}),
        domain=statement.domain.extended({letter: sp.Interval.Ropen(0, 1)}), technique="least eigenvalue",
    )  # fmt: skip
