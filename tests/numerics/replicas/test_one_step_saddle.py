"""The saddle point of one-step breaking against functionals written out by hand."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy as sp
from numpy.polynomial.hermite_e import hermegauss
from scipy.special import log_ndtr

from numerics.replicas.cold_form import ReplicaFreeEnergy
from numerics.replicas.one_step import OneStepSolver
from numerics.replicas.records import OneStepSolution
from numerics.replicas.stability_line import StabilityLine
from numerics.replicas.symmetric import SymmetricSolver

NODES, WEIGHTS = hermegauss(120)
WEIGHTS = WEIGHTS / WEIGHTS.sum()
Solve = Callable[[float, float], OneStepSolution]


@pytest.fixture(scope="module")
def solve(
    one_step_free_energy: ReplicaFreeEnergy, symmetric_free_energy: ReplicaFreeEnergy, replicon: sp.Expr
) -> Solve:
    line = StabilityLine(symmetric_free_energy, replicon, 1.0)
    solver, symmetric = (
        OneStepSolver(one_step_free_energy, line.field),
        SymmetricSolver(symmetric_free_energy, replicon),
    )
    return cache(lambda t, h: solver.solve(t, h, symmetric.solve(t, h)))


def functional(temperature: float, field: float, q0: float, q1: float, x: float) -> float:
    """At a temperature at which Gauss-Hermite sums resolve everything."""
    beta = 1 / temperature
    u = beta * (field + math.sqrt(q0) * NODES[:, None] + math.sqrt(q1 - q0) * NODES)
    inner = np.log((2 * np.cosh(u)) ** x @ WEIGHTS) @ WEIGHTS
    return float(-beta / 4 * (1 - 2 * q1 + x * q0**2 + (1 - x) * q1**2) - inner / (beta * x))


def frozen_functional(field: float, q0: float, y: float) -> float:
    """At zero temperature; the inner mean of exp(y |u|) in closed form, the outer one over a fine grid."""
    z = np.linspace(-9, 9, 4001)
    density = np.exp(-(z**2) / 2) / np.exp(-(z**2) / 2).sum()
    center, deviation = field + math.sqrt(q0) * z, math.sqrt(1 - q0)
    sides = [s * y * center + log_ndtr(s * center / deviation + y * deviation) for s in (1, -1)]
    inner = (y * deviation) ** 2 / 2 + np.logaddexp(*sides)
    return float(y / 4 * (1 - q0**2) - inner @ density / y)


def slope(f: Callable[[float], float], at: float) -> float:
    step = 1e-4 * at
    return (f(at + step) - f(at - step)) / (2 * step)


@pytest.mark.parametrize("field", [0.0, 0.4])
def test_zero_temperature_is_a_saddle_point_of_the_functional_by_hand(solve: Solve, field: float) -> None:
    found = solve(0.0, field)
    (q0, q1), y = found.overlaps, found.breakpoint
    assert q1 == 1
    assert found.energy == found.free_energy == pytest.approx(frozen_functional(field, q0, y), abs=1e-12)
    assert abs(slope(lambda q: frozen_functional(field, q, y), q0)) < 1e-8
    assert abs(slope(lambda b: frozen_functional(field, q0, b), y)) < 1e-8


def test_a_warm_solution_is_a_saddle_point_of_the_functional_by_hand(solve: Solve) -> None:
    t, h = 0.6, 0.1
    found = solve(t, h)
    (q0, q1), x = found.overlaps, found.breakpoint
    assert 0 < q0 < q1 < 1
    assert found.free_energy == pytest.approx(functional(t, h, q0, q1, x), abs=1e-12)
    assert abs(slope(lambda q: functional(t, h, q, q1, x), q0)) < 1e-8
    assert abs(slope(lambda q: functional(t, h, q0, q, x), q1)) < 1e-8
    assert abs(slope(lambda b: functional(t, h, q0, q1, b), x)) < 1e-8
    values = [functional(t + k * 1e-4, h, q0, q1, x) for k in (-1, 1)]
    assert found.entropy == pytest.approx((values[0] - values[1]) / 2e-4, abs=1e-7)


def test_the_limit_is_approached_as_the_temperature_falls(solve: Solve) -> None:
    limit, cold = solve(0.0, 0.0), solve(1e-3, 0.0)
    assert cold.free_energy == pytest.approx(limit.free_energy - 1e-3 * limit.entropy, abs=1e-6)
    assert cold.breakpoint / 1e-3 == pytest.approx(limit.breakpoint, rel=3e-3)
    assert cold.energy == pytest.approx(limit.energy, abs=1e-6)


def test_breaking_raises_the_free_energy_and_the_entropy(
    solve: Solve, symmetric_free_energy: ReplicaFreeEnergy, replicon: sp.Expr
) -> None:
    symmetric = SymmetricSolver(symmetric_free_energy, replicon).solve(0.0, 0.0)
    broken = solve(0.0, 0.0)
    assert broken.broken
    assert broken.free_energy > symmetric.free_energy + 0.03
    assert symmetric.entropy < broken.entropy < 0


def test_where_replica_symmetry_is_stable_it_is_returned(solve: Solve) -> None:
    for temperature, field in ((1.2, 0.0), (0.5, 0.6)):
        found = solve(temperature, field)
        assert not found.broken
        assert math.isnan(found.breakpoint)
        assert found.free_energy == pytest.approx(found.energy - temperature * found.entropy, rel=1e-15)


@pytest.mark.parametrize("distance", [1e-3, 1e-5])
def test_at_no_field_the_step_vanishes_in_proportion_to_the_distance_from_the_critical_temperature(
    solve: Solve, distance: float
) -> None:
    found = solve(1 - distance, 0.0)
    ratios = (found.overlaps[0] / distance, found.overlaps[1] / distance, found.breakpoint / distance)
    assert ratios == pytest.approx((1 / 3, 1, 4 / 3), abs=3 * distance)


def exact_functional(temperature: Any, field: Any, q0: Any, q1: Any, x: Any) -> Any:
    """By Gauss-Hermite sums to the digits of mpmath, for small overlaps."""
    beta = 1 / temperature
    pairs = hermite_pairs(mpmath.mp.dps)

    def inner(w: Any) -> Any:
        center = mpmath.sqrt(q0) * w + field
        return mpmath.log(sum(p * (2 * mpmath.cosh(beta * (center + mpmath.sqrt(q1 - q0) * z))) ** x for z, p in pairs))

    quadratic = -beta / 4 * (1 - 2 * q1 + x * q0**2 + (1 - x) * q1**2)
    return quadratic - sum(p * inner(w) for w, p in pairs) / (beta * x)


@cache
def hermite_pairs(digits: int) -> list[tuple[Any, Any]]:
    """Of 10 nodes, from the roots of the polynomial."""
    with mpmath.workdps(2 * digits):
        z = sp.Symbol("z")
        polynomial = sp.Poly(sp.hermite_prob(10, z), z)
        roots = [mpmath.mpf(str(r)) for r in polynomial.nroots(n=2 * digits)]
        below = sp.lambdify(z, sp.hermite_prob(9, z), "mpmath")
        return [(r, mpmath.factorial(9) / (10 * below(r) ** 2)) for r in roots]


@pytest.mark.parametrize("share", [0.0, 0.5, 0.999])
def test_close_to_the_onset_solutions_are_saddle_points_of_the_functional_by_hand(solve: Solve, share: float) -> None:
    """With q0, q1 and x wrong by 1e-3 of the gap or of x the derivatives are far larger."""
    temperature, field = 0.999, share * 3.652e-5
    found = solve(temperature, field)
    with mpmath.workdps(40):
        t, h, (q0, q1) = mpmath.mpf(temperature), mpmath.mpf(field), map(mpmath.mpf, found.overlaps)
        gap, x = q1 - q0, mpmath.mpf(found.breakpoint)
        assert gap > 0

        def slopes(q0: Any, gap: Any, x: Any) -> list[float]:
            def derivative(place: int, size: Any) -> float:
                step = [0, 0, 0]
                step[place] = size * mpmath.mpf(10) ** -8
                up, down = (
                    exact_functional(t, h, q0 + k * step[0], q0 + gap + k * step[1], x + k * step[2]) for k in (1, -1)
                )
                return float((up - down) / 2 / mpmath.mpf(10) ** -8)

            return [abs(derivative(p, s)) for p, s in enumerate((gap, gap, x))]

        right = slopes(q0, gap, x)
        for wrong in ((q0 + gap / 1000, gap, x), (q0, gap * 1.001, x), (q0, gap, x * 1.001)):
            assert max(right) < max(slopes(*wrong)) / 30
