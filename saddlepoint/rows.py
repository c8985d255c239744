"""The rows that the command line writes as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from derivations.collection import CatalogueEntry
from derivations.engine.report import DerivationReport, StepReport
from saddlepoint.strict_json import row
from theory.printing import statement_latex


def catalogue_rows(entries: Iterable[CatalogueEntry]) -> list[dict[str, Any]]:
    """A row for each derivation."""
    return [row({"id": e.identifier, "title": e.title, "serves": e.serves}) for e in entries]


def verify_row(report: DerivationReport) -> dict[str, Any]:
    """A derivation with the verdict of every step."""
    return row(
        {
            "id": report.derivation.identifier,
            "title": report.derivation.title,
            "status": report.status,
            "rests_on": report.rests_on,
            "stated_steps": report.stated_steps,
            "steps": [_step(s) for s in report.steps],
        }
    )


def _step(report: StepReport) -> dict[str, Any]:
    step = report.step
    found = report.verdict.counterexample if report.verdict else None
    return {
        "name": step.name,
        "claim_latex": statement_latex(step.statement),
        "rule": step.rule,
        "status": report.status,
        "inherited": report.inherited,
        "rests_on": report.rests_on,
        "serves": step.serves,
        "counterexample": found,
        "evidence": report.verdict.evidence if report.verdict else (),
        "conditions": report.verdict.conditions if report.verdict else (),
        "reason": (report.verdict.reason if report.verdict else "") or None,
        "repair": report.verdict.repair.text if report.verdict and report.verdict.repair else None,
        "obligations": [v.status for v in report.obligations],
        "seconds": report.seconds,
    }
