"""Integrals of integrals with kinks: orthants, kernels of rectifiers, correlated Gaussians, right and wrong."""

import random

import pytest
import sympy as sp

from derivations import verify
from derivations.engine.routes.enclosures.balls import UnknownError, ball, precision
from derivations.engine.routes.enclosures.points import Frame, TooLargeError
from theory import Domain, Identity
from theory.averages import GaussianMean

x, y = sp.symbols("x y", real=True)
a, b = sp.symbols("a b", positive=True)
OO = sp.oo
PLANE = ((y, -OO, OO), (x, -OO, OO))
DOMAIN = Domain({a: (0, 1), b: (1, 2)})
NORMAL = sp.exp(-(x**2 + y**2) / 2) / (2 * sp.pi)
OTHER = a * x + sp.sqrt(1 - a**2) * y
CORRELATED = sp.exp(-(x**2 - 2 * a * x * y + y**2) / (2 * (1 - a**2))) / (2 * sp.pi * sp.sqrt(1 - a**2))


def value(expression, point, bits=128):
    with precision(bits):
        return ball(expression, Frame(free=point))


CLAIMS = {
    "arcsine law": (sp.Integral(sp.sign(x) * sp.sign(OTHER) * NORMAL, *PLANE), 2 * sp.asin(a) / sp.pi),
    "rectifier kernel": (
        sp.Integral(sp.Max(x, 0) * sp.Max(OTHER, 0) * NORMAL, *PLANE),
        (sp.sqrt(1 - a**2) + a * (sp.pi - sp.acos(a))) / (2 * sp.pi),
    ),
    "orthant": (
        sp.Integral(sp.Heaviside(x) * sp.Heaviside(y) * CORRELATED, *PLANE),
        sp.Rational(1, 4) + sp.asin(a) / (2 * sp.pi),
    ),
    "modulus": (sp.Integral(sp.Abs(x * y) * CORRELATED, *PLANE), 2 * (sp.sqrt(1 - a**2) + a * sp.asin(a)) / sp.pi),
    "cosine of both": (GaussianMean(GaussianMean(sp.cos(x * y / b), x, 1), y, 1), 1 / sp.sqrt(1 + 1 / b**2)),
    "covariance": (sp.Integral(x * y * CORRELATED, *PLANE), a),
    "wedge": (sp.Integral(sp.Piecewise((1, y < b * x), (0, True)) * sp.Heaviside(x) * NORMAL, *PLANE),
              sp.Rational(1, 4) + sp.atan(b) / (2 * sp.pi)),
    "triangle": (sp.Integral(sp.Integral(x * y, (y, 0, 1 - x)), (x, 0, 1)), sp.Rational(1, 24)),
    "Ornstein-Uhlenbeck": (
        sp.Integral(sp.Integral(sp.exp(-sp.Abs(y - x) / a), (y, 0, b)), (x, 0, b)),
        2 * a * b - 2 * a**2 * (1 - sp.exp(-b / a)),
    ),
    "Brownian": (sp.Integral(sp.Integral(sp.Min(x, y) * x * y, (y, 0, b)), (x, 0, b)), 2 * b**5 / 15),
    "maximum": (sp.Integral(sp.Integral(sp.Max(x, y), (y, 0, 1)), (x, 0, 1)), sp.Rational(2, 3)),
    "distance": (sp.Integral(sp.Integral(sp.Abs(x - y), (y, 0, b)), (x, 0, b)), b**3 / 3),
    "distance to the half": (sp.Integral(sp.Integral(sp.Abs(x / 2 - y), (y, 0, x)), (x, 0, b)), b**3 / 12),
    "mean step": (
        GaussianMean(GaussianMean(sp.Heaviside(x + b * y) * sp.Heaviside(x), x, 1), y, 1),
        sp.acos(-1 / sp.sqrt(1 + b**2)) / (2 * sp.pi),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CLAIMS)
def test_a_nested_integral_with_kinks_is_enclosed_tightly(name):
    left, right = CLAIMS[name]
    point = DOMAIN.sample(random.Random(4))
    first, second = value(left, point), value(right, point)
    with precision(128):
        assert (first - second).contains(0)
        assert abs(first - second) < 1e-30


@pytest.mark.parametrize("name", ["arcsine law", "orthant", "covariance", "Ornstein-Uhlenbeck", "Brownian"])
def test_a_wrong_kernel_is_refuted(name):
    left, right = CLAIMS[name]
    names = left.free_symbols | right.free_symbols
    claim = Identity(left, right * (1 + sp.Rational(1, 10**6)), Domain({s: DOMAIN.sets[s] for s in names}))
    assert verify(claim).status == "refuted"


@pytest.mark.parametrize("name", ["triangle", "covariance", "Ornstein-Uhlenbeck", "Brownian", "distance"])
def test_a_right_kernel_holds(name):
    left, right = CLAIMS[name]
    names = left.free_symbols | right.free_symbols
    assert verify(Identity(left, right, Domain({s: DOMAIN.sets[s] for s in names}))).holds


@pytest.mark.parametrize(
    "expression",
    [
        sp.Integral(sp.exp(-(x**2) + 3 * x * y - y**2), *PLANE),
        sp.Integral(sp.sqrt(x + y) * sp.exp(-(x**2) - y**2), *PLANE),
        GaussianMean(GaussianMean(sp.exp(x * y), x, b), y, b),
    ],
    ids=str,
)
def test_a_plane_integral_without_a_proved_bound_has_no_value(expression):
    try:
        found = value(expression, DOMAIN.sample(random.Random(2)), 64)
    except (UnknownError, TooLargeError):
        return
    assert not found.is_finite()
