"""The action of entropy production under constraints, line by line, and where it is stationary.

Vanchurin (2020), equations (11.4) to (11.8): densities under integrals over time and over parameters.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.learning_thermodynamics.references import REFERENCES, serving
from derivations.rules.difference import difference, ratio
from derivations.rules.euler_lagrange import along_itself, first_variation, stationary_field
from derivations.rules.evolved_density import rate_of_density
from derivations.rules.substituted_field import for_a_weak_field, put_in
from derivations.rules.superposed_phase import energy_of_superposition, rate_of_superposition
from derivations.rules.total_derivative import by_parts
from derivations.rules.wave_function import by_root, polar_form
from theory.models import entropic as model
from theory.models.entropic import ONE
from theory.statements import Definition
from theory.sums import Sigma

IDENTIFIER = "entropic-action"
TITLE = "The action of entropy production under constraints, and its wave function"
SERVES = serving("11.4", "11.5", "11.6", "11.7", "11.8", "claim:11a", "claim:11b", "claim:11c")

D, t, (Q,) = model.diffusion, model.time, ONE.coordinates
p, theta, where = ONE.density, ONE.phase, ONE.over_time
domain = where["domain"]
CONSTRAINTS = 4 * p * sp.Derivative(theta, t)
"""The sum over constraints of the rate of each multiplier times the constraint, times the distribution."""
SECOND = {sp.Derivative(p, (Q, 2)): Q}


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="The entropy production of a distribution that diffuses, with constraints on its means, is "
        "brought to a form in a wave function. The last form has a term that the others do not have; and each form is "
        "stationary elsewhere.",
        references=REFERENCES,
        conventions=(
            "$Q$ is any one of $K$ parameters: a term of a sum over parameters holds derivatives by one of them only, "
            "and what is proved of one term holds of their sum.",
            "$\\theta = \\frac{1}{4} \\sum_k \\Theta_k \\Phi_k$ is the phase, with any number of constraints "
            "$\\Theta_k$ of the parameters and multipliers $\\Phi_k$ of time.",
        ),
    )
    _entropy(d)
    _superposition(d)
    _lines(d)
    _stationarity(d)
    _constraints(d)
    return d


def _entropy(d: Derivation) -> None:
    diffusing = d.define(
        Definition(model.diffusion_rate, D / 2 * ONE.laplacian(p)),
        name="diffusion",
        reason="Near an equilibrium the parameters diffuse.",
        serves=serving("11.5"),
    )
    entropy = d.define(
        Definition(model.entropy_density, -p * sp.log(p)),
        name="entropy density",
        reason="Its integral is the Shannon entropy of the distribution.",
    )
    rate = d.apply(
        rate_of_density, entropy, diffusing, field=p, domain=domain,
        name="rate of the entropy density", defines=model.diffusion_entropy_rate, serves=serving("11.6"),
    )  # fmt: skip
    d.apply(
        by_parts, rate, moved=dict.fromkeys(SECOND, (Q, -D / 2)), **where,
        name="entropy production", defines=model.entropy_term, serves=serving("11.6"),
    )  # fmt: skip


def _superposition(d: Derivation) -> None:
    """Any number of constraints."""
    k, sets = model.place, model.constraint_domain()
    values = model.constraint_values[k] * model.multipliers[k]
    phase = d.define(
        Definition(model.superposed_phase, Sigma(values, model.CONSTRAINTS) / 4),
        name="phase",
        reason="At one time and place.",
        serves=serving("11.8"),
    )
    d.apply(
        rate_of_superposition, phase, factor=model.multipliers[k], rate=model.multiplier_rates[k], domain=sets,
        name="rate of the phase", defines=model.superposed_rate, serves=serving("11.7"),
    )  # fmt: skip
    slope = d.apply(
        rate_of_superposition, phase, factor=model.constraint_values[k], rate=model.constraint_slopes[k], domain=sets,
        name="slope of the phase", defines=model.superposed_slope,
    )  # fmt: skip
    d.apply(
        energy_of_superposition, slope, strength=2 * D, density=model.density_value, domain=sets,
        name="phase energy by the constraints", defines=model.superposed_energy, serves=serving("11.7"),
    )  # fmt: skip


def _lines(d: Derivation) -> None:
    """The lines of (11.7), and what the last has beyond the one before."""
    action = d.define(
        Definition(model.action_density, d["entropy production"].result + CONSTRAINTS),
        name="action",
        reason="The entropy production with the constraints.",
        serves=serving("11.6", "11.7"),
    )
    slopes = d.apply(by_parts, action, moved=SECOND, **where, name="action by slopes")
    roots = d.apply(
        by_root, slopes, field=p, coordinates=(Q,), domain=domain,
        name="action by slopes of the root", defines=model.gradient_action, serves=serving("11.7"),
    )  # fmt: skip
    amplitude = d.apply(
        by_parts, roots, moved={sp.Derivative(sp.sqrt(p), Q): Q}, **where,
        name="action by the root", defines=model.amplitude_action, serves=serving("11.7"),
    )  # fmt: skip
    wave, conjugate = ONE.polar_wave
    operator = D / 2 * ONE.laplacian(wave) + sp.I * sp.Derivative(wave, t)
    waves = d.define(
        Definition(model.wave_action, -4 * conjugate * operator),
        name="action of the wave function",
        reason="The last line of (11.7), with the wave function of (11.8).",
        serves=serving("11.7", "11.8"),
    )
    polar = d.apply(polar_form, waves, domain=domain, name="polar form", defines=model.polar_action)
    moved: dict[Any, Any] = {sp.Derivative(theta, (Q, 2)): Q, sp.Derivative(p, t): t}
    real = d.apply(
        by_parts, polar, moved=moved, **where,
        name="action by distribution and phase", defines=model.phase_action, serves=serving("11.7"),
    )  # fmt: skip
    energy = d.apply(
        difference, real, amplitude, domain=domain,
        name="phase energy", defines=model.phase_energy, serves=serving("11.7"),
    )  # fmt: skip
    entropic = d.define(
        Definition(model.fixed_action, roots.result - CONSTRAINTS),
        name="entropy production by slopes of the root",
        reason="The first line of (11.7) without the constraints.",
    )
    d.apply(ratio, energy, entropic, domain=domain, name="phase energy over entropy production")
    d.apply(
        for_a_weak_field, real, amplitude, field=theta, order=2, domain=domain,
        name="the last two lines for a weak phase", serves=serving("claim:11a"),
    )  # fmt: skip


def _stationarity(d: Derivation) -> None:
    """Where the first and the second line are stationary in the distribution."""
    free = d.define(
        Definition(model.free_action, sp.Derivative(-p * sp.log(p), t) + CONSTRAINTS),
        name="action of any distribution",
        reason="The first line of (11.6), for distributions that need not diffuse.",
    )
    kept = d.apply(
        by_parts, free, moved={sp.Derivative(-p * sp.log(p), t): t}, **where, name="action without its entropy"
    )
    d.apply(first_variation, kept, field=p, variation=ONE.variation, **where, name="variation of any distribution")
    amplitude = d["action by the root"]
    d.apply(first_variation, amplitude, field=p, variation=ONE.variation, **where, name="variation of the distribution")
    d.apply(
        stationary_field, amplitude, field=p, solve_for=sp.Derivative(theta, t), domain=domain,
        name="stationary distribution", defines=model.stationary_phase_rate, serves=serving("11.7"),
    )  # fmt: skip
    d.apply(along_itself, amplitude, field=p, **where, name="action at a stationary distribution")
    normed = d.define(
        Definition(model.normed_action, amplitude.result + model.norm_multiplier * p),
        name="action with a multiplier of the norm",
        reason="The norm of the distribution is held fixed at each time. Without it, and with constraints that hold on "
        "average, the entropy production would have to vanish: no distribution of norm 1 that vanishes at the boundary "
        "is stationary.",
    )
    d.apply(
        stationary_field, normed, field=p, solve_for=sp.Derivative(theta, t), domain=domain,
        name="stationary distribution of fixed norm",
    )  # fmt: skip


def _constraints(d: Derivation) -> None:
    """What varying a multiplier, which depends on time alone, makes of the constraints; and what diffusion does."""
    Theta, Phi, zeta = ONE.local_constraint, model.multiplier, ONE.multiplier_variation
    one = d.define(
        Definition(model.constrained_action, sp.Derivative(Phi, t) * Theta * p),
        name="one constraint",
        reason="The term of any one constraint.",
        serves=serving("11.4"),
    )
    d.apply(
        first_variation,
        one,
        field=Phi,
        variation=zeta,
        **where,
        name="variation of a multiplier",
        defines=model.multiplier_slope,
        serves=serving("claim:11b"),
    )
    waves = d.define(
        Definition(model.constrained_wave_action, put_in(d["action by distribution and phase"].result, _one_more(Phi))),
        name="one constraint in the phase",
        reason="The action by distribution and phase, where the phase has the term of one more constraint.",
        serves=serving("11.7"),
    )
    d.apply(first_variation, waves, field=Phi, variation=zeta, **where, name="variation of a multiplier in the phase")
    drifting = d.define(
        Definition(model.constraint_drift, Theta * D / 2 * ONE.laplacian(p)),
        name="rate of a constraint",
        reason="Its integral is the rate of the mean of a constraint while the distribution diffuses.",
        serves=serving("11.4"),
    )
    once = d.apply(by_parts, drifting, moved=SECOND, **where, name="rate of a constraint, by parts")
    d.apply(by_parts, once, moved={sp.Derivative(p, Q): Q}, **where, name="rate of the mean of a constraint")


def _one_more(multiplier: Any) -> dict[Any, Any]:
    """The phase with the term of one more constraint."""
    return {theta: theta + multiplier * ONE.local_constraint / 4}
