"""Vectors and matrices stand in the last axes of the result, by the same rules as scalars, in every backend."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy as sp

from numerics.lowering import lower
from numerics.lowering.c.standalone import standalone
from numerics.lowering.c.toolchain import compiler

x, y = sp.symbols("x y", real=True)
ROTATION = sp.Matrix([[sp.cos(x), -sp.sin(x)], [sp.sin(x), sp.cos(x)]])


def test_a_matrix_has_its_entries_in_the_last_two_axes(backend: str) -> None:
    function = lower(ROTATION, [x], backend=backend)
    angles = np.linspace(-3, 3, 35).reshape(5, 7)
    found = function(angles)
    assert found.shape == (5, 7, 2, 2)
    expected = np.array([[np.cos(angles), -np.sin(angles)], [np.sin(angles), np.cos(angles)]])
    np.testing.assert_allclose(found, np.moveaxis(expected, (0, 1), (2, 3)), rtol=1e-15)
    assert function(0.0).tolist() == [[1, 0], [0, 1]]


@pytest.mark.parametrize("form", [[x * y], sp.Matrix([[x * y]])], ids=["vector", "matrix"])
def test_a_single_entry_keeps_its_axes(backend: str, form: Any) -> None:
    found = lower(form, (x, y), backend=backend)(np.full(5, 2.0), np.full(5, 3.0))
    assert found.shape == (5, *sp.Array(form).shape) and np.all(found == 6)


def test_the_accuracy_is_that_of_the_worst_entry(backend: str) -> None:
    function = lower(sp.Matrix([[x, 1 - sp.tanh(x) ** 2], [sp.log(sp.cosh(x)), 0]]), [x], backend=backend)
    alone = lower(sp.log(sp.cosh(x)), [x], backend=backend)
    assert alone.max_ulp <= function.max_ulp < np.inf
    assert function.accuracy.n_points > alone.accuracy.n_points


@pytest.mark.parametrize("count", [1, 3, 8192, 40_001])
def test_constant_entries_are_filled_in(backend: str, count: int) -> None:
    values = np.random.default_rng(0).normal(size=count)
    found = lower([x, 2, 0, x * y], [x, y], backend=backend)(values, 3)
    np.testing.assert_array_equal(found, np.stack([values, 2 + 0 * values, 0 * values, values * 3], axis=-1))


def test_layouts_of_any_kind_are_taken(backend: str) -> None:
    function = lower(sp.Matrix([[x, y], [x - y, 1]]), [x, y], backend=backend)
    grid = np.arange(24.0).reshape(4, 6)
    for values in (grid.T, grid[::2, ::-3], grid[:, 0], np.asfortranarray(grid), np.empty((0, 3)), grid[0, 0]):
        for other in (1.5, values, np.float64(2), values[..., :1] if values.ndim else values):
            found = function(values, other)
            assert found.shape == (*np.broadcast_shapes(np.shape(values), np.shape(other)), 2, 2)
            np.testing.assert_array_equal(found[..., 0, 0], np.broadcast_to(values, found.shape[:-2]))
            np.testing.assert_array_equal(found[..., 1, 0], values - other)


def test_single_precision_is_kept(backend: str) -> None:
    assert lower([x, x**2], [x], backend=backend)(np.ones(3, dtype=np.float32)).dtype == np.float32


def test_block_products_and_diagonals_are_written_out(backend: str) -> None:
    blocks = sp.BlockMatrix([[sp.Matrix([[x]]), sp.ZeroMatrix(1, 2)], [sp.ones(2, 1), sp.diag(y, y)]])
    found = lower(blocks, [x, y], backend=backend)(2.0, 3.0)
    assert found.tolist() == [[2, 0, 0], [1, 3, 0], [1, 0, 3]]
    product = sp.MatMul(ROTATION, ROTATION.T, evaluate=False)
    np.testing.assert_allclose(lower(product, [x], backend=backend)(0.7), np.eye(2), atol=1e-15)
    assert lower(sp.eye(3) * x, [x], backend=backend)(2.0).tolist() == (2 * np.eye(3)).tolist()


def test_arrays_of_any_rank_and_lists_are_taken(backend: str) -> None:
    assert lower(sp.Array([[[x, 1]], [[2, 3]]]), [x], backend=backend)(0.5).shape == (2, 1, 2)
    assert lower((x, y), [x, y], backend=backend)(1, 2).tolist() == [1, 2]
    assert lower([[x], [y]], [x, y], backend=backend)(1, 2).tolist() == [[1], [2]]


@pytest.mark.parametrize("count", [1, 5])
def test_more_arguments_than_a_ufunc_takes_come_as_one_array(backend: str, count: int) -> None:
    many = sp.symbols("b:70", real=True)
    values = np.random.default_rng(2).normal(size=(70, count))
    total = lower(sp.Add(*(k * b for k, b in enumerate(many))), many, backend=backend)(*values)
    np.testing.assert_allclose(total, np.arange(70) @ values, rtol=1e-13)
    both = lower([sp.Add(*many), many[69]], many, backend=backend)(*values)
    np.testing.assert_allclose(both, np.stack([values.sum(axis=0), values[69]], axis=-1), rtol=1e-13)


def test_threads_give_the_same_numbers(backend: str) -> None:
    values = np.random.default_rng(1).normal(size=(3, 20_011))
    for expression in (sp.exp(x) * sp.erf(y), sp.Matrix([[x, sp.sin(y)]])):
        alone, together = (lower(expression, [x, y], backend=backend, threads=n) for n in (1, 3))
        for pair in ((values[0], values[1]), (values, values[1]), (values.T[::2], 0.5)):
            np.testing.assert_array_equal(together(*pair), alone(*pair))


@pytest.mark.parametrize("threads", [0, -1, 1.5])
def test_a_number_of_threads_that_is_none_is_refused(threads: Any) -> None:
    with pytest.raises(ValueError, match="positive number of threads"):
        lower(x, [x], threads=threads)


def test_a_matrix_of_symbolic_size_is_refused() -> None:
    n = sp.Symbol("n", integer=True, positive=True)
    with pytest.raises(ValueError, match="concrete size"):
        lower(sp.MatrixSymbol("M", n, n), [x])
    with pytest.raises(ValueError, match="among the arguments"):
        lower(sp.MatrixSymbol("M", 2, 2), [x])


def test_what_is_no_expression_is_refused() -> None:
    for wrong in (x < 1, [x, x < 1], "x", ["x"], {x}):
        with pytest.raises(TypeError, match="expected"):
            lower(wrong, [x])


@pytest.mark.usefixtures("needs_compiler")
def test_a_file_of_c_prints_every_entry_beside_the_exact_one(tmp_path: Path) -> None:
    (tmp_path / "rotation.c").write_text(standalone(lower(ROTATION, [x], backend="c")))
    command = [*compiler().command, "-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "rotation.c", "-lm"]
    subprocess.run([*command, "-o", "rotation"], cwd=tmp_path, check=True)
    lines = subprocess.run([tmp_path / "rotation"], capture_output=True, text=True, check=True).stdout.splitlines()
    assert [line.split(" = ")[0][-3:] for line in lines[:4]] == ["[0]", "[1]", "[2]", "[3]"]
    for line in lines:
        found, exact = line.split(" = ")[1].split(", exact ")
        assert float(found) == pytest.approx(float(exact), rel=1e-14, abs=1e-300)
