"""Equations (19) to (27) and the claims of the prose: altered ones are caught, corrected ones hold."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import sympy as sp

from derivations.collection import catalogue
from theory.papers import find
from theory.records import PrintedLine
from theory.statements import Definition, Expansion, Inequality, LimitStatement, PositiveDefinite

KEY = "barney2024neural"
PAPER = find(KEY)
JUDGED = (*PAPER.equations[18:27], *PAPER.claims)
GOOD = ("holds", "approximation", "definition")
BAD = ("misprint", "false")
ACCUSED = {
    "25": "misprint", "26": "misprint", "27": "holds if", "claim:2.2d": "convention", "claim:2.2f": "holds if",
    "claim:3.4c": "misprint",
}  # fmt: skip
"""What each row with a correction or a condition is judged."""
QUICK = {
    "20-0", "21-0", "23-0", "25-0", "claim:2c-0", "claim:2.1c-1", "claim:2.1d-0", "claim:2.1e-0", "claim:2.1e-1",
    "claim:2.2j-0", "claim:3.1a-0", "claim:3.1b-0", "claim:3.1b-1", "claim:3.3f-0",
}  # fmt: skip
"""Lines that the quick suite alters; the others take longer than a few seconds each."""
QUICKLY_CORRECTED = {"26-0", "claim:2.2f-0"}


def altered(statement: Any) -> Any:
    """The statement with a factor 2, or 1 in place of zero; with the other relation, or another condition."""
    if isinstance(statement, Definition):
        return Definition(statement.symbol, 2 * statement.expression)
    if isinstance(statement, PositiveDefinite):
        left, right = statement.condition.args
        return statement.replaced(condition=sp.Lt(left, 2 * right))
    if isinstance(statement, Inequality):
        return statement.replaced(relation=">=")
    if isinstance(statement, LimitStatement):
        return statement.replaced(value=2 * statement.value)
    assert statement.right != 0 or not isinstance(statement, Expansion)
    return statement.replaced(right=2 * statement.right if statement.right != 0 else sp.Integer(1))


def lines() -> list[tuple[str, int, PrintedLine]]:
    """Every line that is compared with a derived result, each statement once."""
    found, seen = [], []
    for row in JUDGED:
        for place, line in enumerate(row.lines):
            compared = line.statement is not None and (line.domain is not None or line.relation not in ("definition",))
            if compared and line.statement not in seen:
                seen.append(line.statement)
                found.append((row.number, place, line))
    return found


def cases(*, wrong: bool, quick: set[str]) -> list[Any]:
    """Lines that hold as printed, or those that do not and have another reading."""
    names = [(f"{label}-{place}", label, place) for label, place, line in lines() if bool(line.readings) == wrong]
    return [
        pytest.param(label, place, id=name, marks=() if name in quick else (pytest.mark.slow,))
        for name, label, place in names
    ]


@pytest.mark.parametrize(("label", "place"), cases(wrong=False, quick=QUICK))
def test_what_holds_is_caught_when_it_is_altered(label, place, judged_line):
    line = PAPER[label].lines[place]
    assert judged_line(f"{KEY}:{label}", line).verdict in GOOD
    found = judged_line(f"{KEY}:{label}", replace(line, statement=altered(line.statement)))
    assert found.verdict in BAD
    assert found.counterexample is not None


@pytest.mark.parametrize(("label", "place"), cases(wrong=True, quick=QUICKLY_CORRECTED))
def test_what_is_wrong_holds_in_its_corrected_form(label, place, judged_line):
    line = PAPER[label].lines[place]
    found = judged_line(f"{KEY}:{label}", line)
    corrected = replace(line, statement=line.readings[0].statement, readings=())
    assert judged_line(f"{KEY}:{label}", corrected).verdict in GOOD
    if found.verdict not in GOOD:
        assert found.verdict == ACCUSED[label]
        assert found.counterexample is not None or "Read literally it fails at" in found.reason


@pytest.mark.parametrize(("label", "place"), [("26", 0)])
def test_a_correction_that_is_wrong_itself_corrects_nothing(label, place, judged_line):
    line = PAPER[label].lines[place]
    readings = tuple(replace(r, statement=altered(r.statement)) for r in line.readings)
    found = judged_line(f"{KEY}:{label}", replace(line, readings=readings))
    assert found.verdict in BAD
    assert found.corrected_statement != readings[0].statement


def test_claims_are_lettered_in_printed_order():
    places = [(c.section, c.number[-1]) for c in PAPER.claims]
    assert places == sorted(places)


def test_the_derivation_that_a_claim_points_to_has_the_step_it_names():
    told = PAPER["claim:2.2d"].lines[1].readings[0].text
    assert "a pair of spins and a magnetized pair in the derivation network-spectrum" in told
    (entry,) = (e for e in catalogue() if e.identifier == "network-spectrum")
    assert {"a pair of spins", "a magnetized pair"} <= {step.name for step in entry.build()}
