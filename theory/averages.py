"""Sums over configurations, Gaussian means and the overlap integral, as nodes with an exact meaning.

Each node keeps its ranges symbolic (layers, sites, replicas) and says in ``written_out`` what it is at concrete
sizes, so that a rule that transforms it can be tested against its definition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import combinations, product
from typing import Any, cast

import sympy as sp

from theory.sums import Binder, Lookup, concrete, concrete_range, rename, slot_symbol, unroll

Range = tuple[sp.Symbol, Any, Any]


def places(ranges: tuple[sp.Tuple, ...], lookup: Lookup) -> Iterator[tuple[int, ...]]:
    """All index tuples of a family at concrete sizes; later ranges may depend on earlier indices."""
    if not ranges:
        yield ()
        return
    index, lower, upper = ranges[0].args
    for value in concrete_range(cast(sp.Expr, lower), cast(sp.Expr, upper), lookup):
        rest = tuple(_with_index(r, cast(sp.Symbol, index), value) for r in ranges[1:])
        for tail in places(rest, lookup):
            yield (value, *tail)


def _with_index(item: sp.Tuple, index: sp.Symbol, value: int) -> sp.Tuple:
    name, lower, upper = item.args
    number = sp.Integer(value)
    return sp.Tuple(name, rename(lower, index, number), rename(upper, index, number))


class FamilyBinder(Binder):
    """A node that binds a whole indexed family; ``args = (body, family, *rest)``, ranges last."""

    @property
    def body(self) -> sp.Expr:
        """What is summed or averaged."""
        return cast(sp.Expr, self.args[0])

    @property
    def family(self) -> sp.Basic:
        """The bound family (``IndexedBase``) or scalar symbol."""
        return self.args[1]

    @property
    def ranges(self) -> tuple[sp.Tuple, ...]:
        """``(index, lower, upper)`` for each slot of the family, outermost first."""
        return tuple(a for a in self.args if isinstance(a, sp.Tuple))

    @property
    def bound_names(self) -> frozenset[sp.Basic]:
        """The family and the names of its slots."""
        return frozenset({self.family, *(cast(sp.Symbol, r.args[0]) for r in self.ranges)})

    @property
    def free_symbols(self) -> set[sp.Basic]:
        """Symbols that are not bound here; one named like a bound family is free where it stands by itself."""
        found = set().union(*(a.free_symbols for a in self.args)) - self.bound_names
        labels = {n.args[0] for n in self.bound_names if isinstance(n, sp.IndexedBase)}
        return found - {n for n in labels & found if not any(stands_alone(n, a) for a in self.args)}

    def with_body(self, body: sp.Expr) -> FamilyBinder:
        """The same node around another body."""
        return self.func(body, *self.args[1:])

    def _eval_derivative(self, s: Any) -> sp.Expr:
        return self.with_body(sp.diff(self.body, s)) if s in self.free_symbols else sp.Integer(0)


@lru_cache(maxsize=1 << 14)
def stands_alone(name: sp.Basic, expression: sp.Basic) -> bool:
    """Whether a symbol occurs other than as the label of a family."""
    if isinstance(expression, sp.IndexedBase) or not expression.args:
        return expression == name
    return any(stands_alone(name, part) for part in expression.args)


def with_own_slots(ranges: tuple[Any, ...], *dependent: Any) -> tuple[tuple[sp.Tuple, ...], tuple[Any, ...]]:
    """Ranges in slot names that no body can contain, and what depends on the slots renamed alike."""
    for item in ranges:
        if len(item) != 3 or not isinstance(item[0], sp.Symbol):
            raise ValueError(f"a range is (symbol, lower, upper); found {item!r}")
    own, table = [], {}
    for position, (slot, lower, upper) in enumerate(ranges):
        ends = [_renamed(sp.sympify(e, strict=True), table) for e in (lower, upper)]
        table[slot] = slot_symbol(slot, position)
        own.append(sp.Tuple(table[slot], *ends))
    return tuple(own), tuple(_renamed(sp.sympify(d, strict=True), table) for d in dependent)


def _renamed(expression: Any, table: dict[sp.Symbol, sp.Symbol]) -> Any:
    for old, new in table.items():
        expression = rename(expression, old, new)
    return expression


class ConfigurationSum(FamilyBinder):
    """Sum over all configurations of Ising spins ``family[...] = +-1`` on the given ranges (a trace)."""

    def __new__(cls, body: Any, family: sp.IndexedBase, *ranges: Range) -> ConfigurationSum:
        if not ranges:
            raise ValueError("a configuration sum needs the ranges of its spins; found none")
        own, _ = with_own_slots(ranges)
        return sp.Expr.__new__(cls, sp.sympify(body, strict=True), family, *own)

    def written_out(self, lookup: Lookup) -> sp.Expr:
        """The sum over 2^n configurations, term by term."""
        family = cast(sp.IndexedBase, self.family)
        spins = list(places(self.ranges, lookup))
        total = []
        for values in product((1, -1), repeat=len(spins)):
            table: dict[tuple[int, ...], int] = dict(zip(spins, values, strict=True))
            total.append(unroll(self.body, _spins_first(family, table, lookup)))
        return sp.Add(*total)

    def _latex(self, printer: Any) -> str:
        inner = printer.doprint(self.body)
        body = rf"\left({inner}\right)" if isinstance(self.body, sp.Add) else inner
        return rf"\sum_{{\{{{printer.doprint(self.family.args[0])}\}}}} {body}"


def _spins_first(family: sp.IndexedBase, table: dict[tuple[int, ...], int], lookup: Lookup) -> Lookup:
    def look(atom: sp.Expr) -> sp.Expr:
        if isinstance(atom, sp.Indexed) and atom.base == family:
            return sp.Integer(table[tuple(int(cast(Any, i)) for i in atom.indices)])
        return lookup(atom)

    return look


class GaussianMean(FamilyBinder):
    """Mean over independent centered Gaussian variables.

    ``GaussianMean(f, z, v)`` averages over one ``z ~ N(0, v)``. ``GaussianMean(f, J, v, (k, 1, L), ...)`` averages
    over every entry of the family ``J``; its variance ``v`` may depend on the slots. A negative variance stands
    for the analytic continuation of an even integrand.
    """

    def __new__(cls, body: Any, family: Any, variance: Any, *ranges: Range) -> GaussianMean:
        if not isinstance(family, sp.Symbol | sp.IndexedBase):
            raise TypeError(f"a Gaussian mean is over a symbol or an IndexedBase; found {family!r}")
        if isinstance(family, sp.IndexedBase) != bool(ranges):
            raise ValueError(f"a family needs ranges and a symbol has none; found {family} with {ranges}")
        own, (variance,) = with_own_slots(ranges, variance)
        return sp.Expr.__new__(cls, sp.sympify(body, strict=True), family, variance, *own)

    @property
    def variance(self) -> sp.Expr:
        """The variance of one variable, in terms of the slots."""
        return cast(sp.Expr, self.args[2])

    def _eval_derivative(self, s: Any) -> sp.Expr:
        """d/ds: of the integrand, and of the variance by the heat equation d/dv E f = E f'' / 2."""
        if self.ranges:
            return super()._eval_derivative(s)
        z = cast(sp.Symbol, self.family)
        growth = sp.diff(self.variance, s)
        spread = growth * self.with_body(sp.diff(self.body, z, 2)) / 2 if growth != 0 else sp.Integer(0)
        slope = sp.diff(self.body, s)
        return spread + (self.with_body(slope) if slope != 0 else sp.Integer(0))

    def written_out(self, lookup: Lookup) -> sp.Expr:
        """Nested means over single variables, one for each entry of the family."""
        if not self.ranges:
            return self._scalar_written_out(lookup)
        family = cast(sp.IndexedBase, self.family)
        entries = {
            p: sp.Dummy(f"{family.label}_{'_'.join(map(str, p))}", real=True) for p in places(self.ranges, lookup)
        }

        def look(atom: sp.Expr) -> sp.Expr:
            if isinstance(atom, sp.Indexed) and atom.base == family:
                return entries[tuple(int(cast(Any, i)) for i in atom.indices)]
            return lookup(atom)

        result = unroll(self.body, look)
        for place, entry in entries.items():
            result = GaussianMean(result, entry, unroll(self._variance_at(place), lookup))
        return result

    def _scalar_written_out(self, lookup: Lookup) -> sp.Expr:
        z, fresh = cast(sp.Symbol, self.family), sp.Dummy("z", real=True)
        body = rename(self.body, z, fresh)
        inner = unroll(body, lambda atom: atom if atom == fresh else lookup(atom))
        return GaussianMean(inner, fresh, unroll(self.variance, lookup))

    def _variance_at(self, place: tuple[int, ...]) -> sp.Expr:
        variance = self.variance
        for item, value in zip(self.ranges, place, strict=True):
            variance = rename(variance, item.args[0], sp.Integer(value))
        return variance

    def _latex(self, printer: Any) -> str:
        name = self.family.args[0] if isinstance(self.family, sp.IndexedBase) else self.family
        return rf"\mathbb{{E}}_{{{printer.doprint(name)}}}\left[{printer.doprint(self.body)}\right]"


def is_trace(node: Any) -> bool:
    """Whether a node sums or averages over a whole family of spins."""
    return isinstance(node, ConfigurationSum) or (isinstance(node, GaussianMean) and bool(node.ranges))


class OverlapIntegral(FamilyBinder):
    r"""The integral over overlaps and conjugates of every layer, :math:`\int DQ\,D\Lambda\,(\cdot)`.

    ``OverlapIntegral(f, Q, Lambda, (k, 0, L), n_replicas, size)`` with ``size`` the number of sites of layer
    ``k``; without layers it is ``OverlapIntegral(f, Q, Lambda, n_replicas, size)`` and ``Q[a, b]``. Its
    measure is the one that makes the delta functions of the overlaps exact for Ising spins: for each layer and each
    pair a < b, ``Q[k, a, b]`` runs over the values -1, -1 + 2/N, ..., 1 that an overlap can take,
    and ``Lambda[k, a, b]`` is averaged over one period of the imaginary axis, from 0 to 2 pi i. Both are symmetric; on
    the diagonal Q = 1 and Lambda = 0, since every squared spin is 1.
    """

    def __new__(
        cls,
        body: Any,
        overlap: sp.IndexedBase,
        conjugate: sp.IndexedBase,
        *rest: Any,
    ) -> OverlapIntegral:
        if len(rest) not in (2, 3):
            raise ValueError(f"an overlap integral ends with [the range of the layers,] n_replicas, size; found {rest}")
        *layers, n_replicas, size = rest
        own, (size,) = with_own_slots(tuple(layers), size)
        replicas = sp.sympify(n_replicas, strict=True)
        return sp.Expr.__new__(cls, sp.sympify(body, strict=True), overlap, conjugate, *own, replicas, size)

    @property
    def n_replicas(self) -> sp.Expr:
        """The number of replicas."""
        return cast(sp.Expr, self.args[-2])

    def layer_sizes(self, integer: Callable[[sp.Expr], int], lookup: Lookup) -> dict[tuple[int, ...], int]:
        """The number of sites of each layer, by the layer's place; of the one place () where there are no layers."""
        found = {}
        for place in places(self.ranges, lookup):
            size = cast(sp.Expr, self.args[-1])
            for item, value in zip(self.ranges, place, strict=True):
                size = rename(size, item.args[0], sp.Integer(value))
            found[place] = integer(size)
        return found

    @property
    def bound_names(self) -> frozenset[sp.Basic]:
        """Overlaps, conjugates and the layer slot."""
        return super().bound_names | {self.args[2]}

    @staticmethod
    def cells(n_replicas: int) -> list[tuple[tuple[int, ...], ...]]:
        """The independent entries of one layer, each with all the places at which it stands."""
        return [((a, b), (b, a)) for a, b in combinations(range(1, n_replicas + 1), 2)]

    @staticmethod
    def fixed(n_replicas: int) -> list[tuple[int, ...]]:
        """The places of one layer at which the parameter is 1 and its conjugate 0."""
        return [(a, a) for a in range(1, n_replicas + 1)]

    def written_out(self, lookup: Lookup) -> sp.Expr:
        """The finite sum over the values of the parameter and over enough points of each period to be exact."""
        replicas = int(cast(Any, concrete(self.n_replicas, lookup)))
        sizes = self.layer_sizes(lambda size: int(cast(Any, concrete(size, lookup))), lookup)
        cells = [(k, at) for k in sizes for at in self.cells(replicas)]
        grids = [list(product(_overlap_values(sizes[k]), _period_points(sizes[k]))) for k, _ in cells]
        weight = sp.Mul(*[sp.Rational(1, 2 * sizes[k] + 1) for k, _ in cells])
        settled = {(*k, *at): (sp.S.One, sp.S.Zero) for k in sizes for at in self.fixed(replicas)}
        terms = []
        for values in product(*grids):
            chosen = zip(cells, values, strict=True)
            table = {(*k, *at): pair for (k, places_of), pair in chosen for at in places_of}
            terms.append(unroll(self.body, self._lookup({**settled, **table}, lookup)))
        return weight * sp.Add(*terms)

    def _lookup(self, table: dict[tuple[int, ...], tuple[sp.Expr, sp.Expr]], lookup: Lookup) -> Lookup:
        def look(atom: sp.Expr) -> sp.Expr:
            if not (isinstance(atom, sp.Indexed) and atom.base in self.args[1:3]):
                return lookup(atom)
            return table[tuple(int(cast(Any, i)) for i in atom.indices)][0 if atom.base == self.args[1] else 1]

        return look

    def _latex(self, printer: Any) -> str:
        names = (printer.doprint(a.args[0]) for a in self.args[1:3])
        measure = r"\,".join(rf"\mathcal{{D}}{n}" for n in names)
        return rf"\int {measure}\, {printer.doprint(self.body)}"


class MagnetizationIntegral(OverlapIntegral):
    r"""The integral over magnetizations and their conjugates, :math:`\int DM\,D\kappa\,(\cdot)`.

    ``MagnetizationIntegral(f, M, kappa, (k, 0, L), n_replicas, size)`` is to one replica what ``OverlapIntegral`` is
    to two: ``M[k, a]`` runs over the values that the mean of N Ising spins can take, and ``kappa[k, a]`` over one
    period of the imaginary axis.
    """

    @staticmethod
    def cells(n_replicas: int) -> list[tuple[tuple[int, ...], ...]]:
        """One entry for each replica."""
        return [((a,),) for a in range(1, n_replicas + 1)]

    @staticmethod
    def fixed(n_replicas: int) -> list[tuple[int, ...]]:  # noqa: ARG004
        """None."""
        return []


def _overlap_values(size: int) -> list[sp.Expr]:
    return [sp.Rational(2 * up - size, size) for up in range(size + 1)]


def _period_points(size: int) -> list[sp.Expr]:
    """Points of the period, one more than the largest frequency 2N: their mean is the exact mean."""
    count = 2 * size + 1
    return [2 * sp.pi * sp.I * sp.Rational(j, count) for j in range(count)]
