"""Proofs along a parameter: right claims, wrong ones, and those where a limit and an integral do not commute."""

import pytest
import sympy as sp

from derivations.engine.routes.certificates.parameters import by_parameter
from derivations.engine.routes.normal_forms.normal_form import Equation
from theory.averages import GaussianMean
from theory.domain import Domain

x, z, y, a, b, q, c = sp.symbols("x z y a b q c")
DOMAIN = Domain({a: (0, 3), b: (0, 3), q: (0, 2), c: (0, 1), y: (-2, 2)})
oo, exp, sqrt, pi, erf, asin = sp.oo, sp.exp, sp.sqrt, sp.pi, sp.erf, sp.asin
HALF, LINE = (x, 0, oo), (x, -oo, oo)


def mean(body, variance=1):
    return GaussianMean(body, z, variance)


def proof(left, right, domain=DOMAIN):
    return by_parameter(Equation(left=left, right=sp.sympify(right), domain=domain))


# (expression, value, wrong values)
CLAIMS = {
    "shifted error function": (mean(erf(a * z + y)), erf(y / sqrt(1 + 2 * a**2)), [erf(y / sqrt(1 + a**2))]),
    "squared error function": (
        mean(erf(z) ** 2, q),
        2 / pi * asin(2 * q / (1 + 2 * q)),
        [asin(2 * q / (1 + 2 * q)), 2 / pi * asin(q / (1 + q)), 2 / pi * asin(2 * q / (1 + 2 * q)) + q],
    ),
    "half a mean": (
        sp.Integral(erf(a * x) * exp(-(x**2)), HALF), sp.atan(a) / sqrt(pi), [sp.atan(a), sp.atan(1 / a) / sqrt(pi)]
    ),
    "arctangent of the inverse": (sp.atan(a) + sp.atan(1 / a), pi / 2, [pi, 0]),
}  # fmt: skip


@pytest.mark.parametrize("name", CLAIMS)
def test_a_claim_is_proved_and_wrong_ones_are_not(name):
    left, right, wrong = CLAIMS[name]
    assert "equal at" in proof(left, right)
    assert not any(proof(left, value) for value in wrong)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (sp.Integral(sp.sin(a * x) / x, HALF), sp.S.Zero),
        (sp.Integral(a * exp(-a * x), HALF), sp.S.Zero),
        (sp.Integral(a / (a**2 + x**2), LINE), sp.S.Zero),
        (sp.Integral(a * x * exp(-a * x**2), HALF), sp.S.Zero),
        (mean(sp.sign(a)), sp.S.Zero),
        (mean(exp(b * z**2) - exp(b * z**2 / 2)), sp.S.Zero),
    ],
    ids=str,
)
def test_a_jump_at_the_base_point_is_not_overlooked(left, right):
    assert not proof(left, right)


def test_a_jump_inside_the_range_is_not_overlooked():
    both = Domain({a: (-3, 3)})
    assert not proof(sp.atan(a) + sp.atan(1 / a), pi / 2, both)
    assert not proof(sp.acos(sp.cos(a)) - a, 0, both)
    assert not proof(sqrt(a**2) - a, 0, both)
    assert not proof(sp.log(a**2) - 2 * sp.log(a), 0, both)
    assert not proof(sp.sign(a), 1, both)


def test_equal_derivatives_without_an_equal_value_prove_nothing():
    assert not proof(mean(erf(a * z + y) + 1), erf(y / sqrt(1 + 2 * a**2)))
    assert not proof(sp.atan(a), sp.atan(a) + 1)


def test_a_heavy_weight_is_not_differentiated_under_its_mean():
    heavy = Domain({b: (0, 1)})
    assert not proof(mean(exp(b * z**2) * erf(z) ** 2), mean(exp(b * z**2) * erf(z) ** 2 + b - b * z * erf(z)), heavy)


@pytest.mark.parametrize(
    "shrinking",
    [
        sp.Integral(1 / x, (x, a, 2 * a)),
        sp.Integral(a / (x**2 + a**2), (x, 0, a)),
        sp.Integral(exp(-((x / a) ** 2)) / a, (x, 0, a)),
        sp.Integral(sp.tanh(x / a) / a, (x, 0, a)),
        mean(sp.sign(z) ** 2, a),
        mean(sp.tanh(z / sqrt(a)) ** 2, a),
    ],
    ids=str,
)
def test_what_keeps_its_value_while_its_range_shrinks_to_nothing_is_not_zero(shrinking):
    assert not proof(shrinking, 0)
