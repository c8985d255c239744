"""Single solutions of the TAP equations against the printed equations, known cases and exact enumeration."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from scipy import sparse
from scipy.optimize import brentq, minimize_scalar

import numerics
from numerics.networks.initialization import sample_weights
from numerics.solvers.convergence import CriticalPointError, NotConvergedError
from numerics.spectra.dense import bond_matrix
from numerics.tap import TapNotConvergedError, tap_solution
from numerics.tap.newton import number_of_negative_eigenvalues


def exact_magnetizations(bonds: Any, temperature: float, field: Any) -> Any:
    states = np.array(list(product((-1.0, 1.0), repeat=len(bonds))))
    energies = -0.5 * np.einsum("si,ij,sj->s", states, bonds, states) - states @ field
    weights = np.exp(-(energies - energies.min()) / temperature)
    return weights @ states / weights.sum()


def test_the_public_name_is_there() -> None:
    assert numerics.tap_solution is tap_solution


@pytest.mark.parametrize("temperature", [3.0, 1.0, 0.5, 0.1, 0.02])
@pytest.mark.parametrize("start", [None, "frozen", "random"])
def test_solutions_solve_the_printed_equations(printed: Any, instances: Any, temperature: float, start: Any) -> None:
    bonds, field = instances.sherrington_kirkpatrick(60, 5), np.random.default_rng(2).normal(0.1, 0.3, 60)
    draws = np.random.default_rng(7).uniform(-1, 1, 60)
    begin = {None: None, "frozen": np.sign(draws), "random": draws}[start]
    found = tap_solution(bonds, temperature=temperature, field=field, start=begin)
    assert found.residual <= 1e-12
    assert printed.residual(bonds, found.magnetizations, temperature, field) <= 1e-12
    if np.max(np.abs(found.magnetizations)) < 1:
        energy = printed.free_energy(bonds, found.magnetizations, temperature, field)
        assert found.free_energy == pytest.approx(energy, rel=1e-12)


@pytest.mark.parametrize("temperature", [0.6, 0.9, 1.4])
def test_stability_is_that_of_the_hessian(printed: Any, instances: Any, temperature: float) -> None:
    bonds = instances.curie_weiss(8)
    for start in (np.zeros(8), np.full(8, 0.9)):
        found = tap_solution(bonds, temperature=temperature, start=start)
        values = np.linalg.eigvalsh(printed.hessian(bonds, found.magnetizations, temperature))
        assert found.stable == bool(values[0] > 0)
        assert found.index == np.count_nonzero(values < 0)


def test_negative_eigenvalues_are_counted_by_inertia() -> None:
    rng = np.random.default_rng(5)
    for shift in (-1.5, 0.0, 0.4, 2.0):
        matrix = rng.standard_normal((60, 60)) / np.sqrt(60)
        matrix = matrix + matrix.T + shift * np.eye(60)
        assert number_of_negative_eigenvalues(matrix) == np.count_nonzero(np.linalg.eigvalsh(matrix) < 0)


def test_a_saddle_of_many_spins_has_its_index() -> None:
    bonds = np.ones((1100, 1100)) / 1100
    np.fill_diagonal(bonds, 0)
    found = tap_solution(bonds, temperature=0.6, start=np.zeros(1100))
    assert not found.stable and found.index == 1


def test_the_paramagnet_of_a_ferromagnet_is_a_saddle_below_its_transition(instances: Any) -> None:
    found = tap_solution(instances.curie_weiss(8), temperature=0.6, start=np.zeros(8))
    assert not found.stable and found.index == 1 and not found.magnetizations.any()


def test_without_a_start_an_ordered_solution_is_found(instances: Any) -> None:
    n, temperature = 50, 0.7
    found = tap_solution(instances.curie_weiss(n), temperature=temperature)

    def slope(m: float) -> float:
        beta = 1 / temperature
        return m - np.tanh(beta * (m - beta * m * (1 - m**2) / (n - 1)))

    expected = brentq(slope, 0.3, 1.0, xtol=1e-15)
    assert found.stable and np.allclose(found.magnetizations, expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize(("keep", "power"), [("reaction", 3), ("mean field", 2)])
def test_two_spins_are_exact_to_second_order_in_their_coupling(
    keep: str, power: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The error falls by 2^3 for each halving; without the reaction term, the rival, by 2^2 only.
    from numerics.tap import solver
    from numerics.tap.gibbs_terms import gibbs_terms

    terms = gibbs_terms(1 if keep == "mean field" else 2)
    monkeypatch.setattr(solver, "gibbs_terms", lambda order: terms)
    field, errors = np.array([0.3, 0.7]), []
    for strength in (0.08, 0.04, 0.02):
        bonds = strength * (np.ones((2, 2)) - np.eye(2))
        found = tap_solution(bonds, temperature=0.9, field=field).magnetizations
        errors.append(np.max(np.abs(found - exact_magnetizations(bonds, 0.9, field))))
    assert np.log2(errors[0] / errors[1]) == pytest.approx(power, abs=0.25)
    assert np.log2(errors[1] / errors[2]) == pytest.approx(power, abs=0.15)


def test_a_solution_found_at_one_temperature_starts_the_next(instances: Any) -> None:
    bonds = instances.sherrington_kirkpatrick(80, 4)
    first = tap_solution(bonds, temperature=1.2, field=0.4)
    again = tap_solution(bonds, temperature=1.2, field=0.4, start=first.magnetizations)
    assert again.iterations <= 3
    assert np.allclose(again.magnetizations, first.magnetizations, rtol=0, atol=1e-13)


def test_plefkas_margin_is_his_condition_in_a_large_system(instances: Any) -> None:
    bonds, temperature = instances.sherrington_kirkpatrick(400, 1), 1.1
    found = tap_solution(bonds, temperature=temperature, field=0.3)
    printed = 1 - np.mean((1 - found.magnetizations**2) ** 2) / temperature**2
    assert found.plefka_margin == pytest.approx(printed, abs=4 / np.sqrt(400))
    assert found.plefka_margin > 0.1


def test_a_sparse_matrix_has_the_solution_of_the_dense_one() -> None:
    rng = np.random.default_rng(3)
    upper = np.triu((rng.random((120, 120)) < 0.05) * rng.standard_normal((120, 120)), 1)
    dense = upper + upper.T
    one = tap_solution(dense, temperature=2.0, field=0.3)
    for kind in (sparse.csr_array, sparse.coo_matrix):
        other = tap_solution(kind(dense), temperature=2.0, field=0.3)
        assert np.allclose(one.magnetizations, other.magnetizations, rtol=0, atol=1e-13)
        assert other.free_energy == pytest.approx(one.free_energy, rel=1e-13)
        assert other.least_eigenvalue == pytest.approx(one.least_eigenvalue, abs=1e-10)


def test_large_sparse_couplings_are_solved_without_a_dense_matrix() -> None:
    n, rng = 5000, np.random.default_rng(3)
    rows, columns = rng.integers(0, n, 10000), rng.integers(0, n, 10000)
    kept = rows != columns
    upper = sparse.coo_array((rng.standard_normal(10000)[kept], (rows[kept], columns[kept])), shape=(n, n)).tocsr()
    found = tap_solution(upper + upper.T, temperature=3.0, field=0.2)
    assert found.stable and found.residual <= 1e-12


def test_weights_of_layers_stand_for_their_bond_matrix() -> None:
    weights = sample_weights((12, 9, 7), (1.0, 1.0), np.random.default_rng(0))
    one = tap_solution(weights, temperature=1.5, field=0.3)
    other = tap_solution(bond_matrix(weights), temperature=1.5, field=0.3)
    assert np.array_equal(one.magnetizations, other.magnetizations)
    turned = tap_solution([w.T for w in weights], temperature=1.5, field=0.3, orientation="out-in")
    assert np.array_equal(one.magnetizations, turned.magnetizations)


@pytest.mark.parametrize("bonds", [[[0.0]], np.zeros((3, 3))])
def test_free_spins_follow_their_fields(bonds: Any) -> None:
    found = tap_solution(bonds, temperature=2.0, field=1.0)
    assert np.allclose(found.magnetizations, np.tanh(0.5), rtol=0, atol=1e-15)


def test_where_solutions_merge_it_is_said(instances: Any) -> None:
    # The field against which the ordered state of twenty spins is just no longer a solution, by far less than 1e-12.
    n, beta = 20, 1 / 0.7

    def needed(m: float) -> float:
        """The field that equal magnetizations m need, up to its sign."""
        return float(m - beta * m * (1 - m**2) / (n - 1) - np.arctanh(m) / beta)

    least = minimize_scalar(lambda m: -needed(m), bounds=(0.1, 0.99), method="bounded", options={"xatol": 1e-12})
    start, field = np.full(n, least.x), -needed(least.x)
    assert tap_solution(instances.curie_weiss(n), temperature=0.7, start=start, field=field + 1e-6).stable
    with pytest.raises(CriticalPointError, match="solutions merge there"):
        tap_solution(instances.curie_weiss(n), temperature=0.7, start=start, field=field - 1e-13)


def test_what_has_not_converged_is_refused_with_its_residual(instances: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_MEMORY_STEPS", "_DAMPED_STEPS", "_NEWTON_STEPS", "_DESCENT_STEPS"):
        monkeypatch.setattr(f"numerics.tap.solver.{name}", 1)
    with pytest.raises(TapNotConvergedError, match=r"found .* after \d+ evaluations") as caught:
        tap_solution(instances.sherrington_kirkpatrick(40, 1), temperature=0.5, field=0.2)
    assert isinstance(caught.value, NotConvergedError)
    assert caught.value.residual > 1e-12 and caught.value.iterations > 0


SQUARE = np.array([[0.0, 1.0], [1.0, 0.0]])


@pytest.mark.parametrize(
    ("arguments", "error", "match"),
    [
        ({"bond_matrix": np.ones((2, 3))}, ValueError, r"square bond matrix.*\(2, 3\)"),
        ({"bond_matrix": np.zeros((0, 0))}, ValueError, "square bond matrix"),
        ({"bond_matrix": [[0.0, 1.0], [1.0]]}, ValueError, "rows of unequal length"),
        ({"bond_matrix": [[0.0, 1.0], [2.0, 0.0]]}, ValueError, "symmetric bond matrix.*differ by 1"),
        ({"bond_matrix": sparse.csr_array([[0.0, 1.0], [2.0, 0.0]])}, ValueError, "symmetric bond matrix"),
        ({"bond_matrix": [[0.0, np.nan], [np.nan, 0.0]]}, ValueError, "finite couplings; found 2"),
        ({"bond_matrix": np.ones((2, 2))}, ValueError, "zero diagonal.*subtract"),
        ({"bond_matrix": SQUARE.astype(complex)}, TypeError, "real couplings"),
        ({"bond_matrix": [["a", "b"], ["b", "a"]]}, TypeError, "real couplings"),
        ({"temperature": 0.0}, ValueError, "positive finite temperature"),
        ({"temperature": -1.0}, ValueError, "positive finite temperature"),
        ({"temperature": np.nan}, ValueError, "positive finite temperature"),
        ({"temperature": "warm"}, TypeError, "expected a temperature"),
        ({"temperature": True}, TypeError, "expected a temperature"),
        ({"field": [1.0, 2.0, 3.0]}, ValueError, r"2 of them; found shape \(3,\)"),
        ({"field": np.inf}, ValueError, "finite numbers as field"),
        ({"field": "up"}, TypeError, "real numbers as field"),
        ({"start": [0.5, 1.5]}, ValueError, "from -1 to 1 as a start; found 1.5"),
        ({"start": [0.5, 0.5, 0.5]}, ValueError, "start of 2 magnetizations"),
        ({"start": [0.5, np.nan]}, ValueError, "finite numbers as start"),
    ],
)
def test_what_is_no_argument_is_refused(arguments: dict[str, Any], error: type[Exception], match: str) -> None:
    given: dict[str, Any] = {"bond_matrix": SQUARE, "temperature": 1.0, **arguments}
    with pytest.raises(error, match=match):
        tap_solution(given.pop("bond_matrix"), **given)


def test_rounding_of_a_symmetric_matrix_is_accepted() -> None:
    bonds = SQUARE.copy()
    bonds[0, 1] *= 1 + 2e-16
    assert tap_solution(bonds, temperature=3.0, field=0.1).stable


def test_arguments_are_left_as_they_are() -> None:
    bonds, field, start = SQUARE.copy(), np.array([0.1, 0.2]), np.array([1.0, -1.0])
    tap_solution(bonds, temperature=0.5, field=field, start=start)
    assert np.array_equal(bonds, SQUARE)
    assert field.tolist() == [0.1, 0.2] and start.tolist() == [1.0, -1.0]
