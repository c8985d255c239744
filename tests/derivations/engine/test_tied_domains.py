"""Symbols that bound one another: no point outside their domain refutes a claim, and a part beyond it is seen."""

import random

import pytest
import sympy as sp

from derivations import verify
from derivations.engine.routes.enclosures.comparisons import point_at
from theory import Domain, Expansion, Identity, Inequality, LimitStatement, PositiveDefinite, Proportional, Stationarity

x, y, w = sp.symbols("x y w")
n, k = sp.symbols("n k", integer=True)
R = sp.Rational
UNDER = {x: (0, 1), y: (0, x), w: (0, 1)}
BEYOND = {x: (0, 1), y: (0, x + R(1, 10**6)), w: (0, 1)}
PAIR = sp.Matrix([[x, y], [y, x]])


def claims(sets):
    domain = Domain(sets)
    return {
        "modulus": Identity(sp.Abs(x - y), x - y, domain),
        "maximum": Identity(sp.Max(x, y) ** sp.sqrt(2), x ** sp.sqrt(2), domain),
        "floor": Identity(sp.floor(y / x), 0, domain),
        "limit": LimitStatement(sp.tanh((x - y) / w), 1, domain, variable=w, point=0),
        "expansion": Expansion(sp.sqrt((x - y) ** 2 + w), x - y + w / 2 / (x - y), domain, variable=w, order=2),
        "matrix": PositiveDefinite(PAIR, domain, condition=sp.true),
        "square": Inequality(y**2, x**2, domain, relation="<"),
        "product": Inequality(y * w, x, domain, relation="<"),
    }


@pytest.mark.parametrize("name", claims(UNDER))
def test_a_claim_that_holds_where_one_symbol_bounds_another_is_not_refuted(name: str) -> None:
    assert verify(claims(UNDER)[name]).holds is not False


@pytest.mark.parametrize("name", ["modulus", "maximum", "floor", "limit", "expansion", "matrix"])
def test_a_claim_that_fails_just_beyond_that_bound_is_refuted(name: str) -> None:
    assert verify(claims(BEYOND)[name]).status == "refuted"


def test_a_constraint_that_reaches_a_little_too_far_is_seen() -> None:
    claim = Identity(sp.Abs(x - y), x - y, Domain({x: (0, 1), y: (0, 1)}, [y < x]))
    assert verify(claim).holds is True
    wide = claim.replaced(domain=Domain({x: (0, 1), y: (0, 1)}, [y < x + R(1, 10**6)]))
    assert verify(wide).status == "refuted"


def test_a_stationary_point_beyond_a_bound_that_moves_is_refuted() -> None:
    claim = Stationarity((w - y) ** 2, Domain({x: (0, 1), y: (0, x), w: (0, x)}), variables=(w,), at={w: y})
    assert verify(claim).holds is True
    assert verify(claim.replaced(domain=Domain({x: (0, 1), y: (0, 2 * x), w: (0, x)}))).status == "refuted"


def test_deltas_of_tied_indices() -> None:
    below = Identity(sp.KroneckerDelta(n, k), 0, Domain({n: sp.Range(1, sp.oo), k: sp.Range(0, n)}))
    assert verify(below).holds is True
    assert verify(below.replaced(domain=Domain({n: sp.Range(1, sp.oo), k: sp.Range(0, n + 1)}))).status == "refuted"


def test_a_given_value_outside_a_tied_set_makes_no_point() -> None:
    domain = Domain({x: (0, 1), y: (0, x)})
    assert point_at(domain, {x: R(1, 2), y: R(1, 3)}) is not None
    assert point_at(domain, {x: R(1, 4), y: R(1, 3)}) is None
    with pytest.raises(ValueError, match="no point"):
        domain.sample(random.Random(0), fixed={x: R(1, 4), y: R(1, 3)})


def test_a_narrow_interval_has_a_simple_point_at_once() -> None:
    narrow = Domain({x: (1, 1 + R(1, 10**12))})
    assert narrow.sample(random.Random(0), simple=True)(x) == R(10**12 + 2, 10**12 + 1)
    assert Domain({x: (R(1, 3), R(1, 2))}).sample(random.Random(0), simple=True)(x) == R(2, 5)


def with_end(closed: bool):
    below = sp.Interval(0, x) if closed else sp.Interval.open(0, x)
    domain = Domain({x: (0, 1), y: below, w: (0, 1)})
    return {
        "sign": Identity(sp.sign(y), 1, domain),
        "step": Identity(sp.Heaviside(y), 1, domain),
        "branch": Identity(sp.Piecewise((1, y > 0), (0, True)), 1, domain),
        "constant": Proportional(y * w, w, domain, variables=(w,)),
        "limit": LimitStatement(sp.tanh(y / w), 1, domain, variable=w, point=0),
        "expansion": Expansion(sp.sqrt(y + w), sp.sqrt(y), domain, variable=w, order=1),
        "inequality": Inequality(0, y, domain, relation="<"),
    }


@pytest.mark.parametrize("name", with_end(True))
def test_an_end_that_belongs_to_a_set_with_a_symbol_counts(name: str) -> None:
    assert verify(with_end(False)[name]).holds is not False
    assert verify(with_end(True)[name]).holds is not True
