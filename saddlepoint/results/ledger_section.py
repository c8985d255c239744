"""The ledger on the page of a run: each printed equation with its verdict, the correction where one is due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from saddlepoint.ledger_table import count_verdicts, place_of
from saddlepoint.render.formula_svg import FormulaPen
from saddlepoint.render.html import formula_html
from saddlepoint.results.tables import word


def ledger_section(rows: Iterable[Mapping[str, Any]], pen: FormulaPen) -> str:
    """All rows, what nobody asked about last and in one line."""
    entries = list(rows)
    asked = [r for r in entries if r["verdict"] != "unchecked"]
    rest = [f"{r['paper']} ({r['equation']})" for r in entries if r["verdict"] == "unchecked"]
    told = "".join(_entry(r, pen) for r in asked)
    unchecked = f'<p class="unchecked">Unchecked: {escape(", ".join(rest))}.</p>' if rest else ""
    head = f"<h2 id='ledger'>Printed equations</h2><p>{escape(count_verdicts(entries))}.</p>"
    return f'{head}<dl class="ledger">{told}</dl>{unchecked}'


def _entry(row: Mapping[str, Any], pen: FormulaPen) -> str:
    status = f", {escape(row['status'])}" if row["status"] else ""
    head = f"<dt>{escape(row['paper'])} ({escape(row['equation'])}): {word(row['verdict'])}{status}</dt>"
    parts = [("", _formula(row["printed_latex"], pen)), ("corrected: ", _formula(row["corrected_latex"], pen))]
    parts += [("holds if ", escape(row["condition"] or "")), ("fails at ", escape(place_of(row["counterexample"])))]
    parts.append(("", escape(row["reason"] or "")))
    return head + "".join(f"<dd><small>{name}{text}</small></dd>" for name, text in parts if text)


def _formula(latex: str | None, pen: FormulaPen) -> str:
    return formula_html(latex, pen) if latex else ""
