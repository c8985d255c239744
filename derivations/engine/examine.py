"""The routes in their order: what is quick first, and what each kind of statement asks of them."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import sympy as sp

from derivations.engine.claims import claim_hash
from derivations.engine.evidence import Evidence
from derivations.engine.repair import repaired
from derivations.engine.routes import definite, enclosed, exact, expansions, limits, stationary
from derivations.engine.routes.sampling import points
from derivations.engine.shrink import smallest
from derivations.engine.verdict import Interim, Verdict
from theory.averages import GaussianMean
from theory.domain import Assignment, Domain
from theory.statements import Expansion, Identity, LimitStatement, PositiveDefinite, Stationarity
from theory.sums import Binder, Sigma

FIRST_POINTS = 2
POINTS = 24
POINTS_BESIDE_PROOF = 8
BALL_SECONDS = 2.0
FAR = 1000
FAR_SUMS = 12
"""Largest sizes beyond the small ones: in formulas, and in sums that are written out."""
REPAIR_PATIENCE = 3.0
"""Seconds for which a repair of a refuted claim may be looked for before the worker is stopped."""


def answered(statement: Any, timeout: float, seed: int, interim: Callable[[Interim], None] = lambda _: None) -> Verdict:
    """The verdict, computed in this process without a time limit of its own."""
    deadline = time.perf_counter() + timeout
    evidence = examined(statement, deadline, seed)
    verdict = Verdict(evidence=evidence)
    if verdict.status != "refuted" or time.perf_counter() > deadline:
        return verdict
    interim(Interim(answer=verdict, patience=REPAIR_PATIENCE))
    try:
        repair = repaired(statement, lambda claim: examined(claim, deadline, seed), seed)
    except Exception:  # a repair is a courtesy: whatever looking for it provokes, the refutation stands
        repair = None
    return Verdict(evidence=evidence, repair=repair)


def examined(statement: Any, deadline: float, seed: int) -> tuple[Evidence, ...]:
    """The evidence of all routes."""
    for kind, examiner in EXAMINERS:
        if isinstance(statement, kind):
            return examiner(statement, deadline, seed)
    raise TypeError(f"no route examines a {type(statement).__name__}")


def pairs_of(statement: Identity) -> list[tuple[Any, Any]]:
    """The equations of an identity: one, or one for each entry of a matrix."""
    if isinstance(statement.left, sp.MatrixBase):
        return list(zip(statement.left, statement.right, strict=True))
    return [(statement.left, statement.right)]


@dataclass(frozen=True, kw_only=True)
class Task:
    """Equations to examine: for the exact route as expressions, for the balls perhaps point by point."""

    pairs: list[tuple[Any, Any]]
    domain: Domain
    claim: str
    source: enclosed.Source | None = None
    notes: tuple[str, ...] = ()
    technique: str = ""


def equations(task: Task, deadline: float, seed: int) -> tuple[Evidence, ...]:
    """Two ball points, the exact route, then the remaining balls."""
    findings = enclosed.Findings()
    source = task.source if task.source is not None else task.pairs
    drawn: Iterator[Assignment] = points(task.domain, random.Random(seed), _far(task))
    limit = min(deadline, time.perf_counter() + BALL_SECONDS)
    try:
        enclosed.examine(findings, source, drawn, FIRST_POINTS, limit)
        if findings.refutation is not None:
            return (_refutation(findings, task, source),)
        proof = exact.prove(task.pairs, task.domain, task.claim, task.technique)
        wanted = POINTS_BESIDE_PROOF if proof.outcome == "proves" else POINTS
        enclosed.examine(findings, source, drawn, wanted, limit)
        if proof.outcome != "proves" and not _integrates(task):
            once_more = points(task.domain, random.Random(seed + 1))
            enclosed.examine(findings, source, once_more, findings.agreeing + 1, limit, 1, enclosed.FINEST)
        if findings.refutation is not None:
            return (proof, _refutation(findings, task, source))
    except ValueError as error:
        return (Evidence(route="enclosed", outcome="undecided", claim=task.claim, reason=str(error)),)
    return (proof, enclosed.evidence_of(findings, task.domain, task.claim, task.notes))


def _integrates(task: Task) -> bool:
    """Whether a ball needs a quadrature, which is slow at the finest precision."""
    return any(side.has(GaussianMean, sp.Integral) for pair in task.pairs for side in pair)


def _far(task: Task) -> int:
    """How far beyond the small sizes the points go: as far as what is written out at them stays small."""
    if task.source is not None:
        return 0
    binders = {type(b) for pair in task.pairs for side in pair for b in side.atoms(Binder)}
    if binders - {Sigma}:
        return 0
    return FAR_SUMS if binders else FAR


def _refutation(findings: enclosed.Findings, task: Task, source: enclosed.Source) -> Evidence:
    """The refutation at the smallest point that was found."""

    def fails(point: Assignment) -> enclosed.Reading | None:
        attempt = enclosed.Findings()
        attempt.take(source, point)
        return attempt.refutation[1] if attempt.refutation else None

    if findings.refutation is not None:
        findings.refutation = smallest(*findings.refutation, fails)
    return enclosed.evidence_of(findings, task.domain, task.claim, task.notes)


def _identity(statement: Identity, deadline: float, seed: int) -> tuple[Evidence, ...]:
    task = Task(pairs=pairs_of(statement), domain=statement.domain, claim=claim_hash(statement))
    return equations(task, deadline, seed)


def _expansion(statement: Expansion, deadline: float, seed: int) -> tuple[Evidence, ...]:
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


def _limit(statement: LimitStatement, deadline: float, seed: int) -> tuple[Evidence, ...]:
    claim = claim_hash(statement)
    resolved = limits.resolve(statement, seed)
    if not resolved.pairs:
        return (Evidence(route="exact", outcome="undecided", claim=claim, reason=resolved.reason),)
    task = Task(
        pairs=list(resolved.pairs), domain=resolved.domain, claim=claim, technique=resolved.technique,
        notes=("the value of the expression at the limit point, against the claimed limit",),
    )  # fmt: skip
    return equations(task, deadline, seed)


def _stationarity(statement: Stationarity, deadline: float, seed: int) -> tuple[Evidence, ...]:
    task = Task(
        pairs=stationary.symbolic_pairs(statement), domain=statement.domain, claim=claim_hash(statement),
        source=stationary.WrittenOut(statement), technique="field derivative",
        notes=(
            *(f"derivative by {v}" for v in statement.variables),
            *(f"1 where {n} = {v} lies in the set of {n}" for n, v in statement.at if isinstance(n, sp.Symbol)),
        ),
    )  # fmt: skip
    return equations(task, deadline, seed)


def _definite(statement: PositiveDefinite, deadline: float, seed: int) -> tuple[Evidence, ...]:
    limit = min(deadline, time.perf_counter() + BALL_SECONDS)
    return (definite.examine(statement, claim_hash(statement), limit, seed),)


EXAMINERS: tuple[tuple[type, Callable[[Any, float, int], tuple[Evidence, ...]]], ...] = (
    (Identity, _identity),
    (Expansion, _expansion),
    (LimitStatement, _limit),
    (Stationarity, _stationarity),
    (PositiveDefinite, _definite),
)
"""A new kind of statement is one more line here and one module among the routes."""
