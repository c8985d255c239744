r"""Gaussian means of exponentials of quadratics that no permutation of an index changes, for any size of the family.

For s with slots of sizes n_1, n_2, ... the matrix of the quadratic form is a sum over sets T of slots of A_T times the
unit matrix in the slots of T and the matrix of ones in the others. It has one eigenvalue for each set P of slots: on
vectors that add up to zero along the slots of P and are constant along the others a matrix of ones is 0 and n, so that

    lambda_P = sum over T that contain P of A_T prod_{i not in T} n_i,   (prod_{i in P} (n_i - 1))-fold,

and these are all. With variance v, and a linear term y that is the same at all places,

    E exp(s A s / 2 + y sum s) = exp(v y^2 prod_i n_i / (2 w_0)) prod_P w_P^(-multiplicity / 2),

with w_P = 1 - v lambda_P > 0. For one slot: the matrix a 1 + b J has the eigenvalues a, (n - 1)-fold, and a + n b.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, combinations
from typing import Any

import sympy as sp

from derivations.engine.routes.normal_forms.derivatives import field_derivative
from derivations.engine.routes.normal_forms.field import Ratio, UnsupportedError
from derivations.engine.routes.normal_forms.generators.constraints import positive_by_constraints
from derivations.engine.routes.normal_forms.monomials import occurs
from derivations.engine.routes.normal_forms.signs import coefficients_of
from derivations.engine.routes.normal_forms.sums_form import require_length
from derivations.engine.routes.normal_forms.tower import Tower
from theory.averages import GaussianMean
from theory.sums import Sigma, unfold

Slots = frozenset[int]
MOST_SLOTS = 3


@dataclass(frozen=True, kw_only=True)
class SymmetricQuadratic:
    """An exponent: half the quadratic form with one coefficient for each set of slots, a linear term, a constant."""

    form: dict[Slots, sp.Expr]
    slope: sp.Expr
    constant: sp.Expr


def symmetric_mean(tower: Tower, exponent: sp.Expr, base: sp.IndexedBase, node: GaussianMean) -> Ratio | None:
    """E of the exponential of the exponent over the family ``base`` of ``node``; None where it has no such form."""
    ranges = tuple(tuple(r.args) for r in node.ranges)
    indices = {r[0] for r in ranges}
    ends = set().union(*((low + high).free_symbols for _, low, high in ranges), node.variance.free_symbols)
    if len(ranges) > MOST_SLOTS or ends & indices:
        return None
    found = _quadratic(tower, exponent, base, ranges)
    return _closed(tower, found, node.variance, ranges) if found is not None else None


def _quadratic(tower: Tower, exponent: sp.Expr, base: sp.IndexedBase, ranges: Any) -> SymmetricQuadratic | None:
    """The exponent, by two derivatives; that it is no more than these is proved in normal form."""
    places = [tuple((tower.new_index(), low, high) for _, low, high in ranges) for _ in range(2)]
    first, second = (base[tuple(r[0] for r in p)] for p in places)
    outside = tower.scope
    tower.scope = (*outside, *places[0], *places[1])
    try:
        gradient = field_derivative(exponent, first)
        hessian = tower.convert(field_derivative(tower.field.expression(tower.convert(gradient)), second))
        form = _by_deltas(tower, hessian, [(a[0], b[0]) for a, b in zip(*places, strict=True)])
        slope = tower.field.expression(tower.convert(_without(gradient, base)))
    except UnsupportedError:
        return None
    finally:
        tower.scope = outside
    names = {r[0] for r in (*places[0], *places[1])}
    if form is None or any(occurs(e, base) or e.free_symbols & names for e in (*form.values(), slope)):
        return None
    found = SymmetricQuadratic(form=form, slope=slope, constant=_without(exponent, base))
    written = tower.convert(_written(found, base, ranges))
    return found if tower.field.same(written, tower.convert(exponent)) else None


def _without(expression: sp.Expr, base: sp.IndexedBase) -> sp.Expr:
    """The expression where all entries are zero."""
    slots = {len(a.indices) for a in expression.atoms(sp.Indexed) if a.base == base}
    for count in slots:
        indices = sp.symbols(f"i\u20320:{count}", integer=True)
        expression = unfold(expression, base[indices], sp.Integer(0))
    return expression


def _by_deltas(tower: Tower, hessian: Ratio, pairs: list[Any]) -> dict[Slots, sp.Expr] | None:
    """The coefficient of each product of Kronecker deltas of the pairs."""
    field = tower.field
    deltas = [tower.convert(sp.KroneckerDelta(*pair)) for pair in pairs]
    places = [field.used(d.num)[0] for d in deltas]
    parts: dict[Slots, Any] = {frozenset(): hessian.num}
    for slot, place in enumerate(places):
        if hessian.den.degrees()[place]:
            return None
        split: dict[Slots, Any] = {}
        for chosen, poly in parts.items():
            for power, coefficient in coefficients_of(field, poly, place).items():
                key = chosen | {slot} if power else chosen
                split[key] = split[key] + coefficient if key in split else coefficient
        parts = split
    return {chosen: field.expression(field.quotient(poly, hessian.den)) for chosen, poly in parts.items()}


def _written(found: SymmetricQuadratic, base: sp.IndexedBase, ranges: Any) -> sp.Expr:
    """The exponent that these coefficients belong to."""
    entry = base[tuple(r[0] for r in ranges)]
    total = found.constant + found.slope * Sigma(entry, *ranges)
    for shared, coefficient in found.form.items():
        kept = [r for slot, r in enumerate(ranges) if slot in shared]
        summed = [r for slot, r in enumerate(ranges) if slot not in shared]
        square = (Sigma(entry, *summed) if summed else entry) ** 2
        total += coefficient * (Sigma(square, *kept) if kept else square) / 2
    return total


def _closed(tower: Tower, found: SymmetricQuadratic, variance: sp.Expr, ranges: Any) -> Ratio | None:
    sizes = [sp.expand(high - low + 1) for _, low, high in ranges]
    everything = range(len(sizes))
    value: Any = sp.S.One
    widths = {}
    for across in chain.from_iterable(combinations(everything, k) for k in range(len(sizes) + 1)):
        eigenvalue = sp.Add(
            *(
                coefficient * sp.Mul(*(sizes[i] for i in everything if i not in shared))
                for shared, coefficient in found.form.items()
                if shared >= set(across)
            )
        )
        widths[across] = 1 - variance * eigenvalue
        if not positive_by_constraints(tower, tower.convert(widths[across])):
            return None
        value *= widths[across] ** (-sp.Mul(*(sizes[i] - 1 for i in across)) / 2)
    for _, low, high in ranges:
        require_length(tower, low, high)
    push = variance * found.slope**2 * sp.Mul(*sizes) / (2 * widths[()])
    tower.techniques.add("eigenvalues of a form that permutations leave alone")
    return tower.field.multiply(tower.convert(value), tower.exponential(tower.convert(found.constant + push)))
