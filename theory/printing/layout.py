"""Break long formulas into lines at the signs between terms.

The printer leaves the mark ``BREAK`` before the sign of every term but the first, and ``FACTOR`` between large
factors. A formula that is too wide is broken at the shallowest marks; brackets that a break tears apart get a fixed
size.
"""

from __future__ import annotations

import re
from itertools import pairwise

from theory.printing.fractions import without_widest_fraction

BREAK = "\ue000"
FACTOR = "\ue001"
LINE_WIDTH = 78.0
"""Widest line, in average digits of a 10-point page."""

_TOKEN = re.compile(r"\\left|\\right|\\[A-Za-z]+|\\.|[\ue000\ue001]|[{}^_]|\s+|.", re.DOTALL)
_NO_INK = re.compile(r"\\(math[a-z]+|operatorname\*?|displaystyle|text|mathopen|[bB]ig[lr]|limits)$")
_WIDE = {
    r"\left": 0.5,
    r"\right": 0.5,
    r"\sum": 2.0,
    r"\int": 1.5,
    r"\log": 2.5,
    r"\exp": 3.0,
    r"\cosh": 3.5,
    r"\sinh": 3.5,
    r"\tanh": 3.8,
    r"\cos": 2.8,
    r"\sin": 2.6,
    r"\lim": 2.8,
    r"\quad": 2.0,
    r"\qquad": 4.0,
}
_SPACED = frozenset("+-=<>") | {r"\le", r"\ge", r"\to", r"\in", r"\iff"}


def without_breaks(latex: str) -> str:
    """The formula on one line."""
    return latex.replace(BREAK, "").replace(FACTOR, "")


def width(latex: str) -> float:
    """Rough width of a formula in digits: scripts are smaller, a fraction is as wide as its wider half."""
    return _width([t for t in reversed(_TOKEN.findall(latex)) if t not in (BREAK, FACTOR)], 1.0)


def _width(tokens: list[str], scale: float) -> float:
    """The width up to the end of the group; the tokens are taken from the end of the list, where the next one is."""
    total = 0.0
    while tokens:
        token = tokens.pop()
        if token == "}":
            break
        total += _token_width(token, tokens, scale)
    return total


def _token_width(token: str, rest: list[str], scale: float) -> float:
    if token == "{":
        return _width(rest, scale)
    if token in ("^", "_"):
        return _argument_width(rest, 0.7 * scale)
    if token in (r"\frac", r"\tfrac", r"\dfrac"):
        return max(_argument_width(rest, scale), _argument_width(rest, scale))
    if token.isspace() or _NO_INK.match(token):
        return 0.0
    if token in _SPACED:
        return 2.4 * scale
    return _WIDE.get(token, 1.0 if not token.startswith("\\") or token[1:].isalpha() else 0.3) * scale


def _argument_width(tokens: list[str], scale: float) -> float:
    while tokens and tokens[-1].isspace():
        tokens.pop()
    return _token_width(tokens.pop(), tokens, scale) if tokens else 0.0


def lines(latex: str, first: float = LINE_WIDTH, other: float = LINE_WIDTH) -> list[str]:
    """The formula in lines: the first at most ``first`` wide where that is possible, the others ``other``."""
    return [_balanced(without_breaks(line)) for line in _pack(latex, first, other)]


def _pack(latex: str, first: float, other: float) -> list[str]:
    if width(latex) <= first:
        return [latex]
    pieces = _pieces(latex)
    if len(pieces) == 1:
        flat = without_widest_fraction(latex, width, lambda half: bool(_marks(half)))
        return [latex] if flat is None else _pack(flat, first, other)
    result: list[str] = []
    room = first
    for piece in pieces:
        if result and width(result[-1] + piece) <= room:
            result[-1] += piece.removeprefix(r"\times ")
            continue
        room = other if result else first
        result += _pack(piece, room, other)
        room = other if len(result) > 1 else first
    return result


def _pieces(latex: str) -> list[str]:
    """Cut at the shallowest marks that lie outside all braces."""
    places = _marks(latex)
    if not places:
        return [latex]
    shallow = min(depth for _, depth in places)
    cuts = [0, *(at for at, depth in places if depth == shallow), len(latex)]
    return [_opened(latex[a:b]) for a, b in pairwise(cuts)]


def _opened(piece: str) -> str:
    """A piece as it starts a line: a factor with its sign."""
    return r"\times " + piece.removeprefix(FACTOR) if piece.startswith(FACTOR) else piece.removeprefix(BREAK)


def _marks(latex: str) -> list[tuple[int, float]]:
    """Positions of the marks outside all braces, with their depth in brackets; factors lie half a level deeper."""
    found, braces, brackets, at = [], 0, 0, 0
    for token in _TOKEN.findall(latex):
        braces += (token == "{") - (token == "}")
        brackets += (token == r"\left") - (token == r"\right")
        if token in (BREAK, FACTOR) and braces == 0 and at > 0:
            found.append((at, brackets + (0.5 if token == FACTOR else 0.0)))
        at += len(token)
    return found


def _balanced(line: str) -> str:
    """Give brackets whose partner is on another line a fixed size."""
    tokens = _TOKEN.findall(line)
    open_at: list[int] = []
    for at, token in enumerate(tokens):
        if token == r"\left":
            open_at.append(at)
        elif token == r"\right":
            if open_at:
                open_at.pop()
            else:
                tokens[at] = r"\Bigr"
    for at in open_at:
        tokens[at] = r"\Bigl"
    return "".join(tokens)
