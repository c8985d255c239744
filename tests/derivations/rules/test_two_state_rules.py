"""Rules on a driven two-state system: their claims hold, and slips in them are refuted."""

from itertools import islice

import pytest
import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.mutation import mutated_statements
from derivations.engine.verify import verify
from derivations.rules.two_state import (
    exponential_mean,
    free_energy_difference,
    independent_steps,
    metropolis_moves,
    occupation,
    relaxing_moves,
    slow_step,
    sudden_change,
    sum_over_states,
    tilted_step,
)
from theory.models import two_state as model


@pytest.fixture(scope="module")
def steps():
    d = Derivation("test")
    partition = d.apply(sum_over_states, name="partition")
    occupied = d.apply(occupation, partition, name="occupied")
    moves = d.apply(relaxing_moves, occupied, name="moves")
    difference = d.apply(free_energy_difference, partition, name="difference")
    d.apply(metropolis_moves, moves, name="Metropolis")
    step = d.apply(tilted_step, moves, occupied, partition, name="step")
    d.apply(exponential_mean, step, partition, name="mean")
    product = d.apply(independent_steps, partition, name="product")
    d.apply(sudden_change, product, name="sudden")
    d.apply(slow_step, occupied, difference, name="slow")
    return d


@pytest.mark.parametrize(
    "name", ["partition", "occupied", "moves", "difference", "Metropolis", "step", "sudden", "slow"]
)
def test_claims_hold_and_slips_are_refuted(steps, holds_and_is_sharp, name):
    holds_and_is_sharp(steps[name].statement)
    assert all(verify(claim).holds is True for claim in steps[name].obligations)


@pytest.mark.parametrize("name", ["mean", "product"])
def test_means_over_paths_are_proved_for_any_number_of_steps_and_slips_are_refuted(steps, name):
    claim = steps[name].statement
    verdict = verify(claim)
    assert verdict.status == "proved"
    assert any("induction" in e.technique for e in verdict.evidence)
    slips = list(islice(mutated_statements(claim), 0, 12, 2))
    assert [verify(slip.changed).status for slip in slips].count("refuted") >= len(slips) - 1 >= 3


def test_work_with_the_wrong_time_ordering_has_no_such_mean(steps):
    """The state after the move instead of the one before it, but for the last change."""
    claim = steps["mean"].statement
    t, x, w = model.t, model.states, model.weights
    right, late = (model.chosen(x[place], 1, w[t + 1] / w[t]) for place in (t, t + 1))
    body = claim.left.body.subs(
        sp.Product(right, (t, 0, model.n_steps - 1)), sp.Product(late, (t, 0, model.n_steps - 2))
    )
    assert body != claim.left.body
    assert verify(claim.replaced(left=claim.left.with_body(body))).status == "refuted"


def test_moves_at_the_gap_before_the_change_break_the_induction(steps):
    """The obligations of the exponential mean are refuted where the moves do not keep the new equilibrium."""
    left = sp.Matrix([[1, sp.exp(-model.gap)]])
    change = sp.diag(1, sp.exp(model.gap - model.next_gap))
    wrong = left * change * sp.Matrix(steps["moves"].result)
    for place, induction in enumerate(steps["mean"].obligations):
        assert verify(induction).status == "proved"
        assert verify(induction.replaced(left=wrong[place])).status == "refuted"
