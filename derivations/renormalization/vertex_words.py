"""The flow of a vertex as words of vertices around a loop, against an enumeration of set partitions.

Words are products of matrices without relations: where they agree, flows agree for any number of degrees of freedom.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

import sympy as sp

from derivations.engine.evidence import Counterexample, Evidence
from derivations.oracles.set_partitions import Block, loop_terms
from theory.sums import Sigma

TECHNIQUE = "oracle: set partitions, as products of matrices of any size"
Word = tuple[Block, ...]


def against_set_partitions(flow: Any, n: int, symmetric: bool, names: tuple[Any, Any, Any]) -> Callable[[], Evidence]:
    """Compare every term of the flow of the vertex of n legs; ``names`` are its families of indexed symbols."""

    def compare() -> Evidence:
        start = time.perf_counter()
        mine, theirs = words(flow, names), loop_terms(n, even=symmetric)
        wrong = sorted(w for w in mine.keys() | theirs.keys() if 2 * mine.get(w, 0) != theirs.get(w, 0))
        label = f"all {len(theirs)} terms of {n} legs"
        return Evidence(
            route="enumerated",
            outcome="refutes" if wrong else "agrees",
            technique=TECHNIQUE,
            points=len(theirs),
            seconds=time.perf_counter() - start,
            instances=() if wrong else (label,),
            counterexample=_counterexample(wrong[0], mine, theirs) if wrong else None,
        )

    return compare


def words(flow: Any, names: tuple[Any, Any, Any]) -> dict[Word, Any]:
    """The coefficient of each word of external legs around the loop, with the lesser of both directions for a word.

    Raises
    ------
    ValueError
        If a term is no trace of one scale derivative of the regulator with propagators between vertices.
    """
    found: dict[Word, Any] = {}
    for term in sp.Add.make_args(flow):
        coefficient, rest = term.as_independent(Sigma)
        while isinstance(rest, Sigma):
            rest = rest.summand
        front, lines = rest.as_independent(sp.Indexed)
        word = _around(list(sp.Mul.make_args(lines)), names)
        either = min(word, word[::-1])
        found[either] = found.get(either, 0) + coefficient * front
    return found


def _around(lines: list[Any], names: tuple[Any, Any, Any]) -> Word:
    """Follow the loop from the regulator to itself."""
    rate, propagator, vertex = names
    word: list[Block] = []
    first = _taken(lines, lambda e: e.base == rate)
    here, end = first.indices[1], first.indices[0]
    while True:
        line = _taken(lines, lambda e, at=here: e.base == propagator and e.indices[0] == at)
        if line.indices[1] == end and not lines:
            return tuple(word)
        node = _taken(lines, lambda e, at=line.indices[1]: e.base == vertex and e.indices[0] == at)
        word.append(tuple(int(str(leg).removeprefix("x_")) for leg in node.indices[1:-1]))
        here = node.indices[-1]


def _taken(lines: list[Any], wanted: Callable[[Any], bool]) -> Any:
    matches: Iterable[int] = (k for k, e in enumerate(lines) if isinstance(e, sp.Indexed) and wanted(e))
    place = next(iter(matches), None)
    if place is None:
        raise ValueError(f"expected a closed loop through the regulator; found no next line among {lines}")
    return lines.pop(place)


def _counterexample(word: Word, mine: Any, theirs: Any) -> Counterexample:
    left, right = mine.get(word, sp.S.Zero), sp.Rational(theirs.get(word, 0), 2)
    return Counterexample(values=(), left=str(left), right=str(right), note=f"the coefficient of the loop {word}")
