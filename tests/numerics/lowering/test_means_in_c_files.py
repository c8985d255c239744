"""C files with means stand alone: they print values within their estimated errors, and refuse what misses it."""

from __future__ import annotations

import ctypes
import re
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy as sp

from numerics.lowering import lower
from numerics.lowering.backends import C
from numerics.lowering.c.standalone import header, standalone
from numerics.lowering.c.toolchain import compiler
from numerics.lowering.lowered import Lowered, written
from theory.averages import GaussianMean
from theory.implicit import Solution

pytestmark = pytest.mark.usefixtures("needs_compiler")
x, y, z, u, h = sp.symbols("x y z u h", real=True)
q = sp.Symbol("q", positive=True)
n, k = sp.symbols("n k", integer=True, positive=True)
# Rounding of a sum of a hundred samples and of the integrand's own functions, relative to the mean absolute value.
ROUNDING = 2e-14
WARNINGS = ("-std=c99", "-O1", "-Wall", "-Wextra", "-Werror", "-pedantic")

FORMULAS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "saddle-point equation": (q - GaussianMean(sp.tanh(x * (h + sp.sqrt(q) * z)) ** 2, z, 1), (x, q, h)),
    "kink and jump": (GaussianMean(sp.Max(0, x + z) * sp.sign(z - 1), z, q), (x, q)),
    "growing": (GaussianMean(sp.exp(x * z), z, 1), (x,)),
    "cold": (GaussianMean(sp.tanh(1000 * (z + x)) ** 2, z, 1), (x,)),
    "singular end": (sp.Integral(sp.sqrt(z) * sp.log(z), (z, 0, q)), (q,)),
    "whole line": (sp.Integral(sp.exp(-(x**2) * z**2) / (1 + z**2), (z, -sp.oo, sp.oo)), (x,)),
    "vector": ([GaussianMean(sp.tanh(x + z) ** 2, z, 1) * x, GaussianMean(sp.tanh(x + z), z, 1), x**2], (x,)),
    "hard names": (GaussianMean(sp.tanh(sp.Symbol("exp") * z), z, 1) + sp.Symbol("at"), sp.symbols("exp at")),
}


def in_c(name: str) -> Lowered:
    expression, arguments = FORMULAS[name]
    return written(expression, arguments, backend=C, domain=None, accuracy="fast")


def compiled(folder: Path, source: str, *options: str) -> Path:
    (folder / "file.c").write_text(source)
    command = [*compiler().command, *WARNINGS, *options, "file.c", "-lm", "-o", "made"]
    subprocess.run(command, cwd=folder, check=True)
    return folder / "made"


def library(folder: Path, function: Lowered) -> Any:
    return ctypes.CDLL(str(compiled(folder, standalone(function), "-DNO_MAIN", "-shared", "-fPIC"))).lowered


def called(function: Any, *columns: Any) -> tuple[list[float], list[float], int]:
    arrays = [np.atleast_1d(np.asarray(c, dtype=float)) for c in columns]
    length = max(len(a) for a in arrays)
    out, error = np.empty((2, length))
    pointer = ctypes.c_void_p
    function.restype = ctypes.c_size_t
    given = [part for a in arrays for part in (pointer(a.ctypes.data), ctypes.c_ssize_t(int(len(a) > 1)))]
    refused = function(ctypes.c_size_t(length), pointer(out.ctypes.data), pointer(error.ctypes.data), *given)
    return out.tolist(), error.tolist(), refused


@pytest.mark.parametrize("name", FORMULAS)
def test_a_file_prints_values_beside_the_exact_ones_within_its_errors(tmp_path: Path, name: str) -> None:
    program = compiled(tmp_path, standalone(in_c(name)))
    lines = subprocess.run([program], capture_output=True, text=True, check=True).stdout.splitlines()
    assert len(lines) >= 6
    for line in lines:
        found, exact, error = map(float, re.findall(r"(?:=|exact|error) (\S+?)(?:,|$)", line))
        assert abs(found - exact) <= (error + ROUNDING) * abs(exact) + ROUNDING * abs(found - exact)


def test_a_point_that_misses_the_tolerance_is_refused_and_others_are_not(tmp_path: Path) -> None:
    function = written(sp.Integral(1 / z, (z, x, y)), (x, y), backend=C, domain=None, accuracy="fast")
    values, errors, refused = called(library(tmp_path, function), [-1.0, 1.0, -2.0, np.nan], 3.0)
    assert refused == 2
    assert np.isnan([values[0], values[2], values[3]]).all() and errors[0] == errors[2] == np.inf
    assert values[1] == pytest.approx(np.log(3), rel=ROUNDING)


def test_a_negative_variance_and_an_infinite_mean_are_refused(tmp_path: Path) -> None:
    function = written(GaussianMean(sp.exp(z**2 / 4), z, x), (x,), backend=C, domain=None, accuracy="fast")
    values, _, refused = called(library(tmp_path, function), [-1.0, 0.0, 1.0, 2.5])
    assert refused == 2
    assert values[1] == 1
    assert values[2] == pytest.approx(np.sqrt(2), rel=1e-10)  # 1 / sqrt(1 - variance / 2)


@pytest.mark.parametrize(
    "expression",
    [
        GaussianMean(sp.log(GaussianMean(sp.exp(x * u * z), u, 1)), z, q),
        sp.Sum(GaussianMean(sp.tanh(k * x * z) ** 2, z, q) / k, (k, 1, 3)),
        sp.Integral(sp.Integral(sp.exp(-u * z * x), (u, 0, z)), (z, 0, q)),
    ],
    ids=["mean of a mean", "sum", "integral of an integral"],
)
def test_nested_means_are_those_of_numpy(tmp_path: Path, expression: sp.Expr) -> None:
    function = written(expression, (x, q), backend=C, domain=None, accuracy="fast")
    values, errors, refused = called(library(tmp_path, function), [0.3, 0.7], 0.9)
    expected = lower(expression, (x, q))(np.array([0.3, 0.7]), 0.9)
    assert refused == 0
    assert (np.abs(values - expected) <= (np.array(errors) + 1e-10) * np.abs(expected)).all()


def test_a_sum_of_means_runs_to_its_own_bound(tmp_path: Path) -> None:
    expression = sp.Sum(GaussianMean(sp.tanh(k * x * z) ** 2, z, 1) / k, (k, 1, n))
    function = library(tmp_path, written(expression, (x, n), backend=C, domain=None, accuracy="fast"))
    values, _, _ = called(function, [0.3, 0.7, 0.7], [1.0, 4.0, 2.5])
    assert values[:2] == pytest.approx(lower(expression, (x, n))([0.3, 0.7], [1, 4]), rel=1e-12)
    assert np.isnan(values[2])


@pytest.mark.parametrize(
    "expression",
    [
        Solution(sp.tanh(x * y) - y, y, 1, 0),
        GaussianMean(
            GaussianMean(GaussianMean(GaussianMean(sp.cos(x * z * u * y * h) + z**4, z, 1), u, 1), y, 1), h, 1
        ),
    ],
    ids=["solution", "four variables"],
)
def test_what_a_file_has_no_rule_for_is_named_with_a_remedy(expression: sp.Expr) -> None:
    with pytest.raises(ValueError, match=r"expected integrals, and means .*: write the NumPy source"):
        standalone(written(expression, (x,), backend=C, domain=None, accuracy="fast"))


def test_another_file_calls_it_by_the_header(tmp_path: Path) -> None:
    function = in_c("growing")
    (tmp_path / "file.h").write_text(header(function, "GROWING_H"))
    use = (
        '#include "file.h"\nint main(void) { double y, e, a = 1; return (int)lowered(1, &y, &e, &a, 1) || y < 1.6; }\n'
    )
    (tmp_path / "use.c").write_text(use)
    subprocess.run([compiled(tmp_path, standalone(function), "-DNO_MAIN", "use.c")], check=True)
