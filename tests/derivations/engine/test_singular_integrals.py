"""Integrals with singular or far ends: values against mpmath, right and wrong claims, and those that diverge."""

import random

import mpmath
import pytest
import sympy as sp

from derivations import verify
from derivations.engine.routes.enclosures.balls import UnknownError, ball, precision
from derivations.engine.routes.enclosures.points import Frame
from theory import Domain, Identity
from theory.averages import GaussianMean

x, t = sp.symbols("x t", real=True)
a, b = sp.symbols("a b", positive=True)
OO = sp.oo
QUARTER = sp.Rational(1, 4)
DOMAIN = Domain({a: (0, 1), b: (1, 3), t: (-2, 2)})


def value(expression, point, bits=170):
    with precision(bits):
        return ball(expression, Frame(free=point))


CLAIMS = {
    "inverse root": (sp.Integral(1 / sp.sqrt(x), (x, 0, b)), 2 * sp.sqrt(b)),
    "logarithm": (sp.Integral(sp.log(x) ** 2, (x, 0, b)), b * (sp.log(b) ** 2 - 2 * sp.log(b) + 2)),
    "power and logarithm": (sp.Integral(x ** (a - 1) * sp.log(x), (x, 0, 1)), -1 / a**2),
    "both ends": (sp.Integral(1 / sp.sqrt(x * (b - x)), (x, 0, b)), sp.pi),
    "arcsine law": (sp.Integral(1 / sp.sqrt(b**2 - x**2), (x, -b, b)), sp.pi),
    "beta": (sp.Integral(x ** (a - 1) * (1 - x) ** (b - 1), (x, 0, 1)), sp.beta(a, b)),
    "gamma": (sp.Integral(x ** (a - 1) * sp.exp(-x), (x, 0, OO)), sp.gamma(a)),
    "entropy": (sp.Integral(-x * sp.log(x) - (1 - x) * sp.log(1 - x), (x, 0, 1)), sp.Rational(1, 2)),
    "lorentz": (sp.Integral(1 / (x**2 + a**2), (x, -OO, OO)), sp.pi / a),
    "student": (sp.Integral((1 + x**2 / b) ** (-(b + 1) / 2), (x, -OO, OO)), sp.sqrt(b) * sp.beta(b / 2, sp.S.Half)),
    "cauchy transform": (sp.Integral(sp.cos(t * x) / (1 + x**2), (x, -OO, OO)), sp.pi * sp.exp(-sp.Abs(t))),
    "laplace": (sp.Integral(sp.exp(-b * x) * sp.cos(t * x), (x, 0, OO)), b / (b**2 + t**2)),
    "sinc": (sp.Integral(sp.sin(b * x) / x, (x, 0, OO)), sp.pi / 2),
    "fresnel": (sp.Integral(sp.cos(x) / sp.sqrt(x), (x, 0, OO)), sp.sqrt(sp.pi / 2)),
    "bose": (sp.Integral(x**3 / (sp.exp(b * x) - 1), (x, 0, OO)), sp.pi**4 / 15 / b**4),
    "fermi": (sp.Integral(x / (sp.exp(x) + 1), (x, 0, OO)), sp.pi**2 / 12),
    "logistic": (sp.Integral(1 / (4 * b * sp.cosh(x / (2 * b)) ** 2), (x, -OO, OO)), sp.S.One),
    "log sum": (sp.Integral(sp.log(1 + sp.exp(-x)), (x, 0, OO)), sp.pi**2 / 12),
    "frullani": (sp.Integral((sp.exp(-a * x) - sp.exp(-b * x)) / x, (x, 0, OO)), sp.log(b / a)),
    "euler": (-sp.Integral(sp.log(x) * sp.exp(-x), (x, 0, OO)), sp.EulerGamma),
    "laplace density": (sp.Integral(x**2 * sp.exp(-sp.Abs(x) / b) / (2 * b), (x, -OO, OO)), 2 * b**2),
    "log of a square": (GaussianMean(sp.log(x**2), x, b), sp.log(b) - sp.EulerGamma - sp.log(2)),
    "modulus of a root": (
        sp.Integral(sp.exp(-(x**2) / 2) / sp.sqrt(sp.Abs(x)), (x, -OO, OO)), 2**QUARTER * sp.gamma(QUARTER),
    ),
    "gumbel": (sp.Integral(x * sp.exp(-x - sp.exp(-x)), (x, -OO, OO)), sp.EulerGamma),
    "macdonald": (sp.Integral(sp.exp(-b * sp.cosh(x)), (x, 0, OO)), sp.besselk(0, b)),
    "essential": (
        sp.Integral(sp.exp(-b / x - a * x) / x ** sp.Rational(3, 2), (x, 0, OO)),
        sp.sqrt(sp.pi / b) * sp.exp(-2 * sp.sqrt(a * b)),
    ),
    "thermal": (sp.Integral(1 / sp.cosh(x) ** 2, (x, b, OO)), 1 - sp.tanh(b)),
    "Pareto": (sp.Integral(b * x ** (-b - 1) * sp.log(x / a), (x, a, OO)), a ** (-b) / b),
    "logarithm over a square": (sp.Integral(sp.log(x) ** 2 / x**2, (x, 1, OO)), sp.Integer(2)),
    "over a hyperbolic sine": (sp.Integral(x / sp.sinh(x), (x, 0, OO)), sp.pi**2 / 4),
    "hyperbolic tangent over x": (
        sp.Integral(sp.tanh(x) / x, (x, 0, b)),
        sp.Integral(sp.tanh(x) / x, (x, 0, 1)) + sp.Integral(sp.tanh(x) / x, (x, 1, b)),
    ),
    "quartic": (sp.Integral(sp.exp(-(x**4)), (x, -OO, OO)), 2 * sp.gamma(5 * QUARTER)),
    "quartic with a mass": (
        sp.Integral(sp.exp(-(x**4) - b * x**2), (x, -OO, OO)),
        sp.sqrt(b) * sp.exp(b**2 / 8) * sp.besselk(QUARTER, b**2 / 8) / 2,
    ),
    "double well": (
        sp.Integral(sp.exp(b * x**2 - x**4), (x, -OO, OO)),
        sp.pi * sp.sqrt(b) / (2 * sp.sqrt(2)) * sp.exp(b**2 / 8)
        * (sp.besseli(-QUARTER, b**2 / 8) + sp.besseli(QUARTER, b**2 / 8)),
    ),
    "cubic": (
        sp.Integral(x * sp.exp(-a * x**3), (x, 0, OO)),
        sp.gamma(sp.Rational(2, 3)) / (3 * a ** sp.Rational(2, 3)),
    ),
    "tilted": (sp.Integral(sp.exp(x**3 - x**4), (x, -OO, OO)), sp.Integral(sp.exp(-(x**3) - x**4), (x, -OO, OO))),
    "hyperbolic weight": (
        sp.Integral(x ** (a - 1) * (sp.cosh(x) - sp.sinh(x)), (x, 0, OO)), sp.gamma(a),
    ),
    "hyperbolic Gaussian": (
        sp.Integral(sp.cosh(b * x**2) - sp.sinh(b * x**2), (x, -OO, OO)), sp.sqrt(sp.pi / b),
    ),
    "information": (
        sp.Integral(sp.exp(-((x - t) ** 2) / 2) * sp.Derivative(-((x - t) ** 2) / 2, t) ** 2, (x, -OO, OO)),
        sp.sqrt(2 * sp.pi),
    ),
    "logarithm of a negative integral": (
        sp.log(sp.Integral(sp.log(x), (x, 0, 1))), sp.I * sp.pi,
    ),
    "tail": (sp.Integral(sp.exp(-x) / x, (x, b, OO)), sp.expint(1, b)),
}  # fmt: skip


@pytest.mark.parametrize("name", CLAIMS)
def test_an_integral_with_a_singular_or_far_end_is_enclosed_tightly(name):
    left, right = CLAIMS[name]
    rng = random.Random(4)
    for _ in range(2):
        point = DOMAIN.sample(rng)
        first, second = value(left, point), value(right, point)
        with precision(170):
            assert (first - second).contains(0)
            assert abs(first - second) < 1e-30 * (1 + abs(second))


@pytest.mark.parametrize(
    "name",
    [
        "arcsine law",
        "cauchy transform",
        "bose",
        "frullani",
        "log of a square",
        "student",
        "quartic",
        "Pareto",
        "over a hyperbolic sine",
        "double well",
        "hyperbolic weight",
        "information",
    ],
)
def test_a_wrong_value_of_such_an_integral_is_refuted(name):
    left, right = CLAIMS[name]
    names = left.free_symbols | right.free_symbols
    domain = Domain({s: DOMAIN.sets[s] for s in names})
    verdict = verify(Identity(left, right * (1 + sp.Rational(1, 10**9)), domain))
    assert verdict.status == "refuted"


@pytest.mark.parametrize(
    ("expression", "integrand", "places"),
    [
        (sp.Integral(sp.sqrt(x) / (sp.exp(x) - 1), (x, 0, OO)), lambda u: u**0.5 / mpmath.expm1(u), [0, 1, 9, 99]),
        (sp.Integral(sp.log(1 - x) / x, (x, 0, 1)), lambda u: mpmath.log(1 - u) / u, [0, 0.5, 1]),
        (sp.Integral(sp.tanh(x) / (x * (1 + x**2)), (x, 0, OO)), None, None),
        (sp.Integral((sp.cos(x) - 1) / x**2, (x, 0, 3)), lambda u: (mpmath.cos(u) - 1) / u**2, [0, 1, 3]),
    ],
    ids=["root", "logarithm", "no integrand", "cosine"],
)  # fmt: skip
def test_an_integral_agrees_with_another_quadrature_or_has_no_value(expression, integrand, places):
    point = DOMAIN.sample(random.Random(1))
    if integrand is None:
        with pytest.raises(UnknownError):
            value(expression, point, 128)
        return
    with mpmath.workdps(30):
        reference = mpmath.quad(integrand, places)
        found = mpmath.mpf(value(expression, point, 128).real.str(30, radius=False))
        assert abs(found - reference) < mpmath.mpf(10) ** -15


@pytest.mark.parametrize(
    "expression",
    [
        sp.Integral(1 / x, (x, 0, 1)), sp.Integral(1 / x**2, (x, -1, 1)), sp.Integral(x ** (-a - 1), (x, 0, 1)),
        sp.Integral(1 / x, (x, 1, OO)), sp.Integral(sp.sin(x), (x, 0, OO)), sp.Integral(sp.exp(b * x), (x, 0, OO)),
        sp.Integral(x / (1 + x**2), (x, 0, OO)), sp.Integral(1 / (x * sp.log(x)), (x, 0, sp.Rational(1, 2))),
        sp.Integral(1 / (sp.exp(x) - 1), (x, 0, OO)), sp.Integral(1 / (1 - x), (x, 0, 2)), sp.Integral(1, (x, 0, OO)),
        sp.Integral(sp.exp(1 / x), (x, 0, 1)), sp.Integral(sp.exp(sp.exp(-x)), (x, -OO, 0)),
        sp.Integral(sp.tanh(x), (x, 0, OO)), sp.Integral(1 / (1 + sp.exp(-x)), (x, 0, OO)),
        sp.Integral(sp.log(x) / x, (x, 1, OO)), sp.Integral(1 / sp.sinh(x), (x, 0, OO)),
        sp.Integral(sp.log(x) ** 2, (x, 1, OO)), sp.Integral(sp.log(x) ** 2 / sp.sqrt(x), (x, 2, OO)),
        sp.Integral(sp.exp(-(x**3)), (x, -OO, OO)), sp.Integral(sp.exp(x**4 - x**2), (x, -OO, OO)),
        sp.Integral(sp.cosh(x) + sp.sinh(x), (x, 0, OO)), sp.Integral(sp.exp(-(x**5) - x**4), (x, -OO, OO)),
    ],
    ids=str,
)  # fmt: skip
def test_an_integral_that_diverges_has_no_value(expression):
    try:
        found = value(expression, DOMAIN.sample(random.Random(2)), 128)
    except UnknownError:
        return
    assert not found.is_finite()
