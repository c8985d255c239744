"""Join what a paper prints with what is derived: one row an equation and a claim, each verdict computed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Protocol

from derivations.collection import CatalogueEntry, catalogue
from derivations.engine.derivation import Derivation
from derivations.engine.report import DerivationReport, examine
from derivations.judging.bench import Bench
from derivations.judging.closing import Results
from derivations.judging.lines import judged
from derivations.judging.rows import NEED_A_DERIVATION, LedgerRow, LineJudgement, row, unjudged
from theory.papers import find
from theory.records import Paper, PrintedEquation

ALONE = "printed lines that name no derived result"
NOT_SERVED = "no derivation serves this equation yet"


class Measurement(Protocol):
    """A cross-check as the judgement needs it; ``serves`` names the printed equations it tests, where it tests any."""

    @property
    def identifier(self) -> str: ...

    @property
    def accepted(self) -> bool: ...

    @property
    def rival_rejected(self) -> bool: ...


def judge(
    paper: str | Paper,
    comparisons: Iterable[Measurement] = (),
    *,
    reports: Mapping[str, DerivationReport] | None = None,
    entries: Iterable[CatalogueEntry] | None = None,
    timeout: float = 30.0,
    seed: int = 0,
    on_row: Callable[[LedgerRow], None] | None = None,
) -> list[LedgerRow]:
    """The ledger of a paper: each numbered equation, then each claim of its prose, with its verdict.

    Parameters
    ----------
    paper
        Its key, or a record of one's own.
    comparisons
        Cross-checks; one that has ``serves``, a tuple of ``"paper:number"``, speaks for these equations.
    reports
        Derivations examined before, by identifier; the others are examined here, once in a process.
    entries
        Derivations to look in; those of the catalogue if none are given.
    timeout
        Seconds for one claim.
    seed
        Of the random points.
    on_row
        Called with each row as it is ready.

    Raises
    ------
    ValueError
        If there is no paper of that key.
    """
    record = find(paper) if isinstance(paper, str) else paper
    known = tuple(catalogue() if entries is None else entries)
    measured = tuple(comparisons)
    shelf = {name: Results(report=report) for name, report in (reports or {}).items()}
    rows = []
    for equation in (*record.equations, *record.claims):
        bench = _bench(f"{equation.paper}:{equation.number}", known, shelf, timeout, seed) if equation.lines else None
        found = _row(equation, bench, measured, timeout, seed)
        rows.append(found)
        if on_row is not None:
            on_row(found)
    return rows


def _bench(
    label: str, entries: tuple[CatalogueEntry, ...], shelf: dict[str, Results], timeout: float, seed: int
) -> Bench | None:
    """What an equation is judged with, None if no derivation serves it; results are kept on the shelf."""
    entry = next((e for e in entries if label in e.serves), None)
    if entry is None:
        return None
    if entry.identifier not in shelf:
        shelf[entry.identifier] = Results(report=_examined(entry, timeout, seed))
    return Bench(results=shelf[entry.identifier], serving=label, timeout=timeout, seed=seed)


def _row(
    equation: PrintedEquation, bench: Bench | None, comparisons: tuple[Measurement, ...], timeout: float, seed: int
) -> LedgerRow:
    label = f"{equation.paper}:{equation.number}"
    serving = tuple(c for c in comparisons if label in getattr(c, "serves", ()))
    if bench is None and serving:
        return _measured(equation, serving)
    if bench is None:
        return _alone(equation, timeout, seed) if _stands_alone(equation) else unjudged(equation, _waits_for(equation))
    lines = tuple(judged(line, bench) for line in equation.lines)
    found = row(equation, lines, derivation=bench.results.report.derivation.identifier)
    told = "; ".join(part for part in (found.reason, *map(_told, serving)) if part)
    return replace(found, reason=told or None)


def _stands_alone(equation: PrintedEquation) -> bool:
    """Whether every line says what it says without a derived result."""
    return bool(equation.lines) and not any(line.statement is None or line.derived for line in equation.lines)


def _waits_for(equation: PrintedEquation) -> str:
    """Why nothing is said of an equation: what its unstated lines say, or that no derivation serves it."""
    notes = (line.note for line in equation.lines if line.statement is None)
    return " ".join(dict.fromkeys(notes)) or NOT_SERVED


def _alone(equation: PrintedEquation, timeout: float, seed: int) -> LedgerRow:
    """The row of definitions and of claims that no derivation is needed for; what is wrong waits for one."""
    results = Results(report=DerivationReport(derivation=Derivation(ALONE), steps=()))
    bench = Bench(results=results, serving="", timeout=timeout, seed=seed)
    lines = tuple(_without_accusation(judged(line, bench)) for line in equation.lines)
    return row(equation, lines, derivation=None)


def _without_accusation(line: LineJudgement) -> LineJudgement:
    """A line that seems wrong, before any derivation has a true statement to put in its place, is open."""
    if line.verdict not in NEED_A_DERIVATION:
        return line
    reason = f"no derivation serves it, and as it stands it fails {line.counterexample}"
    return LineJudgement(label=line.label, verdict="open", status=line.status, reason=reason)


def _told(comparison: Measurement) -> str:
    if not comparison.accepted:
        return f"the cross-check {comparison.identifier} disagrees"
    sharp = "" if comparison.rival_rejected else ", though it does not reject its rival"
    title = getattr(comparison, "title", "")
    told = f"the cross-check {comparison.identifier} agrees{sharp}"
    return f"{told} ({title})" if title else told  # what it found: the claim may be that it is otherwise


def _measured(equation: PrintedEquation, comparisons: tuple[Measurement, ...]) -> LedgerRow:
    """The row of an equation that only measurements speak for; they must be able to fail."""
    good = all(c.accepted and c.rival_rejected for c in comparisons)
    verdict, status = ("empirical", "measured") if good else ("open", "inconclusive")
    reason = "; ".join(map(_told, comparisons))
    line = LineJudgement(label=equation.number, verdict=verdict, status=status, reason=reason)
    return row(equation, (line,), derivation=None)


@cache
def _examined(entry: CatalogueEntry, timeout: float, seed: int) -> DerivationReport:
    return examine(entry.build(), timeout=timeout, seed=seed)
