"""Stability and one-step breaking start from the action that is derived from the model: what the model says travels."""

from dataclasses import replace
from typing import Any

import sympy as sp

from derivations.engine.verify import verify
from derivations.spin_glass import one_step_breaking, replica_stability, sherrington_kirkpatrick
from theory.models import replica_pairs as names
from theory.models.sherrington_kirkpatrick import sherrington_kirkpatrick_model

beta, m, h = names.inverse_temperature, names.n_replicas, names.external_field


def stretched(scale: int) -> Any:
    """The model with the variance of its couplings multiplied, and its field turned."""
    model = sherrington_kirkpatrick_model()
    turned = model.hamiltonian.xreplace({h: -2 * h})
    return replace(model, variance=scale * model.variance, hamiltonian=turned)


def test_both_rest_on_every_postulate_of_the_action():
    for module in (replica_stability, one_step_breaking):
        derivation = module.build()
        assert derivation.stated_steps == 0
        assert {"contour of the conjugate overlaps", "saddle point"} <= set(derivation["replica action"].rests_on)


def test_what_does_not_grow_is_left_out_and_nothing_else():
    claim = replica_stability.build()["replica action"].statement
    assert verify(claim).status == "proved"
    assert sp.expand(claim.expression - claim.value).has(beta**2 * m**2)
    for wrong in (claim.value - beta**2 * m**2 / 4, 2 * claim.value, -claim.value, claim.value.subs(h, -2 * h)):
        assert verify(claim.replaced(value=wrong), repair=False).status == "refuted"


def test_another_variance_and_field_travel_to_the_replicon(monkeypatch):
    monkeypatch.setattr(sherrington_kirkpatrick, "sherrington_kirkpatrick_model", lambda: stretched(4))
    stability = replica_stability.build()
    assert stability["temperature of the transition"].result == 2
    assert stability["replicon eigenvalue"].result.has(4 * beta**2 * names.overlap, -2 * beta * h)


def test_another_variance_and_field_travel_to_the_one_step_free_energy(monkeypatch):
    usual = one_step_breaking.build()["one-step free energy"].result
    monkeypatch.setattr(sherrington_kirkpatrick, "sherrington_kirkpatrick_model", lambda: stretched(4))
    other = one_step_breaking.build()["one-step free energy"].result
    # The coupling enters by beta alone, and the field by beta h: f(beta) with 4/N is 2 f(2 beta) of the usual one.
    expected = (2 * usual).subs({beta: 2 * beta, h: -h}, simultaneous=True)
    assert sp.simplify(other - expected) == 0 != sp.simplify(other - usual)
