"""Propose what would make a refuted claim true. Only what has been verified is said."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import Any

import sympy as sp
from flint import acb

from derivations.engine.evidence import Evidence
from derivations.engine.repairs.candidates import Candidate, candidates, changes_of_the_left
from derivations.engine.repairs.factors import corrections, further_terms
from derivations.engine.repairs.inside import inner_parts
from derivations.engine.repairs.rough_values import RoughlyUnknownError, rough
from derivations.engine.routes.enclosures.balls import UnknownError, ball, precision
from derivations.engine.routes.enclosures.points import Frame, TooLargeError
from derivations.engine.routes.sampling import points
from derivations.engine.routes.stand_ins import instance, undetermined
from derivations.engine.verdict import HOLDING, Repair, status_of
from theory.domain import Assignment
from theory.statements import Identity, Statement

SECONDS = 1.5
SCREENS = 4
BITS = 128
CLOSE_ENOUGH, APART = 1e-8, 1e-6
"""Relative errors with which rough values are trusted, and beyond which they tell sides apart."""
Examiner = Callable[[Any], tuple[Evidence, ...]]
FAILURES = (UnknownError, TooLargeError, ValueError, TypeError, ZeroDivisionError)


def repaired(statement: Any, examine: Examiner, seed: int, seconds: float = SECONDS) -> Repair | None:
    """The first simple change that makes the statement hold, or None within the time."""
    if not isinstance(statement, Statement):
        return None
    deadline = time.perf_counter() + seconds
    if isinstance(statement, Identity) and isinstance(statement.left, sp.MatrixBase):
        return _of_one_entry(statement, examine, seed, seconds) or _first(statement, examine, seed, deadline)
    return _first(statement, examine, seed, deadline)


def _of_one_entry(statement: Any, examine: Examiner, seed: int, seconds: float) -> Repair | None:
    """Of a matrix with one wrong entry, the repair of that entry."""
    entries = list(zip(statement.left.flat(), statement.right.flat(), strict=True))
    wrong = []
    for place, (left, right) in enumerate(entries):
        screen = Screen(Identity(left, right, statement.domain), seed)
        if not screen.passes(screen.statement):
            wrong.append(place)
    if len(wrong) != 1:
        return None
    place = wrong[0]
    found = repaired(Identity(entries[place][0], entries[place][1], statement.domain), examine, seed, seconds / 2)
    if found is None:
        return None
    parts = [found.statement.right if k == place else right for k, (_, right) in enumerate(entries)]
    row, column = divmod(place, statement.left.cols)
    corrected = statement.replaced(right=sp.ImmutableMatrix(*statement.left.shape, parts))
    status = status_of(examine(corrected))
    text = f"{found.text} in entry ({row + 1}, {column + 1})"
    return Repair(text=text, statement=corrected, status=status) if status in HOLDING else None


def _first(statement: Statement, examine: Examiner, seed: int, deadline: float) -> Repair | None:
    screen = Screen(statement, seed)
    of_the_left = changes_of_the_left(statement)
    for text, corrected in chain(screen.guesses(), candidates(statement), screen.late_guesses(), of_the_left):
        if time.perf_counter() > deadline:
            return None
        if corrected == statement or _says_nothing(corrected, statement) or not screen.passes(corrected):
            continue
        status = status_of(examine(corrected))
        if status in HOLDING:
            return Repair(text=text.replace("**", "^"), statement=corrected, status=status)
    return None


def _says_nothing(corrected: Any, statement: Any) -> bool:
    """Whether both sides became one expression with nothing of what was claimed left in it."""
    left, right = getattr(corrected, "left", None), getattr(corrected, "right", None)
    return left is not None and left == right and (left == 0 or not statement.right.args)


class Screen:
    """Values of the left side at a few points, which a right side must have; of scalar identities alone.

    Undetermined functions have the values of one instance.
    """

    def __init__(self, statement: Statement, seed: int) -> None:
        self.statement: Any = statement
        self.seed = seed
        self.points: list[Assignment] = []
        self.known: dict[Any, acb | None] = {}
        self._roughly: dict[Any, complex | None] = {}
        if isinstance(statement, Identity) and not isinstance(statement.left, sp.MatrixBase):
            drawn = list(islice(points(statement.domain, random.Random(seed + 1)), 3 * SCREENS))
            # A symbol that is zero hides what it multiplies.
            self.points = sorted(drawn, key=lambda p: 0 in p.values.values())[:SCREENS]
        self._trusts_rough_values = bool(self.points) and self._rough_values_are_good()

    def guesses(self) -> Iterator[Candidate]:
        """Factors and constants that the values at the points ask for."""
        return self._asked_for(corrections)

    def late_guesses(self) -> Iterator[Candidate]:
        """Further terms that the values at the points ask for; factors and terms inside the right side."""
        yield from self._asked_for(further_terms)
        yield from self._asked_for(_inside)

    def _asked_for(self, guess: Callable[..., Iterator[tuple[str, Any]]]) -> Iterator[Candidate]:
        left = self.values(self.statement.left) if self.points else None
        if left is None:
            return
        try:
            with precision(BITS):
                found = list(guess(left, self.statement.right, self._valued, self.points))
        except FAILURES:
            return
        for text, right in found:
            yield text, self.statement.replaced(right=right)

    def passes(self, corrected: Any) -> bool:
        """Whether the sides of a corrected statement have the same values at the points, as far as these go."""
        if not self.points:
            return True
        if self._trusts_rough_values and any(self._is_far_off(corrected, p) for p in range(len(self.points))):
            return False
        for place in range(len(self.points)):
            left, right = (self._at(side, place) for side in (corrected.left, corrected.right))
            if left is None or right is None or not left.overlaps(right):
                return False
        return True

    def _rough_values_are_good(self) -> bool:
        """Whether they agree with the balls for both sides as they stand."""
        for place in range(len(self.points)):
            for side in (self.statement.left, self.statement.right):
                value, found = self._at(side, place), self._rough(side, place)
                if value is None or found is None or abs(complex(value) - found) > CLOSE_ENOUGH * abs(found):
                    return False
        return True

    def _is_far_off(self, corrected: Any, place: int) -> bool:
        left, right = (self._rough(side, place) for side in (corrected.left, corrected.right))
        return left is not None and right is not None and abs(left - right) > APART * max(abs(left), abs(right))

    def _rough(self, side: Any, place: int) -> complex | None:
        key = (side, place)
        if key not in self._roughly:
            try:
                point = {name: complex(value) for name, value in self.points[place].values.items()}
                self._roughly[key] = rough(self._of_an_instance(side), point)
            except (RoughlyUnknownError, *FAILURES):
                self._roughly[key] = None
        return self._roughly[key]

    def values(self, side: Any) -> list[acb] | None:
        """The values of an expression at all the points, or None where one of them has none."""
        found = [self._at(side, place) for place in range(len(self.points))]
        known = [value for value in found if value is not None]
        return known if len(known) == len(found) else None

    def _valued(self, side: Any) -> list[acb]:
        found = self.values(side)
        if found is None:
            raise UnknownError("no value at a point of the screen")
        return found

    def _at(self, side: Any, place: int) -> acb | None:
        key = (side, place)
        if key not in self.known:
            self.known[key] = self._computed(side, self.points[place])
        return self.known[key]

    def _computed(self, side: Any, point: Assignment) -> acb | None:
        try:
            with precision(BITS):
                value = ball(self._of_an_instance(side), Frame(free=point))
        except FAILURES:
            return None
        return value if value.is_finite() else None

    def _of_an_instance(self, side: Any) -> Any:
        """The expression with the same functions put in, whichever of them it holds."""
        claim = (self.statement.left, self.statement.right)
        if not undetermined([(side, side)]):
            return side
        (_, (found, _)), _ = instance([claim, (side, side)], self.seed)
        return found


def _inside(left: list[acb], right: Any, valued: Any, points: list[Assignment]) -> Iterator[tuple[str, Any]]:
    for wanted, part, rebuilt in inner_parts(left, right, valued):
        for guess in (corrections, further_terms):
            for text, changed in guess(wanted, part, valued, points):
                yield f"{text} in {part}", rebuilt(changed)
