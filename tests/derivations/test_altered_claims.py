"""Each claim of the prose that holds is altered and must be caught; as printed it is not accused."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest
import sympy as sp

from derivations.collection import catalogue
from derivations.engine.report import DerivationReport, StepReport
from derivations.judging.bench import Bench
from derivations.judging.closing import Results
from derivations.judging.lines import judged
from theory.papers import find
from theory.records import PrintedLine
from theory.statements import Definition, Inequality, LimitStatement, PositiveDefinite, Stationarity

KEY = "barney2024neural"
PAPER = find(KEY)
GOOD = ("holds", "approximation", "convention", "definition", "holds if", "misprint")
BAD = ("misprint", "false")
SLOW = {"claim:2b", "claim:2.1c", "claim:2.2h"}
"""Sums over pairs of layers and of replicas, and derivatives of whole forms."""


@cache
def results(label: str) -> Results:
    """The derivation that serves a claim, with every step taken to stand; an empty one if none does."""
    for entry in catalogue():
        if f"{KEY}:{label}" in entry.serves:
            derivation = entry.build()
            return Results(
                report=DerivationReport(
                    derivation=derivation,
                    steps=tuple(
                        StepReport(
                            step=s, verdict=None, obligations=(), status=None, inherited="proved",
                            rests_on=derivation.rests_on(s), seconds=0.0,
                        )
                        for s in derivation
                    ),
                )
            )  # fmt: skip
    from derivations.engine.derivation import Derivation

    return Results(report=DerivationReport(derivation=Derivation("none"), steps=()))


def altered(statement: Any) -> Any:
    """The statement with a factor 2, or 1 added to what is zero; the other relation, another condition."""
    if isinstance(statement, Definition):
        return Definition(statement.symbol, 2 * statement.expression)
    if isinstance(statement, PositiveDefinite):
        (left, right) = statement.condition.args
        return statement.replaced(condition=sp.Lt(left, 2 * right))
    if isinstance(statement, Inequality):
        return statement.replaced(relation=">=")
    if isinstance(statement, LimitStatement):
        return statement.replaced(value=2 * statement.value)
    if isinstance(statement, Stationarity):
        return statement.replaced(at={name: value + 1 for name, value in statement.at})
    return statement.replaced(right=2 * statement.right if statement.right != 0 else sp.Integer(1))


def cases() -> list[Any]:
    """Every statement once."""
    found, seen = [], []
    for claim in PAPER.claims:
        marks = (pytest.mark.slow,) if claim.number in SLOW else ()
        for place, line in enumerate(claim.lines):
            claimed = line.statement is not None and (line.domain is not None or line.relation == "equal")
            if claimed and line.statement not in seen:
                seen.append(line.statement)
                found.append(pytest.param(claim.number, place, marks=marks, id=f"{claim.number[6:]}-{place}"))
    return found


def judged_line(label: str, line: PrintedLine) -> Any:
    return judged(line, Bench(results=results(label), serving=f"{KEY}:{label}"))


@pytest.mark.parametrize(("label", "place"), cases())
def test_an_altered_claim_is_caught(label, place):
    line = PAPER[label].lines[place]
    readings = tuple(replace(r, statement=altered(r.statement)) for r in line.readings)
    wrong = replace(line, statement=altered(line.statement), readings=readings)
    found = judged_line(label, wrong)
    assert found.verdict in BAD
    assert found.counterexample is not None


@pytest.mark.parametrize("label", [c.number for c in PAPER.claims if c.number not in SLOW])
def test_a_claim_is_judged_line_by_line(label):
    assert {judged_line(label, line).verdict for line in PAPER[label].lines} <= set(GOOD)


def test_claims_are_lettered_in_printed_order():
    places = [(c.section, c.number[-1]) for c in PAPER.claims]
    assert places == sorted(places)
