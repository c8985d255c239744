"""Zeilberger's algorithm: a recurrence in n for the sum over k of F(n, k). What it finds is a hint and is checked.

Looked for are a_0 .. a_J free of k, and a rational C(n, k), such that

    sum_j a_j F(n + j, k) = C(n, k + 1) F(n, k + 1) - C(n, k) F(n, k).
"""

# pyright: reportArgumentType=false

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from flint import fmpq, fmpq_mat

from derivations.engine.routes.normal_forms.field import Field, Ratio
from derivations.engine.routes.normal_forms.signs import coefficients_of

MAX_DEGREE = 8
MAX_SHIFT = 40
PROBES = 1 << 40
"""Numbers up to which parameters are drawn where it is tried whether there is a recurrence at all."""


@dataclass(frozen=True, kw_only=True)
class Recurrence:
    """``coefficients`` a_0 .. a_J and the ``certificate`` C."""

    coefficients: tuple[Ratio, ...]
    certificate: Ratio


def found_recurrence(field: Field, step: Ratio, shifts: list[Ratio], place: int) -> Recurrence | None:
    """From ``step`` = F(n, k+1)/F(n, k) and ``shifts`` = F(n+j, k)/F(n, k), rational in k, the letter at ``place``."""
    common = field.one.den
    for shift in shifts:
        common = field.product(common, shift.den / common.gcd(shift.den))
    parts = [field.product(s.num, common / s.den) for s in shifts]
    # F/common is the term to be summed: its ratio, in Gosper's form A(k) c(k+1) / (B(k) c(k))
    ratio = field.quotient(field.product(step.num, common), field.product(step.den, moved_by(field, common, place, 1)))
    a, b, c = _gosper_form(field, ratio, place)
    before = moved_by(field, b, place, -1)
    parts = [field.product(c, p) for p in parts]
    for degree in range(MAX_DEGREE + 1):
        solved = _solution(field, a, before, parts, place, degree)
        if solved is not None:
            coefficients, polynomial = solved
            certificate = field.quotient(field.product(before, polynomial), field.product(c, common))
            return Recurrence(coefficients=coefficients, certificate=certificate)
    return None


def moved_by(field: Field, poly: Any, place: int, step: int) -> Any:
    """The polynomial with k + step for k."""
    values = list(field.gens)
    values[place] = values[place] + step
    return poly.compose(*values)


def _gosper_form(field: Field, ratio: Ratio, place: int) -> tuple[Any, Any, Any]:
    """A, B and c with ratio = A(k) c(k+1) / (B(k) c(k)), where A(k) and B(k + h) have no common factor for h >= 0."""
    a, b, c = ratio.num, ratio.den, field.one.den
    below = [f for f, _ in b.factor()[1]]
    for factor, _ in a.factor()[1]:
        for other in below:
            shift = _distance(field, factor, other, place)
            if shift is None:
                continue
            while not (common := a.gcd(moved_by(field, b, place, shift))).is_constant() and common.degrees()[place]:
                a, b = a / common, b / moved_by(field, common, place, -shift)
                for step in range(1, shift + 1):
                    c = field.product(c, moved_by(field, common, place, -step))
    return a, b, c


def _distance(field: Field, first: Any, second: Any, place: int) -> int | None:
    """The h >= 0 with second(k + h) a multiple of first(k), if there is one."""
    degree = first.degrees()[place]
    if not degree or degree != second.degrees()[place]:
        return None
    (top, beside), (other, next_to) = (_leading_pair(field, f, place, degree) for f in (first, second))
    # second(k + h) has next_to + degree h other beside its leading coefficient
    left = field.quotient(beside * other - next_to * top, degree * top * other)
    number = field.rational(left)
    if number is None or number.q != 1 or not 0 <= number <= MAX_SHIFT:
        return None
    return int(number.p)


def _leading_pair(field: Field, poly: Any, place: int, degree: int) -> tuple[Any, Any]:
    parts = coefficients_of(field, poly, place)
    return parts[degree], parts.get(degree - 1, field.context.constant(0))


def _solution(
    field: Field, a: Any, b: Any, parts: list[Any], place: int, degree: int
) -> tuple[tuple[Ratio, ...], Any] | None:
    """Numbers a_j and a polynomial x with a x(k+1) - b x(k) = sum of a_j parts_j, not all a_j zero."""
    k = field.gens[place]
    columns = [-p for p in parts] + [field.product(a, (k + 1) ** d) - field.product(b, k**d) for d in range(degree + 1)]
    split = [coefficients_of(field, c, place) for c in columns]
    none = field.context.constant(0)
    rows = [[s.get(p, none) for s in split] for p in range(max(max(s, default=0) for s in split) + 1)]
    if not _may_have_solution(field, rows, len(parts)):
        return None
    vector = _null_vector(field, rows)
    if vector is None or not any(v for v in vector[: len(parts)] if not v.num.is_zero()):
        return None
    bottom = field.one.den
    for v in vector:
        bottom = field.product(bottom, v.den / bottom.gcd(v.den))
    scaled = [field.product(v.num, bottom / v.den) for v in vector]
    polynomial = sum((c * k**d for d, c in enumerate(scaled[len(parts) :])), start=none)
    return tuple(Ratio(c, field.one.den) for c in scaled[: len(parts)]), polynomial


def _may_have_solution(field: Field, rows: list[list[Any]], count: int) -> bool:
    """Whether the columns are linearly dependent at random numbers for the parameters."""
    rng = Random(count)
    values = [field.context.constant(rng.randrange(1, PROBES)) for _ in field.gens]
    numbers = [[_number(entry.compose(*values)) for entry in row] for row in rows]
    return fmpq_mat(numbers).rank() < len(rows[0])


def _number(poly: Any) -> fmpq:
    return poly.leading_coefficient() if not poly.is_zero() else fmpq(0)


def _null_vector(field: Field, rows: list[list[Any]]) -> list[Ratio] | None:
    """One vector that all rows take to zero: the first free column is given the value one."""
    matrix = [[Ratio(entry, field.one.den) for entry in row] for row in rows]
    pivots: list[int] = []
    for column in range(len(matrix[0])):
        at = len(pivots)
        found = next((i for i in range(at, len(matrix)) if not matrix[i][column].num.is_zero()), None)
        if found is None:
            return _with_free(field, matrix, pivots, column)
        matrix[at], matrix[found] = matrix[found], matrix[at]
        over = field.inverse(matrix[at][column])
        matrix[at] = [field.multiply(over, x) for x in matrix[at]]
        for i, row in enumerate(matrix):
            if i != at and not row[column].num.is_zero():
                scale = field.negative(row[column])
                matrix[i] = [field.add(x, field.multiply(scale, y)) for x, y in zip(row, matrix[at], strict=True)]
        pivots.append(column)
    return None


def _with_free(field: Field, matrix: list[list[Ratio]], pivots: list[int], free: int) -> list[Ratio]:
    vector = [field.zero] * len(matrix[0])
    vector[free] = field.one
    for row, column in enumerate(pivots):
        vector[column] = field.negative(matrix[row][free])
    return vector
