"""Steps and derivations as HTML for a notebook, which typesets the formulas itself; nothing is loaded from anywhere.

Full documents are made by ``saddlepoint.render``; this is what a notebook shows for an object at the end of a cell.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from derivations.display.shown import COLORS, NEUTRAL, Shown, conditions, mark, reason, tally, word
from theory.printing import statement_latex
from theory.statements import Postulate

SMALL = "font-size:85%;opacity:.8"


def chain_html(title: str, steps: Iterable[Shown]) -> str:
    """The chain of steps with reasons and verdicts; evidence is folded."""
    entries = list(steps)
    head = f'<div><b>{escape(title)}</b> <span style="{SMALL}">{escape(tally(entries))}</span></div>'
    return f'<div class="saddlepoint-derivation">{head}{"".join(map(step_html, entries))}</div>'


def step_html(shown: Shown) -> str:
    """One step behind a bar in the color of its verdict."""
    color = COLORS.get(shown.status or "", NEUTRAL)
    told = reason(shown)
    parts = [
        f'<div><b style="color:{color}">{mark(shown)} {escape(word(shown))}</b> <b>{escape(shown.step.name)}</b>'
        f"{f' <i>{escape(told)}</i>' if told else ''}</div>",
        f'<div style="margin:.2em 0 .2em 1em;overflow-x:auto">{_claim(shown.step.statement)}</div>',
        *_open_questions(shown),
        *_rests_on(shown),
        _evidence(shown),
    ]
    return f'<div style="border-left:4px solid {color};padding-left:.7em;margin:.6em 0">{"".join(parts)}</div>'


def _claim(statement: Any) -> str:
    if isinstance(statement, Postulate):
        return escape(statement.claim)
    return f"$\\displaystyle {escape(statement_latex(statement))}$"


def _open_questions(shown: Shown) -> list[str]:
    """What a reader must see without unfolding anything: refutations, repairs, doubts, conditions."""
    told = [v for v, _ in shown.findings if v.status in ("refuted", "inconclusive", "unchecked")]
    remarks = [remark for remark in (shown.step.remark, conditions(shown)) if remark]
    lines = [f'<div style="{SMALL}">{escape(remark)}</div>' for remark in remarks]
    lines += [f'<div style="color:{COLORS[v.status]};{SMALL}">{escape(str(v))}</div>' for v in told]
    repairs = [v.repair.statement for v in told if v.repair is not None]
    return lines + [f'<div style="margin-left:1em">would hold: {_claim(statement)}</div>' for statement in repairs]


def _rests_on(shown: Shown) -> list[str]:
    if not shown.rests_on or shown.status is None:
        return []
    return [f'<div style="{SMALL}">rests on {escape("; ".join(shown.rests_on))}</div>']


def _evidence(shown: Shown) -> str:
    if not shown.findings:
        return ""
    rows = "".join(
        f'<tr><td style="text-align:left">{_claim(claim) if number else "the claim"}</td>{_cells(e)}</tr>'
        for number, (verdict, claim) in enumerate(shown.findings)
        for e in verdict.evidence
    )
    heads = "".join(f"<th>{h}</th>" for h in ("about", "route", "outcome", "technique", "points", "digits", "seconds"))
    checked = "".join(f"<div>{_claim(c)}</div>" for c in shown.step.checked if c != shown.step.statement)
    form = f'<div style="{SMALL}">examined as</div>{checked}' if checked else ""
    return (
        f'<details style="{SMALL}"><summary>evidence</summary>{form}'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></details>"
    )


def _cells(evidence: Any) -> str:
    told = evidence.technique or evidence.reason
    values = (evidence.route, evidence.told_outcome, told, evidence.points or "", evidence.digits or "")
    cells = "".join(f"<td>{escape(str(v))}</td>" for v in values)
    return f"{cells}<td>{evidence.seconds:.2f}</td>"
