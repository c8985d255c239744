"""Vectors and matrices in C: long arrays have each entry by itself in memory, with the values of short ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sympy as sp

from numerics.lowering import lower
from numerics.lowering.c.native import LONG

pytestmark = pytest.mark.usefixtures("needs_compiler")
x, y = sp.symbols("x y", real=True)
MATRIX = sp.Matrix([[x, sp.exp(x * y)], [x * y, sp.sqrt(1 + x**2)], [3, y]])


def arrays(length: int) -> Any:
    return np.random.default_rng(length).uniform(-1, 1, (2, length))


@pytest.mark.parametrize("accuracy", ["fast", "strict"])
@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("length", [LONG, 3 * LONG + 5])
def test_long_arrays_give_the_values_of_short_ones(accuracy: Any, threads: int, length: int) -> None:
    function = lower(MATRIX, (x, y), backend="c", accuracy=accuracy, threads=threads)
    values = arrays(length)
    found = function(*values)
    expected = np.concatenate([function(*piece) for piece in np.split(values, range(512, length, 512), axis=1)])
    assert found.shape == (length, 3, 2)
    np.testing.assert_allclose(found, expected, rtol=8 * 2.0**-52)
    assert found[:, 1, 0].flags.c_contiguous


@pytest.mark.parametrize("take", [slice(None, None, 2), slice(None, None, -1), np.s_[:, None]], ids=str)
def test_long_arrays_of_other_layouts_give_the_same(take: Any) -> None:
    function = lower(MATRIX, (x, y), backend="c")
    values = arrays(2 * LONG)
    expected = function(*values)[take]
    np.testing.assert_allclose(function(*(v[take] for v in values)), expected, rtol=8 * 2.0**-52)


def test_long_arrays_beside_numbers_give_the_same() -> None:
    function = lower(MATRIX, (x, y), backend="c")
    values, _ = arrays(LONG)
    np.testing.assert_allclose(function(values, 0.5), function(values, np.full(LONG, 0.5)), rtol=8 * 2.0**-52)


def test_what_is_not_a_number_stays_in_its_entries() -> None:
    values = arrays(LONG)
    values[0, 7] = np.nan
    found = lower(MATRIX, (x, y), backend="c")(*values)
    assert np.isnan(found[7, :2]).all()
    assert not np.isnan(found[7, 2]).any()
    assert not np.isnan(np.delete(found, 7, axis=0)).any()


@pytest.mark.parametrize("name", ["apart", "columns", "n", "INDEPENDENT"])
def test_names_of_the_loop_are_no_danger(name: str) -> None:
    symbol = sp.Symbol(name, real=True)
    function = lower([symbol, 2 * symbol, symbol**2], [symbol], backend="c")
    values = np.arange(float(LONG))
    np.testing.assert_array_equal(function(values), np.stack([values, 2 * values, values**2], axis=-1))


def test_a_vector_of_constants_is_compiled() -> None:
    np.testing.assert_array_equal(lower([sp.Integer(1), sp.Rational(1, 4)], [], backend="c")(), [1.0, 0.25])
