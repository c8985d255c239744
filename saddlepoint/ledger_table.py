"""The ledger as rows and as a table: what papers print, and the verdict on it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from saddlepoint.render.plain_math import plain_math
from saddlepoint.strict_json import row

if TYPE_CHECKING:
    from derivations.judgement import Measurement

FORMULA = re.compile(r"\$([^$]+)\$")
WHY = 120
"""Longest reason in a table, in characters."""
WRONG = ("misprint", "false", "holds if")
STYLES = {
    "holds": "green",
    "approximation": "green",
    "convention": "green",
    "definition": "dim",
    "empirical": "cyan",
    "misprint": "red",
    "false": "bold red",
    "holds if": "yellow",
    "open": "yellow",
    "unchecked": "dim",
}


def ledger_rows(
    paper: str | None,
    *,
    comparisons: Iterable[Measurement] = (),
    reports: Mapping[str, Any] | None = None,
    timeout: float = 30.0,
    on_row: Callable[[Any], None] | None = None,
) -> list[dict[str, Any]]:
    """The rows of one paper, or of all.

    Parameters
    ----------
    paper
        Its key, None for all.
    comparisons
        Cross-checks that were run, for the equations that only a measurement can judge.
    reports
        Derivations examined before, by identifier; the others are examined here.
    timeout
        Seconds for one claim.
    on_row
        Called with each row as it is ready.

    Raises
    ------
    ValueError
        If there is no such paper; the message lists those there are.
    """
    from derivations import judge
    from theory.papers import PAPERS, find

    chosen = PAPERS if paper is None else (find(paper).key,)
    given = tuple(comparisons)
    rows = (judge(key, comparisons=given, reports=reports, timeout=timeout, on_row=on_row) for key in chosen)
    return [row(entry) for of_paper in rows for entry in of_paper]


def count_verdicts(rows: Iterable[Mapping[str, Any]]) -> str:
    """How many rows have each verdict, in words."""
    counts = Counter(r["verdict"] for r in rows)
    return ", ".join(f"{n} {verdict}" for verdict, n in counts.most_common())


def print_ledger(rows: list[dict[str, Any]], console: Console) -> None:
    """A line for each row, and the counts."""
    console.print(_table(rows))
    console.print(f"{len(rows)} rows: {count_verdicts(rows) or 'nothing'}", markup=False)


def _table(rows: list[dict[str, Any]]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    for head in ("paper", "equation", "verdict", "status", "derivation", "why"):
        table.add_column(head, overflow="fold", no_wrap=head in ("paper", "derivation"))
    for entry in rows:
        verdict = Text(entry["verdict"], style=STYLES.get(entry["verdict"], ""))
        cells = (entry["paper"], entry["equation"], verdict, entry["status"] or "", entry["derivation"] or "")
        table.add_row(*cells, Text(_why(entry)))
    return table


def _why(entry: Mapping[str, Any]) -> str:
    """The claim, then the condition or the reason, cut where it is long; JSON has the whole."""
    parts = (entry["text"] and f"‘{entry['text']}’", entry["condition"] or entry["reason"])
    text = FORMULA.sub(lambda found: plain_math(found[1]), " ".join(part for part in parts if part))
    return text if len(text) <= WHY else text[: WHY - 1].rsplit(" ", 1)[0] + " …"


def place_of(counterexample: Mapping[str, Any] | None) -> str:
    """Where an equation fails, and what both sides are there."""
    if counterexample is None:
        return ""
    values = ", ".join(f"{name} = {value}" for name, value in counterexample["values"].items())
    return f"{values}: left = {counterexample['left']}, right = {counterexample['right']}"
