"""Fixed points agree with mpmath, each at its own point, and are refused where there is none."""

from __future__ import annotations

import pickle
from collections.abc import Callable

import mpmath
import numpy as np
import pytest
import sympy as sp

from numerics import lower_fixed_point
from numerics.solvers.convergence import NotConvergedError
from numerics.solvers.fixed_points import LoweredFixedPoint
from theory.averages import GaussianMean
from theory.domain import Domain

m, n, x, beta, h, J = sp.symbols("m n x beta h J", real=True)
q = sp.Symbol("q", nonnegative=True)
NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(24)
# What rounding the map costs where 1 - df/dq is of order one; elsewhere the record says how much more it is.
ROUNDING = 1e-14


def magnetization(**options: object) -> LoweredFixedPoint:
    """The Curie-Weiss model."""
    return lower_fixed_point({m: sp.tanh(beta * m + h)}, (beta, h), start={m: 1}, **options)  # type: ignore[arg-type]


def exact_magnetization(at: float, field: float) -> mpmath.mpf:
    """The largest solution to 30 digits: by the Illinois method, which shares nothing with the solver."""
    with mpmath.workdps(30):
        slope, field = mpmath.mpf(at), mpmath.mpf(field)
        if field == 0 and slope <= 1:
            return mpmath.mpf(0)
        if field:
            return _root(lambda y: mpmath.tanh(slope * y + field) - y, mpmath.mpf(0))
        # Divided by the magnetization the trivial solution is gone; half the leading order sqrt(3 (beta - 1)) is below.
        return _root(lambda y: mpmath.tanh(slope * y) / y - 1, mpmath.sqrt(slope - 1) / slope**2)


def _root(residual: Callable[[mpmath.mpf], mpmath.mpf], low: mpmath.mpf) -> mpmath.mpf:
    return mpmath.findroot(residual, (low, 1), solver="illinois", tol=1e-50, maxsteps=200)


def gaussian_sum(function: sp.Expr, z: sp.Symbol) -> sp.Expr:
    """A mean over a normal variable as a stated sum of Gauss and Hermite."""
    terms = [sp.Float(w) * function.subs(z, sp.Float(node)) for node, w in zip(NODES, WEIGHTS, strict=True)]
    return sp.Add(*terms) / sp.Float(WEIGHTS.sum())


def mpmath_mean(function: object) -> mpmath.mpf:
    """The same sum in multiple precision."""
    total = sum(mpmath.mpf(w) * function(mpmath.mpf(y)) for y, w in zip(NODES, WEIGHTS, strict=True))  # type: ignore[operator]
    return total / mpmath.mpf(WEIGHTS.sum())


@pytest.mark.parametrize("at", [0.3, 0.9, 1.1, 1.5, 5.0, 40.0])
@pytest.mark.parametrize("field", [0.0, 0.1, 2.0])
def test_the_curie_weiss_magnetization_agrees_with_thirty_digits(at: float, field: float) -> None:
    exact = float(exact_magnetization(at, field))
    assert magnetization()(at, field) == pytest.approx(exact, rel=10 * ROUNDING, abs=1e-100)


@pytest.mark.parametrize("distance", [1e-2, 1e-4, 1e-6, 1e-8])
def test_near_the_critical_temperature_the_error_is_what_the_record_says(distance: float) -> None:
    found = magnetization().solve(1 + distance, 0.0)
    error = abs(found.values[m] - float(exact_magnetization(1 + distance, 0.0)))
    assert found.converged and error <= found.uncertainty[m] <= 1e-6 * found.values[m]


def test_at_the_critical_temperature_the_lost_place_is_refused() -> None:
    with pytest.raises(NotConvergedError, match=r"at beta = 1\.0, h = 0\.0 from m = 1; .*fixed points merge there"):
        magnetization()(np.array([0.5, 1.0]), 0.0)


def test_just_below_the_critical_temperature_nothing_is_left() -> None:
    assert abs(magnetization()(1 - 1e-8, 0.0)) < 1e-14


def test_a_start_past_the_spinodal_flows_to_the_other_side() -> None:
    # The branch that the start lies on has ended; Newton's method alone is caught at its end.
    fields = np.linspace(-0.6, -0.3, 31)
    found = magnetization()(1.6, fields)
    exact = [
        float(mpmath.findroot(lambda y, f=f: mpmath.tanh(1.6 * y + f) - y, (-1, -0.5), solver="illinois"))
        for f in fields
    ]
    np.testing.assert_allclose(found, exact, rtol=1e-12)


def glass_overlap() -> LoweredFixedPoint:
    """The replica-symmetric overlap of the Sherrington-Kirkpatrick model."""
    z = sp.Symbol("z", real=True)
    mean = GaussianMean(sp.tanh(beta * sp.sqrt(q) * z + beta * h) ** 2, z, 1)
    return lower_fixed_point({q: mean}, (beta, h), start={q: 1})


def exact_overlap(at: mpmath.mpf, field: mpmath.mpf) -> mpmath.mpf:
    """By mpmath's own quadrature, on pieces of a line beyond which a normal variable does not count in doubles."""

    def residual(overlap: mpmath.mpf) -> mpmath.mpf:
        def integrand(y: mpmath.mpf) -> mpmath.mpf:
            return mpmath.npdf(y) * mpmath.tanh(at * (mpmath.sqrt(overlap) * y + field)) ** 2

        return mpmath.quad(integrand, [-10, -5, 0, 5, 10]) - overlap

    return mpmath.findroot(residual, (1e-3, 1), solver="illinois", tol=1e-36)


@pytest.mark.parametrize("point", [(0.5, 0.3), (1.5, 0.0), (3.0, 0.1)])
def test_the_overlap_of_the_spin_glass_agrees_with_another_quadrature(point: tuple[float, float]) -> None:
    with mpmath.workdps(20):
        assert glass_overlap()(*point) == pytest.approx(float(exact_overlap(*point)), rel=1e-10)


def test_the_response_of_the_overlap_agrees_with_differences() -> None:
    with mpmath.workdps(20):
        step = mpmath.mpf(1) / 1000  # to the fourth order, so the error is some 1e-12
        shares = ((-2, 1), (-1, -8), (1, 8), (2, -1))
        expected = sum(c * exact_overlap(1.5, mpmath.mpf("0.3") + k * step) for k, c in shares) / (12 * step)
    assert glass_overlap().derivative(h)(1.5, 0.3) == pytest.approx(float(expected), rel=1e-9)


def test_above_its_critical_temperature_the_overlap_of_the_spin_glass_vanishes() -> None:
    assert np.all(glass_overlap()(np.array([0.3, 0.9, 0.99]), 0.0) < 1e-13)


def test_two_unknowns_of_the_hopfield_model_agree_with_thirty_digits() -> None:
    z, load = sp.Symbol("z", real=True), sp.Symbol("load", positive=True)
    noise = sp.sqrt(load * q) / (1 - beta * (1 - q))
    field = beta * (m + noise * z)
    retrieval = lower_fixed_point(
        {m: gaussian_sum(sp.tanh(field), z), q: gaussian_sum(sp.tanh(field) ** 2, z)},
        (beta, load),
        start={m: 1, q: 1},
    )

    def system(b: float, a: float) -> object:
        def residual(y: mpmath.mpf, p: mpmath.mpf) -> list[mpmath.mpf]:
            width = mpmath.sqrt(mpmath.mpf(a) * p) / (1 - b * (1 - p))
            return [
                mpmath_mean(lambda t: mpmath.tanh(b * (y + width * t))) - y,
                mpmath_mean(lambda t: mpmath.tanh(b * (y + width * t)) ** 2) - p,
            ]

        return residual

    points = [(2.0, 0.01), (4.0, 0.05), (10.0, 0.08)]
    found = np.transpose(retrieval(*np.transpose(points)))
    for (b, a), values in zip(points, found, strict=True):
        with mpmath.workdps(30):
            exact = mpmath.findroot(system(b, a), [float(v) for v in values])  # nearest solution, to 30 digits
        np.testing.assert_allclose(values, np.array(exact.tolist(), dtype=float).ravel(), rtol=1e-12)
        assert values[0] > 0.9  # the retrieval state, not the spin glass


def test_overlaps_of_layers_are_entries_of_a_family() -> None:
    overlap = sp.IndexedBase("q")
    n_layers = 4
    chain = {overlap[i]: sp.tanh(beta * ((overlap[i - 1] if i > 1 else h) + (overlap[i + 1] if i < n_layers else 0)))
             for i in range(1, n_layers + 1)}  # fmt: skip
    layers = lower_fixed_point(chain, (beta, h), start=dict.fromkeys(chain, 1))
    found = np.array(layers(0.8, 0.5))
    bonds = np.eye(n_layers, k=1) + np.eye(n_layers, k=-1)
    outer = np.array([0.5, 0, 0, 0])
    expected = np.ones(n_layers)
    for _ in range(4000):  # plain iteration, which needs thousands of steps
        expected = np.tanh(0.8 * (bonds @ expected + outer))
    np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_the_start_chooses_the_branch() -> None:
    equation = {m: sp.tanh(beta * m)}
    ends = [float(lower_fixed_point(equation, [beta], start={m: s})(1.5)) for s in (1, 0, -1)]
    exact = float(exact_magnetization(1.5, 0.0))
    np.testing.assert_allclose(ends, [exact, 0, -exact], rtol=1e-14)


def test_a_start_may_depend_on_the_arguments() -> None:
    odd = lower_fixed_point({m: sp.tanh(beta * m + h)}, (beta, h), start={m: sp.sign(h)})
    up, down = odd(1.5, np.array([0.1, -0.1]))
    assert up == -down == pytest.approx(float(exact_magnetization(1.5, 0.1)), rel=1e-14)


def test_on_a_way_the_first_change_of_sign_is_taken() -> None:
    # Zero, the metastable and the stable state of a first-order transition: 0 < 0.1 ... < 0.9.
    cubic = {x: x - (x - sp.Rational(1, 10)) * (x - sp.Rational(1, 2)) * (x - sp.Rational(9, 10)) + 0 * beta}
    ways = [((0, 1), 0.1), ((sp.Rational(2, 10), 1), 0.5), ((1, 0), 0.9), ((beta, 0), 0.1)]
    for way, expected in ways:
        assert lower_fixed_point(cubic, [beta], start={x: way})(0.4) == pytest.approx(expected, rel=1e-13)


def test_a_way_without_a_change_of_sign_is_refused() -> None:
    way = lower_fixed_point({m: sp.tanh(beta * m)}, [beta], start={m: (1, 0)})
    assert way(1.5) == pytest.approx(float(exact_magnetization(1.5, 0.0)), rel=1e-14)
    with pytest.raises(NotConvergedError, match="changes its sign nowhere on the way"):
        way(0.5)


def test_a_jump_is_no_fixed_point() -> None:
    step = sp.Piecewise((1, x < sp.Rational(1, 2)), (0, True))
    for start in (0, (0, 1)):
        found = lower_fixed_point({x: step}, [beta], start={x: start}, max_iterations=300).solve(1.0)
        assert not found.converged and np.isnan(found.values[x])


@pytest.mark.parametrize("equation", [x + 1, x + sp.exp(-x), x**2 + x + 1, x + 1 / (1 + x**2)], ids=str)
def test_a_map_without_a_fixed_point_is_refused(equation: sp.Expr) -> None:
    without = lower_fixed_point({x: equation}, [beta], start={x: 0}, max_iterations=300)
    with pytest.raises(NotConvergedError, match=r"for x to a relative error of 1e-06 at beta = 2\.0 from x = 0; found"):
        without(2.0)
    found = without.solve(np.array([1.0, 2.0]))
    assert np.isnan(found.values[x]).all() and not found.converged.any()


def test_a_cusp_close_to_the_diagonal_is_no_fixed_point() -> None:
    near = x + sp.sqrt(sp.Abs(x - 1)) + sp.Rational(1, 1000)
    assert not lower_fixed_point({x: near}, [beta], start={x: 0}, max_iterations=300).solve(1.0).converged


def test_a_repelling_fixed_point_is_found_and_marked() -> None:
    growth = sp.Symbol("growth", real=True)
    logistic = lower_fixed_point({x: growth * x * (1 - x)}, [growth], start={x: sp.Rational(7, 10)})
    found = logistic.solve(np.array([2.0, 2.9, 3.2, 4.0])).checked()
    np.testing.assert_allclose(found.values[x], 1 - 1 / np.array([2.0, 2.9, 3.2, 4.0]), rtol=1e-14)
    assert found.stable.tolist() == [True, True, False, False]
    np.testing.assert_allclose(found.spectral_radius, [0, 0.9, 1.2, 2], atol=1e-14)


def test_each_point_converges_by_itself() -> None:
    at = np.array([0.2, 0.999, 1.0, 1.001, 3.0])
    together, single = magnetization().solve(at, 0.0), [magnetization().solve(b, 0.0) for b in at]
    assert together.converged.tolist() == [True, True, False, True, True]
    assert together.iterations.tolist() == [int(one.iterations) for one in single]
    np.testing.assert_array_equal(together.values[m], [one.values[m] for one in single])


def test_the_record_counts_and_measures() -> None:
    found = magnetization(max_iterations=15).solve(np.array([2.0, 1.0001]), 0.0)
    assert found.converged.tolist() == [True, False] and found.iterations[1] == 15
    values = found.values[m][0]
    assert found.residual[0] == abs(np.tanh(2 * values) - values) or found.residual[0] < 1e-16
    assert found.relative_residual[0] <= 1e-15 < found.relative_residual[1]
    assert found.start == {m: 1}


def test_not_a_number_gives_not_a_number() -> None:
    found = magnetization()(np.array([np.nan, 2.0]), 0.0)
    assert np.isnan(found[0]) and found[1] > 0.95


@pytest.mark.parametrize("shape", [(), (1,), (0,), (3, 0, 2), (2, 3, 5)])
def test_results_have_the_shape_of_the_arguments(shape: tuple[int, ...]) -> None:
    result = magnetization()(np.full(shape, 2.0), 0.5)
    assert np.shape(result) == shape and np.all(result == magnetization()(2.0, 0.5))


def test_arguments_broadcast_and_scalars_stay_scalars() -> None:
    assert magnetization()(np.linspace(1, 2, 3)[:, None], np.linspace(0.1, 1, 4)).shape == (3, 4)
    assert isinstance(magnetization()(2, 1), np.float64)


def test_single_precision_is_kept_and_computed_in_doubles() -> None:
    result = magnetization()(np.array([1.5], dtype=np.float32), 0.1)
    assert result.dtype == np.float32
    assert result[0] == np.float32(magnetization()(1.5, float(np.float32(0.1))))


def test_arrays_of_any_layout_are_taken() -> None:
    at = np.asfortranarray(np.linspace(1.1, 3, 12).reshape(3, 4))
    np.testing.assert_array_equal(magnetization()(at[::2, ::-1], 0.1), magnetization()(at[::2, ::-1].copy(), 0.1))


def test_steps_stay_in_the_domain() -> None:
    # Beyond 1 the logarithm has no value; the undamped map goes there from every start.
    domain = Domain({x: sp.Interval(0, 1), beta: sp.Interval(0, 10)})
    root = lower_fixed_point({x: -beta * sp.log(x)}, [beta], start={x: sp.Rational(1, 10)}, domain=domain)(2.0)
    with mpmath.workdps(30):
        exact = mpmath.findroot(lambda y: -2 * mpmath.log(y) - y, 0.7)
    assert root == pytest.approx(float(exact), rel=1e-14)


def test_a_map_without_arguments_is_a_number() -> None:
    assert lower_fixed_point({x: sp.cos(x)}, [], start={x: 1})() == pytest.approx(0.7390851332151607, rel=1e-15)


@pytest.mark.usefixtures("needs_compiler")
def test_the_c_backend_finds_the_same() -> None:
    at = np.linspace(0.2, 3, 50)
    np.testing.assert_allclose(magnetization(backend="c")(at, 0.1), magnetization()(at, 0.1), rtol=1e-13)


def test_a_fixed_point_travels_to_a_worker() -> None:
    again = pickle.loads(pickle.dumps(magnetization()))
    assert again(2.0, 0.1) == magnetization()(2.0, 0.1)


@pytest.mark.parametrize(
    ("equations", "start", "message"),
    [
        ({}, {}, "expected an equation for one unknown"),
        ({m: sp.tanh(beta * m)}, {}, "expected a start for each of m; found none"),
        ({m: sp.tanh(J * m)}, {m: 1}, "found J beside them"),
        ({beta: sp.tanh(beta)}, {beta: 1}, "found beta among both"),
        ({m: n * beta, n: m}, {m: (0, 1), n: 1}, "found a pair"),
    ],
)
def test_ill_posed_problems_are_refused(equations: dict, start: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        lower_fixed_point(equations, [beta], start=start)


def test_a_request_that_cannot_be_met_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a tolerance between 0 and 1"):
        magnetization(tolerance=0)


def test_the_number_of_arguments_is_checked() -> None:
    with pytest.raises(TypeError, match=r"expected 2 arguments \(beta, h\); found 1"):
        magnetization()(1.0)


def test_a_map_that_cannot_be_lowered_is_named() -> None:
    with pytest.raises(TypeError, match="no NumPy form for f"):
        lower_fixed_point({m: sp.Function("f")(m)}, [beta], start={m: 1})
