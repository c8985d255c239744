"""One-step breaking: the derived free energy against quadrature, its special cases, and slips that are refuted."""

import numpy as np
import pytest
import sympy as sp
from numpy.polynomial.hermite_e import hermegauss

from derivations.engine.derivation import Derivation
from derivations.engine.verify import verify
from derivations.rules.one_step_breaking import nested_fields, one_step_action
from derivations.rules.one_step_equations import block_size, overlap_between, overlap_inside
from derivations.rules.one_step_free_energy import (
    block_conjugate,
    blocks_of_one,
    equal_overlaps,
    one_step_free_energy,
    one_step_site,
)
from derivations.spin_glass.one_step_breaking import BLOCKS, build, saddle_equations
from numerics import lower
from theory.averages import GaussianMean
from theory.models import replica_pairs as names
from theory.statements import Identity

RULES = (
    one_step_action, nested_fields, one_step_site, block_conjugate, one_step_free_energy, overlap_inside,
    overlap_between, block_size, equal_overlaps, blocks_of_one,
)  # fmt: skip
q_0, q_1, x = names.outer_overlap, names.inner_overlap, names.breakpoint_parameter
beta, h = names.inverse_temperature, names.external_field
POINT = {"q_0": 0.2, "q_1": 0.5, "x": 0.4, "beta": 1.3, "h": 0.3}
NODES, WEIGHTS = hermegauss(80)
WEIGHTS = WEIGHTS / WEIGHTS.sum()


@pytest.fixture(scope="module")
def breaking() -> Derivation:
    return build()


def free_energy(**changes: float) -> float:
    """Of the definition with blocks, by two Gauss-Hermite sums."""
    p = {**POINT, **changes}
    wide, narrow = (p["beta"] * np.sqrt(v) for v in (p["q_0"], p["q_1"] - p["q_0"]))
    field = wide * NODES[:, None] + narrow * NODES[None, :] + p["beta"] * p["h"]
    site = WEIGHTS @ np.log((2 * np.cosh(field)) ** p["x"] @ WEIGHTS) / p["x"]
    pairs = 1 - 2 * p["q_1"] + (1 - p["x"]) * p["q_1"] ** 2 + p["x"] * p["q_0"] ** 2
    return float(-p["beta"] / 4 * pairs - site / p["beta"])


def slope(name: str) -> float:
    step = 1e-4
    up, down = (free_energy(**{name: POINT[name] + s * step}) for s in (1, -1))
    return (up - down) / (2 * step)


def value(expression: sp.Expr) -> float:
    names_in_order = (q_0, q_1, x, beta, h)
    return float(lower(expression, names_in_order)(*POINT.values()))


def test_every_step_is_computed(breaking):
    assert breaking.stated_steps == 0
    assert {step.rule for step in breaking} >= {rule.name for rule in RULES}
    claims = [c for s in breaking if s.needs_verdict for c in (s.statement, *s.obligations)]
    assert [c for c in claims if isinstance(c, Identity) and c.left == c.right] == []


def test_derived_free_energy_is_that_of_the_definition(breaking):
    assert value(breaking["one-step free energy"].result) == pytest.approx(free_energy(), abs=1e-9)


def test_saddle_equations_are_the_slopes_of_the_free_energy():
    found = {name: value(expression) for name, expression in saddle_equations().items()}
    b, size = POINT["beta"], POINT["x"]
    # df/dq_1 = b (1 - x)(A - q_1)/2, df/dq_0 = b x (A - q_0)/2, A what each overlap equals; errors go with step^2.
    assert b * (1 - size) / 2 * (found[q_1] - POINT["q_1"]) == pytest.approx(slope("q_1"), abs=1e-7)
    assert b * size / 2 * (found[q_0] - POINT["q_0"]) == pytest.approx(slope("q_0"), abs=1e-7)
    assert found[x] == pytest.approx(slope("x"), abs=1e-7)


def test_claims_in_letters_hold_and_slips_are_refuted(breaking):
    for name in ("overlap inside a block", "overlap between blocks", "slope in the size of a block"):
        claim = breaking[name].statement
        assert verify(claim).status == "proved"
        assert verify(claim.replaced(right=-claim.right)).status == "refuted"
        assert verify(claim.replaced(right=claim.right.subs(x, 1 - x))).status == "refuted"
        assert verify(claim.replaced(right=2 * claim.right)).status == "refuted"


def test_limit_of_the_action_is_sharp(breaking):
    claim = breaking["one-step free energy"].statement
    assert verify(claim).status == "proved"
    assert verify(claim.replaced(value=claim.value.subs(x, 1 - x))).status == "refuted"
    assert verify(claim.replaced(value=claim.value.subs(q_0, -q_0 / 2))).status == "refuted"


def test_equal_overlaps_give_the_replica_symmetric_free_energy(breaking):
    step = breaking["equal overlaps"]
    (mean,) = step.result.atoms(GaussianMean)
    assert mean.body == sp.log(2 * sp.cosh(beta * h + mean.family))
    assert sp.expand(step.result - mean * step.result.coeff(mean) + beta * (1 - q_0) ** 2 / 4) == 0
    assert breaking["blocks of one replica"].result == step.result
    inner = breaking["blocks of one replica"].obligations[0]
    assert verify(inner).status == "proved"
    assert verify(inner.replaced(right=inner.right**2)).status == "refuted"


def test_conjugates_are_minus_the_squared_inverse_temperature_times_the_overlaps(breaking):
    for place, overlap in zip(("inside", "between"), BLOCKS.overlaps, strict=True):
        assert breaking[f"conjugate {place} blocks"].result == -(beta**2) * overlap


@pytest.mark.slow
def test_the_whole_derivation_holds(breaking):
    for step in breaking:
        for claim in (step.statement, *step.obligations) if step.needs_verdict else ():
            assert verify(claim, timeout=120).holds is True, step.name
