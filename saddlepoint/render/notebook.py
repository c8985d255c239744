"""A derivation as a notebook that runs: it is rebuilt from its document, verified, and told step by step."""

from __future__ import annotations

import json
from typing import Any

from derivations.engine.report import DerivationReport
from saddlepoint.render.blocks import Block, Document, Note
from saddlepoint.render.markdown import markdown_fragment
from saddlepoint.render.narrative import document

FORMAT = {"nbformat": 4, "nbformat_minor": 5}
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def notebook(report: DerivationReport, saved: str) -> str:
    """The notebook as text; ``saved`` is the derivation's own document, which its first code cell reads."""
    story = document(report)
    cells = [
        _markdown(f"# {report.derivation.title}"),
        _markdown(
            "This notebook holds the derivation itself. The next cell reads it and examines every step anew; what "
            "follows tells the chain, with the verdict of each step."
        ),
        _code(
            "from derivations import Derivation\n\n"
            f"SAVED = {json.dumps(json.dumps(json.loads(saved), ensure_ascii=True))}\n\n"
            "derivation = Derivation.from_json(SAVED)\nreport = derivation.verify()\nreport"
        ),
        *_told(story, report),
        _code(_last(report)),
    ]
    numbered = [{**cell, "id": f"cell-{number}"} for number, cell in enumerate(cells)]
    whole = {**FORMAT, "metadata": {"kernelspec": KERNEL, "language_info": {"name": "python"}}, "cells": numbered}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _last(report: DerivationReport) -> str:
    """Asserts what was found when the notebook was written."""
    found = {r.step.name: r.status for r in report.steps if r.status is not None}
    return (
        f"EXPECTED = {json.dumps(found, ensure_ascii=False, indent=4)}\n\n"
        "assert {r.step.name: r.status for r in report.steps if r.status is not None} == EXPECTED"
    )


def _told(story: Document, report: DerivationReport) -> list[dict[str, Any]]:
    """The blocks of the story, and after the small print of a step a cell that shows its verdict."""
    cells: list[dict[str, Any]] = []
    names = iter(r.step.name for r in report.steps if r.step.needs_verdict)
    run: list[Block] = []
    for block in story.blocks:
        run.append(block)
        if isinstance(block, Note):
            cells += [_markdown(markdown_fragment(story, run)), _code(f"report[{json.dumps(next(names))}]")]
            run = []
    return [*cells, *([_markdown(markdown_fragment(story, run))] if run else [])]


def _markdown(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": text}


def _code(text: str) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": {}, "source": text, "outputs": [], "execution_count": None}
