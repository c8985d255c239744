"""Both sides of a claim on densities at one jet: their values, or their Euler operators in the fields."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import factorial, log2
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derivations.engine.routes.jet_values.densities import Densities
from derivations.engine.routes.jet_values.leaves import FIRST, MOVED, SECOND, JetPoint, Runs
from derivations.engine.routes.jet_values.rings import Ring
from derivations.engine.routes.normal_forms.field import UnsupportedError
from theory.tensors import (
    Christoffel,
    ChristoffelSlope,
    Component,
    FirstVariation,
    InverseChange,
    InverseMetric,
    RicciTensor,
    ScalarCurvature,
    SecondSlope,
    Slope,
    SymmetricTensorField,
    TensorEntry,
    VolumeElement,
)
from theory.tensors.contraction import Contracted, terms

HIGHEST = 2
SIZES: Mapping[type, tuple[int, int]] = {
    Component: (0, 1),
    Slope: (1, 1),
    SecondSlope: (2, 1),
    InverseMetric: (0, 1),
    InverseChange: (0, 3),
    VolumeElement: (0, 1),
    Christoffel: (1, 2),
    ChristoffelSlope: (2, 4),
    RicciTensor: (2, 4),
    ScalarCurvature: (2, 5),
}
"""For each kind of entry, the order of its derivatives, and how many inverse metrics and derivatives are multiplied."""


@dataclass(frozen=True)
class Sides:
    """Two densities, equal everywhere or, where ``fields`` are given, up to a divergence."""

    left: Any
    right: Any
    fields: tuple[Any, ...]
    is_local: bool
    """Whether the sides are compared as they are."""

    @cached_property
    def entries(self) -> frozenset[Any]:
        """All entries of tensors."""
        return frozenset(self.left.atoms(TensorEntry) | self.right.atoms(TensorEntry))

    @cached_property
    def metrics(self) -> tuple[SymmetricTensorField, ...]:
        """The tensor fields that are used as metrics."""
        found = {e.field for e in self.entries if not isinstance(e, Component | Slope | SecondSlope)}
        return tuple(sorted(found, key=str))

    @cached_property
    def functions(self) -> frozenset[Any]:
        """All functions of the coordinates: components of tensor fields, and scalar fields."""
        sides = (self.left, self.right)
        tensors = (t for side in sides for t in side.atoms(SymmetricTensorField))
        scalars = (f for side in sides for f in side.atoms(AppliedUndef))
        return frozenset((*(c for t in tensors for c in t.components), *scalars, *self.fields))

    @cached_property
    def coordinates(self) -> tuple[sp.Symbol, ...]:
        """The coordinates of the tensor fields.

        Raises
        ------
        UnsupportedError
            If they differ.
        """
        tensors = self.left.atoms(SymmetricTensorField) | self.right.atoms(SymmetricTensorField)
        found = {t.coordinates for t in tensors}
        if len(found) != 1:
            raise UnsupportedError("tensor fields of different coordinates")
        return found.pop()

    @cached_property
    def explicit(self) -> tuple[sp.Symbol, ...]:
        """Coordinates on which a side depends other than by its fields."""
        tensors = self.left.atoms(SymmetricTensorField) | self.right.atoms(SymmetricTensorField)
        coordinates = {c for t in tensors for c in t.coordinates}
        found = {n for side in (self.left, self.right) for n in _outside_fields(side)}
        return tuple(sorted(found & coordinates, key=str))

    @cached_property
    def order(self) -> int:
        """The highest order of derivatives."""
        scalars = [
            d.derivative_count
            for side in (self.left, self.right)
            for d in side.atoms(sp.Derivative)
            if isinstance(d, sp.Derivative)
        ]
        found = max([*(SIZES[type(e)][0] for e in self.entries), *scalars], default=0)
        if found > HIGHEST:
            raise UnsupportedError(f"densities with derivatives of order {found}; those up to {HIGHEST} are known")
        return found

    @cached_property
    def parameters(self) -> tuple[sp.Symbol, ...]:
        """Symbols that stand for numbers of the domain: all but coordinates that occur in fields alone."""
        found = (self.left.free_symbols | self.right.free_symbols) - set(self.coordinates)
        return tuple(sorted(found | set(self.explicit), key=str))

    def at(self, ring: Ring, point: JetPoint, weights: Mapping[Any, int]) -> tuple[Any, Any]:
        """Both sides; Euler operators summed with the weights of the fields.

        Raises
        ------
        UnsupportedError
            If a density has a part without a value at a jet.
        ZeroDivisionError
            If a metric or another denominator has no inverse there.
        """
        self._require_fields_of_all_coordinates()
        if self.is_local:
            values = Densities(ring, point, Runs(moves=((),)))
            left, right = (values.value(side).parts.get(0) for side in (self.left, self.right))
            return _number(ring, left), _number(ring, right)
        totals = [0, 0]
        for order in range(self.order + 1):
            runs = Runs.of_order(order, len(self.coordinates), weights)
            values = Densities(ring, point, runs)
            wanted = MOVED | (FIRST if order else 0) | (SECOND if order == HIGHEST else 0)
            for k, side in enumerate((self.left, self.right)):
                part = values.value(side).parts.get(wanted)
                if part is not None:
                    totals[k] = totals[k] + (-1) ** order * part.sum()
        return ring.reduced(totals[0]), ring.reduced(totals[1])

    def _require_fields_of_all_coordinates(self) -> None:
        """Places of derivatives are counted by coordinates, so that a field of some of them would be misread."""
        for field in self.functions:
            if field.args != self.coordinates:
                told = ", ".join(map(str, self.coordinates))
                raise UnsupportedError(f"{field} is no field of the coordinates {told}")

    @cached_property
    def degree(self) -> int:
        """A bound for the degree of the difference in all numbers, after its denominators are cleared.

        The inverse of a metric A^T s A is of degree 2n over a power of its determinant, whose root has degree n. An
        Euler operator of order k, and a variation, multiply with at most one more inverse and one more derivative for
        each differentiation.
        """
        return (2 * len(self.coordinates) + 1) * self._products + len(self.coordinates) + self._letters

    @cached_property
    def content_bits(self) -> int:
        """A bound for the bits of an integer that divides all coefficients of the difference, unless it is zero."""
        n = len(self.coordinates)
        each = 3 + 2 * log2(n) + log2(factorial(n))
        rationals = [r for side in (self.left, self.right) for r in sp.preorder_traversal(side) if r.is_Rational]
        return int(each * self._products) + sum(int(r.p).bit_length() + int(r.q).bit_length() for r in rationals)

    @cached_property
    def _products(self) -> int:
        steps = 0 if self.is_local else self.order + 1
        return max(_products(side) for side in (self.left, self.right)) + 2 * steps

    @cached_property
    def _letters(self) -> int:
        """How often parameters and scalar fields occur, with their powers."""
        found = 0
        for side in (self.left, self.right):
            for node in sp.preorder_traversal(side):
                if isinstance(node, sp.Symbol | AppliedUndef) and not isinstance(node, TensorEntry):
                    found += 1
                elif isinstance(node, sp.Pow) and node.exp.is_Integer:
                    found += abs(int(node.exp))
        return found


def _outside_fields(node: Any) -> Iterator[Any]:
    """The symbols of an expression that are no arguments of its fields."""
    if isinstance(node, sp.Symbol):
        yield node
    elif isinstance(node, sp.Derivative):
        yield from _outside_fields(node.expr)
    elif not isinstance(node, TensorEntry | SymmetricTensorField | AppliedUndef):
        for argument in node.args:
            yield from _outside_fields(argument)


def _number(ring: Ring, part: Any) -> Any:
    """The one number of a part; zero where it is missing."""
    return ring.array([0])[0] if part is None else ring.reduced(part.sum())


def _products(node: Any) -> int:
    """A bound for how many inverse metrics and derivatives are multiplied in an expression."""
    if isinstance(node, TensorEntry):
        return SIZES[type(node)][1]
    if isinstance(node, Contracted):
        return max(sum(SIZES[type(e)][1] for e in entries) for _, entries in terms(node.summand))
    if isinstance(node, FirstVariation):
        return _products(node.density) + 2
    if isinstance(node, sp.Mul):
        return sum(map(_products, node.args))
    if isinstance(node, sp.Pow):
        return _products(node.base) * (abs(int(node.exp)) if node.exp.is_Integer else 1)
    return max((_products(a) for a in node.args if isinstance(a, sp.Expr)), default=0)
