"""The pages of the site, made from templates; every address is relative, so that the folder can lie anywhere."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from saddlepoint.checking import numbers_of, status_of
from saddlepoint.ledger_table import place_of
from saddlepoint.lowerable import sources
from saddlepoint.render.graph_svg import graph_svg
from saddlepoint.render.html import html_fragment
from saddlepoint.render.wording import standing
from saddlepoint.results.contents import Contents, Told, derivation_page, ledger_place
from saddlepoint.site.gauge import gauge_svg
from saddlepoint.site.typesetting import TypesetFormulas, prose

TONES = {
    "proved": "good", "enclosed": "good", "enumerated": "good", "measured": "fair", "refuted": "bad",
    "inconclusive": "doubt", "unchecked": "plain", "holds": "good", "approximation": "fair", "convention": "good",
    "empirical": "fair", "definition": "plain", "misprint": "bad", "false": "bad", "holds if": "doubt", "open": "doubt",
}  # fmt: skip
"""The color of each verdict; the word always stands beside it."""


def front_page(contents: Contents) -> str:
    """What was derived, verified, refuted and measured, on one screen."""
    return _page("front.html", "", contents=contents)


def ledger_page(contents: Contents) -> str:
    """All printed equations of all papers with their verdicts."""
    return _page("ledger.html", "", contents=contents)


def networks_page(contents: Contents, figures: tuple[tuple[str, str], ...]) -> str:
    """All comparisons; ``figures`` are pairs of an address and a caption."""
    return _page("networks.html", "", contents=contents, figures=figures)


def one_derivation_page(contents: Contents, told: Told) -> str:
    """One derivation: its story with the evidence, its graph, and what it is compared with."""
    labels = sorted({label for step in told.report.steps for label in step.step.serves})
    return _page(
        "derivation.html",
        "../",
        contents=contents,
        told=told,
        story=Markup(html_fragment(told.document, TypesetFormulas())),
        graph=Markup(graph_svg(told.report)),
        last=standing(told.report.steps[-1]),
        served=[(label, *label.split(":", 1)) for label in labels],
        checks=contents.checks_of(labels),
        code=tuple(sources(s.step for s in told.report.steps)),
    )


def _page(template: str, root: str, **values: Any) -> str:
    return _environment().get_template(template).render(root=root, **values)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("saddlepoint.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    typeset = TypesetFormulas()
    made.filters.update(
        prose=lambda text: Markup(prose(text)),
        displayed=lambda latex: Markup(typeset.displayed(latex)),
        tone=lambda word: TONES[word],
        derivation_page=derivation_page,
        ledger_place=ledger_place,
        place_of=place_of,
        status_of=status_of,
        numbers_of=numbers_of,
        gauge=lambda comparison: Markup(gauge_svg(comparison)),
    )
    return made
