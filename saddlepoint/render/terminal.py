"""A document in the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from saddlepoint.render.blocks import Block, Document, Equation, Heading, Items, Note, Paragraph, inline
from saddlepoint.render.plain_math import plain_math

STYLES = {"proved": "green", "enclosed": "green", "enumerated": "green", "measured": "cyan", "refuted": "bold red"}


def print_document(document: Document, console: Console) -> None:
    """Write the whole document."""
    console.print(Text(document.title, style="bold"))
    for block in document.blocks:
        print_block(document, block, console)
    for number, source in enumerate(document.sources, 1):
        console.print(Text(f"[{number}] {source.citation}"))


def print_block(document: Document, block: Block, console: Console) -> None:
    """Write one block."""
    match block:
        case Heading():
            console.print(Text(f"\n{block.text}", style="bold underline"))
        case Paragraph():
            title = Text(f"{block.title[:1].upper()}{block.title[1:]}. ", style="bold") if block.title else Text()
            console.print(
                Text("\n") + title + Text(words(document, block.text)) if block.title else words(document, block.text),
                markup=False,
                highlight=False,
            )
        case Equation():
            tag = f"({block.number})" if block.number is not None else ""
            console.print(Padding(Text(f"{tag:<6}{block.text}", style="cyan"), (0, 0, 0, 2)))
        case Note():
            console.print(
                Padding(Text(words(document, block.text), style=STYLES.get(block.status, "yellow")), (0, 0, 0, 2))
            )
        case Items():
            for text in block.texts:
                console.print(Padding(Text(f"- {words(document, text)}"), (0, 0, 0, 2)))


def words(document: Document, text: str) -> str:
    """Running text for the terminal."""
    return inline(
        text,
        plain=lambda t: t,
        math=plain_math,
        equation=lambda n: f"({n})",
        cite=lambda key: f"[{document.source_number(key) or key}]",
    )
