"""Closed forms of integrals and means: proved where they hold, not proved beside it or where a condition is missing."""

import mpmath
import pytest
import sympy as sp

from derivations.engine.routes.exact import equal, normal_form
from theory.averages import GaussianMean
from theory.domain import Domain

z, u, q, a, b, s, t, mu, k, p = sp.symbols("z u q a b s t mu k p")
DOMAIN = Domain({q: (0, 1), a: (0, 3), b: (0, 3), s: (0, 1), t: (2, 3), mu: (-2, 2), k: (-3, 3), p: (-1, 1)})
AT = {q: sp.Rational(1, 3), a: sp.Rational(3, 2), b: sp.Rational(4, 3), s: sp.Rational(2, 5), t: sp.Rational(5, 2),
      mu: sp.Rational(-3, 4), k: sp.Rational(7, 5), p: sp.Rational(1, 3)}  # fmt: skip
oo, pi, exp, sqrt, gamma = sp.oo, sp.pi, sp.exp, sp.sqrt, sp.gamma
density = exp(-((z - mu) ** 2) / (2 * a)) / sqrt(2 * pi * a)
pair = exp(-(z**2 + u**2 - 2 * q * z * u) / (2 * (1 - q**2))) / (2 * pi * sqrt(1 - q**2))


def over(body, *limits):
    return sp.Integral(body, *limits)


LINE, HALF = (z, -oo, oo), (z, 0, oo)
# (integral, value, wrong values)
INTEGRALS = {
    "Gaussian": (over(exp(-a * z**2), LINE), sqrt(pi / a), [sqrt(pi * a), sqrt(pi / a) / 2]),
    "mean of a density": (over(z * density, LINE), mu, [-mu, a]),
    "variance of a density": (over(z**2 * density, LINE), mu**2 + a, [mu**2 - a, a]),
    "characteristic function": (
        over(sp.cos(k * z) * density, LINE),
        exp(-a * k**2 / 2) * sp.cos(k * mu),
        [exp(a * k**2 / 2) * sp.cos(k * mu), exp(-a * k**2) * sp.cos(k * mu), exp(-a * k**2 / 2) * sp.sin(k * mu)],
    ),
    "Laplace of a cosine": (
        over(exp(-a * z) * sp.cos(k * z), HALF),
        a / (a**2 + k**2),
        [k / (a**2 + k**2), a / (a**2 - k**2)],
    ),
    "half moment": (over(z * exp(-a * z**2), (z, -oo, 0)), -1 / (2 * a), [1 / (2 * a), -1 / a]),
    "tail": (
        over(exp(-(z**2) / 2), (z, k, oo)),
        sqrt(pi / 2) * sp.erfc(k / sqrt(2)),
        [sqrt(pi / 2) * sp.erfc(k), sqrt(pi / 2) * sp.erf(k / sqrt(2))],
    ),
    "finite stretch": (
        over(exp(-(z**2)), (z, mu, k)),
        sqrt(pi) / 2 * (sp.erf(k) - sp.erf(mu)),
        [sp.erf(k) - sp.erf(mu)],
    ),
    "Maxwell": (over(z**2 * exp(-(z**2) / 2), HALF), sqrt(pi / 2), [sqrt(pi), sqrt(2 * pi)]),
    "gamma": (over(z ** (s - 1) * exp(-a * z), HALF), gamma(s) / a**s, [gamma(s) * a**s, gamma(s + 1) / a**s]),
    "half-integer gamma": (
        over(z ** (2 * s - 1) * exp(-a * z**2), HALF),
        gamma(s) / (2 * a**s),
        [gamma(s) / a**s, gamma(2 * s) / (2 * a**s)],
    ),
    "beta": (
        over(z ** (a - 1) * (1 - z) ** (b - 1), (z, 0, 1)),
        gamma(a) * gamma(b) / gamma(a + b),
        [gamma(a) * gamma(b) / gamma(a + b + 1), gamma(a + b) / gamma(a) / gamma(b)],
    ),
    "Mellin": (over(z ** (s - 1) / (1 + z), HALF), pi / sp.sin(pi * s), [pi / sp.cos(pi * s), pi * sp.sin(pi * s)]),
    "Student": (
        over((1 + z**2) ** (-t), LINE),
        sqrt(pi) * gamma(t - sp.Rational(1, 2)) / gamma(t),
        [sqrt(pi) * gamma(t + sp.Rational(1, 2)) / gamma(t)],
    ),
    "Cauchy": (over(1 / (a**2 + z**2), LINE), pi / a, [pi / a**2, pi / (2 * a)]),
    "semicircle": (
        over(z**4 * sqrt(4 * a**2 - z**2), (z, -2 * a, 2 * a)),
        4 * pi * a**6,
        [2 * pi * a**6, 4 * pi * a**4],
    ),
    "power": (over(z**p, (z, 0, a)), a ** (p + 1) / (p + 1), [a ** (p + 1), a**p / p]),
    "inverse": (over(1 / z, (z, a, a + b)), sp.log((a + b) / a), [sp.log(a + b), sp.log(a / (a + b))]),
    "polynomial": (over(z**3 + q * z, (z, k, mu)), (mu**4 - k**4) / 4 + q * (mu**2 - k**2) / 2, [(mu**4 - k**4) / 4]),
    "sine": (over(sp.sin(a * z) ** 2, (z, 0, pi / a)), pi / (2 * a), [pi / a, sp.S.Zero]),
    "correlation": (over(z * u * pair, LINE, (u, -oo, oo)), q, [q**2, -q, sqrt(1 - q**2)]),
    "triangle": (over(over(z * u, (u, 0, z)), (z, 0, k)), k**4 / 8, [k**4 / 4, k**3 / 6]),
}
MEANS = {
    "Stein": (
        GaussianMean(z * sp.tanh(z), z, q),
        q * GaussianMean(sp.sech(z) ** 2, z, q),
        [GaussianMean(sp.sech(z) ** 2, z, q)],
    ),
    "hyperbolic squares": (
        GaussianMean(sp.sech(z) ** 4 + sp.tanh(z) ** 2 * sp.sech(z) ** 2, z, q),
        GaussianMean(sp.sech(z) ** 2, z, q),
        [GaussianMean(sp.sech(z) ** 4, z, q), GaussianMean(sp.tanh(z) ** 2, z, q)],
    ),
    "by parts to a Gaussian": (
        GaussianMean(z * sp.erf(z), z, q),
        2 * q / sqrt(pi * (1 + 2 * q)),
        [2 * q / sqrt(pi * (1 + q)), q / sqrt(pi * (1 + 2 * q))],
    ),
    "absorbed Gaussian": (
        GaussianMean(exp(-(z**2)) * sp.tanh(z) ** 2, z, 1),
        GaussianMean(sp.tanh(z) ** 2, z, sp.Rational(1, 3)) / sqrt(3),
        [GaussianMean(sp.tanh(z) ** 2, z, sp.Rational(1, 2)) / sqrt(3)],
    ),
    "shift": (
        GaussianMean(exp(a * z) * sp.erf(z), z, 1),
        exp(a**2 / 2) * GaussianMean(sp.erf(z + a), z, 1),
        [exp(a**2 / 2) * GaussianMean(sp.erf(z - a), z, 1), exp(a**2) * GaussianMean(sp.erf(z + a), z, 1)],
    ),
}
CLAIMS = {**INTEGRALS, **MEANS}


@pytest.mark.parametrize("name", CLAIMS)
def test_a_closed_form_is_proved(name):
    assert equal(*CLAIMS[name][:2], DOMAIN)


@pytest.mark.parametrize("name", CLAIMS)
def test_a_wrong_closed_form_is_not_proved(name):
    assert [wrong for wrong in CLAIMS[name][2] if equal(CLAIMS[name][0], wrong, DOMAIN)] == []


@pytest.mark.parametrize(
    "name", [n for n, c in INTEGRALS.items() if len(c[0].limits) == 1 and not c[0].function.atoms(sp.Integral)]
)
def test_the_normal_form_agrees_with_quadrature(name):
    node = INTEGRALS[name][0]
    (limit,) = node.limits
    value = complex(sp.N(normal_form(node, DOMAIN).subs(AT), 20))
    body = sp.lambdify(limit[0], node.function.subs(AT), "mpmath")
    ends = [
        mpmath.mpf(sp.N(e.subs(AT), 20)) if e.is_finite is not False else mpmath.mpf("inf" if e > 0 else "-inf")
        for e in limit[1:]
    ]
    assert value.real == pytest.approx(float(mpmath.quad(body, ends)), rel=1e-7)
    assert abs(value.imag) < 1e-12


@pytest.mark.parametrize(
    ("body", "limit", "closed"),
    [
        (exp(a * z**2), LINE, sqrt(pi / -a)),
        (exp(-mu * z), HALF, 1 / mu),
        (exp(-k * z**2), LINE, sqrt(pi / k)),
        (z ** (s - 1), HALF, sp.S.Zero),
        (z ** (-s - 1) * exp(-z), HALF, gamma(-s)),
        (z ** (b - 1) / (1 + z), HALF, pi / sp.sin(pi * b)),
        (z ** (a - 2) * (1 - z) ** (b - 1), (z, 0, 1), gamma(a - 1) * gamma(b) / gamma(a + b - 1)),
        (1 / z, (z, mu, k), sp.log(k / mu)),
        (1 / (z**2 - 1), HALF, sp.S.Zero),
    ],
    ids=str,
)
def test_an_integral_that_need_not_exist_gets_no_closed_form(body, limit, closed):
    assert not equal(over(body, limit), closed, DOMAIN)


ODD = {
    "Gaussian": (z * exp(-a * z**2), LINE),
    "step": (sp.erf(k * z) / (1 + z**2), LINE),
    "slow": (z / (a + z**4), LINE),
    "between": (z / (t**2 - z**2), (z, -a / 2, a / 2)),
    "root at the ends": (z / sqrt(a**2 - z**2), (z, -a, a)),
    "not smooth": (sp.sin(z) * sp.Abs(z), (z, -a, a)),
}
ODD_WITHOUT_AN_INTEGRAL = {
    "growing": (z * exp(k * z**2), LINE),
    "plain": (z, LINE),
    "too slow": (z / (a + z**2), LINE),
    "waves": (sp.sin(z), LINE),
    "pole at the ends": (z / (a**2 - z**2), (z, -a, a)),
    "pole at the ends of some ranges": (z / (9 - z**2), (z, -3 * q / s, 3 * q / s)),
    "a part": ((1 + z) / (1 + z**2), LINE),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_integrand_gives_zero(name):
    assert equal(over(*ODD[name]), sp.S.Zero, DOMAIN)
    assert not equal(over(*ODD[name]), sp.S.One, DOMAIN)


@pytest.mark.parametrize("name", ODD_WITHOUT_AN_INTEGRAL)
def test_an_odd_integrand_without_an_integral_gives_no_zero(name):
    for value in (sp.S.Zero, pi):
        assert not equal(over(*ODD_WITHOUT_AN_INTEGRAL[name]), value, DOMAIN)


def test_a_mean_against_a_weight_that_may_be_too_heavy_is_not_absorbed():
    left = GaussianMean(exp(b * z**2 / 2) * sp.tanh(z) ** 2, z, 1)
    assert not equal(left, GaussianMean(sp.tanh(z) ** 2, z, 1 / (1 - b)) / sqrt(1 - b), DOMAIN)
    assert equal(left, GaussianMean(sp.tanh(z) ** 2, z, 1 / (1 - b)) / sqrt(1 - b), Domain({b: (0, 1)}))


def test_a_kink_is_not_integrated_by_parts():
    assert not equal(GaussianMean(z * sp.sign(z), z, 1), sp.S.Zero, DOMAIN)


def test_bound_names_are_never_captured():
    named = sp.Symbol("z", real=True)
    where = Domain({named: (0, 1)})
    assert not equal(GaussianMean(sp.tanh(u + named) ** 2, u, 1), GaussianMean(sp.tanh(2 * u) ** 2, u, 1), where)
    nested = GaussianMean(GaussianMean(sp.tanh(z * u) ** 2, u, 1), z, 1)
    assert not equal(nested, GaussianMean(sp.tanh(z * z) ** 2, z, 1), DOMAIN)
    inner = over(over(sp.tanh(z * u) ** 2, (u, 0, 1)), (z, 0, 1))
    assert not equal(inner, over(sp.tanh(z * z) ** 2, (z, 0, 1)), DOMAIN)
