"""The canonical ensemble by maximum entropy, step by step, against exchanges of probability, and wrong ones."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, log
from typing import Any

import pytest
import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.verify import verify
from derivations.learning_thermodynamics import maximum_entropy
from derivations.oracles.largest_entropy import largest_entropy
from derivations.rules.maximum_entropy import (
    canonical_mean_loss,
    concentrated_mean,
    falling_mean_loss,
    first_variation,
    functional_with_multipliers,
    gap_at_a_state,
    gap_is_positive,
    gap_to_maximum,
    multiplier_variation,
    normalized_density,
    second_variation,
    stationary_density,
)
from theory import Definition, Domain, Stationarity
from theory.models import entropy_principle as model
from theory.sums import unroll

RULES = (
    functional_with_multipliers, first_variation, stationary_density, multiplier_variation, normalized_density,
    gap_to_maximum, gap_at_a_state, gap_is_positive, second_variation, canonical_mean_loss, falling_mean_loss,
    concentrated_mean,
)  # fmt: skip
BUILT = maximum_entropy.build()
CLAIMS = {step.name: step.statement for step in BUILT if step.rule != "definition"}
INEQUALITIES = ("second variation", "the gap is nowhere negative", "maximum of the entropy")
beta, nu = model.loss_multiplier, model.norm_multiplier
LOSSES, VOLUMES, START = (0.3, 1.1, -0.4, 2.0, 0.7), (1.0, 0.5, 2.0, 0.25, 1.5), (0.1, 0.4, 0.2, 0.3, 0.05)


@pytest.mark.parametrize("name", [n for n in CLAIMS if n not in INEQUALITIES])
def test_a_step_holds_and_slips_in_it_are_refuted(name: str, holds_and_is_sharp: Callable[..., None]) -> None:
    holds_and_is_sharp(CLAIMS[name], slips=3)


@pytest.mark.parametrize("name", INEQUALITIES)
def test_an_inequality_holds_and_with_more_on_its_right_is_refuted(name: str) -> None:
    claim: Any = CLAIMS[name]
    assert verify(claim).status == "proved"
    more = claim.right + (1 if claim.relation == ">=" else -1000)
    assert verify(claim.replaced(right=more)).status == "refuted"
    turned = {">=": "<=", "<": ">"}[claim.relation]
    assert verify(claim.replaced(relation=turned)).status == "refuted"


@pytest.mark.parametrize("step", [s for s in BUILT if s.obligations], ids=lambda s: s.name)
def test_what_a_step_needs_holds(step: Any) -> None:
    for need in step.obligations:
        assert verify(need).holds is True


def test_nothing_is_typed_in_and_every_rule_is_used() -> None:
    assert BUILT.stated_steps == 0
    assert {rule.name for rule in RULES} <= {step.rule for step in BUILT}


def test_exchanges_of_probability_end_at_the_canonical_ensemble() -> None:
    found = largest_entropy(LOSSES, VOLUMES, START)
    canonical: Any = BUILT["canonical ensemble in cells"].result
    slope = (log(found[0]) - log(found[1])) / (LOSSES[1] - LOSSES[0])
    norm = -log(found[0]) - slope * LOSSES[0] - 1
    derived = [float(canonical.xreplace({model.cell_losses[model.k]: h, beta: slope, nu: norm})) for h in LOSSES]
    assert derived == pytest.approx(found, rel=1e-6)
    kept = [
        [sum(v * p * h**n for v, p, h in zip(VOLUMES, d, LOSSES, strict=True)) for n in (0, 1)] for d in (found, START)
    ]
    assert kept[0] == pytest.approx(kept[1], rel=1e-12)
    wrong = [exp(-2 * slope * h - 1 - norm) for h in LOSSES]
    assert max(abs(w - f) for w, f in zip(wrong, found, strict=True)) > 0.01


def test_the_gap_is_that_of_entropies_with_one_norm_and_one_mean_loss() -> None:
    found = largest_entropy(LOSSES, VOLUMES, START)
    slope = (log(found[0]) - log(found[1])) / (LOSSES[1] - LOSSES[0])
    norm = -log(found[0]) - slope * LOSSES[0] - 1

    def entropy(density: Any) -> float:
        return -sum(v * p * log(p) for v, p in zip(VOLUMES, density, strict=True))

    point = {beta: slope, nu: norm, model.n_cells: sp.Integer(len(LOSSES))}
    for k, (h, v, q) in enumerate(zip(LOSSES, VOLUMES, START, strict=True), 1):
        point |= {model.cell_losses[k]: h, model.volumes[k]: v, model.other_cell_densities[k]: q}
    gap: Any = BUILT["gap to the canonical ensemble in cells"].result
    value = float(unroll(gap, lambda atom: point.get(atom, atom)))
    assert value == pytest.approx(entropy(found) - entropy(START), rel=1e-9)
    assert value > 0.01


def test_the_ensemble_of_two_components_is_canonical_too() -> None:
    x, y = model.state, sp.Symbol("y", real=True)
    p, h = (sp.Function(name, **{kind: True})(x, y) for name, kind in (("p", "positive"), ("H", "real")))
    action = sp.Integral(p * (-sp.log(p) - beta * h - nu), (x, -1, 1), (y, -1, 1)) + nu
    domain = Domain({beta: sp.S.Reals, nu: sp.S.Reals})
    for exponent, status in ((-beta * h - 1 - nu, "proved"), (-beta * h - nu, "refuted")):
        assert verify(Stationarity(action, domain, variables=(p,), at={p: sp.exp(exponent)})).status == status


def test_a_delta_function_over_the_boundary_too_spoils_the_norm() -> None:
    step = BUILT["mean over the concentrated ensemble"]
    wrong = model.mean_over_boundary_and_bulk(model.concentrated(on_the_boundary=True))
    claim: Any = step.statement
    assert verify(claim).status == "proved"
    assert verify(claim.replaced(left=wrong)).status == "refuted"


def test_a_functional_without_an_integral_or_a_logarithm_is_refused() -> None:
    d = Derivation("other")
    p, domain = model.density, model.states_domain()
    constant = d.define(Definition(model.lagrangian, nu * beta))
    with pytest.raises(ValueError, match="one integral over the states"):
        d.apply(stationary_density, constant, density=p, domain=domain)
    square = d.define(Definition(model.entropy, model.over_states(-(p**2))))
    with pytest.raises(ValueError, match="linear in log"):
        d.apply(stationary_density, square, density=p, domain=domain)
    with pytest.raises(ValueError, match="factor exp"):
        d.apply(normalized_density, square, norm_multiplier=beta, over=model.over_states, domain=domain)
