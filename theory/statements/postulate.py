"""A postulate: a step of physics that no checker establishes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast


@dataclass(frozen=True, kw_only=True)
class Postulate:
    """A step of physics that no checker establishes: an exchange of limits, a continuation, an ansatz.

    Attributes
    ----------
    name
        Short name, as it appears in what a result rests on.
    claim
        What is assumed, in words.
    justification
        Why the field assumes it.
    test
        What would test it.
    """

    name: str
    claim: str
    justification: str
    test: str

    def __post_init__(self) -> None:
        for part in ("name", "claim", "justification", "test"):
            if not cast(str, getattr(self, part)).strip():
                raise ValueError(f"a postulate states its {part}; found it empty")
