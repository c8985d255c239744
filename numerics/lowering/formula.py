"""What is lowered: the entries of a scalar, a vector or a matrix, over steps that they share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Formula:
    """Entries in real symbols.

    Attributes
    ----------
    entries
        Row by row; one for a scalar.
    shape
        Of the value at one point: ``()`` for a scalar.
    steps
        Named subexpressions in order, each a symbol and its value in symbols named before and arguments.
    shown
        How the whole is written for a reader.
    """

    entries: tuple[Any, ...]
    shape: tuple[int, ...]
    steps: tuple[tuple[Any, Any], ...] = ()
    shown: str

    @property
    def size(self) -> int:
        """The number of entries."""
        return len(self.entries)

    def map(self, change: Callable[[Any], Any]) -> Formula:
        """The formula with every entry and every step changed."""
        steps = tuple((name, change(value)) for name, value in self.steps)
        return replace(self, entries=tuple(map(change, self.entries)), steps=steps)

    def parts(self) -> Iterator[Any]:
        """The expressions it is made of, in order."""
        yield from (value for _, value in self.steps)
        yield from self.entries
