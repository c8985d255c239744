"""Derivatives of half the trace of a rate times the inverse of a matrix that depends on several variables, exactly.

The matrix is known by its mixed derivatives M_S for sets S of variables, each taken once. Inverses are those of the
algebra in which the square of each variable is zero, where (M^-1)_S is minus (M_0)^-1 times the sum over nonempty T in
S of M_T (M^-1)_(S - T).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import combinations

Matrix = list[list[Fraction]]
Legs = tuple[int, ...]


def derivative(rate: Matrix, matrix: Callable[[Legs], Matrix], legs: Legs) -> Fraction:
    """The mixed derivative by all legs of tr(rate M^-1) / 2, at the point where the derivatives of M are given."""
    base = inverse(matrix(()))
    known: dict[Legs, Matrix] = {(): base}
    for size in range(1, len(legs) + 1):
        for here in combinations(legs, size):
            total = zero(len(base))
            for part in (t for k in range(1, size + 1) for t in combinations(here, k)):
                rest = tuple(leg for leg in here if leg not in part)
                total = plus(total, times(matrix(part), known[rest]))
            known[here] = [[-x for x in row] for row in times(base, total)]
    product = times(rate, known[legs])
    return sum((product[k][k] for k in range(len(base))), Fraction(0)) / 2


def inverse(matrix: Matrix) -> Matrix:
    """By elimination with rows exchanged where a pivot vanishes."""
    n = len(matrix)
    rows = [[*row, *(Fraction(int(i == j)) for j in range(n))] for i, row in enumerate(matrix)]
    for k in range(n):
        pivot = next(i for i in range(k, n) if rows[i][k] != 0)
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [x / rows[k][k] for x in rows[k]]
        for i in range(n):
            if i != k:
                rows[i] = [x - rows[i][k] * y for x, y in zip(rows[i], rows[k], strict=True)]
    return [row[n:] for row in rows]


def times(left: Matrix, right: Matrix) -> Matrix:
    """The product."""
    columns: Sequence[Sequence[Fraction]] = list(zip(*right, strict=True))
    return [[sum((x * y for x, y in zip(row, column, strict=True)), Fraction(0)) for column in columns] for row in left]


def plus(left: Matrix, right: Matrix) -> Matrix:
    """The sum."""
    return [[x + y for x, y in zip(a, b, strict=True)] for a, b in zip(left, right, strict=True)]


def zero(n: int) -> Matrix:
    """No entry but zero."""
    return [[Fraction(0)] * n for _ in range(n)]
