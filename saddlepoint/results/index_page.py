"""The page that shows a run: verdicts, ledger, cross-checks, figures, provenance. It loads nothing from elsewhere."""

from __future__ import annotations

import base64
from html import escape
from pathlib import Path
from typing import Any

from saddlepoint.checking import status_of
from saddlepoint.ledger_table import count_verdicts
from saddlepoint.render.formula_svg import FormulaPen
from saddlepoint.render.html import formula_html, page
from saddlepoint.render.wording import standing
from saddlepoint.results.findings import Findings
from saddlepoint.results.folder import ResultFolder


def index_page(findings: Findings, folder: ResultFolder) -> str:
    """The whole page."""
    pen = FormulaPen()
    parts = [
        "<h1>saddlepoint: what was derived, verified and measured</h1>",
        *_derivations(findings),
        *_comparisons(findings, folder),
        *_ledger(findings, pen),
        *_provenance(findings),
    ]
    return page("saddlepoint results", "\n".join([pen.definitions(), *parts]))


def _derivations(findings: Findings) -> list[str]:
    parts = ["<h2>Derivations</h2>"]
    for report in findings.reports:
        name = escape(report.derivation.identifier)
        links = " · ".join(f'<a href="derivations/{name}.{kind}">{kind}</a>' for kind in ("html", "tex", "md"))
        rows = [
            (escape(s.step.name), escape(s.step.rule), _word(s.status), escape(standing(s)))
            for s in report.steps
            if s.status
        ]
        heads = ("step", "rule", "claim", "as a result")
        parts += [f"<h3>{escape(report.derivation.title)}</h3><p>{links}</p>", _table(heads, rows)]
    return parts


def _comparisons(findings: Findings, folder: ResultFolder) -> list[str]:
    rows = [
        (
            f"{escape(c.title)}<br><small>{escape(c.quantity)}</small>",
            _number(c.prediction),
            f"{_number(c.measurement)} ± {_number(c.standard_error, 2)}",
            _number(c.z, 3),
            f"{escape(c.rival)}: {_number(c.rival_prediction)} ({_number(c.rival_z, 3)})",
            _word(status_of(c)),
        )
        for c in findings.comparisons
    ]
    heads = ("comparison", "predicted", "measured", "z", "rival (its z)", "verdict")
    figures = [_figure(path) for path in sorted((folder.path / "figures").glob("*.png"))]
    return ["<h2>Theory against networks</h2>", _table(heads, rows), *figures]


def _figure(path: Path) -> str:
    data = base64.b64encode(path.read_bytes()).decode()
    name = escape(path.stem.replace("-", " "))
    return f'<figure><img alt="{name}" src="data:image/png;base64,{data}"><figcaption>{name}</figcaption></figure>'


def _ledger(findings: Findings, pen: FormulaPen) -> list[str]:
    rows = [
        (
            f"{escape(r['paper'])} ({escape(r['equation'])})",
            _word(r["verdict"]),
            _formula(r["printed_latex"], pen),
            _formula(r["corrected_latex"], pen),
            escape(str(r["condition"] or r["reason"] or "")),
        )
        for r in findings.ledger
    ]
    heads = ("equation", "verdict", "as printed", "corrected", "why")
    return [f"<h2>Printed equations</h2><p>{escape(count_verdicts(findings.ledger))}.</p>", _table(heads, rows)]


def _formula(latex: str | None, pen: FormulaPen) -> str:
    return formula_html(latex, pen) if latex else ""


def _provenance(findings: Findings) -> list[str]:
    rows = [(escape(k), escape(str(v))) for k, v in findings.provenance.items()]
    return ["<h2>Provenance</h2>", _table(("what", "value"), rows)]


def _table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    head = "".join(f"<th>{h}</th>" for h in heads)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _word(status: str | None) -> str:
    return f'<span class="{escape((status or "").split(" ")[0])}">{escape(status or "")}</span>'


def _number(value: Any, digits: int = 6) -> str:
    return "" if value is None else f"{value:.{digits}g}"
