"""Statements and results as inline formulas, displayed equations and lines of text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, cast

import sympy as sp

from theory.printing.claims import Claim, Words, claim, roots
from theory.printing.latex import TheoryLatexPrinter
from theory.printing.layout import LINE_WIDTH, lines, width, without_breaks
from theory.printing.letters import Letters
from theory.printing.text import TheoryTextPrinter

Abbreviations = Mapping[Any, Any]


def expression_latex(expression: Any) -> str:
    r"""An expression as LaTeX on one line.

    >>> from theory.models.multilayer import n_bonds, k, off_diagonal
    >>> from theory.sums import Sigma
    >>> print(expression_latex(Sigma(off_diagonal[k] ** 2, (k, 0, n_bonds)) / 2))
    \frac{1}{2} \sum_{k=0}^{L} \left(q^{(k)}\right)^{2}
    """
    return without_breaks(_printed_expression(sp.sympify(expression, strict=True)))


@cache
def _printed_expression(expression: sp.Basic) -> str:
    return TheoryLatexPrinter(Letters(expression)).doprint(expression)


def expression_text(expression: Any) -> str:
    """An expression as text on one line."""
    value = sp.sympify(expression, strict=True)
    return TheoryTextPrinter(Letters(value)).doprint(value)


def statement_latex(statement: Any, *, abbreviations: Abbreviations | None = None) -> str:
    """A statement or a definition as LaTeX on one line; a postulate as its sentence."""
    return without_breaks(_joined(_latex_claim(statement, abbreviations or {})))


def statement_text(statement: Any, *, abbreviations: Abbreviations | None = None) -> str:
    """A statement, a definition or a postulate as text on one line."""
    write = TheoryTextPrinter(Letters(*roots(statement))).doprint
    return _joined(claim(statement, _abbreviating(write, abbreviations or {}), _TEXT))


def statement_display(
    statement: Any,
    *,
    name: Any = None,
    abbreviations: Abbreviations | None = None,
    line_width: float = LINE_WIDTH,
) -> str:
    """A statement for a displayed equation: one line, or a ``split`` broken at the signs between terms.

    Parameters
    ----------
    statement
        What is displayed.
    name
        A symbol or indexed atom put in front, ``name = left = right``.
    abbreviations
        Expressions, such as earlier results, and the symbols to show for them.
    line_width
        Widest line, in digits.
    """
    said = _latex_claim(statement, abbreviations or {})
    if name is not None:
        said = replace(said, left=f"{expression_latex(name)} = {said.left}")
    whole = _joined(said)
    return without_breaks(whole) if width(whole) <= line_width else _split(said, line_width)


def result_display(name: Any, result: Any, *, abbreviations: Abbreviations | None = None) -> str:
    """``name = result`` for a displayed equation: what is carried on from a claim that does not show it."""
    write = TheoryLatexPrinter(Letters(result)).doprint
    shown = {k: v for k, v in (abbreviations or {}).items() if k != result}
    said = Claim(left=expression_latex(name), sign="=", right=_abbreviating(write, shown)(result))
    whole = _joined(said)
    return without_breaks(whole) if width(whole) <= LINE_WIDTH else _split(said, LINE_WIDTH)


def _joined(said: Claim) -> str:
    return " ".join(p for p in (said.left, said.sign, said.right + said.tail) if p)


def _abbreviating(write: Callable[[Any], str], abbreviations: Abbreviations) -> Callable[[Any], str]:
    """Print with whole subexpressions replaced by their symbols; an expression is matched as it stands."""
    if not abbreviations:
        return write
    return lambda expression: write(cast(Any, expression).xreplace(abbreviations))


def _split(said: Claim, line_width: float) -> str:
    """Left side first; the right side beside it if the left is short, below it otherwise."""
    left_width = width(said.left)
    if not said.sign:
        left = lines(said.left, line_width, line_width - 4)
        return _environment(left[:1] + [rf"&\qquad {line}" for line in left[1:]])
    if left_width <= line_width / 4:
        room = line_width - left_width - 4
        right = lines(said.right + said.tail, room, room - 2)
        first = f"{without_breaks(said.left)} {said.sign}{{}}& {right[0]}"
        return _environment([first, *(rf"& \quad {line}" for line in right[1:])])
    left = lines(said.left, line_width, line_width - 4)
    right = lines(said.right + said.tail, line_width - 6, line_width - 10)
    rows = [f"& {left[0]}", *(rf"& \qquad {line}" for line in left[1:])]
    rows += [rf"& \quad {said.sign} {right[0]}", *(rf"& \qquad\qquad {line}" for line in right[1:])]
    return _environment(rows)


def _environment(rows: list[str]) -> str:
    if len(rows) == 1:
        return rows[0].replace("&", "")
    body = " \\\\\n".join(rows)
    return f"\\begin{{split}}\n{body}\n\\end{{split}}"


def _latex_claim(statement: Any, abbreviations: Abbreviations) -> Claim:
    write = TheoryLatexPrinter(Letters(*roots(statement))).doprint
    return claim(statement, _abbreviating(write, abbreviations), _LATEX)


def _limit_sign(variable: str, point: str, side: str) -> str:
    return rf"\lim_{{{variable} \to {point}{'^{' + side + '}' if side else ''}}}"


def _text_base(small: str) -> str:
    """What is small, in parentheses if a power behind it would belong to its last term."""
    return f"({small})" if " " in small and not small.startswith("|") else small


def _text_power(order: Any) -> str:
    if order == 1:
        return ""
    return f"^{order}" if isinstance(order, int) and order > 0 else f"^({order})"


_LATEX = Words(
    equals="=",
    defined=":=",
    iff=r"\iff",
    definite=r"\succ 0",
    remainder=lambda small, order: (
        rf" + O\left({small if order == 1 else f'({small})' if len(small) > 8 else small}"
        rf"{'' if order == 1 else f'^{{{order}}}'}\right)"
    ),
    limit=_limit_sign,
    slope=lambda action, by: rf"\frac{{\partial}}{{\partial {by}}} \left[{action}\right]",
    variation=lambda action, by: rf"\frac{{\delta}}{{\delta {by}}} \left[{action}\right]",
    entries=lambda entry, i, j, low, high: rf"\left({entry}\right)_{{{i}, {j}={low}}}^{{{high}}}",
    at=r" \quad\text{at}\quad ",
    under=r" \quad\text{under}\quad ",
    proportional=r"\propto",
    varying=lambda names: rf" \quad\text{{in}}\quad {names}",
    relations={"<=": r"\le", "<": "<", ">=": r"\ge", ">": ">"},
    divergence=lambda names: rf" \quad\text{{up to total derivatives in}}\quad {names}",
    mean=lambda body, names: rf"\mathbb{{E}}_{{{names}}} \left[{body}\right]",
    over=r" \quad\text{for}\quad ",
    gaussian=lambda names, mean, covariance: rf"{names} \sim \mathcal{{N}}\left({mean}, {covariance}\right)",
    chance=lambda value, p: rf"{value} \; \left({p}\right)",
    chances=" =",
    path=lambda family, length, start, steps: (
        rf"{family}_{{0}}, \ldots, {family}_{{{length}}} \text{{ from }} {start} \text{{ by }} {steps}"
    ),
)
_TEXT = Words(
    equals="=",
    defined=":=",
    iff="iff",
    definite="positive definite",
    remainder=lambda small, order: f" + O({_text_base(small)}{_text_power(order)})",
    limit=lambda variable, point, side: f"lim_{{{variable} -> {point}{side}}}",
    slope=lambda action, by: f"∂/∂{by} [{action}]",
    variation=lambda action, by: f"δ/δ{by} [{action}]",
    entries=lambda entry, i, j, low, high: f"({entry})_{{{i}, {j}={low}..{high}}}",
    at=" at ",
    under=" under ",
    proportional="∝",
    varying=lambda names: f" in {names}",
    relations={"<=": "≤", "<": "<", ">=": "≥", ">": ">"},
    divergence=lambda names: f" up to total derivatives in {names}",
    mean=lambda body, names: f"E_{{{names}}}[{body}]",
    over=" for ",
    gaussian=lambda names, mean, covariance: f"{names} ~ N({mean}, {covariance})",
    chance=lambda value, p: f"{value} ({p})",
    chances=" =",
    path=lambda family, length, start, steps: f"{family}[0], ..., {family}[{length}] from {start} by {steps}",
)
