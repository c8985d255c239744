"""Bands of lowered matrices are what SciPy's banded solvers take."""

from __future__ import annotations

import numpy as np
import pytest
import sympy as sp
from scipy import linalg

from numerics.lowering import banded, lower

a, b, c = sp.symbols("a b c", real=True)


def tridiagonal(n: int) -> sp.Matrix:
    return sp.Matrix(n, n, lambda i, j: {0: a, 1: b, -1: c}.get(j - i, 0))


def test_the_bands_solve_the_same_equations() -> None:
    values, right = (3.0, 0.5, -0.75), np.arange(1.0, 7.0)
    dense = lower(tridiagonal(6), (a, b, c))(*values)
    bands = lower(banded(tridiagonal(6)), (a, b, c))(*values)
    np.testing.assert_allclose(linalg.solve_banded((1, 1), bands, right), np.linalg.solve(dense, right), rtol=1e-13)


def test_symmetric_bands_have_the_same_eigenvalues_at_every_point() -> None:
    block = sp.Matrix([[a, b], [b, -a]])
    matrix = sp.Matrix(sp.BlockMatrix([[block, sp.eye(2) * c], [sp.eye(2) * c, block]]))
    x = np.linspace(-1, 2, 5)
    dense = lower(matrix, (a, b, c))(x, 0.5, 1 + x)
    bands = lower(banded(matrix, symmetric=True), (a, b, c))(x, 0.5, 1 + x)
    assert bands.shape == (5, 3, 4)
    for one, all_entries in zip(bands, dense, strict=True):
        np.testing.assert_allclose(linalg.eigvals_banded(one), np.linalg.eigvalsh(all_entries), atol=1e-13)


def test_a_matrix_with_entries_on_one_side_has_no_bands_on_the_other() -> None:
    assert banded(sp.Matrix([[a, b], [0, c]])) == sp.ImmutableMatrix([[0, b], [a, c]])
    assert banded(sp.Matrix([[a, 0], [b, c]])) == sp.ImmutableMatrix([[a, c], [b, 0]])
    assert banded(sp.zeros(3, 3)) == sp.zeros(1, 3)


def test_what_has_no_such_bands_is_refused() -> None:
    with pytest.raises(ValueError, match="square"):
        banded(sp.zeros(2, 3))
    with pytest.raises(ValueError, match="symmetric"):
        banded(sp.Matrix([[a, b], [c, a]]), symmetric=True)


def test_an_entry_as_a_function_of_its_place_is_lowered_at_a_size() -> None:
    n = sp.Symbol("n", integer=True, positive=True)
    i, j = sp.symbols("i j", integer=True)
    entry = a * sp.KroneckerDelta(i, j) + b * sp.KroneckerDelta(i, j + 1) + b * sp.KroneckerDelta(i + 1, j)
    found = lower(sp.FunctionMatrix(n, n, sp.Lambda((i, j), entry)), (a, b), sizes={n: 4})(2.0, -1.0)
    np.testing.assert_array_equal(found, 2 * np.eye(4) - np.eye(4, k=1) - np.eye(4, k=-1))
