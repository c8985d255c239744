"""Infinite sums in closed form: proved where they converge, and refused where a part of them does not."""

import pytest
import sympy as sp

from derivations.engine.routes.exact import equal
from derivations.engine.routes.normal_forms.field import UnsupportedError
from theory.domain import Domain

k = sp.Symbol("k", integer=True)
q, a, x, b = sp.symbols("q a x b")
DOMAIN = Domain({q: (0, 1), a: (0, 3), x: (-1, 1), b: (0, sp.oo)})
oo, exp, log, pi, factorial = sp.oo, sp.exp, sp.log, sp.pi, sp.factorial


def series(term, low=0):
    return sp.Sum(term, (k, low, oo))


# (sum, value, wrong values)
SERIES = {
    "geometric": (series(q**k), 1 / (1 - q), [1 / (1 + q), q / (1 - q)]),
    "of either sign": (series(x**k), 1 / (1 - x), [1 / (1 + x)]),
    "alternating": (series((-1) ** k * q**k), 1 / (1 + q), [1 / (1 - q)]),
    "late start": (series(q**k, 3), q**3 / (1 - q), [q**2 / (1 - q), 1 / (1 - q)]),
    "early start": (series(q**k, -2), q**-2 / (1 - q), [q**2 / (1 - q)]),
    "mean": (series(k * q**k), q / (1 - q) ** 2, [1 / (1 - q) ** 2, q / (1 - q)]),
    "second moment": (series(k**2 * q**k), q * (1 + q) / (1 - q) ** 3, [q / (1 - q) ** 3]),
    "Bose": (series(exp(-a * b * k), 1), 1 / (exp(a * b) - 1), [1 / (exp(a * b) + 1), 1 / (1 - exp(-a * b))]),
    "exponential": (series(a**k / factorial(k)), exp(a), [exp(-a), exp(a) - 1]),
    "exponential from one": (series(a**k / factorial(k), 1), exp(a) - 1, [exp(a)]),
    "shifted factorial": (series(a**k / factorial(k + 1)), (exp(a) - 1) / a, [exp(a) / a, exp(a)]),
    "Poisson": (series(k**2 * a**k * exp(-a) / factorial(k)), a**2 + a, [a**2, a]),
    "logarithm": (series(q**k / k, 1), -log(1 - q), [log(1 - q), -log(1 + q)]),
    "alternating harmonic": (series((-1) ** (k + 1) / k, 1), log(2), [-log(2), log(3)]),
    "Basel": (series(1 / k**2, 1), pi**2 / 6, [pi**2 / 8, pi**2 / 6 - 1]),
    "Basel from two": (series(1 / k**2, 2), pi**2 / 6 - 1, [pi**2 / 6]),
    "dilogarithm": (series(q**k / k**2, 1), sp.polylog(2, q), [sp.polylog(3, q), sp.polylog(1, q)]),
}


@pytest.mark.parametrize("name", SERIES)
def test_a_series_is_proved_and_wrong_values_are_not(name):
    left, right, wrong = SERIES[name]
    assert equal(left, right, DOMAIN)
    assert not any(equal(left, value, DOMAIN) for value in wrong)


@pytest.mark.parametrize(
    "term",
    [
        1 / k, (-1) ** k, 1 / k - 1 / (k + 1), sp.Integer(1), k * q**-k, (1 + q) ** k, exp(a * k), (-1) ** k * k,
        q**k / k**q,
    ],
    ids=str,
)  # fmt: skip
def test_what_diverges_or_has_no_rule_is_refused(term):
    with pytest.raises(UnsupportedError):
        equal(series(term, 1), sp.S.Zero, DOMAIN)


@pytest.mark.parametrize("ends", [sp.Interval(0, 1), (0, 2), sp.Interval(-1, 0)], ids=str)
def test_a_ratio_that_may_reach_one_is_refused(ends):
    with pytest.raises(UnsupportedError):
        equal(series(q**k), 1 / (1 - q), Domain({q: ends}))


def test_the_logarithm_goes_to_minus_one_and_not_to_one():
    closed = sp.Interval(-1, sp.Rational(1, 2))
    with pytest.raises(UnsupportedError):
        equal(series(q**k / k, 1), -log(1 - q), Domain({q: sp.Interval(0, 1)}))
    with pytest.raises(UnsupportedError):
        equal(series(q**k / k, 1), -log(1 - q), Domain({q: closed}))
