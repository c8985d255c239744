"""The line on which the replicon eigenvalue vanishes."""

from __future__ import annotations

import math

import mpmath
import pytest
import sympy as sp

from numerics.replicas.cold_form import ReplicaFreeEnergy
from numerics.replicas.stability_line import StabilityLine


@pytest.fixture(scope="module")
def line(symmetric_free_energy: ReplicaFreeEnergy, replicon: sp.Expr) -> StabilityLine:
    return StabilityLine(symmetric_free_energy, replicon, 1.0)


def field_by_mpmath(temperature: float, overlap: float, field: float) -> float:
    """Both equations together, by Gauss-Legendre quadrature to 20 digits."""
    with mpmath.workdps(20):
        beta = 1 / mpmath.mpf(temperature)

        def equations(q: object, h: object) -> list[object]:
            def mean(f: object) -> object:
                return mpmath.quad(
                    lambda z: f(beta * (mpmath.sqrt(q) * z + h)) * mpmath.npdf(z), [-12, -5, -2, -1, 0, 1, 3, 12]
                )

            squared = mean(lambda u: mpmath.tanh(u) ** 2)
            return [squared - q, 1 - beta**2 * mean(lambda u: mpmath.sech(u) ** 4)]

        return float(mpmath.findroot(equations, (overlap, field))[1])


@pytest.mark.parametrize(("temperature", "overlap", "field"), [(0.5, 0.64, 0.57), (0.94, 0.063, 0.0176)])
def test_the_line_agrees_with_both_equations_solved_together(
    line: StabilityLine, temperature: float, overlap: float, field: float
) -> None:
    assert line.field(temperature) == pytest.approx(field_by_mpmath(temperature, overlap, field), rel=1e-11)


@pytest.mark.parametrize("distance", [1e-3, 1e-8])
def test_close_to_the_critical_temperature_the_field_follows_a_power(line: StabilityLine, distance: float) -> None:
    temperature = 1 - distance
    exact = 1 - temperature
    ratio = line.field(temperature) ** 2 / (4 / 3 * exact**3)
    assert ratio == pytest.approx(1 + exact, rel=5 * exact**2 + 1e-12)


def test_both_ways_to_the_line_meet(line: StabilityLine) -> None:
    step = 1e-7
    values = [line.field(0.95 + k * step) for k in (-2, -1, 1, 2)]
    assert values[1] - values[0] == pytest.approx(values[3] - values[2], rel=1e-4)


def test_at_low_temperatures_the_field_grows_as_the_logarithm_asks(line: StabilityLine) -> None:
    field = line.field(1e-3)
    assert 4 / (3 * math.sqrt(2 * math.pi)) * math.exp(-(field**2) / 2) / 1e-3 == pytest.approx(1, rel=1e-4)
