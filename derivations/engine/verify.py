"""``verify``: examine a claim by every route, quick ones first, and say what they found."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from typing import Any

import sympy as sp
from theory.domain import Assignment
from theory.statements import Definition, Identity, Postulate, Statement

from derivations.engine.claims import claim_hash
from derivations.engine.evidence import Evidence
from derivations.engine.routes import enclosed, exact
from derivations.engine.routes.sampling import points
from derivations.engine.verdict import Verdict

FIRST_POINTS = 2
POINTS = 24
BALL_SECONDS = 4.0


def verify(statement: Statement, *, timeout: float = 30.0, seed: int = 0) -> Verdict:
    """Examine a claim.

    Parameters
    ----------
    statement
        An ``Identity`` or another statement of ``theory.statements``.
    timeout
        Seconds after which the answer is ``inconclusive``.
    seed
        Of the random points: the same seed gives the same verdict.

    Raises
    ------
    TypeError
        If ``statement`` is a definition, a postulate or no statement: nothing about it can be true or false.
    """
    if isinstance(statement, Definition | Postulate):
        raise TypeError(f"a {type(statement).__name__} has no verdict: it is not a claim; found {statement!r}")
    if not isinstance(statement, Statement):
        raise TypeError(f"verify takes a statement such as Identity(left, right, domain); found {statement!r}")
    return Verdict(evidence=examined(statement, time.perf_counter() + timeout, seed))


def examined(statement: Any, deadline: float, seed: int) -> tuple[Evidence, ...]:
    """The evidence of all routes."""
    if isinstance(statement, Identity):
        return _identity(statement, deadline, seed)
    raise TypeError(f"no route examines a {type(statement).__name__}")


def pairs_of(statement: Identity) -> list[tuple[Any, Any]]:
    """The equations of an identity: one, or one for each entry of a matrix."""
    if isinstance(statement.left, sp.MatrixBase):
        return list(zip(statement.left, statement.right, strict=True))
    return [(statement.left, statement.right)]


def _identity(statement: Identity, deadline: float, seed: int) -> tuple[Evidence, ...]:
    return equations(pairs_of(statement), statement, deadline, seed)


def equations(pairs: list[tuple[Any, Any]], statement: Any, deadline: float, seed: int) -> tuple[Evidence, ...]:
    """Two ball points, the exact route, then the remaining balls."""
    claim, domain = claim_hash(statement), statement.domain
    findings = enclosed.Findings()
    drawn: Iterator[Assignment] = points(domain, random.Random(seed))
    limit = min(deadline, time.perf_counter() + BALL_SECONDS)
    try:
        enclosed.examine(findings, pairs, drawn, FIRST_POINTS, limit)
        if findings.refutation is not None:
            return (enclosed.evidence_of(findings, domain, claim),)
        proof = exact.prove(pairs, domain, claim)
        enclosed.examine(findings, pairs, drawn, POINTS, limit)
    except ValueError as error:
        return (Evidence(route="enclosed", outcome="undecided", claim=claim, reason=str(error)),)
    return (proof, enclosed.evidence_of(findings, domain, claim))
