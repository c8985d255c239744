"""Gaussian means and integrals are lowered with an error estimate that is never below the error, or refused."""

from __future__ import annotations

import math
import pickle
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy as sp

from numerics.lowering import lower
from numerics.quadrature import QuadratureError
from numerics.quadrature.rules import GAUSSIAN_HALF_RANGE
from numerics.solvers.convergence import NotConvergedError
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.implicit import Solution

z, u, h, w = sp.symbols("z u h w", real=True)
beta, q, a = sp.symbols("beta q a", positive=True)

DIGITS = 30
# Rounding of a sum of a hundred samples and of the integrand's own functions, relative to the mean absolute value.
ROUNDING = 2e-14


def mpmath_mean(body: sp.Expr, center: float, width: float) -> float:
    """The mean over a standard normal variable, split where the body is steep."""
    function = sp.lambdify(z, body, "mpmath")
    steps = [k * width for k in (0, 1, 3, 10, 30, 100)]
    places = {mpmath.mpf(center) + sign * step for step in steps for sign in (1, -1)}
    ends = [mpmath.mpf(e) for e in (-12, -6, -3, -1, 0, 1, 3, 6, 12)]
    with mpmath.workdps(DIGITS):
        points = sorted({p for p in (*places, *ends) if -12 <= p <= 12})
        return float(mpmath.quad(lambda x: function(x) * mpmath.npdf(x), points))


SMOOTH = {
    "overlap": sp.tanh(beta * (h + sp.sqrt(q) * z)) ** 2,
    "magnetization": sp.tanh(beta * (h + sp.sqrt(q) * z)),
    "free entropy": sp.log(2 * sp.cosh(beta * (h + sp.sqrt(q) * z))),
    "replicon": sp.cosh(beta * (h + sp.sqrt(q) * z)) ** -4,
    "error function": sp.erf(beta * (h + sp.sqrt(q) * z)) ** 2,
    "logistic": 1 / (1 + sp.exp(-beta * (h + sp.sqrt(q) * z))),
}


@pytest.mark.parametrize("inverse_temperature", [1e-3, 0.3, 1.0, 3.0, 30.0, 1e3])
@pytest.mark.parametrize("name", SMOOTH)
def test_means_from_hot_to_cold_agree_with_thirty_digits(name: str, inverse_temperature: float) -> None:
    point = {beta: sp.Rational(inverse_temperature), q: sp.Rational(1, 2), h: sp.Rational(1, 4)}
    function = lower(GaussianMean(SMOOTH[name], z, 1), (beta, q, h))
    expected = mpmath_mean(SMOOTH[name].xreplace(point), -math.sqrt(0.125), math.sqrt(2) / inverse_temperature)
    found = function(inverse_temperature, 0.5, 0.25)
    assert abs(found - expected) <= function.error_estimate(inverse_temperature, 0.5, 0.25) * abs(found)
    assert found == pytest.approx(expected, rel=ROUNDING)


def test_an_equation_of_state_is_lowered_with_its_mean(backend: str) -> None:
    equation = q - GaussianMean(sp.tanh(beta * (h + sp.sqrt(q) * z)) ** 2, z, 1)
    overlaps = np.linspace(0.05, 1, 7)
    found = lower(equation, (beta, q, h), backend=backend)(1.3, overlaps, 0.2)
    body = [
        SMOOTH["overlap"].xreplace({beta: sp.Rational(1.3), q: sp.Rational(x), h: sp.Rational(0.2)}) for x in overlaps
    ]
    expected = [x - mpmath_mean(b, 0.0, 1.0) for x, b in zip(overlaps, body, strict=True)]
    np.testing.assert_allclose(found, expected, rtol=0, atol=ROUNDING)


@pytest.mark.parametrize("rate", [0.1, 1.0, 3.0, 10.0, 20.0, 37.0])
def test_a_growing_exponential_moves_the_peak_and_not_the_accuracy(rate: float) -> None:
    found = lower(GaussianMean(sp.exp(a * z), z, 1), [a])(rate)
    assert found == pytest.approx(math.exp(rate**2 / 2), rel=rate**2 * ROUNDING)


@pytest.mark.parametrize("power", [1, 2, 7, 30])
def test_a_trace_over_many_replicas_has_its_binomial_value(power: int) -> None:
    m, x = sp.Symbol("m", integer=True, positive=True), sp.Symbol("x", positive=True)
    function = lower(GaussianMean((2 * sp.cosh(z)) ** m, z, x), (m, x))
    found, estimate = function(power, 0.7), function.error_estimate(power, 0.7)
    exact = sum(math.comb(power, k) * math.exp((power - 2 * k) ** 2 * 0.35) for k in range(power + 1))
    assert found == pytest.approx(exact, rel=max(estimate, power**2 * ROUNDING))


def test_a_mean_beyond_the_largest_double_is_infinite() -> None:
    assert lower(GaussianMean(sp.exp(a * z), z, 1), [a])(50.0) == math.inf


ROUGH = {
    "rectified": (sp.Max(0, z - h), lambda v, c: v * mpmath.npdf(c / v) - c * mpmath.ncdf(-c / v)),
    "step": (sp.Heaviside(z - h), lambda v, c: mpmath.ncdf(-c / v)),
    "sign": (sp.sign(h - z), lambda v, c: 2 * mpmath.ncdf(c / v) - 1),
    "branches": (sp.Piecewise((z, z > h), (0, True)), lambda v, c: v * mpmath.npdf(c / v)),
    "modulus": (sp.Abs(z - h), lambda v, c: 2 * v * mpmath.npdf(c / v) + c * (2 * mpmath.ncdf(c / v) - 1)),
    "minimum": (sp.Min(z, h), lambda v, c: c - v * mpmath.npdf(c / v) - c * mpmath.ncdf(c / v)),
}


@pytest.mark.parametrize("threshold", [0.0, 0.3, -1.7, 4.0])
@pytest.mark.parametrize("name", ROUGH)
def test_kinks_and_jumps_are_split_at(name: str, threshold: float) -> None:
    body, closed = ROUGH[name]
    function = lower(GaussianMean(body, z, q), (q, h))
    found, estimate = function(0.49, threshold), function.error_estimate(0.49, threshold)
    expected = float(closed(mpmath.mpf(0.7), mpmath.mpf(threshold)))
    if expected == 0:  # of odd integrands; no digit of zero can be sure
        assert abs(found) <= ROUNDING
    else:
        assert abs(found - expected) <= max(estimate, ROUNDING) * abs(found)


def test_a_kink_in_a_square_is_found_too() -> None:
    found = lower(GaussianMean(sp.Max(z**2 - 1, 0), z, q), [q])(1.0)
    assert found == pytest.approx(2 * float(mpmath.npdf(1)), rel=ROUNDING)


def test_integrable_singularities_are_resolved() -> None:
    logarithm = lower(GaussianMean(sp.log(sp.Abs(z)), z, q), [q])
    assert logarithm(1.0) == pytest.approx(-(math.log(2) + float(mpmath.euler)) / 2, rel=ROUNDING)
    root = lower(GaussianMean(1 / sp.sqrt(sp.Abs(z)), z, q), [q])
    # A distance of 1e-28 from the singularity is left out, which is worth its root.
    assert root(1.0) == pytest.approx(float(mpmath.gamma(0.25) / (2**0.25 * mpmath.sqrt(mpmath.pi))), rel=1e-12)


REFUSED = {
    "pole": (1 / z, 1.0),
    "fast growth": (sp.exp(z**2), 1.0),
    "no decay": (sp.exp(z**2), 0.5),
    "wild oscillation": (sp.cos(1_000_000 * z), 1.0),
    "square of a pole": (1 / (z - 1) ** 2, 1.0),
    "dense jumps": (sp.sign(sp.sin(1000 * z)), 1.0),
    "hidden kink": (sp.Abs(sp.tanh(z) - sp.Rational(1, 3)), 1.0),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_does_not_converge_is_refused(name: str) -> None:
    body, variance = REFUSED[name]
    with pytest.raises(QuadratureError, match=r"expected GaussianMean\(.* to a relative error of 1e-10; found an"):
        lower(GaussianMean(body, z, q), [q])(variance)


@pytest.mark.parametrize("n_nodes", [48, 72, 108])
def test_an_oscillation_that_poses_as_a_constant_on_a_grid_is_not_taken_for_one(n_nodes: int) -> None:
    # It is plus or minus one at all nodes of the grid, and its mean is below 1e-60.
    frequency = 2 * math.pi * n_nodes / (2 * GAUSSIAN_HALF_RANGE)
    assert abs(lower(GaussianMean(sp.cos(a * z), z, 1), [a])(frequency)) < 1e-10


def test_a_refusal_names_its_point_and_survives_a_journey() -> None:
    function = lower(GaussianMean(sp.exp(z**2), z, q), [q])
    with pytest.raises(QuadratureError) as caught:
        function(np.array([0.1, 0.2, 0.6, 0.1]))
    error = pickle.loads(pickle.dumps(caught.value))
    assert error.point == {q: 0.6} and error.tolerance == 1e-10 and str(error) == str(caught.value)


def test_a_looser_request_is_met_where_a_strict_one_is_refused() -> None:
    body = sp.Abs(sp.tanh(z) - sp.Rational(1, 3))
    root = math.atanh(1 / 3)
    with mpmath.workdps(DIGITS):
        exact = mpmath.quad(lambda x: abs(mpmath.tanh(x) - mpmath.mpf(1) / 3) * mpmath.npdf(x), [-12, 0, root, 1, 12])
    loose = lower(GaussianMean(body, z, q), [q], tolerance=1e-3)
    assert abs(loose(1.0) - float(exact)) <= 1e-3 * float(exact)


def two_dimensional(phi: Any, correlation: sp.Expr) -> GaussianMean:
    second = correlation * z + sp.sqrt(1 - correlation**2) * u
    return GaussianMean(GaussianMean(phi(z) * phi(second), u, 1), z, 1)


@pytest.mark.parametrize("correlation", [0.1, 0.6, 0.99])
def test_the_kernel_of_rectified_units_is_the_arc_cosine(correlation: float) -> None:
    kernel = lower(two_dimensional(lambda x: sp.Max(x, 0), a), [a])
    angle = math.acos(correlation)
    exact = (math.sin(angle) + (math.pi - angle) * correlation) / (2 * math.pi)
    assert kernel(correlation) == pytest.approx(exact, rel=1e-10)


@pytest.mark.parametrize("correlation", [0.1, 0.6, 0.99])
def test_the_kernel_of_signs_is_the_arc_sine(correlation: float) -> None:
    kernel = lower(two_dimensional(sp.sign, a), [a])
    assert kernel(correlation) == pytest.approx(2 / math.pi * math.asin(correlation), rel=1e-9)


@pytest.mark.parametrize("correlation", [0.1, 0.6, 0.99])
def test_the_kernel_of_error_functions_is_the_arc_sine(correlation: float) -> None:
    kernel = lower(two_dimensional(sp.erf, a), [a])
    assert kernel(correlation) == pytest.approx(2 / math.pi * math.asin(correlation * 2 / 3), rel=ROUNDING)


def test_variables_in_one_combination_are_one_variable() -> None:
    body = sp.tanh(beta * (h + sp.sqrt(q) * z + 2 * sp.sqrt(q) * u + w))
    nested = GaussianMean(GaussianMean(GaussianMean(body, w, 3), u, 1), z, 1)
    joint = GaussianMean(sp.tanh(beta * (h + z)), z, 5 * q + 3)
    arguments, point = (beta, q, h), (0.4, 0.3, 0.5)
    assert lower(nested, arguments)(*point) == pytest.approx(lower(joint, arguments)(*point), rel=ROUNDING)
    assert lower(nested, arguments).source.count("def ") == 2


def test_the_heat_equation_is_the_derivative() -> None:
    mean = GaussianMean(sp.tanh(beta * (h + z)) ** 2, z, q)
    other = GaussianMean(sp.tanh(beta * (h + sp.sqrt(q) * z)) ** 2, z, 1)
    first, second = (lower(sp.diff(m, q), (beta, q, h))(1.1, np.array([0.2, 0.9]), 0.3) for m in (mean, other))
    np.testing.assert_allclose(first, second, rtol=ROUNDING)
    step = 1e-5
    value = lower(mean, (beta, q, h))
    quotient = (value(1.1, 0.9 + step, 0.3) - value(1.1, 0.9 - step, 0.3)) / (2 * step)
    assert first[1] == pytest.approx(quotient, abs=1e-9)


def test_the_derivative_of_a_rectified_mean_is_a_density() -> None:
    mean = GaussianMean(sp.Max(0, z - h), z, q)
    found = lower(sp.diff(mean, q), (q, h))(0.49, 0.3)
    assert found == pytest.approx(float(mpmath.npdf(0.3 / 0.7)) / (2 * 0.7), rel=ROUNDING)
    assert lower(sp.diff(mean, h), (q, h))(0.49, 0.3) == pytest.approx(-float(mpmath.ncdf(-0.3 / 0.7)), rel=ROUNDING)


def test_a_mean_of_variance_zero_is_the_body_at_zero() -> None:
    found = lower(GaussianMean(sp.cos(z) + a, z, h), (a, h))(2.0, np.array([0.0, 1.0]))
    np.testing.assert_allclose(found, [3.0, 2 + math.exp(-0.5)], rtol=ROUNDING)


def test_a_negative_variance_is_refused() -> None:
    with pytest.raises(ValueError, match=r"expected a variance that is not negative; found h = -0\.5"):
        lower(GaussianMean(sp.tanh(z) ** 2, z, h), [h])(-0.5)


def test_a_variance_known_to_be_negative_is_the_continuation_of_an_even_body() -> None:
    n = sp.Symbol("n", negative=True)
    found = lower(GaussianMean(sp.cosh(z), z, n), [n])(-0.5)
    assert found == pytest.approx(math.exp(-0.25), rel=ROUNDING)
    with pytest.raises(TypeError, match="expected an even integrand"):
        lower(GaussianMean(sp.exp(z), z, n), [n])


def test_not_a_number_goes_through_and_infinity_where_it_has_a_limit() -> None:
    function = lower(GaussianMean(sp.tanh(h + z), z, q), (q, h))
    found = function(np.array([1.0, math.nan, 1.0, 1.0]), np.array([math.nan, 0.3, math.inf, -math.inf]))
    np.testing.assert_allclose(found, [math.nan, math.nan, 1.0, -1.0], rtol=ROUNDING)


def test_a_body_without_a_real_value_is_not_a_number_there() -> None:
    assert math.isnan(lower(GaussianMean(sp.tanh(sp.sqrt(h) * z) ** 2, z, 1), [h])(-1.0))


@pytest.mark.parametrize("shape", [(0,), (2, 0, 3)])
def test_empty_arrays_give_empty_arrays(shape: tuple[int, ...]) -> None:
    assert lower(GaussianMean(sp.tanh(h + z), z, q), (q, h))(1.0, np.zeros(shape)).shape == shape


def test_arguments_broadcast_and_scalars_stay_scalars() -> None:
    function = lower(h + GaussianMean(sp.tanh(z * beta) ** 2, z, q), (q, h, beta))
    assert isinstance(function(1, 2, 3), np.float64)
    table = function(np.array([[0.2], [0.9]]), np.arange(3.0), 1.0)
    assert table.shape == (2, 3) and table[1, 2] == function(0.9, 2.0, 1.0)
    assert function(np.float32(1), np.float32(0), np.ones(2, dtype=np.float32)).dtype == np.float32
    assert function.error_estimate(np.ones((2, 1)), np.ones(3), 1.0).shape == (2, 3)


def test_a_variable_of_integration_may_have_the_name_of_an_argument() -> None:
    free = sp.Symbol("z")
    found = lower(free * GaussianMean(sp.tanh(z + free), z, 1), [free])(0.5)
    assert found == pytest.approx(0.5 * mpmath_mean(sp.tanh(z + sp.Rational(1, 2)), 0.0, 1.0), rel=ROUNDING)


def test_a_family_of_variables_is_written_out() -> None:
    J, i = sp.IndexedBase("J", real=True), sp.Symbol("i", integer=True)
    mean = GaussianMean(sp.tanh(J[1] + J[2] + h) ** 2, J, q, (i, 1, 2))
    joint = GaussianMean(sp.tanh(z + h) ** 2, z, 2 * q)
    assert lower(mean, (q, h))(0.7, 0.2) == pytest.approx(lower(joint, (q, h))(0.7, 0.2), rel=ROUNDING)


def test_a_matrix_of_means_is_lowered() -> None:
    moments = sp.Matrix([[GaussianMean(z**2, z, q), h], [1, GaussianMean(z**4, z, q)]])
    found = lower(moments, (q, h))(np.array([1.0, 2.0]), 0.5)
    np.testing.assert_allclose(found, [[[1, 0.5], [1, 3]], [[2, 0.5], [1, 12]]], rtol=ROUNDING)


def test_a_function_with_means_travels_to_a_worker() -> None:
    function = lower(GaussianMean(sp.tanh(h + z), z, q), (q, h), tolerance=1e-6)
    again = pickle.loads(pickle.dumps(function))
    assert again.source == function.source and again(1.0, 0.3) == function(1.0, 0.3) and again.tolerance == 1e-6


def test_the_measured_error_of_a_mean_is_small() -> None:
    function = lower(GaussianMean(sp.tanh(z) ** 2, z, q), [q])
    assert function.max_ulp_per_condition < 100


def test_the_source_shows_integrand_rule_and_outer_function() -> None:
    source = lower(q - GaussianMean(sp.tanh(beta * z) ** 2, z, q), (beta, q)).source
    assert "def mean_integrand(" in source and "trapezoidal rule" in source and "return q - mean" in source


def modulus_integral(x: Any) -> Any:
    return mpmath.quad(lambda y: abs(y - x / 100), [0, x / 100, 1])


INTEGRALS = {
    "error function": (
        sp.Integral(sp.exp(-(h**2) * w**2), (w, 0, 1)),
        lambda x: mpmath.erf(x) * mpmath.sqrt(mpmath.pi) / (2 * x),
    ),
    "exponential decay": (sp.Integral(sp.exp(-h * w), (w, 0, sp.oo)), lambda x: 1 / x),
    "Gaussian": (sp.Integral(sp.exp(-h * w**2), (w, -sp.oo, sp.oo)), lambda x: mpmath.sqrt(mpmath.pi / x)),
    "slow decay": (sp.Integral(1 / (1 + w**2), (w, -sp.oo, h)), lambda x: mpmath.atan(x) + mpmath.pi / 2),
    "singular end": (sp.Integral(1 / sp.sqrt(w), (w, 0, h)), lambda x: 2 * mpmath.sqrt(x)),
    "logarithm": (
        sp.Integral(sp.log(w) * sp.exp(-w * h), (w, 0, sp.oo)),
        lambda x: -(mpmath.euler + mpmath.log(x)) / x,
    ),
    "kink": (sp.Integral(sp.Abs(w - h / 100), (w, 0, 1)), modulus_integral),
    "sine integral": (sp.Integral(sp.sin(h * w) / w, (w, 0, 1)), mpmath.si),
    "reversed ends": (sp.Integral(w, (w, h, 0)), lambda x: -(x**2) / 2),
}


@pytest.mark.parametrize("at", [0.1, 1.0, 30.0])
@pytest.mark.parametrize("name", INTEGRALS)
def test_integrals_have_their_closed_forms(name: str, at: float) -> None:
    integral, closed = INTEGRALS[name]
    function = lower(integral, [h])
    with mpmath.workdps(DIGITS):
        expected = float(closed(mpmath.mpf(at)))
    found = function(at)
    assert abs(found - expected) <= max(function.error_estimate(at), ROUNDING) * abs(found)


@pytest.mark.parametrize("body", [1 / w, sp.sin(w), 1 / sp.sqrt(w)], ids=str)
def test_integrals_that_diverge_are_refused(body: sp.Expr) -> None:
    with pytest.raises(QuadratureError):
        lower(sp.Integral(body, (w, 0, sp.oo)), [])()


def test_an_integral_without_ends_is_refused_at_once() -> None:
    with pytest.raises(TypeError, match="expected an integral between two ends"):
        lower(sp.Integral(w, w), [w])


def test_many_tied_variables_are_sampled_with_an_error_bar_or_refused() -> None:
    variables = sp.symbols("x1:6", real=True)
    mean = sp.exp(-sp.Add(*(x**2 for x in variables)) / 4) * sp.cos(sp.Mul(*variables) * h)
    for x in variables:
        mean = GaussianMean(mean, x, q)
    exact = 1.5**-2.5  # at h = 0 the mean is a product, each factor (1 + q / 2)^(-1/2)
    loose = lower(mean, (q, h), tolerance=1e-3)
    found = loose(1.0, np.array([0.0, 0.1]))
    assert abs(found[0] - exact) <= loose.error_estimate(1.0, 0.0) * exact < 1e-3 * exact and found[1] < found[0]
    with pytest.raises(QuadratureError, match="to a relative error of 1e-10"):
        lower(mean, (q, h))(1.0, 0.1)


def test_means_may_stand_in_sums_over_their_own_index() -> None:
    k = sp.Symbol("k", integer=True)
    field = sp.Symbol("field", real=True)
    scale = sp.Symbol("scale", positive=True)
    total = sp.Sum(GaussianMean(sp.tanh(k * scale * field) ** 2, field, 1), (k, 1, 3))
    expected = sum(float(lower(total.function.subs(k, i), [scale])(0.7)) for i in (1, 2, 3))
    assert float(lower(total, [scale])(0.7)) == pytest.approx(expected, rel=1e-12)


n = sp.Symbol("n", integer=True, positive=True)
k = sp.Symbol("k", integer=True, positive=True)


def test_a_mean_that_stands_twice_is_computed_once() -> None:
    mean, same = (GaussianMean(sp.tanh(beta * x) ** 2, x, 1) for x in (z, u))
    assert lower(mean + sp.log(1 + same) + mean**2, (beta,)).source.count("_integrand(") == 1
    assert lower(mean + sp.diff(same, beta) * sp.diff(mean**2, beta), (beta,)).source.count("_integrand(") == 2


def test_a_sum_of_means_runs_to_bounds_that_differ_from_point_to_point(backend: str) -> None:
    terms = GaussianMean(sp.tanh(k * beta * z) ** 2, z, 1) / k
    function = lower(sp.Sum(terms, (k, 1, n)), (beta, n), backend=backend)
    one = lower(GaussianMean(sp.tanh(beta * z) ** 2, z, 1), (beta,))
    temperatures, counts = np.array([0.5, 1.0]), np.array([[0], [1], [3]])
    expected = [[math.fsum(one(b * i) / i for i in range(1, c + 1)) for b in temperatures] for c in (0, 1, 3)]
    found = function(temperatures, counts)
    np.testing.assert_allclose(found, expected, rtol=ROUNDING)
    assert (np.abs(found - expected) <= function.error_estimate(temperatures, counts) * np.abs(found) + 1e-16).all()
    slope = lower(sp.diff(sp.Sum(terms, (k, 1, n)), beta), (beta, n), backend=backend)
    assert slope(1.0, 3) == pytest.approx((function(1.0 + 1e-5, 3) - function(1.0 - 1e-5, 3)) / 2e-5, rel=1e-9)


def test_a_product_of_means_has_its_closed_form() -> None:
    function = lower(sp.Product(GaussianMean(sp.cosh(beta * z / k), z, 1), (k, 1, n)), (beta, n))
    for count in (1, 2, 7):
        exact = math.exp(sum(0.5 / i**2 for i in range(1, count + 1)))
        assert function(1.0, count) == pytest.approx(exact, rel=count * ROUNDING)
        assert abs(function(1.0, count) - exact) <= function.error_estimate(1.0, count) * exact


@pytest.mark.parametrize("bound", [2.5, np.nan, np.inf, 1e12])
def test_a_sum_of_means_without_a_whole_bound_is_not_a_number(bound: float) -> None:
    function = lower(sp.Sum(GaussianMean(sp.tanh(k * beta * z) ** 2, z, 1), (k, 1, n)), (beta, n))
    found = function(1.0, np.array([bound, 2.0]))
    assert np.isnan(found[0]) and np.isfinite(found[1])


def test_a_sum_of_means_that_vanish_is_relative_to_their_absolute_values() -> None:
    function = lower(sp.Sum(GaussianMean(sp.sin(k * beta * z), z, 1), (k, 1, n)), (beta, n))
    assert abs(function(1.0, 3)) < ROUNDING


def test_a_mean_in_a_sum_that_misses_its_tolerance_is_refused() -> None:
    with pytest.raises(QuadratureError, match="n = 3"):
        lower(sp.Sum(sp.Integral(1 / (z - beta), (z, 0, k)), (k, 1, n)), (beta, n))(2.5, 3)


m = sp.Symbol("m", real=True)
MAGNETIZATION = Solution(sp.tanh(beta * m + h) - m, m, 1, 0)


def test_a_formula_with_a_solution_solves_it_and_tells_how_well(backend: str) -> None:
    function = lower(h + MAGNETIZATION**2, (beta, h), backend=backend)
    temperatures = np.array([0.5, 1.0, 2.0])
    found = function(temperatures, 0.1)
    with mpmath.workdps(DIGITS):
        exact = [mpmath.findroot(lambda y, b=b: mpmath.tanh(b * y + 0.1) - y, 0.9) for b in temperatures]
        np.testing.assert_allclose(found, [float(mpmath.mpf(0.1) + y**2) for y in exact], rtol=4e-16)
    (record,) = function.solutions(temperatures, 0.1).values()
    assert record.converged.all() and (record.residual <= 4e-16).all()
    assert (function.error_estimate(temperatures, 0.1) < 1e-14).all()


def test_a_solution_without_one_is_refused_with_its_point() -> None:
    with pytest.raises(NotConvergedError, match=r"beta = 0\.5, h = 0\.0.*changes its sign nowhere"):
        lower(MAGNETIZATION, (beta, h))(np.array([2.0, 0.5]), 0.0)


def test_derivatives_of_a_solution_are_those_of_the_implicit_function_theorem() -> None:
    function, slope, curvature = (lower(sp.diff(MAGNETIZATION, *by), (beta, h)) for by in ((h, 0), (h,), (h, beta)))
    step = 1e-5
    assert slope(2.0, 0.1) == pytest.approx(
        (function(2.0, 0.1 + step) - function(2.0, 0.1 - step)) / 2 / step, rel=1e-8
    )
    expected = (slope(2.0 + step, 0.1) - slope(2.0 - step, 0.1)) / 2 / step
    assert curvature(2.0, 0.1) == pytest.approx(expected, rel=1e-8)
    assert slope.source.count("def solution_integrand(") == 1


def test_an_overlap_that_satisfies_its_equation_stands_within_a_mean() -> None:
    overlap = Solution(GaussianMean(sp.tanh(beta * sp.sqrt(m) * z) ** 2, z, 1) - m, m, 1, 0)
    value, slope = (lower(e, (beta,)) for e in (overlap, sp.diff(overlap, beta)))
    found = float(value(2.0))
    assert found == pytest.approx(mpmath_mean(sp.tanh(2 * sp.sqrt(found) * z) ** 2, 0.0, 1.0), rel=1e-13)
    assert slope(2.0) == pytest.approx((value(2.0 + 1e-5) - value(2.0 - 1e-5)) / 2e-5, rel=1e-7)


def test_a_number_that_solves_an_equation_is_measured_against_balls() -> None:
    assert lower(Solution(sp.cos(z) - z, z, 0, 1), ()).max_ulp <= 1
    assert lower(MAGNETIZATION, (beta, h), domain=Domain({beta: (2, 3), h: (0, 1)})).max_ulp_per_condition <= 4


def test_an_integral_over_several_variables_is_taken_one_in_another(backend: str) -> None:
    function = lower(sp.Integral(a * u * sp.exp(-u * z), (u, 0, z), (z, 0, q)), (a, q), backend=backend)
    with mpmath.workdps(DIGITS):
        exact = mpmath.quad(lambda v: mpmath.quad(lambda x: 3 * x * mpmath.exp(-x * v), [0, v]), [0, 1.5])
    assert function(3.0, 1.5) == pytest.approx(float(exact), rel=ROUNDING)


def test_a_function_that_begins_far_out_is_not_taken_for_zero(backend: str) -> None:
    tail = lower(GaussianMean(sp.Heaviside(z - a), z, 1), (a,), backend=backend)
    for start in (8.0, 9.5, 12.0, 30.0):
        with mpmath.workdps(DIGITS):
            assert tail(start) == pytest.approx(float(mpmath.ncdf(-start)), rel=1e-10)


def test_a_peak_whose_denominator_has_no_real_zero_is_integrated() -> None:
    body = 1 / (z**2 - 2 * h * z + h**2 + sp.exp(-sp.Abs(u)))
    found = lower(GaussianMean(body, z, 1), (h, u))(0.5, 3.0)
    at = {h: sp.Rational(1, 2), u: sp.Integer(3)}
    assert found == pytest.approx(mpmath_mean(body.xreplace(at), 0.5, math.exp(-1.5)), rel=ROUNDING)
