"""The determinant of a matrix of symbolic size, as a node with an exact meaning."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from theory.averages import with_own_slots
from theory.sums import Binder, Lookup, concrete, rename, unroll


class Determinant(Binder):
    """The determinant of the matrix with the entry ``body`` in row i and column j, both from 1 to n.

    ``Determinant(KroneckerDelta(i, j) - w[i, j], (i, j), n)`` is det(1 - w); a matrix without rows has the
    determinant 1.
    """

    def __new__(cls, body: Any, slots: Any, size: Any) -> Determinant:
        number = sp.sympify(size, strict=True)
        if len(slots) != 2 or slots[0] == slots[1]:
            raise ValueError(f"a determinant has one letter for its rows and another for its columns; found {slots!r}")
        if any(slot in number.free_symbols for slot in slots):
            raise ValueError(f"the size of a matrix does not depend on its rows; found {number}")
        ranges = tuple((slot, 1, number) for slot in slots)
        own, (entry,) = with_own_slots(ranges, sp.sympify(body, strict=True))
        return sp.Expr.__new__(cls, entry, sp.Tuple(*(item.args[0] for item in own)), number)

    @property
    def body(self) -> sp.Expr:
        """The entry in the letters of ``slots``."""
        return cast(sp.Expr, self.args[0])

    @property
    def slots(self) -> tuple[sp.Symbol, sp.Symbol]:
        """The bound letters of a row and of a column."""
        return cast(Any, self.args[1].args)

    @property
    def size(self) -> sp.Expr:
        """The number of rows."""
        return cast(sp.Expr, self.args[2])

    @property
    def bound_names(self) -> frozenset[sp.Basic]:
        """The letters of row and column."""
        return frozenset(self.slots)

    @property
    def free_symbols(self) -> set[sp.Basic]:
        """Symbols that are not bound here."""
        return (self.body.free_symbols - set(self.slots)) | self.size.free_symbols

    def entry(self, row: Any, column: Any) -> Any:
        """The entry in a row and a column."""
        inner = [sp.Dummy("r", integer=True), sp.Dummy("c", integer=True)]
        found = self.body
        for old, new in zip((*self.slots, *inner), (*inner, row, column), strict=True):
            found = rename(found, old, sp.sympify(new, strict=True))
        return found

    def written_out(self, lookup: Lookup) -> sp.Expr:
        """The determinant at a concrete size, with every entry written out."""
        places = range(1, int(cast(Any, concrete(self.size, lookup))) + 1)
        rows = [[unroll(self.entry(i, j), lookup) for j in places] for i in places]
        return cast(Any, sp.Matrix(rows)).det(method="berkowitz") if rows else sp.S.One

    def _eval_derivative(self, s: Any) -> sp.Expr:
        if s not in self.free_symbols:
            return sp.S.Zero
        raise NotImplementedError(f"the derivative of a determinant of symbolic size, by {s}")
