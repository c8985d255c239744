"""Examine a derivation: the verdict of each step, and what each result inherits."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from derivations.display.html import chain_html, step_html
from derivations.display.plain import chain_text, step_text
from derivations.engine.evidence import Evidence
from derivations.engine.graph import StepGraph
from derivations.engine.repairs.written import in_own_terms
from derivations.engine.routes.budget import USUAL_TIMEOUT
from derivations.engine.step import Step
from derivations.engine.verdict import STATUSES, Verdict, status_of, weakest
from derivations.engine.verify import verify
from theory.statements import Definition, Statement

Examiner = Callable[[Statement], Verdict]

SECOND_LOOK = 4.0
"""The time limit of a step that is undecided within the usual one, as a multiple of it; routes work as much longer."""


@dataclass(frozen=True, kw_only=True, repr=False)
class StepReport:
    """What is known of one step.

    Attributes
    ----------
    step
        The step.
    verdict
        Verdict on its claim with the oracle's evidence, None for a definition or a postulate.
    obligations
        Verdicts on what the inference needs.
    status
        The weakest of these, None for a definition or a postulate.
    inherited
        The weakest status on the way from the premises.
    rests_on
        Names of the postulates and expansions under it.
    seconds
        Time it took to examine.
    """

    step: Step
    verdict: Verdict | None
    obligations: tuple[Verdict, ...]
    status: str | None
    inherited: str
    rests_on: tuple[str, ...]
    seconds: float

    def __repr__(self) -> str:
        return step_text(self)

    def _repr_html_(self) -> str:
        return step_html(self)

    @property
    def oracle(self) -> Evidence | None:
        """The brute-force evidence among the rest, if the step has an oracle."""
        found = [e for e in self.verdict.evidence if e.technique.startswith("oracle")] if self.verdict else []
        return found[0] if found else None

    @property
    def findings(self) -> tuple[tuple[Verdict, Any], ...]:
        """Each verdict with the claim it is about: the step's own first, then what the inference needs."""
        own = ((self.verdict, self.step.statement),) if self.verdict else ()
        return (*own, *zip(self.obligations, self.step.obligations, strict=False))


@dataclass(frozen=True, kw_only=True, repr=False)
class DerivationReport:
    """A derivation with the report of every step, in order."""

    derivation: StepGraph
    steps: tuple[StepReport, ...]

    @property
    def status(self) -> str:
        """The weakest status of all steps."""
        return weakest(s.status for s in self.steps if s.status is not None)

    @property
    def stated_steps(self) -> int:
        """Number of steps typed in rather than computed."""
        return self.derivation.stated_steps

    @property
    def stands(self) -> bool:
        """Whether every step with a claim holds."""
        return all(s.status in ("proved", "enclosed", "enumerated", "measured") for s in self.steps if s.status)

    @property
    def rests_on(self) -> tuple[str, ...]:
        """Every postulate and expansion of the derivation, in order."""
        return tuple(dict.fromkeys(name for s in self.steps for name in s.rests_on))

    def __getitem__(self, name: str) -> StepReport:
        for report in self.steps:
            if report.step.name == name:
                return report
        raise KeyError(f"{self.derivation.identifier} has no step {name!r}")

    def __repr__(self) -> str:
        return chain_text(self.derivation.title, self.steps)

    def _repr_html_(self) -> str:
        return chain_html(self.derivation.title, self.steps)


def examine(
    derivation: StepGraph,
    *,
    timeout: float = 30.0,
    seed: int = 0,
    on_step: Callable[[StepReport], None] | None = None,
    fresh: bool = False,
    known: Mapping[str, StepReport] | None = None,
) -> DerivationReport:
    """Verify every step of a derivation, premises first.

    Parameters
    ----------
    derivation
        What to examine.
    timeout
        Seconds for one claim; one that takes longer is inconclusive. What stays undecided within 30 s or more is looked
        at once more, with four times that limit.
    seed
        Seed of the random points.
    on_step
        Called with each report as it is ready.
    fresh
        Examine every claim anew, even if a verdict on it was kept.
    known
        Reports by the names of their steps, which are taken over as they are, whatever they say.
    """
    reports: dict[int, StepReport] = {}
    elsewhere: dict[int, StepReport] = {}
    definitions: list[Definition] = []
    examiner, told = partial(_looked_at, timeout=timeout, seed=seed, fresh=fresh), known or {}

    def above(step: Step) -> list[str]:
        """What a step follows from; steps of other derivations are examined when they are met."""
        for parent in (*step.parents, *step.given):
            if id(parent) not in reports and id(parent) not in elsewhere:
                elsewhere[id(parent)] = examined_step(parent, above(parent), examiner)
        return [(reports.get(id(p)) or elsewhere[id(p)]).inherited for p in (*step.parents, *step.given)]

    for step in derivation:
        inherited = above(step)
        found = told.get(step.name)
        if found is not None and found.step is step:
            report = replace(found, inherited=_inherited(inherited, found.status))
        else:
            report = examined_step(step, inherited, examiner, definitions)
        if isinstance(step.statement, Definition):
            definitions.append(step.statement)
        reports[id(step)] = report
        if on_step is not None:
            on_step(report)
    return DerivationReport(derivation=derivation, steps=tuple(reports.values()))


def _looked_at(claim: Statement, *, timeout: float, seed: int, fresh: bool) -> Verdict:
    """The verdict on a claim, the second one where the first is undecided and its time limit was the usual one."""
    verdict = verify(claim, timeout=timeout, seed=seed, fresh=fresh)
    if verdict.status != "inconclusive" or timeout < USUAL_TIMEOUT:
        return verdict
    return verify(claim, timeout=SECOND_LOOK * timeout, seed=seed, fresh=fresh)


def examined_step(
    step: Step, inherited: Iterable[str], examiner: Examiner, definitions: Iterable[Definition] = ()
) -> StepReport:
    """Verify one step; ``inherited`` are the statuses of what it follows from."""
    started = time.perf_counter()
    verdict = in_own_terms(_verdict(step, examiner), step.statement, definitions) if step.needs_verdict else None
    return reported(step, verdict, tuple(map(examiner, step.obligations)), inherited, started)


def reported(
    step: Step, verdict: Verdict | None, obligations: tuple[Verdict, ...], inherited: Iterable[str], started: float
) -> StepReport:
    """The report of a step with the verdicts on its claim and on what its inference needs."""
    status = weakest([verdict.status, *(o.status for o in obligations)]) if verdict else None
    return StepReport(
        step=step,
        verdict=verdict,
        obligations=obligations,
        status=status,
        inherited=_inherited(inherited, status),
        rests_on=step.rests_on,
        seconds=time.perf_counter() - started,
    )


def _inherited(above: Iterable[str], status: str | None) -> str:
    return weakest([*above, *([status] if status else [])])


def _verdict(step: Step, examiner: Examiner) -> Verdict:
    """The weakest of the verdicts on what is examined, joined with what the step's oracle finds."""
    verdict = undecided(step.doubt) if step.doubt else weakest_verdict(map(examiner, step.claims))
    if step.oracle is None:
        return verdict
    evidence = (*verdict.evidence, step.oracle())
    repair = verdict.repair if status_of(evidence) == "refuted" else None
    return Verdict(evidence=evidence, repair=repair, cached=verdict.cached)


def weakest_verdict(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict on several claims taken together."""
    return min(verdicts, key=lambda v: STATUSES.index(v.status))


def undecided(reason: str) -> Verdict:
    """The verdict on what cannot be examined."""
    return Verdict(evidence=(Evidence(route="exact", outcome="undecided", reason=reason),))
