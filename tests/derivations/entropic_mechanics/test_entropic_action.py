"""The action of entropy production: every step and slips in it, any number of parameters, against integrals."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.verify import verify
from derivations.entropic_mechanics import entropic_action, results
from derivations.rules.difference import difference, ratio
from derivations.rules.euler_lagrange import along_itself, first_variation, stationary_field
from derivations.rules.evolved_density import rate_of_density
from derivations.rules.substituted_field import for_a_weak_field
from derivations.rules.superposed_phase import energy_of_superposition, rate_of_superposition
from derivations.rules.total_derivative import by_parts
from derivations.rules.wave_function import by_root, polar_form
from theory.models import entropic as model
from theory.models.entropic import ONE, Parameters
from theory.statements import Definition, EqualUpToTotalDerivative
from theory.sums import Sigma, unroll

DERIVATION = entropic_action.build()
D, t, (Q,) = model.diffusion, model.time, ONE.coordinates
RULES = (
    rate_of_density, by_parts, by_root, polar_form, difference, ratio, for_a_weak_field, first_variation,
    stationary_field, along_itself, rate_of_superposition, energy_of_superposition,
)  # fmt: skip
CLAIMS = {s.name: s for s in DERIVATION if s.rule != "definition"}


def result(name: str) -> Any:
    return DERIVATION[name].result


HOLDING_A_DIVERGENCE = (
    "action by the root", "action by distribution and phase", "action at a stationary distribution",
)  # fmt: skip
"""A slip in a term that is a divergence by itself is none."""


@pytest.mark.parametrize("name", HOLDING_A_DIVERGENCE)
def test_a_step_with_a_divergence_in_it_holds_and_other_densities_are_refuted(name: str) -> None:
    claim: Any = CLAIMS[name].statement
    assert verify(claim).status == "proved"
    constraints = 4 * ONE.density * sp.Derivative(ONE.phase, t)
    for wrong in (-claim.right, 2 * claim.right, claim.right - constraints, claim.right + ONE.density**2):
        assert verify(claim.replaced(right=wrong)).status == "refuted"


@pytest.mark.parametrize("name", [n for n in CLAIMS if n not in HOLDING_A_DIVERGENCE])
def test_a_step_holds_and_slips_in_it_are_refuted(name: str, holds_and_is_sharp: Any) -> None:
    holds_and_is_sharp(CLAIMS[name].statement, slips=2)


def test_nothing_is_typed_in_and_every_rule_is_used() -> None:
    assert DERIVATION.stated_steps == 0
    assert {rule.name for rule in RULES} <= {step.rule for step in DERIVATION}


@pytest.mark.parametrize("step", [s for s in DERIVATION if s.obligations], ids=lambda s: s.name)
def test_the_boundary_terms_are_the_difference(step: Any) -> None:
    for need in step.obligations:
        assert verify(need).status == "proved"


def lines(over: Parameters) -> tuple[Any, Any, Any, Any]:
    """The density of (11.6) and those of the three lines of (11.7) as printed, for any number of parameters."""
    p, theta = over.density, over.phase
    constraints, root, (wave, conjugate) = 4 * sp.Derivative(theta, t), sp.sqrt(over.density), over.polar_wave
    before = -sp.log(p) * D / 2 * over.laplacian(p) + constraints * p
    first = 2 * D * over.product(root, root) + constraints * p
    second = root * (-2 * D * over.laplacian(root) + constraints * root)
    third = -4 * conjugate * (D / 2 * over.laplacian(wave) + sp.I * sp.Derivative(wave, t))
    return before, first, second, third


@pytest.mark.parametrize("number", [1, 2, 3])
def test_all_lines_but_the_last_are_equal_up_to_divergences(number: int) -> None:
    over = Parameters(number)
    before, first, second, third = lines(over)
    energy = 2 * D * over.density * over.product(over.phase, over.phase)
    for left, right, status in (
        (before, first, "proved"), (first, second, "proved"), (second, third, "refuted"),
        (second, third - energy, "proved"), (second, third + energy, "refuted"),
        (second, third - 2 * energy, "refuted"),
    ):  # fmt: skip
        assert verify(EqualUpToTotalDerivative(left, right, **over.over_time)).status == status


def test_the_phase_energy_is_that_of_the_constraints() -> None:
    slope = result("slope of the phase")
    families = (model.multipliers, model.constraint_slopes)
    point: dict[Any, Any] = dict(zip((f[k] for f in families for k in (1, 2)), (3, -1, 2, 5), strict=True))
    numbers: dict[Any, Any] = {D: sp.Rational(1, 2), model.density_value: 7, model.n_constraints: 2}

    def value(expression: Any) -> Any:
        return unroll(expression, lambda name: sp.sympify({**numbers, **point}.get(name, name)))

    assert value(slope) == sp.Rational(6 - 5, 4)
    by_phase = results.phase_energy_density().xreplace({model.phase_slope: value(slope), **numbers})
    assert value(result("phase energy by the constraints")) == by_phase == sp.Rational(7, 16)


def test_integrals_of_the_lines_differ_by_that_of_the_phase_energy() -> None:
    """A packet with a phase, over a time after which both are the same, so that no boundary term is left."""
    p, theta = sp.exp(-((Q - sp.sin(t)) ** 2)), sp.cos(t) * Q**2 / 3
    q, times = np.linspace(-12, 12, 4001), np.linspace(0, 2 * np.pi, 201)
    place, moment = np.meshgrid(q, times, indexing="ij")

    def integral(density: Any) -> complex:
        at_fields = density.subs({ONE.density: p, ONE.phase: theta, D: 2}).doit()
        values = sp.lambdify((Q, t), at_fields)(place, moment) * np.ones_like(place)
        return np.trapezoid(np.trapezoid(values, q, axis=0), times)

    before, first, second, third = map(integral, lines(ONE))
    energy = integral(result("phase energy"))
    assert before == pytest.approx(first, rel=1e-8)
    assert second == pytest.approx(first, rel=1e-8)
    assert third - second == pytest.approx(energy, rel=1e-8)
    assert abs(energy) > 0.1


def test_the_entropy_of_any_distribution_has_no_variation() -> None:
    assert result("variation of any distribution") == 4 * sp.Derivative(ONE.phase, t)


def test_an_action_of_degree_one_vanishes_at_a_stationary_distribution() -> None:
    """With constraints that hold on average nothing is left but the entropy production, which then vanishes."""
    claim: Any = DERIVATION["action at a stationary distribution"].statement
    assert sp.expand(claim.left - claim.right) == 0
    rate = result("stationary distribution")
    density = result("action by the root").subs(sp.Derivative(ONE.phase, t), rate)
    assert sp.expand(density) == 0


def test_a_norm_that_is_held_leaves_the_rate_of_the_phase_a_function_of_time() -> None:
    held = result("stationary distribution of fixed norm") - result("stationary distribution")
    assert sp.expand(held + model.norm_multiplier / 4) == 0


def test_a_multiplier_gives_the_continuity_equation_against_its_constraint_alone() -> None:
    """Up to a divergence over the parameters: minus the constraint times what the continuity equation leaves."""
    Theta, p = ONE.local_constraint, ONE.density
    phase = ONE.phase + model.multiplier * Theta / 4
    left_over = sp.diff(p, t) + D * sp.diff(p * sp.diff(phase, Q), Q)
    current = D * Theta * p * sp.diff(phase, Q)
    varied = result("variation of a multiplier in the phase")
    assert sp.expand(varied + Theta * left_over - sp.diff(current, Q)) == 0


def test_a_density_of_no_degree_is_refused() -> None:
    d = Derivation("mixed")
    step = d.define(Definition(model.action_density, ONE.density + ONE.density**2))
    with pytest.raises(ValueError, match="homogeneous"):
        along_itself(step, field=ONE.density, **ONE.over_time)


def test_a_square_is_of_degree_two() -> None:
    d = Derivation("square")
    step = d.define(Definition(model.action_density, sp.Derivative(ONE.density, Q) ** 2))
    inference = along_itself(step, field=ONE.density, **ONE.over_time)
    assert inference.result == 2 * sp.Derivative(ONE.density, Q) ** 2
    claim: Any = inference.statement
    assert verify(claim).status == "proved"
    assert verify(claim.replaced(right=claim.right / 2)).status == "refuted"


def test_results_that_differ_at_first_order_are_no_weak_field() -> None:
    d = Derivation("weak")
    one = d.define(Definition(model.action_density, ONE.density + sp.Derivative(ONE.phase, Q)))
    other = d.define(Definition(model.gradient_action, ONE.density))
    domain = ONE.over_time["domain"]
    with pytest.raises(ValueError, match="agree below order 2"):
        for_a_weak_field(one, other, field=ONE.phase, order=2, domain=domain)
    assert for_a_weak_field(one, other, field=ONE.phase, order=1, domain=domain).result == ONE.density


def test_a_superposition_is_linear_in_the_factor_that_changes() -> None:
    d, k = Derivation("phases"), model.place
    square = d.define(Definition(model.superposed_phase, Sigma(model.multipliers[k] ** 2, model.CONSTRAINTS)))
    with pytest.raises(ValueError, match="sum of products"):
        rate_of_superposition(
            square, factor=model.multipliers[k], rate=model.multiplier_rates[k], domain=model.constraint_domain()
        )


def test_phase_factors_that_remain_are_refused() -> None:
    d, (wave, _) = Derivation("one wave"), ONE.polar_wave
    step = d.define(Definition(model.wave_action, wave * sp.Derivative(wave, t)))
    with pytest.raises(ValueError, match="without phase factors"):
        polar_form(step, domain=ONE.over_time["domain"])
