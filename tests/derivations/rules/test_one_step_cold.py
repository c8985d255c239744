"""One step of breaking at zero temperature: against quadrature of the definition, the solver, and slips."""

from typing import Any

import numpy as np
import pytest
import sympy as sp
from numpy.polynomial.hermite_e import hermegauss

from derivations.engine.derivation import Derivation
from derivations.engine.verify import verify
from derivations.rules.one_step_cold import cold_block, cold_free_energy, cold_spin, cold_variables
from derivations.rules.one_step_cold_equations import (
    cold_block_size,
    cold_magnetization,
    cold_modulus,
    cold_overlap_between,
    cold_overlap_inside,
)
from derivations.spin_glass import one_step_breaking
from derivations.spin_glass.one_step_ground_state import COLD, build
from numerics import lower, one_step_solution
from theory import SherringtonKirkpatrick
from theory.models import replica_pairs as names
from theory.statements import Definition, Identity, Inequality

RULES = (
    cold_variables, cold_spin, cold_block, cold_free_energy, cold_overlap_inside, cold_magnetization, cold_modulus,
    cold_overlap_between, cold_block_size,
)  # fmt: skip
T, y, q_0, a, v, h = (
    COLD.temperature, COLD.breakpoint_slope, COLD.overlap, COLD.center, COLD.spread, COLD.field,
)  # fmt: skip
NODES, WEIGHTS = hermegauss(120)
WEIGHTS = WEIGHTS / WEIGHTS.sum()


@pytest.fixture(scope="module")
def cold() -> Derivation:
    return build()


def energy(overlap: float, slope: float, field: float) -> float:
    """Of the definition: a Gauss-Hermite sum of the logarithm of a mean, itself summed on a fine grid."""
    own = np.linspace(-9, 9, 40001)
    weight = np.exp(-(own**2) / 2)
    weight /= weight.sum()
    fields = field + np.sqrt(overlap) * NODES[:, None] + np.sqrt(1 - overlap) * own[None, :]
    block = np.exp(slope * np.abs(fields)) @ weight
    return float(slope * (1 - overlap**2) / 4 - WEIGHTS @ np.log(block) / slope)


def test_every_step_is_computed(cold):
    assert cold.stated_steps == 0
    assert {step.rule for step in cold} == {rule.name for rule in RULES}
    claims = [c for s in cold if s.needs_verdict for c in (s.statement, *s.obligations)]
    assert [c for c in claims if isinstance(c, Identity) and c.left == c.right] == []
    assert "one step of replica symmetry breaking" in cold["overlap between blocks"].rests_on


def test_energy_is_that_of_the_definition(cold):
    found = lower(cold["one-step free energy at zero temperature"].result, (q_0, y, h))
    for point in ((0.3, 0.8, 0.0), (0.5, 1.2, 0.4)):
        assert float(found(*point)) == pytest.approx(energy(*point), abs=1e-6)


def test_equations_are_the_slopes_of_the_energy(cold):
    point, step = (0.3, 0.8, 0.2), 1e-4
    found = lower(cold["one-step free energy at zero temperature"].result, (q_0, y, h))
    by_overlap, by_slope = (
        (float(found(*(p + s for p, s in zip(point, d, strict=True))))
         - float(found(*(p - s for p, s in zip(point, d, strict=True))))) / (2 * step)
        for d in ((step, 0, 0), (0, step, 0))
    )  # fmt: skip
    equals = float(lower(cold["overlap between blocks"].result.subs(v, 1 - q_0), (q_0, y, h))(*point))
    assert point[1] * (equals - point[0]) / 2 == pytest.approx(by_overlap, abs=1e-7)
    slope = lower(cold["slope in the size of a block"].result.subs(v, 1 - q_0), (q_0, y, h))
    assert float(slope(*point)) == pytest.approx(by_slope, abs=1e-7)


def test_solution_of_the_solver_solves_these_equations(cold):
    """Two routes to the limit: the solver takes that of its own equations, term by term."""
    solution = one_step_solution(SherringtonKirkpatrick(), temperature=0)
    point = (min(solution.overlaps), solution.breakpoint, 0.0)
    named = ("one-step free energy at zero temperature", "overlap between blocks", "slope in the size of a block")
    values = {n: float(lower(cold[n].result.subs(v, 1 - q_0), (q_0, y, h))(*point)) for n in named}
    assert values["one-step free energy at zero temperature"] == pytest.approx(solution.energy, abs=1e-9)
    assert values["overlap between blocks"] == pytest.approx(point[0], abs=1e-8)
    assert values["slope in the size of a block"] == pytest.approx(0, abs=1e-8)


def refuted(claim: Any) -> bool:
    return verify(claim, repair=False).status == "refuted"


def test_block_in_error_functions_is_sharp(cold):
    claim = cold["block at zero temperature"].statement
    assert verify(claim).status == "proved"
    assert refuted(claim.replaced(right=claim.right.subs(v, 2 * v)))
    assert refuted(claim.replaced(right=claim.right * sp.exp(y**2 * v / 2)))


def test_limits_are_sharp(cold):
    for name, wrong in (
        ("one-step free energy at zero temperature", lambda e: e.subs(q_0, 2 * q_0)),
        ("spin at zero temperature", lambda e: e + sp.log(2)),
        ("overlap inside a block", lambda e: e / 2),
    ):
        claim = cold[name].statement
        assert verify(claim).holds is True
        assert refuted(claim.replaced(value=wrong(claim.value)))


def test_equations_in_letters_are_sharp(cold):
    for name in (
        "magnetization of a block",
        "modulus of the field in a block",
        "overlap between blocks",
        "slope in the size of a block",
    ):
        step = cold[name]
        for claim in (step.statement, *step.obligations):
            assert verify(claim).status == "proved"
            assert refuted(claim.replaced(right=-claim.right))
            assert refuted(claim.replaced(right=claim.right.subs(y, 2 * y)))


def test_fields_in_other_units_are_refuted(cold):
    for claim in cold["one-step free energy in cold variables"].obligations:
        assert verify(claim).status == "proved"
        assert refuted(claim.replaced(right=claim.right.subs(T, 2 * T)))


def test_a_spin_is_no_further_from_its_ground_state_than_stated(cold):
    below, above = cold["spin at zero temperature"].obligations
    assert isinstance(above, Inequality) and verify(below).holds is True and verify(above).holds is True
    assert refuted(above.replaced(right=above.right - sp.log(2) / 2))


def test_another_free_energy_is_refused():
    d = Derivation("test")
    usual = one_step_breaking.build()["one-step free energy"].result
    step = d.define(Definition(sp.Symbol("f"), usual / 2))
    with pytest.raises(ValueError, match="site term over -y"):
        d.apply(
            cold_variables, step, blocks=one_step_breaking.BLOCKS, breakpoint_parameter=names.breakpoint_parameter,
            inverse_temperature=names.inverse_temperature, cold=COLD,
        )  # fmt: skip
