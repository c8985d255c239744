"""What a run of the suite amounts to: counts and times, as a whole and by family."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

from derivations.grading.grade import Grade


@dataclass(frozen=True, kw_only=True)
class Marks:
    """Counts over some graded claims.

    Attributes
    ----------
    true, accepted
        Claims that the oracle calls equal, and those of them that the engine accepts.
    wrong, refuted
        Claims that the oracle calls different, and those of them that the engine refutes.
    false_verdicts, undecided, unlabeled
        The claims behind these words, see ``Grade.outcome``.
    true_mutants
        Mutants that the oracle calls equal: among the true ones here, and no slips.
    median_seconds, slow_seconds
        Seconds a claim: half of them take less than the first, nine in ten less than the second; None for no claim.
    """

    true: int
    accepted: int
    wrong: int
    refuted: int
    false_verdicts: tuple[Grade, ...]
    undecided: tuple[Grade, ...]
    unlabeled: tuple[Grade, ...]
    true_mutants: int
    median_seconds: float | None
    slow_seconds: float | None

    @property
    def labeled(self) -> int:
        """Claims whose truth is known."""
        return self.true + self.wrong

    @property
    def undecided_share(self) -> float:
        """The part of the labeled claims that the engine leaves undecided."""
        return len(self.undecided) / self.labeled if self.labeled else 0.0

    def to_json(self) -> dict[str, Any]:
        """The counts as plain data."""
        return {
            "true": self.true,
            "accepted": self.accepted,
            "wrong": self.wrong,
            "refuted": self.refuted,
            "false_verdicts": len(self.false_verdicts),
            "undecided": len(self.undecided),
            "unlabeled": len(self.unlabeled),
            "true_mutants": self.true_mutants,
            "median_seconds": self.median_seconds,
            "slow_seconds": self.slow_seconds,
        }


def marks_of(grades: Iterable[Grade]) -> Marks:
    """The counts over some grades."""
    found = tuple(grades)
    by_outcome = {word: tuple(g for g in found if g.outcome == word) for word in ("false", "undecided", "unlabeled")}
    true = [g for g in found if g.truth == "equal"]
    wrong = [g for g in found if g.truth == "different"]
    seconds = [g.seconds for g in found]
    return Marks(
        true=len(true),
        accepted=sum(g.holds is True for g in true),
        wrong=len(wrong),
        refuted=sum(g.holds is False for g in wrong),
        false_verdicts=by_outcome["false"],
        undecided=by_outcome["undecided"],
        unlabeled=by_outcome["unlabeled"],
        true_mutants=sum(g.form == "mutant" for g in true),
        median_seconds=median(seconds) if seconds else None,
        slow_seconds=quantiles(seconds, n=10)[-1] if len(seconds) > 1 else None,
    )


def by_family(grades: Iterable[Grade]) -> dict[str, Marks]:
    """The counts of each family, in the order in which they come."""
    families: dict[str, list[Grade]] = {}
    for grade in grades:
        families.setdefault(grade.family, []).append(grade)
    return {name: marks_of(members) for name, members in families.items()}
