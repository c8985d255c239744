"""Derivatives at a fixed point agree with those of mpmath's solutions, and are refused where the response diverges."""

from __future__ import annotations

from dataclasses import replace

import mpmath
import numpy as np
import pytest
import sympy as sp

from numerics import lower_fixed_point
from numerics.solvers.convergence import CriticalPointError
from numerics.solvers.fixed_points import LoweredFixedPoint
from numerics.solvers.fixed_points.equations import Entries

m, n, beta, h = sp.symbols("m n beta h", real=True)
POINTS = [(0.5, 0.3), (1.4, 0.1), (2.0, 0.7)]


def magnetization() -> LoweredFixedPoint:
    return lower_fixed_point({m: sp.tanh(beta * m + h)}, (beta, h), start={m: 1})


def exact(at: mpmath.mpf, field: mpmath.mpf) -> mpmath.mpf:
    """The magnetization as a function that mpmath can differentiate."""
    return mpmath.findroot(lambda y: mpmath.tanh(at * y + field) - y, (0, 1), solver="illinois", tol=1e-110)


def exact_derivative(orders: tuple[int, int], point: tuple[float, float]) -> float:
    """By differences of solutions to 60 digits, which know nothing of the implicit function theorem."""
    with mpmath.workdps(60):
        return float(mpmath.diff(exact, point, orders))


@pytest.mark.parametrize("orders", [(1, 0), (0, 1), (1, 1), (0, 2), (2, 1), (0, 3)])
@pytest.mark.parametrize("point", POINTS)
def test_derivatives_of_every_order_agree_with_differences_in_sixty_digits(
    orders: tuple[int, int], point: tuple[float, float]
) -> None:
    function = magnetization()
    for symbol, times in zip((beta, h), orders, strict=True):
        for _ in range(times):
            function = function.derivative(symbol)
    # Third derivatives divide by 1 - df/dq five times; here it is at least a tenth.
    assert function(*point) == pytest.approx(exact_derivative(orders, point), rel=1e-10)


def test_the_order_of_differentiation_does_not_matter() -> None:
    at, field = np.transpose(POINTS)
    one, other = (magnetization().derivative(a).derivative(b)(at, field) for a, b in ((beta, h), (h, beta)))
    np.testing.assert_allclose(one, other, rtol=1e-14)


def coupled() -> LoweredFixedPoint:
    """Mean fields of the two layers of a restricted Boltzmann machine."""
    return lower_fixed_point({m: sp.tanh(beta * n + h), n: sp.tanh(2 * beta * m)}, (beta, h), start={m: 1, n: 1})


@pytest.mark.parametrize("along", [(beta,), (h,), (beta, h), (h, h)], ids=str)
def test_derivatives_of_systems_agree_with_differences_in_sixty_digits(along: tuple[sp.Symbol, ...]) -> None:
    function = coupled()
    for symbol in along:
        function = function.derivative(symbol)
    orders = (along.count(beta), along.count(h))

    def first(at: mpmath.mpf, field: mpmath.mpf) -> mpmath.mpf:
        """The second layer put into the equation of the first: one unknown is left."""
        return mpmath.findroot(
            lambda y: mpmath.tanh(at * mpmath.tanh(2 * at * y) + field) - y, (0.3, 1), solver="illinois", tol=1e-110
        )

    def second(at: mpmath.mpf, field: mpmath.mpf) -> mpmath.mpf:
        return mpmath.tanh(2 * at * first(at, field))

    with mpmath.workdps(60):
        expected = [float(mpmath.diff(layer, (0.9, 0.2), orders)) for layer in (first, second)]
    np.testing.assert_allclose(function(0.9, 0.2), expected, rtol=1e-11)


def test_the_slope_of_the_free_energy_at_its_saddle_is_the_magnetization() -> None:
    # At a stationary point only the explicit dependence counts: an identity, not the code's own formula.
    field = sp.Symbol("B", real=True)
    saddle = lower_fixed_point({m: sp.tanh(beta * (m + field))}, (beta, field), start={m: 1})
    energy = saddle.quantity(m**2 / 2 - sp.log(2 * sp.cosh(beta * (m + field))) / beta)
    at = np.array([0.5, 1.3, 2.0])
    np.testing.assert_allclose(energy.derivative(field)(at, 0.2), -saddle(at, 0.2), rtol=1e-13)


def test_the_susceptibility_diverges_at_the_critical_point_and_is_refused_there() -> None:
    at_zero = lower_fixed_point({m: sp.tanh(beta * m + h)}, (beta, h), start={m: 0}).derivative(h)
    # 1 - beta is exact here; Curie's law 1/(1 - beta) holds to rounding.
    assert at_zero(1 - 2.0**-20, 0.0) == pytest.approx(2.0**20, rel=1e-12)
    with pytest.raises(CriticalPointError, match=r"found it singular, .* at beta = 1\.0, h = 0\.0 \(1 of 2 points\)"):
        at_zero(np.array([0.5, 1.0]), 0.0)


def test_close_to_the_critical_point_the_response_is_still_right() -> None:
    # The slope 1 - beta (1 - m^2) is 2e-8 there, so eight of sixteen digits are left.
    found = magnetization().derivative(h)(1 + 1e-8, 0.0)
    with mpmath.workdps(40):
        at = mpmath.mpf(1 + 1e-8)
        place = mpmath.findroot(lambda y: mpmath.tanh(at * y) / y - 1, (1e-4, 1), solver="illinois", tol=1e-70)
        slope = 1 - place**2
        expected = float(slope / (1 - at * slope))
    assert found == pytest.approx(expected, rel=1e-6)


def test_where_an_argument_is_not_a_number_neither_is_the_derivative() -> None:
    found = magnetization().derivative(h)(np.array([np.nan, 0.5]), 0.3)
    assert np.isnan(found[0]) and np.isfinite(found[1])


def test_a_derivative_by_something_else_is_refused() -> None:
    with pytest.raises(ValueError, match="expected one of the arguments beta, h; found n"):
        magnetization().derivative(n)


MUTANTS = {
    "a sign": lambda slope: 2 - slope,
    "a lost chain rule": lambda slope: 1 - (1 - slope) / beta,
    "no feedback": lambda slope: sp.S.One + 0 * slope,
}


@pytest.mark.parametrize("name", MUTANTS)
def test_a_wrong_slope_shows_in_the_derivative(name: str) -> None:
    right = magnetization()
    wrong = MUTANTS[name](sp.diff(m - sp.tanh(beta * m + h), m))
    slopes = Entries([wrong], right.equations.atoms, "numpy")
    mutant = replace(right, equations=replace(right.equations, slopes=slopes)).derivative(h)
    expected = exact_derivative((0, 1), (1.4, 0.1))
    assert right.derivative(h)(1.4, 0.1) == pytest.approx(expected, rel=1e-10)
    assert abs(mutant(1.4, 0.1) - expected) > 1e-2
