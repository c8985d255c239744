"""The page that shows a run: verdicts, comparisons, figures, ledger, provenance. It loads nothing from elsewhere."""

from __future__ import annotations

import base64
from html import escape
from pathlib import Path

from saddlepoint.checking import status_of
from saddlepoint.render.formula_svg import FormulaPen
from saddlepoint.render.html import page
from saddlepoint.results.derivation_section import derivation_section
from saddlepoint.results.findings import Findings
from saddlepoint.results.folder import ResultFolder
from saddlepoint.results.ledger_section import ledger_section
from saddlepoint.results.summary import summary
from saddlepoint.results.tables import number, table, word

CAPTIONS = {
    "comparisons": "Each comparison: how far the measurement lies from the prediction and from the rival theory.",
    "least-eigenvalue": "The least eigenvalue of I - M of sampled networks approaches the prediction for large layers "
    "as they grow; the least eigenvalue of the replica Hessian is another function with the same zero.",
    "training": "Networks trained on the built-in digits: means and standard errors over networks. The critical "
    "temperature is read where the least eigenvalue is first down to its minimum before training.",
}


def index_page(findings: Findings, folder: ResultFolder) -> str:
    """The whole page."""
    pen = FormulaPen()
    sections = (
        _found(findings),
        "<h2 id='derivations'>Derivations</h2>" + "".join(map(derivation_section, findings.reports)),
        _comparisons(findings, folder),
        ledger_section(findings.ledger, pen),
        "<h2>Provenance</h2>"
        + table(("what", "value"), [(escape(k), escape(str(v))) for k, v in findings.provenance.items()]),
    )
    return page("saddlepoint results", "\n".join([pen.definitions(), *sections]))


def _found(findings: Findings) -> str:
    links = {"derivations": "Derivations", "networks": "Theory against networks", "ledger": "Printed equations"}
    nav = " · ".join(f'<a href="#{anchor}">{title}</a>' for anchor, title in links.items())
    lines = "".join(f"<p>{escape(line)}</p>" for line in summary(findings))
    title = "<h1>saddlepoint: what was derived, verified and measured</h1>"
    return f'{title}<nav>{nav}</nav><div class="found">{lines}</div>'


def _comparisons(findings: Findings, folder: ResultFolder) -> str:
    rows = [
        (
            f"{escape(c.title)}<br><small>{escape(c.quantity)}</small>",
            number(c.prediction),
            f"{number(c.measurement)} ± {number(c.standard_error, 2)}",
            number(c.z, 3),
            f"{escape(c.rival)}: {number(c.rival_prediction)} ({number(c.rival_z, 3)})",
            word(status_of(c)),
        )
        for c in findings.comparisons
    ]
    heads = ("comparison", "predicted", "measured", "z", "rival (its z)", "verdict")
    figures = "".join(_figure(path) for path in sorted((folder.path / "figures").glob("*.png")))
    return f"<h2 id='networks'>Theory against networks</h2>{table(heads, rows)}{figures}"


def _figure(path: Path) -> str:
    data = base64.b64encode(path.read_bytes()).decode()
    caption = escape(CAPTIONS.get(path.stem, path.stem))
    return (
        f'<figure><img alt="{caption}" src="data:image/png;base64,{data}"><figcaption>{caption}</figcaption></figure>'
    )


def _provenance(findings: Findings) -> str:
    rows = [(escape(name), escape(str(value))) for name, value in findings.provenance.items()]
    return "<h2>Provenance</h2>" + table(("what", "value"), rows)
