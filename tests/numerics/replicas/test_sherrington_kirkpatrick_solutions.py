"""The public solvers, on the derived free energies."""

from __future__ import annotations

import math

import pytest
import sympy as sp

from numerics import almeida_thouless_field, one_step_solution, replica_symmetric_solution
from numerics.replicas.cold_form import ReplicaFreeEnergy
from numerics.replicas.symmetric import SymmetricSolver
from theory import SherringtonKirkpatrick, spin_glass_values
from theory.records import PublishedValue

MODEL = SherringtonKirkpatrick()


def agrees(value: float, published: PublishedValue) -> bool:
    return abs(value - float(published.value)) <= float(published.half_width)


@pytest.mark.parametrize(("temperature", "field"), [(0.0, 0.2), (0.3, 0.1), (0.8, 0.0), (1.5, 0.4), (1.5, 0.0)])
def test_the_derived_free_energy_has_the_solutions_of_the_textbook_one(
    symmetric_free_energy: ReplicaFreeEnergy, replicon: sp.Expr, temperature: float, field: float
) -> None:
    found = replica_symmetric_solution(MODEL, temperature=temperature, field=field)
    expected = SymmetricSolver(symmetric_free_energy, replicon).solve(temperature, field)
    for name in ("overlap", "magnetization", "free_energy", "energy", "entropy", "replicon_eigenvalue"):
        assert getattr(found, name) == pytest.approx(getattr(expected, name), rel=1e-11, abs=1e-13), name


def test_published_limits_at_zero_temperature() -> None:
    symmetric = replica_symmetric_solution(MODEL, temperature=0)
    assert agrees(symmetric.energy, spin_glass_values.SYMMETRIC_ENERGY)
    assert agrees(symmetric.entropy, spin_glass_values.SYMMETRIC_ENTROPY)
    broken = one_step_solution(MODEL, temperature=0)
    assert agrees(broken.energy, spin_glass_values.ONE_STEP_ENERGY)
    assert agrees(broken.entropy, spin_glass_values.ONE_STEP_ENTROPY)
    assert not agrees(symmetric.energy, spin_glass_values.ONE_STEP_ENERGY)
    assert not agrees(symmetric.entropy, spin_glass_values.ONE_STEP_ENTROPY)


def test_the_stability_line_ends_at_the_critical_temperature_and_diverges_at_zero() -> None:
    assert almeida_thouless_field(1) == 0
    assert almeida_thouless_field(0) == math.inf
    field = almeida_thouless_field(0.7)
    signs = [replica_symmetric_solution(MODEL, temperature=0.7, field=f * field).stable for f in (0.999, 1.001)]
    assert signs == [False, True]
    with pytest.raises(ValueError, match="at most 1"):
        almeida_thouless_field(1.1)


def test_wrong_calls_are_refused() -> None:
    with pytest.raises(TypeError, match="SherringtonKirkpatrick"):
        replica_symmetric_solution("SK", temperature=1)
    with pytest.raises(ValueError, match="at least 0"):
        one_step_solution(MODEL, temperature=-1)
    with pytest.raises(ValueError, match="finite"):
        replica_symmetric_solution(MODEL, temperature=1, field=math.inf)
    with pytest.raises(TypeError, match="real number"):
        replica_symmetric_solution(MODEL, temperature="1")  # type: ignore[arg-type]
