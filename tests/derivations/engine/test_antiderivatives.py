"""Integrals by antiderivatives: proved where F' = f and F is continuous, undecided across poles, jumps and cuts."""

import pytest
import sympy as sp

from derivations import verify
from derivations.engine.routes.certificates.antiderivatives import value_by_antiderivative
from derivations.engine.routes.certificates.integration import prove
from derivations.engine.routes.exact import equal
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.statements import Identity

x, y = sp.symbols("x y", real=True)
t, s, a, w = sp.symbols("t s a w", real=True)
OO, exp, log, sqrt, pi = sp.oo, sp.exp, sp.log, sp.sqrt, sp.pi
DOMAIN = Domain({t: (0, 3), s: (0, 1), a: (sp.Rational(1, 2), 2), w: (-1, 2)})
QUARTIC = exp(-(x**4) - w * x**2)


def over(body, low, high):
    return sp.Integral(body, (x, low, high))


# (integral, value, wrong values)
CLAIMS = {
    "hyperbolic tangent": (over(sp.tanh(x), 0, t), log(sp.cosh(t)), [log(sp.sinh(t)), -log(sp.cosh(t))]),
    "logarithm from its singular end": (over(log(x), 0, t), t * log(t) - t, [t * log(t), t * log(t) + t]),
    "logarithm of a sum": (over(log(1 + x), 0, 1), 2 * log(2) - 1, [2 * log(2), log(2) - 1]),
    "arctangent": (over(1 / (a**2 + x**2), 0, t), sp.atan(t / a) / a, [sp.atan(t / a), sp.atan(a * t) / a]),
    "part of a semicircle": (
        over(sqrt(1 - x**2), 0, s),
        (s * sqrt(1 - s**2) + sp.asin(s)) / 2,
        [(s * sqrt(1 - s**2) - sp.asin(s)) / 2, (s * sqrt(1 - s**2) + sp.acos(s)) / 2],
    ),
    "inverse root": (over(1 / sqrt(1 - x**2), 0, s), sp.asin(s), [sp.acos(s), sp.asin(s) / 2]),
    "Gudermann": (over(1 / sp.cosh(x), 0, t), sp.atan(sp.sinh(t)), [sp.atan(sp.cosh(t)), sp.sinh(t)]),
    "logistic": (over(1 / (1 + exp(-x)), 0, t), log((1 + exp(t)) / 2), [log(1 + exp(t)), t / 2]),
    "power and logarithm": (over(x**a * log(x), 0, 1), -1 / (1 + a) ** 2, [1 / (1 + a) ** 2, -1 / (1 + a)]),
    "line": (over(1 / (x**2 + x + 1), -OO, OO), 2 * pi / sqrt(3), [pi / sqrt(3), 0]),
    "half line": (over(1 / (1 + x) ** 2, 0, OO), sp.S.One, [2, -1]),
    "Fermi": (over(1 / (exp(x) + 1), 0, OO), log(2), [-log(2), 1]),
    "turned round": (over(1 / sp.cosh(x) ** 2, t, 0), -sp.tanh(t), [sp.tanh(t), -sp.coth(t)]),
    "parts over the line": (
        over(x**4 * QUARTIC, -OO, OO),
        over(QUARTIC, -OO, OO) / 4 - w * over(x**2 * QUARTIC, -OO, OO) / 2,
        [over(QUARTIC, -OO, OO) / 4, over(QUARTIC, -OO, OO) / 4 + w * over(x**2 * QUARTIC, -OO, OO) / 2],
    ),
    "derivative of a weight": (
        over(-x * sp.Derivative(exp(x**2 / 2 - x**4 / 4), x), -OO, OO),
        over(exp(x**2 / 2 - x**4 / 4), -OO, OO),
        [-over(exp(x**2 / 2 - x**4 / 4), -OO, OO), 0],
    ),
    "logarithm of a negative integral": (log(over(log(x), 0, 1)), sp.I * pi, [-sp.I * pi, 0]),
}  # fmt: skip


def on_its_domain(left, right):
    names = (left - right).free_symbols
    return Domain({n: c for n, c in DOMAIN.sets.items() if n in names})


@pytest.mark.parametrize("name", CLAIMS)
def test_an_integral_is_proved_and_wrong_values_are_not(name):
    left, right, wrong = CLAIMS[name]
    assert prove([(left, right)], DOMAIN, "claim").outcome == "proves"
    assert [v for v in wrong if prove([(left, sp.sympify(v))], DOMAIN, "claim").outcome == "proves"] == []


@pytest.mark.parametrize("name", ["hyperbolic tangent", "inverse root", "power and logarithm", "line"])
def test_the_verdict_on_such_a_claim(name):
    left, right, wrong = CLAIMS[name]
    assert verify(Identity(left, right, on_its_domain(left, right))).status == "proved"
    assert {verify(Identity(left, sp.sympify(v), on_its_domain(left, sp.sympify(v)))).status for v in wrong} == {
        "refuted"
    }


ACROSS = [
    (over(1 / x, -1, 2), log(2)),
    (over(1 / x, -1, 1), sp.S.Zero),
    (over(1 / x**2, -1, 1), sp.Integer(-2)),
    (over(1 / x**3, -1, 1), sp.S.Zero),
    (over(1 / (1 - x), 0, 2), sp.S.Zero),
    (over(1 / (x**2 - 1), 0, 2), -log(3) / 2),
    (over(1 / (x**2 - 1), 0, OO), sp.S.Zero),
    (over(sp.tan(x), 0, pi), sp.S.Zero),
    (over(sp.tan(x), 0, 2), -log(-sp.cos(2))),
    (over(1 / sp.sinh(x), -1, 1), sp.S.Zero),
    (over(sp.coth(x), -1, 2), log(sp.sinh(2) / sp.sinh(1))),
    (over(1 / x, -t, t), sp.S.Zero),
    (over(1 / (x - s), 0, 1), log((1 - s) / s)),
    (over(1 / x, 0, 1), sp.S.Zero),
    (over(1 / x, 1, OO), sp.S.Zero),
    (over(x ** (-a - 1), 0, 1), -1 / a),
    (over(exp(x), 0, OO), sp.Integer(-1)),
    (over(sp.cos(x), 0, OO), sp.S.Zero),
]


@pytest.mark.parametrize(("left", "right"), ACROSS, ids=str)
def test_an_integral_across_a_pole_or_one_that_diverges_is_never_accepted(left, right):
    assert not equal(left, right, DOMAIN)
    assert prove([(left, right)], DOMAIN, "claim").outcome == "undecided"


@pytest.mark.parametrize(("left", "right"), ACROSS[::3], ids=str)
def test_the_verdict_on_an_integral_across_a_pole_is_not_that_it_holds(left, right):
    assert not verify(Identity(left, right, on_its_domain(left, right))).holds


def test_the_mean_of_an_odd_function_with_a_pole_is_not_zero():
    assert not equal(GaussianMean(1 / x, x, 1), sp.S.Zero, DOMAIN)
    assert equal(GaussianMean(x / (1 + x**2), x, 1), sp.S.Zero, DOMAIN)


@pytest.mark.parametrize(
    ("guess", "integrand", "ends", "value"),
    [
        (2 * sp.atan(sp.tan(x / 2) / sqrt(3)) / sqrt(3), 1 / (2 + sp.cos(x)), (0, 2 * pi), None),
        (sp.atan(2 * sp.tan(x)) / 2, 1 / (4 * sp.sin(x) ** 2 + sp.cos(x) ** 2), (0, pi), None),
        (-sp.atan(1 / x), 1 / (1 + x**2), (-1, 1), None),
        (sp.atan(x) + sp.sign(x), 1 / (1 + x**2), (-1, 1), None),
        (sp.atan(x) + sp.Heaviside(x), 1 / (1 + x**2), (-1, 1), None),
        (log(x) - log(-x), sp.S.Zero, (-1, 1), None),
        (sp.Abs(x), sp.S.One, (-1, 1), None),
        (sqrt(x**2), sp.S.One, (-1, 1), None),
        (log(x), 1 / x, (-2, -1), None),
        (log(-x), 1 / x, (-2, -1), -log(2)),
        (-1 / x, 1 / x**2, (-1, 1), None),
        (x**2, x, (0, 1), None),
        (x ** (w + 1) / (w + 1), x**w, (1, 2), None),
        (x ** (a + 1) / (a + 1), x**a, (0, 1), 1 / (a + 1)),
        (sp.atan(x), 1 / (1 + x**2), (-1, 1), pi / 2),
    ],
    ids=str,
)  # fmt: skip
def test_only_a_continuous_antiderivative_gives_a_value(guess, integrand, ends, value):
    low, high = map(sp.sympify, ends)
    found = value_by_antiderivative(integrand, x, (low, high), Domain({w: (-2, 2), a: (0, 2)}), [guess])
    assert (found is None) == (value is None)
    assert value is None or sp.simplify(found - value) == 0


def test_the_derivative_of_a_step_is_not_integrated_as_zero():
    for body in (sp.Derivative(sp.Heaviside(x), x), sp.Derivative(sp.sign(x), x), sp.Derivative(sp.Abs(x), x, 2)):
        assert prove([(over(body, -1, 1), sp.S.Zero)], DOMAIN, "claim").outcome == "undecided"


def test_an_antiderivative_that_is_wrong_by_a_factor_is_passed_over():
    assert value_by_antiderivative(x, x, (sp.S.Zero, t), DOMAIN, [x**2, x**2 / 2]) == t**2 / 2
