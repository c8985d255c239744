"""A document as Markdown with mathematics between dollar signs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import singledispatchmethod

from saddlepoint.render.blocks import Block, Document, Equation, Heading, Items, Note, Paragraph, inline

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|])")


def markdown_document(document: Document) -> str:
    """The whole document."""
    writer = _Writer(document)
    parts = [f"# {writer.text(document.title)}", *(writer.written(b) for b in document.blocks)]
    if document.sources:
        parts += [
            "## References",
            "\n".join(f"{n}. {_escaped(s.citation)}." for n, s in enumerate(document.sources, 1)),
        ]
    return "\n\n".join(parts) + "\n"


def markdown_fragment(document: Document, blocks: Iterable[Block]) -> str:
    """Some blocks of the document, to stand elsewhere."""
    writer = _Writer(document)
    return "\n\n".join(writer.written(block) for block in blocks)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


class _Writer:
    def __init__(self, document: Document) -> None:
        self._document = document

    def text(self, text: str) -> str:
        """Running text."""
        return inline(
            text,
            plain=_escaped,
            math=lambda formula: f"${formula}$",
            equation=lambda number: f"({number})",
            cite=lambda key: f"[{self._document.source_number(key) or key}]",
        )

    @singledispatchmethod
    def written(self, block: Block) -> str:
        """One block."""
        raise TypeError(f"no Markdown for a {type(block).__name__}")

    @written.register
    def _(self, block: Heading) -> str:
        return f"## {self.text(block.text)}"

    @written.register
    def _(self, block: Paragraph) -> str:
        title = f"**{self.text(block.title[:1].upper() + block.title[1:])}.** " if block.title else ""
        return title + self.text(block.text)

    @written.register
    def _(self, block: Equation) -> str:
        tag = "" if block.number is None else rf" \tag{{{block.number}}}"
        return f"$$\n{block.latex}{tag}\n$$"

    @written.register
    def _(self, block: Note) -> str:
        return f"> {self.text(block.text)}"

    @written.register
    def _(self, block: Items) -> str:
        return "\n".join(f"- {self.text(t)}" for t in block.texts)
