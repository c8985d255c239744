"""Claims at the edge of their meaning: removable singularities, entries that do not exist, points outside a set."""

import pytest
import sympy as sp

from derivations.engine.verify import verify
from theory.averages import ConfigurationSum, GaussianMean
from theory.domain import Domain
from theory.statements import Expansion, Identity, LimitStatement, PositiveDefinite, Stationarity
from theory.sums import Sigma
from theory.symbols import family

x, y, beta = sp.symbols("x y beta", positive=True)
z = sp.Symbol("z", real=True)
n = sp.Symbol("n", integer=True, positive=True)
i = sp.Symbol("i", integer=True)
spin = family("s", real=True)


@pytest.mark.parametrize(
    ("left", "right", "order"),
    [
        ((sp.exp(x) - 1) / x, 1 + x / 2, 2),
        (sp.sin(x) / x, 1 - x**2 / 6, 4),
        ((1 - sp.cos(x)) / x**2, sp.Rational(1, 2) - x**2 / 24, 4),
        (y * (1 / x - 2) / (1 + 1 / x), y * (1 - 3 * x + 3 * x**2), 3),
    ],
)
def test_expansions_about_a_removable_singularity(left, right, order):
    domain = Domain({x: (0, 1), y: (0, 2)})
    assert verify(Expansion(left, right, domain, variable=x, order=order)).status == "proved"
    wrong = verify(Expansion(left, right + x ** (order - 1), domain, variable=x, order=order))
    assert wrong.status == "refuted" and wrong.counterexample is not None


@pytest.mark.parametrize(("power", "holds"), [(sp.Rational(7, 2), True), (sp.Rational(3, 2), False)])
def test_a_root_spoils_an_expansion_only_where_it_is_larger_than_the_remainder(power, holds):
    statement = Expansion((sp.exp(x) - 1) / x + x**power, 1 + x / 2, Domain({x: (0, 1)}), variable=x, order=2)
    assert verify(statement).holds is holds


def test_a_spin_that_does_not_exist_refutes_the_claim():
    domain = Domain({n: sp.Range(1, 5), beta: (0, 1)})
    left = ConfigurationSum(sp.exp(beta * Sigma(spin[i], (i, 1, n))), spin, (i, 1, n))
    right = ConfigurationSum(sp.exp(beta * Sigma(spin[i - 1], (i, 1, n))), spin, (i, 1, n))
    verdict = verify(Identity(left, right, domain))
    assert verdict.status == "refuted"
    assert "lies outside the ranges" in verdict.counterexample.right


def test_a_stationary_point_outside_its_set_is_refuted():
    domain = Domain({x: (0, 1), y: (0, 2)})
    assert verify(Stationarity((x + y) ** 2, domain, variables=(x,), at={x: -y})).status == "refuted"


def test_the_logarithm_of_a_negative_mean_is_no_reason_to_look_away():
    domain = Domain({n: sp.FiniteSet(1, 3)})
    left = sp.log(GaussianMean((2 * sp.cosh(z)) ** n, z, 1))
    right = sp.log(GaussianMean((-2 * sp.cosh(z)) ** n, z, 1))
    assert verify(Identity(left, right, domain)).status == "refuted"


def test_a_wrong_threshold_of_definiteness_is_refuted_at_a_simple_point():
    matrix = sp.Matrix([[1, beta], [beta, 1]])
    domain = Domain({beta: (0, 3)})
    verdict = verify(PositiveDefinite(matrix, domain, condition=beta < 2))
    assert verdict.status == "refuted" and dict(verdict.counterexample) == {beta: 1}
    assert verify(PositiveDefinite(matrix, domain, condition=beta < 1)).holds is True


def test_a_range_that_may_be_empty_is_sampled_where_it_is_not():
    last = sp.Symbol("L", integer=True, positive=True)
    domain = Domain({last: sp.Range(1, sp.oo), i: sp.Range(1, last), x: (0, 1)})
    assert verify(Identity(sp.sin(i * sp.pi) + x, x, domain)).holds is True
    assert verify(Identity(sp.cos(i * sp.pi) + x, x, domain)).status == "refuted"


@pytest.mark.parametrize(
    "claim",
    [
        Identity(sp.prod([n - k for k in range(1, 12)]), 0, Domain({n: sp.Range(1, sp.oo)})),
        Identity(sp.Max(z, 5), 5, Domain({z: (-sp.oo, sp.oo)})),
        Identity(sp.Abs(z - 5) + z, 5, Domain({z: (-10, 10)})),
    ],
)
def test_a_claim_that_holds_near_the_origin_alone_is_refuted(claim):
    assert verify(claim).status == "refuted"


@pytest.mark.parametrize(("left", "order"), [(sp.sqrt(x), 1), (x * sp.log(x), 1), (x ** sp.Rational(5, 2), 3)])
def test_a_remainder_of_fractional_order_is_not_of_the_next_whole_one(left, order):
    assert verify(Expansion(left, 0, Domain({x: (0, 1)}), variable=x, order=order)).holds is not True


def test_a_domain_that_contradicts_the_assumptions_of_its_symbol_is_refused():
    with pytest.raises(ValueError, match="declared positive"):
        Domain({x: (-5, 5)})
    with pytest.raises(ValueError, match="declared integer"):
        Domain({n: (1, 5)})


ROWS = {n: sp.Range(1, sp.oo)}
k = sp.Symbol("k", integer=True)


@pytest.mark.parametrize("weight", [sp.KroneckerDelta(n, 57), sp.prod([n - p for p in range(1, 80)])])
def test_induction_does_not_prove_that_what_starts_at_zero_stays_there(weight):
    assert verify(Identity(weight * Sigma(k, (k, 1, n)), 0, Domain(ROWS))).status != "proved"


def test_induction_still_proves_a_product_by_its_quotients():
    assert verify(Identity(sp.Product(k, (k, 1, n)), sp.factorial(n), Domain(ROWS))).status == "proved"


def test_a_limit_that_fails_at_one_value_of_a_parameter_is_not_proved():
    u, v = sp.symbols("u v", real=True)
    statement = LimitStatement(u / (u**2 + v**2), 0, Domain({u: (-1, 1), v: (-1, 1)}), variable=u, point=0)
    assert verify(statement).status != "proved"


def test_the_branch_at_the_point_does_not_refute_an_expansion_from_above():
    u = sp.Symbol("u", real=True)
    statement = Expansion(sp.Max(u, 0) ** 2, u**2, Domain({u: (0, 1)}), variable=u, order=5)
    assert verify(statement).status != "refuted"


def test_two_equations_for_one_symbol_are_both_respected():
    domain = Domain({x: (0, 1), y: (0, 3)}, [sp.Eq(y, x), sp.Eq(y, 2 * x)])
    assert verify(Identity(y, x, domain)).status == "inconclusive"


def test_a_tiny_difference_is_seen_at_the_finest_precision():
    tiny = sp.Rational(1, 10**300)
    assert verify(Identity(sp.sin(z) + tiny, sp.sin(z), Domain({z: (-5, 5)}))).status == "refuted"


def test_a_failing_corner_of_the_domain_is_visited():
    high = sp.Rational(11, 10)
    claim = Identity(sp.atan(x) + sp.atan(y), sp.atan((x + y) / (1 - x * y)), Domain({x: (0, high), y: (0, high)}))
    assert verify(claim).status == "refuted"


def test_a_refutation_survives_the_search_for_a_repair():
    u, v = sp.symbols("u v", real=True)
    domain = Domain({u: sp.FiniteSet(0, 1, 2), v: sp.FiniteSet(3, 4, 5)})
    assert verify(Identity(u, sp.Piecewise((u, u < 1), (v, True)), domain)).status == "refuted"


@pytest.mark.parametrize("timeout", [float("inf"), float("nan"), -1, None])
def test_a_time_limit_is_a_positive_number_of_seconds(timeout):
    with pytest.raises(ValueError, match="time limit"):
        verify(Identity(x, x, Domain({x: (0, 1)})), timeout=timeout)


def test_statements_that_say_nothing_are_refused_when_they_are_made():
    domain = Domain({x: (0, 1), y: (0, 1)})
    with pytest.raises(TypeError, match="symbol or an entry"):
        Stationarity(x**2, domain, variables=(x,), at={sp.tanh(x): y})
    with pytest.raises(ValueError, match="symmetric"):
        PositiveDefinite(sp.Matrix([[1, x], [0, 1]]), domain)
    with pytest.raises(ValueError, match="square"):
        PositiveDefinite(sp.Matrix([[1, 2]]), Domain({}))
    with pytest.raises(ValueError, match="condition"):
        Identity(x < 1, 1, domain)
    with pytest.raises(ValueError, match="not finite"):
        Identity(sp.zoo, 1, domain)
    with pytest.raises(ValueError, match="does not commute"):
        Domain({sp.Symbol("A", commutative=False): (0, 1)})
