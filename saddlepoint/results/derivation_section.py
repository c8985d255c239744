"""A derivation on the page of a run: a line for each claim, and what the numbers it rests on stand for."""

from __future__ import annotations

from html import escape

from derivations.engine.report import DerivationReport
from saddlepoint.render.wording import standing
from saddlepoint.results.tables import table, word


def derivation_section(report: DerivationReport) -> str:
    """Title, links to the documents, the table of claims, the legend."""
    name = escape(report.derivation.identifier)
    links = " · ".join(f'<a href="derivations/{name}.{kind}">{kind}</a>' for kind in ("html", "tex", "md"))
    labels = {rested: f"[{n}]" for n, rested in enumerate(report.rests_on, 1)}
    rows = [
        (
            escape(s.step.name),
            escape(s.step.rule),
            word(s.status),
            escape(standing(s, tuple(labels[r] for r in s.rests_on))),
        )
        for s in report.steps
        if s.status
    ]
    claims = table(("step", "rule", "claim", "as a result"), rows)
    legend = "; ".join(f"{label} {escape(rested)}" for rested, label in labels.items())
    rests = f'<p class="note">Rested on: {legend}.</p>' if legend else ""
    return f"<h3>{escape(report.derivation.title)}</h3><p>{links}</p>{claims}{rests}"
