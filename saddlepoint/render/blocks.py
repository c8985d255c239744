"""The parts of a document, the same for LaTeX, Markdown, HTML and the terminal.

Running text may hold mathematics between dollar signs, ``[[eq:3]]`` for a numbered equation and ``[[cite:key]]`` for
a source; each medium resolves them in its own way.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A section title."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """Running text, with an optional run-in title."""

    text: str
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class Equation:
    """A displayed formula; ``number`` is None for one that nobody refers to."""

    latex: str
    text: str
    number: int | None = None


@dataclass(frozen=True, kw_only=True)
class Note:
    """A line in small print: a verdict; media that can fold show its evidence line by line below."""

    text: str
    status: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Items:
    """A list of short texts."""

    texts: tuple[str, ...]


Block = Heading | Paragraph | Equation | Note | Items


@dataclass(frozen=True, kw_only=True)
class Source:
    """An entry of the bibliography."""

    key: str
    citation: str


@dataclass(frozen=True, kw_only=True)
class Document:
    """A titled sequence of blocks with its sources."""

    title: str
    blocks: tuple[Block, ...]
    sources: tuple[Source, ...] = ()

    def source_number(self, key: str) -> int | None:
        """Place of a source in the bibliography, from 1; None if it is not there."""
        keys = [s.key for s in self.sources]
        return keys.index(key) + 1 if key in keys else None


_INLINE = re.compile(r"\$([^$]+)\$|\[\[eq:(\d+)\]\]|\[\[cite:([^\]]+)\]\]")


def inline(
    text: str,
    *,
    plain: Callable[[str], str],
    math: Callable[[str], str],
    equation: Callable[[int], str],
    cite: Callable[[str], str],
) -> str:
    """Running text with each of its parts written by the function for it."""
    parts, at = [], 0
    for found in _INLINE.finditer(text):
        parts.append(plain(text[at : found.start()]))
        formula, number, key = found.groups()
        parts.append(math(formula) if formula else equation(int(number)) if number else cite(key))
        at = found.end()
    return "".join([*parts, plain(text[at:])])
