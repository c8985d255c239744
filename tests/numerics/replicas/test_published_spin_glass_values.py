"""Published limits of the stability line and of the Hopfield model against the derived solvers."""

from __future__ import annotations

import math

import pytest

from numerics import almeida_thouless_field, replica_symmetric_solution
from theory import HopfieldModel, spin_glass_values


def extrapolated(places: tuple[float, float, float], values: list[float]) -> float:
    """At zero, by the parabola through three values."""
    a, b, c = places
    weights = (b * c / ((a - b) * (a - c)), a * c / ((b - a) * (b - c)), a * b / ((c - a) * (c - b)))
    return sum(w * v for w, v in zip(weights, values, strict=True))


def test_the_stability_line_leaves_the_critical_temperature_as_published() -> None:
    def ratio(distance: float) -> float:
        return almeida_thouless_field(1 - distance) ** 2 / distance**3

    distances = (1e-3, 2e-3, 3e-3)
    limit = extrapolated(distances, [ratio(d) for d in distances])
    expected = float(spin_glass_values.STABILITY_NEAR_CRITICAL.value)
    # What a parabola leaves is of the order of the cube of the distance.
    assert limit == pytest.approx(expected, rel=1e-6)
    assert abs(ratio(0.1) - expected) > 0.05


def test_the_stability_line_diverges_as_published() -> None:
    def ratio(temperature: float) -> float:
        field = almeida_thouless_field(temperature)
        return math.sqrt(2 * math.pi) * temperature * math.exp(field**2 / 2)

    expected = float(spin_glass_values.STABILITY_NEAR_ZERO.value)
    distances = [abs(ratio(t) / expected - 1) for t in (0.05, 0.02, 0.01)]
    # Corrections are of order h^2 T^2: below a hundredth here, and falling.
    assert distances[0] < 1e-2 and distances == sorted(distances, reverse=True)
    assert distances[2] < distances[0] / 8


def largest_load(temperature: float) -> float:
    """By bisection, where a pattern is retrieved and where it is lost."""
    low, high = 0.1378, 0.1386
    for _ in range(9):
        load = (low + high) / 2
        found = replica_symmetric_solution(HopfieldModel(load=load), temperature=temperature)
        low, high = (load, high) if abs(found.magnetization) > 0.5 else (low, load)
    return (low + high) / 2


def test_the_largest_load_of_the_hopfield_model_tends_to_the_published_one() -> None:
    # The solver takes no zero temperature; the load rises and falls again on the way there.
    temperatures = (0.02, 0.03, 0.04)
    load = extrapolated(temperatures, [largest_load(t) for t in temperatures])
    symmetric = float(spin_glass_values.HOPFIELD_SYMMETRIC_LOAD.value)
    broken = float(spin_glass_values.HOPFIELD_ONE_STEP_LOAD.value)
    # Bisection leaves 1e-6 of each, 2e-5 of the combination; as much again for what is no parabola.
    assert load == pytest.approx(symmetric, abs=4e-5)
    assert abs(load - broken) > 2e-4
