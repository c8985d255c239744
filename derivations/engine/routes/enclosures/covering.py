"""Cover a domain by boxes on which balls show that an expression is not negative.

Where the expression vanishes on a face of the domain, no ball can decide by itself. There the first derivative that
does not vanish on the face decides, by Taylor's theorem: the others are proved to vanish in normal form.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import sympy as sp
from flint import acb, arb, fmpq

from derivations.engine.routes.enclosures.balls import BRANCHED, HOLOMORPHIC, UnknownError, ball, decided, precision
from derivations.engine.routes.enclosures.points import Frame, TooLargeError
from derivations.engine.routes.exact import vanishes
from derivations.engine.routes.normal_forms.field import UnsupportedError
from theory.domain import Domain
from theory.sums import free_names, unfold

BITS = 90
MOST_BOXES = 3000
NARROWEST = fmpq(1, 2**24)
"""Of the widest side: where a box so small is undecided, no smaller one decides."""
ORDERS = 4
KNOWN = (
    sp.Symbol, sp.Add, sp.Mul, sp.Pow, sp.exp, sp.log, sp.Abs, sp.Max, sp.Min, sp.Number, sp.NumberSymbol, sp.Piecewise,
    sp.functions.elementary.piecewise.ExprCondPair, sp.logic.boolalg.Boolean, *HOLOMORPHIC, *BRANCHED,
)  # fmt: skip
"""Nodes whose balls contain the values at all points of a box."""
Box = dict[Any, tuple[fmpq, fmpq]]
Midpoint = Callable[[Box], bool]
"""Whether the claim fails in the middle of a box: then nothing needs to be covered."""


@dataclass(frozen=True, kw_only=True)
class Face:
    """A place ``name = value`` where the derivatives below ``order`` vanish identically."""

    name: Any
    value: fmpq
    order: int
    slope: Any


@dataclass
class Cover:
    """What was covered, and why the rest was not."""

    boxes: int = 0
    reason: str = ""
    failed: bool = field(default=False)


def cover(gap: Any, domain: Domain, *, strict: bool, deadline: float, fails: Midpoint) -> Cover:
    """Try to show that ``gap`` is >= 0 (``strict``: > 0) at every point of a domain of intervals."""
    found = Cover()
    unknown = [n for n in sp.preorder_traversal(gap) if not isinstance(n, KNOWN)]
    if unknown:
        found.reason = f"no boxes for {type(unknown[0]).__name__}"
        return found
    names = sorted((n for n in domain.sets if n in gap.free_symbols), key=str)
    ends = {n: _ends(domain.sets[n]) for n in names}
    if None in ends.values():
        found.reason = "boxes cover bounded intervals only"
        return found
    _search(found, _Judge(gap, domain, ends, strict), deadline, fails)
    return found


def _ends(chosen: Any) -> tuple[fmpq, fmpq] | None:
    if not isinstance(chosen, sp.Interval) or not (chosen.start.is_Rational and chosen.end.is_Rational):
        return None
    return tuple(fmpq(int(e.p), int(e.q)) for e in (chosen.start, chosen.end))


def _search(found: Cover, judge: _Judge, deadline: float, fails: Midpoint) -> None:
    """Halve the widest side of each undecided box, the largest boxes first."""
    waiting = deque([judge.ends])
    while waiting:
        box = waiting.popleft()
        if judge.holds(box):
            found.boxes += 1
            continue
        if fails(box):
            found.failed = True
            return
        halves = judge.halved(box)
        if not halves or found.boxes + len(waiting) > MOST_BOXES or time.perf_counter() > deadline:
            found.reason = f"undecided near {_text(box)}"
            return
        waiting.extend(halves)


def _text(box: Box) -> str:
    return ", ".join(f"{name} = {float((low + high) / 2):.6g}" for name, (low, high) in box.items()) or "the point"


class _Judge:
    """Decides one box."""

    def __init__(self, gap: Any, domain: Domain, ends: Box, strict: bool) -> None:
        self.gap, self.domain, self.ends, self.strict = gap, domain, ends, strict
        self.slopes = {name: sp.diff(gap, name) for name in ends}
        self.faces = [f for name in ends for value in self._places(name) if (f := self._face(name, value)) is not None]

    def _places(self, name: Any) -> list[fmpq]:
        """The ends, and zero and one inside: where equality is looked for."""
        low, high = self.ends[name]
        return [low, high, *(v for v in map(fmpq, (0, 1)) if low < v < high)]

    def _face(self, name: Any, value: fmpq) -> Face | None:
        place, slope = sp.Rational(int(value.p), int(value.q)), self.gap
        if self.strict and self.domain.sets[name].contains(place) != sp.false:
            return None
        for order in range(ORDERS + 1):
            try:
                there = unfold(slope, name, place)
                if there.has(sp.nan, sp.zoo, sp.oo):
                    return None
                if not vanishes(there, self._rest(name)):
                    return Face(name=name, value=value, order=order, slope=slope) if order else None
            except (UnsupportedError, ValueError):
                return None
            slope = sp.diff(slope, name)
        return None

    def _rest(self, name: Any) -> Domain:
        return Domain({n: s for n, s in self.domain.sets.items() if n != name})

    def holds(self, box: Box) -> bool:
        """Whether the claim is certain on the whole box, or no point of it belongs to the domain."""
        with precision(BITS):
            frame = _frame(box)
            known = (c for c in self.domain.constraints if free_names(c) <= set(box))
            if any(decided(c, frame) is False for c in known):
                return True
            value = _real(self.gap, frame)
            if value is not None and self._is_fine(value):
                return True
            return self._by_mean_value(box) or any(self._by_face(box, face) for face in self.faces)

    def _is_fine(self, value: arb) -> bool:
        return bool(value > 0 if self.strict else value >= 0)

    def _by_mean_value(self, box: Box) -> bool:
        """The value in the middle, less what the slopes allow."""
        frame = _frame(box)
        if _real(self.gap, frame, analytic=True) is None:
            return False
        middle = {n: ((low + high) / 2,) * 2 for n, (low, high) in box.items()}
        total = _real(self.gap, _frame(middle))
        for name, (low, high) in box.items() if total is not None else ():
            slope = _real(self.slopes[name], frame, analytic=True)
            if slope is None:
                return False
            total -= arb(abs(slope).upper()) * arb((high - low) / 2)
        return total is not None and self._is_fine(total)

    def _by_face(self, box: Box, face: Face) -> bool:
        """Taylor's theorem from the face: the expression must be analytic between the face and the box."""
        low, high = box[face.name]
        reach = {**box, face.name: (min(low, face.value), max(high, face.value))}
        frame = _frame(reach)
        if _real(self.gap, frame, analytic=True) is None:
            return False
        slope = _real(face.slope, frame, analytic=True)
        if slope is None:
            return False
        if face.order % 2 and high <= face.value:
            slope = -slope
        elif face.order % 2 and low < face.value:
            return False
        return bool(slope > 0) if self.strict else bool(slope >= 0)

    def halved(self, box: Box) -> list[Box]:
        """Both halves along the side that is widest against the domain; none if it is too narrow to matter."""
        if not box:
            return []
        shares = {n: (high - low) / _width(self.ends[n]) for n, (low, high) in box.items()}
        name = max(shares, key=lambda n: shares[n])
        if shares[name] < NARROWEST or self.ends[name][0] == self.ends[name][1]:
            return []
        low, high = box[name]
        inner = [f.value for f in self.faces if f.name == name and low < f.value < high]
        cut = inner[0] if inner else (low + high) / 2
        return [{**box, name: (low, cut)}, {**box, name: (cut, high)}]


def _width(ends: tuple[fmpq, fmpq]) -> fmpq:
    return ends[1] - ends[0] if ends[1] != ends[0] else fmpq(1)


def _frame(box: Box) -> Frame:
    frame = Frame(free=lambda name: name)
    for name, (low, high) in box.items():
        middle = arb((low + high) / 2)
        frame = frame.with_value(name, acb(middle + arb(0, arb((high - low) / 2).upper())))
    return frame


def _real(node: Any, frame: Frame, *, analytic: bool = False) -> arb | None:
    """The ball of a value that can be real; None where it is not finite or has no rule."""
    try:
        value = ball(node, frame, analytic)
    except (UnknownError, TooLargeError, ValueError, ZeroDivisionError):
        return None
    return value.real if value.is_finite() and value.imag.contains(0) else None
