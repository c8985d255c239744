"""An inequality: points can refute it; an exact certificate or boxes that cover the domain support it."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import random
import time
from dataclasses import replace
from itertools import islice
from typing import Any

import sympy as sp

from derivations.engine.claims import claim_hash
from derivations.engine.evidence import Counterexample, Evidence
from derivations.engine.routes.budget import Budget, share
from derivations.engine.routes.certificates.inequalities import Certifier
from derivations.engine.routes.certificates.tangency import touching_point
from derivations.engine.routes.enclosed import ENGINE, decimal
from derivations.engine.routes.enclosures.balls import UnknownError, ball, precision
from derivations.engine.routes.enclosures.comparisons import Trial, all_sizes, point_at
from derivations.engine.routes.enclosures.covering import Cover, cover
from derivations.engine.routes.enclosures.points import Frame, TooLargeError
from derivations.engine.routes.enclosures.switches import Places, Switch
from derivations.engine.routes.exact import ENGINE as EXACT
from derivations.engine.routes.exact import determined
from derivations.engine.routes.question import Question
from derivations.engine.routes.sampling import is_integer_set, points
from derivations.engine.shown import with_shown
from theory.domain import Domain
from theory.statements import Inequality
from theory.sums import Binder, free_names

SECONDS = 2.0
"""For each of the points, the certificate and the boxes."""
MOST_SIZES = 60
LINES = 2
BITS = 170


def examine(statement: Inequality, deadline: float, seed: int) -> tuple[Evidence, ...]:
    """Points first; then a certificate; then boxes, which must cover the whole domain to say anything."""
    claim, trial = claim_hash(statement), Trial(statement)
    try:
        trial.run(_limit(deadline), seed)
        _try_zeros(statement, trial, Budget.of(SECONDS, deadline), seed)
    except ValueError as error:
        return (Evidence(route="enclosed", outcome="undecided", claim=claim, reason=str(error)),)
    if trial.refutation is not None:
        return (_refuted(trial, claim),)
    exact = _certified(statement, claim, deadline)
    if not trial.agreeing:
        return with_shown(
            Question(
                pairs=[], source=[(statement.left, statement.right)], relation=statement.relation,
                domain=statement.domain, claim=claim, found=(exact, _sampled(trial, claim)), deadline=deadline,
                seed=seed,
            )
        )  # fmt: skip
    if exact.outcome == "proves":
        return (exact, _sampled(trial, claim))
    if statement.strict and (touching := _touching(statement)) is not None:
        return (_refuted(replace(trial, refutation=touching), claim),)
    covered = _covered(statement, trial, claim, deadline)
    return (covered,) if covered.outcome == "refutes" else (exact, covered)


def _try_zeros(statement: Inequality, trial: Trial, budget: Budget, seed: int) -> None:
    """Where the gap vanishes along lines through the domain, and between such places."""
    places = Places((Switch(statement.gap),), statement.domain, budget)
    found = places.points(islice(points(statement.domain, random.Random(seed + 2)), LINES))
    while trial.refutation is None and not trial.reason and not budget.is_spent:
        point = next(found, None)
        if point is None:
            return
        trial.take(point)


def _limit(deadline: float) -> float:
    return min(deadline, time.perf_counter() + share(SECONDS))


def _refuted(trial: Trial, claim: str) -> Evidence:
    return Evidence(
        route="enclosed", outcome="refutes", technique="balls of both sides at a point", engine=ENGINE, claim=claim,
        points=trial.agreeing, counterexample=trial.refutation,
    )  # fmt: skip


def _touching(statement: Inequality) -> Counterexample | None:
    """A point, perhaps irrational, at which the sides of a strict claim are proved equal."""
    point = touching_point(determined(statement.gap, statement.domain), statement.domain)
    if point is None:
        return None
    try:
        with precision(BITS):
            left, right = (ball(s.xreplace(point), Frame(free=point.get)) for s in (statement.left, statement.right))
            ends = decimal(left), decimal(right)
    except (UnknownError, TooLargeError, ValueError, ZeroDivisionError):
        return None
    if not (left.is_finite() and right.is_finite()):
        return None
    return Counterexample(values=tuple(point.items()), left=ends[0], right=ends[1], note="both sides are equal there")


def _certified(statement: Inequality, claim: str, deadline: float) -> Evidence:
    start = time.perf_counter()
    gap = determined(statement.gap, statement.domain)
    budget = Budget.of(SECONDS, deadline)
    how = Certifier(budget=budget).proof(gap, statement.domain, strict=statement.strict)
    return Evidence(
        route="exact", outcome="proves" if how else "undecided", technique=how, engine=EXACT, claim=claim,
        seconds=time.perf_counter() - start, reason="" if how else _without_proof(gap, budget),
    )  # fmt: skip


def _without_proof(gap: Any, budget: Budget) -> str:
    """What was tried in vain."""
    if budget.is_spent:
        return f"no certificate of its sign was found within {share(SECONDS):g} s of work"
    ways = "what is averaged" if gap.has(Binder) else "cases, a least point, Taylor's theorem and limits at the ends"
    return f"no certificate of its sign was found by factors, {ways}"


def _sampled(trial: Trial, claim: str) -> Evidence:
    """The points: beside a proof a second route that agrees, where at least one of them is decided."""
    reason = trial.reason or (f"{trial.undecided} points undecided" if trial.undecided else "")
    if not trial.agreeing:
        reason = reason or "at no point tried are both sides decided real numbers"
        return Evidence(route="enclosed", outcome="undecided", engine=ENGINE, claim=claim, reason=reason)
    return Evidence(
        route="enclosed", outcome="agrees", technique="balls at points", engine=ENGINE, points=trial.agreeing,
        claim=claim, reason=reason,
    )  # fmt: skip


def _covered(statement: Inequality, trial: Trial, claim: str, deadline: float) -> Evidence:
    """Boxes at every size; where there are more than can be tried, the points say nothing."""
    start, boxes = time.perf_counter(), 0
    sizes, every = _sizes(statement)
    limit = _limit(deadline)
    found = Cover()
    for values in sizes:
        found = _at_sizes(statement, trial, values, limit)
        boxes += found.boxes
        if found.failed or found.reason:
            break
    if trial.refutation is not None:
        return _refuted(trial, claim)
    seconds = time.perf_counter() - start
    if not every and not found.reason:
        found.reason = "there are more sizes than were tried"
    if found.reason:
        reason = f"it holds at the {trial.agreeing} points tried, which proves nothing; {found.reason or trial.reason}"
        return Evidence(
            route="enclosed", outcome="undecided", engine=ENGINE, claim=claim, seconds=seconds, reason=reason
        )
    return Evidence(
        route="enclosed", outcome="agrees", technique=f"{boxes} boxes that cover the domain", engine=ENGINE,
        points=boxes, claim=claim, seconds=seconds, complete=True,
    )  # fmt: skip


def _sizes(statement: Inequality) -> tuple[list[dict[Any, Any]], bool]:
    """The integer symbols at small values; none if the domain has families or ranges that depend on another."""
    domain = statement.domain
    names = [n for n in sorted(free_names(statement.gap), key=str) if n in domain.sets]
    if any(isinstance(n, sp.IndexedBase) or domain.sets[n].free_symbols for n in names):
        return [], False
    return all_sizes(domain, [n for n in names if is_integer_set(domain.sets[n])], MOST_SIZES)


def _at_sizes(statement: Inequality, trial: Trial, values: dict[Any, Any], limit: float) -> Cover:
    gap = determined(statement.gap, statement.domain).subs(values)
    if gap.has(sp.nan, sp.zoo, sp.oo):
        return Cover(reason=f"the sides are not finite at {values}")
    rest = {n: s for n, s in statement.domain.sets.items() if n not in values}
    domain = Domain(rest, [c for c in statement.domain.constraints if not free_names(c) & set(values)])

    def fails(box: dict[Any, Any]) -> bool:
        middle = {n: sp.Rational(int(m.p), int(m.q)) for n, (a, b) in box.items() for m in [(a + b) / 2]}
        point = point_at(statement.domain, {**values, **middle})
        if point is not None:
            trial.take(point)
        return trial.refutation is not None

    return cover(gap, domain, strict=statement.strict, deadline=limit, fails=fails)
