"""Each kind of statement with its examiner, and the verdict with its repair."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import sympy

from derivations.engine.claims import claim_hash
from derivations.engine.evidence import Evidence
from derivations.engine.kernel import kernel_digest
from derivations.engine.kinds import (
    ensemble_mean,
    expansion,
    identity,
    inequality,
    limit,
    positive_definite,
    proportional,
    stationarity,
    total_derivative,
)
from derivations.engine.repair import repaired
from derivations.engine.routes.budget import patient
from derivations.engine.verdict import Interim, Verdict
from theory.statements import (
    EnsembleMean,
    EqualUpToTotalDerivative,
    Expansion,
    Identity,
    Inequality,
    LimitStatement,
    PositiveDefinite,
    Proportional,
    Stationarity,
)

ENGINE = f"saddlepoint on SymPy {sympy.__version__}"
KERNEL_DIGITS = 12
REPAIR_PATIENCE = 3.0
"""Seconds for which a repair of a refuted claim may be looked for before the worker is stopped."""
Examiner = Callable[[Any, float, int], tuple[Evidence, ...]]
"""Takes a statement, the time by which it must answer, and the seed of the random points."""


def answered(
    statement: Any,
    timeout: float,
    seed: int,
    repair: bool = True,
    interim: Callable[[Interim], None] = lambda _: None,
) -> Verdict:
    """The verdict, computed in this process without a time limit of its own, with a repair if one is wanted."""
    with patient(timeout):
        return _answered(statement, timeout, seed, repair, interim)


def _answered(statement: Any, timeout: float, seed: int, repair: bool, interim: Callable[[Interim], None]) -> Verdict:
    deadline = time.perf_counter() + timeout
    evidence = examined(statement, deadline, seed)
    verdict = Verdict(evidence=evidence)
    if verdict.status != "refuted" or not repair or time.perf_counter() > deadline:
        return verdict
    interim(Interim(answer=verdict, patience=REPAIR_PATIENCE))
    try:
        found = repaired(statement, lambda claim: examined(claim, deadline, seed), seed)
    except Exception:  # a repair is a courtesy: whatever looking for it provokes, the refutation stands
        found = None
    return Verdict(evidence=evidence, repair=found)


def examined(statement: Any, deadline: float, seed: int) -> tuple[Evidence, ...]:
    """The evidence of all routes, each with what a reader needs to repeat it."""
    started = time.perf_counter()
    for kind, examiner in EXAMINERS:
        if isinstance(statement, kind):
            found = examiner(statement, deadline, seed)
            return tuple(_signed(e, statement, time.perf_counter() - started) for e in found)
    raise TypeError(f"no route examines a {type(statement).__name__}")


def _signed(evidence: Evidence, statement: Any, seconds: float) -> Evidence:
    """The evidence with the claim it is about, its engine and its time, where the route has not said them."""
    return replace(
        evidence,
        claim=evidence.claim or claim_hash(statement),
        engine=evidence.engine or ENGINE,
        seconds=evidence.seconds or seconds,
        kernel=kernel_digest()[:KERNEL_DIGITS],
    )


EXAMINERS: tuple[tuple[type, Examiner], ...] = (
    (Identity, identity.examine),
    (Expansion, expansion.examine),
    (LimitStatement, limit.examine),
    (Stationarity, stationarity.examine),
    (PositiveDefinite, positive_definite.examine),
    (Proportional, proportional.examine),
    (Inequality, inequality.examine),
    (EnsembleMean, ensemble_mean.examine),
    (EqualUpToTotalDerivative, total_derivative.examine),
)
"""A new kind of statement is one more line here and one module among the kinds."""
