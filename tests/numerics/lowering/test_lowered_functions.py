"""A lowered function keeps the digits of its formula at nasty points, and obeys the rules of a ufunc."""

from __future__ import annotations

import math
import pickle

import mpmath
import numpy as np
import pytest
import sympy as sp

from numerics.lowering import lower
from theory.domain import Domain

x, y = sp.symbols("x y", real=True)
p = sp.Symbol("p", positive=True)

# What NumPy's and SciPy's own functions need; a rewrite that loses digits loses thousands.
ULP = 8.0
NASTY = (0.0, 1e-8, -1e-8, 0.3, -2.3, 19.3, -19.3, 1e3, -1e3)
STABLE = {
    "log cosh": sp.log(sp.cosh(x)),
    "log 2 cosh": sp.log(2 * sp.cosh(x)),
    "sech squared": 1 - sp.tanh(x) ** 2,
    "inverse cosh squared": sp.cosh(x) ** -2,
    "logarithm near one": sp.log(1 + sp.Abs(x)),
    "exponential near one": sp.exp(x) - 1,
    "decay from one": 1 - sp.exp(-(x**2)),
    "softplus": sp.log(1 + sp.exp(x)),
    "logistic": 1 / (1 + sp.exp(-x)),
    "ratio of exponentials": sp.exp(x) / (1 + sp.exp(x)),
    "tanh near minus one": 1 + sp.tanh(x),
    "tanh near one": 1 - sp.tanh(x),
    "ratio of sinh and cosh": sp.sinh(x) / sp.cosh(x),
    "one minus cosine": 1 - sp.cos(x / 100),
    "cosh minus one": sp.cosh(x / 100) - 1,
    "log of sech squared": sp.log(1 - sp.tanh(x) ** 2),
}


def mpmath_value(expression: sp.Expr, at: float) -> float:
    """The formula as it stands, with digits to spare for whatever it cancels."""
    with mpmath.workdps(2000):
        return float(sp.lambdify(x, expression, "mpmath")(mpmath.mpf(at)))


@pytest.mark.parametrize("name", STABLE)
def test_nasty_points_agree_with_the_formula_in_two_thousand_digits(name: str) -> None:
    function = lower(STABLE[name], [x])
    expected = np.array([mpmath_value(STABLE[name], at) for at in NASTY])
    with np.errstate(over="ignore"):
        found = function(np.array(NASTY))
    np.testing.assert_array_max_ulp(found, expected, maxulp=ULP)


@pytest.mark.parametrize("name", STABLE)
def test_the_measured_error_is_a_few_units_in_the_last_place(name: str) -> None:
    assert 0 <= lower(STABLE[name], [x]).max_ulp <= ULP


@pytest.mark.parametrize(
    "expression", [1 - sp.erf(x), 1 + sp.erf(x), sp.log(sp.erfc(x) / 2), sp.exp(x**2) * sp.erfc(x)], ids=str
)
def test_error_function_tails_keep_what_their_condition_number_allows(expression: sp.Expr) -> None:
    # The argument's square is rounded inside SciPy; far out that alone costs x^2 units in the last place.
    assert lower(expression, [x], domain=Domain({x: sp.Interval(-6, 6)})).max_ulp < 2 * 6**2


def test_an_unstable_program_is_found_out_by_the_measurement() -> None:
    # No rule knows this cancellation, and no series of the gamma function is at hand.
    function = lower(sp.gamma(1 + x) - 1, [x])
    assert function.max_ulp > 1e6
    worst = function.worst_point
    assert worst is not None and abs(worst[x]) == 1e-8


def test_what_is_lost_far_out_is_measured_apart() -> None:
    safe, lost = lower(sp.sqrt(x**2 + 1), [x]), lower(x**4 / (1 + x**3 * sp.sign(x)), [x])
    assert safe.far_out.max_ulp <= 2 and safe.far_out.n_points == 12
    assert lost.max_ulp < 4 and lost.far_out.max_ulp == math.inf
    assert lost.far_out.worst_point in ({x: 1e155}, {x: -1e155}, {x: 1e300}, {x: -1e300})
    inside = lower(x**4 / (1 + x**3 * sp.sign(x)), [x], domain=Domain({x: sp.Interval(-1, 1)})).far_out
    assert inside.max_ulp < 4 and inside.n_points == 6
    assert lower(sp.exp(x), [x], domain=Domain({x: sp.Interval(1, 2)})).far_out.n_points == 0


def test_overflow_is_measured_as_a_lost_value() -> None:
    assert lower(sp.gamma(x + 1) * sp.exp(-(x**2)), [x]).max_ulp == math.inf


def test_the_measurement_stays_in_the_domain() -> None:
    function = lower(sp.sqrt(x), [x], domain=Domain({x: sp.Interval(2, 3)}))
    worst = function.worst_point
    assert worst is not None and 2 <= worst[x] <= 3


def test_a_formula_without_a_real_value_anywhere_has_no_measured_error() -> None:
    function = lower(sp.sqrt(-1 - p), [p])
    assert math.isnan(function.max_ulp) and function.worst_point is None


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (p**7, "powers by products"),
        (p**-3, ""),
        (p ** sp.Rational(3, 2), ""),
        (p**40, ""),
        (p ** sp.Rational(-1, 3), ""),
    ],
    ids=str,
)
def test_powers_are_accurate(expression: sp.Expr, expected: str) -> None:
    assert lower(expression, [p]).max_ulp < 4


def test_integer_powers_are_products() -> None:
    assert "power" not in lower(x**7 + x**4, [x]).source


def test_rationals_divide_exactly() -> None:
    third = lower(x / 3, [x])
    assert third(1.0) == 1 / 3 and third(3.0) == 1.0


def test_a_piecewise_function_takes_its_branch_and_stays_silent_about_the_other() -> None:
    function = lower(sp.Piecewise((sp.log(x), x > 1), (x - 1, x > 0), (0, True)), [x])
    np.testing.assert_allclose(function(np.array([-5.0, 0.25, 1.0, math.e])), [0, -0.75, 0, 1], atol=1e-15)


def test_a_piecewise_function_without_a_branch_is_not_a_number_there() -> None:
    assert math.isnan(lower(sp.Piecewise((x, x > 0)), [x])(-1.0))


def test_scalars_stay_scalars() -> None:
    result = lower(x + y, [x, y])(1, 2.5)
    assert isinstance(result, np.float64) and result == 3.5


def test_arguments_broadcast() -> None:
    result = lower(x * y, [x, y])(np.arange(3.0)[:, None], np.arange(4.0))
    assert result.shape == (3, 4) and result[2, 3] == 6


@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 0, 3)])
def test_constants_take_the_shape_of_the_input(shape: tuple[int, ...]) -> None:
    result = lower(sp.pi, [x])(np.zeros(shape))
    assert np.shape(result) == shape and np.all(result == np.pi)


def test_a_formula_of_some_arguments_takes_the_shape_of_all() -> None:
    assert lower(x, [x, y])(1.0, np.zeros(5)).shape == (5,)


def test_the_result_is_never_the_input_itself() -> None:
    values = np.ones(3)
    result = lower(x, [x])(values)
    result[0] = 7
    assert values[0] == 1


def test_integers_count_as_doubles_and_single_precision_is_kept() -> None:
    half = lower(x / 2, [x])
    assert half(np.array([1, 3])).dtype == np.float64
    assert half(np.array([1, 3], dtype=np.float32)).dtype == np.float32
    assert lower(sp.log(sp.cosh(x)), [x])(np.ones(2, dtype=np.float32)).dtype == np.float32


def test_large_arrays_give_the_same_values_as_small_ones() -> None:
    rng = np.random.default_rng(0)
    values, other = rng.normal(size=(3, 17_000)), 0.7
    function = lower(sp.log(sp.cosh(x * y)) + x, [x, y])
    pieces = [function(row[::1][:9_000], other) for row in values]
    np.testing.assert_array_equal(function(values, other)[:, :9_000], pieces)
    assert lower(sp.pi, [x])(values).shape == values.shape
    assert lower(x, [x, y])(values, np.zeros((1, 17_000))).shape == values.shape


def test_plain_numbers_take_the_type_of_the_arrays_beside_them() -> None:
    product = lower(x * y, [x, y])
    assert product(np.ones(2, dtype=np.float32), 2).dtype == np.float32
    assert product(np.ones(2, dtype=np.float32), np.float64(2)).dtype == np.float64
    assert product(2, 3).dtype == np.float64


def test_division_of_plain_numbers_by_zero_is_that_of_arrays() -> None:
    with np.errstate(divide="ignore"):
        assert lower(x / y, [x, y])(1, 0) == math.inf


@pytest.mark.parametrize(
    "constant", [sp.log(sp.cosh(3)), sp.erfc(2), 1 - sp.tanh(20) ** 2, sp.sqrt(2) * sp.pi], ids=str
)
def test_constants_become_correctly_rounded_literals(constant: sp.Expr) -> None:
    assert lower(constant, [])() == float(constant.evalf(40))


def test_an_error_that_the_condition_number_explains_is_told_apart() -> None:
    # Near its zero the difference loses digits of its arguments; the product loses them on the way.
    honest, wasteful = lower(x - y, [x, y]), lower(sp.gamma(1 + x) - 1, [x])
    assert honest.max_ulp_per_condition <= 1
    assert wasteful.max_ulp_per_condition > 1e6


def test_strided_arrays_give_the_same_values() -> None:
    values = np.linspace(-3, 3, 20)
    function = lower(sp.log(sp.cosh(x)) + sp.tanh(x), [x])
    np.testing.assert_array_equal(function(values[::3]), function(values[::3].copy()))


def test_not_a_number_goes_through() -> None:
    assert math.isnan(lower(sp.log(sp.cosh(x)), [x])(math.nan))


def test_entries_of_families_can_be_arguments() -> None:
    j, N = sp.Symbol("j", integer=True), sp.IndexedBase("N", positive=True)
    ratio = lower(sp.sqrt(N[j] / N[j - 1]), [N[j], N[j - 1]])
    assert ratio(8.0, 2.0) == 2.0
    assert "N_j_minus_1" in ratio.source


def test_a_lowered_function_travels_to_a_worker() -> None:
    function = lower(sp.log(sp.cosh(x)), [x])
    again = pickle.loads(pickle.dumps(function))
    assert again.source == function.source and again(2.0) == function(2.0)


def test_the_number_of_arguments_is_checked() -> None:
    with pytest.raises(TypeError, match=r"expected 2 arguments \(x, y\); found 1"):
        lower(x + y, [x, y])(1.0)


def test_complex_arguments_are_refused() -> None:
    with pytest.raises(TypeError, match="expected real numbers for x"):
        lower(x, [x])(1j)
