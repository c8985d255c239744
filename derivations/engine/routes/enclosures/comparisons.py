"""Points at which an inequality is tried: a ball of the wrong sign refutes it, and nothing else does."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, product
from typing import Any

import sympy as sp
from flint import acb, arb

from derivations.engine.evidence import Counterexample
from derivations.engine.routes import exact
from derivations.engine.routes.budget import work_until
from derivations.engine.routes.enclosed import DIGITS, PRECISIONS, agreeing_digits, decimal
from derivations.engine.routes.enclosures.balls import UnknownError, ball, precision
from derivations.engine.routes.enclosures.points import Frame, TooLargeError
from derivations.engine.routes.normal_forms.field import UnsupportedError
from derivations.engine.routes.sampling import is_integer_set, members, points, sizes_text
from derivations.engine.shrink import CHOICES, candidates, smallest
from theory.domain import Assignment, Domain
from theory.statements import Inequality
from theory.sums import Binder, unroll

POINTS = 24
SIMPLE_POINTS = 40
DESCENTS = 3
STEPS = 12
"""Points from which, and rounds in which, a smaller gap is looked for."""
SEARCH_BITS = 64
PROOF_SECONDS = 0.3
"""For a proof that both sides are equal at one point."""
FAR = (10, 100, 1000, 10_000)
"""Sizes beyond the small ones, where nothing is written out."""


@dataclass
class Trial:
    """What the points have said."""

    statement: Inequality
    agreeing: int = 0
    undecided: int = 0
    reason: str = ""
    sizes: dict[str, None] = field(default_factory=dict)
    refutation: Counterexample | None = None
    gaps: list[tuple[float, Assignment]] = field(default_factory=list)

    def run(self, deadline: float, seed: int) -> None:
        """Simple points, random ones, and where the gap is small."""
        for point in self._all_points(seed):
            self.take(point)
            if self.refutation is not None or self.reason or time.perf_counter() > deadline:
                return
        for _, start in sorted(self.gaps, key=lambda item: item[0])[:DESCENTS]:
            self._descend(start, random.Random(seed), deadline)
            if self.refutation is not None:
                return

    def _all_points(self, seed: int) -> Iterator[Assignment]:
        far = () if self.statement.gap.has(Binder, sp.Sum, sp.Product) else FAR
        yield from islice(simple_points(self.statement.domain, far), SIMPLE_POINTS)
        yield from islice(points(self.statement.domain, random.Random(seed), max(far, default=0)), POINTS)

    def take(self, point: Assignment) -> None:
        """Try one point, and shrink it where the claim fails."""
        try:
            found = outcome(self.statement, point)
        except (UnknownError, ValueError, ZeroDivisionError) as error:
            self.reason = str(error)
            return
        except TooLargeError:
            return
        if isinstance(found, Counterexample):
            self.refutation = smallest(point, found, lambda p: _failure(self.statement, p))[1]
        self.agreeing += found == "holds"
        self.undecided += found == "unknown"
        if found == "holds":
            self.sizes[sizes_text(point)] = None
        gap = _approximate(self.statement.gap, point)
        if gap is not None:
            self.gaps.append((gap, point))

    def _descend(self, point: Assignment, rng: random.Random, deadline: float) -> None:
        """Move one coordinate after another by smaller and smaller steps while the gap shrinks."""
        least, step = _approximate(self.statement.gap, point), sp.Rational(1, 2)
        names = [n for n, v in point.values.items() if v.is_Rational and not is_integer_set(point.domain.set_of(n))]
        for _ in range(STEPS if names else 0):
            moved = False
            for name, sign in product(names, (1, -1)):
                if time.perf_counter() > deadline:
                    return
                there = moved_point(point, name, sign * step * (1 + abs(point.values[name])) * rng.randint(8, 16) / 16)
                gap = None if there is None else _approximate(self.statement.gap, there)
                if there is not None and gap is not None and least is not None and gap < least:
                    point, least, moved = there, gap, True
            if least is not None and least <= 0 and self._fails_at(point):
                return
            step = step if moved else step / 4

    def _fails_at(self, point: Assignment) -> bool:
        found = _failure(self.statement, point)
        if found is not None:
            self.refutation = smallest(point, found, lambda p: _failure(self.statement, p))[1]
        return found is not None


def outcome(statement: Inequality, point: Assignment) -> Counterexample | str:
    """A counterexample, ``holds``, ``unknown``, or ``undefined`` where a side is no real number.

    Raises
    ------
    UnknownError, TooLargeError
        From the ball table.
    """
    for bits in PRECISIONS:
        with precision(bits):
            frame = Frame(free=point)
            left, right = ball(statement.left, frame), ball(statement.right, frame)
            if not (left.is_finite() and right.is_finite()) or not _maybe_real(left, right):
                return "undefined"
            gap = right.real - left.real if statement.relation in ("<=", "<") else left.real - right.real
            exact = frame.exact(statement.gap)
            gap = gap if exact is None else arb(exact)
            if gap < 0 or (statement.strict and gap == 0):
                return _counterexample(point, left, right, f"left {statement.relation} right fails")
            if gap > 0 or (gap == 0 and not statement.strict):
                return "holds"
            if agreeing_digits(acb(left.real), acb(right.real)) >= DIGITS:
                return _touching(statement, point, left, right) if statement.strict else "equal"
    return "unknown"


def _touching(statement: Inequality, point: Assignment, left: acb, right: acb) -> Counterexample | str:
    """A strict claim fails where both sides are proved to be equal."""
    try:
        gap = unroll(statement.gap, point)
        if not gap.free_symbols and exact.equal(gap, sp.S.Zero, Domain({}), work_until(PROOF_SECONDS)):
            return _counterexample(point, left, right, "both sides are equal there")
    except (UnsupportedError, ValueError):
        pass
    return "unknown"


def _counterexample(point: Assignment, left: acb, right: acb, note: str) -> Counterexample:
    values = tuple(sorted(point.values.items(), key=lambda item: str(item[0])))
    return Counterexample(values=values, left=decimal(left), right=decimal(right), note=note)


def _maybe_real(*values: acb) -> bool:
    return all(v.imag.contains(0) for v in values)


def _failure(statement: Inequality, point: Assignment) -> Counterexample | None:
    try:
        found = outcome(statement, point)
    except (UnknownError, TooLargeError, ValueError, ZeroDivisionError):
        return None
    return found if isinstance(found, Counterexample) else None


def _approximate(gap: Any, point: Assignment) -> float | None:
    """The gap as a float, to compare points by: it decides nothing."""
    try:
        with precision(SEARCH_BITS):
            value = ball(gap, Frame(free=point))
    except (UnknownError, TooLargeError, ValueError, ZeroDivisionError):
        return None
    return float(value.real) if value.is_finite() else None


def moved_point(point: Assignment, name: Any, by: Any) -> Assignment | None:
    """The point with one value changed, if that belongs to the domain."""
    value = sp.Rational(round((point.values[name] + by) * 2**20), 2**20)
    if point.domain.determines(name):
        return None
    rest = {n: v for n, v in point.values.items() if not point.domain.determines(n)}
    return point_at(point.domain, {**rest, name: value})


def point_at(domain: Domain, values: dict[Any, Any]) -> Assignment | None:
    """The point with given values, if it belongs to the domain."""
    try:
        if any(domain.set_of(n).contains(v) == sp.false for n, v in values.items()):
            return None
        found = Assignment(domain, random.Random(0), simple=True, fixed=values)
        return found if found.satisfies_constraints() else None
    except ValueError:
        return None


def simple_points(domain: Domain, far: tuple[int, ...] = ()) -> Iterator[Assignment]:
    """Points of simple values, closed ends among them: equality often holds there. Sizes go far beyond them too."""
    try:
        first = domain.sample(random.Random(0), simple=True)
    except ValueError:
        return
    names = [n for n in sorted(first.values, key=str) if isinstance(n, sp.Symbol)]
    choices = [[*_ends(domain.set_of(n), far), *candidates(first, n)[:CHOICES]] for n in names]
    for values in islice(product(*choices), 4 * SIMPLE_POINTS):
        point = point_at(domain, dict(zip(names, values, strict=True)))
        if point is not None:
            yield point


def _ends(chosen: Any, far: tuple[int, ...]) -> list[Any]:
    """The closed ends of an interval; sizes far up in a set of integers without end."""
    if isinstance(chosen, sp.Interval):
        return [e for e in (chosen.start, chosen.end) if e.is_Rational and chosen.contains(e) == sp.true]
    endless = is_integer_set(chosen) and not chosen.free_symbols and chosen.sup == sp.oo
    return [sp.Integer(n) for n in far if chosen.contains(n) == sp.true] if endless else []


def all_sizes(domain: Domain, names: list[Any], most: int) -> tuple[list[dict[Any, Any]], bool]:
    """Every choice of values of integer symbols, or some small ones where there are too many; and whether it is all."""
    sets = [domain.sets[n] for n in names]
    finite = all(isinstance(s, sp.FiniteSet) or (s.inf.is_finite and s.sup.is_finite) for s in sets)
    every = finite and sp.prod([len(s) for s in sets]) <= most
    choices = [list(s) if every else members(s) for s in sets]
    return [dict(zip(names, v, strict=True)) for v in islice(product(*choices), most)], every
