"""A claim put to the engine and to the independent oracle, and what came of it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from derivations.engine.verdict import HOLDING
from derivations.engine.verify import verify
from derivations.grading.answer import Answer
from derivations.grading.truth import different_at
from theory.statements import Statement

FORMS = ("known", "rewritten", "mutant")


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
    """What the engine and the oracle say of a case: plain data.

    Attributes
    ----------
    family, name, form, change
        As in ``Case``.
    claim
        The statement as text.
    truth, remark
        The oracle's word, and what there is to say about it.
    status, reason
        Of the engine's verdict, and why it is not decided.
    seconds
        That the verdict took.
    """

    family: str
    name: str
    form: str
    change: str
    claim: str
    truth: str
    remark: str
    status: str
    reason: str
    seconds: float

    @property
    def holds(self) -> bool | None:
        """What the engine says."""
        return True if self.status in HOLDING else (False if self.status == "refuted" else None)

    @property
    def outcome(self) -> str:
        """``right``, ``false``, ``undecided`` by the engine, or ``unlabeled`` where the oracle has no answer."""
        if self.truth == "unanswered":
            return "unlabeled"
        if self.holds is None:
            return "undecided"
        return "right" if self.holds == (self.truth == "equal") else "false"

    def to_json(self) -> dict[str, Any]:
        """Plain data with the outcome, as ``saddlepoint selftest`` writes it."""
        return {**asdict(self), "outcome": self.outcome}

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Grade:
        """The grade that ``to_json`` wrote."""
        return cls(**{f.name: row[f.name] for f in fields(cls)})


def graded(labeled: Labeled, *, timeout: float = 30.0, seed: int = 0) -> Grade:
    """Put a claim to the engine; where it refutes, the oracle looks at its counterexample too."""
    started = time.perf_counter()
    verdict = verify(labeled.case.statement, timeout=timeout, seed=seed, fresh=True)
    seconds = time.perf_counter() - started
    case, truth = labeled.case, labeled.truth
    found = verdict.counterexample
    if found is not None and truth.word != "different" and different_at(case.statement, found, seed=seed):
        truth = Answer(word="different", reason="at the engine's counterexample")
    return Grade(
        family=case.family,
        name=case.name,
        form=case.form,
        change=case.change,
        claim=str(case.statement),
        truth=truth.word,
        remark=truth.reason,
        status=verdict.status,
        reason=verdict.reason,
        seconds=seconds,
    )
