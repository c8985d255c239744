"""Claims about sequences for every size: proved by a recurrence with its first values, and never beside the truth."""

import pytest
import sympy as sp

from derivations.engine.routes.certificates.induction import by_induction
from derivations.engine.routes.exact import equal
from derivations.engine.routes.normal_forms.field import UnsupportedError
from derivations.engine.routes.normal_forms.normal_form import Equation
from theory.domain import Domain
from theory.sums import Sigma

n, m, k = sp.symbols("n m k", integer=True)
x, t, a, b = sp.symbols("x t a b", real=True)
ALL, ONE, TWO = (sp.Range(start, sp.oo) for start in (0, 1, 2))
REST = {x: (-2, 2), t: (0, 3), a: (2, 4), b: (0, 1)}
T, U, F = sp.chebyshevt, sp.chebyshevu, sp.fibonacci
C = sp.binomial
delta = sp.KroneckerDelta
root = sp.sqrt(a**2 - 4 * b**2)
golden, other = (1 + sp.sqrt(5)) / 2, (1 - sp.sqrt(5)) / 2


def chain(size):
    """The determinant of a chain with diagonal a and bonds b."""
    return ((a + root) ** (size + 1) - (a - root) ** (size + 1)) / (2 ** (size + 1) * root)


def proof(left, right, sizes):
    domain = Domain({n: sizes, **REST}) if isinstance(sizes, sp.Set) else Domain({**sizes, **REST})
    try:
        return equal(left, sp.sympify(right), domain)
    except UnsupportedError:
        return ""


# (left, right, sizes, wrong right sides)
CLAIMS = {
    "first kind": (T(n, sp.cos(t)), sp.cos(n * t), ALL, [sp.cos((n + 1) * t), (-1) ** n * sp.cos(n * t)]),
    "second kind": (U(n, sp.cos(t)), sp.sin((n + 1) * t) / sp.sin(t), ALL, [sp.sin(n * t) / sp.sin(t)]),
    "hyperbolic": (T(n, sp.cosh(t)), sp.cosh(n * t), ALL, [sp.sinh(n * t), sp.cosh(n * t) + n * (n - 1)]),
    "Turan": (U(n, x) ** 2 - U(n + 1, x) * U(n - 1, x), 1, ONE, [-1, (-1) ** n, x]),
    "Pell": (T(n, x) ** 2 - (x**2 - 1) * U(n - 1, x) ** 2, 1, ONE, [x**2, (-1) ** n]),
    "doubled": (T(2 * n, x), 2 * T(n, x) ** 2 - 1, ALL, [2 * T(n, x) ** 2 + 1, T(2 * n + 1, x)]),
    "both kinds": (2 * T(n, x), U(n, x) - U(n - 2, x), TWO, [U(n, x) + U(n - 2, x), U(n, x) - U(n - 1, x)]),
    "sum of the second kind": (Sigma(U(2 * k, x), (k, 0, n)), U(n, x) ** 2, ALL, [U(n, x) * U(n + 1, x)]),
    "Hermite": (sp.hermite(n + 1, x), 2 * x * sp.hermite(n, x) - 2 * n * sp.hermite(n - 1, x), ONE,
                [2 * x * sp.hermite(n, x) - 2 * (n + 1) * sp.hermite(n - 1, x)]),
    "Laguerre": (Sigma((-1) ** k * C(n, k) * x**k / sp.factorial(k), (k, 0, n)), sp.laguerre(n, x), ALL,
                 [sp.laguerre(n + 1, x), sp.laguerre(n, -x)]),
    "Fibonacci": (F(n), (golden**n - other**n) / sp.sqrt(5), ALL, [(golden**n + other**n) / sp.sqrt(5), F(n + 1)]),
    "sum of Fibonacci numbers": (Sigma(F(k), (k, 1, n)), F(n + 2) - 1, ALL, [F(n + 2), F(n + 1) - 1]),
    "sum of their squares": (Sigma(F(k) ** 2, (k, 1, n)), F(n) * F(n + 1), ALL, [F(n) * F(n - 1), F(n) ** 2]),
    "Cassini": (F(n + 1) * F(n - 1) - F(n) ** 2, (-1) ** n, ONE, [1, (-1) ** (n + 1)]),
    "chain": (chain(n + 1) ** 2 - chain(n + 2) * chain(n), b ** (2 * n + 2), ONE, [b ** (2 * n), a * b ** (2 * n + 1)]),
    "dimers": (Sigma((-1) ** k * C(2 * n - k, k) * a ** (2 * n - 2 * k) * b ** (2 * k), (k, 0, n)), chain(2 * n), ONE,
               [chain(2 * n + 1), chain(2 * n - 1)]),
    "harmonic": (Sigma(sp.harmonic(k), (k, 1, n)), (n + 1) * sp.harmonic(n) - n, ONE, [n * sp.harmonic(n) - n]),
    "harmonic binomials": (Sigma((-1) ** (k + 1) * C(n, k) / k, (k, 1, n)), sp.harmonic(n), ONE, [sp.harmonic(n - 1)]),
    "two sums": (Sigma(C(n, k) * C(m, k) * 2**k, (k, 0, n)), Sigma(C(n, k) * C(n + m - k, n), (k, 0, n)),
                 {n: ALL, m: ALL}, [Sigma(C(n, k) * C(n + m - k, n), (k, 1, n))]),
    "product to sum": (2 * T(n, x) * T(m, x), T(n + m, x) + T(n - m, x), {m: ALL, n: sp.Range(m, sp.oo)},
                       [T(n + m, x) - T(n - m, x), T(n + m, x) + T(n - m + 1, x)]),
    "convolution": (Sigma(C(n, k) * C(m, 3 - k), (k, 0, 3)), C(n + m, 3), {n: ALL, m: ALL}, [C(n + m, 2)]),
}  # fmt: skip


@pytest.mark.parametrize("name", CLAIMS)
def test_a_claim_is_proved_for_every_size(name):
    left, right, sizes, _ = CLAIMS[name]
    assert proof(left, right, sizes)


@pytest.mark.parametrize("name", CLAIMS)
def test_a_wrong_neighbor_is_not_proved(name):
    left, _, sizes, wrong = CLAIMS[name]
    assert not any(proof(left, value, sizes) for value in wrong)


@pytest.mark.parametrize("name", CLAIMS)
@pytest.mark.parametrize("size", [0, 1, 2, 7, 60])
def test_what_is_wrong_at_one_size_alone_is_not_proved(name, size):
    left, right, sizes, _ = CLAIMS[name]
    if isinstance(sizes, dict) or size >= sizes.inf:
        assert not proof(left, right + delta(n, size), sizes)
        assert not proof(left, right * (1 + delta(n, size)) + delta(n, size) / 7, sizes)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (C(n, 6), 0 * n),  # both are zero at the first six sizes; (n - 5) f(n + 1) = (n + 1) f(n) stops at n = 5
        (sp.FallingFactorial(n, 9), 0 * n),
        (sp.RisingFactorial(-7, n), (-1) ** n * sp.factorial(7) * (1 + 0 * n)),
        (sp.FallingFactorial(7, n), sp.factorial(7) / sp.factorial(7 - n) + C(n, 9)),
        (Sigma(C(k, 6), (k, 0, n)), 0 * n),
        (Sigma(C(n, k) * C(k, 8), (k, 0, n)), 0 * n),
        (sp.Abs(n - 5), 5 - n),
        (sp.sign(n - 20), -1 + 0 * n),
        (sp.Product(1 - k / sp.Integer(30), (k, 1, n)), (-1) ** n * C(n - 31, n) * sp.factorial(n) / 30**n + C(n, 31)),
    ],
)
def test_what_begins_right_and_goes_wrong_is_not_proved(left, right):
    assert not proof(left, right, ALL)


HALF = sp.floor(n / 2)
CYCLE = {
    "dimers on a chain": (Sigma((-1) ** k * C(n - k, k) * (2 * b) ** (n - 2 * k), (k, 0, HALF)), U(n, b)),
    "even flips of a ring": (
        Sigma(C(n, 2 * k) * sp.cosh(t) ** (n - 2 * k) * sp.sinh(t) ** (2 * k), (k, 0, HALF)),
        (sp.exp(t * n) + sp.exp(-t * n)) / 2,
    ),
    "halves": (HALF + sp.ceiling(n / 2), n),
    "up and down": (sp.ceiling(n / 2), sp.floor((n + 1) / 2)),
}


@pytest.mark.parametrize("name", CYCLE)
def test_a_rounded_size_is_proved_by_its_remainders(name):
    left, right = CYCLE[name]
    assert "2 classes" in proof(left, right, ALL)


@pytest.mark.parametrize("name", CYCLE)
@pytest.mark.parametrize(
    "slip",
    [(1 - (-1) ** n) / 2, (1 + (-1) ** n) / 2, delta(n, 0), delta(n, 1), delta(n, 31), n - 2 * HALF, C(n, 9)],
    ids=["odd", "even", "none", "one", "far", "remainder", "later"],
)
def test_what_is_wrong_for_one_remainder_is_not_proved(name, slip):
    left, right = CYCLE[name]
    assert not proof(left, right + slip, ALL)


def test_values_before_the_recurrence_holds_are_looked_at_one_by_one():
    left = Sigma(k * C(n, k), (k, 0, n))  # n S(n + 1) = 2 (n + 1) S(n) says nothing of S(1)
    assert proof(left, n * 2 ** (n - 1), ALL)
    assert not proof(left, n * 2**n, ALL)
    assert not proof(left, 2 * n * 2 ** (n - 1), ALL)


def test_sequences_are_not_continued_to_where_they_are_undefined():
    below = sp.hermite(n - 1, x)
    assert not proof(sp.hermite(n + 1, x), 2 * x * sp.hermite(n, x) - 2 * n * below, ALL)


@pytest.mark.parametrize("stop", [4, 5])
def test_a_range_of_sizes_that_ends_is_part_of_all_sizes(stop):
    equation = Equation(left=T(n, sp.cos(t)), right=sp.cos(n * t), domain=Domain({n: sp.Range(1, stop), t: (0, 3)}))
    assert "order 2" in by_induction(equation)


SPINS = Domain({n: sp.FiniteSet(-1, 1), m: sp.FiniteSet(-1, 1), **REST})


@pytest.mark.parametrize(
    ("left", "right", "wrong"),
    [
        (sp.exp(n * x) / (2 * sp.cosh(x)), (1 + n * sp.tanh(x)) / 2, [(1 - n * sp.tanh(x)) / 2, (1 + sp.tanh(x)) / 2]),
        (sp.exp(n * m * x), sp.cosh(x) + n * m * sp.sinh(x), [sp.cosh(x) + n * sp.sinh(x), sp.exp(x)]),
        (sp.Abs(n + m), 1 + n * m, [1 - n * m, 2 + 0 * n, n + m]),
    ],
)
def test_a_claim_about_spins_is_proved_value_by_value(left, right, wrong):
    assert equal(left, right, SPINS)
    assert not any(equal(left, value, SPINS) for value in wrong)
