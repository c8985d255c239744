"""What the matrix of one network says, against eigenvalues and solutions of small systems."""

from functools import cache

import numpy as np
import pytest
import sympy as sp

from derivations.engine.verify import verify
from derivations.rules.network_spectrum import (
    at_high_temperature,
    at_low_temperature,
    largest_of_three,
    layered_diagonal,
    magnetized_pair,
    pair_stays_definite,
    spectral_bounds,
)
from derivations.spin_glass.network_spectrum import build
from theory.models import ising_pairs as model

whole = cache(build)
beta = model.inverse_temperature


def test_every_step_is_computed_by_one_of_the_rules():
    rules = (spectral_bounds, largest_of_three, at_high_temperature, at_low_temperature)
    pairs = (pair_stays_definite, magnetized_pair, layered_diagonal)
    assert whole().stated_steps == 0
    assert [step.rule for step in whole()] == [r.name for r in (*rules, *pairs)]


def matrix_of(bonds, inverse_temperature):
    return inverse_temperature * bonds - inverse_temperature**2 * np.diag((bonds**2).sum(axis=1))


@pytest.mark.parametrize("inverse_temperature", [0.01, 0.3, 1.0, 4.0, 100.0])
def test_the_largest_eigenvalue_lies_between_the_bounds_that_the_form_gives(inverse_temperature):
    rng = np.random.default_rng(7)
    for n in (2, 5, 30):
        bonds = np.triu(rng.normal(size=(n, n)) / np.sqrt(n), 1)
        bonds = bonds + bonds.T
        squares = (bonds**2).sum(axis=1)
        top = np.linalg.eigvalsh(bonds)[-1]
        largest = np.linalg.eigvalsh(matrix_of(bonds, inverse_temperature))[-1]
        b, rounding = inverse_temperature, 1e-12 * (1 + inverse_temperature**2)
        assert max(b * top - b**2 * squares.max(), -(b**2) * squares.min()) - rounding <= largest
        assert largest <= b * top - b**2 * squares.min() + rounding


def test_the_largest_eigenvalue_of_three_spins_is_the_numerical_one():
    result = whole()["three spins in a row"].result
    coupling = next(x for x in result.free_symbols if x != beta)
    bonds = 0.7 * (np.eye(3, k=1) + np.eye(3, k=-1))
    for b in (0.1, 1.0, 9.0):
        assert float(result.subs({beta: b, coupling: 0.7})) == pytest.approx(
            np.linalg.eigvalsh(matrix_of(bonds, b))[-1]
        )


@pytest.mark.parametrize("name", ["three spins in a row", "high temperature", "low temperature", "a pair of spins"])
def test_a_step_and_what_it_needs_is_proved(name):
    step = whole()[name]
    assert [verify(c).status for c in (step.statement, *step.obligations)] == ["proved"] * (1 + len(step.obligations))


def test_the_strongest_bonds_do_not_rule_at_low_temperature():
    statement = whole()["low temperature"].statement
    assert verify(statement.replaced(value=2 * statement.value)).status == "refuted"
    assert verify(statement.replaced(value=-statement.value)).status == "refuted"


def test_the_bonds_without_the_reaction_do_not_rule_at_low_temperature():
    statement = whole()["high temperature"].statement
    assert verify(statement.replaced(point=sp.oo)).status == "refuted"


def test_a_pair_has_a_magnetized_solution_though_its_paramagnet_is_stable():
    # beta J = 3: artanh m = 3 m - 9 (1 - m^2) m changes sign between 9/10 and 99/100, by bisection in floating point.
    def residual(m):
        return np.arctanh(m) - 3 * m + 9 * (1 - m * m) * m

    low, high = 0.9, 0.99
    assert residual(low) > 0 > residual(high)
    assert np.linalg.eigvalsh(np.eye(2) - matrix_of(np.array([[0.0, 1.0], [1.0, 0.0]]), 3.0))[0] > 0
    step = whole()["a magnetized pair"]
    assert [verify(c).holds for c in (step.statement, *step.obligations)] == [True, True]
    assert verify(step.statement.replaced(relation="<")).status == "refuted"
    assert float(step.statement.right) == pytest.approx(3 * low - 9 * (1 - low**2) * low)
