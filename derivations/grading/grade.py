"""A claim put to the engine and to the independent oracle, and what came of it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from derivations.engine.verify import verify
from derivations.grading.answer import Answer
from theory.statements import Statement

FORMS = ("known", "rewritten", "mutant")
OUTCOMES = ("right", "false", "undecided", "unlabeled")


@dataclass(frozen=True, kw_only=True)
class Case:
    """A claim to be graded.

    Attributes
    ----------
    family, name
        Of the known identity from which it was made.
    form
        ``known`` as it stands, ``rewritten``, or ``mutant``.
    change
        What was done to it, in words; empty for ``known``.
    statement
        The claim.
    """

    family: str
    name: str
    form: str
    change: str
    statement: Statement

    def __post_init__(self) -> None:
        if self.form not in FORMS:
            raise ValueError(f"the form of a case is one of {', '.join(FORMS)}; found {self.form!r}")


@dataclass(frozen=True, kw_only=True)
class Labeled:
    """A case with the oracle's answer."""

    case: Case
    truth: Answer


@dataclass(frozen=True, kw_only=True)
class Grade:
    """What the engine and the oracle say of a case.

    Attributes
    ----------
    case
        The claim.
    truth
        The oracle's answer.
    status, holds, reason
        Of the engine's verdict.
    seconds
        That the verdict took.
    """

    case: Case
    truth: Answer
    status: str
    holds: bool | None
    reason: str
    seconds: float

    @property
    def outcome(self) -> str:
        """``right``, ``false``, ``undecided`` by the engine, or ``unlabeled`` where the oracle has no answer."""
        if self.truth.word == "unanswered":
            return "unlabeled"
        if self.holds is None:
            return "undecided"
        return "right" if self.holds == (self.truth.word == "equal") else "false"

    @property
    def counts_as_wrong(self) -> bool:
        """Whether the claim really is wrong: a mutant that stays true is none."""
        return self.truth.word == "different"

    def to_json(self) -> dict[str, Any]:
        """Plain data, as ``saddlepoint selftest`` writes it."""
        return {
            "family": self.case.family,
            "name": self.case.name,
            "form": self.case.form,
            "change": self.case.change,
            "claim": str(self.case.statement),
            "truth": self.truth.word,
            "status": self.status,
            "outcome": self.outcome,
            "reason": self.reason or self.truth.reason or None,
            "seconds": self.seconds,
        }


def graded(labeled: Labeled, *, timeout: float = 30.0, seed: int = 0) -> Grade:
    """Put a claim to the engine."""
    started = time.perf_counter()
    verdict = verify(labeled.case.statement, timeout=timeout, seed=seed)
    seconds = time.perf_counter() - started
    return Grade(
        case=labeled.case,
        truth=labeled.truth,
        status=verdict.status,
        holds=verdict.holds,
        reason=verdict.reason,
        seconds=seconds,
    )
