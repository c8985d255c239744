"""The saddle point of one-step breaking against functionals written out by hand."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache

import numpy as np
import pytest
import sympy as sp
from numpy.polynomial.hermite_e import hermegauss
from scipy.special import log_ndtr

from numerics.replicas.cold_form import ReplicaFreeEnergy
from numerics.replicas.one_step import OneStepSolver
from numerics.replicas.records import OneStepSolution
from numerics.replicas.symmetric import SymmetricSolver
from numerics.solvers.convergence import NotConvergedError

NODES, WEIGHTS = hermegauss(120)
WEIGHTS = WEIGHTS / WEIGHTS.sum()
Solve = Callable[[float, float], OneStepSolution]


@pytest.fixture(scope="module")
def solve(
    one_step_free_energy: ReplicaFreeEnergy, symmetric_free_energy: ReplicaFreeEnergy, replicon: sp.Expr
) -> Solve:
    solver, symmetric = OneStepSolver(one_step_free_energy), SymmetricSolver(symmetric_free_energy, replicon)
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


def test_breaking_that_is_too_weak_to_be_found_is_refused(solve: Solve) -> None:
    with pytest.raises(NotConvergedError, match="too weak"):
        solve(0.9, 0.03)
