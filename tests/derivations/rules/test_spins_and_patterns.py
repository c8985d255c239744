"""The rules for Gaussian spins and for stored patterns, against determinants and refusals; wrong forms are refuted."""

import pytest
import sympy as sp

from derivations.engine.verify import verify
from derivations.rules.gaussian_trace import gaussian_trace
from derivations.rules.pattern_average import pattern_average, second_order
from derivations.rules.stationarity import stationary_together
from derivations.rules.thermodynamics import stationary_free_energy
from derivations.spin_glass.replica_symmetric import replica_symmetric_free_energy
from theory.models.hopfield import hopfield_model
from theory.models.p_spin import spherical_p_spin_model
from theory.models.replica_symbols import ReplicaSymbols, a, n_replicas
from theory.models.sherrington_kirkpatrick import external_field as h
from theory.models.sherrington_kirkpatrick import inverse_temperature as beta
from theory.statements import Expansion, Identity
from theory.symbols import family

x, v = sp.symbols("x v", positive=True)
y, c = sp.symbols("y c", real=True)
POINT = {x: sp.Rational(1, 7), y: sp.Rational(2, 3), c: sp.Rational(-1, 5), v: sp.Rational(3, 4)}


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_the_gaussian_integral_is_that_of_the_matrix_written_out(count):
    spins = family("s", real=True)
    found = gaussian_trace(spin=spins, replica=a, n_replicas=n_replicas, variance=v, curvature=x, source=y, square=c)
    matrix = (sp.eye(count) / v - x * sp.ones(count) - c * sp.eye(count)).subs(POINT)
    push = (sp.ones(1, count) * matrix.inv() * sp.ones(count, 1))[0] * POINT[y] ** 2 / 2
    exact = push - sp.log((POINT[v] ** count * matrix).det() / POINT[v] ** (count * (count - 1))) / 2
    ours = found.result.subs({**POINT, n_replicas: count})
    assert abs(sp.N(ours - exact, 40)) < 1e-30
    assert abs(sp.N(sp.log(found.statement.right.subs({**POINT, n_replicas: count})) - exact, 40)) < 1e-30
    assert abs(sp.N(ours.subs(POINT[v], 1) - exact + POINT[y], 10)) > 1e-3


@pytest.fixture(scope="module")
def spherical():
    return replica_symmetric_free_energy(spherical_p_spin_model(2))


def test_conjugates_solve_their_equations_together(spherical):
    names = ReplicaSymbols.of(spherical_p_spin_model(2))
    q, lam, mu = names.off_diagonal, names.conjugate_off_diagonal, names.conjugate_diagonal
    action = spherical["action per replica"]
    found = stationary_together(action, by=(lam, mu), solve_for=(lam, mu))
    assert sp.simplify(found.result[lam] + q / (1 - q) ** 2 - (beta * h) ** 2) == 0
    assert verify(found.statement).status == "proved"
    wrong = {lam: found.result[lam], mu: -found.result[mu]}
    assert verify(
        type(found.statement)(action.result, found.statement.domain, variables=(lam, mu), at=wrong)
    ).status == ("refuted")
    with pytest.raises(ValueError, match="expected one solution"):
        stationary_together(action, by=(lam, mu), solve_for=(q, beta))


def test_the_closed_free_energy_is_stationary_where_its_derivative_says(spherical):
    q = ReplicaSymbols.of(spherical_p_spin_model(2)).off_diagonal
    found = stationary_free_energy(spherical["replica-symmetric free energy"], by=q)
    printed = (beta**2 * q + beta**2 * h**2 - q / (1 - q) ** 2) / (2 * beta)
    assert verify(Identity(found.result, printed, found.statement.domain)).status == "proved"
    assert verify(Identity(found.result, printed + q, found.statement.domain)).status == "refuted"


def test_signs_are_averaged_before_their_cosines_are_expanded():
    derivation = replica_symmetric_free_energy(hopfield_model())
    averaged, expanded = derivation["disorder average"], derivation["disorder average for many sites"]
    assert (averaged.rule, expanded.rule) == (pattern_average.name, second_order.name)
    claim = expanded.statement
    choices = {"variable": claim.variable, "order": claim.order}
    assert verify(claim).status == "proved"
    assert verify(Expansion(claim.left, 2 * claim.right, claim.domain, **choices)).status == "refuted"
    higher = {**choices, "order": claim.order + 1}
    assert verify(Expansion(claim.left, claim.right, claim.domain, **higher)).status == "refuted"
