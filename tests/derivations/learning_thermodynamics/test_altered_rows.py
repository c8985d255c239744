"""Each stated row of Vanchurin (2020) is altered and must be caught; each wrong one is corrected and must hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sympy as sp

from theory.models import learning as model
from theory.papers import find as paper_of
from theory.records import PrintedLine
from theory.statements import Identity

KEY = "vanchurin2020towards"
PAPER = paper_of(KEY)
GOOD, BAD = ("holds", "approximation"), ("misprint", "false")
WRONG = {
    ("7.1", 0): "misprint", ("7.5", 0): "misprint", ("8.9", 0): "holds if", ("9.4", 0): "holds if", ("9.8", 0): "false",
    ("6.2", 0): "misprint", ("6.3", 0): "holds if",
    ("8.8", 1): "holds if", ("8.6", 0): "false", ("8.8", 0): "holds if", ("8.11", 0): "false",
}  # fmt: skip
"""Lines that do not hold as printed."""
ELSEWHERE = ("2", "3", "4", "5", "11", "12")
"""Sections whose lines are altered in a file of their own."""
LINES = [
    (equation.number, place)
    for equation in PAPER.equations
    for place, line in enumerate(equation.lines)
    if isinstance(line.statement, Identity) and equation.section not in ELSEWHERE and equation.number != "8.2"
]


def raised(right: Any) -> Any:
    """The inverse temperature squared, or one more where there is none."""
    changed = (
        right.xreplace({model.inverse_temperature: model.inverse_temperature**2})
        if not right.has(sp.Derivative, sp.core.function.AppliedUndef)
        else right + model.inverse_temperature
    )
    return changed if changed != right else right + 1


ALTERATIONS: dict[str, Callable[[Any], Any]] = {
    "sign": lambda right: -right,
    "factor": lambda right: 2 * right,
    "power": raised,
    "lost term": lambda right: right - sp.Add.make_args(right)[0] if isinstance(right, sp.Add) else right + 1,
}


def altered(line: PrintedLine, change: Callable[[Any], Any]) -> PrintedLine:
    statement: Any = line.statement
    readings = tuple(replace(r, statement=_with_right(r.statement, change)) for r in line.readings)
    return replace(line, statement=_with_right(statement, change), readings=readings, fragment="")


def _with_right(statement: Any, change: Callable[[Any], Any]) -> Identity:
    right = change(statement.right)
    return Identity(statement.left, right if right != statement.right else right + 1, statement.domain)


@pytest.mark.parametrize(("number", "place"), LINES)
def test_a_line_is_judged_as_it_should_be(number: str, place: int, judged_line: Callable[..., Any]) -> None:
    found = judged_line(f"{KEY}:{number}", PAPER[number].lines[place])
    expected = WRONG.get((number, place))
    assert found.verdict == expected if expected else found.verdict in GOOD


@pytest.mark.usefixtures("hastily")
@pytest.mark.parametrize("kind", ALTERATIONS)
@pytest.mark.parametrize(("number", "place"), [at for at in LINES if WRONG.get(at) not in BAD])
def test_an_altered_line_is_caught(number: str, place: int, kind: str, judged_line: Callable[..., Any]) -> None:
    found = judged_line(f"{KEY}:{number}", altered(PAPER[number].lines[place], ALTERATIONS[kind]))
    assert found.verdict in BAD
    assert found.counterexample is not None


@pytest.mark.parametrize(("number", "place"), [at for at, verdict in WRONG.items() if verdict == "misprint"])
def test_the_corrected_line_holds(number: str, place: int, judged_line: Callable[..., Any]) -> None:
    line = PAPER[number].lines[place]
    found = judged_line(f"{KEY}:{number}", line)
    corrected = replace(line, statement=found.corrected_statement, readings=())
    assert judged_line(f"{KEY}:{number}", corrected).verdict == "holds"


def test_the_logarithm_of_g_has_entries_among_inputs(judged_line: Callable[..., Any]) -> None:
    found = judged_line(f"{KEY}:9.8", PAPER["9.8"].lines[0])
    assert found.counterexample is not None
    assert found.corrected is not None
    assert r"\tanh" in found.corrected
    true: Any = 2 * model.half_angle * sp.tanh(model.half_angle)
    line = PAPER["9.8"].lines[0]
    statement: Any = line.statement
    assert (
        judged_line(f"{KEY}:9.8", replace(line, statement=Identity(statement.left, true, statement.domain))).verdict
        == "holds"
    )


def test_the_place_of_a_third_is_what_would_hold_for_figure_one(judged_line: Callable[..., Any]) -> None:
    line = PAPER["9.4"].lines[0]
    right: Any = 2 * sp.log(1 / model.inverse_temperature - 1)
    statement: Any = line.statement
    found = judged_line(
        f"{KEY}:9.4", replace(line, statement=Identity(statement.left, right, statement.domain), readings=())
    )
    assert found.verdict == "holds"
    without = judged_line(f"{KEY}:9.4", replace(line, readings=()))
    assert without.verdict in BAD
    assert without.counterexample is not None
