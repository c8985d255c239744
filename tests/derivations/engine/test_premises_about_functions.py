"""Equations for functions as premises: what follows from them is proved, and what contradicts them is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sympy as sp

from derivations import Derivation, RefutedStepError
from derivations.engine.branches import on_a_branch
from derivations.engine.undetermined import in_letters
from derivations.engine.verdict import Repair, Verdict
from theory import Domain, Identity, Inequality
from theory.interchange import InterchangeError

t, k, beta, mass = sp.symbols("t k beta m", positive=True)
C, R = sp.Function("C"), sp.Function("R")
HALF_LINE = Domain(dict.fromkeys((t, k, beta, mass), (0, sp.oo)))


def regression() -> Derivation:
    d = Derivation("regression", domain=HALF_LINE)
    d.premise(C(t).diff(t), -k * C(t), name="regression")
    return d


def response() -> Derivation:
    d = regression()
    d.premise(R(t), -beta * C(t).diff(t), name="response")
    return d


def oscillator() -> Derivation:
    d = Derivation("oscillator", domain=HALF_LINE)
    d.premise(mass * C(t).diff(t), R(t), name="velocity")
    d.premise(R(t).diff(t), -k * C(t), name="force")
    return d


ENERGY = R(t) ** 2 / (2 * mass) + k * C(t) ** 2 / 2


@pytest.mark.parametrize(
    ("made", "left", "right"),
    [
        (regression, C(t).diff(t, 2), k**2 * C(t)),
        (regression, C(t).diff(t, 3), -(k**3) * C(t)),
        (response, R(t), beta * k * C(t)),
        (response, R(t).diff(t), -k * R(t)),
        (oscillator, ENERGY.diff(t), 0),
        (oscillator, mass * C(t).diff(t, 2), -k * C(t)),
    ],
)
def test_a_consequence_is_proved(made: Callable[[], Derivation], left: sp.Expr, right: sp.Expr):
    step = made().so(left, right, name="claim")
    assert step.status == "proved"
    assert step.rests_on


@pytest.mark.parametrize(
    ("made", "left", "right"),
    [
        (regression, C(t).diff(t), k * C(t)),
        (regression, C(t).diff(t, 2), -(k**2) * C(t)),
        (regression, C(t), sp.exp(-k * t) / k),
        (response, R(t), -beta * k * C(t)),
        (response, C(t), sp.exp(-k * t) / (beta * k)),
        (oscillator, (R(t) ** 2 / (2 * mass) - k * C(t) ** 2 / 2).diff(t), 0),
        (oscillator, mass * C(t).diff(t, 2), k * C(t)),
    ],
)
def test_what_does_not_follow_is_refuted(made: Callable[[], Derivation], left: sp.Expr, right: sp.Expr):
    with pytest.raises(RefutedStepError) as refused:
        made().so(left, right, name="claim")
    assert "value 1 of " in str(refused.value)


def test_an_initial_value_leaves_a_claim_open():
    d = regression()
    d.premise(C(0), 1, name="start")
    assert d.so(C(t), sp.exp(-k * t)).status == "inconclusive"


def test_a_function_declared_positive_is_not_given_other_values():
    P = sp.Function("P", positive=True)
    d = Derivation("positive", domain=HALF_LINE)
    d.premise(P(t).diff(t), -k * P(t))
    assert d.so(sp.Abs(P(t)), P(t)).status != "refuted"
    assert d.so(P(t) + abs(P(t).diff(t)), (1 + k) * P(t)).status != "refuted"


def test_an_equation_with_a_pole_decides_no_refutation():
    d = Derivation("pole", domain={t: (0, 3)})
    d.premise(C(t).diff(t), C(t) / (t - 1), name="pole")
    assert d.so(C(t).diff(t, 2), C(t)).status == "inconclusive"


def test_a_nonlinear_equation_proves_but_refutes_nothing():
    d = Derivation("growth", domain=HALF_LINE)
    d.premise(C(t).diff(t), C(t) ** 2, name="growth")
    assert d.so(C(t).diff(t, 2), 2 * C(t) ** 3).status == "proved"
    assert d.so(C(t).diff(t, 2), C(t) ** 3).status == "inconclusive"


FIELD = Domain({beta: (0, sp.oo), t: (0, 1)})


def state() -> Derivation:
    d = Derivation("state", domain=FIELD)
    d.premise(C(t), sp.tanh(beta * (C(t) + t)), name="state")
    return d


def resolvent() -> Derivation:
    d = Derivation("resolvent", domain={t: (0, sp.oo), k: (0, 1)})
    d.premise(C(t), 1 / (1 - k + t + k * t * C(t)), name="self-consistency")
    return d


def newton() -> Derivation:
    d = Derivation("newton", domain=HALF_LINE)
    d.premise(mass * C(t).diff(t, 2), C(t) - C(t) ** 3, name="force")
    return d


def idempotent() -> Derivation:
    d = Derivation("idempotent", domain=HALF_LINE)
    d.premise(C(t) ** 2, C(t), name="idempotent")
    return d


SLOPE = C(t).diff(t) * (1 - beta * (1 - C(t) ** 2))


@pytest.mark.parametrize(
    ("made", "left", "right"),
    [
        (state, SLOPE, beta * (1 - C(t) ** 2)),
        (resolvent, C(t).diff(t) * (1 - k + t + 2 * k * t * C(t)), -C(t) * (1 + k * C(t))),
        (newton, (mass * C(t).diff(t) ** 2 / 2 - C(t) ** 2 / 2 + C(t) ** 4 / 4).diff(t), 0),
        (idempotent, C(t) ** 3, C(t)),
        (idempotent, C(t) ** 5 - 2 * C(t) ** 2, -C(t)),
    ],
)
def test_a_combination_of_equations_and_their_derivatives_is_proved(
    made: Callable[[], Derivation], left: Any, right: Any
):
    step = made().so(left, right, name="claim")
    assert step.status == "proved"
    assert step.rests_on


@pytest.mark.parametrize(
    ("made", "left", "right"),
    [
        (state, SLOPE, 2 * beta * (1 - C(t) ** 2)),
        (state, SLOPE, beta * (1 + C(t) ** 2)),
        (state, C(t), 0),
        (resolvent, C(t).diff(t) * (1 - k + t + 2 * k * t * C(t)), -2 * C(t) * (1 + k * C(t))),
        (resolvent, C(t).diff(t) * (1 - k + t + k * t * C(t)), -C(t) * (1 + k * C(t))),
        (idempotent, C(t), 1),
        (idempotent, C(t), 0),
    ],
)
def test_a_claim_that_fails_on_a_branch_is_refuted(made: Callable[[], Derivation], left: Any, right: Any):
    with pytest.raises(RefutedStepError):
        made().so(left, right, name="claim")


def test_the_repair_of_a_claim_on_a_branch_is_told_of_the_function():
    claim = Identity(SLOPE, 2 * beta * (1 - C(t) ** 2), FIELD)
    branch = on_a_branch(claim, Identity(C(t), sp.tanh(beta * (C(t) + t)), FIELD))
    assert branch is not None
    number, slope = 2 * beta * (1 - branch.value**2), branch.claim.left
    repairs = {
        "right": Identity(slope, number / 2, branch.claim.domain),
        "left": Identity(2 * slope, number, branch.claim.domain),
    }
    refuted = {
        side: branch.told(Verdict(evidence=(), repair=Repair(text=side, statement=repaired, status="proved")))
        for side, repaired in repairs.items()
    }
    right = refuted["right"].repair
    assert right is not None
    assert right.statement == Identity(SLOPE, beta * (1 - C(t) ** 2), FIELD)
    assert refuted["left"].repair is None


@pytest.mark.parametrize(
    ("made", "left", "right"),
    [
        (newton, (mass * C(t).diff(t) ** 2 / 2 - C(t) ** 2 / 2 + C(t) ** 4 / 2).diff(t), 0),
        (newton, C(t).diff(t) ** 2, C(t) ** 2 - C(t) ** 4 / 2),
    ],
)
def test_initial_values_of_a_nonlinear_equation_are_not_chosen(made: Callable[[], Derivation], left: Any, right: Any):
    assert made().so(left, right, name="claim").status == "inconclusive"


def test_agreement_on_the_branches_alone_accepts_nothing():
    """The slope of a double solution is no quotient of derivatives, so a proof must not divide by them."""
    d = Derivation("double", domain=HALF_LINE)
    d.premise(C(t) * (C(t) - 1) ** 2, 0, name="double")
    assert d.so(C(t).diff(t), 0).status == "inconclusive"


def test_what_another_premise_says_of_the_function_forbids_to_choose_a_branch():
    d = idempotent()
    d.premise(Inequality(C(t), sp.Rational(1, 2), HALF_LINE, relation=">"), name="above")
    assert d.so(C(t), 1).status == "inconclusive"


def test_an_equation_is_not_differentiated_by_what_another_holds_at_one_value():
    d = Derivation("at one value", domain=HALF_LINE)
    d.premise(C(t), k * R(t), name="function")
    d.premise(k, t, name="value")
    assert d.so(C(t).diff(t), R(t) + t * R(t).diff(t)).status not in ("proved", "enclosed", "enumerated")


def test_a_file_that_says_a_branch_was_examined_is_refused():
    d = idempotent()
    d.so(C(t) ** 3, C(t), name="cube")
    branch = on_a_branch(Identity(C(t) ** 3, C(t), HALF_LINE), Identity(C(t) ** 2, C(t), HALF_LINE))
    assert branch is not None
    step = replace(d["cube"], checked=(branch.claim,))
    d.steps[d.steps.index(d["cube"])] = step
    with pytest.raises(InterchangeError):
        Derivation.from_json(d.to_json())


def test_a_saved_step_is_read_and_verified_again():
    d = response()
    d.so(R(t).diff(t), -k * R(t), name="slope")
    again = Derivation.from_json(d.to_json())
    assert again["slope"].checked == d["slope"].checked
    assert again.verify().status == d.verify().status


def test_the_letters_of_a_saved_step_keep_their_names():
    """They are part of what a file says was examined, so another name would refuse every older file."""
    step = in_letters(Identity(C(t) * R(t), R(t) * C(t) + 0 * t, HALF_LINE))
    assert {str(n) for n in step.left.free_symbols} == {"value 1", "value 2"}
