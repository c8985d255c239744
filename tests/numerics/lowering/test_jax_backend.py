"""JAX computes what NumPy does, differentiates it rightly at nasty points, compiles and maps it."""

from __future__ import annotations

from collections.abc import Iterator

import mpmath
import numpy as np
import pytest
import sympy as sp

from numerics.lowering import lower
from numerics.lowering.numpy_dialect import ELEMENTARY, FUNCTIONS
from numerics.quadrature import QuadratureError
from theory.averages import GaussianMean

x, y = sp.symbols("x y", real=True)


jax = pytest.importorskip("jax", reason="the extra saddlepoint[jax] is not installed")
jnp = pytest.importorskip("jax.numpy")

FORMULAS = {
    "log cosh": sp.log(sp.cosh(x)),
    "log 2 cosh": sp.log(2 * sp.cosh(x)),
    "sech squared": 1 - sp.tanh(x) ** 2,
    "sech": 1 / sp.cosh(x),
    "softplus": sp.log(1 + sp.exp(x)),
    "logistic": 1 / (1 + sp.exp(-x)),
    "tail": sp.log(sp.erfc(x)),
    "half a tail": sp.log(sp.erfc(x) / 2),
    "scaled tail": sp.exp(x**2) * sp.erfc(x),
    "logarithm near one": sp.log(1 + x**2),
    "difference of error functions": sp.erf(x + 1) - sp.erf(x),
    "exponential near one": sp.exp(x) - 1,
    "piecewise": sp.Piecewise((sp.exp(-x), x > 1), (x**2, True)),
}
NASTY = (0.0, 1e-8, -1e-8, 0.3, -2.3, 19.3, -19.3)
# XLA's own exponential, logarithm and error function need this many units in the last place.
ULP = 16


@pytest.fixture(autouse=True)
def doubles() -> Iterator[None]:
    with jax.enable_x64(True):
        yield


def exact(expression: sp.Expr, at: float, order: int) -> float:
    """A derivative by differences with digits to spare; the formula's own where there is nothing to differentiate."""
    function = sp.lambdify(x, expression, "mpmath")
    with mpmath.workdps(1500 if order == 0 else 900):
        return float(mpmath.diff(function, mpmath.mpf(at), order) if order else function(mpmath.mpf(at)))


@pytest.mark.parametrize("name", FORMULAS)
def test_values_keep_their_digits_at_nasty_points(name: str) -> None:
    found = lower(FORMULAS[name], [x], backend="jax")(np.array(NASTY))
    assert found.dtype == jnp.float64
    for at, value in zip(NASTY, np.asarray(found), strict=True):
        expected = exact(FORMULAS[name], at, 0)
        # Tails square their argument, which loses what the condition number says.
        condition = abs(at * exact(FORMULAS[name], at, 1) / expected) if expected else 0
        assert abs(value - expected) <= ULP * max(1, condition) * np.spacing(abs(expected))


@pytest.mark.parametrize("order", [1, 2])
@pytest.mark.parametrize("name", FORMULAS)
def test_gradients_and_curvatures_are_right_at_nasty_points(name: str, order: int) -> None:
    function = lower(FORMULAS[name], [x], backend="jax")
    for _ in range(order):
        function = jax.grad(function)
    found = [float(function(at)) for at in NASTY]
    # Beside zero a curvature may be a difference of terms of order one, so that much is lost, in absolute terms.
    np.testing.assert_allclose(found, [exact(FORMULAS[name], at, order) for at in NASTY], rtol=1e-13, atol=1e-13)


@pytest.mark.parametrize("at", [1e3, -1e3])
def test_far_out_gradients_do_not_become_infinite(at: float) -> None:
    log_cosh, tail = (jax.grad(lower(FORMULAS[name], [x], backend="jax")) for name in ("log cosh", "tail"))
    assert log_cosh(at) == np.sign(at)
    # d/dx log erfc(x) = -2x (1 + 1/(2 x^2) - ...) for large x.
    assert tail(at) == pytest.approx(-2 * at * (1 + 1 / (2 * at**2)) if at > 0 else 0, rel=1e-11)


def test_every_function_of_ours_has_its_derivative() -> None:
    from numerics.lowering.jax.source import SLOPES

    own = {name for name in ELEMENTARY.values() if "." not in name}
    assert own <= {FUNCTIONS[node] for node in SLOPES}


def test_a_function_can_be_compiled_and_mapped() -> None:
    function = lower(sp.log(sp.cosh(x * y)) + sp.tanh(y), (x, y), backend="jax")
    a, b = np.linspace(-2, 2, 5), np.linspace(0, 1, 5)
    expected = lower(sp.log(sp.cosh(x * y)) + sp.tanh(y), (x, y))(a, b)
    for form in (function, jax.jit(function), jax.vmap(function)):
        np.testing.assert_allclose(form(a, b), expected, rtol=1e-14)


def test_arguments_broadcast_and_constants_take_their_shape() -> None:
    assert lower(x * y, (x, y), backend="jax")(np.ones((3, 1)), np.ones(4)).shape == (3, 4)
    assert lower(sp.pi, (x,), backend="jax")(np.zeros((2, 0, 3))).shape == (2, 0, 3)
    assert lower(sp.pi, (), backend="jax")() == np.pi


def test_matrices_stand_in_the_last_axes() -> None:
    rotation = sp.Matrix([[sp.cos(x), -sp.sin(x)], [sp.sin(x), sp.cos(x)]])
    found = lower(rotation, [x], backend="jax")(np.linspace(0, 1, 5))
    np.testing.assert_allclose(found, lower(rotation, [x])(np.linspace(0, 1, 5)), rtol=1e-15)
    jacobian = jax.jacobian(lower([x**2, sp.sin(x)], [x], backend="jax"))(2.0)
    np.testing.assert_allclose(jacobian, [4, np.cos(2)], rtol=1e-15)


def test_single_precision_is_kept_and_integers_count_as_doubles() -> None:
    half = lower(x / 2 + y, (x, y), backend="jax")
    assert half(np.ones(2, dtype=np.float32), 2).dtype == jnp.float32
    assert half(np.ones(2, dtype=np.float32), np.float64(2)).dtype == jnp.float64
    assert half(1, 2).dtype == half(np.array([1, 2]), 1).dtype == jnp.float64
    with jax.enable_x64(False):
        assert half(1.0, 2.0).dtype == jnp.float32


def test_the_accuracy_is_measured() -> None:
    function = lower(sp.log(sp.cosh(x)), [x], backend="jax")
    assert 0 < function.max_ulp <= ULP and function.libm == "JAX"


def test_the_source_stands_by_itself() -> None:
    source = lower(sp.log(sp.erfc(x)) + 1 / sp.cosh(x), [x], backend="jax").source
    assert "numerics" not in source and not [line for line in source.split() if line.startswith("np.")]
    namespace: dict[str, object] = {}
    exec(compile(source, "<source>", "exec"), namespace)
    assert callable(namespace["lowered"])


def test_a_function_that_jax_lacks_is_named() -> None:
    with pytest.raises(TypeError, match="no JAX form for airyai"):
        lower(sp.airyai(x), [x], backend="jax")


@pytest.mark.parametrize("value", [1j, jnp.array([1j]), "a", None, np.array([1, 2], dtype=object), np.longdouble(1)])
@pytest.mark.parametrize("expression", [x, GaussianMean(sp.tanh(x + y) ** 2, y, 1)], ids=str)
def test_what_are_no_real_numbers_is_refused(expression: sp.Expr, value: object) -> None:
    with pytest.raises(TypeError, match=r"expected real numbers.*argument 0"):
        lower(expression, [x], backend="jax")(value)


def test_a_mask_is_not_lost() -> None:
    with pytest.raises(TypeError, match="without a mask for argument 0"):
        lower(x, [x], backend="jax")(np.ma.masked_array([1.0, 2.0], mask=[False, True]))


def test_names_of_jax_are_no_names_of_arguments() -> None:
    jnp_, jax_ = sp.symbols("jnp jax", real=True)
    assert lower(sp.log(sp.cosh(jnp_)) + jax_, (jnp_, jax_), backend="jax")(0.0, 2.0) == 2


DIVIDED = {"exp": sp.exp, "tanh": sp.tanh, "sin": sp.sin, "log": sp.log, "logistic": lambda u: 1 / (1 + sp.exp(-u))}


@pytest.mark.parametrize("name", DIVIDED)
def test_divided_differences_have_their_derivatives_where_both_arguments_are_equal(name: str) -> None:
    h, at = DIVIDED[name], sp.Rational(1, 2)
    function = lower((h(x) - h(y)) / (x - y), (x, y), backend="jax")
    slopes = [float(sp.diff(h(x), x, order).subs(x, at)) for order in (1, 2, 3)]
    assert float(function(0.5, 0.5)) == pytest.approx(slopes[0], rel=1e-14)
    for place in (0, 1):
        assert float(jax.grad(function, place)(0.5, 0.5)) == pytest.approx(slopes[1] / 2, rel=1e-13)
    curvatures = np.array(jax.hessian(function, (0, 1))(0.5, 0.5))
    np.testing.assert_allclose(curvatures, np.array([[2, 1], [1, 2]]) * slopes[2] / 6, rtol=1e-12)


@pytest.mark.parametrize("name", ["exp", "tanh", "logistic"])
def test_differences_have_their_derivatives_where_both_arguments_are_equal(name: str) -> None:
    h = DIVIDED[name]
    function = lower(h(x) - h(y), (x, y), backend="jax")
    slope = float(sp.diff(h(x), x).subs(x, sp.Rational(1, 2)))
    assert function(0.5, 0.5) == 0
    found = [float(jax.grad(function, place)(0.5, 0.5)) for place in (0, 1)]
    np.testing.assert_allclose(found, [slope, -slope], rtol=1e-14)


def test_a_sign_of_a_difference_keeps_its_value_where_there_is_none() -> None:
    assert lower(sp.Max(x, y) * sp.sign(x - y) + sp.Abs(x - y), (x, y), backend="jax")(0.5, 0.5) == 0


@pytest.mark.parametrize(
    ("expression", "at", "slope"),
    [
        (sp.Piecewise((sp.sin(x) / x, sp.Ne(x, 0)), (1, True)), 0.0, 0.0),
        (sp.Piecewise((sp.sqrt(x), x > 0), (0, True)), 0.0, 0.0),
        (sp.Piecewise((sp.log(x), x > 1), (x - 1, True)), 0.0, 1.0),
    ],
)
def test_a_branch_that_is_not_chosen_does_not_spoil_a_gradient(expression: sp.Expr, at: float, slope: float) -> None:
    function = lower(expression, [x], backend="jax")
    assert jax.grad(function)(at) == slope
    assert jax.grad(lambda values: function(values).sum())(np.array([at, 2.0]))[0] == slope


k = sp.Symbol("k", integer=True)
n = sp.Symbol("n", integer=True, positive=True)
RUNNING = {
    "sum": sp.Sum(x**k / sp.factorial(k), (k, 0, n)),
    "product": sp.Product(1 + x / k, (k, 1, n)),
    "sum in a sum": sp.Sum(sp.Sum(sp.tanh(x * k * y), (y, 1, k)), (k, 1, n)),
    "long sum": sp.Sum(sp.tanh(k * x) / k**2, (k, 1, 40)) * n,
}


@pytest.mark.parametrize("name", RUNNING)
def test_sums_and_products_run_to_their_own_bounds_and_are_differentiated(name: str) -> None:
    function, plain = (lower(RUNNING[name], (x, n), backend=b) for b in ("jax", "numpy"))
    values, counts = np.array([0.5, -0.25, 2.0]), np.array([[1.0], [7.0], [30.0]])
    np.testing.assert_allclose(function(values, counts), plain(values, counts), rtol=1e-14)
    of_product = RUNNING[name] * sp.Sum(1 / (k + x), (k, 1, n))
    slope = lower(of_product if name == "product" else sp.diff(RUNNING[name], x), (x, n))
    found = jax.vmap(jax.grad(function))(values, np.array([1.0, 4.0, 9.0]))
    np.testing.assert_allclose(found, slope(values, np.array([1, 4, 9])), rtol=1e-12)


@pytest.mark.parametrize("bound", [2.5, np.nan, np.inf, -np.inf, -3.0])
def test_bounds_that_cannot_be_run_through_are_as_in_numpy(bound: float) -> None:
    for name in ("sum", "product"):
        function, plain = (lower(RUNNING[name], (x, n), backend=b) for b in ("jax", "numpy"))
        at = (0.5, np.array([bound, 3.0]))
        np.testing.assert_allclose(function(*at), plain(*at), rtol=1e-15)


q = sp.Symbol("q", positive=True)
z = sp.Symbol("z", real=True)
OVERLAP = q - GaussianMean(sp.tanh(x + sp.sqrt(q) * z) ** 2, z, 1)


def test_means_are_those_of_numpy_with_derivatives_that_are_lowered() -> None:
    function, plain = (lower(OVERLAP, (x, q), backend=b) for b in ("jax", "numpy"))
    at = (0.2, np.array([0.1, 0.5, 0.9]))
    np.testing.assert_array_equal(function(*at), plain(*at))
    np.testing.assert_array_equal(jax.jit(function)(*at), plain(*at))
    np.testing.assert_array_equal(jax.vmap(function, in_axes=(None, 0))(*at), plain(*at))
    slopes = jax.vmap(jax.grad(function, 1), in_axes=(None, 0))(*at)
    np.testing.assert_allclose(slopes, lower(sp.diff(OVERLAP, q), (x, q))(*at), rtol=1e-14)
    curvature = jax.hessian(function, (0, 1))(0.2, 0.5)
    expected = lower(sp.hessian(OVERLAP, (x, q)), (x, q))(0.2, 0.5)
    np.testing.assert_allclose(np.array(curvature), expected, rtol=1e-13)
    assert function.error_estimate(0.2, 0.5) == plain.error_estimate(0.2, 0.5)


def test_vectors_and_integrals_with_ends_that_vary_are_differentiated() -> None:
    function = lower([sp.Integral(sp.exp(-x * z**2), (z, 0, y)), x * y], (x, y), backend="jax")
    np.testing.assert_allclose(jax.jacobian(function, 1)(1.0, 2.0), [np.exp(-4), 1], rtol=1e-14)


def test_a_mean_that_misses_its_tolerance_is_refused_traced_or_not() -> None:
    function = lower(sp.Integral(1 / z, (z, x, 1)), [x], backend="jax")
    with pytest.raises(QuadratureError, match=r"x = -1\.0"):
        function(-1.0)
    with pytest.raises(jax.errors.JaxRuntimeError, match=r"QuadratureError: expected .* x = -1\.0"):
        jax.jit(function)(-1.0).block_until_ready()


@pytest.mark.parametrize("name", ["loop_sum", "t1_of", "float", "jax", "range"])
def test_names_of_loops_are_no_names_of_arguments(name: str) -> None:
    symbol = sp.Symbol(name, real=True)
    expression = sp.Sum(symbol * k, (k, 1, n))
    assert lower(expression, (symbol, n), backend="jax")(2.0, 3.0) == 12.0


P, Q = sp.symbols("p q", positive=True)


@pytest.mark.parametrize(
    "expression",
    [
        sp.loggamma(P + Q) - sp.loggamma(P),
        sp.digamma(P + Q) - sp.digamma(P),
        sp.loggamma(P + Q + 1) - sp.loggamma(P + 1) - sp.loggamma(Q + 1),
        sp.log(sp.beta(P, Q)),
        Q + sp.loggamma(P) - (P - sp.Rational(1, 2)) * sp.log(P) + P,
        P * sp.log(P / Q) - P + Q,
        sp.exp(-(P**2) / 2) / sp.sqrt(2 * sp.pi) - P * sp.erfc(P / sp.sqrt(2)) / 2 + Q,
        P**3 * Q / (sp.exp(P) - 1),
        (sp.exp(P) - sp.exp(Q)) / (P - Q),
    ],
    ids=str,
)
def test_functions_of_ours_that_jax_lacks_are_written_by_others(expression: sp.Expr) -> None:
    found = lower(expression, [P, Q], backend="jax")(1.7, 0.6)
    assert float(found) == pytest.approx(float(lower(expression, [P, Q])(1.7, 0.6)), rel=1e-12)
