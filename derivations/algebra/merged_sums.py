"""Sums over the same sites under one sign, whatever letters their authors gave to the index."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sympy as sp

from derivations.algebra.brackets import without_implied_brackets
from derivations.algebra.sum_terms import Bounds, SumTerm, assembled, resolved, sum_terms
from theory.sums import rename


def merged(expression: Any, ranges: Iterable[Bounds], *letters: sp.Symbol) -> sp.Expr:
    """Multiply out, sum out deltas, drop brackets that ``ranges`` imply, and name bound indices by ``letters``."""
    known = tuple(ranges)
    return assembled(_lettered(t, known, letters) for t in sum_terms(resolved(expression)))


def _lettered(term: SumTerm, known: tuple[Bounds, ...], letters: tuple[sp.Symbol, ...]) -> SumTerm:
    body, own = term.body, []
    for letter, (index, lower, upper) in zip(letters, term.ranges, strict=False):
        fresh = sp.Dummy(letter.name, integer=True)
        own = [(s, rename(lo, index, fresh), rename(hi, index, fresh)) for s, lo, hi in own]
        body, own = rename(body, index, fresh), [*own, (fresh, lower, upper)]
    rest = term.ranges[len(own) :]
    return SumTerm(without_implied_brackets(body, (*known, *own, *rest)), (*own, *rest))
