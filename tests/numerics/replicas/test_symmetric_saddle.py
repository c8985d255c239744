"""The replica-symmetric saddle point against quadrature of another kind, and its limits."""

from __future__ import annotations

import math

import mpmath
import numpy as np
import pytest
import sympy as sp

from numerics.replicas.cold_form import ReplicaFreeEnergy
from numerics.replicas.symmetric import SymmetricSolver
from numerics.solvers.convergence import NotConvergedError
from numerics.solvers.newton import newton


@pytest.fixture(scope="module")
def solver(symmetric_free_energy: ReplicaFreeEnergy, replicon: sp.Expr) -> SymmetricSolver:
    return SymmetricSolver(symmetric_free_energy, replicon)


def by_mpmath(temperature: float, field: float, start: float) -> dict[str, float]:
    """The same from the self-consistency equation, by Gauss-Legendre quadrature to 25 digits."""
    with mpmath.workdps(25):
        beta, h = 1 / mpmath.mpf(temperature), mpmath.mpf(field)

        def mean(f: object, q: object) -> object:
            def weighted(z: object) -> object:
                return f(beta * (mpmath.sqrt(q) * z + h)) * mpmath.npdf(z)

            return mpmath.quad(weighted, [-14, -6, -3, -1, 0, 1, 3, 6, 14])

        q = mpmath.findroot(lambda q: mean(lambda u: mpmath.tanh(u) ** 2, q) - q, start)
        free_energy = -beta * (1 - q) ** 2 / 4 - mean(lambda u: mpmath.log(2 * mpmath.cosh(u)), q) / beta
        magnetization = mean(mpmath.tanh, q)
        energy = -beta * (1 - q**2) / 2 - h * magnetization
        return {
            "overlap": float(q),
            "magnetization": float(magnetization),
            "free_energy": float(free_energy),
            "energy": float(energy),
            "entropy": float(beta * (energy - free_energy)),
            "replicon_eigenvalue": float(1 - beta**2 * mean(lambda u: mpmath.sech(u) ** 4, q)),
        }


@pytest.mark.parametrize(("temperature", "field"), [(0.7, 0.0), (0.3, 0.1), (0.5, -0.5), (2.0, 0.5), (0.99, 0.0)])
def test_solutions_agree_with_quadrature_of_another_kind(
    solver: SymmetricSolver, temperature: float, field: float
) -> None:
    found = solver.solve(temperature, field)
    for name, value in by_mpmath(temperature, field, found.overlap).items():
        assert getattr(found, name) == pytest.approx(value, rel=1e-11, abs=1e-13), name


def test_zero_temperature_has_the_known_limits(solver: SymmetricSolver) -> None:
    for field in (0.0, 0.4):
        found, density = solver.solve(0.0, field), math.exp(-(field**2) / 2)
        energy = -math.sqrt(2 / math.pi) * density - field * math.erf(field / math.sqrt(2))
        assert found.free_energy == found.energy == pytest.approx(energy, rel=1e-13)
        assert found.entropy == pytest.approx(-(density**2) / (2 * math.pi), rel=1e-12)
        assert found.magnetization == pytest.approx(math.erf(field / math.sqrt(2)), abs=1e-13)
        assert (found.overlap, found.replicon_eigenvalue, found.stable) == (1.0, -math.inf, False)


def test_low_temperatures_approach_the_limit_to_their_first_order(solver: SymmetricSolver) -> None:
    limit = solver.solve(0.0, 0.0)
    rest = [solver.solve(t, 0.0).free_energy - limit.free_energy + t * limit.entropy for t in (1e-3, 5e-4)]
    assert rest[0] / rest[1] == pytest.approx(4, rel=1e-2)
    assert abs(solver.solve(1e-6, 0.0).free_energy - limit.free_energy + 1e-6 * limit.entropy) < 1e-12


@pytest.mark.parametrize(("temperature", "field"), [(0.05, 0.0), (0.4, 0.3), (0.6, 0.0), (1.7, 0.2)])
def test_entropy_and_magnetization_are_derivatives_of_the_free_energy(
    solver: SymmetricSolver, temperature: float, field: float
) -> None:
    found, step = solver.solve(temperature, field), 1e-3
    values = [solver.solve(temperature + k * step, field).free_energy for k in (-2, -1, 1, 2)]
    assert found.entropy == pytest.approx(np.dot([-1, 8, -8, 1], values) / (12 * step), abs=1e-8)
    values = [solver.solve(temperature, field + k * step).free_energy for k in (-2, -1, 1, 2)]
    assert found.magnetization == pytest.approx(np.dot([-1, 8, -8, 1], values) / (12 * step), abs=1e-8)
    assert found.free_energy == pytest.approx(found.energy - temperature * found.entropy, rel=1e-15)


@pytest.mark.parametrize("distance", [1e-2, 1e-4, 1e-6])
def test_the_overlap_vanishes_at_the_critical_temperature_as_its_distance(
    solver: SymmetricSolver, distance: float
) -> None:
    found = solver.solve(1 - distance, 0.0)
    assert found.overlap == pytest.approx(distance + distance**2 / 3, rel=max(distance**2, 1e-9))
    assert found.replicon_eigenvalue < 0


def test_the_paramagnet_is_returned_from_the_critical_temperature_on(solver: SymmetricSolver) -> None:
    for temperature in (1.0, 1.5):
        found = solver.solve(temperature, 0.0)
        assert (found.overlap, found.magnetization) == (0.0, 0.0)
        assert found.free_energy == pytest.approx(-1 / (4 * temperature) - temperature * math.log(2), rel=1e-14)
        assert found.replicon_eigenvalue == pytest.approx(1 - temperature**-2, abs=1e-14)
        assert found.stable


@pytest.mark.parametrize("distance", [1e-10, 1e-12, 1e-15])
def test_a_branch_that_is_lost_to_rounding_is_refused(solver: SymmetricSolver, distance: float) -> None:
    with pytest.raises(NotConvergedError, match="merge"):
        solver.solve(1 - distance, 0.0)


@pytest.mark.parametrize("distance", [1e-2, 1e-6, 1e-9])
def test_the_uncertainty_covers_what_rounding_costs_close_to_the_critical_temperature(
    solver: SymmetricSolver, distance: float
) -> None:
    temperature = 1 - distance
    found = solver.solve(temperature, 0.0)
    exact = 1 - temperature
    series = exact + exact**2 / 3
    assert abs(found.overlap - series) <= 5 * found.uncertainty + 2 * exact**3
    assert found.uncertainty < 1e-6 * found.overlap


def test_strong_fields_align_all_spins(solver: SymmetricSolver) -> None:
    found = solver.solve(0.2, 10.0)
    assert found.overlap == pytest.approx(1, abs=1e-14)
    assert found.replicon_eigenvalue == pytest.approx(1)


def test_newtons_method_says_where_it_finds_nothing() -> None:
    found = newton(lambda u: u**2 + 1, lambda u: np.diag(2 * u), np.array([0.7]), inside=lambda u: True)
    assert found is None
