"""The kind of every extremum of two groups of eigenvalues, against the function itself, and wrong kinds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import sympy as sp

from derivations.engine.verify import verify
from derivations.learning_thermodynamics import extremum_kinds, two_fractions
from derivations.rules.extremum_kinds import (
    at_equal,
    at_meeting,
    at_ratio,
    by_meeting_ratio,
    higher_slope,
    plateau,
    temperature_of_few,
)
from theory import Identity, Inequality, LimitStatement
from theory.models import learning as model
from theory.papers import find as paper_of

KEY = "vanchurin2020towards"
PAPER = paper_of(KEY)
KINDS = extremum_kinds.build()
RULES = (at_equal, at_meeting, at_ratio, by_meeting_ratio, higher_slope, plateau, temperature_of_few)
beta, gamma, x, root, N = (
    model.inverse_temperature, model.fraction, model.log_eigenvalue, model.root, model.n_neurons,
)  # fmt: skip
SIGNS = [s for s in KINDS if isinstance(s.statement, Inequality)]
SHARP = [
    s for s in KINDS if isinstance(s.statement, Identity | LimitStatement) and s.result != 0 and "er 3" not in s.name
]
CLAIMS = ("6b", "6c", "7d", "7e", "7f", "8b", "9e", "9f", "9g", "9h", "10a", "10b")
EXPECTED = {"7f": "holds if", "6c": "approximation", "10a": "false"}


@pytest.mark.parametrize("step", SHARP, ids=lambda s: s.name)
def test_a_step_holds_and_slips_in_it_are_refuted(step: Any, holds_and_is_sharp: Callable[..., None]) -> None:
    holds_and_is_sharp(step.statement, slips=1)


@pytest.mark.parametrize("step", SIGNS, ids=lambda s: s.name)
def test_a_kind_is_proved_and_the_other_kind_refuted(step: Any) -> None:
    claim = step.statement
    assert verify(claim).status == "proved"
    assert verify(claim.replaced(relation="<" if claim.relation == ">" else ">")).status == "refuted"


def test_nothing_is_typed_in_and_every_rule_is_used() -> None:
    assert KINDS.stated_steps == 0
    assert {rule.name for rule in RULES} <= {step.rule for step in KINDS}


def bend_of(share: float, at: float, place: float) -> float:
    """The second derivative of the function of two groups, by differences of high precision."""
    import mpmath

    with mpmath.workdps(40):
        other = mpmath.mpf(share) / (share - 1)

        def value(z: Any) -> Any:
            return (
                at / 2 * (share / (1 + at * mpmath.exp(z)) ** 2 + (1 - share) / (1 + at * mpmath.exp(other * z)) ** 2)
            )

        return float(mpmath.diff(value, place, 2))


@pytest.mark.parametrize("share", [0.1, 1 / 3, 0.4, 0.5, 0.6, 0.7, 0.9])
@pytest.mark.parametrize("ratio", [0.2, 0.7, 1.6, 4.0])
def test_the_derived_bend_is_that_of_the_function(share: float, ratio: float) -> None:
    temperature = ratio ** (3 * share - 1) / (1 + ratio)
    derived: Any = KINDS["second derivative at a stationary ratio"].result
    there: Any = {gamma: share, root: ratio, N: 1}
    expected = bend_of(share, temperature, 3 * (1 - share) * np.log(ratio))
    assert float(derived.subs(there)) == pytest.approx(expected, rel=1e-8, abs=1e-14)


def test_where_extrema_meet_the_second_derivative_vanishes_and_the_third_does_not() -> None:
    flat: Any = KINDS["second derivative where extrema meet"]
    assert verify(flat.statement).holds is True
    assert verify(flat.statement.replaced(right=sp.S.One)).status == "refuted"
    turn: Any = KINDS["third derivative where extrema meet"].result
    assert sp.simplify(turn.subs(gamma, sp.Rational(1, 2))) == 0
    assert turn.subs({gamma: sp.Rational(2, 5), N: 1}) != 0


def test_the_place_of_few_is_there_at_the_derived_temperature() -> None:
    place: Any = two_fractions.build()["a small fraction of the eigenvalues"].result
    temperature: Any = KINDS["temperature at which the extremum of few eigenvalues is there"].result
    for at in (-2.3, -2.5, -3.0, 1.1):
        found: Any = temperature.subs(x, at)
        assert float(place.subs(beta, found)) == pytest.approx(at, rel=1e-12)
    values = [round(float(temperature.subs(x, at)), 2) for at in (-2.3, -2.5, -3.0)]
    assert values == [1.47, 1.6, 1.99]


@pytest.mark.parametrize("place", CLAIMS)
def test_a_claim_is_judged_as_it_should_be(place: str, judged_line: Callable[..., Any]) -> None:
    for k, line in enumerate(PAPER[f"claim:{place}"].lines):
        expected = EXPECTED.get(place, "holds if" if place in ("9e", "9f") and k == 2 else "holds")
        assert judged_line(f"{KEY}:claim:{place}", line).verdict == expected


@pytest.mark.parametrize("place", CLAIMS)
def test_an_altered_claim_is_caught(place: str, judged_line: Callable[..., Any]) -> None:
    for line in PAPER[f"claim:{place}"].lines:
        claim: Any = line.statement
        if isinstance(claim, Inequality):
            wrong = claim.replaced(relation="<" if claim.relation == ">" else ">")
        else:
            wrong = claim.replaced(right=2 * claim.right + 1)
        verdict = judged_line(f"{KEY}:claim:{place}", replace(line, statement=wrong, readings=())).verdict
        assert (verdict == "holds") if place == "10a" else verdict in ("false", "misprint")
