"""A number known as a solution of an equation, such as an overlap that satisfies its own saddle-point equation."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp


class Solution(sp.Expr):
    """A zero of an expression in one unknown: ``args = (residual, unknown, start, end)``.

    It is the real number that is met first on the way from ``start`` to ``end``, ends excluded, and a function of the
    other symbols of all three. Whether there is one is for those to prove who evaluate it.
    """

    is_commutative = True
    is_real = True

    def __new__(cls, residual: Any, unknown: sp.Symbol, start: Any, end: Any) -> Solution:
        own = unknown if isinstance(unknown, sp.Dummy) else sp.Dummy(unknown.name, real=True)
        table = {unknown: own}
        return cast(
            Solution,
            super().__new__(
                cls,
                sp.sympify(residual, strict=True).xreplace(table),
                own,
                *(sp.sympify(e, strict=True) for e in (start, end)),
            ),
        )

    @property
    def residual(self) -> sp.Expr:
        """What vanishes."""
        return cast(sp.Expr, self.args[0])

    @property
    def unknown(self) -> sp.Symbol:
        """The unknown in the residual."""
        return cast(sp.Symbol, self.args[1])

    @property
    def free_symbols(self) -> set[sp.Basic]:
        """All but the unknown, which is bound."""
        ends = set().union(*(end.free_symbols for end in self.args[2:]))
        return (self.residual.free_symbols - {self.unknown}) | ends

    @property
    def is_number(self) -> bool:
        """Whether no symbol is free."""
        return not self.free_symbols

    def _eval_derivative(self, s: Any) -> sp.Expr:
        """By the implicit function theorem; the ends say which zero is meant, and do not move it."""
        if s not in self.residual.free_symbols:
            return sp.Integer(0)
        by_argument, by_unknown = (
            cast(sp.Expr, sp.diff(self.residual, v).xreplace({self.unknown: self})) for v in (s, self.unknown)
        )
        return -by_argument / by_unknown

    def _sympystr(self, printer: Any) -> str:
        start, end = map(printer.doprint, sorted(self.args[2:], key=lambda end: end.sort_key()))
        residual = self.residual.xreplace({self.unknown: sp.Symbol(self.unknown.name)})
        return f"the solution of {printer.doprint(residual)} = 0 between {start} and {end}"
