"""Exponents with the anomalous dimension against exact results, the literature, and finite differences."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pytest
import sympy as sp

from numerics import local_potential_fixed_point
from numerics.flows.field_renormalization import FieldRenormalization, MomentumThreshold
from numerics.flows.momentum_thresholds import momentum_threshold
from numerics.flows.potential import PotentialFlow
from numerics.quadrature import QuadratureError
from theory import ExponentialRegulator, LitimRegulator, Regulator, SharpRegulator

LITIM = LitimRegulator()


def fixed_point(dimension: float, components: float, order: int = 4, mode: bool | str = True, **choices: Any) -> Any:
    chosen = {"regulator": LITIM, **choices}
    return local_potential_fixed_point(
        dimension=dimension, components=components, order=order, anomalous_dimension=mode, **chosen
    )


@pytest.mark.parametrize("n", [3, pytest.param(4, marks=pytest.mark.slow)])
def test_near_two_dimensions_it_is_that_of_the_nonlinear_sigma_model(n: int) -> None:
    """eta = epsilon / (N - 2) and nu = 1 / epsilon at first order, which is exact: A. M. Polyakov (1975)."""
    distances = (0.08, 0.04, 0.02)
    found = [fixed_point(2 + e, n) for e in distances]
    etas = [f.anomalous_dimension / e for f, e in zip(found, distances, strict=True)]
    slopes = [1 / (f.correlation_length_exponent * e) for f, e in zip(found, distances, strict=True)]
    for (coarse, middle, fine), exact in ((etas, 1 / (n - 2)), (slopes, 1.0)):
        once, twice = 2 * middle - coarse, 2 * fine - middle
        assert abs((4 * twice - once) / 3 - exact) < 0.01 * exact
        assert abs(fine - exact) < abs(middle - exact) < abs(coarse - exact)


def test_near_four_dimensions_the_optimized_regulator_has_the_exact_second_order() -> None:
    """eta = (N + 2) / (2 (N + 8)^2) epsilon^2; of the radial mode it is another."""
    for n in (1, 2, 3):
        exact = (n + 2) / (2 * (n + 8) ** 2)
        values = [fixed_point(4 - e, n, mode="transverse").anomalous_dimension / e**2 for e in (0.02, 0.01)]
        assert abs(2 * values[1] - values[0] - exact) < 2e-3 * exact
    radial = [fixed_point(4 - e, 1).anomalous_dimension / e**2 for e in (0.02, 0.01)]
    assert abs(2 * radial[1] - radial[0] - 1 / 12) < 2e-3 / 12


def test_for_many_components_it_falls_as_their_inverse() -> None:
    values = [n * fixed_point(3, n, order=6).anomalous_dimension for n in (1e3, 1e4)]
    assert abs(values[1] - 0.25) < 1e-4
    assert 9 < abs(values[0] - 0.25) / abs(values[1] - 0.25) < 11


# J. Berges, N. Tetradis, C. Wetterich, Physics Reports 363, 223 (2002), the table of exponents in d = 3: exponential
# regulator, Z of the transverse modes: three digits as usually quoted; the pages were not read.
@pytest.mark.parametrize(("components", "nu", "eta"), [(3, 0.747, 0.038), (10, 0.904, 0.019)])
def test_exponents_of_the_exponential_regulator_are_those_of_the_literature(
    components: int, nu: float, eta: float
) -> None:
    found = fixed_point(3, components, regulator=ExponentialRegulator())
    assert abs(found.anomalous_dimension - eta) < 1e-3
    assert abs(found.correlation_length_exponent - nu) < 6e-3


def test_exponents_converge_with_the_order() -> None:
    values = [fixed_point(3, 1, order=order).anomalous_dimension for order in (6, 8, 10, 12)]
    steps = np.abs(np.diff(values))
    assert steps[2] < steps[1] < steps[0]
    found = fixed_point(3, 1, order=12)
    assert found.truncation_error < 1e-4
    assert found.anomalous_dimension == pytest.approx(0.11198, abs=1e-5)


@pytest.mark.parametrize("mode", ["transverse", "radial"])
@pytest.mark.parametrize("regulator", [LITIM, Regulator(lambda y: (1 / y - 1) ** 2, edge=1)])
def test_derivatives_agree_with_finite_differences(mode: str, regulator: Regulator) -> None:
    flow, point, h = (
        PotentialFlow(regulator, 3, FieldRenormalization(regulator, mode)),
        np.array([1.7, 0.3, 0.05]),
        1e-5,
    )
    for values, slopes in ((flow.slopes, flow.jacobian), (flow.beta, flow.stability_matrix)):
        columns = [(values(2.8, 3, point + h * e) - values(2.8, 3, point - h * e)) / (2 * h) for e in np.eye(3)]
        assert np.allclose(np.column_stack(columns), slopes(2.8, 3, point), rtol=1e-6, atol=1e-7)


def test_without_it_nothing_changes() -> None:
    plain = local_potential_fixed_point(dimension=3, components=2, regulator=LITIM, order=4)
    assert plain.anomalous_dimension == 0.0
    assert plain.correlation_length_exponent != fixed_point(3, 2).correlation_length_exponent


@pytest.mark.parametrize("mode", ["sideways", 1, None])
def test_another_mode_is_refused(mode: Any) -> None:
    with pytest.raises(ValueError, match="expected a"):
        fixed_point(3, 2, mode=mode)


def test_the_sharp_cutoff_has_none() -> None:
    with pytest.raises(ValueError, match="no expansion in external momenta"):
        fixed_point(3, 2, regulator=SharpRegulator())


def test_a_threshold_function_is_not_differentiated_by_its_order() -> None:
    with pytest.raises(ValueError, match="by its masses"):
        cast(Any, MomentumThreshold)(*map(sp.Integer, (0, 0, 1, 2))).fdiff(1)


def test_a_regulator_that_leaves_slow_modes_alone_is_refused() -> None:
    slow = Regulator(lambda y: 1 / y)
    with pytest.raises(QuadratureError, match="threshold function of the momentum dependence"):
        momentum_threshold(slow, (0, 0), (0.0, 0.0), 9.0, 0.0)
