"""Both sides by two quadratures of different kind, where no ball of a side that integrates could be made.

Nothing here is rigorous: what is found is shown and never counted. The values come from the oracles, at some points of
the domain; they are believed as far as the two quadratures agree with each other.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import mpmath
import sympy as sp
from mpmath import mp

from derivations.engine.evidence import Evidence
from derivations.engine.routes.budget import Budget
from derivations.engine.routes.enclosed import Pairs
from derivations.engine.routes.enclosures.points import TooLargeError, UnknownError, VagueError
from derivations.engine.routes.normal_forms.field import UnsupportedError
from derivations.engine.routes.question import Question
from derivations.engine.routes.sampling import is_single_point
from derivations.evaluation.meanings import MEANINGS
from derivations.evaluation.moderate_points import as_point, moderate_assignments
from derivations.oracles.composite_quadrature import composite_gauss
from derivations.oracles.evaluated import Value, evaluator
from derivations.oracles.summation import (
    NO_VALUE,
    Rule,
    UnansweredError,
    double_exponential,
    integrating_by,
    tolerance,
    within,
)
from theory.averages import GaussianMean
from theory.domain import Assignment

ROUTE = "two quadratures"
ENGINE = f"mpmath {mpmath.__version__}"
RULES = (double_exponential, composite_gauss)
TECHNIQUE = "double exponential and composite Gauss-Legendre quadrature"
INTEGRALS = (GaussianMean, sp.Integral)
SECONDS = 5.0
"""Of work in all."""
POINTS, TRIALS = 3, 8
DIGITS, NESTED_DIGITS = 36, 21
"""Digits in force; the quadratures aim at two thirds of them."""
LEAST = 12
"""Digits to which the two quadratures must agree with each other to be believed."""
NEAR, APART, DISTANCE = 10, 1000, 8
"""Sides are equal within 10 times the error, and different beyond 1000 times the error if not in the first 8 digits."""
NO_SIDES = (ValueError, TooLargeError, UnknownError, VagueError, UnsupportedError)
Both = tuple[Any, Any]
"""A number by each of the two."""
WORST_FIRST = ("doubts", "undecided", "agrees")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What the values say at a point: ``agrees``, ``doubts``, ``undecided``, or ``unknown`` where there are none."""

    outcome: str
    digits: int = 0
    reason: str = ""


def examine(question: Question) -> tuple[Evidence, ...]:
    """What the quadratures say; nothing where balls have answered, or nothing is integrated."""
    if any(e.points or e.outcome == "refutes" for e in question.found):
        return ()
    started, budget = time.perf_counter(), Budget.of(SECONDS, question.deadline)
    readings: list[Reading] = []
    for point in _points(question):
        try:
            pairs = question.at(point)
        except NO_SIDES:
            continue
        if not any(side.has(*INTEGRALS) for pair in pairs for side in pair[:2]):
            return ()
        nested = any(_is_nested(side) for pair in pairs for side in pair[:2])
        with mp.workdps(NESTED_DIGITS if nested else DIGITS), within(budget.left, question.deadline):
            readings.append(_at(pairs, point, question.relation))
        agreeing = sum(r.outcome == "agrees" for r in readings)
        if budget.is_spent or agreeing == POINTS or readings[-1].outcome in ("doubts", "undecided"):
            break
    return (_evidence(readings, question, time.perf_counter() - started),) if readings else ()


def _points(question: Question) -> Iterator[Assignment]:
    """The simplest point, then random ones of moderate size; none where the domain cannot be sampled."""
    rng = random.Random(question.seed)
    with suppress(ValueError):
        yield question.domain.sample(rng, simple=True)
        if not is_single_point(question.domain):
            yield from moderate_assignments(question.domain, rng, TRIALS)


def _at(pairs: Pairs, point: Assignment, relation: str) -> Reading:
    """The worst of what the pairs say at a point."""
    try:
        values = as_point(point)
        readings = [
            compared(_values(left, values), _values(right, values), relation, point) for left, right, *_ in pairs
        ]
    except (*NO_VALUE, RecursionError) as error:
        # Whatever a point provokes, nothing is known there; another point may have values.
        return Reading(outcome="unknown", reason=str(error) or type(error).__name__)
    return min(readings, key=lambda r: (WORST_FIRST.index(r.outcome), r.digits))


def _values(side: Any, point: dict[Any, Any]) -> tuple[Any, Any]:
    """A side by both quadratures."""
    value = evaluator(side, MEANINGS)
    first, second = (_by(rule, value, point) for rule in RULES)
    return first, second


def _by(rule: Rule, value: Value, point: dict[Any, Any]) -> Any:
    with integrating_by(rule):
        found = value(point)
    if not mp.isfinite(found):
        raise UnansweredError("a side is not finite")
    return found


def _is_nested(side: Any) -> bool:
    return any(
        len(getattr(node, "limits", getattr(node, "ranges", ()))) > 1 or node.args[0].has(*INTEGRALS)
        for node in side.atoms(*INTEGRALS)
    )


def compared(left: Both, right: Both, relation: str, point: Assignment) -> Reading:
    """What two sides say, each by both quadratures, at the precision in force.

    Raises
    ------
    UnansweredError
        If an inequality compares numbers that are not real.
    """
    size = max(map(abs, (*left, *right)))
    scale = size if size > tolerance() else mp.mpf(1)
    error = max(abs(left[0] - left[1]), abs(right[0] - right[1]), tolerance() * scale)
    if error > scale * mp.mpf(10) ** -LEAST:
        return Reading(outcome="undecided", reason=f"the two quadratures differ from each other{_text(point)}")
    excess = _excess(left[0], right[0], relation)
    if excess > APART * error and excess > scale * mp.mpf(10) ** -DISTANCE:
        how = "differ" if relation == "=" else "stand in the wrong order"
        told = f"the sides {how} by {mp.nstr(excess, 3)}{_text(point)}: probably wrong, not proved"
        return Reading(outcome="doubts", reason=told)
    if excess <= (NEAR * error if relation == "=" else -NEAR * error):
        worst = max(excess, error)
        return Reading(outcome="agrees", digits=int(mp.floor(-mp.log10(worst / scale))))
    told = "neither clearly equal nor clearly different" if relation == "=" else "too close to tell their order"
    return Reading(outcome="undecided", reason=f"the sides are {told}{_text(point)}")


def _excess(left: Any, right: Any, relation: str) -> Any:
    """By how much a relation is violated; negative where an inequality holds."""
    if relation == "=":
        return abs(left - right)
    if mp.im(left) != 0 or mp.im(right) != 0:
        raise UnansweredError("a side is not real")
    return mp.re(left - right) if relation in ("<", "<=") else mp.re(right - left)


def _text(point: Assignment) -> str:
    values = ", ".join(f"{name} = {value}" for name, value in sorted(point.values.items(), key=lambda i: str(i[0])))
    return f" at {values}" if values else ""


def _evidence(readings: list[Reading], question: Question, seconds: float) -> Evidence:
    known = [r for r in readings if r.outcome != "unknown"]
    last = (known or readings)[-1]
    outcome, digits, reason = last.outcome if known else "undecided", 0, last.reason
    if outcome == "agrees":
        digits = min(r.digits for r in known)
        where = "" if is_single_point(question.domain) else f" at {len(known)} point{'s' * (len(known) > 1)}"
        told = f"agree to {digits} digits" if question.relation == "=" else "stand in the claimed order"
        reason = f"the sides {told}{where}: not rigorous"
    return Evidence(
        route=ROUTE, outcome=outcome, technique=TECHNIQUE if known else "", engine=ENGINE, points=len(known),
        digits=digits, seconds=seconds, claim=question.claim, reason=reason,
    )  # fmt: skip
