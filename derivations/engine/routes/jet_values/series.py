"""Arrays over a ring with letters of square zero: what a derivative by each letter at zero needs, and no more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from derivations.engine.routes.jet_values.rings import Ring


class Series:
    """A sum of arrays, each times a product of letters of square zero; the bits of its key are the letters.

    The axes are those of tensor indices, then one of runs, which may have length 1 where all runs agree.
    """

    def __init__(self, ring: Ring, parts: Mapping[int, Any]) -> None:
        self.ring, self.parts = ring, dict(parts)

    @classmethod
    def number(cls, ring: Ring, value: Any) -> Series:
        """A rational number, in one run."""
        return cls(ring, {0: ring.array(np.array([value], dtype=object))})

    def __add__(self, other: Series) -> Series:
        found = dict(self.parts)
        for key, part in other.parts.items():
            found[key] = self.ring.reduced(found[key] + part) if key in found else part
        return Series(self.ring, found)

    def __sub__(self, other: Series) -> Series:
        return self + other.times(-1)

    def times(self, value: Any) -> Series:
        """This times a rational number."""
        factor = self.ring.array(np.array([value], dtype=object))
        return Series(self.ring, {k: self.ring.reduced(p * factor) for k, p in self.parts.items()})

    def contracted(self, other: Series, subscripts: str) -> Series:
        """A sum of products over indices, as ``ab,bc->ac``."""
        left, right, out = subscripts.replace("->", ",").split(",")
        spec = f"{left}...,{right}...->{out}..."
        found: dict[int, Any] = {}
        for a, mine in self.parts.items():
            for b, theirs in other.parts.items():
                if a & b == 0:
                    term = self.ring.contracted(spec, mine, theirs)
                    found[a | b] = self.ring.reduced(found[a | b] + term) if a | b in found else term
        return Series(self.ring, found)

    def traced(self, subscripts: str) -> Series:
        """The sum over repeated indices, or another order of them, as ``aab->b``."""
        spec = subscripts.replace("->", "...->") + "..."
        return Series(self.ring, {k: self.ring.contracted(spec, p) for k, p in self.parts.items()})

    def __mul__(self, other: Series) -> Series:
        return self.contracted(other, ",->")

    def nilpotent(self) -> Series:
        """The part that some power of it makes zero."""
        return Series(self.ring, {k: p for k, p in self.parts.items() if k})

    def constant(self) -> Series:
        """The rest."""
        return Series(self.ring, {0: self.parts[0]} if 0 in self.parts else {})

    def at(self, places: tuple[Any, ...]) -> Series:
        """The entry, or the slice, with given integers in place of some indices."""
        return Series(self.ring, {k: p[(*places, Ellipsis)] for k, p in self.parts.items()})

    def raised_to(self, letter: int) -> Series:
        """This times one more letter."""
        return Series(self.ring, {k | letter: p for k, p in self.parts.items() if not k & letter})

    def without(self, letter: int) -> Series:
        """The derivative by a letter."""
        return Series(self.ring, {k & ~letter: p for k, p in self.parts.items() if k & letter})
