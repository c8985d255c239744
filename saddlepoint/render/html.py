"""A document as HTML that stands by itself: no script, no request to anywhere."""

from __future__ import annotations

from functools import singledispatchmethod
from html import escape
from typing import Protocol

from saddlepoint.render.blocks import Block, Document, Equation, Heading, Items, Note, Paragraph, inline
from saddlepoint.render.formula_svg import FormulaPen, formula_rows
from saddlepoint.render.matrix_html import MATRIX_STYLE, matrix_html

STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.5 Georgia, serif; color: #1b1b1b; background: #fff; max-width: 62rem; margin: 2rem auto;
       padding: 0 1rem; }
h1, h2, h3, table, nav, .note { font-family: system-ui, sans-serif; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; margin-top: 2.2rem; }
table { border-collapse: collapse; font-size: .9rem; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #ddd; }
.equation { display: flex; align-items: center; overflow-x: auto; margin: .6rem 0; }
.equation .body { flex: 1; padding-left: 1.5rem; } .equation .body > div { margin: .25rem 0; }
.indent { padding-left: 2rem; }
.note { font-size: .82rem; color: #444; margin: .2rem 0 1.2rem; }
.proved, .enclosed, .enumerated, .holds, .agrees { color: #14662b; } .measured, .approximation { color: #0b5a7a; }
.refuted, .false, .misprint { color: #a01818; } .inconclusive, .unchecked, .open { color: #8a6100; }
figure { margin: 1.2rem 0; } figure img { max-width: 100%; } figcaption { font-size: .85rem; color: #444; }
code { font-size: .85em; overflow-wrap: anywhere; }
dl.ledger dt { margin-top: .8rem; font-family: system-ui, sans-serif; font-size: .9rem; }
dl.ledger dd { margin: .2rem 0 .2rem 1.5rem; overflow-x: auto; } dl.ledger dd small { color: #444; }
.found { background: #f4f6f8; padding: .6rem 1rem; font-family: system-ui, sans-serif; font-size: .9rem; }
.found p { margin: .15rem 0; }
"""


def page(title: str, body: str) -> str:
    """A complete page around a body."""
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(title)}</title>\n'
        f"<style>{STYLE}{MATRIX_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


class Formulas(Protocol):
    """How formulas get onto a page."""

    def inline(self, latex: str) -> str:
        """A formula in running text."""
        ...

    def displayed(self, latex: str) -> str:
        """A formula on lines of its own."""
        ...

    def definitions(self) -> str:
        """What the formulas written so far need, once on the page."""
        ...


class DrawnFormulas:
    """Formulas drawn here, for a page that stands by itself."""

    def __init__(self) -> None:
        self._pen = FormulaPen()

    def inline(self, latex: str) -> str:
        """The formula as a drawing, or its TeX source where it cannot be drawn."""
        return formula_html(latex, self._pen)

    def displayed(self, latex: str) -> str:
        """A drawing for each of its lines."""
        rows = enumerate(formula_rows(latex))
        return "".join(f"<div{_indented(n, row)}>{formula_html(row, self._pen)}</div>" for n, row in rows)

    def definitions(self) -> str:
        """The letters, each of them once."""
        return self._pen.definitions()


def html_document(document: Document) -> str:
    """A page with the whole document."""
    return page(document.title, f"<h1>{escape(document.title)}</h1>\n{html_fragment(document, DrawnFormulas())}")


def html_fragment(document: Document, formulas: Formulas) -> str:
    """The document without its title, to stand within a page."""
    writer = _Writer(document, formulas)
    body = [writer.written(block) for block in document.blocks]
    parts = [formulas.definitions(), *body]
    if document.sources:
        items = "".join(f"<li>{escape(s.citation)}</li>" for s in document.sources)
        parts.append(f"<h2>References</h2><ol>{items}</ol>")
    return "\n".join(parts)


def formula_html(latex: str, pen: FormulaPen) -> str:
    """One line of mathematics, with its source for those who cannot see the drawing."""
    drawing = pen.draw(latex)
    if drawing is None:
        return matrix_html(latex, lambda part: formula_html(part, pen)) or f"<code>{escape(latex)}</code>"
    return drawing.replace("<svg ", f'<svg role="img" aria-label="{escape(latex, quote=True)}" ', 1)


def _indented(number: int, row: str) -> str:
    return ' class="indent"' if number and not row.startswith(r"\q") else ""


class _Writer:
    def __init__(self, document: Document, formulas: Formulas) -> None:
        self._document, self._formulas = document, formulas

    def text(self, text: str) -> str:
        """Running text."""
        return inline(
            text,
            plain=escape,
            math=self._formulas.inline,
            equation=lambda n: f'<a href="#equation-{n}">({n})</a>',
            cite=lambda key: f"[{self._document.source_number(key) or escape(key)}]",
        )

    @singledispatchmethod
    def written(self, block: Block) -> str:
        """One block."""
        raise TypeError(f"no HTML for a {type(block).__name__}")

    @written.register
    def _(self, block: Heading) -> str:
        return f"<h2>{self.text(block.text)}</h2>"

    @written.register
    def _(self, block: Paragraph) -> str:
        title = f"<b>{self.text(block.title[:1].upper() + block.title[1:])}.</b> " if block.title else ""
        return f"<p>{title}{self.text(block.text)}</p>"

    @written.register
    def _(self, block: Equation) -> str:
        number = block.number
        tag = f'<span class="number">({number})</span>' if number is not None else ""
        anchor = f' id="equation-{number}"' if number is not None else ""
        return (
            f'<div class="equation"{anchor}><div class="body">{self._formulas.displayed(block.latex)}</div>{tag}</div>'
        )

    @written.register
    def _(self, block: Note) -> str:
        told = self.text(block.text)
        if not block.evidence:
            return f'<p class="note {escape(block.status)}">{told}</p>'
        lines = "".join(f"<li>{self.text(line)}</li>" for line in block.evidence)
        summary = f'<summary class="{escape(block.status)}">{told}</summary>'
        return f'<details class="note">{summary}<ul>{lines}</ul></details>'

    @written.register
    def _(self, block: Items) -> str:
        return "<ul>" + "".join(f"<li>{self.text(t)}</li>" for t in block.texts) + "</ul>"
