"""Formulas and prose as HTML that KaTeX sets in the reader's browser."""

from __future__ import annotations

from html import escape

from saddlepoint.render.blocks import inline


class TypesetFormulas:
    """Writes TeX into elements that the page's script sets; hidden until it has."""

    def inline(self, latex: str) -> str:
        """A formula in running text."""
        return f'<span class="tex waiting">{escape(latex)}</span>'

    def displayed(self, latex: str) -> str:
        """A formula on lines of its own."""
        return f'<span class="tex displayed waiting">{escape(latex)}</span>'

    def definitions(self) -> str:
        """Nothing: the browser has the letters."""
        return ""


def prose(text: str) -> str:
    """Running text with mathematics between dollar signs."""
    return inline(text, plain=escape, math=TypesetFormulas().inline, equation=lambda n: f"({n})", cite=escape)
