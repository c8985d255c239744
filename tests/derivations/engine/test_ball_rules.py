"""Each ball rule against mpmath at random points, and as an inclusion: a coarse ball contains a fine one."""

import random

import mpmath
import pytest
import sympy as sp
from flint import acb

from derivations.engine.routes.enclosures.balls import BRANCHED, HOLOMORPHIC, UnknownError, ball, precision
from derivations.engine.routes.enclosures.points import Frame, TooLargeError
from theory.averages import ConfigurationSum, GaussianMean
from theory.domain import Domain
from theory.sums import Sigma, unroll

x, y, z = sp.symbols("x y z")
n, i, j = sp.symbols("n i j", integer=True)
s, J = sp.IndexedBase("s"), sp.IndexedBase("J")
DOMAIN = Domain({x: (0, 1), y: (0, 3), n: sp.Range(1, 5)})
RULES = [function(x) for function in (*HOLOMORPHIC, *BRANCHED) if function is not sp.acosh] + [
    sp.acosh(1 + x),
    sp.exp(x),
    sp.log(x),
    sp.sqrt(x),
    x ** sp.Rational(7, 3),
    x**y,
    (-x) ** y,
    sp.Abs(x - sp.Rational(1, 2)),
    sp.sign(x - 2),
    sp.Max(x, y),
    sp.Min(x, y),
    sp.binomial(y, x),
    sp.binomial(n + 3, 2),
    sp.polygamma(1, y),
    sp.pi * x,
    sp.E**x,
    sp.EulerGamma + x,
    sp.log(x, 3),
    sp.Heaviside(x - sp.Rational(1, 3)),
    sp.re(sp.exp(sp.I * x)),
    sp.im(sp.exp(sp.I * x)),
    sp.Piecewise((x, x < sp.Rational(1, 2)), (x**2, True)),
    sp.sqrt(-x),
    sp.log(-x),
    sp.Derivative(sp.sin(x**2), x),
]


def value(expression, point, bits):
    with precision(bits):
        return ball(expression, Frame(free=point))


@pytest.mark.parametrize("expression", RULES, ids=str)
def test_a_ball_contains_the_value_of_mpmath(expression):
    rng = random.Random(5)
    for _ in range(4):
        point = DOMAIN.sample(rng)
        with mpmath.workdps(60):
            plain = expression.doit() if isinstance(expression, sp.Derivative) else expression
            reference = mpmath.mpmathify(plain.subs({x: point(x), y: point(y), n: point(n)}).evalf(60))
            fine = value(expression, point, 190)
            middle = mpmath.mpc(fine.real.str(50, radius=False), fine.imag.str(50, radius=False))
            assert abs(middle - reference) < mpmath.mpf(10) ** -45 * (1 + abs(reference))


@pytest.mark.parametrize("expression", RULES, ids=str)
def test_a_coarse_ball_contains_a_fine_one(expression):
    rng = random.Random(6)
    for _ in range(4):
        point = DOMAIN.sample(rng)
        coarse, fine = value(expression, point, 64), value(expression, point, 256)
        with precision(256):
            assert coarse.overlaps(fine)
            assert not (coarse - fine).abs_lower() > 0


INTEGRALS = {
    "tanh squared": (GaussianMean(sp.tanh(z) ** 2, z, x), lambda v, u: u and mpmath.tanh(mpmath.sqrt(v) * u) ** 2),
    "log cosh": (
        GaussianMean(sp.log(2 * sp.cosh(z)), z, x),
        lambda v, u: mpmath.log(2 * mpmath.cosh(mpmath.sqrt(v) * u)),
    ),
    "exponential": (GaussianMean(sp.exp(2 * z), z, x), lambda v, u: mpmath.exp(2 * mpmath.sqrt(v) * u)),
    "cubic cosh": (GaussianMean(sp.cosh(z) ** 3, z, x), lambda v, u: mpmath.cosh(mpmath.sqrt(v) * u) ** 3),
    "continued": (GaussianMean(sp.cosh(z) ** 2, z, -x), lambda v, u: mpmath.cos(mpmath.sqrt(v) * u) ** 2),
    "error function": (GaussianMean(sp.erf(z) ** 2, z, x), lambda v, u: mpmath.erf(mpmath.sqrt(v) * u) ** 2),
    "rational": (GaussianMean(1 / (1 + z**2), z, x), lambda v, u: 1 / (1 + v * u**2)),
    "rectified": (GaussianMean(sp.Max(z, 0) ** 2, z, x), lambda v, u: max(mpmath.sqrt(v) * u, 0) ** 2),
    "squared exponent": (GaussianMean(sp.exp(z**2 / 4), z, x), lambda v, u: mpmath.exp(v * u**2 / 4)),
}


@pytest.mark.parametrize("name", INTEGRALS)
def test_a_gaussian_mean_agrees_with_another_quadrature(name):
    expression, integrand = INTEGRALS[name]
    point = DOMAIN.sample(random.Random(2))
    found = value(expression, point, 170)
    with mpmath.workdps(40):
        v = mpmath.mpf(point(x).p) / point(x).q
        density = lambda u: mpmath.exp(-(u**2) / 2) / mpmath.sqrt(2 * mpmath.pi)  # noqa: E731
        reference = mpmath.quad(lambda u: density(u) * integrand(v, u), [-25, -10, -4, 0, 4, 10, 25])
        assert abs(mpmath.mpf(found.real.str(40, radius=False)) - reference) < mpmath.mpf(10) ** -20
    assert found.rel_accuracy_bits() > 100


def test_an_integrand_that_outgrows_the_density_has_no_ball():
    with pytest.raises(UnknownError):
        value(GaussianMean(sp.exp(2 * z**2), z, 1), DOMAIN.sample(random.Random(1)), 100)


def test_an_integral_over_a_branch_point_is_right():
    found = value(sp.Integral(sp.sqrt(z), (z, 1, 4)), DOMAIN.sample(random.Random(1)), 128)
    with precision(128):
        assert (found - acb(14) / 3).contains(acb(0))
        assert abs(found - acb(14) / 3) < 1e-30


def test_sums_and_traces_mean_what_unrolling_writes_out():
    rng = random.Random(4)
    couplings = Domain({x: (0, 1), n: sp.Range(1, 4), J: (-3, 3)})
    claim = ConfigurationSum(sp.exp(x * Sigma(J[i] * s[i] * s[i + 1], (i, 1, n))), s, (j, 1, n + 1))
    for _ in range(5):
        point = couplings.sample(rng)
        direct, written = value(claim, point, 128), value(unroll(claim, point), point, 128)
        with precision(128):
            assert (direct - written).contains(acb(0))
            assert abs(direct - written) < 1e-30


def test_a_trace_over_too_many_spins_is_not_written_out():
    large = Domain({n: sp.FiniteSet(20)})
    with pytest.raises(TooLargeError):
        value(ConfigurationSum(s[1], s, (i, 1, n)), large.sample(random.Random(0)), 64)


def test_an_unknown_function_is_no_number():
    with pytest.raises(UnknownError, match="mystery"):
        value(sp.Function("mystery")(x), DOMAIN.sample(random.Random(0)), 64)
