"""Letters for bound indices: the author's letter where it is free, else the next one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import sympy as sp

from theory.averages import FamilyBinder
from theory.sums import free_names, stem

_RINGS = ("ijlnst", "klrs", "abcdefg", "rst")


class Letters:
    """The letters in use while one statement is printed.

    Parameters
    ----------
    roots
        The expressions of the statement; no bound index takes the letter of one of their free names.
    """

    def __init__(self, *roots: sp.Basic) -> None:
        names = {n for root in roots for n in free_names(root)}
        self.taken = {str(n.label) if isinstance(n, sp.IndexedBase) else str(n) for n in names}
        self.chosen: dict[sp.Basic, str] = {}

    def __getitem__(self, symbol: sp.Basic) -> str | None:
        return self.chosen.get(symbol)

    @contextmanager
    def bind(self, indices: tuple[sp.Symbol, ...]) -> Iterator[None]:
        """Give each index a letter while the body is printed."""
        shadowed = {index: self.chosen.get(index) for index in indices}
        for index in indices:
            self.chosen[index] = self._free_letter(stem(index))
        try:
            yield
        finally:
            for index, before in shadowed.items():
                if before is None:
                    del self.chosen[index]
                else:
                    self.chosen[index] = before

    def _free_letter(self, wanted: str) -> str:
        used = self.taken | set(self.chosen.values())
        return next(letter for letter in _candidates(wanted) if letter not in used)


def _candidates(wanted: str) -> Iterator[str]:
    """The letter itself, its neighbors in the alphabet of its kind, then the letter with primes."""
    yield wanted
    for ring in _RINGS:
        if wanted in ring:
            place = ring.index(wanted)
            yield from ring[place + 1 :]
    primes = 0
    while True:
        primes += 1
        yield wanted + "'" * primes


def slots_of(node: FamilyBinder) -> tuple[sp.Symbol, ...]:
    """The bound names of the slots of a family."""
    return tuple(cast(sp.Symbol, item.args[0]) for item in node.ranges)
