"""Write a derivation to a file in the form that the file's name asks for."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from derivations.engine.derivation import Derivation
from derivations.engine.report import DerivationReport, examine
from saddlepoint.strict_json import write_bytes


def export(derivation: Derivation | DerivationReport, path: str | os.PathLike[str]) -> Path:
    """Write a derivation as LaTeX, PDF, Markdown, HTML, a notebook, its own document, a picture, or its sources.

    Parameters
    ----------
    derivation
        A derivation, or the report of one. Steps that were examined before are not examined again.
    path
        Ends in ``.tex``, ``.pdf``, ``.md``, ``.html``, ``.ipynb``, ``.json``, ``.svg`` or ``.bib``.

    Raises
    ------
    ValueError
        If the name ends in something else.
    PdfError
        If a PDF is asked for and no TeX is installed.
    """
    target = Path(path)
    if target.suffix not in FORMS:
        raise ValueError(f"expected a file that ends in {', '.join(FORMS)}; found {target.name!r}")
    report = derivation if isinstance(derivation, DerivationReport) else derivation.report()
    content = FORMS[target.suffix](report)
    write_bytes(target, content if isinstance(content, bytes) else content.encode("utf-8"))
    return target


def _latex(report: DerivationReport) -> str:
    from saddlepoint.render.latex import latex_document
    from saddlepoint.render.narrative import document

    return latex_document(document(report))


def _pdf(report: DerivationReport) -> bytes:
    from saddlepoint.render.pdf import pdf

    return pdf(_latex(report))


def _bibtex(report: DerivationReport) -> str:
    from saddlepoint.render.bibtex import bibtex
    from saddlepoint.render.narrative import document

    return bibtex(document(report).sources)


def _markdown(report: DerivationReport) -> str:
    from saddlepoint.render.markdown import markdown_document
    from saddlepoint.render.narrative import document

    return markdown_document(document(report))


def _html(report: DerivationReport) -> str:
    from saddlepoint.render.html import html_document
    from saddlepoint.render.narrative import document

    return html_document(document(report))


def _notebook(report: DerivationReport) -> str:
    from saddlepoint.render.notebook import notebook

    saved = _saved(report)
    if any(s.step.rule == "earlier result" for s in report.steps):
        report = _without_others(report, saved)
    return notebook(report, saved)


def _without_others(report: DerivationReport, saved: str) -> DerivationReport:
    """What the notebook will find, which has the results of other derivations but not these themselves."""
    rebuilt = Derivation.from_json(saved)
    own = (s for s in report.steps if s.step.rule != "earlier result" and s.verdict is not None)
    return examine(rebuilt, known={s.step.name: replace(s, step=rebuilt[s.step.name]) for s in own})


def _svg(report: DerivationReport) -> str:
    from saddlepoint.render.graph_svg import graph_svg

    return graph_svg(report)


def _saved(report: DerivationReport) -> str:
    derivation: Any = report.derivation
    return derivation.to_json()


FORMS: dict[str, Callable[[DerivationReport], str | bytes]] = {
    ".tex": _latex, ".pdf": _pdf, ".md": _markdown, ".html": _html, ".ipynb": _notebook, ".json": _saved, ".svg": _svg,
    ".bib": _bibtex,
}  # fmt: skip
"""What writes each form, by the ending of a file's name."""
