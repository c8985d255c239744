"""Sums and products that a program runs through term by term."""

from __future__ import annotations

from typing import Any

import sympy as sp


class Loop(sp.Expr):
    """A sum or a product of ``body`` over the integers from ``low`` to ``high``; empty if these are reversed.

    ``args = (body, index, low, high)``. The index is bound; each loop has one of its own.
    """

    is_commutative = True
    is_real = True

    def __new__(cls, body: Any, index: sp.Symbol, low: Any, high: Any) -> Any:
        """Not evaluated."""
        return super().__new__(cls, *(sp.sympify(part, strict=True) for part in (body, index, low, high)))

    @property
    def free_symbols(self) -> set[sp.Basic]:
        """All but the index."""
        body, index, low, high = self.args
        return (body.free_symbols - {index}) | low.free_symbols | high.free_symbols

    @property
    def is_concrete(self) -> bool:
        """Whether both bounds are numbers."""
        return all(bound.is_Integer is True for bound in self.args[2:])  # pyright: ignore[reportAttributeAccessIssue]


class LoopSum(Loop):
    """A sum, which is compensated: its rounding does not grow with the number of terms."""


class LoopProduct(Loop):
    """A product."""
