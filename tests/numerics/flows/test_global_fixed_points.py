"""The potential at every field: against published digits, shooting, truncations, and limits known exactly."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from flint import arb_mat
from scipy.integrate import solve_ivp

from numerics import global_fixed_point, local_potential_fixed_point
from numerics.flows.chebyshev import BallGrid, Grid
from numerics.flows.collocation import solved
from numerics.flows.potential import PotentialFlow
from numerics.flows.profile_digits import precision, refined
from numerics.flows.slope_flow import SlopeFlow
from theory import ExponentialRegulator, LitimRegulator, PowerRegulator, Regulator, SharpRegulator
from theory.flow_values import CORRECTION_EXPONENT, CORRELATION_LENGTH_EXPONENT

LITIM = LitimRegulator()


def test_exponents_have_the_published_digits() -> None:
    """The last printed digit may be rounded or cut: one unit of it."""
    ising = global_fixed_point(dimension=3, components=1, regulator=LITIM)
    for found, error, published in (
        (ising.correlation_length_exponent, ising.uncertainty, CORRELATION_LENGTH_EXPONENT),
        (ising.correction_exponent, ising.uncertainties[1], CORRECTION_EXPONENT),
    ):
        assert abs(float(found) - float(published.value)) < 2 * float(published.half_width)
        assert error < 1e-12


# D. F. Litim, Nuclear Physics B 631, 128 (2002), the optimized regulator in d = 3.
@pytest.mark.parametrize(
    ("components", "nu"), [(0, 0.592083), (1, 0.649562), (2, 0.708211), (3, 0.761123), (4, 0.804348)]
)
def test_exponents_of_several_components_extend_those_of_truncations(components: int, nu: float) -> None:
    found = global_fixed_point(dimension=3, components=components, regulator=LITIM, digits=8)
    cut = local_potential_fixed_point(dimension=3, components=components, regulator=LITIM, order=12)
    assert abs(float(found.correlation_length_exponent) - nu) < 1e-6
    assert abs(float(found.correlation_length_exponent) - cut.correlation_length_exponent) < 2e-5
    assert float(found.minimum) == pytest.approx(cut.couplings[0], rel=1e-5)
    assert float(found.couplings[1]) == pytest.approx(cut.couplings[1], rel=1e-4)


# A. Hasenfratz, P. Hasenfratz, Nuclear Physics B 270, 687 (1986): nu = 0.6895, omega = 0.5953.
def test_the_sharp_cutoff_has_its_published_exponents() -> None:
    found = global_fixed_point(dimension=3, components=1, regulator=SharpRegulator(), digits=8)
    assert abs(float(found.correlation_length_exponent) - 0.6895) < 5e-5
    assert abs(float(found.correction_exponent) - 0.5953) < 1e-4


def test_the_uncertainty_covers_what_more_digits_change() -> None:
    better = global_fixed_point(dimension=3, components=1, regulator=LITIM, digits=14)
    for digits in (4, 8):
        found = global_fixed_point(dimension=3, components=1, regulator=LITIM, digits=digits)
        assert len(found.eigenvalues) >= 2
        for value, error, true in zip(found.eigenvalues, found.uncertainties, better.eigenvalues, strict=False):
            assert abs(float(value - true)) <= error < 10.0 ** (1 - digits) * max(1.0, float(abs(true)))


@pytest.mark.parametrize(("order", "dimension"), [(2, 2.4), (3, 2.7), (4, 2.5)])
def test_shooting_from_the_origin_goes_furthest_from_the_fixed_point(order: int, dimension: float) -> None:
    """Away from its value at the origin the slope runs into the pole of the propagator, sooner on either side."""
    found = global_fixed_point(dimension=dimension, components=1, regulator=LITIM, multicritical_order=order, digits=6)
    start = float(found.slope_at_origin)
    reached = [_shot(dimension, start * (1 + e)) for e in (-1e-2, -1e-4, -1e-6, 1e-6, 1e-4, 1e-2)]
    assert reached[0] < reached[1] < reached[2]
    assert reached[3] > reached[4] > reached[5]
    assert min(reached[2], reached[3]) > 0.8 * float(found.extrema[-1])
    assert len(found.extrema) == order - 1
    assert len(found.relevant_eigenvalues) == order - 1


def _shot(d: float, start: float) -> float:
    """How far 0 = -2 m + (d - 2) rho m' - (3 m' + 2 rho m'')/(1 + m + 2 rho m')^2 is followed: the flow by hand."""

    def mass(rho: float, v: Any) -> float:
        return 1 + v[0] + 2 * rho * v[1]

    def right(rho: float, v: Any) -> Any:
        along = np.clip(mass(rho, v), 1e-3, 1e3)  # beyond, it has ended
        return v[1], ((-2 * v[0] + (d - 2) * rho * v[1]) * along**2 - 3 * v[1]) / (2 * rho)

    def low(rho: float, v: Any) -> float:
        return min(1 + v[0], mass(rho, v)) - 2e-3

    def high(rho: float, v: Any) -> float:
        return 9e2 - mass(rho, v)

    low.terminal = high.terminal = True  # type: ignore[attr-defined]
    first, h = -2 * start * (1 + start) ** 2 / 3, 1e-6
    begin = [start + first * h, first]
    got = solve_ivp(right, (h, 300.0), begin, method="LSODA", rtol=1e-9, atol=1e-12, events=(low, high))
    return float(got.t[-1])


def test_without_interaction_operators_have_their_dimensions() -> None:
    """The operator rho^n has the eigenvalue n (d - 2) - d for any regulator and number of components."""
    for regulator, d, n in ((LITIM, Fraction(5, 2), 3), (SharpRegulator(), Fraction(3), 1)):
        flat = global_fixed_point(dimension=d, components=n, regulator=regulator, multicritical_order=1, digits=10)
        expected = [float(k * (d - 2) - d) for k in range(1, len(flat.eigenvalues) + 1)]
        assert len(expected) >= 3
        assert np.allclose([float(v) for v in flat.eigenvalues], expected, atol=1e-10)
        assert flat.minimum == 0


@pytest.mark.parametrize("order", [2, 3])
def test_near_the_upper_dimension_the_marginal_operator_changes_sign(order: int) -> None:
    """To first order in the distance omega is minus the eigenvalue of rho^n without interaction."""
    errors = []
    for distance in (0.02, 0.01):
        d = 2 * order / (order - 1) - distance
        found = global_fixed_point(dimension=d, components=1, regulator=LITIM, multicritical_order=order, digits=6)
        errors.append(abs(float(found.correction_exponent) - (order - 1) * distance))
    assert 3.4 < errors[0] / errors[1] < 4.6


def test_many_components_have_the_exponents_of_the_spherical_model() -> None:
    """nu = omega = 1 in three dimensions, from which one over N is missing to first order."""
    few, many = (global_fixed_point(dimension=3, components=n, regulator=LITIM, digits=4) for n in (50, 100))
    for name in ("correlation_length_exponent", "correction_exponent"):
        far, near = (1 - float(getattr(found, name)) for found in (few, many))
        assert 0 < near < 0.02
        assert 1.8 < far / near < 2.2


@pytest.mark.parametrize(
    "regulator",
    [LITIM, ExponentialRegulator(), PowerRegulator(2), SharpRegulator(), Regulator(lambda y: (1 + y) / y**3)],
    ids=repr,
)
def test_in_four_dimensions_one_loop_is_the_same_for_every_regulator(regulator: Regulator) -> None:
    """(N + 8) lambda^2 / (16 pi^2) for lambda phi^4 / 8; 4 v_4 / 4 = 1 / (32 pi^2) of it is absorbed."""
    for n in (1, 4):
        small = 1e-5
        found = PotentialFlow(regulator, 2).beta(4, n, [0.5, small])[1]
        assert found == pytest.approx(2 * (n + 8) * small**2, rel=2e-4)


@pytest.mark.slow
@pytest.mark.parametrize("regulator", [ExponentialRegulator(), PowerRegulator(2)], ids=repr)
def test_threshold_functions_by_quadrature_give_the_limit_of_truncations(regulator: Regulator) -> None:
    found = global_fixed_point(dimension=3, components=1, regulator=regulator)
    cut = local_potential_fixed_point(dimension=3, components=1, regulator=regulator, order=8)
    assert abs(float(found.correlation_length_exponent) - cut.correlation_length_exponent) < 2e-4
    assert found.uncertainty < 1e-9


def test_starts_far_from_a_fixed_point_are_not_taken_for_one() -> None:
    grid = Grid(size=40, end=8.0)
    assert solved(SlopeFlow(LITIM), 3.0, 1.0, grid, np.full(40, -2.0)) is None


def test_points_and_derivatives_agree_in_doubles_and_in_balls() -> None:
    grid, balls = Grid(size=12, end=3.0), BallGrid(size=12, end=3)
    assert np.allclose(grid.points, [float(p) for p in balls.points])
    assert np.allclose(grid.derivative, [[float(v) for v in row] for row in balls.derivative.table()])
    cubic = grid.points**3
    assert np.allclose(grid.second_derivative @ cubic, 6 * grid.points)
    assert float(balls.at(0.7, [p**3 for p in balls.points])) == pytest.approx(0.7**3)
    assert float(grid.at(0.7, cubic)) == pytest.approx(0.7**3)


def test_eigenvalues_in_many_digits_solve_their_equation() -> None:
    ising = global_fixed_point(dimension=3, components=1, regulator=LITIM, digits=4)
    with precision(12):
        fine = refined(ising.profile, 12, Fraction(3), Fraction(1))
        for start in (-1.54, 0.65, 3.2):
            value, entries = fine.eigenvalue(start)
            vector = arb_mat([[x] for x in entries])
            left = fine.stability_matrix * vector - value * vector
            assert max(abs(float(x)) for x in left.entries()) < 1e-18
            assert abs(float(value) - start) < 0.1


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"dimension": 4}, "expected a dimension"),
        ({"dimension": 3, "multicritical_order": 3}, "expected a dimension"),
        ({"dimension": 2}, "expected a dimension"),
        ({"multicritical_order": 0}, "number of minima"),
        ({"components": -2}, "more than -2 components"),
        ({"digits": 0}, "number of digits"),
        ({"digits": 12, "regulator": ExponentialRegulator()}, "number of digits"),
    ],
)
def test_what_is_not_there_is_refused(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        global_fixed_point(**{"dimension": 3, "components": 1, "regulator": LITIM, **wrong})
