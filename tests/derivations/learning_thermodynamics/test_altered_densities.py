"""Each printed density of Vanchurin (2020) is altered and must be caught, and so must limits and stationary fields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sympy as sp

from theory.papers import find as paper_of
from theory.records import PrintedLine
from theory.statements import EqualUpToTotalDerivative, Expansion, Identity, LimitStatement, Stationarity

KEY = "vanchurin2020towards"
PAPER = paper_of(KEY)
SECTIONS = ("8", "11")
GOOD, BAD = ("holds", "approximation"), ("misprint", "false")
WRONG = {
    ("8.1", 1): "holds if", ("8.4", 0): "holds if", ("11.4", 1): "holds if", ("11.7", 3): "false",
    ("claim:11b", 0): "holds if", ("claim:11c", 0): "holds if", ("claim:11d", 0): "false", ("claim:11d", 1): "holds if",
}  # fmt: skip
"""Lines that do not hold as printed."""
KINDS = (EqualUpToTotalDerivative, Expansion, LimitStatement, Stationarity)
LINES = [
    (equation.number, place)
    for equation in (*PAPER.equations, *PAPER.claims)
    for place, line in enumerate(equation.lines)
    if (isinstance(line.statement, KINDS) and equation.section in SECTIONS)
    or (isinstance(line.statement, Identity) and (equation.section == "11" or equation.number == "8.2"))
]


def test_there_are_such_lines() -> None:
    assert len(LINES) > 5


def factor_of(statement: Any) -> Any:
    """What no divergence is: the square of a field; 1 where there is none."""
    if isinstance(statement, EqualUpToTotalDerivative):
        field, _ = statement.fields[0]
        return field**2
    return sp.S.One


ALTERATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "sign": lambda right, other: -right,
    "factor": lambda right, other: 2 * right,
    "another term": lambda right, other: right + other,
    "lost term": lambda right, other: right - sp.Add.make_args(right)[0],
}


def altered(statement: Any, change: Callable[[Any, Any], Any]) -> Any:
    other = factor_of(statement)
    if isinstance(statement, Stationarity):
        at = {name: _changed(value, other, change) for name, value in statement.at}
        return statement.replaced(at=at)
    part = "value" if isinstance(statement, LimitStatement) else "right"
    return statement.replaced(**{part: _changed(getattr(statement, part), other, change)})


def _changed(value: Any, other: Any, change: Callable[[Any, Any], Any]) -> Any:
    found = change(value, other)
    return found if sp.expand(found - value) != 0 else value + other


def altered_line(line: PrintedLine, change: Callable[[Any, Any], Any]) -> PrintedLine:
    readings = tuple(replace(r, statement=altered(r.statement, change)) for r in line.readings)
    return replace(line, statement=altered(line.statement, change), readings=readings, fragment="")


@pytest.mark.parametrize(("number", "place"), LINES)
def test_a_line_is_judged_as_it_should_be(number: str, place: int, judged_line: Callable[..., Any]) -> None:
    found = judged_line(f"{KEY}:{number}", PAPER[number].lines[place])
    expected = WRONG.get((number, place))
    assert found.verdict == expected if expected else found.verdict in GOOD
    assert expected is None or found.counterexample is not None


@pytest.mark.usefixtures("hastily")
@pytest.mark.parametrize("kind", ALTERATIONS)
@pytest.mark.parametrize(("number", "place"), [at for at in LINES if WRONG.get(at) not in BAD])
def test_an_altered_line_is_caught(number: str, place: int, kind: str, judged_line: Callable[..., Any]) -> None:
    line = altered_line(PAPER[number].lines[place], ALTERATIONS[kind])
    found = judged_line(f"{KEY}:{number}", line)
    assert found.verdict in BAD
    assert found.counterexample is not None
