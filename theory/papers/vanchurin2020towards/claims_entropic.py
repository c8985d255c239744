"""Sentences of sections 8 and 11 that can be checked: what boundary terms, the functional and its multipliers do."""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.models import entropic as model
from theory.models.entropic import ONE
from theory.papers.vanchurin2020towards.divergences import ANY_PARAMETER
from theory.papers.vanchurin2020towards.letters import PAPER
from theory.papers.writing import line
from theory.records import Reading
from theory.statements import Expansion, Identity, LimitStatement

D, t, (Q,) = model.diffusion, model.time, ONE.coordinates
p, constraint = ONE.density, ONE.local_constraint
size, distance, power = sp.Symbol("epsilon", real=True), sp.Symbol("u", positive=True), sp.Symbol("n", positive=True)
PLACES = Domain({D: (0, sp.oo), t: sp.S.Reals, Q: sp.S.Reals})


def rates(left: Any, right: Any, *names: Any) -> Identity:
    """Two results at each time and place."""
    return Identity(left, right, PLACES.extended(dict.fromkeys(names, sp.S.Reals)))


ARCHITECTURE_CLAIMS = (
    PAPER.claim(
        "8a",
        "where we assumed that $p$ vanishes at the boundary and so the integrations by parts can be performed.",
        line(
            "the boundary terms of (8.4), with p = u there, but for the slope of F",
            LimitStatement(
                distance * sp.log(model.normalization * distance),
                sp.S.Zero,
                Domain({distance: (0, 1), model.normalization: (0, sp.oo)}),
                variable=distance,
                point=0,
            ),
            note="The slope of the free energy is to stay finite there.",
        ),
    ),
)

ENTROPIC_CLAIMS = (
    PAPER.claim(
        "11a",
        "There it was shown that the constrained dynamics can be described by an approximate Schrödinger equation, "
        "with Lagrange multipliers playing the role of phases, if the number of the constraints is large.",
        line(
            "what the last line of (11.7) has beyond the others, for a phase scaled by epsilon",
            Expansion(
                size**2 * model.phase_energy,
                sp.S.Zero,
                PLACES.extended({size: (-1, 1), model.phase_energy: sp.S.Reals}),
                variable=size,
                order=2,
            ),
            model.phase_energy,
            relation="approximate",
            note="It is second order in the gradient of the phase; the number of constraints does not enter.",
        ),
        conventions=(ANY_PARAMETER,),
    ),
    PAPER.claim(
        "11b",
        "The optimization problem can then be solved by combining into a single functional two terms: the total "
        "entropy production from time $t=0$ to time $t=T$ and constraints (11.4) imposed by time-dependent Lagrange "
        "multipliers.",
        line(
            "varying a multiplier gives the density of the constraint",
            rates(model.multiplier_slope, constraint * p, model.multiplier_slope),
            model.multiplier_slope,
            readings=(
                Reading(
                    kind="condition",
                    text="if the constraint holds at time 0: the multipliers stand under a time derivative, and what "
                    "is imposed is that its mean does not change",
                    statement=rates(model.multiplier_slope, -constraint * sp.Derivative(p, t), model.multiplier_slope),
                ),
            ),
        ),
        conventions=("The multiplier depends on time alone: the integral over the parameters vanishes.",),
    ),
    PAPER.claim(
        "11c",
        "After integrating by parts and ignoring the boundary terms (assuming that $p$ vanishes at the boundaries of "
        "integration) we obtain (11.7).",
        line(
            "the boundary term of the first line, for a distribution that falls to zero linearly at a distance u",
            LimitStatement(sp.log(distance), sp.S.Zero, Domain({distance: (0, 1)}), variable=distance, point=0),
            readings=(
                Reading(
                    kind="condition",
                    text="if p falls to zero faster than linearly, as any power above 1 of the distance: the boundary "
                    "term is log p times the slope of p",
                    statement=LimitStatement(
                        sp.log(distance**power) * power * distance ** (power - 1),
                        sp.S.Zero,
                        Domain({distance: (0, 1), power: (1, sp.oo)}),
                        variable=distance,
                        point=0,
                    ),
                ),
            ),
        ),
    ),
    PAPER.claim(
        "11d",
        r"whose solutions extremize the functional $S(p, \Phi)$ or, in other words, describe a trajectory in the "
        "configuration space which minimizes entropy destruction.",
        line(
            "the phase moves as where the second line of (11.7) is stationary in p",
            rates(
                model.wave_phase_rate,
                model.stationary_phase_rate,
                model.wave_phase_rate,
                model.stationary_phase_rate,
            ),
            model.wave_phase_rate,
            model.stationary_phase_rate,
        ),
        line(
            "the density moves by (11.5), as that in the functional does",
            rates(model.wave_density_rate, model.diffusion_rate, model.wave_density_rate, model.diffusion_rate),
            model.wave_density_rate,
            model.diffusion_rate,
            model.osmotic_density_rate,
            readings=(
                Reading(
                    kind="condition",
                    text="if the phase is minus half the logarithm of the density; it then does not move by (11.9)",
                    statement=rates(
                        model.osmotic_density_rate,
                        model.diffusion_rate,
                        model.osmotic_density_rate,
                        model.diffusion_rate,
                    ),
                ),
            ),
        ),
        conventions=(ANY_PARAMETER,),
    ),
)
