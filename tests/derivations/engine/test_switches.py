"""Claims that fail in a small part of their domain only, or at one place, beside those that hold there too."""

import random

import pytest
import sympy as sp

from derivations import verify
from derivations.engine.routes.enclosures.brinks import brinks
from theory import Domain, Identity, PositiveDefinite
from theory.notation import read_claims, read_domain
from theory.sums import Sigma


def status(text: str, where: str) -> str:
    (claim,) = read_claims(text, read_domain(where))
    return verify(claim, fresh=True).status


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("max(0, x - 999/1000) = 0", "x in (0, 1)"),
        ("abs(x - 1/1000) = abs(x) + 1/1000 - heaviside(x)/500", "x in (-1, 1)"),
        ("sqrt((x - 1/1000)^2) = abs(x) + 1/1000 - heaviside(x)/500", "x in (-1, 1)"),
        ("floor(n/1000) = 0", "n in 0..1000"),
        ("floor(y/x) = 0", "x, y in (0, 1), y <= x"),
        ("delta(m, n + 20) = 0", "m, n in 1..100"),
        ("binomial(2*n, n) = (-4)^n*binomial(-1/2, n) + delta(n, 200)", "n in 0..oo"),
        ("atan2(y, x) = atan(y/x) + pi*heaviside(-x)*sign(y)", "x, y in [-1, 1]"),
    ],
)
def test_a_claim_that_fails_in_a_small_part_is_refuted(text: str, where: str) -> None:
    assert status(text, where) == "refuted"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("floor(sin(x)) = 0", "x in (0, pi)"),
        ("sign(x^2 + 1/10^6 - x/500) = 1", "x in (-1, 1)"),
        ("integral(x, 0, oo, sin(a*x)/x) = pi/2", "a in [0, 1)"),
        ("sign(x^2 - 2)^2 = 1", "x in (0, 2)"),
    ],
)
def test_a_claim_that_fails_at_one_place_does_not_hold(text: str, where: str) -> None:
    assert status(text, where) in ("refuted", "inconclusive")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("max(0, x - 1) = 0", "x in (0, 1)"),
        ("floor(n/1000) = 0", "n in 0..999"),
        ("floor(x + 1/2) = 0", "x in [-1/2, 1/2)"),
        ("asin(sin(x)) = x", "x in [-1, 1]"),
        ("atan(x) + atan(y) = atan((x + y)/(1 - x*y))", "x, y in (0, 1)"),
        ("integral(x, 0, oo, sin(a*x)/x) = pi/2", "a in (0, 1)"),
    ],
)
def test_a_claim_that_holds_in_every_part_is_found_to_hold(text: str, where: str) -> None:
    assert status(text, where) in ("proved", "enclosed", "enumerated")


def test_a_condition_at_one_number_is_met() -> None:
    x = sp.Symbol("x")
    one = sp.Piecewise((1, sp.Eq(x, sp.Rational(355, 113))), (0, True))
    assert verify(Identity(one, sp.S.Zero, Domain({x: (0, 9)}))).status == "refuted"


def test_a_condition_of_definiteness_is_tried_at_its_edge() -> None:
    x = sp.Symbol("x")
    claim = PositiveDefinite(sp.Matrix([[1, x], [x, 1]]), Domain({x: (-3, 3)}), condition=x**2 <= 1)
    assert verify(claim).status == "refuted"
    assert verify(claim.replaced(condition=x**2 < 1)).status == "proved"
    irrational = claim.replaced(matrix=sp.Matrix([[2, x], [x, 1]]), condition=x**2 <= 2)
    assert verify(irrational).status == "inconclusive"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("abs(a - 1/1000)^x -> 1 as x -> 0+", "a in (0, 1), x in (0, 1)"),
        ("(cos(a) - 1/2)^2*x -> oo as x -> oo", "a in (0, 2), x > 0"),
    ],
)
def test_a_limit_that_is_another_one_at_one_parameter_does_not_hold(text: str, where: str) -> None:
    assert status(text, where) in ("refuted", "inconclusive")


def test_a_limit_whose_factors_do_not_vanish_is_found() -> None:
    assert status("(cos(a) - 1/2)^2*x -> oo as x -> oo", "a in (0, 1), x > 0") in ("proved", "enclosed")


def test_an_expansion_is_tried_where_a_power_changes_its_place() -> None:
    assert status("x^a = 0 + O(x)", "a in (1 - 1/10^6, 2), x in (0, 1)") == "refuted"
    assert status("x^a = 0 + O(x)", "a in (1, 2), x in (0, 1)") in ("proved", "enclosed")
    assert status("abs(a - 1/1000)^x = 1 + O(x)", "a in (0, 1), x in (0, 1)") in ("refuted", "inconclusive")


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("asin(2*x*sqrt(1 - x^2)) = 2*asin(x)", "x in (0, 707106/10^6)", "x in (0, 70711/10^5)"),
        ("integral(t, 0, 1, abs(t - x)) = x^2 - x + 1/2", "x in (0, 1)", "x in (0, 100001/10^5)"),
        ("integral(t, 0, 1, max(t, x)) = (1 + x^2)/2", "x in (0, 1)", "x in (-1/10^6, 1)"),
        ("integral(t, 0, oo, cos(a*t)/(1 + t^2)) = pi/2*exp(-a)", "a in (0, 3)", "a in (-1/10^6, 3)"),
    ],
)
def test_a_domain_that_reaches_a_little_too_far_is_seen(text: str, right: str, wrong: str) -> None:
    assert status(text, wrong) == "refuted"
    assert status(text, right) in ("proved", "enclosed")


def test_a_logarithm_is_tried_where_its_operand_crosses_the_cut() -> None:
    x = sp.Symbol("x", real=True)
    turned = Identity(sp.log(sp.exp(sp.I * x)), sp.I * x, Domain({x: (0, 3)}))
    assert verify(turned).holds is True
    assert verify(turned.replaced(domain=Domain({x: (0, sp.Rational(3141593, 10**6))}))).status == "refuted"
    root = Identity(sp.sqrt(sp.exp(sp.I * x)), sp.exp(sp.I * x / 2), Domain({x: (0, sp.Rational(3141593, 10**6))}))
    assert verify(root).status == "refuted"


def test_points_close_to_the_ends_lie_in_the_domain() -> None:
    x, y = sp.symbols("x y")
    domain = Domain({x: (0, sp.pi), y: (0, x)}, [x + y < 4])
    found = list(brinks(domain, [domain.sample(random.Random(1))]))
    assert len(found) > 3
    assert all(0 < p(y) < p(x) < 4 - p(y) and p(x) < sp.pi for p in found)
    assert any(p(x) < sp.Rational(1, 10**6) or p(y) < sp.Rational(1, 10**6) for p in found)


def test_sizes_that_agree_or_divide_one_another_are_tried() -> None:
    k, m, n = sp.symbols("k m n", integer=True)
    waves = Sigma(sp.exp(2 * sp.pi * sp.I * k * m / n), (k, 0, n - 1))
    claim = Identity(waves, 0, Domain({n: sp.Range(7, sp.oo), m: sp.Range(1, sp.oo)}))
    assert verify(claim).status == "refuted"
    assert verify(claim.replaced(domain=Domain({n: sp.Range(7, sp.oo), m: sp.Range(1, 7)}))).holds is True


def test_a_claim_that_has_no_value_at_most_points_does_not_count_as_enclosed() -> None:
    x = sp.Symbol("x", real=True)
    claim = Identity(sp.expint(1, x), -sp.Ei(-x), Domain({x: (0, 3)}))
    assert verify(claim).holds is True
    assert verify(claim.replaced(domain=Domain({x: (-9, 3)}))).holds is not True
