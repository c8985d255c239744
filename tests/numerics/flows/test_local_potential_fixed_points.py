"""Fixed points and exponents against the literature, exact limits, and finite differences."""

from __future__ import annotations

import json
from typing import Any, cast

import mpmath
import numpy as np
import pytest
import sympy as sp
from click.testing import CliRunner
from scipy.integrate import quad

from numerics import global_fixed_point, local_potential_fixed_point, threshold_function
from numerics.flows.potential import PotentialFlow
from numerics.quadrature import QuadratureError
from numerics.solvers.convergence import NotConvergedError
from saddlepoint.cli.app import program
from theory import ExponentialRegulator, LitimRegulator, PowerRegulator, Regulator, SharpRegulator

REGULATORS: dict[str, Regulator] = {
    "litim": LitimRegulator(),
    "exponential": ExponentialRegulator(),
    "power": PowerRegulator(2),
    "sharp": SharpRegulator(),
    "own": Regulator(lambda y: (1 + y) / y**3),
}


# The potential at every field (test_global_fixed_points.py); for one component as in C. Bervillier, A. Juettner,
# D. F. Litim, Nuclear Physics B 783, 213 (2007).
@pytest.mark.parametrize(
    ("components", "nu", "omega"),
    [(0, 0.5920827, 0.6578795), (1, 0.6495618, 0.6557459), (2, 0.7082109, 0.6712212), (3, 0.7611231, 0.6998373),
     (4, 0.8043477, 0.7337529)],
)  # fmt: skip
def test_exponents_of_the_optimized_regulator_are_those_of_the_literature(
    components: int, nu: float, omega: float
) -> None:
    found = local_potential_fixed_point(dimension=3, components=components, regulator=LitimRegulator(), order=12)
    lower = local_potential_fixed_point(dimension=3, components=components, regulator=LitimRegulator(), order=10)
    assert abs(found.correlation_length_exponent - nu) < 5e-5
    assert abs(found.correlation_length_exponent - nu) < abs(lower.correlation_length_exponent - nu)
    assert abs(found.correction_exponent - omega) < 5e-4
    assert found.uncertainty < 1e-12


# A. Hasenfratz, P. Hasenfratz, Nuclear Physics B 270, 687 (1986), for the sharp cutoff: nu = 0.6895, omega = 0.5953.
# T. R. Morris, Physics Letters B 329, 241 (1994), for the second power: nu = 0.6604, omega = 0.6285.
@pytest.mark.parametrize(("name", "nu", "omega"), [("sharp", 0.6895, 0.595), ("power", 0.6604, 0.6285)])
def test_exponents_of_other_regulators_are_those_of_the_literature(name: str, nu: float, omega: float) -> None:
    found = local_potential_fixed_point(dimension=3, components=1, regulator=REGULATORS[name], order=9)
    assert abs(found.correlation_length_exponent - nu) < 2e-4
    assert abs(found.correction_exponent - omega) < 1e-3


@pytest.mark.slow
def test_order_thirty_has_all_digits_of_the_literature() -> None:
    found = local_potential_fixed_point(dimension=3, components=1, regulator=LitimRegulator(), order=30)
    assert round(found.correlation_length_exponent, 7) == 0.6495618
    assert round(found.correction_exponent, 7) == 0.6557459


def test_many_components_have_the_exponents_of_the_spherical_model() -> None:
    for d in (2.5, 3.0, 3.5):
        found = local_potential_fixed_point(dimension=d, components=1e6, regulator=LitimRegulator(), order=6)
        assert abs(found.correlation_length_exponent - 1 / (d - 2)) < 1e-4
        assert abs(found.correction_exponent - (4 - d)) < 1e-4


@pytest.mark.parametrize("name", ["litim", "exponential"])
def test_near_four_dimensions_the_exponents_are_those_of_the_first_order(name: str) -> None:
    """1/nu = 2 - (N + 2)/(N + 8) epsilon and omega = epsilon, for any regulator."""
    n, errors = 2, []
    for epsilon in (0.02, 0.01):
        found = local_potential_fixed_point(dimension=4 - epsilon, components=n, regulator=REGULATORS[name], order=4)
        first = 2 - (n + 2) / (n + 8) * epsilon
        errors.append((abs(1 / found.correlation_length_exponent - first), abs(found.correction_exponent - epsilon)))
    for coarse, fine in zip(*errors, strict=True):
        assert 3.5 < coarse / fine < 4.5


@pytest.mark.parametrize("name", REGULATORS)
def test_derivatives_agree_with_finite_differences(name: str) -> None:
    flow, point, h = PotentialFlow(REGULATORS[name], 4), np.array([1.7, 0.3, 0.05, 0.02]), 1e-5
    for values, slopes in ((flow.slopes, flow.jacobian), (flow.beta, flow.stability_matrix)):
        columns = [(values(2.8, 3, point + h * e) - values(2.8, 3, point - h * e)) / (2 * h) for e in np.eye(4)]
        assert np.allclose(np.column_stack(columns), slopes(2.8, 3, point), rtol=1e-7, atol=1e-7)


@pytest.mark.parametrize("name", ["exponential", "power", "own"])
@pytest.mark.parametrize("order", [0, 1, 3])
def test_threshold_functions_agree_with_quadrature(name: str, order: int) -> None:
    shapes: dict[str, Any] = {
        "exponential": (lambda y: 1 / np.expm1(y), lambda y: -np.exp(y) / np.expm1(y) ** 2),
        "power": (lambda y: y**-2, lambda y: -2 * y**-3),
        "own": (lambda y: (1 + y) / y**3, lambda y: -3 / y**4 - 2 / y**3),
    }
    r, slope = shapes[name]
    d, eta, w, end = 2.6, 0.1, 0.4, 300 if name == "exponential" else np.inf

    def integrand(y: float) -> float:
        return y ** (d / 2) * (-2 * y * slope(y) - eta * r(y)) / (y * (1 + r(y)) + w) ** (order + 1)

    direct = sum(quad(integrand, a, b, epsabs=0, epsrel=1e-11)[0] for a, b in ((0, 1), (1, 20), (20, end)))
    expected = max(order, 1) / 2 * direct
    found = threshold_function(order, w, dimension=d, regulator=REGULATORS[name], anomalous_dimension=eta)
    assert found == pytest.approx(expected, rel=1e-8)


def test_the_sharp_cutoff_is_the_limit_of_large_powers() -> None:
    for order in (1, 2):
        limit = threshold_function(order, 0.5, dimension=3, regulator=SharpRegulator())
        gaps = [
            abs(threshold_function(order, 0.5, dimension=3, regulator=PowerRegulator(n)) - limit) for n in (4, 8, 16)
        ]
        assert gaps[0] > 1.5 * gaps[1] > 2.25 * gaps[2] > 0


@pytest.mark.parametrize("dimension", [2, 4, 5, float("nan"), True])
def test_dimensions_without_this_fixed_point_are_refused(dimension: Any) -> None:
    with pytest.raises(ValueError, match="expected a dimension"):
        local_potential_fixed_point(dimension=dimension, components=1, regulator=LitimRegulator(), order=4)


@pytest.mark.parametrize("order", [1, 2.5, True])
def test_orders_that_hold_no_interaction_are_refused(order: Any) -> None:
    with pytest.raises(ValueError, match="expected a truncation"):
        local_potential_fixed_point(dimension=3, components=1, regulator=LitimRegulator(), order=order)


@pytest.mark.parametrize("order", [8, pytest.param(16, marks=pytest.mark.slow)])
def test_a_truncation_that_does_not_settle_is_refused(order: int) -> None:
    """At order 16 nu is 0.45, at order 14 0.48, and at order 15 4.9."""
    with pytest.raises(NotConvergedError, match="do not settle"):
        local_potential_fixed_point(dimension=2.5, components=1, regulator=LitimRegulator(), order=order)


def test_the_command_prints_and_writes_one_object() -> None:
    result = CliRunner().invoke(program, ["flow", "--components", "2", "--order", "4", "--convergence", "--json", "-"])
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert answer["schema"] == 1
    assert [row["order"] for row in answer["convergence"]] == [2, 3, 4]
    assert answer["correlation_length_exponent"] == pytest.approx(0.71, abs=0.01)
    assert answer["truncation_error"] is None


@pytest.mark.parametrize("arguments", [["-r", "cubic"], ["-r", "power:0"], ["-d", "5"]])
def test_a_wrong_call_of_the_command_says_so(arguments: list[str]) -> None:
    assert CliRunner().invoke(program, ["flow", *arguments]).exit_code == 2


def test_a_regulator_without_a_fixed_point_ends_the_command_with_a_message() -> None:
    result = CliRunner().invoke(program, ["flow", "-r", "power:1", "-o", "4"])
    assert result.exit_code == 1
    assert "found no fixed point" in result.output


def test_a_regulator_that_falls_too_slowly_is_refused_by_its_integral() -> None:
    slow = Regulator(lambda y: 1 / y)
    with pytest.raises(QuadratureError, match="expected Integral"):
        local_potential_fixed_point(dimension=3.9, components=1, regulator=slow, order=4)


def test_the_name_of_a_regulator_is_no_regulator() -> None:
    named = cast(Any, "litim")
    with pytest.raises(TypeError, match="expected a regulator"):
        local_potential_fixed_point(dimension=3, components=1, regulator=named, order=4)
    with pytest.raises(TypeError, match="expected a regulator"):
        global_fixed_point(dimension=3, components=1, regulator=named)
    with pytest.raises(TypeError, match="expected a regulator"):
        threshold_function(1, 0.0, dimension=3, regulator=named)


@pytest.mark.parametrize("masses", [-1.0, -1.5, float("nan"), [0.0, -2.0]])
def test_masses_beyond_the_pole_of_the_propagator_are_refused(masses: Any) -> None:
    with pytest.raises(ValueError, match="expected masses above -1"):
        threshold_function(1, masses, dimension=3, regulator=LitimRegulator())


@pytest.mark.parametrize(("order", "dimension"), [(1, 0), (1, -1.0), (1, float("nan")), (0.5, 3), (-1, 3)])
def test_thresholds_have_an_order_and_a_dimension(order: Any, dimension: float) -> None:
    with pytest.raises(ValueError, match=r"expected an? (integer order|dimension)"):
        threshold_function(order, 0.0, dimension=dimension, regulator=LitimRegulator())


def test_a_regulator_of_ones_own_ends_at_its_edge() -> None:
    """The integral by hand for r = 1/y - 1/3 below y = 3, where y (1 + r) = 1 + 2 y / 3."""
    own = Regulator(lambda y: 1 / y - sp.Rational(1, 3), edge=3)
    exact: Any = mpmath.quad(lambda y: mpmath.sqrt(y) / (1.3 + 2 * y / 3) ** 2, [0, 1, 3])
    assert threshold_function(1, 0.3, dimension=3, regulator=own) == pytest.approx(float(exact), rel=1e-11)
