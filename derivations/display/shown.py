"""What is shown of a step, whether it was examined on entry or by a report, and the words for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, Protocol

MARKS = {
    "proved": "✓", "enclosed": "✓", "enumerated": "✓", "measured": "≈", "refuted": "✗", "inconclusive": "?",
    "unchecked": "–",
}  # fmt: skip
COLORS = {
    "proved": "#2e8540", "enclosed": "#2e8540", "enumerated": "#2e8540", "measured": "#0b7a99", "refuted": "#c62828",
    "inconclusive": "#b26a00", "unchecked": "#8a8a8a",
}  # fmt: skip
NEUTRAL = "#8a8a8a"


class Shown(Protocol):
    """A step with what was found about it."""

    @property
    def step(self) -> Any:
        """The step itself."""
        ...

    @property
    def status(self) -> str | None:
        """The weakest verdict; None for what has no status."""
        ...

    @property
    def findings(self) -> tuple[tuple[Any, Any], ...]:
        """Each verdict with the claim it is about."""
        ...

    @property
    def rests_on(self) -> tuple[str, ...]:
        """Postulates, premises and expansions under it."""
        ...


def word(shown: Shown) -> str:
    """The verdict of a step, or what it is if it has none."""
    if shown.status is not None:
        return shown.status
    return shown.step.rule if shown.step.rule in ("premise", "postulate") else "definition"


def mark(shown: Shown) -> str:
    """The sign of the verdict."""
    return MARKS.get(shown.status or "", "·")


def reason(shown: Shown) -> str:
    """Why the step was taken, in its author's words or the rule's."""
    rule = shown.step.rule
    told = shown.step.reason.strip()
    return told or ("" if rule in ("stated", "definition", "premise", "postulate") else rule)


def conditions(shown: Shown) -> str:
    """What must hold at the boundary for the use that the claim is made for; empty for claims that need nothing."""
    found = dict.fromkeys(c for verdict, _ in shown.findings for c in verdict.conditions)
    return f"integrals are equal if {'; '.join(found)}" if found else ""


def tally(steps: Iterable[Shown]) -> str:
    """How many steps there are with each verdict, and how many were typed in."""
    entries = list(steps)
    counts = Counter(s.status for s in entries if s.status is not None)
    told = [f"{n} {status}" for status, n in counts.most_common()]
    stated = sum(s.step.stated for s in entries)
    return ", ".join([f"{len(entries)} step{'' if len(entries) == 1 else 's'}", *told, f"{stated} typed in"])
