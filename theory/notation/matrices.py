"""Arithmetic of scalars and matrices, with the sizes checked before SymPy is asked."""

from __future__ import annotations

from functools import reduce
from itertools import pairwise
from typing import Any

import sympy as sp

from theory.notation.sizes import TooLargeError, check_power

MAX_SIDE = 8
MAX_MATRIX_POWER = 12
MAX_OPERATIONS = 20_000


def rows(cells: list[list[Any]]) -> Any:
    """A matrix from its rows.

    Raises
    ------
    ValueError
        If the rows differ in length.
    """
    if len({len(row) for row in cells}) != 1:
        raise ValueError(f"the rows of a matrix have one length, found {', '.join(str(len(r)) for r in cells)}")
    if len(cells) > MAX_SIDE or len(cells[0]) > MAX_SIDE:
        raise TooLargeError(f"matrices of at most {MAX_SIDE} rows and columns")
    return sp.ImmutableMatrix(cells)


def added(terms: list[Any]) -> Any:
    """A sum of scalars, or of matrices of one shape."""
    matrices = [t for t in terms if isinstance(t, sp.MatrixBase)]
    if not matrices:
        return sp.Add(*terms)
    if len(matrices) != len(terms):
        raise ValueError("a matrix and a scalar are added; write scalar*identity(size)")
    if len({m.shape for m in matrices}) != 1:
        raise ValueError("matrices of different shape are added")
    return reduce(lambda a, b: _bounded(a + b), terms)


def multiplied(factors: list[Any]) -> Any:
    """A product of scalars, with a product of matrices in their order."""
    scalar = sp.Mul(*(f for f in factors if not isinstance(f, sp.MatrixBase)))
    matrices = [f for f in factors if isinstance(f, sp.MatrixBase)]
    if not matrices:
        return scalar
    for left, right in pairwise(matrices):
        if left.cols != right.rows:
            raise ValueError(f"matrices of the shapes {left.shape} and {right.shape} are multiplied")
    product = reduce(_times, matrices)
    return _bounded(product if scalar == 1 else product.applyfunc(lambda entry: scalar * entry))


def _times(left: Any, right: Any) -> Any:
    return _bounded((left * right).applyfunc(sp.expand))


def raised(base: Any, exponent: Any) -> Any:
    """A power of a scalar, or a whole power of a square matrix."""
    if not isinstance(base, sp.MatrixBase):
        check_power(base, exponent)
        return sp.Pow(base, exponent)
    if not exponent.is_Integer or abs(exponent) > MAX_MATRIX_POWER:
        raise ValueError(f"the exponent of a matrix is a whole number up to {MAX_MATRIX_POWER}, found {exponent}")
    square(base)
    power = reduce(_times, [base] * abs(int(exponent)), sp.ImmutableMatrix(sp.eye(base.rows)))
    return inverse(power) if exponent < 0 else power


def square(matrix: Any) -> Any:
    """The matrix itself, if it is square."""
    if not isinstance(matrix, sp.MatrixBase) or matrix.rows != matrix.cols:
        raise ValueError("this needs a square matrix")
    return matrix


def determinant(matrix: Any) -> Any:
    """Without division, so that nothing is assumed about its entries."""
    return square(matrix).det(method="berkowitz")


def inverse(matrix: Any) -> Any:
    """The adjugate over the determinant."""
    divisor = determinant(matrix)
    if sp.expand(divisor) == 0:
        raise ValueError("a matrix without an inverse: its determinant is zero")
    adjugate = square(matrix).adjugate(method="berkowitz")
    return _bounded(adjugate.applyfunc(lambda entry: entry / divisor))


def _bounded(matrix: Any) -> Any:
    if sum(entry.count_ops() for entry in matrix) > MAX_OPERATIONS:
        raise TooLargeError(f"matrices of at most {MAX_OPERATIONS} operations")
    return sp.ImmutableMatrix(matrix)
