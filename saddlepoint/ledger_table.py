"""The ledger as rows and as a table: what papers print, and the verdict on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from saddlepoint.strict_json import row

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


def papers() -> tuple[str, ...]:
    """Keys of the papers that are transcribed, from the modules of ``theory.papers``."""
    from pkgutil import iter_modules

    import theory.papers

    return tuple(sorted(m.name for m in iter_modules(theory.papers.__path__) if any(c.isdigit() for c in m.name)))


def ledger_rows(paper: str | None, comparisons: Iterable[Any] = ()) -> list[dict[str, Any]]:
    """The rows of one paper, or of all.

    Raises
    ------
    ValueError
        If there is no such paper; the message lists those there are.
    """
    from derivations import judge

    known = papers()
    if paper is not None and paper not in known:
        raise ValueError(f"there is no paper {paper!r}; the ledger has {', '.join(known)}")
    chosen = known if paper is None else (paper,)
    given = tuple(comparisons)
    return [row(entry) for key in chosen for entry in judge(key, comparisons=given)]


def count_verdicts(rows: Iterable[Mapping[str, Any]]) -> str:
    """How many rows have each verdict, in words."""
    counts = Counter(r["verdict"] for r in rows)
    return ", ".join(f"{n} {verdict}" for verdict, n in counts.most_common())


def print_ledger(rows: list[dict[str, Any]], console: Console, *, errata: bool = False) -> None:
    """A line for each row, the correction below it where something is wrong, and the counts."""
    table = Table(box=None, padding=(0, 2, 0, 0))
    for head in ("paper", "equation", "verdict", "status", "derivation", "why"):
        table.add_column(head, overflow="fold")
    for entry in rows:
        verdict = Text(entry["verdict"], style=STYLES.get(entry["verdict"], ""))
        cells = (entry["paper"], entry["equation"], verdict, entry["status"] or "", entry["derivation"] or "")
        table.add_row(*cells, Text(_why(entry)))
    console.print(table)
    if errata:
        for entry in rows:
            _print_erratum(entry, console)
    console.print(f"{len(rows)} rows: {count_verdicts(rows) or 'nothing'}", markup=False)


def _why(entry: Mapping[str, Any]) -> str:
    return entry["condition"] or entry["reason"] or ""


def _print_erratum(entry: Mapping[str, Any], console: Console) -> None:
    console.print(Text(f"\n{entry['paper']} ({entry['equation']}): {entry['verdict']}", style="bold"))
    for name in ("printed_latex", "corrected_latex", "condition", "counterexample", "reason"):
        if entry[name]:
            console.print(Text(f"  {name.removesuffix('_latex'):<15}{entry[name]}"))
