"""Two quadratures speak where no ball does; what they say is shown, and accepts or refutes nothing."""

import random
import time

import pytest
import sympy as sp
from mpmath import mp

from derivations.engine.evidence import Evidence
from derivations.engine.routes import two_quadratures
from derivations.engine.routes.question import Question
from derivations.engine.routes.two_quadratures import compared
from derivations.engine.verify import verify
from derivations.oracles.summation import UnansweredError
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.statements import Identity, Inequality

x, z, y = sp.symbols("x z y", real=True)
a = sp.Symbol("a", positive=True)
DOMAIN = Domain({a: (sp.Rational(1, 5), 3)})
MEAN = GaussianMean(sp.besselj(0, a * z), z, 1)
VALUE = sp.exp(-(a**2) / 4) * sp.besseli(0, a**2 / 4)
AIRY = sp.Integral(sp.airyai(x), (x, 0, sp.oo))
NOTHING = (Evidence(route="enclosed", outcome="undecided", reason="no bound"),)


def asked(left, right, domain=DOMAIN, relation="=", found=NOTHING, seconds=30.0):
    return two_quadratures.examine(
        Question(
            pairs=[(left, right)], source=[(left, right)], domain=domain, claim="claim", found=found,
            deadline=time.perf_counter() + seconds, seed=0, relation=relation,
        )
    )  # fmt: skip


def shown(verdict):
    (evidence,) = [e for e in verdict.evidence if e.route == two_quadratures.ROUTE]
    return evidence


@pytest.mark.parametrize(
    ("left", "right", "domain"),
    [
        (MEAN, VALUE, DOMAIN),
        (AIRY, sp.Rational(1, 3), Domain({})),
        (sp.Integral(sp.polylog(2, x), (x, 0, 1)), sp.pi**2 / 6 - 1, Domain({})),
        (MEAN * sp.Function("f")(a), VALUE * sp.Function("f")(a), DOMAIN),
    ],
    ids=str,
)
def test_a_true_claim_without_a_ball_is_supported_and_stays_inconclusive(left, right, domain):
    verdict = verify(Identity(left, right, domain))
    assert verdict.status == "inconclusive"
    assert shown(verdict).outcome == "agrees"
    assert shown(verdict).digits >= 20
    assert "digits" in verdict.reason
    assert "not rigorous" in verdict.reason


@pytest.mark.parametrize(
    "right",
    [-VALUE, 2 * VALUE, VALUE * (1 + a / 10**5), VALUE.subs(a, a + sp.Rational(1, 100)), sp.Integer(1)],
    ids=str,
)
def test_a_wrong_claim_without_a_ball_is_doubted_and_not_refuted(right):
    verdict = verify(Identity(MEAN, right, DOMAIN))
    assert verdict.status == "inconclusive"
    assert verdict.counterexample is None
    assert shown(verdict).outcome == "doubts"
    assert "at a = 1: probably wrong, not proved" in verdict.reason


def test_a_wrong_claim_on_which_they_agree_is_not_accepted():
    verdict = verify(Identity(MEAN, VALUE + sp.Rational(1, 10**40), DOMAIN))
    assert shown(verdict).outcome == "agrees"
    assert verdict.status == "inconclusive"
    assert verdict.holds is None


def test_what_differs_in_digits_that_the_quadratures_do_not_reach_is_left_open():
    (evidence,) = asked(MEAN, VALUE * (1 + sp.Rational(1, 10**14)))
    assert evidence.outcome == "undecided"
    assert "neither" in evidence.reason


def test_a_claim_that_balls_decide_is_not_examined_again():
    for right in (sp.sqrt(sp.E), sp.E):
        verdict = verify(Identity(GaussianMean(sp.exp(z), z, 1), right, Domain({})))
        assert all(e.is_counted for e in verdict.evidence)
    assert asked(MEAN, VALUE, found=(Evidence(route="enclosed", outcome="agrees", points=1),)) == ()


def test_a_claim_without_integrals_is_left_alone():
    assert asked(sp.sin(a), sp.cos(a)) == ()


@pytest.mark.parametrize(
    ("right", "relation", "outcome"),
    [
        (sp.Integer(1), "<", "agrees"),
        (sp.Integer(1), ">=", "doubts"),
        (VALUE - sp.Rational(1, 1000), "<=", "doubts"),
        (VALUE, "<=", "undecided"),
        (VALUE, "<", "undecided"),
    ],
)
def test_an_inequality_without_a_ball_has_its_order_looked_at(right, relation, outcome):
    verdict = verify(Inequality(MEAN, right, DOMAIN, relation=relation))
    assert verdict.status == "inconclusive"
    assert shown(verdict).outcome == outcome


@pytest.mark.parametrize(
    "side",
    [
        sp.Integral(sp.besselj(0, x) / x, (x, 0, 1)),
        sp.Integral(sp.besselj(0, x) / (x - sp.Rational(1, 3)), (x, 0, 1)),
        sp.Integral(sp.airyai(-x) ** 2, (x, 0, sp.oo)),
        GaussianMean(sp.exp(z**2), z, 1),
    ],
    ids=str,
)
def test_an_integral_that_diverges_has_no_value(side):
    for right in (sp.Integer(1), 2 * side):
        for evidence in asked(side, right, Domain({})):
            assert evidence.outcome == "undecided"


def test_two_quadratures_that_differ_say_so():
    point = DOMAIN.sample(random.Random(0), simple=True)
    with mp.workdps(36):
        one, other = mp.mpf(1), mp.mpf(1) + mp.mpf(10) ** -9
        reading = compared((one, other), (one, one), "=", point)
    assert (reading.outcome, reading.reason) == ("undecided", "the two quadratures differ from each other at a = 1")


def test_sides_are_believed_as_far_as_both_quadratures_agree():
    point = DOMAIN.sample(random.Random(0), simple=True)
    with mp.workdps(36):
        one, error = mp.mpf(1), mp.mpf(10) ** -13
        assert compared((one, one + error), (one, one), "=", point).digits == 13
        assert compared((one, one + error), (one + 50 * error, one + 50 * error), "=", point).outcome == "undecided"
        assert compared((one, one), (one + mp.mpf(10) ** -7,) * 2, "=", point).outcome == "doubts"
        with pytest.raises(UnansweredError):
            compared((mp.mpc(0, 1),) * 2, (one, one), "<", point)


SLOW = GaussianMean(GaussianMean(sp.besselj(0, a * z + y), z, 1), y, 1)


def test_it_ends_at_its_time_limit(monkeypatch):
    monkeypatch.setattr(two_quadratures, "SECONDS", 0.3)
    (evidence,) = asked(SLOW, 2 * SLOW)
    assert (evidence.outcome, evidence.points) == ("undecided", 0)


def test_it_ends_at_the_deadline_of_the_claim(monkeypatch):
    monkeypatch.setattr(two_quadratures, "SECONDS", 600.0)
    (evidence,) = asked(SLOW, 2 * SLOW, seconds=0.3)
    assert evidence.reason == "no value within the time given"


def test_nested_integrals_agree_to_fewer_digits():
    square = sp.Integral(sp.besselj(0, x * y), (x, 0, 1), (y, 0, 1))
    (right,) = asked(square, -sp.Integral(sp.besselj(0, x) * sp.log(x), (x, 0, 1)), Domain({}))
    (wrong,) = asked(square, sp.Integer(1), Domain({}))
    assert (right.outcome, wrong.outcome) == ("agrees", "doubts")
    assert 12 <= right.digits < 20
