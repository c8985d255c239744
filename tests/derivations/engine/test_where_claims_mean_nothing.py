"""Claims at the edge of their meaning: removable singularities, entries that do not exist, points outside a set."""

import pytest
import sympy as sp

from derivations.engine.verify import verify
from theory.averages import ConfigurationSum, GaussianMean
from theory.domain import Domain
from theory.statements import Expansion, Identity, PositiveDefinite, Stationarity
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


def test_an_expansion_that_a_root_spoils_is_not_proved_by_quotients():
    statement = Expansion(
        (sp.exp(x) - 1) / x + x ** sp.Rational(7, 2), 1 + x / 2, Domain({x: (0, 1)}), variable=x, order=2
    )
    assert verify(statement).status != "proved"


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
