"""Verdicts and evidence in words."""

from __future__ import annotations

from collections.abc import Iterator

from derivations.engine.evidence import Evidence
from derivations.engine.report import StepReport
from derivations.engine.verdict import HOLDING, Verdict

MARKS = {
    "proved": "✓",
    "enclosed": "✓",
    "enumerated": "✓",
    "measured": "≈",
    "refuted": "✗",
    "inconclusive": "?",
    "unchecked": "–",
}


def standing(report: StepReport, labels: tuple[str, ...] | None = None) -> str:
    """What a result amounts to: its status, or what it follows from; never "proved" on a postulate.

    ``labels`` are shorter names for what it rests on, in the same order.
    """
    if not report.rests_on:
        return report.inherited
    weakest = "" if report.inherited == "proved" else f"; the weakest step on the way is {report.inherited}"
    return f"follows from {listed(labels or report.rests_on)} (formal{weakest})"


def step_note(report: StepReport, labels: tuple[str, ...] | None = None) -> str:
    """The small line under an equation."""
    if report.verdict is None:
        return ""
    found = evidence_words(report.verdict.evidence)
    needs = f" Its {_count(len(report.obligations), 'obligation')}: {_together(report)}." if report.obligations else ""
    if report.status not in HOLDING:
        return " ".join(_doubts(report))
    if report.rests_on:
        return f"The step holds: {found}. As a result it {standing(report, labels)}.{needs}"
    return f"{str(report.status).capitalize()} ({found}).{needs}"


def _doubts(report: StepReport) -> Iterator[str]:
    """What does not hold: the claim, or what its inference needs."""
    own, *needed = (verdict for verdict, _ in report.findings)
    if own.holds:
        yield f"The claim itself holds ({evidence_words(own.evidence)})."
    else:
        yield _doubt(str(own.status).capitalize(), own)
    yield from (_doubt(f"What it needs is {need.status}", need) for need in needed if not need.holds)


def _doubt(word: str, verdict: Verdict) -> str:
    return f"{word}: {verdict.finding.rstrip('.')}." if verdict.finding else f"{word}."


def _together(report: StepReport) -> str:
    statuses = sorted({o.status for o in report.obligations})
    return ", ".join("holds exactly" if s == "proved" else s for s in statuses)


def evidence_words(evidence: tuple[Evidence, ...]) -> str:
    """Each route that found something, in a few words."""
    told = [_one(e) for e in evidence if e.outcome in ("proves", "agrees")]
    return "; ".join(told) or "no route answered"


def evidence_lines(report: StepReport) -> tuple[str, ...]:
    """Each route on each claim of a step: what it found, by which program, on which claim."""
    lines = []
    for place, (verdict, _) in enumerate(report.findings):
        about = "" if place == 0 else f"obligation {place}: "
        lines += [f"{about}{_in_full(e)}" for e in verdict.evidence]
    return tuple(lines)


def _in_full(evidence: Evidence) -> str:
    found = f"{_one(evidence)}: {evidence.told_outcome}"
    why = f" ({evidence.reason.rstrip('.')})" if evidence.reason else ""
    sizes = f"; at {', '.join(evidence.instances)}" if evidence.instances else ""
    return f"{found}{why}{sizes}. {evidence.engine}, claim {evidence.claim[:12]}."


EXACT_DIGITS = 200
"""More agreeing digits than this stand for a difference that is exactly zero."""


def _one(evidence: Evidence) -> str:
    how = f" by {evidence.technique}" if evidence.technique else ""
    found = f"{evidence.route}{how}{_extent(evidence)}"
    return found if evidence.is_counted else f"{found} (shown, not counted)"


def _extent(evidence: Evidence) -> str:
    if evidence.route == "exact" or not evidence.points:
        return ""
    extent = [_count(evidence.points, "instance" if evidence.route == "enumerated" else "point")]
    if evidence.digits:
        extent.append(f"{evidence.digits} digits" if evidence.digits < EXACT_DIGITS else "all digits")
    return f" at {', '.join(extent)}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(names: tuple[str, ...]) -> str:
    """Names as an English list."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
