"""A text cut into numbers, names and signs. Nothing else gets through."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from theory.notation.alphabet import GREEK, REMEDIES, SIGNS, SUBSCRIPTS, SUPERSCRIPTS, WORDS
from theory.notation.errors import NotationError, character_name

MAX_CHARACTERS = 20_000
MAX_TOKENS = 6_000
MAX_NAME = 40
_SPACE = re.compile(r"[ \t\r\n]+")
_NUMBER = re.compile(r"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_TAIL = re.compile(r"[0-9_][A-Za-z0-9_]*")
_SIGN = re.compile(r"<=|>=|!=|==|->|\.\.|\*\*|!!|[-+*/^()\[\]{},=<>|!';]")


@dataclass(frozen=True)
class Token:
    """A piece of a text: ``number``, ``name``, ``sign``, ``power`` (superscript digits) or ``end``."""

    kind: str
    text: str
    position: int
    spaced: bool
    """Whether white space stands before it."""


def tokens_of(text: str) -> tuple[Token, ...]:
    """Cut a text into tokens; the last one is the ``end``.

    Raises
    ------
    NotationError
        At the first character that has no meaning here, or if the text is too long.
    """
    if len(text) > MAX_CHARACTERS:
        raise NotationError(f"expected at most {MAX_CHARACTERS} characters, found {len(text)}; split it", text, 0)
    found: list[Token] = []
    place, spaced = 0, False
    while place < len(text):
        if space := _SPACE.match(text, place):
            place, spaced = space.end(), True
            continue
        token, place = _next(text, place, spaced)
        found.append(token)
        spaced = False
        if len(found) > MAX_TOKENS:
            raise NotationError(f"expected at most {MAX_TOKENS} numbers, names and signs; split it", text, place - 1)
    return (*found, Token("end", "", len(text), True))


def _next(text: str, place: int, spaced: bool) -> tuple[Token, int]:
    character = text[place]
    if number := _NUMBER.match(text, place):
        return Token("number", number[0], place, spaced), number.end()
    if character in SUPERSCRIPTS:
        digits = "".join(takewhile(SUPERSCRIPTS.__contains__, text[place:]))
        return Token("power", "".join(SUPERSCRIPTS[d] for d in digits), place, spaced), place + len(digits)
    if character in WORDS:
        return Token("name", WORDS[character], place, spaced), place + 1
    if character in GREEK or _NAME.match(text, place):
        return _name(text, place, spaced)
    if character in SIGNS:
        return Token("sign", SIGNS[character], place, spaced), place + 1
    if sign := _SIGN.match(text, place):
        return Token("sign", {"**": "^", "==": "="}.get(sign[0], sign[0]), place, spaced), sign.end()
    raise NotationError(_refusal(character), text, place)


def _name(text: str, place: int, spaced: bool) -> tuple[Token, int]:
    """An ASCII name, or one Greek letter; either may carry a subscript. So βJ is the product of β and J."""
    match = _NAME.match(text, place)
    name, end = (match[0], match.end()) if match else (GREEK[text[place]], place + 1)
    if not match and (tail := _TAIL.match(text, end)):
        name, end = name + tail[0], tail.end()
    digits = "".join(takewhile(SUBSCRIPTS.__contains__, text[end:]))
    name, end = name + ("_" if digits else "") + "".join(SUBSCRIPTS[d] for d in digits), end + len(digits)
    if len(name) > MAX_NAME:
        raise NotationError(f"expected a name of at most {MAX_NAME} characters, found {len(name)}", text, place)
    if "__" in name or name.endswith("_"):
        raise NotationError(f"expected a name such as beta_1, found `{name}`; end no part of it with _", text, place)
    return Token("name", name, place, spaced), end


def _refusal(character: str) -> str:
    remedy = REMEDIES.get(character)
    expected = "expected a number, a name, a bracket or a sign of arithmetic"
    return f"{expected}, found {character_name(character)}" + (f"; {remedy}" if remedy else "")
