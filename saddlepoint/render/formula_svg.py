"""Displayed formulas as SVG drawings, for pages that load nothing from elsewhere.

Each page draws a letter once, in its ``definitions``, and formulas refer to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_SUBSTITUTES = (
    (r"\le", r"\leq"),
    (r"\ge", r"\geq"),
    (r"\Bigl", ""),
    (r"\Bigr", ""),
    (r"\iff", r"\Leftrightarrow"),
    (r"\text", r"\mathrm"),
    (r"\frac", r"\dfrac"),
    (r"\lvert", "|"),
    (r"\rvert", "|"),
    (r"\limits", ""),
)
_LOW = re.compile(r"\\left\(((?:(?!\\left|\\right|\\d?frac|\\sqrt|\\sum|\\prod|\\int|\^).)*)\\right\)")
"""Parentheses around what is no higher than a letter: matplotlib would shrink them to fit."""
_SPLIT = re.compile(r"\\(?:begin|end)\{split\}")
_CASES = re.compile(r"\\begin\{cases\}(.*?)\\end\{cases\}", re.DOTALL)
_LETTERS = {1: ("M", 1), 2: ("L", 1), 3: ("Q", 2), 4: ("C", 3), 79: ("Z", 1)}
"""SVG's command for each of matplotlib's path codes, and the number of points it takes."""
SIZE = 16.0
"""Font size in pixels."""


def formula_rows(latex: str) -> list[str]:
    """The lines of a formula that may be a ``split``."""
    rows = _SPLIT.sub("", latex).split("\\\\\n")
    return [row.replace("{}&", "").replace("&", "").strip() for row in rows]


class FormulaPen:
    """Draws the formulas of one page and remembers the letters they need."""

    def __init__(self) -> None:
        self._glyphs: dict[str, Any] = {}
        self._names: dict[str, str] = {}

    def draw(self, latex: str) -> str | None:
        """One line of mathematics as an ``<svg>`` element; None if matplotlib cannot set it."""
        from matplotlib.font_manager import FontProperties
        from matplotlib.textpath import text_to_path

        latex = _CASES.sub(lambda found: _in_one_line(found[1]), latex)
        for command, substitute in _SUBSTITUTES:
            latex = re.sub(re.escape(command) + r"(?![A-Za-z])", lambda _, s=substitute: s, latex)
        latex = with_plain_parentheses(latex)
        font = FontProperties(size=SIZE, math_fontfamily="cm")
        try:
            width, height, depth = text_to_path.get_text_width_height_descent(f"${latex}$", font, ismath=True)
            placed, self._glyphs, bars = text_to_path.get_glyphs_mathtext(font, f"${latex}$", glyph_map=self._glyphs)
        except ValueError:  # mathtext raises it for a command it does not know
            return None
        scale = SIZE / text_to_path.FONT_SCALE
        drawn = "".join(self._letter(*letter) for letter in placed) + "".join(_bar(v) for v, _ in bars)
        box = f'viewBox="-1 {-(height - depth) - 1:.1f} {width + 2:.1f} {height + 2:.1f}"'
        size = f'width="{width + 2:.1f}" height="{height + 2:.1f}" style="vertical-align:{-depth - 1:.1f}px"'
        return f'<svg {box} {size}><g transform="scale({scale:g} {-scale:g})">{drawn}</g></svg>'

    def definitions(self) -> str:
        """The letters drawn so far, to stand once on the page."""
        drawn = (f'<path id="{self._names[key]}" d="{_outline(*self._glyphs[key])}"/>' for key in self._names)
        return f'<svg width="0" height="0" aria-hidden="true"><defs>{"".join(drawn)}</defs></svg>'

    def _letter(self, key: str, x: float, y: float, scale: float) -> str:
        name = self._names.setdefault(key, f"g{len(self._names)}")
        sized = "" if scale == 1 else f" scale({scale:g})"
        return f'<use href="#{name}" transform="translate({x:.1f} {y:.1f}){sized}"/>'


def with_plain_parentheses(latex: str) -> str:
    """The formula with parentheses of the letters' own size where nothing high stands in them, from inside out."""
    while (plainer := _LOW.sub(r"(\1)", latex)) != latex:
        latex = plainer
    return latex


def _in_one_line(cases: str) -> str:
    """Cases one after the other behind one brace: matplotlib sets no tables."""
    told = (case.strip().replace(r"\text", r"\;\text", 1) for case in cases.split(r"\\"))
    return r"\left\{" + r";\;\;".join(told) + r"\right."


def _bar(vertices: Any) -> str:
    """A fraction bar, or the line over a root."""
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in vertices)
    return f'<polygon points="{points}"/>'


def _outline(vertices: Any, codes: Any) -> str:
    return "".join(_commands(vertices, codes))


def _commands(vertices: Any, codes: Any) -> Iterator[str]:
    at = 0
    while at < len(codes):
        letter, count = _LETTERS[int(codes[at])]
        points = vertices[at : at + count]
        yield letter + ("" if letter == "Z" else " ".join(f"{x:.0f} {y:.0f}" for x, y in points))
        at += count
