"""What the exact route must not prove, must prove, and how each of its rules behaves at its edge."""

import pytest
import sympy as sp

from derivations.engine.routes.exact import equal, vanishes
from derivations.engine.routes.normal_forms.field import UnsupportedError
from theory.averages import ConfigurationSum, GaussianMean
from theory.domain import Domain
from theory.sums import Inside, Sigma

x, y, q, u, z = sp.symbols("x y q u z")
n, m, L, k, i, a = sp.symbols("n m L k i a", integer=True)
f, s = sp.IndexedBase("f"), sp.IndexedBase("s")
POSITIVE, SIGNED = Domain({x: (0, 5)}), Domain({x: (-5, 5)})
SIZES = Domain(
    {
        n: sp.Range(1, sp.oo),
        m: sp.Range(1, sp.oo),
        L: sp.Range(1, sp.oo),
        f: sp.S.Reals,
        q: (0, 1),
        x: (0, 5),
        y: (-5, 5),
    }
)


@pytest.mark.parametrize("expression", [sp.sqrt(x**2) - x, sp.log(x**2) - 2 * sp.log(x), sp.Abs(x) - x], ids=str)
def test_branches_are_split_only_where_a_sign_is_known(expression):
    assert vanishes(expression, POSITIVE)
    assert not vanishes(expression, SIGNED)


def test_a_closed_end_at_zero_is_not_positive():
    closed = Domain({x: sp.Interval(0, 5)})
    assert not vanishes(sp.sign(x) - 1, closed)
    assert vanishes(sp.sign(x) - 1, POSITIVE)


def test_a_product_of_unknown_signs_keeps_its_root():
    both = Domain({x: (-2, 2), y: (-2, 2)})
    assert not equal(sp.sqrt(x * y), sp.sqrt(x) * sp.sqrt(y), both)
    assert not equal(sp.log(x * y), sp.log(x) + sp.log(y), both)


def test_roots_of_unity_of_several_orders_meet():
    assert equal(sp.exp(sp.I * sp.pi / 3), sp.Rational(1, 2) + sp.I * sp.sqrt(3) / 2, Domain({}))
    assert equal(sp.exp(sp.I * sp.pi / 4) ** 2, sp.I, Domain({}))


def test_fractional_exponents_find_a_common_order():
    assert equal(x ** sp.Rational(1, 2) * x ** sp.Rational(1, 3), x ** sp.Rational(5, 6), POSITIVE)
    assert not equal(x ** sp.Rational(1, 2) * x ** sp.Rational(1, 3), x ** sp.Rational(2, 3), POSITIVE)


def test_a_gaussian_in_the_denominator_is_recognized():
    left = GaussianMean(sp.exp(-(z**2) / 2) / (1 + q), z, 1)
    assert equal(left, 1 / (sp.sqrt(2) * (1 + q)), SIZES)


def test_a_mean_that_does_not_exist_gets_no_closed_form():
    assert not equal(GaussianMean(sp.exp(z**2), z, 1), 1 / sp.sqrt(-1 + 0 * x), POSITIVE)


def test_a_hidden_zero_in_a_denominator_is_refused():
    hidden = sp.sin(y) ** 2 + sp.cos(y) ** 2 - 1
    with pytest.raises(UnsupportedError):
        vanishes(1 / hidden - 1 / hidden**2, Domain({y: (-1, 1)}))


def test_whole_exponents_of_signed_bases_are_followed():
    assert vanishes(y ** (n + 1) - y * y**n, SIZES)
    assert vanishes((-1) ** (2 * n) - 1, SIZES)
    assert not vanishes((-1) ** n - 1, SIZES)
    assert not vanishes((x * y) ** q - x**q * y**q, Domain({x: (-1, 1), y: (-1, 1), q: (0, 1)}))


def test_a_range_shorter_than_empty_is_not_peeled():
    peeled = Sigma(f[k], (k, 0, L)) - f[L] - f[L - 1] - f[L - 2]
    assert not equal(Sigma(f[k], (k, 0, L - 3)), peeled, SIZES)
    longer = SIZES.extended({L: sp.Range(2, sp.oo)})
    assert equal(Sigma(f[k], (k, 0, L - 3)), peeled, longer)


def test_small_sizes_where_peeling_is_not_valid_are_looked_at_one_by_one():
    assert "one by one" in equal(Sigma(k, (k, 1, L - 2)), (L - 2) * (L - 1) / 2, SIZES)
    assert not equal(Sigma(k, (k, 0, L - 3)), (L - 3) * (L - 2) / 2, SIZES)
    assert not equal(Sigma(sp.S.One, (k, 0, L - 3)), L - 2, SIZES)


def test_wrong_bases_and_wrong_steps_are_not_proved_by_induction():
    total = Sigma(1 / (k * (k + 1)), (k, 1, n))
    assert equal(total, n / (n + 1), SIZES)
    assert not equal(total, n / (n + 1) + 1, SIZES)
    assert not equal(total, (n + 1) / (n + 2) - sp.Rational(1, 6), SIZES)
    assert not equal(total, n / (n + 1) + (n - 1) * (n - 2), SIZES)


def test_a_product_is_proved_by_the_quotient_of_its_steps():
    assert equal(sp.Product(k, (k, 1, n)), sp.factorial(n), SIZES)
    assert not equal(sp.Product(k, (k, 1, n)), 2 * sp.factorial(n), SIZES)
    assert not equal(sp.Product(k, (k, 1, n)), sp.factorial(n + 1) / 2, SIZES)


def test_deltas_are_solved_inside_their_ranges_only():
    inside = Domain({L: sp.Range(1, sp.oo), i: sp.Range(0, L + 1), f: sp.S.Reals})
    total = Sigma(sp.KroneckerDelta(k, i) * f[k], (k, 0, L))
    assert equal(total, f[i], inside)
    assert not equal(Sigma(sp.KroneckerDelta(k, i) * f[k], (k, 1, L)), f[i], inside)
    assert equal(Sigma(sp.KroneckerDelta(k, i) * f[k], (k, 1, L)), f[i] - sp.KroneckerDelta(i, 0) * f[0], inside)


def test_brackets_decide_by_the_range_of_their_index():
    inside = Domain({L: sp.Range(1, sp.oo), i: sp.Range(0, L + 1)})
    assert equal(Inside(i, 0, L), sp.S.One, inside)
    assert not equal(Inside(i, 1, L), sp.S.One, inside)


def test_squares_of_traced_spins_are_one():
    assert equal(ConfigurationSum(Sigma(s[k] ** 2, (k, 1, n)), s, (i, 1, n)), n * 2**n, SIZES)
    assert not equal(ConfigurationSum(Sigma(s[k], (k, 1, n)) ** 2, s, (i, 1, n)), n**2 * 2**n, SIZES)


def test_neighbors_do_not_factorize():
    chain = ConfigurationSum(sp.exp(x * Sigma(s[k] * s[k + 1], (k, 1, n))), s, (i, 1, n + 1))
    assert not equal(chain, (2 * sp.cosh(x)) ** (n + 1), SIZES)


def test_an_odd_mean_vanishes_and_an_even_one_does_not():
    assert vanishes(GaussianMean(sp.tanh(z), z, q), SIZES)
    assert not vanishes(GaussianMean(sp.tanh(z) ** 2, z, q), SIZES)


def test_a_mean_is_brought_to_unit_variance():
    assert equal(GaussianMean(sp.tanh(z) ** 2, z, q), GaussianMean(sp.tanh(-sp.sqrt(q) * z) ** 2, z, 1), SIZES)
    assert not equal(GaussianMean(sp.tanh(z) ** 2, z, q), GaussianMean(sp.tanh(q * z) ** 2, z, 1), SIZES)


def test_a_determined_symbol_is_put_in():
    tied = Domain({x: (0, 1), y: (0, 1)}, [sp.Eq(y, 1 - x)])
    assert equal(x + y, sp.S.One, tied)
    assert not equal(x + y, sp.S.One, Domain({x: (0, 1), y: (0, 1)}))


def test_opaque_functions_match_by_value_of_their_arguments():
    h = sp.Function("h")
    assert equal(h(sp.cosh(u) ** 2), h(1 + sp.sinh(u) ** 2), Domain({u: (0, 1)}))
    assert not equal(h(u), h(2 * u), Domain({u: (0, 1)}))
