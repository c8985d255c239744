"""One-loop terms of derivatives of the flow equation: vertices around a loop that is opened at the regulator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import Any

import sympy as sp

from derivations.algebra.partitions import partitions

Legs = tuple[int, ...]


@dataclass(frozen=True, order=True)
class Necklace:
    """Vertices in the order in which the loop passes them, each by its external legs; read either way it is the same.

    With vertices V_1, ..., V_m the term is ``coefficient`` tr(R' G V_1 G ... V_m G), with R' the scale derivative of
    the regulator and G the propagator.
    """

    vertices: tuple[Legs, ...]

    @property
    def coefficient(self) -> Any:
        """(-1)^m / 2, for each of both directions."""
        directions = 1 if len(self.vertices) == 1 else 2
        return sp.Rational((-1) ** len(self.vertices) * directions, 2)


def necklaces(n: int) -> Iterator[Necklace]:
    """The terms of the derivative by n fields, each once.

    A derivative acts on a propagator, which opens and takes a new vertex with a sign, or on a vertex, which takes a
    leg: all ordered partitions of the legs into nonempty blocks arise, each once.
    """
    for blocks in partitions(range(1, n + 1)):
        for order in permutations(blocks):
            if len(order) == 1 or order[0] < order[-1]:
                yield Necklace(tuple(order))
