"""Derivatives of what has corners and jumps: SymPy's ``diff`` leaves jumps out, and gives corners a slope."""

import pytest
import sympy as sp
from sympy import Abs, DiracDelta, Heaviside, Max, Piecewise, exp, oo, pi, sign, sqrt

from derivations import verify
from derivations.engine.routes.jumps import LostJumpError, corners, slope
from theory import Domain, EqualUpToTotalDerivative, Expansion, Identity, LimitStatement, Stationarity
from theory.averages import GaussianMean

x, y, t, z = sp.symbols("x y t z", real=True)
v = sp.Symbol("v", positive=True)
R, D = sp.Rational, sp.Derivative
STEP = Piecewise((1, t < x), (0, True))
BELOW = Piecewise((1, z < x), (0, True))
RAMP = Piecewise((z, z > 0), (0, True))
AROUND = Domain({x: (-1, 1)})
SIZES = Domain({v: (0, 3)})
phi = sp.Function("phi")(t)


def mean(body, variance=1):
    return GaussianMean(body, z, variance)


@pytest.mark.parametrize(
    "claim",
    [
        Identity(D(sp.Integral(STEP, (t, 0, 1)), x), 0, Domain({x: (0, 1)})),
        Identity(D(sp.Integral(STEP * exp(t), (t, 0, 1)), x), 0, Domain({x: (0, 1)})),
        Identity(D(mean(BELOW), x), 0, AROUND),
        Identity(D(mean(RAMP, v), v), 0, SIZES),
        Identity(D(mean(Piecewise((1, z > 1), (0, True)), v), v), 0, SIZES),
        Identity(sp.Integral(D(Heaviside(t - x), t), (t, 0, 1)), 0, Domain({x: (0, 1)})),
        Identity(sp.Integral(D(Abs(t - x), t, 2), (t, 0, 1)), 0, Domain({x: (0, 1)})),
        Identity(mean(D(Heaviside(z - x), z)), 0, AROUND),
        Expansion(mean(RAMP, v), 1 / sqrt(2 * pi), SIZES, variable=v, order=2, about=1),
        Expansion(mean(Piecewise((1, z > 1), (0, True)), v), mean(Piecewise((1, z > 1), (0, True))), SIZES,
                  variable=v, order=2, about=1),
        Expansion(sp.Integral(Piecewise((1, t < 1), (2, True)), (t, 0, x)), 1 + 2 * (x - 1), Domain({x: (0, 2)}),
                  variable=x, order=2, about=1),
        LimitStatement((mean(BELOW) - mean(Piecewise((1, z < 0), (0, True)))) / x, 0, Domain({x: (0, 1)}),
                       variable=x, point=0),
        Stationarity(mean(BELOW) + x**2, AROUND, variables=(x,), at={x: 0}),
        Stationarity(sp.Integral(STEP, (t, -1, 1)) + x**2, AROUND, variables=(x,), at={x: 0}),
        EqualUpToTotalDerivative(Piecewise((1, phi > 0), (0, True)), 0, Domain({}), fields=(phi,), coordinates=(t,)),
    ],
)  # fmt: skip
def test_a_claim_that_leaves_a_jump_out_does_not_hold(claim) -> None:
    assert verify(claim).holds is not True


@pytest.mark.parametrize(
    "claim",
    [
        Identity(D(sp.Integral(STEP, (t, 0, 1)), x), 1, Domain({x: (0, 1)})),
        Identity(D(mean(BELOW), x), exp(-(x**2) / 2) / sqrt(2 * pi), AROUND),
        Identity(D(mean(RAMP, v), v), 1 / sqrt(8 * pi * v), SIZES),
        Identity(sp.Integral(t * D(Heaviside(t - x), t), (t, 0, 1)), x, Domain({x: (0, 1)})),
        Identity(sp.Integral(D(Abs(t - x), t, 2), (t, 0, 1)), 2, Domain({x: (0, 1)})),
        Expansion(mean(RAMP, v), (1 + (v - 1) / 2) / sqrt(2 * pi), SIZES, variable=v, order=2, about=1),
    ],
)
def test_a_claim_that_counts_the_jump_is_not_refuted(claim) -> None:
    assert verify(claim).holds is not False


@pytest.mark.parametrize(
    ("function", "derivative"),
    [
        (Max(x, 0), Piecewise((1, x > 0), (0, True))),
        (Max(x, 0), Piecewise((1, x >= 0), (0, True))),
        (Abs(x), Piecewise((1, x >= 0), (-1, True))),
        (x * Abs(x), 2 * Abs(x)),
        (Piecewise((x, x < 0), (2 * x, True)), Piecewise((1, x < 0), (2, True))),
    ],
)
def test_a_derivative_has_no_value_at_a_corner(function, derivative) -> None:
    assert verify(Identity(D(function, x, evaluate=False), derivative, AROUND)).holds is True
    assert verify(Identity(D(function, x, evaluate=False), derivative + 1, AROUND)).holds is False


def test_a_kinked_integrand_is_differentiated_before_it_is_taken_apart() -> None:
    domain = Domain({x: (0, 1)})
    assert verify(Identity(sp.Integral(D(Abs(t - x), t), (t, 0, 1)), 1 - 2 * x, domain)).holds is True
    assert verify(Identity(sp.Integral(D(Abs(t - x), t), (t, 0, 1)), 1 - x, domain)).holds is False
    assert verify(Identity(mean(D(Max(z - x, 0), z)), sp.erfc(x / sqrt(2)) / 2, domain)).holds is True
    assert verify(Identity(mean(D(Max(z - x, 0), z)), sp.erfc(-x / sqrt(2)) / 2, domain)).holds is False


@pytest.mark.parametrize(
    "action", [Abs(x), sqrt(x**2), Max(x, -x), x**2 + Abs(x), Piecewise((x**2, x <= 0), (x, True)), Max(x, -2 * x)]
)
def test_an_action_is_not_stationary_at_a_corner(action) -> None:
    assert verify(Stationarity(action, Domain({x: (-3, 3)}), variables=(x,), at={x: 0})).holds is not True


def test_a_corner_that_moves_with_a_parameter_is_seen() -> None:
    domain = Domain({x: (-3, 3), y: (-3, 3)})
    assert verify(Stationarity(Abs(x - y), domain, variables=(x,), at={x: y})).holds is not True
    assert verify(Stationarity(Abs(x) + y, domain, variables=(x, y), at={x: 0, y: 0}, constraints=(y,))).holds is None


@pytest.mark.parametrize("action", [x * Abs(x), Max(x, 0) ** 2, Abs(x) ** 3])
def test_an_action_whose_slope_is_continuous_is_stationary_at_its_corner(action) -> None:
    domain = Domain({x: (-3, 3)})
    assert verify(Stationarity(action, domain, variables=(x,), at={x: 0})).holds is True
    assert verify(Stationarity(action, domain, variables=(x,), at={x: 1})).holds is False


def test_the_median_is_found_and_another_point_refuted() -> None:
    domain = Domain({x: (-3, 3)})
    assert verify(Stationarity(mean(Abs(z - x)), domain, variables=(x,), at={x: 0})).holds is True
    assert verify(Stationarity(mean(Abs(z - x)), domain, variables=(x,), at={x: 1})).holds is False


def test_slopes_that_lose_no_jump_are_those_of_sympy() -> None:
    smooth = sp.Integral(exp(-x * t), (t, 0, oo))
    assert slope(smooth, x) == sp.diff(smooth, x)
    assert slope(Heaviside(x), x) == DiracDelta(x)
    assert slope(sp.Integral(Piecewise((x, t < 1), (x**2, True)), (t, 0, 2)), x).has(Piecewise)
    with pytest.raises(LostJumpError, match="over branches"):
        slope(sp.Integral(STEP, (t, 0, 1)), x)
    with pytest.raises(LostJumpError):
        slope(STEP, t, integrated=True)


def test_corners_under_an_integral_are_none_of_the_whole() -> None:
    assert list(corners(sp.Integral(Abs(t - x), (t, 0, 1)))) == []
    assert set(corners(Abs(x) * sign(y - 1) + Max(x, y))) == {x, y - 1, x - y}
