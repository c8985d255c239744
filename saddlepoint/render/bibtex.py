"""Sources as BibTeX entries."""

from __future__ import annotations

import re
from collections.abc import Iterable

from saddlepoint.render.blocks import Source
from saddlepoint.render.latex import escaped
from theory.papers import PAPERS, find

YEAR = re.compile(r"\((\d{4})\)")


def bibtex(sources: Iterable[Source]) -> str:
    """An entry for each source, once: in full for the papers of the ledger, the citation as a note for others."""
    once = {s.key: s for s in sources}
    return "\n".join(_entry(source) for source in once.values())


def _entry(source: Source) -> str:
    if source.key in PAPERS:
        return find(source.key).bibtex
    years = YEAR.findall(source.citation)
    year = f"  {'year':<13} = {{{years[-1]}}},\n" if years else ""
    return f"@misc{{{source.key},\n{year}  {'note':<13} = {{{escaped(source.citation)}}}\n}}\n"
