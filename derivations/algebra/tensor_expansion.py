"""Densities of a metric and tensor fields as sums of terms in normal form, and terms as densities again."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import sympy as sp

from derivations.algebra.metric_terms import Calculus, End, Factor, Sum, Term, fresh, total
from theory.tensors import (
    Christoffel,
    ChristoffelSlope,
    Component,
    Contracted,
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
from theory.tensors.contraction import terms
from theory.tensors.geometry import GREEK

Parts = list[tuple[Any, Term]]


class NotAContractionError(ValueError):
    """A density that is no sum of contractions of one metric and of tensor fields."""


class Expansion:
    """How densities of one metric are written as sums of terms."""

    def __init__(self, metric: SymmetricTensorField) -> None:
        self.metric, self.calculus = metric, Calculus(metric=metric.name)

    def sum_of(self, density: Any) -> Sum:
        """A scalar density in normal form.

        Raises
        ------
        NotAContractionError
            If it is not a sum of contractions.
        """
        return total(self._parts(sp.expand(density)))

    def _parts(self, density: Any) -> Parts:
        found: Parts = []
        for term in sp.Add.make_args(density):
            parts: Parts = [(sp.S.One, Term())]
            for factor in sp.Mul.make_args(term):
                parts = _product(parts, self._factor(factor))
            found += parts
        return found

    def _factor(self, factor: Any) -> Parts:
        base, power = factor.as_base_exp()
        if isinstance(base, VolumeElement) and power.is_Integer:
            self._require_metric(base)
            return [(sp.S.One, Term(volume=int(power)))]
        if not factor.has(TensorEntry):
            if factor.has(sp.core.function.AppliedUndef, sp.Derivative):
                raise NotAContractionError(f"{factor} is no number")
            return [(factor, Term())]
        if isinstance(factor, ScalarCurvature):
            return self._entry(factor)
        if isinstance(factor, Contracted):
            return [(c * k, t) for c, entries in terms(factor.summand) for k, t in self._entries(c, entries)]
        if isinstance(factor, FirstVariation) and factor.field == self.metric:
            inner = self._parts(sp.expand(factor.density))
            return [(c * k, t) for c, term in inner for k, t in self.calculus.variation(term, factor.change.name)]
        raise NotAContractionError(f"{type(factor).__name__} {factor} is no contraction of {self.metric}")

    def _entries(self, coefficient: Any, entries: Iterable[TensorEntry]) -> Parts:
        if sp.sympify(coefficient, strict=True).has(sp.core.function.AppliedUndef, sp.Derivative, TensorEntry):
            raise NotAContractionError(f"{coefficient} is no number")
        letters: dict[Any, End] = {}
        parts: Parts = [(sp.S.One, Term())]
        for entry in entries:
            for index in entry.indices:
                if not isinstance(index, str):
                    raise NotAContractionError(f"{entry} has a number in the place of an index")
                letters.setdefault(index, fresh(1)[0])
            parts = _product(parts, self._entry(entry, *(letters[i] for i in entry.indices)))
        return [(c * k, t) for c, (k, t) in ((c, self._without_metric(t)) for c, t in parts)]

    def _without_metric(self, term: Term) -> tuple[Any, Term]:
        """The term after the metric itself has been contracted with its inverses."""
        found = [f for f in term.factors if f.field == self.metric.name and not f.slopes]
        if not found:
            return sp.S.One, term
        a, b = found[0].slots
        joined = [p for p in term.pairs if a in p or b in p]
        rest = replace(
            term,
            pairs=tuple(p for p in term.pairs if p not in joined),
            factors=tuple(f for f in term.factors if f is not found[0]),
        )
        if len(joined) == 1:  # g_ab g^ab = n
            count, further = self._without_metric(rest)
            return self.metric.dimension * count, further
        ends = tuple(end for p in joined for end in p if end not in (a, b))
        return self._without_metric(replace(rest, pairs=(*rest.pairs, (ends[0], ends[1]))))

    def _require_metric(self, entry: TensorEntry) -> None:
        if entry.field != self.metric:
            raise NotAContractionError(f"{entry} is made of {entry.field}, not of the metric {self.metric}")

    def _entry(self, entry: TensorEntry, *ends: End) -> Parts:
        if isinstance(entry, Component | Slope | SecondSlope):
            return [(sp.S.One, Term(factors=(Factor(field=entry.field.name, slots=ends[:2], slopes=ends[2:]),)))]
        self._require_metric(entry)
        if isinstance(entry, InverseChange):
            a, b = fresh(2)
            change = Factor(field=entry.args[1].name, slots=(a, b))
            return [(sp.S.NegativeOne, Term(pairs=((ends[0], a), (b, ends[1])), factors=(change,)))]
        if type(entry) not in _GEOMETRY:
            raise NotAContractionError(f"{type(entry).__name__} has no expansion")
        return _GEOMETRY[type(entry)](self, *ends)

    def inverse(self, a: End, b: End) -> Parts:
        """The inverse metric."""
        return [(sp.S.One, Term(pairs=((a, b),)))]

    def christoffel(self, a: End, b: End, c: End) -> Parts:
        """Gamma^a_bc = g^ad (g_db,c + g_dc,b - g_bc,d) / 2."""
        found: Parts = []
        for sign, place in ((1, 0), (1, 1), (-1, 2)):
            (d,) = fresh(1)
            slots, slope = (((d, b), c), ((d, c), b), ((b, c), d))[place]
            factor = Factor(field=self.metric.name, slots=slots, slopes=(slope,))
            found.append((sp.Rational(sign, 2), Term(pairs=((a, d),), factors=(factor,))))
        return found

    def christoffel_slope(self, a: End, b: End, c: End, d: End) -> Parts:
        """Its derivative by the coordinate d."""
        return [(k * m, t) for k, term in self.christoffel(a, b, c) for m, t in self.calculus.slope(term, d)]

    def ricci(self, m: End, n: End) -> Parts:
        """Gamma^a_nm,a - Gamma^a_na,m + Gamma^b_nm Gamma^a_ab - Gamma^b_na Gamma^a_mb."""
        a, b, c, d, e, f = fresh(6)
        first = self.christoffel_slope(a, n, m, a) + _negative(self.christoffel_slope(b, n, b, m))
        second = _product(self.christoffel(c, n, m), self.christoffel(d, d, c))
        return first + second + _negative(_product(self.christoffel(e, n, f), self.christoffel(f, m, e)))

    def curvature(self) -> Parts:
        """g^mn R_mn."""
        m, n = fresh(2)
        return _product(self.inverse(m, n), self.ricci(m, n))


_GEOMETRY: dict[type, Callable[..., Parts]] = {
    InverseMetric: Expansion.inverse,
    Christoffel: Expansion.christoffel,
    ChristoffelSlope: Expansion.christoffel_slope,
    RicciTensor: Expansion.ricci,
    ScalarCurvature: Expansion.curvature,
}


def _negative(parts: Parts) -> Parts:
    return [(-c, t) for c, t in parts]


def _product(one: Parts, other: Parts) -> Parts:
    """All products; names of joined indices that both share are joined with one another."""
    return [(c * k, t.times(u)) for c, t in one for k, u in other]


def written(found: Sum, fields: Iterable[SymmetricTensorField], metric: SymmetricTensorField) -> Any:
    """A sum of terms as a density: each power of the volume element times a sum over repeated indices."""
    by_name = {f.name: f for f in (*fields, metric)}
    volumes: dict[int, Any] = {}
    for term, coefficient in found.items():
        volumes[term.volume] = volumes.get(term.volume, sp.S.Zero) + coefficient * _summand(term, by_name, metric)
    return sp.Add(*(VolumeElement(metric) ** v * Contracted(body) for v, body in sorted(volumes.items())))


def summand_of(found: Sum, fields: Iterable[SymmetricTensorField], metric: SymmetricTensorField) -> Any:
    """The same with indices that stand alone, as those of a current."""
    by_name = {f.name: f for f in (*fields, metric)}
    return sp.Add(*(VolumeElement(metric) ** t.volume * c * _summand(t, by_name, metric) for t, c in found.items()))


def _summand(term: Term, fields: dict[str, SymmetricTensorField], metric: SymmetricTensorField) -> Any:
    def name(end: End) -> str:
        return end if isinstance(end, str) else GREEK[end - 1]

    inverse = [InverseMetric(metric, name(a), name(b)) for a, b in term.pairs]
    return sp.Mul(*inverse, *(_field_entry(f, fields, name) for f in term.factors))


def _field_entry(factor: Factor, fields: dict[str, SymmetricTensorField], name: Callable[[End], str]) -> Any:
    kind = (Component, Slope, SecondSlope)[len(factor.slopes)]
    return kind(fields[factor.field], *map(name, (*factor.slots, *factor.slopes)))
