"""Means and integrals of what has corners or jumps; recurrences of special functions; signs and steps."""

import pytest
import sympy as sp

from derivations.engine.routes.exact import equal
from derivations.engine.routes.normal_forms.field import UnsupportedError
from theory.averages import GaussianMean
from theory.domain import Domain

x, z, a, s, t, mu = sp.symbols("x z a s t mu")
n = sp.Symbol("n", integer=True)
DOMAIN = Domain({x: (-2, 2), a: (0, 3), s: (0, 2), t: (-3, 3), mu: (-2, 2), n: sp.Range(1, sp.oo)})
oo, exp, sqrt, pi, erf, erfc = sp.oo, sp.exp, sp.sqrt, sp.pi, sp.erf, sp.erfc
LINE = (z, -oo, oo)


def mean(body):
    return GaussianMean(body, z, 1)


PHI = exp(-((mu / a) ** 2) / 2) / sqrt(2 * pi)
# (expression, value, wrong values)
CLAIMS = {
    "mean modulus": (mean(sp.Abs(z)), sqrt(2 / pi), [sqrt(pi / 2), 1 / sqrt(2 * pi)]),
    "rectified": (mean(sp.Max(0, z)), 1 / sqrt(2 * pi), [sqrt(2 / pi), 0]),
    "rectified square": (mean(sp.Max(0, a * z) ** 2), a**2 / 2, [a / 2, a**2]),
    "shifted rectified": (
        mean(sp.Max(0, a * z + mu)),
        a * PHI + mu * (1 + erf(mu / (a * sqrt(2)))) / 2,
        [a * PHI + mu * (1 - erf(mu / (a * sqrt(2)))) / 2, a * PHI - mu * (1 + erf(mu / (a * sqrt(2)))) / 2],
    ),
    "threshold": (
        mean(sp.Heaviside(z - a)), erfc(a / sqrt(2)) / 2, [erfc(-a / sqrt(2)) / 2, erfc(a) / 2]
    ),
    "sign and shift": (mean(sp.sign(z + mu)), erf(mu / sqrt(2)), [erf(mu), -erf(mu / sqrt(2))]),
    "odd": (mean(sp.sign(z) * z**2), sp.S.Zero, [1]),
    "Laplace density": (
        sp.Integral(exp(-a * sp.Abs(z)) * sp.cos(t * z), LINE), 2 * a / (a**2 + t**2), [a / (a**2 + t**2)]
    ),
    "Laplace density moved": (sp.Integral(z * exp(-a * sp.Abs(z - mu)), LINE), 2 * mu / a, [mu / a, 2 * mu]),
    "kernel between ends": (
        sp.Integral(exp(-sp.Abs(z - s)), (z, 0, s + a)), 2 - exp(-s) - exp(-a), [2 - exp(-s) + exp(-a), 2 * exp(-s)]
    ),
    "kernel twice": (
        sp.Integral(sp.Integral(exp(-sp.Abs(z - x)), (x, 0, a)), (z, 0, a)), 2 * (a - 1 + exp(-a)),
        [2 * (a + 1 - exp(-a)), a - 1 + exp(-a)],
    ),
    "least of two": (
        sp.Integral(sp.Integral(sp.Min(z, x), (x, 0, a)), (z, 0, a)), a**3 / 3, [a**3 / 6, 2 * a**3 / 3]
    ),
    "a corner that may lie outside": (
        sp.Integral(sp.Abs(z), (z, 0, 1)), sp.Rational(1, 2), [sp.Rational(-1, 2), 1]
    ),
    "quartic weight": (
        sp.Integral(z**2 * exp(-a * z**4), LINE), sp.gamma(sp.Rational(3, 4)) / (2 * a ** sp.Rational(3, 4)),
        [sp.gamma(sp.Rational(3, 4)) / (4 * a ** sp.Rational(3, 4)), sp.gamma(sp.Rational(1, 4)) / 2],
    ),
    "sign of a multiple": (sp.sign(-a * x), -sp.sign(x), [sp.sign(x), -1]),
    "two steps": (sp.Heaviside(x) + sp.Heaviside(-x), sp.S.One, [0, 2]),
    "digamma": (sp.digamma(s + 2), sp.digamma(s) + 1 / s + 1 / (s + 1), [sp.digamma(s) + 1 / s]),
    "trigamma": (sp.polygamma(1, s + 1), sp.polygamma(1, s) - 1 / s**2, [sp.polygamma(1, s) + 1 / s**2]),
    "digamma at whole numbers": (sp.digamma(n + 1) - sp.digamma(n), 1 / n, [1 / (n + 1), -1 / n]),
    "J": (sp.besselj(2, s), 2 * sp.besselj(1, s) / s - sp.besselj(0, s), [2 * sp.besselj(1, s) / s]),
    "J of negative order": (sp.besselj(-3, s), -sp.besselj(3, s), [sp.besselj(3, s)]),
    "I": (sp.besseli(0, s) - sp.besseli(2, s), 2 * sp.besseli(1, s) / s, [-2 * sp.besseli(1, s) / s]),
    "I of negative order": (sp.besseli(-3, s), sp.besseli(3, s), [-sp.besseli(3, s)]),
    "K": (sp.besselk(2, s) - sp.besselk(0, s), 2 * sp.besselk(1, s) / s, [-2 * sp.besselk(1, s) / s]),
    "Y of any order": (
        sp.bessely(mu + 1, s) + sp.bessely(mu - 1, s), 2 * mu * sp.bessely(mu, s) / s, [2 * sp.bessely(mu, s) / s]
    ),
    "product logarithm": (sp.LambertW(s) * exp(sp.LambertW(s)), s, [1, s**2]),
    "twice the product logarithm": (exp(-2 * sp.LambertW(s)), (sp.LambertW(s) / s) ** 2, [s / sp.LambertW(s)]),
}  # fmt: skip


@pytest.mark.parametrize("name", CLAIMS)
def test_a_claim_is_proved_and_wrong_ones_are_not(name):
    left, right, wrong = CLAIMS[name]
    assert equal(left, right, DOMAIN)
    assert not any(equal(left, sp.sympify(value), DOMAIN) for value in wrong)


def test_a_step_with_a_value_of_its_own_at_zero_has_no_rule():
    with pytest.raises(UnsupportedError, match="value of its own"):
        equal(sp.Heaviside(x, 0) + sp.Heaviside(-x, 0), sp.S.One, DOMAIN)


def test_the_sign_of_what_may_be_zero_stays():
    closed = Domain({x: sp.Interval(0, 2)})
    assert not equal(sp.sign(x**2 + x), sp.S.One, closed)
    assert not equal(sp.sign(x) ** 2, sp.S.One, DOMAIN)


def test_a_corner_is_not_crossed_where_its_place_is_not_known():
    inside = (mu**2 + 1) / 2
    assert not equal(sp.Integral(sp.Abs(z - mu), (z, 0, 1)), inside - mu, DOMAIN)
    assert equal(sp.Integral(sp.Abs(z - mu), (z, 0, 1)), mu**2 - mu + sp.Rational(1, 2), Domain({mu: (0, 1)}))


@pytest.mark.parametrize("body", [exp(a * z**4), exp(-mu * z**4), exp(-a * z**3 - z**4), z ** (-2) * exp(-a * z**4)])
def test_a_weight_that_need_not_fall_gives_no_gamma_function(body):
    closed = [sp.gamma(sp.Rational(n, 4)) / k for n in (1, 3, 5) for k in (1, 2, 4)]
    assert not any(equal(sp.Integral(body, (z, 0, oo)), value, DOMAIN) for value in closed)
