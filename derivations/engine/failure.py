"""What a claim provoked instead of a verdict, in words that can be sent to another process."""

from __future__ import annotations

from dataclasses import dataclass

UNREADABLE = "unreadable"
"""Kind of failure: a request with classes that this process cannot import, such as those of the caller's own script."""
LONGEST_REASON = 400


@dataclass(frozen=True, kw_only=True)
class Failure:
    """What a claim provoked instead of a verdict."""

    kind: str
    text: str


def failure(error: BaseException, kind: str = "") -> Failure:
    """An error in words, whatever its own words provoke."""
    try:
        text = str(error)
    except Exception:  # the text of an error may come from a class of the claim
        text = "its text cannot be written"
    return Failure(kind=kind or type(error).__name__, text=text[:LONGEST_REASON])
