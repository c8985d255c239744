"""Derivations and reports as HTML for a notebook, which typesets the formulas itself.

Full documents are made by ``saddlepoint.render``; this is what a notebook shows for an object at the end of a cell.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Protocol

from derivations.engine.step import Step
from theory.printing import statement_latex
from theory.statements import Postulate


class Reported(Protocol):
    """What is shown of a step that was examined."""

    @property
    def step(self) -> Step: ...

    @property
    def status(self) -> str | None: ...

    @property
    def rests_on(self) -> tuple[str, ...]: ...


def steps_html(title: str, steps: Iterable[Step]) -> str:
    """A table of steps: name, claim, rule."""
    rows = "".join(_row(step.name, _claim(step), step.rule) for step in steps)
    return _table(title, ("step", "claim", "rule"), rows)


def reports_html(title: str, reports: Iterable[Reported]) -> str:
    """A table of examined steps: name, claim, rule, verdict, what the result rests on."""
    rows = "".join(
        _row(r.step.name, _claim(r.step), r.step.rule, r.status or "", "; ".join(r.rests_on)) for r in reports
    )
    return _table(title, ("step", "claim", "rule", "verdict", "rests on"), rows)


def _claim(step: Step) -> str:
    if isinstance(step.statement, Postulate):
        return escape(step.statement.claim)
    return f"$\\displaystyle {escape(statement_latex(step.statement))}$"


def _row(name: str, claim: str, *rest: str) -> str:
    cells = "".join(f"<td>{escape(text)}</td>" for text in rest)
    return f'<tr><td>{escape(name)}</td><td style="text-align:left">{claim}</td>{cells}</tr>'


def _table(title: str, heads: tuple[str, ...], rows: str) -> str:
    head = "".join(f"<th>{h}</th>" for h in heads)
    return f"<table><caption>{escape(title)}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
