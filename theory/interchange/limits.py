"""What a document may hold: how deep, how long, and which names."""

from __future__ import annotations

import re

MAX_DEPTH = 250
"""Nodes within nodes."""
MAX_NODES = 200_000
"""Nodes of one document."""
MAX_DIGITS = 4000
"""Digits of one integer."""
MAX_NAME = 200
_NAME = re.compile(r"[^\W][\w\\{}^,·' +\-]*|\\[\w\\{}^,·' +\-]*|_\w*")


class InterchangeError(ValueError):
    """A document that cannot be written or read: the message says where and why."""


def checked_name(name: object) -> str:
    """A name of a symbol or a function: letters, digits and signs of indices, no brackets and no quotation marks.

    Raises
    ------
    InterchangeError
        If it is anything else.
    """
    if not isinstance(name, str) or len(name) > MAX_NAME or "__" in name or not _NAME.fullmatch(name):
        shown = repr(name)[:60]
        raise InterchangeError(f"expected a name such as beta or q_1, found {shown}")
    return name
