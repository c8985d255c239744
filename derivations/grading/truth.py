"""Whether a claim is true, by an oracle that shares nothing with the engine: 40 digits at random points."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import sympy as sp
from mpmath import mp

from derivations.evaluation.moderate_points import as_point, concrete_functions, moderate_points
from derivations.grading.answer import Answer
from derivations.grading.readings import READINGS, Reading
from derivations.oracles.summation import NO_VALUE, UnansweredError, within
from theory.domain import Domain
from theory.statements import Statement

POINTS = 3
TRIALS = 12
SECONDS = 20.0


def true_by_oracle(statement: Statement, *, seed: int = 0, points: int = POINTS, seconds: float = SECONDS) -> Answer:
    """Whether the claim is true at random points of its domain.

    Parameters
    ----------
    statement
        Any statement the oracle knows; another one is unanswered.
    seed
        Of the points.
    points
        How many of them must agree.
    seconds
        After which the answer is that there is none.
    """
    found = [reading for kind, reading in READINGS.items() if isinstance(statement, kind)]
    if not found:
        return Answer(word="unanswered", reason=f"the oracle does not know a {type(statement).__name__}")
    try:
        with within(seconds):
            return _counted(found[0](statement), statement.domain, seed, points)
    except UnansweredError as error:
        return Answer(word="unanswered", reason=str(error))


def different_at(statement: Statement, values: Mapping[Any, Any], *, seed: int = 0, seconds: float = SECONDS) -> bool:
    """Whether the oracle too finds a claim wrong at a given point, which must lie in its domain."""
    found = [reading for kind, reading in READINGS.items() if isinstance(statement, kind)]
    domain = statement.domain
    given: dict[sp.Basic, Any] = {
        n: v for n, v in values.items() if (n.base if isinstance(n, sp.Indexed) else n) in domain.sets
    }
    if not found or any(n in domain.sets and domain.sets[n].contains(v) == sp.false for n, v in given.items()):
        return False
    try:
        with within(seconds):
            reading = found[0](statement)
            with mp.workdps(reading.digits):
                point = as_point(domain.sample(random.Random(seed), fixed=given))
                return reading.holds({**point, **concrete_functions(reading.functions)}) is False
    except NO_VALUE:
        return False


def _counted(reading: Reading, domain: Domain, seed: int, points: int) -> Answer:
    agreeing, reason = 0, "no point of the domain was found"
    with mp.workdps(reading.digits):
        for point in moderate_points(domain, random.Random(seed), reading.functions, TRIALS * reading.cases):
            try:
                holds = reading.holds(point)
            except NO_VALUE as error:
                # Whatever a point provokes, the oracle has no answer there; another point may have one.
                reason = f"{type(error).__name__}: {error}"
                continue
            if holds is False:
                return Answer(word="different")
            agreeing += holds is True
            if holds is None:
                reason = "the sides are neither clearly equal nor clearly different"
            if agreeing == points * reading.cases or (agreeing and not domain.sets and not reading.functions):
                return Answer(word="equal")
    return Answer(word="unanswered", reason=reason)
