"""Fields and their derivatives as independent symbols: total derivatives, Euler operators, and the current.

A density is a total derivative, or a divergence, if and only if its Euler operator in every field vanishes
identically (on a domain of field values without holes; Olver, Applications of Lie Groups to Differential Equations,
theorem 4.7).
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derivations.engine.routes.normal_forms.field import UnsupportedError
from theory.domain import Domain
from theory.sums import Binder
from theory.tensors import SymmetricTensorField

Order = tuple[int, ...]
"""How often a field is differentiated by each coordinate."""
HIGHEST = 12


class Jets:
    """One symbol for each derivative of each field, made when it is met."""

    def __init__(
        self, fields: Iterable[tuple[Any, sp.Set]], coordinates: tuple[sp.Symbol, ...], taken: set[str]
    ) -> None:
        self.fields, self.coordinates, self._taken = dict(fields), coordinates, set(taken)
        self.symbols: dict[tuple[Any, Order], sp.Symbol] = {}
        self.meaning: dict[sp.Symbol, tuple[Any, Order]] = {}

    def symbol(self, field: Any, order: Order) -> sp.Symbol:
        """The symbol of one derivative; a derivative by a coordinate that the field does not know is zero."""
        if (field, order) not in self.symbols:
            letters = "".join(str(c) * n for c, n in zip(self.coordinates, order, strict=True))
            name = field.func.__name__ + (f"_{letters}" if letters else "")
            while name in self._taken:
                name += "_"
            self._taken.add(name)
            found = sp.Symbol(name, real=True)
            self.symbols[field, order], self.meaning[found] = found, (field, order)
        return self.symbols[field, order]

    def convert(self, node: Any) -> Any:
        """An expression in fields as one in their symbols.

        Raises
        ------
        UnsupportedError
            If a field occurs where its derivatives are not ordinary ones: at another argument, under an integral, or
            as a component of a tensor.
        """
        if node.has(SymmetricTensorField):
            raise UnsupportedError(f"{node} is made of a tensor field, whose components do not show in it")
        if node in self.fields:
            return self.symbol(node, (0,) * len(self.coordinates))
        if not any(node.has(f.func) for f in self.fields):
            return node
        if isinstance(node, AppliedUndef) and any(node.func == f.func for f in self.fields):
            raise UnsupportedError(f"the field {node.func.__name__} at {node.args}: the density is not local")
        if isinstance(node, sp.Derivative):
            return self._derivative(node)
        if isinstance(node, sp.Subs):
            return sp.Subs(node.expr, node.variables, tuple(map(self.convert, node.point))).doit()
        if isinstance(node, Binder | sp.Integral | sp.Sum | sp.Product):
            raise UnsupportedError(f"fields inside {type(node).__name__}")
        return node.func(*map(self.convert, node.args))

    def _derivative(self, node: sp.Derivative) -> Any:
        counts: Any = node.variable_count
        known = (*self.coordinates, *self.fields)
        if any(v not in known or not n.is_Integer for v, n in counts):
            raise UnsupportedError(f"the derivative {node} is neither by a coordinate nor by a field")
        result = self.convert(node.expr)
        for variable, count in counts:
            for _ in range(int(count)):
                by_field = variable in self.fields
                result = sp.diff(result, self.convert(variable)) if by_field else self.total(result, variable)
        return result

    def total(self, expression: Any, coordinate: sp.Symbol) -> Any:
        """The total derivative by a coordinate.

        Raises
        ------
        UnsupportedError
            If derivatives of too high an order arise.
        """
        place = self.coordinates.index(coordinate)
        result = sp.diff(expression, coordinate)
        for symbol in sorted(expression.free_symbols & set(self.meaning), key=str):
            field, order = self.meaning[symbol]
            if coordinate in field.args:
                if sum(order) >= HIGHEST:
                    raise UnsupportedError(f"derivatives of a field beyond order {HIGHEST}")
                raised = (*order[:place], order[place] + 1, *order[place + 1 :])
                result += sp.diff(expression, symbol) * self.symbol(field, raised)
        return result

    def euler(self, density: Any, field: Any) -> Any:
        """The Euler operator: the variational derivative of the density by a field.

        Raises
        ------
        UnsupportedError
            If the density has branches that depend on fields: a derivative leaves out where they meet.
        """
        branches = (c for node in density.atoms(sp.Piecewise) for _, c in node.args)
        if any(c.free_symbols & set(self.meaning) for c in branches):
            raise UnsupportedError("a density with branches that depend on the fields")
        result = sp.S.Zero
        for symbol, order in self._of(density, field):
            term = sp.diff(density, symbol)
            for coordinate, count in zip(self.coordinates, order, strict=True):
                for _ in range(count):
                    term = -self.total(term, coordinate)
            result += term
        return result

    def _of(self, density: Any, field: Any) -> Iterator[tuple[sp.Symbol, Order]]:
        for symbol in sorted(density.free_symbols & set(self.meaning), key=str):
            if self.meaning[symbol][0] == field:
                yield symbol, self.meaning[symbol][1]

    def current(self, density: Any) -> tuple[Any, ...] | None:
        """A current whose divergence is the density, if it is one and one is found; untrusted."""
        return self._by_scaling(density) or self._by_steps(density)

    def _by_steps(self, density: Any) -> tuple[Any, ...] | None:
        """Where derivatives by one coordinate alone occur: a factor of the highest is integrated by the next lower."""
        used = {i for _, order in self._highest(density) for i, n in enumerate(order) if n}
        if len(used) != 1 or density.has(AppliedUndef):
            return None
        place, total = used.pop(), sp.S.Zero
        for _ in range(2 * HIGHEST):
            highest = self._highest(density)
            if not highest or not any(highest[0][1]):
                break
            symbol, order = highest[0]
            lower = self.symbol(self.meaning[symbol][0], (*order[:place], order[place] - 1, *order[place + 1 :]))
            part = sp.integrate(sp.diff(density, symbol), lower)
            if part.has(sp.Integral, sp.Piecewise):
                return None
            total += part
            density = sp.expand(density - self.total(part, self.coordinates[place]))
        rest = [sp.S.Zero] * len(self.coordinates)
        rest[place] = total
        return tuple(rest) if density == 0 else None

    def _highest(self, density: Any) -> list[tuple[sp.Symbol, Order]]:
        """The symbols in a density, those of the highest derivatives first."""
        met = [(s, self.meaning[s][1]) for s in density.free_symbols if s in self.meaning]
        return sorted(met, key=lambda item: (-sum(item[1]), str(item[0])))

    def _by_scaling(self, density: Any) -> tuple[Any, ...] | None:
        """For a polynomial in the fields.

        The density is scaled with its fields by s; d/ds is a sum of terms u_a dL/du_a, from which derivatives are
        moved off u_a one by one. What remains inside is the Euler operator, zero; the rest are the boundary terms.
        """
        scale = sp.Dummy("s", positive=True)
        parts = [sp.S.Zero for _ in self.coordinates]
        for field in self.fields:
            for symbol, order in self._of(density, field):
                for place, term in self._moved(field, order, sp.diff(density, symbol)):
                    parts[place] += term
        scaled = [self._integrated(self._scaled(p, scale) / scale, scale) for p in parts]
        free = density.xreplace(dict.fromkeys(self.meaning, sp.S.Zero))
        if None in scaled or free.has(sp.nan, sp.zoo, sp.oo):
            return None
        first = self.coordinates[0]
        primitive = sp.integrate(free, first) if free != 0 else sp.S.Zero
        return None if primitive.has(sp.Integral) else (scaled[0] + primitive, *scaled[1:])

    def _moved(self, field: Any, order: Order, factor: Any) -> Iterator[tuple[int, Any]]:
        """u_a w = D_i(u_(a - i) w) - u_(a - i) D_i w, until no derivative is left on u."""
        while any(order):
            place = next(i for i, n in enumerate(order) if n)
            order = (*order[:place], order[place] - 1, *order[place + 1 :])
            yield place, self.symbol(field, order) * factor
            factor = -self.total(factor, self.coordinates[place])

    def _scaled(self, expression: Any, scale: Any) -> Any:
        return expression.xreplace({s: scale * s for s in self.meaning})

    @staticmethod
    def _integrated(expression: Any, scale: Any) -> Any | None:
        """The integral over the scale from 0 to 1 of a polynomial in it; None for anything else."""
        opened = sp.expand(expression)
        if opened == 0:
            return opened
        if not opened.is_polynomial(scale):
            return None
        return sp.Add(*(c / (k + 1) for (k,), c in sp.Poly(opened, scale).terms()))

    def domain(self, outer: Domain) -> Domain:
        """The domain with the symbols met so far: fields in their sets, derivatives anywhere."""
        sets = {s: self.fields[f] if not any(order) else sp.S.Reals for s, (f, order) in self.meaning.items()}
        return outer.extended(sets)

    def restored(self, expression: Any) -> Any:
        """The expression in fields and their derivatives."""
        table = {s: self._as_field(f, order) for s, (f, order) in self.meaning.items()}
        return expression.xreplace(table)

    def _as_field(self, field: Any, order: Order) -> Any:
        counts = [(c, n) for c, n in zip(self.coordinates, order, strict=True) if n]
        return sp.Derivative(field, *counts) if counts else field
