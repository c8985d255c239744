"""The independent oracle: right about what is true, about what is false, and silent where it cannot know."""

from __future__ import annotations

import pytest
import sympy as sp
from mpmath import mp

from derivations.grading.truth import different_at, true_by_oracle
from derivations.oracles.evaluated import evaluator
from derivations.oracles.summation import UnansweredError, integrated, multiplied, summed, within
from theory.averages import ConfigurationSum, GaussianMean
from theory.domain import Domain
from theory.laws import Discrete, MarkovPath
from theory.statements import (
    EnsembleMean,
    EqualUpToTotalDerivative,
    Expansion,
    Identity,
    Inequality,
    LimitStatement,
    PositiveDefinite,
    Proportional,
    Stationarity,
)
from theory.sums import Sigma
from theory.symbols import family

x, y, z = sp.symbols("x y z", real=True)
q = sp.Symbol("q", positive=True)
n = sp.Symbol("n", integer=True, positive=True)
k = sp.Symbol("k", integer=True)
f = sp.Function("f")
s = family("s", integer=True)
UNIT = Domain({x: (0, 1)})
SIZE = Domain({n: sp.Range(1, 6)})
SIZED_UNIT = SIZE.extended(UNIT.sets)
VARIANCE = Domain({q: (0, 2)})

PAIRS = [
    (GaussianMean(sp.erf(sp.sqrt(q) * z) ** 2, z, 1), 2 / sp.pi * sp.asin(2 * q / (1 + 2 * q)), VARIANCE),
    (GaussianMean(z * f(z), z, q), q * GaussianMean(sp.Derivative(f(z), z), z, q), VARIANCE),
    (GaussianMean(sp.Heaviside(z - x), z, 1), sp.erfc(x / sp.sqrt(2)) / 2, UNIT),
    (sp.Integral(sp.exp(-q * sp.Abs(y - x)), (y, -sp.oo, sp.oo)), 2 / q, Domain({x: (0, 1), q: (1, 2)})),
    (sp.Integral(sp.sqrt(y) / (y + 1) ** 2, (y, 0, sp.oo)), sp.pi / 2, Domain({})),
    (sp.Sum(1 / k**2, (k, 1, sp.oo)), sp.pi**2 / 6, Domain({})),
    (Sigma(k**2, (k, 1, n)), n * (n + 1) * (2 * n + 1) / 6, SIZE),
    (ConfigurationSum(sp.exp(x * Sigma(s[k], (k, 1, n))), s, (k, 1, n)), (2 * sp.cosh(x)) ** n, SIZED_UNIT),
    (sp.Derivative(sp.log(sp.cosh(x)), (x, 2)), 1 - sp.tanh(x) ** 2, UNIT),
    (sp.Piecewise((x, x > sp.Rational(1, 2)), (-x, True)) ** 2, x**2, UNIT),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right", "domain"), PAIRS)
def test_what_is_true_is_equal_and_a_slip_is_different(left, right, domain):
    assert true_by_oracle(Identity(left, right, domain), points=2).word == "equal"
    slip = right * (1 + sp.Rational(1, 10**6))
    assert true_by_oracle(Identity(left, slip, domain), points=2).word == "different"


def test_a_difference_between_8_and_25_digits_is_left_open():
    close = x * (1 + sp.Rational(1, 10**15))
    assert true_by_oracle(Identity(x, close, UNIT)).word == "unanswered"


@pytest.mark.parametrize(("order", "word"), [(4, "equal"), (5, "different")])
def test_the_order_of_a_remainder_is_measured(order, word):
    claim = Expansion(sp.sin(x) + x**4, x - x**3 / 6, UNIT, variable=x, order=order)
    assert true_by_oracle(claim).word == word


@pytest.mark.parametrize(("value", "word"), [(sp.Rational(1, 2), "equal"), (sp.Rational(1, 3), "different")])
def test_a_limit_is_approached(value, word):
    claim = LimitStatement((1 - sp.cos(x)) / x**2, value, UNIT, variable=x, point=0)
    assert true_by_oracle(claim).word == word


def test_a_limit_that_is_approached_by_logarithms_is_left_open():
    assert true_by_oracle(LimitStatement(1 / sp.log(x), 0, UNIT, variable=x, point=0)).word == "unanswered"


@pytest.mark.parametrize(("place", "word"), [(2 * x, "equal"), (x, "different")])
def test_a_stationary_point_is_differentiated(place, word):
    domain = Domain({x: (0, 1), y: (0, 3)})
    claim = Stationarity(x * y - y**2 / 4, domain, variables=(y,), at={y: place})
    assert true_by_oracle(claim).word == word


@pytest.mark.parametrize(("bound", "word"), [(1, "equal"), (2, "different")])
def test_positive_eigenvalues_are_compared_with_the_condition(bound, word):
    matrix = sp.Matrix([[1, x], [x, 1]])
    claim = PositiveDefinite(matrix, Domain({x: (0, 3)}), condition=x < bound)
    assert true_by_oracle(claim, points=8).word == word


def test_an_unknown_node_is_left_open():
    assert true_by_oracle(Identity(sp.mathieus(1, 2, x), x, UNIT)).word == "unanswered"


def test_aliased_grids_do_not_agree_by_accident():
    with mp.workdps(36):
        found = integrated(lambda t: mp.exp(-t * t - t / 2), -mp.inf, mp.inf)
        assert abs(found - mp.sqrt(mp.pi) * mp.exp(mp.mpf(1) / 16)) < mp.mpf(10) ** -30


def test_a_divergent_integral_has_no_answer():
    with pytest.raises(UnansweredError), mp.workdps(20):
        integrated(lambda t: 1 / t, 0, mp.inf)


DIVERGENT_SERIES = {
    "growing terms": lambda n: n * mp.mpf("1.3") ** n,
    "harmonic": lambda n: 1 / n,
    "alternating without decay": lambda n: (-1) ** int(n),
    "alternating and growing": lambda n: (-1) ** int(n) * n,
    "too slow to extrapolate": lambda n: 1 / ((n + 1) * mp.log(n + 1) ** 2),
    "wrongly extrapolated": lambda n: mp.log(n) / n**2,
    "asymptotic, quiet for long": lambda n: mp.factorial(n) / mp.mpf(1000) ** n,
    "two laws in turn": lambda n: (1 + (-1) ** int(n)) / n**2,
}


@pytest.mark.parametrize("name", DIVERGENT_SERIES)
def test_a_series_that_does_not_clearly_converge_has_no_answer(name):
    with pytest.raises(UnansweredError), mp.workdps(42), within(20):
        summed(DIVERGENT_SERIES[name], mp.mpf(1), mp.inf)


def test_a_product_that_diverges_has_no_answer():
    with pytest.raises(UnansweredError), mp.workdps(42), within(20):
        multiplied(lambda n: 1 + 1 / n, mp.mpf(1), mp.inf)


CONVERGENT_SERIES = {
    "squares": (lambda n: 1 / n**2, lambda: mp.zeta(2)),
    "alternating": (lambda n: (-1) ** int(n) / n, lambda: -mp.log(2)),
    "alternating roots": (lambda n: (-1) ** int(n) / mp.sqrt(n), lambda: -mp.altzeta(mp.mpf("0.5"))),
    "geometric": (lambda n: mp.mpf("0.9") ** n, lambda: mp.mpf(9)),
    "slow and alternating": (lambda n: mp.mpf("-0.999") ** n / n, lambda: -mp.log(mp.mpf(1) + mp.mpf("0.999"))),
    "waves": (lambda n: mp.cos(n) / n**2, lambda: mp.clcos(2, 1)),
}


@pytest.mark.parametrize("name", CONVERGENT_SERIES)
def test_a_series_that_converges_has_its_value(name):
    term, value = CONVERGENT_SERIES[name]
    with mp.workdps(42), within(20):
        assert mp.almosteq(summed(term, mp.mpf(1), mp.inf), value(), rel_eps=mp.mpf(10) ** -25)


def test_a_reversed_range_has_no_answer():
    with pytest.raises(UnansweredError, match="reversed"):
        summed(lambda t: t, mp.mpf(3), mp.mpf(1))


def test_a_symbol_without_a_value_has_no_answer():
    with pytest.raises(UnansweredError, match="has no value"):
        evaluator(x, {})({})


def test_the_oracle_looks_at_a_point_it_is_given():
    claim = Identity(sp.Max(x, sp.Rational(1, 100)), x, UNIT)
    assert different_at(claim, {x: sp.Rational(1, 1000)})
    assert not different_at(claim, {x: sp.Rational(1, 2)})


def test_a_point_outside_the_domain_counts_for_nothing():
    assert not different_at(Identity(sp.Abs(x), x, UNIT), {x: sp.Integer(-1)})


@pytest.mark.parametrize("function", [lambda t: -t, lambda t: 1 / t, lambda t: mp.exp(t**3), lambda t: 1 + 1 / t**2])
def test_no_quadrature_of_a_divergent_integral_is_believed(function):
    with pytest.raises(UnansweredError), mp.workdps(20):
        integrated(function, 0, mp.inf)


@pytest.mark.parametrize(("power", "value"), [(-sp.Rational(1, 2), 2), (3, sp.Rational(1, 4))])
def test_an_integrable_singularity_has_a_value(power, value):
    assert true_by_oracle(Identity(sp.Integral(y**power, (y, 0, 1)), value, Domain({}))).word == "equal"


@pytest.mark.parametrize(("order", "word"), [(4, "equal"), (5, "different")])
def test_an_expansion_in_two_variables_is_measured_along_a_ray(order, word):
    domain = Domain({x: (0, 1), y: (0, 1)})
    claim = Expansion(sp.exp(x * y) * sp.cos(x), 1 - x**2 / 2 + x * y, domain, variable=(x, y), order=order)
    assert true_by_oracle(claim).word == word


@pytest.mark.parametrize(("order", "word"), [(2, "equal"), (3, "different")])
def test_an_expansion_about_infinity_is_measured_far_away(order, word):
    domain = Domain({x: (1, sp.oo)})
    claim = Expansion(x / (x + 1), 1 - 1 / x, domain, variable=x, order=order, about=sp.oo)
    assert true_by_oracle(claim).word == word


@pytest.mark.parametrize(("bound", "word"), [(x, "equal"), (x - x**2 / 4, "different")])
def test_an_inequality_is_looked_at_in_many_points(bound, word):
    assert true_by_oracle(Inequality(sp.log(1 + x), bound, Domain({x: (0, 3)}))).word == word


def test_a_stationary_point_under_constraints_is_left_open():
    claim = Stationarity(x**2, UNIT, variables=(x,), at={x: 0}, constraints=(x,))
    assert true_by_oracle(claim).word == "unanswered"


p = sp.Symbol("p")
spins, path = sp.IndexedBase("s"), sp.IndexedBase("w")
COIN = {1: sp.Rational(1, 2), -1: sp.Rational(1, 2)}
FLIPS = sp.Matrix([[1 - p, p], [p, 1 - p]])
MEANS = [
    (z, {z: {1: p, -1: 1 - p}}, 2 * p - 1, Domain({p: (0, 1)})),
    (z**4, {z: (p, 2)}, p**4 + 12 * p**2 + 12, Domain({p: (0, 1)})),
    (Sigma(spins[k], (k, 1, n)) ** 2, Discrete(spins, COIN, (k, 1, n)), n, SIZE),
    (path[0] * path[3], MarkovPath(path, 3, initial=COIN, transition=FLIPS), (1 - 2 * p) ** 3, Domain({p: (0, 1)})),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "over", "value", "domain"), MEANS)
def test_a_mean_is_taken_over_every_outcome(expression, over, value, domain):
    assert true_by_oracle(EnsembleMean(expression, value, domain, over=over), points=2).word == "equal"
    assert true_by_oracle(EnsembleMean(expression, value + 1, domain, over=over), points=2).word == "different"


def test_numbers_that_are_no_probabilities_leave_a_mean_open():
    claim = EnsembleMean(z, 4 * p - 1, Domain({p: (1, 2)}), over={z: {1: 2 * p, -1: 1 - 2 * p}})
    assert true_by_oracle(claim).word == "unanswered"


@pytest.mark.parametrize(("sign", "word"), [(-1, "equal"), (1, "different")])
def test_a_change_of_a_field_inside_changes_no_total_derivative(sign, word):
    field = f(x)
    claim = EqualUpToTotalDerivative(
        field.diff(x) ** 2, sign * field * field.diff(x, 2), Domain({}), fields=(field,), coordinates=(x,)
    )
    assert true_by_oracle(claim, points=1).word == word


a = sp.Symbol("a", real=True)
TWO = Domain({x: (-2, 2), a: (0, 2)})
WEIGHT = sp.exp(-((x - a) ** 2) / 2)
VECTOR = sp.Matrix([1, sp.exp(x)])

PROPORTIONAL = [
    (Proportional(WEIGHT, sp.exp(a * x - x**2 / 2), TWO, variables=(x,)), "equal"),
    (Proportional(WEIGHT, sp.exp(a * x - x**2 / 2), TWO), "different"),
    (Proportional(WEIGHT, sp.exp(a * x + x**2 / 2), TWO, variables=(x,)), "different"),
    (Proportional(x + x**2 / 10**6, x, TWO, variables=(x,)), "different"),
    (Proportional(a * x, x, TWO, variables=(x,)), "equal"),
    (Proportional(0 * x + a - a, x, TWO, variables=(x,)), "different"),
    (Proportional(sp.exp(x) * VECTOR, VECTOR, TWO, variables=()), "equal"),
    (Proportional(sp.exp(x) * VECTOR, VECTOR, TWO, variables=(x,)), "different"),
    (Proportional(sp.Matrix([2, 2 * sp.exp(2 * x)]), VECTOR, TWO, variables=()), "different"),
    (Proportional(sp.factorial(n), sp.gamma(n + 1), SIZE), "equal"),
    (Proportional(sp.factorial(n), sp.gamma(n), SIZE), "different"),
]


@pytest.mark.parametrize(("claim", "word"), PROPORTIONAL)
def test_a_constant_ratio_is_the_same_at_every_point(claim, word):
    assert true_by_oracle(claim).word == word


def test_a_variable_that_is_tied_to_others_is_left_open():
    tied = Domain({x: (0, 1), a: (0, 1)}, [x + a < 1])
    assert true_by_oracle(Proportional(x, 2 * x, tied, variables=(x,))).word == "unanswered"


t, V = sp.Symbol("t"), sp.Function("V")
phi, psi = sp.Function("phi")(t, x), sp.Function("psi")(t, x)
JACOBIAN = phi.diff(t) * psi.diff(x) - phi.diff(x) * psi.diff(t)

DENSITIES = [
    (phi.diff(x) ** 2, -phi * phi.diff(x, 2), (phi,), "equal"),
    (phi.diff(x) ** 2, phi * phi.diff(x, 2), (phi,), "different"),
    (phi.diff(x) ** 2, -phi * phi.diff(t, 2), (phi,), "different"),
    (phi.diff(t) * phi.diff(x), -phi * phi.diff(t, x), (phi,), "equal"),
    (JACOBIAN, 0, (phi, psi), "equal"),
    (JACOBIAN + psi * phi.diff(t) / 10**5, 0, (phi, psi), "different"),
    (phi.diff(x) * phi**2, 3 * phi.diff(x, 3), (phi,), "equal"),
    (sp.cos(phi) * phi.diff(t), 7, (phi,), "equal"),
    (V(phi) * phi.diff(t), 0, (phi,), "equal"),
    (V(phi), 0, (phi,), "different"),
    (sp.log(phi) * phi.diff(t, 2), -(phi.diff(t) ** 2) / phi, {phi: (1, 3)}, "equal"),
    (sp.log(phi) * phi.diff(t, 2), phi.diff(t) ** 2 / phi, {phi: (1, 3)}, "different"),
    (t * phi.diff(t), -phi, (phi,), "unanswered"),
    (sp.Derivative(-phi, x) ** 2, -phi * phi.diff(x, 2), (phi,), "equal"),
    (sp.Derivative(-phi, x) ** 2, phi * phi.diff(x, 2), (phi,), "different"),
]


@pytest.mark.parametrize(("left", "right", "fields", "word"), DENSITIES)
def test_integrals_over_a_torus_do_not_feel_a_divergence(left, right, fields, word):
    claim = EqualUpToTotalDerivative(left, right, Domain({}), fields=fields, coordinates=(t, x))
    assert true_by_oracle(claim, points=1).word == word
