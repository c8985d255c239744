"""Finite geometric sums for every size: closed where the ratio is proved to differ from one, and only there."""

import pytest
import sympy as sp

from derivations.engine.routes.exact import equal
from theory.domain import Domain

k, n, m = sp.symbols("k n m", integer=True)
a, x = sp.symbols("a x")
DOMAIN = Domain({n: sp.Range(2, sp.oo), m: sp.Range(0, sp.oo), a: (0, 3), x: (0, 6)})
pi, exp, cos, sin = sp.pi, sp.exp, sp.cos, sp.sin


def total(term, low, high):
    return sp.Sum(term, (k, low, high))


# (sum, value, wrong values)
SUMS = {
    "roots of unity": (total(exp(2 * pi * sp.I * k / n), 0, n - 1), sp.S.Zero, [1, n]),
    "cosines": (total(cos(2 * pi * k / n), 0, n - 1), sp.S.Zero, [1, -1]),
    "cosines without the first": (total(cos(2 * pi * k / n), 1, n - 1), sp.S.NegativeOne, [0, 1]),
    "squares of sines": (total(sin(pi * k / (n + 1)) ** 2, 1, n), (n + 1) / 2, [n / 2, (n - 1) / 2]),
    "Boltzmann weights": (
        total(exp(-a * k), 0, n), (1 - exp(-a * (n + 1))) / (1 - exp(-a)), [(1 - exp(-a * n)) / (1 - exp(-a))]
    ),
    "Dirichlet": (
        total(exp(sp.I * x * k), 1, n),
        exp(sp.I * x) * (1 - exp(sp.I * x * n)) / (1 - exp(sp.I * x)),
        [(1 - exp(sp.I * x * n)) / (1 - exp(sp.I * x))],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SUMS)
def test_a_sum_is_proved_and_wrong_values_are_not(name):
    left, right, wrong = SUMS[name]
    assert equal(left, right, DOMAIN)
    assert not any(equal(left, sp.sympify(value), DOMAIN) for value in wrong)


@pytest.mark.parametrize(
    "term", [exp(2 * pi * sp.I * k * m / n), exp(2 * pi * sp.I * k * n / (n - 1) / n), cos(2 * pi * k)], ids=str
)
def test_a_ratio_that_may_be_one_does_not_sum_to_zero(term):
    assert not equal(total(term, 0, n - 1), sp.S.Zero, DOMAIN)
