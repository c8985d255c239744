"""Truncations about the origin against a second computation, exact limits, and the expansion about the minimum."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from numerics import local_potential_fixed_point
from numerics.flows.expansion_points import ORIGIN
from numerics.flows.origin_zeros import zeros_about_the_origin
from numerics.flows.potential import PotentialFlow
from numerics.flows.truncated_fixed_point import Truncation, polished
from saddlepoint.cli.app import program
from theory import LitimRegulator, PowerRegulator, Regulator

LITIM = LitimRegulator()


def fixed_point(components: float, order: int, about: str = "origin", dimension: float = 3, **choices: Any) -> Any:
    chosen = {"regulator": LITIM, **choices}
    return local_potential_fixed_point(dimension=dimension, components=components, order=order, about=about, **chosen)


def reciprocal(series: Any) -> Any:
    found = np.zeros(len(series))
    found[0] = 1 / series[0]
    for k in range(1, len(series)):
        found[k] = -series[1 : k + 1] @ found[:k][::-1] / series[0]
    return found


def optimized_flow(d: float, n: float, couplings: Any) -> Any:
    """d/dt of u', ... at the origin: -d u + (d - 2) rho u' + (N - 1)/(1 + u') + 1/(1 + u' + 2 rho u'') by series."""
    orders = np.arange(len(couplings) + 1)
    factorials = np.array([math.factorial(k) for k in orders], dtype=float)
    u = np.array([0, *couplings]) / factorials
    slope = np.append((orders * u)[1:], 0.0)
    one = (orders == 0).astype(float)
    loops = (n - 1) * reciprocal(one + slope) + reciprocal(one + slope * (1 + 2 * orders))
    return ((-d * u + (d - 2) * orders * u + loops) * factorials)[1:]


def test_beta_functions_are_those_of_a_second_computation() -> None:
    flow, couplings = PotentialFlow(LITIM, 7, about=ORIGIN), np.array([-0.2, 0.1, 0.05, -0.02, 0.01, 0.03, -0.04])
    assert np.allclose(flow.beta(2.7, 3, couplings), optimized_flow(2.7, 3, couplings), rtol=1e-13, atol=1e-13)
    many = flow.slopes_of_many(2.7, 3, np.array([couplings, 2 * couplings]))
    assert np.allclose(many[1], optimized_flow(2.7, 3, 2 * couplings), rtol=1e-12)


@pytest.mark.parametrize("regulator", [LITIM, PowerRegulator(2)])
def test_derivatives_about_the_origin_agree_with_finite_differences(regulator: Regulator) -> None:
    flow, point, h = PotentialFlow(regulator, 4, about=ORIGIN), np.array([-0.2, 0.3, 0.05, 0.02]), 1e-5
    for values, slopes in ((flow.slopes, flow.jacobian), (flow.beta, flow.stability_matrix)):
        columns = [(values(2.8, 3, point + h * e) - values(2.8, 3, point - h * e)) / (2 * h) for e in np.eye(4)]
        assert np.allclose(np.column_stack(columns), slopes(2.8, 3, point), rtol=1e-7, atol=1e-7)


def test_the_lowest_truncation_has_its_fixed_point_in_closed_form() -> None:
    """g_1 = -x / (1 + x) with x = (N + 2)(4 - d) / (4 (N + 8)), g_2 = (4 - d)(1 + g_1)^3 / (2 (N + 8))."""
    d, n = 2.7, 3
    x = (n + 2) * (4 - d) / (4 * (n + 8))
    first = -x / (1 + x)
    found = fixed_point(n, 2, dimension=d)
    assert np.allclose(found.couplings, [first, (4 - d) * (1 + first) ** 3 / (2 * (n + 8))], rtol=1e-12)


def test_at_lowest_order_the_exponents_have_the_first_order_in_epsilon() -> None:
    """1/nu = 2 - (N + 2)/(N + 8) epsilon and omega = epsilon, already with two couplings."""
    n, errors = 2, []
    for epsilon in (0.02, 0.01):
        found = fixed_point(n, 2, dimension=4 - epsilon)
        first = 2 - (n + 2) / (n + 8) * epsilon
        errors.append((abs(1 / found.correlation_length_exponent - first), abs(found.correction_exponent - epsilon)))
    for coarse, fine in zip(*errors, strict=True):
        assert 3.5 < coarse / fine < 4.5


@pytest.mark.parametrize(("components", "digits"), [(0, 1e-4), (1, 5e-4), (2, 2e-3), (4, 1e-2), (10, 5e-2)])
def test_exponents_are_those_about_the_minimum_within_the_error_of_the_truncation(
    components: float, digits: float
) -> None:
    origin, minimum = (fixed_point(components, 12, about) for about in ("origin", "minimum"))
    distance = abs(origin.correlation_length_exponent - minimum.correlation_length_exponent)
    assert distance < min(origin.truncation_error + minimum.truncation_error, digits)


def test_another_regulator_has_the_same_exponents_about_both_points() -> None:
    origin, minimum = (fixed_point(1, 8, about, regulator=PowerRegulator(2)) for about in ("origin", "minimum"))
    distance = abs(origin.correlation_length_exponent - minimum.correlation_length_exponent)
    assert 0 < distance < origin.truncation_error < 0.02


def test_the_potential_about_the_minimum_taken_at_the_origin_comes_close_with_the_order() -> None:
    """Polynomials of one order differ, and both go to the potential."""
    distances = []
    for order in (4, 8, 12):
        origin, minimum = (fixed_point(1, order, about).couplings for about in ("origin", "minimum"))
        kappa, higher = minimum[0], minimum[1:]
        moved = [
            sum(value * (-kappa) ** (n - k) / math.factorial(n - k) for n, value in enumerate(higher, 2) if n >= k)
            for k in (1, 2)
        ]
        distances.append(np.abs(origin[:2] - moved) / np.abs(moved))
    assert np.all(distances[0] > 3 * distances[1])
    assert np.all(distances[1] > 3 * distances[2])
    assert np.all(distances[2] < 1e-3)


def test_for_many_components_the_exponents_are_those_of_the_spherical_model() -> None:
    found = fixed_point(1e6, 14)
    assert abs(found.correlation_length_exponent - 1) < 2e-5
    assert abs(found.correction_exponent - 1) < 2e-5


def test_spurious_zeros_of_a_truncation_have_several_relevant_directions() -> None:
    flow = PotentialFlow(LITIM, 12, about=ORIGIN)
    starts = zeros_about_the_origin(flow, 3, 1)
    zeros = [polished(3, 1, Truncation(regulator=LITIM, about=ORIGIN), start) for start in starts]
    assert len(zeros) > 3
    assert all(zero is not None for zero in zeros)
    assert [len(zero.relevant_eigenvalues) == 1 for zero in zeros if zero] == [True] + [False] * (len(zeros) - 1)
    assert zeros[0] and np.allclose(zeros[0].couplings, fixed_point(1, 12).couplings)


def test_a_point_that_is_neither_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a point of expansion"):
        fixed_point(1, 4, "saddle")


def test_an_anomalous_dimension_about_the_origin_is_refused() -> None:
    with pytest.raises(ValueError, match="expected an expansion about the minimum"):
        fixed_point(2, 4, anomalous_dimension=True)


def test_exponents_that_do_not_settle_about_the_origin_are_refused() -> None:
    with pytest.raises(RuntimeError, match="expansion about the origin does not converge"):
        fixed_point(1, 6, dimension=2.6)


def test_the_command_expands_about_the_origin() -> None:
    result = CliRunner().invoke(program, ["flow", "--order", "4", "--about", "origin", "--json", "-"])
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert answer["about"] == "origin"
    assert answer["couplings"][0] == pytest.approx(-0.175979, abs=1e-6)
