"""A text file with one formula a line, comments, and lines of conditions for what follows them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from saddlepoint.formulas import Formula, read_formula, split_where
from theory.notation import NotationError, read_domain

MAX_BYTES = 1_000_000
MAX_FORMULAS = 10_000


class FormulaFileError(ValueError):
    """A file that cannot be read, with every line that is wrong."""


def read_file(name: str, *conditions: str) -> tuple[Formula, ...]:
    """The formulas of a file; ``-`` is the standard input.

    A line ``where CONDITIONS`` gives the conditions of the lines after it, in place of earlier ones; ``conditions``
    hold for all of them. ``#`` begins a comment.

    Raises
    ------
    FormulaFileError
        With the place of every line that cannot be read; or if there is no such file, or no formula in it. Nothing has
        been examined then.
    """
    lines = _text(name).splitlines()
    found, wrong = [], []
    for item in _formulas(lines, conditions):
        (wrong if isinstance(item, str) else found).append(item)
    if wrong:
        raise FormulaFileError("\n".join(f"{name}, {message}" for message in wrong))
    if not found:
        raise FormulaFileError(f"{name}: expected one formula a line, such as `x + x = 2x where x real`, found none")
    if len(found) > MAX_FORMULAS:
        raise FormulaFileError(f"{name}: expected at most {MAX_FORMULAS} formulas, found {len(found)}; split the file")
    return tuple(found)


def _formulas(lines: list[str], conditions: tuple[str, ...]) -> Iterator[Formula | str]:
    """Formulas in their order, and a message for each line that is none."""
    standing: tuple[str, ...] = conditions
    for number, line in enumerate(lines, 1):
        text = line.split("#", 1)[0]
        if not text.strip():
            continue
        try:
            before, after = split_where(text)
            if after and not before.strip():
                read_domain(*conditions, after)
                standing = (*conditions, after)
            else:
                yield read_formula(text, *standing, line=number)
        except NotationError as error:
            place = f"column {error.column}: " if error.text in (text, *split_where(text)) else ""
            yield f"line {number}, {place}{error}"


def _text(name: str) -> str:
    """The contents, if they are UTF-8 and not too long; a byte order mark is passed over."""
    data = sys.stdin.buffer.read(MAX_BYTES + 1) if name == "-" else _bytes(Path(name))
    if len(data) > MAX_BYTES:
        raise FormulaFileError(f"{name}: expected at most {MAX_BYTES} bytes; split the file")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormulaFileError(
            f"{name}: expected UTF-8 text, found another byte at {error.start}; save it as UTF-8"
        ) from error


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise FormulaFileError(f"{path}: {error.strerror or error}; give a text file of formulas, or -") from error
