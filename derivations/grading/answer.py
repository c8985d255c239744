"""What the oracle says of a claim."""

from __future__ import annotations

from dataclasses import dataclass

WORDS = ("equal", "different", "unanswered")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """``equal``, ``different`` or ``unanswered``, and why the last."""

    word: str
    reason: str = ""

    def __post_init__(self) -> None:
        if self.word not in WORDS:
            raise ValueError(f"an answer of the oracle is one of {', '.join(WORDS)}; found {self.word!r}")
