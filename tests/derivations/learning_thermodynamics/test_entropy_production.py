"""Entropy production along the gradient of the free energy: every step and slips in it, against integrals."""

from __future__ import annotations

import math
from typing import Any, cast

import pytest
import sympy as sp
from scipy.integrate import quad

from derivations.engine.derivation import Derivation
from derivations.engine.verify import verify
from derivations.learning_thermodynamics import entropy_production
from derivations.rules.evolved_density import (
    CONSERVED,
    rate_by_own_gradient,
    rate_of_density,
    with_conserved_probability,
)
from derivations.rules.parametrized_slope import slope_by_parts
from derivations.rules.total_derivative import by_parts
from theory.models import entropic as model
from theory.models.entropic import ONE, Parameters
from theory.statements import Definition, EqualUpToTotalDerivative

DERIVATION = entropy_production.build()
Q = ONE.coordinates[0]
RULES = (by_parts, rate_of_density, rate_by_own_gradient, with_conserved_probability, slope_by_parts)
CLAIMS = {s.name: s for s in DERIVATION if s.rule != "definition"}
SHARP = [
    name for name, step in CLAIMS.items() if "2 parameters" not in name and getattr(step.statement, "right", None) != 0
]


@pytest.mark.parametrize("name", SHARP)
def test_a_step_holds_and_slips_in_it_are_refuted(name: str, holds_and_is_sharp: Any) -> None:
    holds_and_is_sharp(CLAIMS[name].statement, slips=3)


@pytest.mark.parametrize("name", [n for n in CLAIMS if n not in SHARP])
def test_a_step_of_two_parameters_holds(name: str) -> None:
    step = CLAIMS[name]
    claim: Any = step.statement
    assert verify(claim).status == "proved"
    other = next(iter(dict(claim.fields))) ** 2 if isinstance(claim, EqualUpToTotalDerivative) else sp.S.One
    assert verify(claim.replaced(right=claim.right + other)).status == "refuted"


def test_nothing_is_typed_in_and_every_rule_is_used() -> None:
    assert DERIVATION.stated_steps == 0
    assert {rule.name for rule in RULES} <= {step.rule for step in DERIVATION}


@pytest.mark.parametrize("step", [s for s in DERIVATION if s.obligations], ids=lambda s: s.name)
def test_the_boundary_terms_are_the_difference(step: Any) -> None:
    for need in step.obligations:
        assert verify(need).holds is True


def test_only_the_printed_line_rests_on_conserved_probability() -> None:
    assert CONSERVED.name in DERIVATION["entropy production at a conserved probability"].rests_on
    assert DERIVATION["entropy production"].rests_on == ()
    assert DERIVATION["entropy production by the continuity equation"].rests_on == ()


FREE_ENERGY = Q**2 / 3 + Q
BELL = (1 + Q**2 / 2) * sp.exp(-(Q**2))


def integral(name: str, p: Any = BELL, F: Any = FREE_ENERGY) -> float:
    """The integral of a derived density, for one unit of the strength and M = 2."""
    found: Any = DERIVATION[name]
    density = found.result.subs({ONE.distribution: p, ONE.free_energy: F}).doit()
    program = sp.lambdify(Q, density.subs({model.learning_strength: 1, model.normalization: 2}))
    return quad(program, -8, 8)[0]


def test_the_printed_evolution_does_not_conserve_probability_and_the_continuity_equation_does() -> None:
    changed = integral("rate of the distribution")
    assert changed == pytest.approx(integral("rate of the total probability"), rel=1e-10)
    assert abs(changed) > 0.1
    assert integral("rate by the continuity equation") == pytest.approx(0, abs=1e-10)


@pytest.mark.parametrize("by", ["", " by the continuity equation"])
def test_the_entropy_production_is_the_rate_of_the_entropy_of_the_moved_distribution(by: str) -> None:
    """The Shannon entropy of p + epsilon p', by quadrature, differentiated numerically."""
    rate: Any = DERIVATION["rate by the continuity equation" if by else "rate of the distribution"].result
    at_fields = rate.subs({ONE.distribution: BELL, ONE.free_energy: FREE_ENERGY}).doit()
    moving = at_fields.subs(model.learning_strength, 1)

    def entropy(step: float) -> float:
        moved = sp.lambdify(Q, BELL + step * moving)
        return quad(lambda q: -moved(q) * math.log(2 * moved(q)), -6, 6, epsabs=1e-13)[0]

    slope = (entropy(1e-4) - entropy(-1e-4)) / 2e-4
    assert slope == pytest.approx(integral(f"entropy production{by}"), rel=1e-5)
    other = integral("entropy production at a conserved probability")
    assert abs(slope - other) > 0.05


def test_the_printed_last_line_has_the_rate_of_the_total_probability_too_much() -> None:
    names = ("entropy production at a conserved probability", "entropy production", "rate of the total probability")
    printed, true, lost = (cast(Any, DERIVATION[name].result) for name in names)
    assert sp.expand(printed - true - lost) == 0


def test_the_entropy_density_rests_at_a_maximum_of_the_free_energy_where_the_local_equation_lets_it_decay() -> None:
    local: Any = DERIVATION["local rate of the entropy density"].result
    top, bell = -(Q**2), sp.exp(-(Q**2))
    at_top = local.subs({ONE.free_energy: top, ONE.distribution: bell}).doit().subs(Q, 0)
    assert at_top == 0


def test_three_parameters_have_the_same_production() -> None:
    three = Parameters(3)
    d = Derivation("three")
    p, where = three.distribution, three.at_one_temperature
    slopes = {sp.Derivative(p, q): q for q in three.coordinates}
    rate = d.define(Definition(model.density_rate, -model.learning_strength * three.product(three.free_energy, p)))
    entropy = d.define(Definition(model.entropy_density, -p * sp.log(model.normalization * p)))
    step = d.apply(rate_of_density, entropy, rate, field=p, domain=where["domain"])
    for name in ("once", "twice"):
        step = d.apply(by_parts, step, moved=slopes, **where, name=name)
    expected = -model.learning_strength * three.laplacian(three.free_energy) * p * sp.log(model.normalization * p)
    found: Any = step.result
    assert sp.expand(found - expected, log=False) == 0
    assert [verify(cast(Any, s.statement)).status for s in d if s.rule != "definition"] == ["proved"] * 3


def test_what_is_not_carried_along_has_no_local_form() -> None:
    d = Derivation("diffusing")
    p, domain = ONE.distribution, ONE.at_one_temperature["domain"]
    rate = d.define(Definition(model.density_rate, ONE.laplacian(p)))
    entropy = d.define(Definition(model.entropy_density, -p * sp.log(p)))
    step = d.apply(rate_of_density, entropy, rate, field=p, domain=domain)
    with pytest.raises(ValueError, match="velocities times slopes"):
        rate_by_own_gradient(step, entropy, rate, field=p, domain=domain)
    with pytest.raises(ValueError, match="without its derivatives"):
        rate_of_density(rate, rate, field=p, domain=domain)


def test_two_neurons_obey_the_chain_rule() -> None:
    two = Parameters(2)
    inference = slope_by_parts(
        function=sp.Function("F", real=True), inner=two.network, parameter=two.coordinates[0],
        factor=model.learning_strength, domain=two.at_one_temperature["domain"],
    )  # fmt: skip
    claim: Any = inference.statement
    assert verify(claim).status == "proved"
    assert verify(claim.replaced(right=claim.right - claim.right.args[1].args[0])).status == "refuted"


def test_a_network_has_one_parameter_or_more() -> None:
    with pytest.raises(ValueError, match="one parameter or more"):
        Parameters(0)
