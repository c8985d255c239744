"""Straight-line programs as functions of arrays."""

from __future__ import annotations

import pickle
import re
from typing import Any

import numpy as np
import pytest
import sympy as sp

from numerics.lowering import StraightLineProgram, lower, taylor_jacobian, taylor_program
from numerics.lowering.accuracy import measured
from numerics.lowering.arguments import checked_arguments
from numerics.lowering.expressions import formula
from numerics.lowering.lines import Assignment
from numerics.lowering.probes import probes

rho, n, c = sp.symbols("rho n c", positive=True)
u = sp.Function("u")(rho)
ORDER = 6
COUPLINGS = sp.symbols(f"u0:{ORDER + 1}", positive=True)
ARGUMENTS = (n, c, *COUPLINGS)
FLOW = -2 * u + n * c / (1 + u.diff(rho)) + c * sp.tanh(u) + rho * sp.exp(-u)


def program(order: int = ORDER) -> StraightLineProgram:
    return taylor_program(FLOW, rho, order, series={u: COUPLINGS})


def exact(whole: StraightLineProgram, point: Any, arguments: Any = ARGUMENTS) -> list[float]:
    values = whole.at({a: sp.Rational(x) for a, x in zip(arguments, point, strict=True)})
    return [float(sp.N(value, 30)) for value in values]


def test_the_outputs_stand_in_the_last_axis(backend: str) -> None:
    function = lower(program(), ARGUMENTS, backend=backend)
    rng = np.random.default_rng(0)
    points = rng.uniform(0.2, 0.8, (len(ARGUMENTS), 3, 2))
    found = function(*points)
    assert found.shape == (3, 2, ORDER + 1)
    # 1e-13: some hundred operations, each rounded by 1e-16, between numbers of order one.
    np.testing.assert_allclose(found[1, 1], exact(program(), points[:, 1, 1]), rtol=1e-13)
    assert function(*points[:, 0, 0]).shape == (ORDER + 1,)


def test_a_jacobian_stands_in_the_last_two_axes(backend: str) -> None:
    by_shifts = taylor_jacobian(FLOW, rho, 3, series={u: COUPLINGS}, of=u)
    function = lower(by_shifts, ARGUMENTS, backend=backend)
    point = np.linspace(0.2, 0.8, len(ARGUMENTS))
    found = function(*point)
    assert found.shape == (4, ORDER + 1)
    expected = exact(program(3).jacobian(COUPLINGS), point)
    np.testing.assert_allclose(found.ravel(), expected, rtol=1e-13, atol=1e-15)


def test_a_program_is_accurate_where_it_has_no_cancellation(backend: str) -> None:
    few = sp.symbols("u0:3", positive=True)
    small = taylor_program(1 / (1 + u.diff(rho)) + sp.sqrt(2 + u), rho, 2, series={u: few})
    assert lower(small, few, backend=backend, accuracy="strict").max_ulp_per_condition < 4


def test_a_wrong_line_is_found_by_the_measurement() -> None:
    whole = program(2)
    wrong = StraightLineProgram(
        assignments=(
            *whole.assignments[:-1],
            Assignment(symbol=whole.assignments[-1].symbol, value=whole.assignments[-1].value + 1),
        ),
        outputs=whole.outputs,
    )
    checked = checked_arguments(ARGUMENTS)
    points = probes(whole, checked, None)[:20]
    assert measured(lower(whole, ARGUMENTS), formula(whole), checked, points).max_ulp < 1e6
    assert measured(lower(wrong, ARGUMENTS), formula(whole), checked, points).max_ulp > 1e12


def test_each_assignment_is_one_line_that_says_what_it_is(backend: str) -> None:
    whole = program(20)
    source = lower(whole, ARGUMENTS, backend=backend).source
    assert "[rho^13] exp(-u)" in source
    # Long sums are cut in two; nothing else is added.
    n_lines = len(re.findall(r"\bt\d+ = ", source))
    assert len(whole.assignments) <= n_lines <= 1.5 * len(whole.assignments)


def test_a_meaning_cannot_lead_out_of_a_comment(backend: str) -> None:
    evil = sp.Function("u\n    import os */ system(); /*")(rho)
    whole = taylor_program(1 / (1 + evil), rho, 2, series={evil: COUPLINGS[:3]})
    source = lower(whole, COUPLINGS[:3], backend=backend).source
    assert not any(line.lstrip().startswith("import os") for line in source.splitlines())
    assert "*/ system" not in source


def test_an_argument_that_bears_the_name_of_a_line_is_not_taken_for_it() -> None:
    t0, a0 = sp.symbols("t0 a0", real=True)
    # The argument t0 is called a0 in generated code, as is the line.
    whole = StraightLineProgram(assignments=(Assignment(symbol=a0, value=t0 + 1),), outputs=(a0 * t0,))
    assert lower(whole, (t0,))(3.0).tolist() == [12.0]


def test_a_symbol_that_is_no_argument_is_refused() -> None:
    with pytest.raises(ValueError, match="u6"):
        lower(program(), ARGUMENTS[:-1])


def test_a_lowered_program_travels_to_workers() -> None:
    function = lower(program(2), ARGUMENTS)
    point = np.linspace(0.2, 0.8, len(ARGUMENTS))
    assert pickle.loads(pickle.dumps(function))(*point).tolist() == function(*point).tolist()


@pytest.mark.usefixtures("needs_compiler")
@pytest.mark.parametrize("length", [1, 503, 504, 505, 1600])
@pytest.mark.parametrize("threads", [1, 3])
def test_rows_that_are_stored_in_blocks_are_those_of_numpy(length: int, threads: int) -> None:
    rational = taylor_program(u / (1 + n * u.diff(rho)), rho, ORDER, series={u: COUPLINGS})
    arguments = (n, *COUPLINGS)
    rng = np.random.default_rng(length)
    points = rng.uniform(0.2, 0.8, (length, len(arguments)))  # columns with steps
    by_rows = lower(rational, arguments, backend="c", accuracy="strict", threads=threads)(*points.T)
    # The same sums and products in the same order: not a bit is different.
    np.testing.assert_array_equal(by_rows, lower(rational, arguments)(*points.T))
    contiguous = lower(rational, arguments, backend="c", accuracy="strict")(*points.T.copy())
    np.testing.assert_array_equal(by_rows, contiguous)


@pytest.mark.usefixtures("needs_compiler")
def test_a_vector_too_long_for_a_block_is_stored_as_it_comes() -> None:
    x = sp.Symbol("x", real=True)
    function = lower([x + k for k in range(1100)], (x,), backend="c")
    assert function(np.array([0.5, 1.5]))[1].tolist() == [1.5 + k for k in range(1100)]
