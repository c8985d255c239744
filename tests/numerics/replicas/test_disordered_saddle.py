"""Replica-symmetric saddle points of any disordered model, against equations written out by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import sympy as sp
from scipy.optimize import brentq

from numerics import replica_symmetric_solution
from numerics.replicas.disordered import disordered_solution
from numerics.replicas.records import ReplicaSymmetricSolution
from numerics.replicas.saddle_equations import saddle_equations
from numerics.replicas.saddle_point import SaddleSolver
from numerics.solvers.convergence import NotConvergedError
from theory import Domain, HopfieldModel, PSpinModel, SherringtonKirkpatrick, SphericalPSpinModel
from theory.models.disordered import DisorderedModel, Family
from theory.models.model_with_values import ModelWithValues
from theory.models.multilayer import multilayer_model
from theory.models.sherrington_kirkpatrick import sherrington_kirkpatrick_model
from theory.models.spin_laws import ISING, GaussianSpins, SphericalSpins, SpinLaw
from theory.sums import Sigma
from theory.symbols import family

NODES = np.linspace(-9, 9, 2001)
WEIGHTS = np.exp(-(NODES**2) / 2) / np.exp(-(NODES**2) / 2).sum()
N = sp.Symbol("N", integer=True, positive=True)
J0 = sp.Symbol("J0", real=True)


def ferromagnet(mean: float, law: SpinLaw = ISING) -> ModelWithValues:
    model = sherrington_kirkpatrick_model()
    domain = model.domain.extended({J0: (-sp.oo, sp.oo)})
    return ModelWithValues(replace(model, mean=J0 / N, domain=domain, spin_law=law), {J0: mean})


def moments(beta: float, shift: float, variance: float) -> tuple[float, float]:
    """E tanh and E tanh^2 of beta (shift + sqrt(variance) z)."""
    means = np.tanh(beta * (shift + math.sqrt(variance) * NODES))
    return float(means @ WEIGHTS), float(means**2 @ WEIGHTS)


def iterated(step: Any, start: tuple[float, float]) -> tuple[float, float]:
    values = start
    for _ in range(3000):
        values = step(*values)
    return values


def entropy_by_differences(model: Any, temperature: float, field: float) -> float:
    values = [
        replica_symmetric_solution(model, temperature=temperature + k * 1e-3, field=field).free_energy
        for k in (-2, -1, 1, 2)
    ]
    return float(-np.dot([1, -8, 8, -1], values) / 12e-3)


@pytest.mark.parametrize(
    ("temperature", "field"), [(0.5, 0.0), (0.1, 0.2), (0.99, 0.0), (1.0, 0.0), (1.5, 0.4), (0.7, -0.4), (0.03, 0.0)]
)
def test_the_general_search_finds_the_solutions_of_the_sherrington_kirkpatrick_solver(
    temperature: float, field: float
) -> None:
    found = disordered_solution(SherringtonKirkpatrick(), temperature, field)
    expected = replica_symmetric_solution(SherringtonKirkpatrick(), temperature=temperature, field=field)
    for name in ("overlap", "magnetization", "free_energy", "energy", "entropy"):
        assert getattr(found, name) == pytest.approx(getattr(expected, name), rel=1e-10, abs=1e-10), name
    assert found.residual <= 1e-10
    assert math.isnan(found.replicon_eigenvalue)
    assert found.stable is None


def test_two_coupled_spherical_spins_have_overlap_1_minus_the_temperature() -> None:
    """J. M. Kosterlitz, D. J. Thouless, R. C. Jones, Physical Review Letters 36, 1217 (1976)."""
    model = SphericalPSpinModel(2)
    for temperature in (0.1, 0.5, 0.9):
        found = replica_symmetric_solution(model, temperature=temperature)
        assert found.overlap == pytest.approx(1 - temperature, abs=1e-10)
        assert found.energy == pytest.approx(-1 + temperature / 2, abs=1e-10)
    assert replica_symmetric_solution(model, temperature=1.2).overlap == 0


def test_three_coupled_spherical_spins_in_a_field_obey_their_closed_equation() -> None:
    """A. Crisanti, H.-J. Sommers: q / (1 - q)^2 = beta^2 (h^2 + p q^(p-1) / 2), the smallest q."""

    def equation(q: Any, beta: float, h: float, factor: float = 1.5) -> Any:
        return beta**2 * (h**2 + factor * q**2) - q / (1 - q) ** 2

    for temperature, h in ((0.6, 0.3), (0.3, 0.02), (0.3, 0.6)):
        found = replica_symmetric_solution(SphericalPSpinModel(3), temperature=temperature, field=h)
        grid = np.linspace(0, 0.999, 20000)
        first = int(np.argmax(equation(grid, 1 / temperature, h) < 0))
        expected = brentq(equation, grid[first - 1], grid[first], args=(1 / temperature, h), xtol=1e-14)
        assert found.overlap == pytest.approx(expected, abs=1e-10)
        assert abs(equation(found.overlap, 1 / temperature, h, factor=3.0)) > 1e-4
        assert found.entropy == pytest.approx(entropy_by_differences(SphericalPSpinModel(3), temperature, h), abs=1e-7)


def test_more_than_two_coupled_spins_at_no_field_have_the_overlap_of_the_paramagnet() -> None:
    for model in (PSpinModel(3), SphericalPSpinModel(3), PSpinModel(4)):
        found = replica_symmetric_solution(model, temperature=0.3)
        assert (found.overlap, found.residual) == (0.0, pytest.approx(0, abs=1e-14))
        entropy = math.log(2) if isinstance(model, PSpinModel) and not isinstance(model, SphericalPSpinModel) else 0
        assert found.free_energy == pytest.approx(-1 / (4 * 0.3) - 0.3 * entropy)


def test_three_coupled_ising_spins_in_a_field_obey_their_self_consistency_equation() -> None:
    found = replica_symmetric_solution(PSpinModel(3), temperature=0.5, field=0.3)
    mean, square = moments(2.0, 0.3, 1.5 * found.overlap**2)
    assert (found.magnetization, found.overlap) == pytest.approx((mean, square), abs=1e-9)


def test_a_pattern_is_retrieved_by_the_equations_of_amit_gutfreund_and_sompolinsky() -> None:
    load, beta = 0.05, 5.0

    def step(m: float, q: float, power: int = 2) -> tuple[float, float]:
        r = q / (1 - beta * (1 - q)) ** power
        return moments(beta, m, load * r)

    found = replica_symmetric_solution(HopfieldModel(load=load), temperature=1 / beta)
    m, q = iterated(step, (1.0, 1.0))
    assert m > 0.99
    assert (found.magnetization, found.overlap) == pytest.approx((m, q), abs=1e-10)
    assert found.free_energy == pytest.approx(found.energy - found.entropy / beta, abs=1e-13)
    assert found.entropy == pytest.approx(entropy_by_differences(HopfieldModel(load=load), 0.2, 0.0), abs=1e-7)
    wrong = iterated(lambda m, q: step(m, q, 1), (1.0, 1.0))
    assert abs(wrong[1] - found.overlap) > 1e-5


def test_retrieval_follows_the_field_and_is_lost_at_large_loads() -> None:
    against = replica_symmetric_solution(HopfieldModel(load=0.05), temperature=0.2, field=-0.01)
    assert against.magnetization < -0.99
    lost = replica_symmetric_solution(HopfieldModel(load=0.2), temperature=0.2)
    assert lost.magnetization == pytest.approx(0, abs=1e-12)
    r = lost.overlap / (1 - 5 * (1 - lost.overlap)) ** 2
    assert lost.overlap == pytest.approx(moments(5.0, 0.0, 0.2 * r)[1], abs=1e-10)
    assert replica_symmetric_solution(HopfieldModel(load=0.2), temperature=2).overlap == 0


def test_a_mean_of_the_couplings_makes_a_ferromagnet() -> None:
    found = replica_symmetric_solution(ferromagnet(1.5), temperature=0.5)
    m, q = iterated(lambda m, q: moments(2.0, 1.5 * m, q), (1.0, 1.0))
    assert m > 0.5
    assert (found.magnetization, found.overlap) == pytest.approx((m, q), abs=1e-9)
    balanced = replica_symmetric_solution(ferromagnet(0.0), temperature=0.5)
    expected = replica_symmetric_solution(SherringtonKirkpatrick(), temperature=0.5)
    assert balanced.overlap == pytest.approx(expected.overlap, abs=1e-10)
    assert replica_symmetric_solution(ferromagnet(0.5), temperature=1).overlap == 0


def test_spherical_spins_with_a_mean_of_the_couplings_have_the_magnetization_in_print() -> None:
    """Kosterlitz, Thouless and Jones: M^2 = (1 - 1/J0^2) (1 - T/J0) and q = 1 - T/J0, for J0 > 1 and T < J0."""
    for temperature in (0.3, 1.4):
        found = replica_symmetric_solution(ferromagnet(1.5, SphericalSpins()), temperature=temperature)
        assert found.overlap == pytest.approx(1 - temperature / 1.5, abs=1e-10)
        assert found.magnetization**2 == pytest.approx((1 - 1 / 1.5**2) * (1 - temperature / 1.5), abs=1e-10)


def test_equations_that_are_not_those_of_the_free_energy_are_refuted() -> None:
    theory = saddle_equations(PSpinModel(3).disordered_model)
    (equation,), (q,) = theory.equations, theory.unknowns
    assert SaddleSolver(theory).solve(0.5, 0.3, ()).overlap > 0.5
    for wrong in (equation + q / 1000, equation.subs(theory.field, 2 * theory.field)):
        with pytest.raises(NotConvergedError, match="found a residual"):
            SaddleSolver(replace(theory, equations=(wrong,))).solve(0.5, 0.3, ())


def test_gaussian_spins_have_a_self_overlap_until_no_saddle_point_is_left() -> None:
    model = ModelWithValues(replace(sherrington_kirkpatrick_model(), spin_law=GaussianSpins()))
    beta = 0.4
    p = (1 - math.sqrt(1 - 4 * beta**2)) / (2 * beta**2)
    found = replica_symmetric_solution(model, temperature=1 / beta)
    assert found.free_energy == pytest.approx(-beta * p**2 / 4 + (p - 1 - math.log(p)) / (2 * beta), abs=1e-12)
    with pytest.raises(NotConvergedError, match="none that is stable"):
        replica_symmetric_solution(model, temperature=1.5)


def test_a_model_of_ones_own_is_solved_like_the_one_it_equals() -> None:
    i, j, k = sp.symbols("i j k", integer=True)
    beta, spins, couplings = sp.Symbol("beta", positive=True), family("s", real=True), family("J", real=True)
    h, triples = sp.Symbol("h", real=True), ((i, 1, N), (j, i + 1, N), (k, j + 1, N))
    coupled = Sigma(couplings[i, j, k] * spins[i] * spins[j] * spins[k], *triples)
    strength = sp.Symbol("Delta", positive=True)
    model = DisorderedModel(
        name="model of triples",
        hamiltonian=-coupled - Sigma(h * spins[i], (i, 1, N)),
        spins=Family(base=spins, ranges=((i, 1, N),)),
        couplings=Family(base=couplings, ranges=triples),
        variance=3 * strength / N**2,
        inverse_temperature=beta,
        domain=Domain({N: sp.Range(1, sp.oo), beta: (0, sp.oo), h: (-sp.oo, sp.oo), strength: (0, sp.oo)}),
    )
    found = replica_symmetric_solution(ModelWithValues(model, {strength: 1}), temperature=0.5, field=0.3)
    expected = replica_symmetric_solution(PSpinModel(3), temperature=0.5, field=0.3)
    assert found.overlap == pytest.approx(expected.overlap, abs=1e-12)
    assert found.free_energy == pytest.approx(expected.free_energy, abs=1e-12)
    doubled = replica_symmetric_solution(ModelWithValues(model, {strength: 4, h: 0.6}), temperature=1.0)
    assert doubled.overlap == pytest.approx(expected.overlap, abs=1e-12)
    with pytest.raises(ValueError, match=r"none of \[Delta\]"):
        replica_symmetric_solution(ModelWithValues(model), temperature=0.5)
    with pytest.raises(ValueError, match="that is free"):
        replica_symmetric_solution(ModelWithValues(model, {strength: 4, h: 0.6}), temperature=0.5, field=0.1)
    with pytest.raises(TypeError, match="a number as the value of Delta"):
        replica_symmetric_solution(ModelWithValues(model, {strength: strength}), temperature=0.5)


def test_what_is_not_solved_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="positive temperature for the Hopfield model"):
        replica_symmetric_solution(HopfieldModel(load=0.1), temperature=0)
    with pytest.raises(ValueError, match="one slot"):
        replica_symmetric_solution(ModelWithValues(multilayer_model()), temperature=1)
    with pytest.raises(TypeError, match="DisorderedModel"):
        ModelWithValues(PSpinModel(3))  # type: ignore[arg-type]


def test_stability_is_told_only_where_an_eigenvalue_is_known() -> None:
    found = replica_symmetric_solution(SherringtonKirkpatrick(), temperature=0.5)
    assert found.stable is False
    unknown: ReplicaSymmetricSolution = replace(found, replicon_eigenvalue=math.nan)
    assert unknown.stable is None
