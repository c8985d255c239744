"""The seven words, computed from the evidence and never stored beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from typing import Any

from derivations.engine.evidence import Counterexample, Evidence

STATUSES = ("refuted", "inconclusive", "unchecked", "measured", "enumerated", "enclosed", "proved")
"""From weakest to strongest."""
HOLDING = frozenset({"measured", "enumerated", "enclosed", "proved"})
SECOND_ROUTES = ("enclosed", "modular", "enumerated")
"""One of these must agree with an exact proof."""
ENCLOSED_POINTS = 20


@dataclass(frozen=True, kw_only=True)
class Repair:
    """A verified correction: what to change, in words, and the statement that then holds."""

    text: str
    statement: Any
    status: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the evidence amounts to. ``status`` is computed from ``evidence``; see ``status_of``.

    Attributes
    ----------
    evidence
        What each route found.
    repair
        A verified correction of a refuted claim.
    cached
        Whether it was found earlier and kept; ``verify(statement, fresh=True)`` finds it anew.
    """

    evidence: tuple[Evidence, ...] = ()
    repair: Repair | None = None
    cached: bool = field(default=False, compare=False)

    @property
    def status(self) -> str:
        """One of the seven words."""
        return status_of(self.evidence)

    @property
    def holds(self) -> bool | None:
        """True where the claim was found to hold, False where it was refuted, None otherwise."""
        return True if self.status in HOLDING else (False if self.status == "refuted" else None)

    @property
    def counterexample(self) -> Counterexample | None:
        """Where the claim fails."""
        if self.status != "refuted":
            return None
        return next(e.counterexample for e in self.evidence if e.counterexample is not None)

    @property
    def reason(self) -> str:
        """Why nothing more was found, in the words of the routes; empty for what holds or fails."""
        if self.status not in ("inconclusive", "unchecked"):
            return ""
        if _disagree(self.evidence):
            return "the routes disagree, which is a fault of the engine: please report it"
        if len(self.evidence) == 1 and self.evidence[0].reason:
            return self.evidence[0].reason
        reasons = [f"{e.route}: {e.reason or e.outcome}" for e in self.evidence]
        return "; ".join(reasons) or "no route was tried"

    @property
    def conditions(self) -> tuple[str, ...]:
        """What must hold at the boundary, so that densities that differ by a total derivative have equal integrals."""
        return tuple(dict.fromkeys(c for e in self.evidence for c in e.conditions)) if self.holds else ()

    @property
    def finding(self) -> str:
        """Where it fails and what would hold, or why nothing was decided; empty for what holds."""
        found = self.counterexample
        repair = f"; would hold with {self.repair.text}" if self.repair else ""
        return (str(found) if found is not None else self.reason) + repair

    def __str__(self) -> str:
        found = self.finding if self.counterexample is None else f", {self.finding}"
        tail = f" ({found})" if found and self.counterexample is None else found
        return self.status + (" (cached)" if self.cached else "") + tail

    def __repr__(self) -> str:
        return f"<Verdict: {self}>"

    def _repr_html_(self) -> str:
        return escape(str(self))

    def to_json(self) -> dict[str, Any]:
        """Plain data, as the command line writes it."""
        found = self.counterexample
        return {
            "status": self.status,
            "holds": self.holds,
            "cached": self.cached,
            "counterexample": found.to_json() if found is not None else None,
            "repair": self.repair.text if self.repair else None,
            "reason": self.reason or None,
            "conditions": list(self.conditions),
            "evidence": [e.to_json() for e in self.evidence],
        }


@dataclass(frozen=True, kw_only=True)
class Interim:
    """An answer that stands already, while something is looked for that may improve it."""

    answer: Any
    patience: float


def status_of(evidence: Iterable[Evidence]) -> str:
    """Combine the routes that count: proved needs an exact proof and a second route that agrees."""
    found = tuple(e for e in evidence if e.is_counted)
    if not found:
        return "unchecked"
    if _disagree(found):
        return "inconclusive"
    if any(e.outcome == "refutes" for e in found):
        return "refuted"
    seconds = [e for e in found if e.outcome == "agrees" and e.route != "exact" and e.points > 0]
    if any(e.outcome == "proves" for e in found):
        return "proved" if any(e.route in SECOND_ROUTES for e in seconds) else "inconclusive"
    return _status_without_proof(seconds)


def _status_without_proof(agreeing: list[Evidence]) -> str:
    if any(e.route == "enclosed" and (e.points >= ENCLOSED_POINTS or e.complete) for e in agreeing):
        return "enclosed"
    for route in ("enumerated", "measured"):
        if any(e.route == route for e in agreeing):
            return route
    return "inconclusive"


def _disagree(evidence: tuple[Evidence, ...]) -> bool:
    outcomes = {e.outcome for e in evidence}
    return "refutes" in outcomes and "proves" in outcomes


def weakest(statuses: Iterable[str]) -> str:
    """The weakest of several statuses, ``proved`` for none: what a result inherits from its parents."""
    return min(statuses, key=STATUSES.index, default="proved")
