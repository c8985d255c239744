"""Equations for functions as premises: what follows from them is proved, and what contradicts them is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sympy as sp

from derivations import Derivation, RefutedStepError
from derivations.engine.undetermined import in_letters
from theory import Domain, Identity

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
