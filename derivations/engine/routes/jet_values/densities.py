"""The value of a density of fields at a jet, computed like a program: no expression is ever written out."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from itertools import product
from string import ascii_letters
from typing import Any

import numpy as np
import sympy as sp
from sympy.core.function import AppliedUndef

from derivations.engine.routes.jet_values.leaves import VARIED, JetPoint, Places, Runs
from derivations.engine.routes.jet_values.rings import Ring
from derivations.engine.routes.jet_values.series import Series
from derivations.engine.routes.normal_forms.field import UnsupportedError
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

NILPOTENCY = 4
"""No product of more than so many nilpotent series differs from zero: there are four letters."""


class Densities:
    """Values of expressions at one point in some runs; tensors are computed once."""

    def __init__(
        self, ring: Ring, point: JetPoint, runs: Runs, varied: dict[SymmetricTensorField, Any] | None = None
    ) -> None:
        self.ring, self.point, self.runs, self._varied = ring, point, runs, varied or {}
        self._tensors: dict[tuple[type, tuple[Any, ...]], Series] = {}

    def value(self, node: Any) -> Series:
        """The value of a scalar expression.

        Raises
        ------
        UnsupportedError
            If something in it is no rational function of fields, their derivatives and parameters.
        """
        if isinstance(node, sp.Rational):
            return Series.number(self.ring, Fraction(int(node.p), int(node.q)))
        if isinstance(node, sp.Symbol):
            return Series.number(self.ring, self.point.number(node))
        if isinstance(node, sp.Add):
            return reduce(Series.__add__, map(self.value, node.args))
        if isinstance(node, sp.Mul):
            return reduce(Series.__mul__, map(self.value, node.args))
        if isinstance(node, sp.Pow) and node.exp.is_Integer:
            return self._power(self.value(node.base), int(node.exp))
        if isinstance(node, Contracted):
            return reduce(Series.__add__, (self.value(c) * self._term(e) for c, e in terms(node.summand)))
        if isinstance(node, TensorEntry) and all(isinstance(i, int) for i in node.indices):
            return self._entry(node)
        if isinstance(node, FirstVariation):
            return self._variation(node)
        return self._function(node)

    def _power(self, base: Series, exponent: int) -> Series:
        one = Series.number(self.ring, 1)
        factor = base if exponent >= 0 else self._inverse(base)
        return reduce(Series.__mul__, [factor] * abs(exponent), one)

    def _inverse(self, base: Series) -> Series:
        constant = np.asarray(base.parts[0])
        inverted = [self.ring.inverse(np.array([[x]], dtype=constant.dtype))[0, 0] for x in constant]
        first = Series(self.ring, {0: np.array(inverted, dtype=constant.dtype)})
        return _geometric(Series.number(self.ring, 1), first * base.nilpotent(), Series.__mul__) * first

    def _function(self, node: Any) -> Series:
        """A scalar field, a derivative of one, or an undetermined function of one expression in fields."""
        inner, places = _differentiated(node)
        if isinstance(inner, AppliedUndef) and all(isinstance(a, sp.Symbol) for a in inner.args):
            if places is None:
                raise UnsupportedError(f"{node} is no derivative by coordinates")
            return self.runs.leaf(self.ring, self.point, inner, places)
        raise UnsupportedError(f"{type(node).__name__} {node} has no value at a jet")

    def _variation(self, node: FirstVariation) -> Series:
        if self._varied:
            raise UnsupportedError("a variation inside another")
        inner = Densities(self.ring, self.point, self.runs, {node.field: node.change})
        return inner.value(node.density).without(VARIED)

    def _term(self, entries: tuple[TensorEntry, ...]) -> Series:
        """Two tensors at a time, those first that leave the fewest indices."""
        letters: dict[str, str] = {}
        factors = [self._lettered(e, letters) for e in entries]
        while len(factors) > 1:
            pairs = [(i, j) for j in range(len(factors)) for i in range(j)]
            i, j = min(pairs, key=lambda p: (len(_left(factors, *p)), -len(_summed(factors, *p))))
            left = _left(factors, i, j)
            (a, x), (b, y) = factors[i], factors[j]
            factors = [f for k, f in enumerate(factors) if k not in (i, j)]
            factors.append((a.contracted(b, f"{x},{y}->{left}"), left))
        return factors[0][0] if factors else Series.number(self.ring, 1)

    def _lettered(self, entry: TensorEntry, letters: dict[str, str]) -> tuple[Series, str]:
        """A tensor with its letters, after sums over letters that it has twice."""
        for index in entry.indices:
            if isinstance(index, str):
                letters.setdefault(index, ascii_letters[len(letters)])
        found = self.tensor(type(entry), entry.args[: entry.n_fields])
        places = tuple(i if isinstance(i, int) else slice(None) for i in entry.indices)
        named = "".join(letters[i] for i in entry.indices if isinstance(i, str))
        kept = "".join(x for x in dict.fromkeys(named) if named.count(x) == 1)
        found = found.at(places) if any(isinstance(p, int) for p in places) else found
        return (found if kept == named else found.traced(f"{named}->{kept}")), kept

    def _entry(self, entry: TensorEntry) -> Series:
        return self._lettered(entry, {})[0]

    def tensor(self, kind: type, fields: tuple[Any, ...]) -> Series:
        """All entries of a tensor, an axis for each index."""
        if (kind, fields) not in self._tensors:
            self._tensors[kind, fields] = _TENSORS[kind](self, *fields)
        return self._tensors[kind, fields]

    def leaf(self, field: SymmetricTensorField, order: int) -> Series:
        """The derivatives of an order of a tensor field, those of a varied one with its change."""
        found = self._leaf(field, order)
        change = self._varied.get(field)
        return found if change is None else found + self._leaf(change, order).raised_to(VARIED)

    def _leaf(self, field: SymmetricTensorField, order: int) -> Series:
        n = field.dimension
        index = list(product(range(n), repeat=2 + order))
        names = [(field.component(*i[:2]), tuple(sorted(i[2:]))) for i in index]
        entries: dict[tuple[Any, Places], Series] = {
            key: self.runs.leaf(self.ring, self.point, *key) for key in dict.fromkeys(names)
        }
        nothing = self.ring.array(np.zeros(len(self.runs.moves), dtype=object))
        parts = {}
        for key in sorted({k for s in entries.values() for k in s.parts}):
            rows = [entries[name].parts.get(key, nothing) for name in names]
            parts[key] = np.array(rows).reshape((n,) * (2 + order) + nothing.shape)
        return Series(self.ring, parts)


def _differentiated(node: Any) -> tuple[Any, Places | None]:
    """What is differentiated, and by which of its arguments; None for other derivatives."""
    if not isinstance(node, sp.Derivative):
        return node, ()
    inner, names = node.expr, getattr(node.expr, "args", ())
    counts: Any = node.variable_count
    if any(v not in names or not n.is_Integer for v, n in counts):
        return inner, None
    return inner, tuple(names.index(v) for v, n in counts for _ in range(int(n)))


def _left(factors: list[tuple[Series, str]], i: int, j: int) -> str:
    """The indices that a product of two factors keeps: those that stand once in it."""
    both = factors[i][1] + factors[j][1]
    return "".join(x for x in both if both.count(x) == 1)


def _summed(factors: list[tuple[Series, str]], i: int, j: int) -> set[str]:
    return set(factors[i][1]) & set(factors[j][1])


def _geometric(one: Series, small: Series, multiply: Callable[[Series, Series], Series]) -> Series:
    """1 / (1 + small)."""
    total, power = one, one
    for _ in range(NILPOTENCY):
        power = multiply(power, small).times(-1)
        total = total + power
    return total


def _matrix_product(a: Series, b: Series) -> Series:
    return a.contracted(b, "ab,bc->ac")


def _frame(v: Densities, metric: SymmetricTensorField) -> tuple[Series, Series]:
    """The inverse of the metric's value, and that times what is nilpotent in the metric."""
    values = v.leaf(metric, 0)
    start = v.ring.inverse(values.parts[0][..., 0])[..., None]
    first = Series(v.ring, {0: start})
    return first, _matrix_product(first, values.nilpotent())


def _inverse_metric(v: Densities, metric: SymmetricTensorField) -> Series:
    first, small = _frame(v, metric)
    one = Series(v.ring, {0: v.ring.array(np.eye(metric.dimension, dtype=int)[..., None])})
    return _matrix_product(_geometric(one, small, _matrix_product), first)


def _volume(v: Densities, metric: SymmetricTensorField) -> Series:
    """The root at the point times exp(tr log(1 + small) / 2)."""
    if metric not in v.point.frames:
        raise UnsupportedError(f"the root of the determinant of {metric} at a point without a frame")
    _, small = _frame(v, metric)
    power, logarithm = small, Series(v.ring, {})
    for k in range(1, NILPOTENCY + 1):
        logarithm = logarithm + power.traced("aa->").times(Fraction((-1) ** (k + 1), 2 * k))
        power = _matrix_product(power, small)
    one = Series.number(v.ring, 1)
    total, term = one, one
    for k in range(1, NILPOTENCY + 1):
        term = (term * logarithm).times(Fraction(1, k))
        total = total + term
    return total * Series.number(v.ring, v.point.frames[metric][1])


def _lowered_symbols(slopes: Series, tail: str = "") -> Series:
    """Christoffel symbols of the first kind, the lowered index first; with a derivative index at the end if any."""
    first = slopes.traced(f"abc{tail}->abc{tail}")
    second = slopes.traced(f"acb{tail}->abc{tail}")
    third = slopes.traced(f"bca{tail}->abc{tail}")
    return (first + second - third).times(Fraction(1, 2))


def _christoffel(v: Densities, metric: SymmetricTensorField) -> Series:
    lowered = _lowered_symbols(v.tensor(Slope, (metric,)))
    return v.tensor(InverseMetric, (metric,)).contracted(lowered, "ad,dbc->abc")


def _christoffel_slope(v: Densities, metric: SymmetricTensorField) -> Series:
    inverse, slopes = v.tensor(InverseMetric, (metric,)), v.tensor(Slope, (metric,))
    turned = slopes.contracted(v.tensor(Christoffel, (metric,)), "xqd,qbc->xbcd").times(-1)
    inner = turned + _lowered_symbols(v.tensor(SecondSlope, (metric,)), "e").traced("xbcd->xbcd")
    return inverse.contracted(inner, "ax,xbcd->abcd")


def _ricci(v: Densities, metric: SymmetricTensorField) -> Series:
    symbols, slopes = v.tensor(Christoffel, (metric,)), v.tensor(ChristoffelSlope, (metric,))
    traced = symbols.traced("aab->b")
    first = slopes.traced("anma->mn") - slopes.traced("anam->mn")
    return first + symbols.contracted(traced, "bnm,b->mn") - symbols.contracted(symbols, "bna,amb->mn")


def _curvature(v: Densities, metric: SymmetricTensorField) -> Series:
    return v.tensor(InverseMetric, (metric,)).contracted(v.tensor(RicciTensor, (metric,)), "mn,mn->")


def _inverse_change(v: Densities, metric: SymmetricTensorField, change: SymmetricTensorField) -> Series:
    inverse = v.tensor(InverseMetric, (metric,))
    return inverse.contracted(v.leaf(change, 0), "ac,cd->ad").contracted(inverse, "ad,db->ab").times(-1)


_TENSORS: dict[type, Callable[..., Series]] = {
    Component: lambda v, field: v.leaf(field, 0),
    Slope: lambda v, field: v.leaf(field, 1),
    SecondSlope: lambda v, field: v.leaf(field, 2),
    InverseMetric: _inverse_metric,
    VolumeElement: _volume,
    Christoffel: _christoffel,
    ChristoffelSlope: _christoffel_slope,
    RicciTensor: _ricci,
    ScalarCurvature: _curvature,
    InverseChange: _inverse_change,
}
"""How each kind of tensor is computed."""
