"""Claims of sections 7 and 9 on feedforward networks, as they stand and altered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sympy as sp

from theory.models import learning as model
from theory.papers import find as paper_of
from theory.papers.vanchurin2020towards.claims_depth import DEPTH_CLAIMS, SPECTRAL_CLAIMS
from theory.statements import Expansion, Identity

KEY = "vanchurin2020towards"
ROWS = (*SPECTRAL_CLAIMS, *DEPTH_CLAIMS)
EXPECTED = {("claim:9b", 0): "false", ("claim:9c", 0): "approximation", ("claim:9d", 1): "open"}
LINES = {(row.number, place): line for row in ROWS for place, line in enumerate(row.lines)}
CLAIMS = [at for at, line in LINES.items() if isinstance(line.statement, Identity)]
ALTERATIONS: dict[str, Callable[[Any], Any]] = {
    "sign": lambda right: -right if right != 0 else right + 1,
    "factor": lambda right: 2 * right if right != 0 else right + 2,
    "lost term": lambda right: right - sp.Add.make_args(right)[0] if right != 0 else right - 1,
}


@pytest.mark.parametrize(("number", "place"), LINES)
def test_a_claim_is_judged_as_it_should_be(number: str, place: int, judged_line: Callable[..., Any]) -> None:
    found = judged_line(f"{KEY}:{number}", LINES[number, place])
    assert found.verdict == EXPECTED.get((number, place), "holds")


@pytest.mark.usefixtures("hastily")
@pytest.mark.parametrize("kind", ALTERATIONS)
@pytest.mark.parametrize(("number", "place"), [at for at in CLAIMS if EXPECTED.get(at) != "false"])
def test_an_altered_claim_is_caught(number: str, place: int, kind: str, judged_line: Callable[..., Any]) -> None:
    line = LINES[number, place]
    statement: Any = line.statement
    found = judged_line(
        f"{KEY}:{number}", replace(line, statement=statement.replaced(right=ALTERATIONS[kind](statement.right)))
    )
    assert found.verdict in ("misprint", "false")
    assert found.counterexample is not None


def test_the_trace_of_the_square_has_entries_among_inputs_and_outputs(judged_line: Callable[..., Any]) -> None:
    line = LINES["claim:9b", 0]
    statement: Any = line.statement
    whole = statement.right + model.log_among_inputs**2 + model.log_among_outputs**2
    names = {model.log_among_inputs: sp.S.Reals, model.log_among_outputs: sp.S.Reals}
    claim = Identity(statement.left, whole, statement.domain.extended(names))
    derived = (*line.derived, model.log_among_inputs, model.log_among_outputs)
    assert judged_line(f"{KEY}:claim:9b", replace(line, statement=claim, derived=derived)).verdict == "holds"


def test_the_part_that_is_dropped_is_no_smaller_than_the_temperature(judged_line: Callable[..., Any]) -> None:
    line = paper_of(KEY)["7.9"].lines[2]
    statement: Any = line.statement
    assert isinstance(statement, Expansion)
    finer = replace(line, statement=statement.replaced(order=2))
    assert judged_line(f"{KEY}:7.9", finer).verdict in ("misprint", "false")
