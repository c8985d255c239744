"""One-loop terms of derivatives of the flow equation: vertices around a loop that is opened at the regulator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sympy as sp

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
        directions = 1 if len(self.vertices) <= 1 else 2
        return sp.Rational((-1) ** len(self.vertices) * directions, 2)

    @property
    def orders(self) -> tuple[int, ...]:
        """The number of legs of each vertex, with the two in the loop."""
        return tuple(len(legs) + 2 for legs in self.vertices)


def necklaces(n: int, *, even: bool = False) -> tuple[Necklace, ...]:
    """The terms of the derivative by n fields, each once; ``even`` leaves out those with a vertex of odd order.

    Raises
    ------
    ValueError
        If the derivatives of a term do not add up to both of its directions.
    """
    words: dict[tuple[Legs, ...], Any] = {(): sp.Rational(1, 2)}
    for leg in range(1, n + 1):
        words = differentiated(words, leg)
        if even:
            words = {word: c for word, c in words.items() if sum(len(legs) % 2 for legs in word) <= n - leg}
    terms = tuple(Necklace(word) for word in words)
    if any(words[term.vertices] != term.coefficient for term in terms):
        raise ValueError(f"expected (-1)^m / 2 for each direction of a loop with m vertices; found {words}")
    return terms


def differentiated(words: dict[tuple[Legs, ...], Any], leg: int) -> dict[tuple[Legs, ...], Any]:
    """The derivative by one more field of a sum of traces, each a word of vertices with its coefficient.

    A derivative opens a propagator, which takes a new vertex with a sign, or acts on a vertex, which takes a leg. The
    trace of a word is that of the word read backwards.
    """
    found: dict[tuple[Legs, ...], Any] = {}
    for word, coefficient in words.items():
        for place in range(len(word) + 1):
            _add(found, (*word[:place], (leg,), *word[place:]), -coefficient)
        for place, legs in enumerate(word):
            _add(found, (*word[:place], (*legs, leg), *word[place + 1 :]), coefficient)
    return found


def _add(words: dict[tuple[Legs, ...], Any], word: tuple[Legs, ...], coefficient: Any) -> None:
    either = min(word, word[::-1])
    words[either] = words.get(either, 0) + coefficient


def shapes(n: int, *, even: bool = False) -> Iterator[tuple[Necklace, int]]:
    """Terms that differ in the labels of their legs alone, as one of them with their number."""
    counted: dict[tuple[int, ...], list[Necklace]] = {}
    for term in necklaces(n, even=even):
        counted.setdefault(min(term.orders, term.orders[::-1]), []).append(term)
    for alike in sorted(counted.values(), key=lambda terms: (len(terms[0].vertices), terms[0].orders)):
        yield min(alike), len(alike)
