"""Infinite sums and products against mpmath and closed forms; those that diverge have no value."""

import random

import mpmath
import pytest
import sympy as sp

from derivations import verify
from derivations.engine.routes.enclosures.balls import UnknownError, ball, precision
from derivations.engine.routes.enclosures.points import Frame
from theory import Domain, Identity

k, j = sp.symbols("k j", integer=True)
q = sp.Symbol("q", positive=True)
a, x = sp.symbols("a x", real=True)
n = sp.Symbol("n", integer=True, positive=True)
OO = sp.oo
DOMAIN = Domain({q: (0, 1), a: (1, 3), x: (1, 2), n: sp.Range(1, 4)})
HALF = sp.Rational(1, 2)


def value(expression, point, bits=170):
    with precision(bits):
        return ball(expression, Frame(free=point))


NUMERIC = {
    "algebraic": (sp.Sum(1 / (k**2 + a), (k, 0, OO)), lambda q, a, x, n: lambda k: 1 / (k**2 + a)),
    "root": (sp.Sum(1 / (k * sp.sqrt(k + a)), (k, 1, OO)), lambda q, a, x, n: lambda k: 1 / (k * mpmath.sqrt(k + a))),
    "telescoping": (sp.Sum(1 / k - 1 / (k + a), (k, 1, OO)), lambda q, a, x, n: lambda k: 1 / k - 1 / (k + a)),
    "alternating": (sp.Sum((-1) ** k / (k + a), (k, 0, OO)), lambda q, a, x, n: lambda k: (-1) ** int(k) / (k + a)),
    "sine": (sp.Sum(sp.sin(1 / k) ** 2, (k, 1, OO)), lambda q, a, x, n: lambda k: mpmath.sin(1 / k) ** 2),
    "bessel": (
        sp.Sum((x / 2) ** (2 * k) / (sp.factorial(k) * sp.factorial(k + n)), (k, 0, OO)),
        lambda q, a, x, n: lambda k: (x / 2) ** (2 * k) / (mpmath.factorial(k) * mpmath.factorial(k + n)),
    ),
    "central binomial": (
        sp.Sum(sp.binomial(2 * k, k) * (q / 5) ** k, (k, 0, OO)),
        lambda q, a, x, n: lambda k: mpmath.binomial(2 * k, k) * (q / 5) ** k,
    ),
    "shifted geometric": (sp.Sum(k**n * q**k, (k, 2, OO)), lambda q, a, x, n: lambda k: k**n * q**k),
    "gauss": (sp.Sum(k * sp.exp(-a * k**2 + k), (k, 0, OO)), lambda q, a, x, n: lambda k: k * mpmath.exp(k - a * k**2)),
}


METHODS = {"root": "e"}
"""Richardson's extrapolation is wrong for half-integer powers: there mpmath goes by Euler and Maclaurin."""


@pytest.mark.parametrize("name", NUMERIC)
def test_an_infinite_sum_agrees_with_mpmath(name):
    expression, term = NUMERIC[name]
    rng = random.Random(7)
    for _ in range(2):
        point = DOMAIN.sample(rng)
        found = value(expression, point)
        with mpmath.workdps(40):
            numbers = [mpmath.mpf(point(s).p) / point(s).q for s in (q, a, x)]
            low = int(expression.limits[0][1])
            reference = mpmath.nsum(term(*numbers, int(point(n))), [low, mpmath.inf], method=METHODS.get(name, "r+s"))
            middle = mpmath.mpf(found.real.str(40, radius=False))
            assert abs(middle - reference) < mpmath.mpf(10) ** -12 * (1 + abs(reference))
        assert found.rel_accuracy_bits() > 100
        coarse = value(expression, point, 64)
        with precision(200):
            assert coarse.overlaps(found)


CLAIMS = {
    "fourier cosine": (sp.Sum(sp.cos(k * x) / k**2, (k, 1, OO)), sp.pi**2 / 6 - sp.pi * x / 2 + x**2 / 4),
    "fourier sine": (sp.Sum(sp.sin(k * x) / k, (k, 1, OO)), (sp.pi - x) / 2),
    "both sides": (sp.Sum(1 / (k**2 + a**2), (k, -OO, OO)), sp.pi * sp.coth(sp.pi * a) / a),
    "leibniz": (sp.Sum((-1) ** k / (2 * k + 1), (k, 0, OO)), sp.pi / 4),
    "negative binomial": (sp.Sum(sp.binomial(k + 2, k) * q**k, (k, 0, OO)), (1 - q) ** -3),
    "cosh": (sp.Sum(a ** (2 * k) / sp.factorial(2 * k), (k, 0, OO)), sp.cosh(a)),
    "two indices": (sp.Sum(q**k * a**j / sp.factorial(j), (j, 0, OO), (k, 0, OO)), sp.exp(a) / (1 - q)),
    "derivative": (sp.Derivative(sp.Sum(q**k, (k, 0, OO)), q), 1 / (1 - q) ** 2),
    "sine product": (sp.Product(1 - q**2 / k**2, (k, 1, OO)), sp.sin(sp.pi * q) / (sp.pi * q)),
    "euler": (
        sp.Product(1 - (q / 2) ** k, (k, 1, OO)),
        sp.Sum((-1) ** k * (q / 2) ** (k * (3 * k - 1) / 2), (k, -OO, OO)),
    ),
    "moments": (sp.Sum(k**2 * a**k * sp.exp(-a) / sp.factorial(k), (k, 0, OO)), a + a**2),
    "inside an integral": (
        sp.Integral(sp.Sum((q * x / 3) ** k, (k, 0, OO)), (x, 0, 1)), -3 * sp.log(1 - q / 3) / q,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CLAIMS)
def test_an_infinite_sum_holds_and_its_mutants_are_refuted(name):
    left, right = CLAIMS[name]
    names = left.free_symbols | right.free_symbols
    domain = Domain({s: DOMAIN.sets[s] for s in names})
    assert verify(Identity(left, right, domain)).holds
    assert verify(Identity(left, right * (1 + HALF**20), domain)).status == "refuted"


@pytest.mark.parametrize(
    "expression",
    [
        sp.Sum(1 / k, (k, 1, OO)), sp.Sum(1 / sp.sqrt(k), (k, 1, OO)), sp.Sum(a**k, (k, 0, OO)),
        sp.Sum((-1) ** k, (k, 0, OO)), sp.Sum(sp.cos(k * x), (k, 0, OO)), sp.Sum(k / (k + a), (k, 1, OO)),
        sp.Sum(sp.factorial(k) * q**k, (k, 0, OO)), sp.Sum(sp.exp(q * k**2), (k, 0, OO)), sp.Product(a, (k, 1, OO)),
        sp.Sum(1 / (k - 2) / k, (k, 1, OO)), sp.Sum(sp.log(k) / k**2, (k, 2, OO)), sp.Product(1 + 1 / k, (k, 1, OO)),
        sp.Sum(q**j / k**2, (j, 0, k), (k, 1, OO)), sp.Derivative(sp.Sum(sp.sin(k * x) / k, (k, 1, OO)), x),
        sp.Sum(sp.binomial(2 * k, k) * a**k, (k, 0, OO)),
    ],
    ids=str,
)  # fmt: skip
def test_a_sum_that_diverges_or_is_not_understood_has_no_value(expression):
    try:
        found = value(expression, DOMAIN.sample(random.Random(2)), 128)
    except UnknownError:
        return
    assert not found.is_finite()
