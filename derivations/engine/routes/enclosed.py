"""The enclosed route: both sides as Arb balls at exact points. A ball of the difference that excludes zero refutes."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import flint
import sympy as sp
from flint import acb, arb, fmpq

from derivations.engine.evidence import Counterexample, Evidence
from derivations.engine.routes.budget import Budget
from derivations.engine.routes.enclosures.balls import UnknownError, ball, precision
from derivations.engine.routes.enclosures.points import MAX_EVALUATIONS, Frame, OutsideError, TooLargeError, VagueError
from derivations.engine.routes.enclosures.points import Budget as Terms
from derivations.engine.routes.sampling import has_sizes, is_single_point, sizes_text
from theory.domain import Assignment, Domain

ENGINE = f"Arb, python-flint {flint.__version__}"
PRECISIONS = (170, 340, 680)
FINEST = (1360,)
"""For one last point of what is not proved: a difference of 10^-300 shows there."""
PATIENCE = 2
"""Points that are tried, past the time limit, while none has agreed yet."""
DIGITS = 30
"""An agreeing ball is smaller than 10^-30 of the larger side."""
MOST_DIGITS = 1000
"""What is said of agreement beyond that."""
INFINITIES = (sp.oo, -sp.oo)
Pairs = list[tuple[Any, ...]]
"""Both sides of each equation, and perhaps a note on what they are."""
Source = Pairs | Callable[[Assignment], Pairs]
"""The equations, or what gives them at a point."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Both sides of an equation at one point."""

    outcome: str
    """agrees, refutes, vague (a ball that is too large) or undefined (no finite ball)."""
    digits: int = 0
    left: str = ""
    right: str = ""
    place: int = 0
    note: str = ""


def read(
    left: Any, right: Any, point: Assignment, precisions: tuple[int, ...] = PRECISIONS, effort: int = MAX_EVALUATIONS
) -> Reading:
    """Compare two expressions at a point, with more precision as long as it is needed.

    ``effort`` is the number of values of integrands that may be taken at each precision.

    Raises
    ------
    UnknownError, TooLargeError
        From the ball table.
    """
    if left in INFINITIES or right in INFINITIES:
        return _infinite(left, right, point)
    found = Reading(outcome="undefined")
    for bits in precisions:
        with precision(bits):
            frame = Frame(free=point, budget=Terms(evaluations=effort))
            first, second = _inside(left, frame), _inside(right, frame)
            if isinstance(first, str) or isinstance(second, str):
                return _meaningless(first, second)
            found = compared(first, second)
            if found.outcome in ("agrees", "refutes"):
                exact = [_exact_text(side, frame) for side in (left, right)]
                return Reading(
                    outcome=found.outcome, digits=found.digits,
                    left=exact[0] or found.left, right=exact[1] or found.right, note=found.note,
                )  # fmt: skip
    return found


def _infinite(left: Any, right: Any, point: Assignment) -> Reading:
    """An infinite side equals the same infinity, and no finite number."""
    shown = []
    for side in (left, right):
        value = side if side in INFINITIES else _inside(side, Frame(free=point))
        if isinstance(value, str) or (isinstance(value, acb) and not value.is_finite()):
            return Reading(outcome="undefined")
        shown.append(decimal(value) if isinstance(value, acb) else str(value))
    same = left == right
    return Reading(outcome="agrees" if same else "refutes", digits=MOST_DIGITS * same, left=shown[0], right=shown[1])


def _inside(side: Any, frame: Frame) -> acb | str:
    """The ball of a side, or why the side means nothing at this point."""
    try:
        return ball(side, frame)
    except OutsideError as error:
        return f"undefined, since {error}"


def _meaningless(first: acb | str, second: acb | str) -> Reading:
    """A claim fails where one side has a value and the other speaks of what does not exist."""
    sides = [side if isinstance(side, str) else decimal(side) for side in (first, second)]
    finite = [isinstance(side, acb) and side.is_finite() for side in (first, second)]
    return Reading(outcome="refutes" if any(finite) else "undefined", left=sides[0], right=sides[1])


def compared(first: acb, second: acb) -> Reading:
    """What two balls say about the equality of the numbers in them."""
    difference = first - second
    if not difference.is_finite():
        return Reading(outcome="undefined")
    left, right = decimal(first), decimal(second)
    if not difference.contains(acb(0)):
        note = f"left - right = {abs(difference).str(3, radius=False)} in modulus" if left == right else ""
        return Reading(outcome="refutes", left=left, right=right, note=note)
    digits = agreeing_digits(first, second)
    return Reading(outcome="agrees" if digits >= DIGITS else "vague", digits=digits, left=left, right=right)


def agreeing_digits(first: acb, second: acb) -> int:
    """Decimal digits of agreement: the radius of the difference against the larger side, or against 1 for zeros."""
    difference = first - second
    radius = arb(abs(difference).upper())
    scale = arb(max(arb(abs(first).lower()), arb(abs(second).lower()), key=float))
    if radius == 0:
        return MOST_DIGITS
    if not scale > 0 or scale < radius:
        scale = arb(1)
    digits = (scale / radius).log() / arb(10).log()
    if digits > MOST_DIGITS:
        return MOST_DIGITS
    return int(float(digits)) if digits > 0 else 0


def decimal(value: acb) -> str:
    """Fifteen digits of a ball; the imaginary part only where it is not zero."""
    real = "0" if value.real.contains(0) else value.real.str(15, radius=False)
    if value.imag.contains(0):
        return real
    return f"{real} + {value.imag.str(15, radius=False)}*I"


def _exact_text(side: Any, frame: Frame) -> str:
    try:
        value = frame.exact(side)
    except (UnknownError, TooLargeError):
        return ""
    if value is None or len(str(value)) > 40:
        return ""
    return str(value) if isinstance(value, fmpq) else ""


@dataclass
class Findings:
    """What the points have said so far."""

    agreeing: int = 0
    digits: int = 1000
    undefined: int = 0
    vague: int = 0
    too_large: int = 0
    seconds: float = 0.0
    sizes: dict[str, None] = field(default_factory=dict)
    refutation: tuple[Assignment, Reading] | None = None
    unknown: str = ""

    def take(
        self,
        source: Source,
        point: Assignment,
        precisions: tuple[int, ...] = PRECISIONS,
        effort: int = MAX_EVALUATIONS,
    ) -> None:
        """Examine every equation at one point."""
        start = time.perf_counter()
        try:
            pairs = source(point) if callable(source) else source
            readings = [
                self._kept(read(pair[0], pair[1], point, precisions, effort), pair, point, place)
                for place, pair in enumerate(pairs)
            ]
            self._count(readings, point)
        except TooLargeError:
            self.too_large += 1
        except VagueError:
            self.vague += 1
        except (UnknownError, ValueError) as error:
            self.unknown = str(error)
        self.seconds += time.perf_counter() - start

    def _kept(self, reading: Reading, pair: tuple[Any, ...], point: Assignment, place: int) -> Reading:
        if reading.outcome == "refutes" and self.refutation is None:
            note = pair[2] if len(pair) > 2 else reading.note
            values = Reading(outcome="refutes", left=reading.left, right=reading.right, place=place, note=note)
            self.refutation = (point, values)
        return reading

    def _count(self, readings: list[Reading], point: Assignment) -> None:
        outcomes = {r.outcome for r in readings}
        if outcomes <= {"agrees"}:
            self.agreeing += 1
            self.digits = min([self.digits, *(r.digits for r in readings)])
            self.sizes[sizes_text(point)] = None
        self.undefined += "undefined" in outcomes
        self.vague += "vague" in outcomes

    def reason(self) -> str:
        """Why points were left out."""
        parts = [
            (self.unknown, self.unknown),
            (self.undefined, f"{self.undefined} points where a side is not finite"),
            (self.vague, f"{self.vague} points where the balls stayed too large"),
            (self.too_large, f"{self.too_large} points skipped because the sums are too large there"),
        ]
        return "; ".join(text for present, text in parts if present)


def examine(
    findings: Findings,
    source: Source,
    points: Iterator[Assignment],
    count: int,
    budget: Budget,
    tries: int = 0,
    precisions: tuple[int, ...] = PRECISIONS,
) -> None:
    """Take points until ``count`` agree, one refutes, or the time is over."""
    for attempt in range(tries or 3 * count):
        if findings.refutation or findings.unknown or findings.agreeing >= count:
            return
        if budget.is_spent and (findings.agreeing or attempt >= PATIENCE):
            return
        point = next(points, None)
        if point is None:
            return
        findings.take(source, point, precisions)


def evidence_of(findings: Findings, domain: Domain, claim: str, notes: tuple[str, ...] = ()) -> Evidence:
    """The findings as evidence."""
    sized = has_sizes(domain)
    instances = tuple(s for s in findings.sizes if s)
    outcome = "agrees" if findings.agreeing > findings.vague else "undecided"
    counterexample = None
    if findings.refutation is not None:
        outcome, counterexample = "refutes", _counterexample(findings, notes)
    return Evidence(
        route="enumerated" if sized else "enclosed", outcome=outcome,
        technique="balls at instances of the sizes" if sized else "balls at random rational points",
        engine=ENGINE, points=findings.agreeing + (findings.refutation is not None),
        digits=findings.digits if findings.agreeing else 0,
        seconds=findings.seconds, claim=claim, reason=findings.reason(), instances=instances,
        counterexample=counterexample, complete=is_single_point(domain),
    )  # fmt: skip


def _counterexample(findings: Findings, notes: tuple[str, ...]) -> Counterexample | None:
    if findings.refutation is None:
        return None
    point, reading = findings.refutation
    return counterexample_at(
        point, reading, reading.note or (notes[reading.place] if reading.place < len(notes) else "")
    )


def counterexample_at(point: Assignment, reading: Reading, note: str = "") -> Counterexample:
    """The values a reader needs to check a refutation by hand."""
    values = tuple(sorted(point.values.items(), key=lambda item: str(item[0])))
    return Counterexample(values=values, left=reading.left, right=reading.right, note=note)
