"""Rows of sections 4 and 5 of Vanchurin (2020), altered: each slip must be caught, each wrong row corrected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sympy as sp

from theory.models import entropy_principle, learning
from theory.papers import find as paper_of
from theory.records import PrintedLine
from theory.statements import Definition, Inequality, Stationarity

KEY = "vanchurin2020towards"
PAPER = paper_of(KEY)
GOOD, BAD = ("holds", "approximation"), ("misprint", "false")
WRONG = {
    ("4.2", 1): "holds if", ("4.3", 0): "holds if", ("5.5", 0): "holds if", ("5.10", 0): "misprint",
    ("claim:5b", 0): "holds if", ("claim:5b", 1): "holds if",
}  # fmt: skip
"""Lines that do not hold as printed."""
SECTIONS = ("4", "5")
LINES = {
    (equation.number, place): line
    for equation in (*PAPER.equations, *PAPER.claims)
    for place, line in enumerate(equation.lines)
    if equation.section in SECTIONS and not isinstance(line.statement, Definition)
}
ALTERED = [at for at, line in LINES.items() if WRONG.get(at) not in BAD and not isinstance(line.statement, Inequality)]
BOUNDS = [at for at, line in LINES.items() if isinstance(line.statement, Inequality)]
SQUARED = {name: name**2 for name in (entropy_principle.loss_multiplier, learning.inverse_temperature)}


def with_a_square(value: Any) -> Any:
    """The inverse temperature squared where there is one outside integrals, or one more."""
    changed = value.xreplace(SQUARED) if not value.has(sp.Derivative) else value
    return changed if changed != value else value + 1


ALTERATIONS: dict[str, Callable[[Any], Any]] = {
    "sign": lambda value: -value,
    "factor": lambda value: 2 * value,
    "power": with_a_square,
    "lost term": lambda value: value - sp.Add.make_args(value)[0] if isinstance(value, sp.Add) else value + 1,
}


def altered(line: PrintedLine, change: Callable[[Any], Any]) -> PrintedLine:
    readings = tuple(replace(r, statement=_altered(r.statement, change)) for r in line.readings)
    return replace(line, statement=_altered(line.statement, change), readings=readings, fragment="")


def _altered(statement: Any, change: Callable[[Any], Any]) -> Any:
    """The part that holds what is claimed, changed."""
    part = type(statement).claimed
    if isinstance(statement, Stationarity):
        return statement.replaced(at={name: _other(value, change) for name, value in statement.at})
    return statement.replaced(**{part: _other(getattr(statement, part), change)})


def _other(value: Any, change: Callable[[Any], Any]) -> Any:
    changed = change(value)
    return changed if changed != value else value + 1


@pytest.mark.parametrize("at", LINES, ids=str)
def test_a_line_is_judged_as_it_should_be(at: tuple[str, int], judged_line: Callable[..., Any]) -> None:
    found = judged_line(f"{KEY}:{at[0]}", LINES[at])
    assert found.verdict == WRONG[at] if at in WRONG else found.verdict in GOOD


@pytest.mark.usefixtures("hastily")
@pytest.mark.parametrize("kind", ALTERATIONS)
@pytest.mark.parametrize("at", ALTERED, ids=str)
def test_an_altered_line_is_caught(at: tuple[str, int], kind: str, judged_line: Callable[..., Any]) -> None:
    found = judged_line(f"{KEY}:{at[0]}", altered(LINES[at], ALTERATIONS[kind]))
    assert found.verdict in BAD
    assert found.counterexample is not None


@pytest.mark.parametrize("at", BOUNDS, ids=str)
def test_a_bound_that_is_turned_round_or_too_sharp_is_caught(
    at: tuple[str, int], judged_line: Callable[..., Any]
) -> None:
    line, statement = LINES[at], LINES[at].statement
    turned = {"<=": ">", ">=": "<", "<": ">=", ">": "<="}
    assert isinstance(statement, Inequality)
    sharp = statement.right + (1 if statement.relation in (">=", ">") else -1)
    for wrong in (statement.replaced(relation=turned[statement.relation]), statement.replaced(right=sharp)):
        assert judged_line(f"{KEY}:{at[0]}", replace(line, statement=wrong, readings=())).verdict in BAD


@pytest.mark.parametrize("at", [at for at, verdict in WRONG.items() if verdict == "misprint"], ids=str)
def test_the_corrected_line_holds(at: tuple[str, int], judged_line: Callable[..., Any]) -> None:
    line = LINES[at]
    found = judged_line(f"{KEY}:{at[0]}", line)
    corrected = replace(line, statement=found.corrected_statement, readings=())
    assert judged_line(f"{KEY}:{at[0]}", corrected).verdict in GOOD


@pytest.mark.parametrize("at", [at for at, verdict in WRONG.items() if verdict == "holds if"], ids=str)
def test_without_its_condition_the_line_is_wrong(at: tuple[str, int], judged_line: Callable[..., Any]) -> None:
    found = judged_line(f"{KEY}:{at[0]}", replace(LINES[at], readings=()))
    assert found.verdict in BAD
    assert found.counterexample is not None
