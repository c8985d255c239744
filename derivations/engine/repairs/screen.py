"""Values of the sides of a claim at a few points: what they rule out is not examined, what they ask for is proposed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import sympy as sp
from flint import acb

from derivations.engine.repairs.candidates import Candidate
from derivations.engine.repairs.factors import corrections, further_terms
from derivations.engine.repairs.inside import inner_parts
from derivations.engine.repairs.rough_values import RoughlyUnknownError, rough
from derivations.engine.routes.enclosures.balls import UnknownError, ball, precision
from derivations.engine.routes.enclosures.points import Frame, TooLargeError
from derivations.engine.routes.sampling import points
from derivations.engine.routes.stand_ins import instance, undetermined
from theory.domain import Assignment
from theory.statements import Identity, Statement

SCREENS = 4
BITS = 128
CLOSE_ENOUGH, APART = 1e-8, 1e-6
"""Relative errors with which rough values are trusted, and beyond which they tell sides apart."""
FAILURES = (UnknownError, TooLargeError, ValueError, TypeError, ZeroDivisionError)


class Screen:
    """Values of the left side at a few points, which a right side must have; of scalar identities alone.

    Undetermined functions have the values of one instance.
    """

    def __init__(self, statement: Statement, seed: int) -> None:
        self.statement: Any = statement
        self._seed = seed
        self._points: list[Assignment] = []
        self._known: dict[Any, acb | None] = {}
        self._roughly: dict[Any, complex | None] = {}
        if isinstance(statement, Identity) and not isinstance(statement.left, sp.MatrixBase):
            drawn = list(islice(points(statement.domain, random.Random(seed + 1)), 3 * SCREENS))
            # A symbol that is zero hides what it multiplies.
            self._points = sorted(drawn, key=lambda p: 0 in p.values.values())[:SCREENS]
        self._trusts_rough_values = bool(self._points) and self._rough_values_are_good()

    def guesses(self) -> Iterator[Candidate]:
        """Factors and constants that the values at the points ask for."""
        return self._asked_for(corrections)

    def late_guesses(self) -> Iterator[Candidate]:
        """Further terms that the values at the points ask for; factors and terms inside the right side."""
        yield from self._asked_for(further_terms)
        yield from self._asked_for(_inside)

    def _asked_for(self, guess: Callable[..., Iterator[tuple[str, Any]]]) -> Iterator[Candidate]:
        left = self._values(self.statement.left) if self._points else None
        if left is None:
            return
        try:
            with precision(BITS):
                found = list(guess(left, self.statement.right, self._valued, self._points))
        except FAILURES:
            return
        for text, right in found:
            yield text, self.statement.replaced(right=right)

    def passes(self, corrected: Any) -> bool:
        """Whether the sides of a corrected statement have the same values at the points, as far as these go."""
        if not self._points:
            return True
        if self._trusts_rough_values and any(self._is_far_off(corrected, p) for p in range(len(self._points))):
            return False
        for place in range(len(self._points)):
            left, right = (self._at(side, place) for side in (corrected.left, corrected.right))
            if left is None or right is None or not left.overlaps(right):
                return False
        return True

    def _rough_values_are_good(self) -> bool:
        """Whether they agree with the balls for both sides as they stand."""
        for place in range(len(self._points)):
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
                point = {name: complex(value) for name, value in self._points[place].values.items()}
                self._roughly[key] = rough(self._of_an_instance(side), point)
            except (RoughlyUnknownError, *FAILURES):
                self._roughly[key] = None
        return self._roughly[key]

    def _values(self, side: Any) -> list[acb] | None:
        """The values of an expression at all the points, or None where one of them has none."""
        found = [self._at(side, place) for place in range(len(self._points))]
        known = [value for value in found if value is not None]
        return known if len(known) == len(found) else None

    def _valued(self, side: Any) -> list[acb]:
        found = self._values(side)
        if found is None:
            raise UnknownError("no value at a point of the screen")
        return found

    def _at(self, side: Any, place: int) -> acb | None:
        key = (side, place)
        if key not in self._known:
            self._known[key] = self._computed(side, self._points[place])
        return self._known[key]

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
        (_, (found, _)), _ = instance([claim, (side, side)], self._seed)
        return found


def _inside(left: list[acb], right: Any, valued: Any, points: list[Assignment]) -> Iterator[tuple[str, Any]]:
    for wanted, part, rebuilt in inner_parts(left, right, valued):
        for guess in (corrections, further_terms):
            for text, changed in guess(wanted, part, valued, points):
                yield f"{text} in {part}", rebuilt(changed)
