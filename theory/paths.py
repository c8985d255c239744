"""Sums over all paths of a chain with finitely many states, as a node with an exact meaning."""

from __future__ import annotations

from itertools import product
from typing import Any, cast

import sympy as sp

from theory.averages import FamilyBinder, Range, places, with_own_slots
from theory.sums import Lookup, concrete, unroll


class PathSum(FamilyBinder):
    """Sum over all values 1, ..., n of every entry of a family: over all paths of a chain with n states.

    ``PathSum(f, x, n, (t, 0, T))`` sums over the n^(T + 1) paths ``x[0], ..., x[T]``; ``f`` may hold ``x[t]``, also as
    an index of another family, as in ``E[t, x[t]]``. A range without entries has one path, the empty one.
    """

    def __new__(cls, body: Any, family: sp.IndexedBase, n_states: Any, *ranges: Range) -> PathSum:
        if not isinstance(family, sp.IndexedBase) or not ranges:
            raise ValueError(f"a path is an IndexedBase with the range of its times; found {family!r} with {ranges}")
        own, _ = with_own_slots(ranges)
        count = sp.sympify(n_states, strict=True)
        if any(slot in count.free_symbols for slot, *_ in ranges):
            raise ValueError(f"every entry of {family} has the same states; found {count} of them")
        return sp.Expr.__new__(cls, sp.sympify(body, strict=True), family, count, *own)

    @property
    def n_states(self) -> sp.Expr:
        """The number of states."""
        return cast(sp.Expr, self.args[2])

    def written_out(self, lookup: Lookup) -> sp.Expr:
        """The sum over n^(number of entries) paths, term by term."""
        family = cast(sp.IndexedBase, self.family)
        entries = list(places(self.ranges, lookup))
        states = range(1, int(cast(Any, concrete(self.n_states, lookup))) + 1)
        total = []
        for values in product(states, repeat=len(entries)):
            total.append(unroll(self.body, _along(family, dict(zip(entries, values, strict=True)), lookup)))
        return sp.Add(*total)


def _along(family: sp.IndexedBase, path: dict[tuple[int, ...], int], lookup: Lookup) -> Lookup:
    def look(atom: sp.Expr) -> sp.Expr:
        if isinstance(atom, sp.Indexed) and atom.base == family:
            return sp.Integer(path[tuple(int(cast(Any, i)) for i in atom.indices)])
        return lookup(atom)

    return look
