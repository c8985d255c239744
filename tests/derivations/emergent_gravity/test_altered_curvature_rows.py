"""Rows of section 12 of Vanchurin (2020) on curvature are altered and must be caught; corrected ones hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
import sympy as sp

from derivations.algebra.tensor_expansion import Expansion
from theory.models import metric_field as model
from theory.papers import find as paper_of
from theory.papers.vanchurin2020towards import curvature as printed
from theory.records import PrintedLine
from theory.tensors import Component, FirstVariation, InverseMetric, ScalarCurvature, VolumeElement

KEY = "vanchurin2020towards"
PAPER = paper_of(KEY)
NUMBERS = ("12.3", "12.6", "12.10", "12.12", "claim:12h")
WRONG = {
    ("12.3", 0): "holds if", ("12.6", 0): "holds if", ("12.10", 1): "false", ("12.12", 0): "misprint",
    ("claim:12h", 0): "false",
}  # fmt: skip
"""Lines that do not hold as printed."""
LINES = [(number, place) for number in NUMBERS for place, _ in enumerate(PAPER[number].lines)]
kappa, Lambda = model.coupling, model.cosmological_constant
ALTERATIONS: dict[str, Callable[[Any], Any]] = {
    "sign": lambda right: -right,
    "factor": lambda right: 2 * right,
    "power": lambda right: right * kappa,
    "another term": lambda right: right + VolumeElement(printed.g),
}
RIGHT = (
    2 * printed.inverse("alpha", "nu") * printed.inverse("beta", "delta") * printed.inverse("mu", "gamma")
    - printed.inverse("alpha", "gamma") * printed.inverse("beta", "delta") * printed.inverse("mu", "nu")
    + printed.inverse("alpha", "beta") * printed.inverse("gamma", "delta") * printed.inverse("mu", "nu")
    - 2 * printed.inverse("alpha", "beta") * printed.inverse("mu", "gamma") * printed.inverse("nu", "delta")
) / (8 * kappa)
RIGHT_DENSITY = printed.volume * model.quadratic_in_slopes(printed.g, RIGHT)


def altered(line: PrintedLine, change: Callable[[Any], Any]) -> PrintedLine:
    def with_right(statement: Any) -> Any:
        return statement.replaced(right=change(statement.right))

    readings = tuple(replace(r, statement=with_right(r.statement)) for r in line.readings)
    return replace(line, statement=with_right(line.statement), readings=readings, fragment="")


@pytest.mark.parametrize(("number", "place"), LINES)
def test_a_line_is_judged_as_it_should_be(number: str, place: int, judged_line: Callable[..., Any]) -> None:
    found = judged_line(f"{KEY}:{number}", PAPER[number].lines[place])
    assert found.verdict == WRONG.get((number, place), "holds")
    assert (found.counterexample is not None) == ((number, place) in WRONG)
    assert found.corrected_status in (None, "proved")


@pytest.mark.usefixtures("hastily")
@pytest.mark.parametrize(
    ("number", "place", "kind"), [("12.10", 0, k) for k in ALTERATIONS] + [("12.6", 0, k) for k in ("sign", "factor")]
)
def test_an_altered_line_is_caught(number: str, place: int, kind: str, judged_line: Callable[..., Any]) -> None:
    found = judged_line(f"{KEY}:{number}", altered(PAPER[number].lines[place], ALTERATIONS[kind]))
    assert found.verdict in ("misprint", "false")
    assert found.counterexample is not None


def test_the_right_tensor_in_the_place_of_the_printed_one_holds(judged_line: Callable[..., Any]) -> None:
    line = PAPER["12.10"].lines[1]
    statement: Any = line.statement
    assert (
        judged_line(f"{KEY}:12.10", replace(line, statement=statement.replaced(right=RIGHT_DENSITY))).verdict == "holds"
    )
    claim = PAPER["claim:12h"].lines[0]
    told: Any = claim.statement
    right = told.replaced(left=FirstVariation(RIGHT_DENSITY, printed.g, printed.h))
    assert judged_line(f"{KEY}:claim:12h", replace(claim, statement=right)).verdict == "holds"


def test_each_correction_of_the_field_equations_is_needed(judged_line: Callable[..., Any]) -> None:
    line = PAPER["12.12"].lines[0]
    found = judged_line(f"{KEY}:12.12", line)
    assert (
        judged_line(f"{KEY}:12.12", replace(line, statement=found.corrected_statement, readings=())).verdict == "holds"
    )
    for constant, matter in ((kappa * Lambda, kappa), (Lambda, -kappa), (-kappa * Lambda, -kappa)):
        claim = printed.field_equations(constant, matter)
        assert judged_line(f"{KEY}:12.12", replace(line, statement=claim, readings=())).verdict in ("misprint", "false")


def test_no_choice_of_signs_makes_the_printed_field_equations_right() -> None:
    """Signs of R in the action and of T in its definition; a change of signature changes that of R alone."""
    expansion, g, h, volume = Expansion(printed.g), printed.g, printed.h, printed.volume
    held = set()
    for curvature, matter in product((1, -1), repeat=2):
        action = volume * (-curvature * ScalarCurvature(g) / (2 * kappa) + Lambda)
        of_matter = printed.times_change(Component(printed.T, "mu", "nu"))
        varied = FirstVariation(action, g, h) - matter * volume / 2 * of_matter
        for constant, sign in product((Lambda, -Lambda, kappa * Lambda, -kappa * Lambda), (1, -1)):
            rest = constant * printed.times_change(Component(g, "mu", "nu"))
            rest -= sign * kappa * of_matter
            claimed = -curvature * volume / (2 * kappa) * (printed.EINSTEIN + rest)
            if not expansion.calculus.euler(expansion.sum_of(varied - claimed), "h", ("i", "j")):
                held.add((curvature, matter, constant, sign))
    assert held == {
        (1, 1, kappa * Lambda, -1), (1, -1, kappa * Lambda, 1),
        (-1, 1, -kappa * Lambda, 1), (-1, -1, -kappa * Lambda, -1),
    }  # fmt: skip


def test_the_print_differs_from_the_right_tensor_by_two_contractions() -> None:
    """What is printed lacks 2 (T1 - T5) of the lengths of the trace's gradient and its product with the divergence."""
    g = printed.g
    rest = Expansion(g).sum_of(model.quadratic_in_slopes(g, RIGHT - printed.PRINTED_ONSAGER))
    trace = InverseMetric(g, "alpha", "beta")
    first = trace * InverseMetric(g, "gamma", "delta") * InverseMetric(g, "mu", "nu")
    second = trace * InverseMetric(g, "mu", "gamma") * InverseMetric(g, "nu", "delta")
    assert rest == Expansion(g).sum_of(model.quadratic_in_slopes(g, sp.expand((first - second) / (4 * kappa))))
