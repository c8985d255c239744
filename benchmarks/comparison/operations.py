"""Operations of a loop body, counted in its C text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

FREE = ("fabs", "fmax", "fmin", "sizeof", "for", "if", "handwritten")
"""What is a single cheap instruction, or no operation."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_INDEX = re.compile(r"\[[^\]]*\]")
_NUMBER = re.compile(r"\b\d+\.?\d*(?:e[-+]?\d+)?")
_QUOTIENT_OF_NUMBERS = re.compile(r"\bnumber/number\b")
_DIVISION = re.compile(r"[\w)]\s*/")
_CHEAP = re.compile(r"[\w)]\s*[-+*]")
_CALL = re.compile(r"\b([a-z]\w*)\(")


def operations(source: str) -> Mapping[str, int]:
    """How many sums and products ("flop"), divisions ("divide") and calls of each function an element takes.

    Parameters
    ----------
    source
        A C function whose last loop has no loop within it. What a compiler computes beforehand is not counted.
    """
    body = _COMMENT.sub("", source).rpartition("for (")[2].partition(")")[2]
    body = _QUOTIENT_OF_NUMBERS.sub("number", _NUMBER.sub("number", _INDEX.sub("", body)))
    calls = Counter(name for name in _CALL.findall(body) if name not in FREE)
    counted = {"flop": len(_CHEAP.findall(body)), "divide": len(_DIVISION.findall(body)), **calls}
    return {name: number for name, number in counted.items() if number}
