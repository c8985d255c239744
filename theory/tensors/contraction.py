"""Sums over repeated indices, and the first variation of a density."""

from __future__ import annotations

from collections import Counter
from typing import Any, cast

import sympy as sp
from sympy.printing.precedence import PRECEDENCE

from theory.tensors.fields import SymmetricTensorField
from theory.tensors.geometry import TensorEntry


class Contracted(sp.Expr):
    """The sum over all indices that stand twice in a term, once above and once below, from 0 to n - 1.

    Raises
    ------
    ValueError
        If a letter in a term stands alone, more than twice, or twice at one height.
    """

    is_commutative = True

    @property
    def precedence(self) -> int:
        """That of the summand."""
        return PRECEDENCE["Add" if isinstance(self.summand, sp.Add) else "Mul"]

    def __new__(cls, summand: Any) -> Any:
        body = cast(Any, sp.sympify(summand, strict=True))
        if not body.has(TensorEntry):
            return body
        for _, entries in terms(body):
            _check(entries)
        return sp.Expr.__new__(cls, body)

    @property
    def summand(self) -> Any:
        """What is summed, indices written out as letters."""
        return self.args[0]

    def _eval_derivative(self, s: Any) -> Any:
        coordinates = {c for e in self.atoms(TensorEntry) for c in e.field.coordinates}
        if s in coordinates or any(s in e.field.components for e in self.atoms(TensorEntry)):
            return sp.Derivative(self, s, evaluate=False)
        return Contracted(sp.diff(self.summand, s))

    def _latex(self, printer: Any) -> str:
        text = printer._print(self.summand)
        return rf"\left({text}\right)" if isinstance(self.summand, sp.Add) else text

    def _sympystr(self, printer: Any) -> str:
        return printer._print(self.summand)


def terms(summand: Any) -> list[tuple[Any, tuple[TensorEntry, ...]]]:
    """The terms of a sum: each a coefficient and its entries of tensors."""
    found = []
    for term in sp.Add.make_args(sp.expand(summand)):
        coefficient, entries = sp.S.One, []
        for factor in sp.Mul.make_args(term):
            base, power = factor.as_base_exp()
            if isinstance(base, TensorEntry) and power.is_Integer and power > 0:
                entries += [base] * int(power)
            else:
                coefficient *= factor
        found.append((coefficient, tuple(entries)))
    return found


def _check(entries: tuple[TensorEntry, ...]) -> None:
    ends = [(i, end) for e in entries for i, end in zip(e.indices, e.ends, strict=True) if isinstance(i, str)]
    heights = {i: "".join(sorted("u" if end == "u" else "l" for j, end in ends if j == i)) for i, _ in ends}
    wrong = sorted(i for i, height in heights.items() if height != "lu")
    if wrong:
        counted = Counter(i for i, _ in ends)
        told = ", ".join(f"{i} ({counted[i]} times)" for i in wrong)
        raise ValueError(f"each index of a term stands once above and once below; found {told} in {entries}")


class FirstVariation(sp.Expr):
    """The first variation of a density: its derivative by s at s = 0 with the field t + s h in the place of t.

    If densities ``FirstVariation(L, t, h)`` and ``E^ab h_ab`` differ by a divergence for all h, then E is the
    variational derivative of L by t.
    """

    is_commutative = True
    precedence = PRECEDENCE["Mul"]

    def __new__(cls, density: Any, field: SymmetricTensorField, change: SymmetricTensorField) -> FirstVariation:
        if not all(isinstance(f, SymmetricTensorField) for f in (field, change)) or field == change:
            raise ValueError(f"a first variation is by a tensor field along another one; found {field} and {change}")
        return cast("FirstVariation", sp.Expr.__new__(cls, sp.sympify(density, strict=True), field, change))

    @property
    def density(self) -> Any:
        """What is varied."""
        return self.args[0]

    @property
    def field(self) -> SymmetricTensorField:
        """The field that changes."""
        return cast(SymmetricTensorField, self.args[1])

    @property
    def change(self) -> SymmetricTensorField:
        """By which tensor it changes."""
        return cast(SymmetricTensorField, self.args[2])

    def _eval_derivative(self, s: Any) -> Any:
        if s in self.field.coordinates:
            return sp.Derivative(self, s, evaluate=False)
        return FirstVariation(sp.diff(self.density, s), self.field, self.change)

    def _latex(self, printer: Any) -> str:
        return rf"\delta \left[ {printer._print(self.density)} \right]"

    def _sympystr(self, printer: Any) -> str:
        return f"delta[{printer._print(self.density)}]"
