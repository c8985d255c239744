"""A point of the domain as the ball evaluator sees it: values of free names, and of names bound on the way down."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import product
from typing import Any

import sympy as sp
from flint import acb, arb, fmpq

from theory.averages import ConfigurationSum, OverlapIntegral, places
from theory.paths import PathSum
from theory.sums import Inside, Sigma

MAX_TERMS = 20_000
MAX_EVALUATIONS = 80_000
"""Of integrands, in all integrals of one evaluation together."""
MAX_SPINS = 12
MAX_PATHS = 1 << MAX_SPINS


class UnknownError(Exception):
    """The expression has a node, or a value, that the ball table does not know."""


class VagueError(UnknownError):
    """No enclosure was found at this point; there may be one at another."""


class OutsideError(UnknownError):
    """An entry that lies outside the ranges of its bound family: the expression means nothing there."""


class TooLargeError(Exception):
    """Written out at these sizes the expression has too many terms."""


@dataclass
class Budget:
    """How many terms may still be written out, and what was found on the way."""

    left: int = MAX_TERMS
    evaluations: int = MAX_EVALUATIONS
    known: dict[Any, acb] = field(default_factory=dict)
    """Balls of expressions without integration variables, at this point and precision."""

    def spend(self) -> None:
        """Count one term."""
        self.left -= 1
        if self.left < 0:
            raise TooLargeError(f"more than {MAX_TERMS} terms at these sizes")

    def spend_evaluation(self) -> None:
        """Count one value of an integrand."""
        self.evaluations -= 1
        if self.evaluations < 0:
            raise TooLargeError(f"more than {MAX_EVALUATIONS} values of integrands")


@dataclass(frozen=True, kw_only=True)
class Frame:
    """Values at one point.

    Attributes
    ----------
    free
        Looks up free symbols and entries of families: a ``theory.domain.Assignment``.
    bound
        Values of bound symbols: integers of sums, balls of integration variables.
    families
        Values of bound families, by their indices.
    imaginary
        Bound variables that run along the imaginary axis (Gaussian variables of negative variance).
    far
        Integration variables that are at least 1 here.
    ranges
        The ends of integration variables that run along a finite or half-infinite stretch.
    complex_depth
        How many integrals surround this place.
    budget
        Shared by all frames of one evaluation.
    """

    free: Any
    bound: dict[sp.Basic, Any] = field(default_factory=dict)
    families: dict[sp.Basic, dict[tuple[int, ...], Any]] = field(default_factory=dict)
    imaginary: frozenset[sp.Basic] = frozenset()
    far: frozenset[sp.Basic] = frozenset()
    ranges: dict[sp.Basic, tuple[Any, Any]] = field(default_factory=dict)
    complex_depth: int = 0
    budget: Budget = field(default_factory=Budget)

    def spend(self) -> None:
        """Count one term of a sum."""
        self.budget.spend()

    def with_value(self, name: sp.Basic, value: Any) -> Frame:
        """The same point with one more bound value: an integer, or a ball."""
        return replace(self, bound={**self.bound, name: value}, ranges=self._ranges_beside(name))

    def along(self, name: sp.Basic, value: acb, *, imaginary: bool = False) -> Frame:
        """The same point inside an integral over ``name``."""
        marked = self.imaginary | {name} if imaginary else self.imaginary - {name}
        bound = {**self.bound, name: value}
        depth, ranges = self.complex_depth + 1, self._ranges_beside(name)
        return replace(self, bound=bound, imaginary=marked, complex_depth=depth, ranges=ranges)

    def between(self, name: sp.Basic, low: Any, high: Any) -> Frame:
        """The same point inside an integral over ``name`` from ``low`` to ``high``, at any place of it."""
        inside = self.along(name, acb(0))
        if low is sp.S.NegativeInfinity or name in (low.free_symbols | high.free_symbols):
            return inside
        return replace(inside, ranges={**inside.ranges, name: (low, high)})

    def at(self, name: sp.Basic, value: acb) -> Frame:
        """Another place of the same stretch."""
        return replace(self, bound={**self.bound, name: value})

    def _ranges_beside(self, name: sp.Basic) -> dict[sp.Basic, tuple[Any, Any]]:
        """The ranges that do not change their meaning when a name is bound."""
        return {n: ends for n, ends in self.ranges.items() if n != name and not any(e.has(name) for e in ends)}

    def far_out(self, name: sp.Basic) -> Frame:
        """The same point where ``name`` stands for any real number from 1 on: for bounds at infinity."""
        return replace(self.along(name, acb(0)), far=self.far | {name})

    def value(self, name: Any) -> Any:
        """A ball, or the exact SymPy number that stands for the name.

        Raises
        ------
        UnknownError
            If the name has no value.
        """
        if isinstance(name, sp.Indexed):
            return self._entry(name)
        found = self.bound[name] if name in self.bound else self.free(name)
        if isinstance(found, sp.Basic) and found == name:
            raise UnknownError(f"{name} has no value")
        return acb(found) if isinstance(found, int) else found

    def _entry(self, atom: Any) -> Any:
        place = tuple(self.integer(i) for i in atom.indices)
        if atom.base in self.families:
            table = self.families[atom.base]
            if place not in table:
                raise OutsideError(f"{atom.base}{list(place)} lies outside the ranges of its family")
            return table[place]
        key = atom if all(i.is_Integer for i in atom.indices) else _entry_at(atom.base, place)
        found = self.free(key)
        if found == key:
            raise UnknownError(f"{key} has no value")
        return found

    def lookup(self, name: Any) -> Any:
        """As ``theory.sums.unroll`` wants it: exact numbers, integration variables left as they are."""
        if isinstance(name, sp.Indexed) and name.base in self.families:
            return sp.sympify(self._entry(name), strict=True)
        found = self.bound.get(name)
        if found is not None:
            return name if isinstance(found, acb) else sp.Integer(found)
        return self.free(name)

    def exact(self, node: Any) -> fmpq | None:
        """The exact rational value of an index, a size or a plain rational expression, if it has one."""
        if node.is_Rational:
            return fmpq(int(node.p), int(node.q))
        if isinstance(node, sp.Symbol | sp.Indexed):
            return self._exact_name(node)
        if isinstance(node, sp.Add | sp.Mul):
            return self._exact_fold(node)
        if isinstance(node, sp.Pow):
            return self._exact_power(node)
        if isinstance(node, sp.floor | sp.ceiling):
            return self._exact_rounded(node)
        if isinstance(node, sp.KroneckerDelta):
            return fmpq(int(self.integer(node.args[0]) == self.integer(node.args[1])))
        if isinstance(node, Inside):
            index, low, high = (self.integer(a) for a in node.args)
            return fmpq(int(low <= index <= high))
        return self._exact_sum(node) if isinstance(node, Sigma) else None

    def _exact_name(self, name: Any) -> fmpq | None:
        bound = self.bound.get(name)
        if isinstance(bound, acb):
            return None
        found = sp.Integer(bound) if bound is not None else sp.sympify(self.value(name), strict=True)
        return fmpq(int(found.p), int(found.q)) if found.is_Rational else None

    def _exact_fold(self, node: Any) -> fmpq | None:
        total = fmpq(0) if isinstance(node, sp.Add) else fmpq(1)
        for argument in node.args:
            part = self.exact(argument)
            if part is None:
                return None
            total = total + part if isinstance(node, sp.Add) else total * part
        return total

    def _exact_rounded(self, node: Any) -> fmpq | None:
        inner = self.exact(node.args[0])
        if inner is None:
            return None
        return fmpq(inner.floor() if isinstance(node, sp.floor) else inner.ceil())

    def _exact_power(self, node: Any) -> fmpq | None:
        base, exponent = self.exact(node.args[0]), self.exact(node.args[1])
        if base is None or exponent is None or exponent.q != 1 or abs(exponent) > 512 or (base == 0 and exponent < 0):
            return None
        return base ** int(exponent.p)

    def _exact_sum(self, node: Sigma) -> fmpq | None:
        total = fmpq(0)
        for value in range(self.integer(node.lower), self.integer(node.upper) + 1):
            self.spend()
            part = self.with_value(node.index, value).exact(node.summand)
            if part is None:
                return None
            total += part
        return total

    def integer(self, node: Any) -> int:
        """The value of an index or a size.

        Raises
        ------
        UnknownError
            If it is not an integer at this point.
        """
        if node.is_infinite:
            raise UnknownError("a sum over infinitely many terms")
        found = self.exact(node)
        if found is None or found.q != 1:
            raise UnknownError(f"{node} is no integer at this point")
        return int(found.p)

    def configurations(self, node: ConfigurationSum) -> Iterator[Frame]:
        """One frame for each configuration of the bound spins."""
        spins = list(places(node.ranges, self.lookup))
        if len(spins) > MAX_SPINS:
            raise TooLargeError(f"2^{len(spins)} configurations at these sizes; at most 2^{MAX_SPINS} are written out")
        for values in product((1, -1), repeat=len(spins)):
            table = dict(zip(spins, map(sp.Integer, values), strict=True))
            yield replace(self, families={**self.families, node.family: table})

    def paths(self, node: PathSum) -> Iterator[Frame]:
        """One frame for each path over the states."""
        entries = list(places(node.ranges, self.lookup))
        states = self.integer(node.n_states)
        if states ** len(entries) > MAX_PATHS:
            raise TooLargeError(f"{states}^{len(entries)} paths at these sizes; at most {MAX_PATHS} are written out")
        for values in product(map(sp.Integer, range(1, states + 1)), repeat=len(entries)):
            yield replace(self, families={**self.families, node.family: dict(zip(entries, values, strict=True))})

    def overlaps(self, node: OverlapIntegral) -> Iterator[tuple[acb, Frame]]:
        """One frame, with its weight, for each set of overlaps and conjugates of the measure."""
        parameter, conjugate = node.args[1], node.args[2]
        replicas = self.integer(node.n_replicas)
        sizes = node.layer_sizes(self.integer, self.lookup)
        cells = [(k, at) for k in sizes for at in node.cells(replicas)]
        count = 1
        for k, _ in cells:
            count *= (sizes[k] + 1) * (2 * sizes[k] + 1)
        if count > self.budget.left:
            raise TooLargeError(f"{count} points of the overlap integral at these sizes")
        settled = [(*k, *at) for k in sizes for at in node.fixed(replicas)]
        weight = acb(1)
        for k, _ in cells:
            weight /= 2 * sizes[k] + 1
        for values in product(*(_grid(sizes[k]) for k, _ in cells)):
            first, second = dict.fromkeys(settled, sp.S.One), dict.fromkeys(settled, sp.S.Zero)
            for (k, places_of), (value, period) in zip(cells, values, strict=True):
                for at in places_of:
                    first[*k, *at], second[*k, *at] = value, period
            yield weight, replace(self, families={**self.families, parameter: first, conjugate: second})


def _grid(size: int) -> list[tuple[Any, acb]]:
    """Overlap values with the points of one imaginary period: more points than the largest frequency 2N."""
    count = 2 * size + 1
    periods = [acb(0, arb.pi() * fmpq(2 * j, count)) for j in range(count)]
    overlaps = [sp.Rational(2 * up - size, size) for up in range(size + 1)]
    return [(q, p) for q in overlaps for p in periods]


@lru_cache(maxsize=4096)
def _entry_at(family: sp.IndexedBase, place: tuple[int, ...]) -> Any:
    """An entry of a family; SymPy works out its assumptions anew each time it is made."""
    return family[place]
