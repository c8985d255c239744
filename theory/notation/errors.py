"""What is wrong with a text in our notation, and at which character."""

from __future__ import annotations

import unicodedata

WINDOW = 96
"""How much of a long line is shown around the character."""


class NotationError(ValueError):
    """A text that cannot be read.

    Attributes
    ----------
    problem
        What was expected, what was found and what to do, without the text itself.
    text
        The whole text.
    position
        Index of the offending character.
    """

    def __init__(self, problem: str, text: str, position: int) -> None:
        super().__init__(problem, text, position)
        self.problem, self.text, self.position = problem, text, min(max(position, 0), len(text))

    @property
    def column(self) -> int:
        """The place in its line, from 1."""
        return self.position - self.text.rfind("\n", 0, self.position)

    def __str__(self) -> str:
        return f"{self.problem}\n{pointed_at(self.text, self.position)}"


def pointed_at(text: str, position: int) -> str:
    """The line around a position, with a caret under the character."""
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    line, place = text[start : end if end >= 0 else len(text)], position - start
    first = max(0, place - WINDOW * 3 // 4)
    shown = "".join(c if c.isprintable() else "�" for c in line[first : first + WINDOW])
    return f"    {shown}\n    {' ' * (place - first)}^"


def character_name(character: str) -> str:
    """A character as a message shows it: itself if it can be seen, with its name if it is no ASCII."""
    if character.isascii() and character.isprintable():
        return f"`{character}`"
    name = unicodedata.name(character, f"U+{ord(character):04X}")
    return f"`{character}` ({name})" if character.isprintable() else name
