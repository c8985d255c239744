"""Steps and derivations as text for a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable

from derivations.display.shown import Shown, conditions, mark, reason, tally, word
from theory.printing import statement_text

NAME_WIDTH = 28
_COMMAND = re.compile(r"\\left|\\right|\\operatorname|[\\{}]")
_MATHEMATICS = re.compile(r"\$([^$]*)\$")


def chain_text(title: str, steps: Iterable[Shown]) -> str:
    """A line for each step: mark, verdict, name, claim, reason."""
    entries = list(steps)
    wide = min(NAME_WIDTH, max((len(s.step.name) for s in entries), default=0))
    lines = [f"{title}: {tally(entries)}"]
    for shown in entries:
        lines.append(
            f"  {mark(shown)} {word(shown):<12} {shown.step.name:<{wide}}  {statement_text(shown.step.statement)}"
        )
        lines += [f"      {line}" for line in _beneath(shown)]
    return "\n".join(lines)


def step_text(shown: Shown) -> str:
    """One step: mark, verdict, name and claim; beneath it the reason, what it needs, and what stands in doubt."""
    head = f"{mark(shown)} {word(shown)}: {shown.step.name}: {statement_text(shown.step.statement)}"
    return "\n".join([head, *(f"    {line}" for line in _beneath(shown))])


def _beneath(shown: Shown) -> list[str]:
    told = _MATHEMATICS.sub(lambda found: _COMMAND.sub("", found[1]), reason(shown))
    lines = [f"by {told}" if shown.step.stated else told] if told else []
    for number, (verdict, claim) in enumerate(shown.findings):
        if number:
            lines.append(f"needs {statement_text(claim)}: {verdict.status}")
        if verdict.status in ("refuted", "inconclusive", "unchecked"):
            lines.append(str(verdict))
    lines += [told for told in (shown.step.remark, conditions(shown)) if told]
    rests = ", ".join(shown.rests_on)
    return [*lines, *([f"rests on {rests}"] if rests and shown.status is not None else [])]
