"""Couplings of random networks and their propagator in momentum space, step by step, and wrong ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sympy as sp
from scipy.integrate import quad

from derivations.algebra.concrete_sums import under_one_sum, written_out
from derivations.engine.derivation import Derivation
from derivations.engine.verify import verify
from derivations.renormalization import network_couplings, network_momentum
from derivations.renormalization.network_correlators import correlators, neuron_moment
from derivations.rules.lowest_order import exchange, kernel_put_in, one_interaction, without_exchanges
from derivations.rules.mass_scale import field_strength, low_momenta, mass_scale
from derivations.rules.network_couplings import (
    at_origin,
    at_points,
    exponent_of,
    integral_at_points,
    measured_coupling,
    small_points,
)
from derivations.rules.space_integral import gaussian_weight, space_integral
from theory import Definition, Domain
from theory.models import random_network as model
from theory.sums import Sigma, unroll

FOUR = Derivation("couplings of four points")
_moments = neuron_moment(FOUR)
for _n in (2, 4):
    correlators(FOUR, _n)
_strength = network_momentum.propagator(FOUR)
_overlap = network_couplings.propagator_overlap(FOUR)
network_couplings.at_the_origin(FOUR, network_couplings.coupling(FOUR, 4, _moments, _overlap), 4, _strength)
network_couplings.without_biases(FOUR)
network_couplings.first_order(FOUR, 4)
SIXTH = Derivation("couplings of six points")
for _n in (2, 4, 6):
    correlators(SIXTH, _n)
for _n in (4, 6):
    _six = network_couplings.coupling(SIXTH, _n, neuron_moment(Derivation("")), _overlap)
    network_couplings.at_the_origin(SIXTH, _six, _n, _strength)
network_couplings.irreducible(SIXTH)
NEW = [
    s for s in FOUR if s.name not in {"activations of one neuron", "moments of one neuron"} and "pairings" not in s.name
]
RULES = (
    at_origin, at_points, exponent_of, integral_at_points, measured_coupling, small_points, gaussian_weight,
    space_integral, mass_scale, field_strength, low_momenta, one_interaction, kernel_put_in, exchange,
    without_exchanges,
)  # fmt: skip


@pytest.mark.parametrize("name", [s.name for s in NEW])
def test_every_step_holds_and_a_wrong_factor_is_refuted(name: str) -> None:
    claim: Any = FOUR[name].statement
    if isinstance(claim, Definition):
        return
    assert verify(claim).status == "proved"
    assert verify(claim.replaced(right=2 * claim.right)).status == "refuted"


def test_each_rule_is_at_work_here() -> None:
    assert {r.name for r in RULES} <= {s.rule for s in (*FOUR, *SIXTH)}


@pytest.mark.parametrize("name", ["exchanges at the origin", "coupling of 6 points at the origin without exchanges"])
def test_exchanges_hold_and_a_wrong_factor_is_refuted(name: str) -> None:
    claim: Any = SIXTH[name].statement
    assert verify(claim).status == "proved"
    assert verify(claim.replaced(right=2 * claim.right)).status == "refuted"


def test_without_exchanges_the_coupling_of_six_points_changes_its_sign_with_the_biases() -> None:
    """In one dimension it vanishes where e^(4 sigma_b^2) + 2 = 6 sqrt(16/15)."""
    coupling = SIXTH["coupling of 6 points at the origin without exchanges"].result
    zero = np.sqrt(np.log(6 * np.sqrt(16 / 15) - 2) / 4)
    values = [
        float(coupling.xreplace({model.input_dimension: 1, model.width: 3, model.weight_std: 1, model.bias_std: b}))
        for b in (sp.Float(zero - 1e-6), sp.Float(zero + 1e-6), sp.Integer(1))
    ]
    assert [v > 0 for v in values] == [True, False, False]


def at(expression: Any, x: np.ndarray, **parameters: Any) -> float:
    """A derived expression at numbers."""
    known: dict[Any, Any] = {getattr(model, k): sp.nsimplify(v) for k, v in parameters.items()}
    known[model.n_points], known[model.input_dimension] = sp.Integer(len(x)), sp.Integer(x.shape[1])
    known.update({model.points[i + 1, j + 1]: sp.nsimplify(v) for (i, j), v in np.ndenumerate(x)})
    return float(sp.N(unroll(expression, lambda atom: known.get(atom, atom))))


@pytest.mark.parametrize("n", [2, 4, 6])
def test_the_integral_of_propagators_agrees_with_quadrature(n: int) -> None:
    """In two dimensions the integrand is a product of one over each component."""
    x, s = np.random.default_rng(n).uniform(-1, 1, (n, 2)).round(3), 0.8
    components = [
        quad(lambda y, c=c: float(np.exp(-(s**2) / 4 * ((y - x[:, c]) ** 2).sum())), -np.inf, np.inf)[0] for c in (0, 1)
    ]
    assert at(_overlap.result, x, weight_std=s) == pytest.approx(s ** (2 * n) * components[0] * components[1], rel=1e-9)


def test_the_exponents_are_those_of_the_flow_only_for_fields_of_strength_one() -> None:
    d = model.input_dimension
    plain = FOUR["exponent of the coupling of 4 points"].result
    renormalized = FOUR["exponent of the coupling of 4 points for fields of strength one"].result
    assert (plain, renormalized) == (d - 4, 4 - d)


def test_what_is_no_power_has_no_exponent() -> None:
    step = FOUR["integral of 4 propagators"]
    with pytest.raises(ValueError, match="expected a power of sigma_W"):
        exponent_of(step, parameter=model.weight_std, domain=model.point_domain())


def test_a_propagator_that_does_not_fall_has_no_mass_scale() -> None:
    steps, domain = Derivation("rising"), Domain({model.momentum: (-1, 1), model.input_dimension: sp.Range(1, sp.oo)})
    grown = sp.exp(Sigma(model.momentum[model.mu] ** 2, model.COMPONENTS))
    step = steps.define(Definition(model.transform, 2 * grown))
    with pytest.raises(ValueError, match="expected an exponent that falls"):
        mass_scale(step, momentum=model.momentum, components=model.COMPONENTS, domain=domain)


def test_a_quartic_exponent_has_no_gaussian_weight() -> None:
    y, mu = model.place, model.mu
    for exponent, message in ((-Sigma(y[mu] ** 4, model.COMPONENTS), "one curvature"),):
        step = Derivation("quartic").define(Definition(model.propagators_name, sp.exp(exponent)))
        with pytest.raises(ValueError, match=message):
            gaussian_weight(step, family=y, components=model.COMPONENTS, domain=model.point_domain())
    plain = Derivation("plain").define(Definition(model.propagators_name, model.width))
    with pytest.raises(ValueError, match="expected an exponential"):
        gaussian_weight(plain, family=y, components=model.COMPONENTS, domain=model.point_domain())


def test_sums_over_other_ranges_are_not_drawn_together() -> None:
    x, mu, d = model.points, model.mu, model.input_dimension
    one, two = Sigma(x[1, mu], (mu, 1, d)), Sigma(x[2, mu], (mu, 1, d))
    assert under_one_sum(2 * one - two + 3) == Sigma(2 * x[1, mu] - x[2, mu], (mu, 1, d)) + 3
    assert written_out(Sigma(x[mu, 1], (mu, 1, 2))) == x[1, 1] + x[2, 1]
    with pytest.raises(ValueError, match="over one range"):
        under_one_sum(one + Sigma(x[1, mu], (mu, 2, d)))
