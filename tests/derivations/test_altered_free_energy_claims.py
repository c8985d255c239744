"""The ledger of section 6 of Bahri et al.: what holds is caught when it is altered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sympy as sp

from derivations import judge
from derivations.judging.closing import Results
from theory.models import boltzmann_law as law
from theory.papers import find
from theory.statements import Definition, Identity, Inequality, LimitStatement

KEY = "bahri2020statistical"
PAPER = find(KEY)
ROWS = (*PAPER.equations, *PAPER.claims)
BAD = ("misprint", "false")


def alterations(statement: Any) -> list[tuple[str, Any]]:
    """The other relation; the other sign, a factor 2, each term lost."""
    if isinstance(statement, Definition):
        return []
    if isinstance(statement, Inequality):
        return [("turned", statement.replaced(relation={">=": "<", ">": "<=", "<": ">="}[statement.relation]))]
    if isinstance(statement, LimitStatement):
        return [("factor", statement.replaced(value=2 * statement.value))]
    right = statement.right
    if right in (0, 1):
        return [("another number", statement.replaced(right=right + 1))]
    terms = sp.Add.make_args(right)
    changed = {"sign": -right, "factor": 2 * right}
    changed |= {f"term {k}": right - term for k, term in enumerate(terms) if len(terms) > 1}
    return [(word, statement.replaced(right=value)) for word, value in changed.items()]


def cases() -> list[Any]:
    found = []
    for row in ROWS:
        for place, line in enumerate(row.lines):
            for number, (word, statement) in enumerate(alterations(line.statement)):
                marks = (pytest.mark.slow,) if number else ()
                name = f"{row.number}-{place}-{word}"
                found.append(pytest.param(row.number, place, statement, id=name, marks=marks))
    return found


@pytest.mark.parametrize(("label", "place", "statement"), cases())
def test_what_holds_is_caught_when_it_is_altered(
    label: str, place: int, statement: Any, judged_line: Callable[..., Any]
) -> None:
    found = judged_line(f"{KEY}:{label}", replace(PAPER[label].lines[place], statement=statement))
    assert found.verdict in BAD
    assert found.counterexample is not None


@pytest.mark.parametrize(("label", "place"), [(row.number, place) for row in ROWS for place in range(len(row.lines))])
def test_what_holds_is_not_accused(label: str, place: int, judged_line: Callable[..., Any]) -> None:
    assert judged_line(f"{KEY}:{label}", PAPER[label].lines[place]).verdict in ("holds", "definition")


def test_constraints_on_what_a_constraint_holds_stay_in_a_closed_line(
    assumed_results: Callable[[str], Results],
) -> None:
    """The weights of the law of the data, tied themselves: without that tie the line would be called false."""
    line = PAPER["claim:6.2c"].lines[1]
    closed = assumed_results(f"{KEY}:claim:6.2c").closed(line.statement, line.derived, serving=f"{KEY}:claim:6.2c")
    assert isinstance(closed.statement, Identity)
    assert any(c.has(sp.Symbol("c", positive=True)) for c in closed.statement.domain.constraints)
    assert law.weights in closed.statement.domain.sets


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_ledger_rests_on_examined_steps() -> None:
    rows = {row.equation: row for row in judge(KEY)}
    assert set(rows) == {row.number for row in ROWS}
    assert {n: r.verdict for n, r in rows.items() if r.verdict != "holds"} == {"12": "definition"}
    assert {r.status for r in rows.values()} <= {"proved", "enclosed", "enumerated"}
