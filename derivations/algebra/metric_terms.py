"""Sums of contractions of a metric and tensor fields in normal form, whatever the dimension.

All indices of fields are lower ones, and inverse metrics join them in pairs. A term is a power of the volume element,
the pairs, and the fields with their derivatives. Terms that differ by names, by the order of equal factors, or by the
symmetries of indices are the same. Terms that differ are independent unless the dimension is small, so a sum whose
normal form is empty vanishes in every dimension, and one whose normal form is not may still vanish in a low one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count, groupby, permutations, product
from typing import Any

import sympy as sp

End = int | str
"""The place of an index: an integer for one that is joined, a text for one that is free."""


@dataclass(frozen=True, kw_only=True)
class Factor:
    """A field with its own lower indices, and those of its derivatives."""

    field: str
    slots: tuple[End, ...]
    slopes: tuple[End, ...] = ()

    @property
    def kind(self) -> tuple[str, int, int]:
        """What no renaming changes."""
        return self.field, len(self.slots), len(self.slopes)

    def renamed(self, table: Mapping[End, End]) -> Factor:
        """With other names of indices."""
        return replace(
            self,
            slots=tuple(table.get(s, s) for s in self.slots),
            slopes=tuple(table.get(s, s) for s in self.slopes),
        )

    def orders(self) -> Iterator[tuple[End, ...]]:
        """All orders of the indices that are the same by symmetry, slots before slopes."""
        for slots, slopes in product(permutations(self.slots), permutations(self.slopes)):
            yield (*slots, *slopes)


@dataclass(frozen=True, kw_only=True)
class Term:
    """A power of the volume element, inverse metrics with two upper indices each, and fields."""

    volume: int = 0
    pairs: tuple[tuple[End, End], ...] = ()
    factors: tuple[Factor, ...] = ()

    def times(self, other: Term) -> Term:
        """The product; joined indices of both must have different names."""
        return Term(
            volume=self.volume + other.volume, pairs=self.pairs + other.pairs, factors=self.factors + other.factors
        )

    def renamed(self, table: Mapping[End, End]) -> Term:
        """With other names of indices."""
        pairs = tuple((table.get(a, a), table.get(b, b)) for a, b in self.pairs)
        return replace(self, pairs=pairs, factors=tuple(f.renamed(table) for f in self.factors))


Sum = dict[Term, Any]
"""Coefficients of terms."""
MOST_MOVES = 6
_FRESH = count(1)


def fresh(number: int) -> tuple[int, ...]:
    """New names for joined indices."""
    return tuple(next(_FRESH) for _ in range(number))


def total(terms: Iterable[tuple[Any, Term]]) -> Sum:
    """The sum of terms in normal form, without those whose coefficients cancel."""
    found: Sum = {}
    for coefficient, term in terms:
        name = canonical(term)
        found[name] = found.get(name, sp.S.Zero) + coefficient
    return {t: c for t, c in ((t, sp.cancel(c)) for t, c in found.items()) if c != 0}


def canonical(term: Term) -> Term:
    """The least of all equal ways to write a term."""
    by_kind = sorted(term.factors, key=lambda f: f.kind)
    groups = [list(permutations(g)) for _, g in groupby(by_kind, key=lambda f: f.kind)]
    best: Term | None = None
    least: Any = None
    for arrangement in product(*groups):
        factors = [f for group in arrangement for f in group]
        for orders in product(*(f.orders() for f in factors)):
            table: dict[End, End] = {}
            for index in (i for order in orders for i in order):
                if isinstance(index, int):
                    table[index] = len(table) + 1
            pairs = tuple(
                sorted((_sorted_pair(table.get(a, a), table.get(b, b)) for a, b in term.pairs), key=_pair_key)
            )
            key = tuple(map(_pair_key, pairs))
            if least is None or key < least:
                least, best = key, _rebuilt(term, factors, orders, table, pairs)
    return best if best is not None else replace(term, pairs=tuple(sorted(map(_of, term.pairs), key=_pair_key)))


def _of(pair: tuple[End, End]) -> tuple[End, End]:
    return _sorted_pair(*pair)


def _sorted_pair(a: End, b: End) -> tuple[End, End]:
    return (a, b) if _key(a) <= _key(b) else (b, a)


def _key(end: End) -> tuple[bool, str, int]:
    return (isinstance(end, str), end if isinstance(end, str) else "", end if isinstance(end, int) else 0)


def _pair_key(pair: tuple[End, End]) -> tuple[Any, Any]:
    return _key(pair[0]), _key(pair[1])


def _rebuilt(
    term: Term,
    factors: list[Factor],
    orders: tuple[tuple[End, ...], ...],
    table: Mapping[End, End],
    pairs: tuple[tuple[End, End], ...],
) -> Term:
    written = []
    for factor, order in zip(factors, orders, strict=True):
        named = tuple(table.get(i, i) for i in order)
        cut = len(factor.slots)
        written.append(replace(factor, slots=named[:cut], slopes=named[cut:]))
    return replace(term, pairs=pairs, factors=tuple(written))


@dataclass(frozen=True, kw_only=True)
class Calculus:
    """Derivatives of terms, the metric being the field of this name."""

    metric: str

    def slope(self, term: Term, index: End) -> Iterator[tuple[Any, Term]]:
        """The derivative by a coordinate, whose lower index is ``index``."""
        yield from self._changed(term, self.metric, (index,))
        for k, factor in enumerate(term.factors):
            raised = replace(factor, slopes=(*factor.slopes, index))
            yield sp.S.One, replace(term, factors=(*term.factors[:k], raised, *term.factors[k + 1 :]))

    def variation(self, term: Term, change: str) -> Iterator[tuple[Any, Term]]:
        """The first variation if the metric changes by a tensor field of this name."""
        yield from self._changed(term, change, ())
        for k, factor in enumerate(term.factors):
            if factor.field == self.metric:
                moved = replace(factor, field=change)
                yield sp.S.One, replace(term, factors=(*term.factors[:k], moved, *term.factors[k + 1 :]))

    def _changed(self, term: Term, field: str, slopes: tuple[End, ...]) -> Iterator[tuple[Any, Term]]:
        """What the volume element and the inverse metrics contribute where the metric changes by a factor."""
        if term.volume:
            a, b = fresh(2)
            new = Factor(field=field, slots=(a, b), slopes=slopes)
            yield (
                sp.Rational(term.volume, 2),
                replace(term, pairs=(*term.pairs, (a, b)), factors=(*term.factors, new)),
            )
        for k, (x, y) in enumerate(term.pairs):
            a, b = fresh(2)
            new = Factor(field=field, slots=(a, b), slopes=slopes)
            pairs = (*term.pairs[:k], (x, a), (b, y), *term.pairs[k + 1 :])
            yield sp.S.NegativeOne, replace(term, pairs=pairs, factors=(*term.factors, new))

    def momentum(self, term: Term, field: str, order: int, ends: tuple[str, ...]) -> Iterator[tuple[Any, Term]]:
        """The derivative by the ``order``-th derivatives of a field; ``ends`` names the upper indices, slopes last."""
        for k, factor in enumerate(term.factors):
            if factor.field == field and len(factor.slopes) == order:
                rest = replace(term, factors=(*term.factors[:k], *term.factors[k + 1 :]))
                orders = list(factor.orders())
                for names in orders:
                    yield sp.Rational(1, len(orders)), rest.renamed(dict(zip(names, ends, strict=True)))
        if field == self.metric and order == 0:
            for a, b in ((0, 1), (1, 0)):
                yield from ((c / 2, t) for c, t in self._by_metric(term, ends[a], ends[b]))

    def _by_metric(self, term: Term, first: str, second: str) -> Iterator[tuple[Any, Term]]:
        if term.volume:
            yield sp.Rational(term.volume, 2), replace(term, pairs=(*term.pairs, (first, second)))
        for k, (x, y) in enumerate(term.pairs):
            pairs = (*term.pairs[:k], (x, first), (second, y), *term.pairs[k + 1 :])
            yield sp.S.NegativeOne, replace(term, pairs=pairs)

    def euler(self, terms: Sum, field: str, ends: tuple[str, str]) -> Sum:
        """The Euler operator in a symmetric tensor field, with two free upper indices."""
        highest = max((len(f.slopes) for t in terms for f in t.factors if f.field == field), default=0)
        found: list[tuple[Any, Term]] = []
        for order in range(highest + 1):
            loose = tuple(f"'{k}" for k in range(order))
            for term, coefficient in terms.items():
                parts = [(coefficient * c, t) for c, t in self.momentum(term, field, order, (*ends, *loose))]
                for end in loose:
                    parts = [(-c, t) for c, t in self.divergence(parts, end)]
                found += parts
        return total(found)

    def divergence(self, parts: Iterable[tuple[Any, Term]], end: str) -> Iterator[tuple[Any, Term]]:
        """The divergence over a free upper index."""
        for coefficient, term in parts:
            (index,) = fresh(1)
            for c, t in self.slope(term, index):
                yield coefficient * c, t.renamed({end: index})

    def current(self, terms: Sum, least: Mapping[str, int], end: str) -> Sum | None:
        """A current with a free upper index whose divergence is the sum; None if moving derivatives leads to none."""
        found, rest = self.moved(terms, least, end)
        return None if rest else found

    def moved(self, terms: Sum, least: Mapping[str, int], end: str) -> tuple[Sum, Sum]:
        """Derivatives moved to other factors: a current with a free upper index, and the sum without its divergence.

        ``least`` gives, for each field that is to be differentiated less, the least order of derivatives to move.
        """
        found: list[tuple[Any, Term]] = []
        rest = dict(terms)
        for _ in range(MOST_MOVES):
            moved = [p for t, c in rest.items() for p in self._lowered(c, t, least, end)]
            if not moved:
                break
            found += moved
            rest = total([*((c, t) for t, c in rest.items()), *self.divergence([(-c, t) for c, t in moved], end)])
        return total(found), rest

    @staticmethod
    def _lowered(coefficient: Any, term: Term, least: Mapping[str, int], end: str) -> Iterator[tuple[Any, Term]]:
        """The term with a derivative less at its most differentiated field, that index being free."""
        able = [k for k, f in enumerate(term.factors) if f.slopes and len(f.slopes) >= least.get(f.field, MOST_MOVES)]
        if not able:
            return
        k = max(able, key=lambda k: len(term.factors[k].slopes))
        factor = term.factors[k]
        for j, index in enumerate(factor.slopes):
            lowered = replace(factor, slopes=(*factor.slopes[:j], *factor.slopes[j + 1 :]))
            factors = (*term.factors[:k], lowered, *term.factors[k + 1 :])
            yield coefficient / len(factor.slopes), replace(term, factors=factors).renamed({index: end})
