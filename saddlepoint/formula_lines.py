"""A formula's verdict in the terminal: in full for one, a line each for many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from derivations.engine.evidence import Evidence
from derivations.engine.verdict import Verdict
from saddlepoint.formulas import FormulaReport
from saddlepoint.render.terminal import STYLES
from saddlepoint.render.wording import MARKS
from theory.printing import domain_text, statement_text

MEANING = {
    "proved": "it holds: an exact proof, and an independent check that agrees",
    "enclosed": "it holds at every point tried, to many digits; no exact proof was found",
    "enumerated": "it holds on every instance tried; no proof for all of them was found",
    "refuted": "it is wrong",
    "inconclusive": "nothing was decided",
}


def print_report(report: FormulaReport, console: Console) -> None:
    """Each claim with its domain, verdict, counterexample or reason, repair and evidence."""
    for statement, verdict in zip(report.formula.claims, report.verdicts, strict=True):
        console.print(Text(statement_text(statement), style="bold"))
        if told := ", ".join(domain_text(statement.domain)):
            console.print(Text(f"  for {told}", style="dim"))
        _print_verdict(verdict, console)


def _print_verdict(verdict: Verdict, console: Console) -> None:
    style = STYLES.get(verdict.status, "yellow")
    kept = " (remembered; --fresh examines it again)" if verdict.cached else ""
    meaning = MEANING.get(verdict.status, "")
    console.print(Text(f"  {MARKS[verdict.status]} {verdict.status}", style=style) + Text(f": {meaning}{kept}"))
    for line in finding(verdict):
        console.print(Text(f"    {line}", style=style))
    console.print(_table(verdict.evidence))


def finding(verdict: Verdict) -> list[str]:
    """What makes it fail, or why nothing was decided, and what would hold."""
    found = verdict.counterexample
    lines = [str(found)] if found is not None else [verdict.reason] if verdict.reason else []
    if verdict.repair is not None:
        lines.append(f"would hold with {verdict.repair.text}: {statement_text(verdict.repair.statement)}")
    return lines


def _table(evidence: Iterable[Evidence]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for head in ("    route", "outcome", "technique", "points", "digits", "seconds"):
        table.add_column(head, overflow="fold")
    for item in evidence:
        how = item.technique or item.reason
        counts = (str(n) if n else "" for n in (item.points, item.digits))
        cells = (f"    {item.route}", item.told_outcome, how, *counts, f"{item.seconds:.2f}")
        table.add_row(*(Text(cell) for cell in cells))
    return table


def print_line(report: FormulaReport, console: Console) -> None:
    """Line number, mark, status and formula; what makes it fail below it."""
    style = STYLES.get(report.status, "yellow")
    head = Text(f"{report.formula.line or 0:5d}  ") + Text(f"{MARKS[report.status]} {report.status:<13}", style=style)
    console.print(head + Text(f"{report.seconds:6.2f} s  ", style="dim") + Text(report.formula.text))
    if not report.holds:
        for line in finding(report.deciding):
            console.print(Text(f"           {line}", style=style))


def print_counts(reports: list[FormulaReport], console: Console) -> None:
    """How many formulas have which status."""
    counts = Counter(r.status for r in reports)
    told = ", ".join(f"{n} {status}" for status, n in counts.most_common()) or "no formula"
    noun = "formula" if len(reports) == 1 else "formulas"
    console.print(Text(f"{len(reports)} {noun}: {told}" if reports else told))
