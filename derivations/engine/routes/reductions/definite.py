"""Positive definiteness, at sizes and points: leading minors against the truth of the condition.

Points are also taken on both sides of the place where the condition changes, found by bisection between a point
where it holds and one where it does not: a wrong threshold shows there.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from itertools import islice
from typing import Any

import sympy as sp
from flint import acb, acb_mat, arb

from derivations.engine.evidence import Counterexample, Evidence
from derivations.engine.routes.budget import Budget
from derivations.engine.routes.enclosed import ENGINE
from derivations.engine.routes.enclosures.balls import UnknownError, ball, decided, precision
from derivations.engine.routes.enclosures.points import Frame, TooLargeError
from derivations.engine.routes.enclosures.switches import Places, switches
from derivations.engine.routes.sampling import has_sizes, is_integer_set, is_single_point, points, sizes_text
from derivations.engine.shrink import smallest
from theory.domain import Assignment
from theory.statements import PositiveDefinite

BITS = 256
POINTS = 24
BISECTIONS = 30
MAX_ROWS = 24
AT_THE_EDGE = 4
"""Points through which lines are drawn to where the condition changes."""


def examine(statement: PositiveDefinite, claim: str, budget: Budget, seed: int) -> Evidence:
    """Compare the matrix with its condition at points of the domain."""
    start = time.perf_counter()
    tally: dict[bool, int] = {True: 0, False: 0}
    instances: dict[str, None] = {}
    reason, found = "", None
    try:
        for point in _points(statement, seed):
            try:
                found = mismatch(statement, point, tally)
            except (UnknownError, TooLargeError) as error:
                reason = str(error)
                continue
            instances[sizes_text(point)] = None
            if found is not None:
                _, found = smallest(point, found, lambda p: mismatch(statement, p))
            if found is not None or sum(tally.values()) >= POINTS or budget.is_spent:
                break
    except (UnknownError, TooLargeError, ValueError) as error:
        reason = str(error)
    agreed = sum(tally.values())
    if agreed and not (tally[True] and tally[False]) and statement.condition not in (sp.true, sp.false):
        reason = "the condition never changed its truth at the points tried"
    if agreed and not found and statement.condition.has(sp.Le, sp.Ge, sp.Eq, sp.Ne):
        reason = reason or _edge(statement, seed)
    outcome = "refutes" if found else ("agrees" if agreed and not reason else "undecided")
    return Evidence(
        route="enumerated" if has_sizes(statement.domain) else "enclosed", outcome=outcome,
        technique="leading minors on both sides of the condition", engine=ENGINE, points=agreed,
        seconds=time.perf_counter() - start, claim=claim, reason=reason, instances=tuple(s for s in instances if s),
        counterexample=found, complete=is_single_point(statement.domain),
    )  # fmt: skip


def _edge(statement: PositiveDefinite, seed: int) -> str:
    """Where a condition that includes its edge has one that no exact point meets."""
    places = Places(switches([(statement.condition, statement.condition)], statement.domain), statement.domain)
    bases = islice(points(statement.domain, random.Random(seed)), AT_THE_EDGE)
    return places.unexamined if list(places.points(bases)) else ""


def _points(statement: PositiveDefinite, seed: int) -> Iterator[Assignment]:
    """Random points, and after each the points close to where the condition changes at the same sizes."""
    rng = random.Random(seed)
    places = Places(switches([(statement.condition, statement.condition)], statement.domain), statement.domain)
    for count, point in enumerate(points(statement.domain, rng)):
        if count > 3 * POINTS:
            return
        yield point
        if count < AT_THE_EDGE:
            yield from places.points([point])
        other = _other_side(statement, point, rng)
        if other is not None:
            yield from _bisected(statement, point, other)


def _other_side(statement: PositiveDefinite, point: Assignment, rng: random.Random) -> Assignment | None:
    truth = truth_at(statement, point)
    sizes = {n: v for n, v in point.values.items() if _is_integer(statement, n)}
    for _ in range(12):
        other = statement.domain.sample(rng, fixed=sizes)
        if truth is not None and truth_at(statement, other) is (not truth):
            return other
    return None


def _is_integer(statement: PositiveDefinite, name: Any) -> bool:
    return is_integer_set(statement.domain.set_of(name))


def truth_at(statement: PositiveDefinite, point: Assignment) -> bool | None:
    """Whether the condition holds at a point; None where that is not certain."""
    try:
        with precision(BITS):
            return decided(statement.condition, Frame(free=point))
    except (UnknownError, TooLargeError):
        return None


def _bisected(statement: PositiveDefinite, first: Assignment, second: Assignment) -> Iterator[Assignment]:
    truth = truth_at(statement, first)
    for _ in range(BISECTIONS):
        middle = _between(statement, first, second)
        if middle is None:
            break
        there = truth_at(statement, middle)
        if there is None:
            break
        first, second = (middle, second) if there is truth else (first, middle)
    yield first
    yield second


def _between(statement: PositiveDefinite, first: Assignment, second: Assignment) -> Assignment | None:
    shared = {n: (v + second(n)) / 2 if not _is_integer(statement, n) else v for n, v in first.values.items()}
    middle = Assignment(statement.domain, random.Random(0), simple=True, fixed=shared)
    return middle if middle.satisfies_constraints() else None


def mismatch(
    statement: PositiveDefinite, point: Assignment, tally: dict[bool, int] | None = None
) -> Counterexample | None:
    """Where the matrix and its condition certainly disagree; the truth of the condition is counted where they agree."""
    with precision(BITS):
        frame = Frame(free=point)
        truth = decided(statement.condition, frame)
        rows = concrete_matrix(statement, frame)
        definite = _is_definite(statement, point, rows) if not _asymmetric(rows) else None
    if _asymmetric(rows):
        values = tuple(sorted(point.values.items(), key=lambda item: str(item[0])))
        return Counterexample(values=values, left="not symmetric", right="a positive definite matrix is symmetric")
    if truth is None or definite is None:
        return None
    if truth is not definite:
        values = tuple(sorted(point.values.items(), key=lambda item: str(item[0])))
        words = {True: "positive definite", False: "not positive definite"}
        return Counterexample(values=values, left=words[definite], right=f"the condition is {str(truth).lower()}")
    if tally is not None:
        tally[truth] += 1
    return None


def definite_at(statement: PositiveDefinite, point: Assignment) -> bool | None:
    """Whether the matrix is positive definite at a point; None where that is not certain."""
    with precision(BITS):
        return _is_definite(statement, point, concrete_matrix(statement, Frame(free=point)))


def _is_definite(statement: PositiveDefinite, point: Assignment, rows: list[list[acb]]) -> bool | None:
    """By balls, or exactly where the entries are rational: no ball tells a number from zero that is zero."""
    found = is_positive_definite(rows)
    if found is not None or statement.rows is not None:
        return found
    exact = statement.matrix.xreplace({n: v for n, v in point.values.items() if isinstance(n, sp.Symbol)})
    if not all(entry.is_Rational for entry in exact):
        return None
    return all(exact[:n, :n].det(method="berkowitz") > 0 for n in range(1, exact.rows + 1))


def _asymmetric(rows: list[list[acb]]) -> bool:
    """Whether some entry certainly differs from the one across the diagonal, or is certainly not real."""
    size = range(len(rows))
    differs = any(not (rows[i][j] - rows[j][i]).contains(acb(0)) for i in size for j in range(i))
    return differs or any(not entry.imag.contains(0) for row in rows for entry in row)


def concrete_matrix(statement: PositiveDefinite, frame: Frame) -> list[list[acb]]:
    """The matrix at a point, as balls."""
    if statement.rows is None:
        rows, columns = statement.matrix.shape
        return [[ball(statement.matrix[r, c], frame) for c in range(columns)] for r in range(rows)]
    i, j, low, high = (sp.sympify(part, strict=True) for part in statement.rows)
    places = range(frame.integer(low), frame.integer(high) + 1)
    if len(places) > MAX_ROWS:
        raise TooLargeError(f"a matrix of {len(places)} rows")
    return [[ball(statement.matrix, frame.with_value(i, r).with_value(j, c)) for c in places] for r in places]


def is_positive_definite(rows: list[list[acb]]) -> bool | None:
    """By the leading minors: all positive, or one that is certainly not."""
    undecided = False
    for size in range(1, len(rows) + 1):
        minor = acb_mat([row[:size] for row in rows[:size]]).det()
        value: arb = minor.real
        if value < 0 or value == 0:
            return False
        undecided |= not value > 0
    return None if undecided else True
