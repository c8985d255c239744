"""Means of powers whose exponent is only known to lie in an interval: their bounds hold, and limits use them."""

import pytest
import sympy as sp
from flint import acb, arb

from derivations import verify
from derivations.engine.routes.enclosures.growth import growth
from derivations.engine.routes.enclosures.points import Frame, UnknownError
from theory import Domain, Identity, LimitStatement
from theory.averages import GaussianMean

x, m = sp.symbols("x m", positive=True)
z, h = sp.symbols("z h", real=True)
REPLICAS = Domain({m: (0, 1), x: (0, 2), h: (-1, 1)})
R = sp.Rational


def interval(low: str, high: str) -> Frame:
    """A frame in which m is any number between two ends, and z is far out."""
    between = acb(arb(low).union(arb(high)))
    return Frame(free=lambda name: name).with_value(m, between).far_out(z)


@pytest.mark.parametrize(("low", "high"), [("0.5", "1.5"), ("-1.5", "-0.5"), ("-0.25", "0.75"), ("0", "0")])
@pytest.mark.parametrize("base", [2 * sp.cosh(z + R(1, 3)), sp.cosh(z) / 9, 1 / sp.cosh(z), sp.exp(z)], ids=str)
def test_bound_holds_for_every_exponent_of_the_interval(base, low, high):
    for side in (1, -1):
        bound = growth(base**m, z, interval(low, high), acb(side))
        for place in (1, 2, 5, R(17, 2), 20):
            limit = (
                bound.scale
                * (1 + arb(float(place))) ** bound.power
                * (bound.rate * float(place) + bound.curvature * float(place) ** 2).exp()
            )
            for exponent in (R(low), (R(low) + R(high)) / 2, R(high)):
                assert float((base.subs(z, side * place) ** exponent).evalf(20)) <= float(limit.upper()) * (1 + 1e-9)


def test_no_bound_where_the_base_may_vanish_under_a_negative_power():
    with pytest.raises(UnknownError):
        growth((sp.cosh(z) - 1) ** m, z, interval("-0.5", "0.5"), acb(1))


def moment(power: int) -> sp.Expr:
    return GaussianMean((2 * sp.cosh(z + h)) ** m * sp.tanh(z + h) ** power, z, x)


def test_moments_of_one_site_tend_to_those_of_one_spin():
    limit = GaussianMean(sp.tanh(z + h) ** 2, z, x)
    claim = LimitStatement(moment(2) / moment(0), limit, REPLICAS, variable=m, point=0)
    assert verify(claim).status == "proved"
    assert verify(claim.replaced(value=GaussianMean(sp.tanh(z + h) ** 4, z, x))).status == "refuted"


@pytest.mark.parametrize("variance", [R(1, 2), R(0)], ids=str)
def test_bound_of_an_inner_mean_holds_for_an_outer_variable(variance):
    u = sp.Symbol("u", real=True)
    node = GaussianMean((2 * sp.cosh(z + u + R(1, 3))) ** R(2, 5), u, variance)
    frame = Frame(free=lambda name: name).far_out(z)
    for side in (1, -1):
        bound = growth(node, z, frame, acb(side))
        for place in (1, 3, 12):
            # The mean is at most that of exp(2 |z + u + 1/3| / 5) 2^(2/5), and at least the body at u = 0 by convexity.
            limit = bound.scale * (1 + arb(place)) ** bound.power * (bound.rate * place).exp()
            below = float(node.body.subs({u: 0, z: side * place}).evalf(20))
            assert below <= float(limit.upper()) * (1 + 1e-9)


def test_a_mean_of_no_variance_inside_a_logarithm_is_the_value_at_zero():
    u = sp.Symbol("u", real=True)
    inner = GaussianMean((2 * sp.cosh(z + u + h)) ** m, u, 0)
    claim = Identity(GaussianMean(sp.log(inner), z, x) / m, GaussianMean(sp.log(2 * sp.cosh(z + h)), z, x), REPLICAS)
    assert verify(claim).status == "proved"
    assert verify(claim.replaced(right=2 * claim.right)).status == "refuted"
