"""One line in the terminal for each step as its verdict comes in."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from derivations.engine.report import DerivationReport, StepReport


def print_step(report: StepReport, console: Console) -> None:
    """Mark, status, name and time of a step; its counterexample or reason if it does not hold."""
    from saddlepoint.render.terminal import STYLES
    from saddlepoint.render.wording import MARKS

    status = report.status or ("postulate" if report.step.rule == "postulate" else "definition")
    style = STYLES.get(status, "dim" if report.status is None else "yellow")
    line = Text(f"  {MARKS.get(status, '·')} {status:<13}", style=style) + Text(report.step.name, style="default")
    kept = " (cached)" if report.verdict is not None and report.verdict.cached else ""
    console.print(line + Text(f"  {report.seconds:.2f} s{kept}" if report.status else "", style="dim"))
    if report.status in ("refuted", "inconclusive", "unchecked"):
        for verdict in (report.verdict, *report.obligations):
            if verdict is not None and not verdict.holds:
                console.print(Text(f"      {verdict}", style=style))


def print_standing(report: DerivationReport, console: Console) -> None:
    """What the last result of a derivation amounts to."""
    from saddlepoint.render.wording import standing

    counts = Counter(s.status for s in report.steps if s.status is not None)
    told = ", ".join(f"{n} {status}" for status, n in counts.most_common()) or "nothing is claimed"
    console.print(Text(f"  {told}; {report.stated_steps} typed in"))
    for last in [s for s in report.steps if s.status is not None][-1:]:
        console.print(Text(f"  {last.step.name}: {standing(last)}"))
