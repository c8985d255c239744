"""Short formulas in LaTeX as plain text, for the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from theory.printing.notation import GREEK

_SIGNS = {
    "dots": "…",
    "ldots": "…",
    "cdots": "…",
    "in": "∈",
    "le": "≤",
    "leq": "≤",
    "ge": "≥",
    "geq": "≥",
    "ne": "≠",
    "neq": "≠",
    "to": "→",
    "infty": "∞",
    "sim": "~",
    "approx": "≈",
    "pm": "±",
    "cdot": "·",
    "times": "×",
    "sum": "Σ",
    "prod": "Π",
    "int": "∫",
    "partial": "∂",
    "nabla": "∇",
    "langle": "<",
    "rangle": ">",
    "mid": "|",
    "{": "{",
    "}": "}",
    ",": " ",
    ";": " ",
    "quad": " ",
    **GREEK,
}
_NAMES = frozenset(
    [
        "exp",
        "log",
        "ln",
        "sin",
        "cos",
        "tan",
        "sinh",
        "cosh",
        "tanh",
        "coth",
        "sech",
        "arcsin",
        "arccos",
        "arctan",
        "erf",
        "erfc",
        "det",
        "max",
        "min",
        "sup",
        "inf",
        "lim",
        "ker",
        "dim",
        "arg",
    ]
)
"""Commands that are written by their own names."""
_FONTS = frozenset(
    ("text", "mathrm", "mathbf", "mathcal", "mathsf", "operatorname", "mathbb", "boldsymbol", "bar", "dot")
)
_LETTERS = {"R": "ℝ", "Z": "ℤ", "N": "ℕ", "Q": "ℚ", "C": "ℂ"}
_TOKEN = re.compile(r"\\([A-Za-z]+|.)|\s+|.")


def plain_math(latex: str) -> str:
    """A short formula as text: signs, Greek letters, names of functions, fractions; other commands are dropped."""
    return re.sub(r" +", " ", _sequence(_tokens(latex), closed=False)).strip()


def _tokens(latex: str) -> Iterator[str]:
    return iter([found[0] if not found[0].isspace() else " " for found in _TOKEN.finditer(latex)])


def _sequence(tokens: Iterator[str], *, closed: bool) -> str:
    """What stands up to the brace that closes a group, or to the end."""
    parts: list[str] = []
    for token in tokens:
        if token == "}" and closed:
            break
        parts.append(_written(token, tokens))
    return "".join(parts)


def _written(token: str, tokens: Iterator[str]) -> str:
    if token == "{":
        return _sequence(tokens, closed=True)
    if token in "_^":
        return _script(token, _group(tokens))
    if not token.startswith("\\"):
        return "" if token == "}" else token
    return _command(token[1:], tokens)


def _command(name: str, tokens: Iterator[str]) -> str:
    if name == "frac":
        above, below = _group(tokens), _group(tokens)
        return f"{_enclosed(above)}/{_enclosed(below)}"
    if name == "sqrt":
        return f"√{_enclosed(_group(tokens))}"
    if name == "mathbb":
        letter = _group(tokens)
        return _LETTERS.get(letter, letter)
    if name in _FONTS:
        return _group(tokens)
    if name in _NAMES:
        return name
    return _SIGNS.get(name, "")


def _group(tokens: Iterator[str]) -> str:
    """The argument that follows: a group in braces, a command or a single sign."""
    token = next((t for t in tokens if t != " "), "")
    return _written(token, tokens).strip() if token else ""


def _script(mark: str, text: str) -> str:
    """An index or a power, in brackets where it is more than one name or number."""
    if re.fullmatch(r"[\w…′'*+-]?|\w+|\(.*\)|-?\d+", text):
        return f"{mark}{text}"
    return f"_{{{text}}}" if mark == "_" else f"^({text})"


def _enclosed(text: str) -> str:
    return text if re.fullmatch(r"[\w.…]+(_\{[^{}]*\}|_\w+)?|\([^()]*\)", text) else f"({text})"
