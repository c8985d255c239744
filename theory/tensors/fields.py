"""A symmetric tensor field such as a metric: its components are undetermined functions of the coordinates."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, cast

import sympy as sp
from sympy.core.symbol import Str


class SymmetricTensorField(sp.Basic):
    """A field ``t_ab`` with two lower indices, symmetric, of n coordinates.

    Its components are functions such as ``g_01(x0, x1)``; those above the diagonal are those below it.
    """

    def __new__(cls, name: Any, coordinates: Iterable[Any]) -> SymmetricTensorField:
        letters = tuple(coordinates)
        if not letters or not all(isinstance(c, sp.Symbol) for c in letters):
            raise ValueError(f"a tensor field depends on one coordinate or more, symbols; found {letters!r}")
        return sp.Basic.__new__(cls, Str(str(name)), sp.Tuple(*letters))

    @property
    def name(self) -> str:
        """The letter of the field."""
        return str(self.args[0])

    @property
    def coordinates(self) -> tuple[sp.Symbol, ...]:
        """The coordinates it depends on."""
        return cast("tuple[sp.Symbol, ...]", tuple(self.args[1].args))

    @property
    def dimension(self) -> int:
        """The number of coordinates."""
        return len(self.coordinates)

    def component(self, first: int, second: int) -> Any:
        """The component with two indices, counted from 0, as a function of the coordinates."""
        low, high = sorted((int(first), int(second)))
        if low < 0 or high >= self.dimension:
            raise ValueError(f"an index is one of 0 to {self.dimension - 1}; found {first} and {second}")
        return _component(self, low, high)

    @property
    def components(self) -> tuple[Any, ...]:
        """The n (n + 1) / 2 components, row by row from the diagonal on."""
        n = self.dimension
        return tuple(self.component(a, b) for a in range(n) for b in range(a, n))

    def matrix(self) -> Any:
        """All components as a matrix, shape (n, n)."""
        return sp.ImmutableMatrix(self.dimension, self.dimension, lambda a, b: self.component(int(a), int(b)))

    def _latex(self, printer: Any) -> str:  # noqa: ARG002
        return self.name

    def _sympystr(self, printer: Any) -> str:  # noqa: ARG002
        return self.name


@lru_cache(maxsize=1 << 12)
def _component(field: SymmetricTensorField, low: int, high: int) -> Any:
    """Made once: values at jets ask for components many times."""
    return cast(Any, sp.Function(f"{field.name}_{low}{high}", real=True))(*field.coordinates)


def component_fields(expression: Any) -> frozenset[Any]:
    """The components of all tensor fields that occur in an expression."""
    return frozenset(c for t in expression.atoms(SymmetricTensorField) for c in t.components)
