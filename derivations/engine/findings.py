"""What was found of a derivation without its steps: it can be sent from one process to another, which steps cannot."""

from __future__ import annotations

from dataclasses import dataclass

from derivations.engine.graph import StepGraph
from derivations.engine.report import DerivationReport, StepReport
from derivations.engine.verdict import Verdict


@dataclass(frozen=True, kw_only=True)
class StepFindings:
    """A ``StepReport`` with the name of its step in place of the step."""

    name: str
    verdict: Verdict | None
    obligations: tuple[Verdict, ...]
    status: str | None
    inherited: str
    seconds: float


def findings_of(report: DerivationReport) -> tuple[StepFindings, ...]:
    """What was found of each step, in order."""
    return tuple(
        StepFindings(
            name=s.step.name,
            verdict=s.verdict,
            obligations=s.obligations,
            status=s.status,
            inherited=s.inherited,
            seconds=s.seconds,
        )
        for s in report.steps
    )


def report_from(derivation: StepGraph, findings: tuple[StepFindings, ...]) -> DerivationReport:
    """The report of a derivation that was built and examined elsewhere.

    Raises
    ------
    ValueError
        If the steps are others than those that were examined.
    """
    steps = tuple(derivation)
    own, told = [s.name for s in steps], [f.name for f in findings]
    if own != told:
        other = next((pair for pair in zip(own, told, strict=False) if pair[0] != pair[1]), (len(own), len(told)))
        raise ValueError(
            f"expected findings on the steps of {derivation.identifier}; found {other[1]!r} where it has {other[0]!r}"
        )
    return DerivationReport(
        derivation=derivation,
        steps=tuple(
            StepReport(
                step=step,
                verdict=f.verdict,
                obligations=f.obligations,
                status=f.status,
                inherited=f.inherited,
                rests_on=step.rests_on,
                seconds=f.seconds,
            )
            for step, f in zip(steps, findings, strict=True)
        ),
    )
