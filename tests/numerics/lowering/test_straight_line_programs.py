"""Straight-line programs against the expressions that they stand for."""

from __future__ import annotations

import random
from typing import Any

import pytest
import sympy as sp

from numerics.lowering.lines import Assignment, Lines
from numerics.lowering.straight_line import StraightLineProgram
from numerics.lowering.truncated_series import taylor_program

a, b, c = sp.symbols("a b c", real=True)
t0, t1 = sp.symbols("t0 t1", real=True)
PROGRAM = StraightLineProgram(
    assignments=(Assignment(symbol=t0, value=a * b + c), Assignment(symbol=t1, value=t0**2 - 1 / b, meaning="square")),
    outputs=(t1, 3 * t0 + t1 * a, sp.Integer(7)),
)


def series_program(order: int) -> tuple[StraightLineProgram, tuple[Any, ...]]:
    """A program with quotients, squares, roots and an exponential."""
    x = sp.Symbol("x", real=True)
    f = sp.Function("f")(x)
    u = sp.symbols(f"u0:{order + 1}", real=True)
    inner = 1 + sp.Derivative(f, x) * x + f**2
    return taylor_program(a / inner + sp.exp(f - u[0]) * sp.sqrt(4 + x * f) + f**3, x, order, series={f: u}), u


def rationals(symbols: Any, seed: int = 0) -> dict[Any, sp.Rational]:
    rng = random.Random(seed)
    return {s: sp.Rational(rng.randint(-9, 9), rng.randint(1, 9)) for s in symbols}


def test_the_expanded_outputs_are_those_of_the_lines_put_in_by_hand() -> None:
    square = (a * b + c) ** 2 - 1 / b
    assert PROGRAM.expanded() == (square, 3 * a * b + 3 * c + square * a, 7)


def test_values_are_exact_where_the_arguments_are() -> None:
    at = {a: sp.Rational(1, 3), b: sp.Integer(3), c: sp.Rational(1, 2)}
    assert PROGRAM.at(at) == (sp.Rational(23, 12), sp.Rational(9, 2) + sp.Rational(23, 36), 7)


def test_arguments_are_what_no_line_assigns() -> None:
    assert PROGRAM.free_symbols == {a, b, c}


def test_operations_are_those_of_all_lines_and_outputs() -> None:
    assert PROGRAM.operations == 2 + 3 + 3


def test_a_jacobian_is_the_exact_one_row_by_row() -> None:
    program, u = series_program(4)
    jacobian = program.jacobian((a, *u))
    expected = sp.Matrix(program.expanded()).jacobian((a, *u))
    for seed in range(3):
        at = rationals((a, *u), seed)
        assert list(jacobian.at(at)) == [e.xreplace(at) for e in expected]


def test_a_jacobian_has_no_line_for_what_vanishes() -> None:
    jacobian = PROGRAM.jacobian((c,))
    assert jacobian.outputs[2] == 0
    assert PROGRAM.jacobian((sp.Symbol("z"),)).outputs == (0, 0, 0)
    assert PROGRAM.jacobian((sp.Symbol("z"),)).assignments == ()


def test_a_mistaken_line_shows_in_the_jacobian() -> None:
    wrong = StraightLineProgram(
        assignments=(PROGRAM.assignments[0], Assignment(symbol=t1, value=t0**2 + 1 / b)), outputs=PROGRAM.outputs
    )
    at = {a: sp.Integer(2), b: sp.Integer(3), c: sp.Integer(5)}
    assert wrong.jacobian((b,)).at(at) != PROGRAM.jacobian((b,)).at(at)


def test_a_jacobian_has_the_arguments_in_its_last_axis() -> None:
    assert PROGRAM.jacobian((a, b)).shape == (3, 2)
    assert PROGRAM.jacobian((a, b)).jacobian((c,)).shape == (3, 2, 1)


def test_outputs_must_fill_their_shape() -> None:
    with pytest.raises(ValueError, match="expected 4 outputs for shape"):
        StraightLineProgram(assignments=(), outputs=(a, b, c), shape=(2, 2))


def test_further_lines_follow_and_what_nothing_needs_is_left_out() -> None:
    d = sp.Symbol("d")
    longer = PROGRAM.followed_by({d: t0 + 1}, (d**2,))
    assert longer.expanded() == ((a * b + c + 1) ** 2,)
    assert [line.symbol for line in longer.assignments] == [t0, d]


def test_other_symbols_and_numbers_are_put_in() -> None:
    z = sp.Symbol("z", real=True)
    program = PROGRAM.xreplace({a: z, b: sp.Integer(2)})
    assert program.free_symbols == {z, c}
    assert program.at({z: 1, c: 1}) == PROGRAM.at({a: 1, b: 2, c: 1})


def test_a_symbol_put_in_is_not_taken_for_the_line_of_its_name() -> None:
    program = PROGRAM.xreplace({a: t0, c: t1, t1: sp.Integer(5)})
    assert program.free_symbols == {t0, b, t1}
    at = {t0: sp.Integer(2), b: sp.Integer(3), t1: sp.Integer(5)}
    assert program.at(at) == PROGRAM.at({a: 2, b: 3, c: 5})


def test_equal_lines_are_written_once_and_names_are_not_taken_twice() -> None:
    lines = Lines(taken={"t0"})
    first, second = lines.named(a * b), lines.named(-2 * a * b)
    assert (str(first), second) == ("t1", -2 * first)
    assert len(lines.assignments) == 1


def test_a_program_reads_as_lines_and_as_latex() -> None:
    assert str(PROGRAM).splitlines()[1] == "t1 = t0**2 - 1/b  # square"
    assert sp.latex(PROGRAM).splitlines()[1] == r"t_{0} &= a b + c \\"


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (((t0, a), (t0, b)), "2 different symbols; found 1"),
        (((t0, t1), (t1, a)), "t1 to be assigned before it is used; found t0 = t1"),
        (((t0, t0 + 1),), "t0 to be assigned before"),
    ],
)
def test_programs_that_are_none_are_refused(lines: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        StraightLineProgram(assignments=tuple(Assignment(symbol=s, value=v) for s, v in lines), outputs=(t0,))
