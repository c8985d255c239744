"""A document as LaTeX for plain pdflatex: amsmath and amssymb, nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatchmethod

from saddlepoint.render.blocks import Block, Document, Equation, Heading, Items, Note, Paragraph, Source, inline
from theory.printing.notation import GREEK

PREAMBLE = r"""\usepackage{amsmath}
\usepackage{amssymb}
\setlength{\textwidth}{6.3in}
\setlength{\oddsidemargin}{0.1in}
\setlength{\textheight}{8.9in}
\setlength{\topmargin}{-0.4in}
\allowdisplaybreaks
\setlength{\emergencystretch}{3em}
"""
TOGETHER = "\\nopagebreak\n"
"""Keeps a formula on the page of the words before it."""
_ESCAPES = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}", "$": r"\$",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\ensuremath{<}", ">": r"\ensuremath{>}",
    "|": r"\ensuremath{|}", "≤": r"\ensuremath{\le}", "≥": r"\ensuremath{\ge}", "±": r"\ensuremath{\pm}", "–": "--",
    "≈": r"\ensuremath{\approx}", "→": r"\ensuremath{\to}", "≠": r"\ensuremath{\ne}", "‘": "`", "’": "'", "“": "``",
    "”": "''", **{letter: rf"\ensuremath{{\{name}}}" for name, letter in GREEK.items()},
}  # fmt: skip

MOST_LINES = 15
"""Of a formula that is kept on one page."""


def latex_document(document: Document) -> str:
    """The source of a complete article."""
    body = latex_body(document)
    title = f"\\title{{{_Writer(document, '').text(document.title)}}}\n\\author{{}}\n\\date{{}}\n"
    preamble = f"\\documentclass[10pt]{{article}}\n{PREAMBLE}"
    sources = latex_bibliography(document.sources)
    return f"{preamble}{title}\\begin{{document}}\n\\maketitle\n\n{body}\n\n{sources}\\end{{document}}\n"


def latex_body(document: Document, *, prefix: str = "") -> str:
    """What stands between title and bibliography; ``prefix`` keeps the labels of several documents apart."""
    writer = _Writer(document, prefix)
    return "\n\n".join(writer.written(block) for block in document.blocks)


def latex_label(number: int, prefix: str = "") -> str:
    """The label of a numbered equation."""
    return f"eq:{prefix}{number}"


def latex_text(text: str) -> str:
    """Running text with mathematics, outside of any document."""
    return _Writer(Document(title="", blocks=()), "").text(text)


def latex_bibliography(sources: Sequence[Source]) -> str:
    """The list of sources; empty if there are none."""
    if not sources:
        return ""
    items = "\n".join(f"\\bibitem{{{s.key}}} {escaped(s.citation)}." for s in sources)
    return f"\\begin{{thebibliography}}{{99}}\n{items}\n\\end{{thebibliography}}\n\n"


def escaped(text: str) -> str:
    """Plain text with the characters that LaTeX takes for commands made harmless."""
    return "".join(_ESCAPES.get(c, c if c.isascii() or c.isalpha() else "?") for c in text)


class _Writer:
    def __init__(self, document: Document, prefix: str) -> None:
        self._document, self._prefix = document, prefix

    def text(self, text: str) -> str:
        """Running text."""
        return inline(
            text,
            plain=escaped,
            math=lambda formula: f"${formula}$",
            equation=lambda number: rf"\eqref{{{latex_label(number, self._prefix)}}}",
            cite=self._cite,
        )

    def _cite(self, key: str) -> str:
        return rf"\cite{{{key}}}" if self._document.source_number(key) else escaped(key)

    @singledispatchmethod
    def written(self, block: Block) -> str:
        """One block."""
        raise TypeError(f"no LaTeX for a {type(block).__name__}")

    @written.register
    def _(self, block: Heading) -> str:
        return rf"\section*{{{self.text(block.text)}}}"

    @written.register
    def _(self, block: Paragraph) -> str:
        title = f"\\medskip\\noindent\\textbf{{{self.text(_capitalized(block.title))}.}} " if block.title else ""
        return title + ("" if block.title else "\\noindent ") + self.text(block.text)

    @written.register
    def _(self, block: Equation) -> str:
        if block.number is None:
            return _breaking(block.latex) or f"{TOGETHER}\\begin{{equation*}}\n{block.latex}\n\\end{{equation*}}"
        label = f"\\label{{{latex_label(block.number, self._prefix)}}}"
        plain = f"{TOGETHER}\\begin{{equation}}\n{label}\n{block.latex}\n\\end{{equation}}"
        return _breaking(block.latex, label) or plain

    @written.register
    def _(self, block: Note) -> str:
        return f"{{\\smallskip\\noindent\\footnotesize\\itshape {self.text(block.text)}\\par}}"

    @written.register
    def _(self, block: Items) -> str:
        items = "\n".join(rf"\item[$\bullet$] {self.text(t)}" for t in block.texts)
        return f"\\begin{{itemize}}\n{items}\n\\end{{itemize}}"


def _capitalized(title: str) -> str:
    return title[:1].upper() + title[1:]


def _breaking(formula: str, label: str = "") -> str:
    """A formula of many lines, which may be broken over pages; empty for one of few lines."""
    head, tail = "\\begin{split}\n", "\n\\end{split}"
    if not (formula.startswith(head) and formula.endswith(tail)):
        return ""
    body = formula.removeprefix(head).removesuffix(tail)
    lines = body.split("\\\\\n")
    if len(lines) <= MOST_LINES:
        return ""
    star = "" if label else "*"
    unnumbered = "\\nonumber\\\\\n" if label else "\\\\\n"
    return f"\\begin{{align{star}}}\n{unnumbered.join(lines)}{label}\n\\end{{align{star}}}"
