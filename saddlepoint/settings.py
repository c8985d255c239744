"""What a user tells every command: to be quiet, to leave colors out, to show the trace of an error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How a command speaks.

    Attributes
    ----------
    quiet
        No progress and no remarks; answers and errors only.
    colored
        Colors where the output is a terminal.
    traced
        An unexpected error shows where it happened.
    """

    quiet: bool = False
    colored: bool = True
    traced: bool = False


USUAL = Settings()
_CURRENT: ContextVar[Settings] = ContextVar("settings", default=USUAL)


def settings() -> Settings:
    """Those in force."""
    return _CURRENT.get()


@contextmanager
def afresh() -> Iterator[None]:
    """Begin with the usual ones, and put back what was in force before."""
    token = _CURRENT.set(USUAL)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def change(**parts: bool) -> None:
    """Change some of those in force."""
    _CURRENT.set(replace(_CURRENT.get(), **parts))
