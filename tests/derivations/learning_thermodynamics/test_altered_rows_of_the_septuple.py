"""Each stated row of sections 2 and 3 is altered and must be caught; each wrong one is corrected and must hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sympy as sp

from theory.models import any_septuple as model
from theory.papers import find as paper_of
from theory.records import PrintedLine
from theory.statements import Identity, Inequality

KEY = "vanchurin2020towards"
PAPER = paper_of(KEY)
BAD = ("misprint", "false")
WRONG = {("2.8", 0): "holds if", ("2.11", 0): "misprint", ("3.4", 0): "misprint"}
"""Lines that do not hold as printed."""
ROWS = [row for row in (*PAPER.equations, *PAPER.claims) if row.section in ("2", "3")]
LINES = [
    (row.number, place) for row in ROWS for place, line in enumerate(row.lines) if isinstance(line.statement, Identity)
]
BOUNDS = [
    (row.number, place)
    for row in ROWS
    for place, line in enumerate(row.lines)
    if isinstance(line.statement, Inequality)
]


def neighbor(right: Any) -> Any:
    """Inputs for outputs, and a bias twice as large."""
    return right.xreplace({model.outputs: model.inputs}).replace(model.bias[model.i], 2 * model.bias[model.i])


ALTERATIONS: dict[str, Callable[[Any], Any]] = {
    "sign": lambda right: -right,
    "factor": lambda right: 2 * right,
    "another letter": neighbor,
    "lost term": lambda right: right - sp.Add.make_args(right)[0] if isinstance(right, sp.Add) else right + 1,
}


def altered(line: PrintedLine, change: Callable[[Any], Any]) -> PrintedLine:
    readings = tuple(replace(r, statement=_with_right(r.statement, change)) for r in line.readings)
    return replace(line, statement=_with_right(line.statement, change), readings=readings, fragment="")


def _with_right(statement: Any, change: Callable[[Any], Any]) -> Any:
    right = change(statement.right)
    return statement.replaced(right=right if right != statement.right else right + 1)


@pytest.mark.parametrize(("number", "place"), LINES + BOUNDS)
def test_a_line_is_judged_as_it_should_be(number: str, place: int, judged_line: Callable[..., Any]) -> None:
    found = judged_line(f"{KEY}:{number}", PAPER[number].lines[place])
    assert found.verdict == WRONG.get((number, place), "holds")


@pytest.mark.usefixtures("hastily")
@pytest.mark.parametrize("kind", ALTERATIONS)
@pytest.mark.parametrize(("number", "place"), [at for at in LINES if WRONG.get(at) not in BAD])
def test_an_altered_line_is_caught(number: str, place: int, kind: str, judged_line: Callable[..., Any]) -> None:
    found = judged_line(f"{KEY}:{number}", altered(PAPER[number].lines[place], ALTERATIONS[kind]))
    assert found.verdict in BAD
    assert found.counterexample is not None


@pytest.mark.parametrize(("number", "place"), BOUNDS)
def test_a_bound_that_is_too_high_is_caught(number: str, place: int, judged_line: Callable[..., Any]) -> None:
    line = PAPER[number].lines[place]
    assert judged_line(f"{KEY}:{number}", altered(line, lambda right: right / 2 + sp.Rational(1, 9))).verdict in BAD


@pytest.mark.parametrize(("number", "place"), [at for at, verdict in WRONG.items() if verdict == "misprint"])
def test_the_corrected_line_holds(number: str, place: int, judged_line: Callable[..., Any]) -> None:
    line = PAPER[number].lines[place]
    found = judged_line(f"{KEY}:{number}", line)
    assert found.counterexample is not None
    corrected = replace(line, statement=found.corrected_statement, readings=())
    assert judged_line(f"{KEY}:{number}", corrected).verdict == "holds"


def test_the_printed_condition_fails_without_its_reading(judged_line: Callable[..., Any]) -> None:
    line = PAPER["2.8"].lines[0]
    found = judged_line(f"{KEY}:2.8", replace(line, readings=()))
    assert found.verdict in BAD
    assert found.counterexample is not None


def test_the_half_belongs_into_both_or_neither_of_two_equations(judged_line: Callable[..., Any]) -> None:
    line = PAPER["2.11"].lines[0]
    halved = replace(line, statement=line.statement.replaced(left=model.squared_error / 2), readings=())  # type: ignore[union-attr]
    assert judged_line(f"{KEY}:2.11", halved).verdict == "holds"
