"""Banded matrices in the storage of SciPy's banded solvers."""

from __future__ import annotations

from typing import Any

import sympy as sp


def banded(matrix: Any, *, symmetric: bool = False) -> sp.ImmutableDenseMatrix:
    """The bands of a square matrix, row by row, for `lower` and then SciPy.

    Parameters
    ----------
    matrix
        Explicit, of shape (n, n): tridiagonal, block tridiagonal, or with zeros beyond some diagonals.
    symmetric
        Whether only the diagonal and those above it are kept, as `scipy.linalg.eigvals_banded` and
        `scipy.linalg.solveh_banded` take them; else all, as `scipy.linalg.solve_banded` takes them.

    Returns
    -------
    Shape (upper + lower + 1, n), or (upper + 1, n): entry (i, j) of the matrix stands at (upper + i - j, j). Corners
    that belong to no entry are 0.

    Raises
    ------
    ValueError
        If the matrix is not square, or not symmetric although that is said.

    Examples
    --------
    >>> a, b = sp.symbols("a b")
    >>> banded(sp.Matrix([[a, b, 0], [b, a, b], [0, b, a]]), symmetric=True).tolist()
    [[0, b, b], [a, a, a]]
    """
    given = sp.ImmutableDenseMatrix(matrix)
    n, columns = given.shape
    if n != columns:
        raise ValueError(f"expected a square matrix; found one of {n} rows and {columns} columns")
    if symmetric and not given.is_symmetric():
        raise ValueError("expected a symmetric matrix; found one that differs from its transpose")
    places = [(i, j) for i in range(n) for j in range(n) if given[i, j] != 0]
    upper = max((j - i for i, j in places), default=0)
    lower = 0 if symmetric else max((i - j for i, j in places), default=0)
    upper, lower = max(upper, 0), max(lower, 0)

    def band(row: int, j: int) -> Any:
        i = row - upper + j
        return given[i, j] if 0 <= i < n else sp.S.Zero

    return sp.ImmutableDenseMatrix(upper + lower + 1, n, band)
