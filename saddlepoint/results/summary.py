"""A dozen lines that say what a run found."""

from __future__ import annotations

from collections import Counter

from saddlepoint.checking import status_of
from saddlepoint.ledger_table import WRONG, count_verdicts
from saddlepoint.render.wording import standing
from saddlepoint.results.findings import Findings


def summary(findings: Findings) -> list[str]:
    """The lines, most important first."""
    end = "All derivations stand and all cross-checks agree."
    return [
        f"Done in {findings.seconds:.0f} s.",
        *_derivations(findings),
        *_comparisons(findings),
        *_ledger(findings),
        end if findings.stands else "Something does not stand: see above.",
    ]


def _derivations(findings: Findings) -> list[str]:
    lines = []
    for report in findings.reports:
        counts = Counter(s.status for s in report.steps if s.status)
        told = ", ".join(f"{n} {status}" for status, n in counts.most_common())
        lines.append(f"{report.derivation.identifier}: {told}; {report.stated_steps} steps typed in.")
        lines.append(f"  its last result {standing(report.steps[-1])}.")
    return lines


def _comparisons(findings: Findings) -> list[str]:
    agreeing = sum(status_of(c) == "measured" for c in findings.comparisons)
    lines = [f"Cross-checks: {agreeing} of {len(findings.comparisons)} comparisons agree and reject their rival."]
    if findings.comparisons:
        nearest = min(findings.comparisons, key=lambda c: abs(c.rival_z))
        lines.append(f"  the nearest rival, {nearest.rival}, is {abs(nearest.rival_z):.1f} sigma off.")
    for c in findings.comparisons:
        if c.prediction is None:
            lines.append(f"  {c.title}: {c.measurement:.3g} ± {c.standard_error:.1g} ({c.quantity}).")
    return lines


def _ledger(findings: Findings) -> list[str]:
    wrong = [f"{r['paper']} ({r['equation']}) {r['verdict']}" for r in findings.ledger if r["verdict"] in WRONG]
    lines = [f"Printed equations: {count_verdicts(findings.ledger)}."]
    return [*lines, f"  not right as printed: {', '.join(wrong)}."] if wrong else lines
