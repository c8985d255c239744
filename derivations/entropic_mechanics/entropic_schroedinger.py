"""The Schroedinger equation of the wave function, and how its distribution moves beside one that diffuses.

Vanchurin (2020), equation (11.9) with (11.5) and (11.7).
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.entropic_mechanics import entropic_action
from derivations.learning_thermodynamics.references import REFERENCES, serving
from derivations.rules.difference import difference
from derivations.rules.euler_lagrange import first_variation, stationary_field
from derivations.rules.evolved_density import rate_of_density
from derivations.rules.spreading_gaussian import gaussian_variance, spreading_gaussian
from derivations.rules.substituted_field import with_field
from derivations.rules.wave_function import modulus_and_phase, rate_of_part
from theory.models import entropic as model
from theory.models.entropic import ONE
from theory.statements import Definition

IDENTIFIER = "entropic-schroedinger"
TITLE = "The Schroedinger equation of entropic mechanics beside diffusion"
SERVES = serving("11.9", "claim:11d")

D, t, (Q,) = model.diffusion, model.time, ONE.coordinates
p, theta, where = ONE.density, ONE.phase, ONE.over_time
domain = where["domain"]
Psi, Psi_bar = ONE.wave


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="Where wave function and conjugate vary freely, the last form of the action is stationary at "
        "solutions of a Schroedinger equation. Its distribution does not diffuse, and no distribution that does solves "
        "both; a free Gaussian shows it.",
        references=REFERENCES,
        conventions=(
            "$Q$ is any one of $K$ parameters, as in entropic-action.",
            "The phase is taken to be any function of time and parameters; with given constraints it is not.",
        ),
    )
    _equation(d)
    _parts(d)
    _beside_diffusion(d)
    _gaussians(d)
    return d


def _equation(d: Derivation) -> None:
    operator = D / 2 * ONE.laplacian(Psi) + sp.I * sp.Derivative(Psi, t)
    action = d.define(
        Definition(model.independent_action, -4 * Psi_bar * operator),
        name="action of the wave function",
        reason="The last line of (11.7), where wave function and conjugate vary independently.",
        serves=serving("11.9"),
    )
    waves: dict[str, Any] = {**where, "fields": {Psi: sp.S.Reals, Psi_bar: sp.S.Reals}}
    d.apply(first_variation, action, field=Psi_bar, variation=ONE.variation, **waves, name="variation of the conjugate")
    d.apply(
        stationary_field, action, field=Psi_bar, solve_for=sp.Derivative(Psi, t), domain=domain,
        name="Schroedinger equation", defines=model.wave_rate, serves=serving("11.9"),
    )  # fmt: skip
    d.apply(
        stationary_field, action, field=Psi, solve_for=sp.Derivative(Psi_bar, t), domain=domain,
        name="conjugate equation",
    )  # fmt: skip


def _parts(d: Derivation) -> None:
    """Modulus and phase: a continuity equation and a Hamilton-Jacobi equation."""
    wave, _ = ONE.polar_wave
    pair = d.apply(
        modulus_and_phase, d["Schroedinger equation"], wave=Psi, polar=wave, density=p, phase=theta, time=t,
        domain=domain, name="modulus and phase",
    )  # fmt: skip
    flow = -D * sp.Derivative(p * sp.Derivative(theta, Q), Q)
    d.apply(
        rate_of_part, pair, place=0, flow=flow, domain=domain,
        name="continuity equation", defines=model.wave_density_rate, serves=serving("claim:11d"),
    )  # fmt: skip
    d.apply(
        rate_of_part, pair, place=1, domain=domain,
        name="Hamilton-Jacobi equation", defines=model.wave_phase_rate, serves=serving("claim:11d"),
    )  # fmt: skip
    own = d.define(
        Definition(model.phase_action, entropic_action.build()["action by distribution and phase"].result),
        name="action by distribution and phase",
        reason=f"The result of {entropic_action.IDENTIFIER}.",
    )
    d.apply(stationary_field, own, field=theta, solve_for=sp.Derivative(p, t), domain=domain, name="stationary phase")
    d.apply(
        stationary_field, own, field=p, solve_for=sp.Derivative(theta, t), domain=domain, name="stationary distribution"
    )
    before = d.define(
        Definition(model.stationary_phase_rate, entropic_action.build()["stationary distribution"].result),
        name="where the line before is stationary",
        reason=f"The result of {entropic_action.IDENTIFIER}.",
        serves=serving("claim:11d"),
    )
    d.apply(
        difference, d["Hamilton-Jacobi equation"], before, domain=domain,
        name="phase rate beyond that of the line before", serves=serving("claim:11d"),
    )  # fmt: skip


def _beside_diffusion(d: Derivation) -> None:
    """At the one phase that carries the distribution as diffusion does, the equation for the phase fails."""
    diffusing = d.define(
        Definition(model.diffusion_rate, D / 2 * ONE.laplacian(p)),
        name="diffusion",
        reason="Equation (11.5).",
        serves=serving("claim:11d"),
    )
    d.apply(difference, d["continuity equation"], diffusing, domain=domain, name="rate beyond that of diffusion")
    osmotic = d.define(
        Definition(model.osmotic_phase, -sp.log(p) / 2),
        name="osmotic phase",
        reason="The continuity equation is that of diffusion where this is the phase.",
    )
    values = {theta: osmotic.result}
    d.apply(
        with_field,
        d["continuity equation"],
        values=values,
        domain=domain,
        name="continuity at the osmotic phase",
        defines=model.osmotic_density_rate,
        serves=serving("claim:11d"),
    )
    moved = d.apply(
        rate_of_density, osmotic, diffusing, field=p, domain=domain, name="rate of the osmotic phase in diffusion"
    )
    wanted = d.apply(
        with_field, d["Hamilton-Jacobi equation"], values=values, domain=domain, name="rate at the osmotic phase"
    )
    d.apply(difference, moved, wanted, domain=domain, name="what remains of the Hamilton-Jacobi equation")


def _gaussians(d: Derivation) -> None:
    """One initial distribution, two motions."""
    place: dict[str, Any] = {"coordinate": Q, "domain": model.packet_domain()}
    a = model.variance
    diffusing = d.apply(
        spreading_gaussian, d["diffusion"], field=p, time=t, width=a, **place, name="Gaussian that diffuses"
    )
    packet = d.apply(
        spreading_gaussian, d["Schroedinger equation"], field=Psi, time=t, width=2 * a, **place, name="Gaussian packet"
    )
    slow = d.apply(
        gaussian_variance, diffusing, squared=False, **place,
        name="variance in diffusion", defines=model.diffusion_variance,
    )  # fmt: skip
    fast = d.apply(
        gaussian_variance, packet, squared=True, **place,
        name="variance of the packet", defines=model.packet_variance,
    )  # fmt: skip
    d.apply(difference, fast, slow, domain=place["domain"], name="difference of the variances")
