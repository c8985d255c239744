"""The results of this subject as expressions in plain symbols, for lowering. Nothing here is typed in.

``phase_energy_density`` is what the third line of (11.7) of Vanchurin (2020) has beyond the second.
"""

from __future__ import annotations

from functools import cache
from typing import Any, cast

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.entropic_mechanics import entropic_action, entropic_schroedinger
from theory.models import entropic as model
from theory.models.entropic import ONE

density_slope, density_curvature = sp.symbols("p_Q p_QQ", real=True)
phase_curvature = sp.Symbol("theta_QQ", real=True)
"""Derivatives of the distribution and of the phase by one parameter."""


@cache
def _action() -> Derivation:
    return entropic_action.build()


@cache
def _schroedinger() -> Derivation:
    return entropic_schroedinger.build()


def phase_energy_density() -> Any:
    """2 D p theta_Q^2: for one parameter, the third line of (11.7) less the second; in D, p and the phase's slope."""
    return _plain(_action()["phase energy"].result)


def phase_energy_over_entropy_production() -> Any:
    """The same over the density of the entropy production, 4 theta_Q^2 p^2 / p_Q^2: small where the phase is weak."""
    return _plain(_action()["phase energy over entropy production"].result)


def density_rate_of_wave() -> Any:
    """The rate of p as the Schroedinger equation (11.9) has it, for one parameter."""
    return _plain(_schroedinger()["stationary phase"].result)


def density_rate_beyond_diffusion() -> Any:
    """That rate less the rate of p in diffusion, (11.5), for one parameter."""
    return _plain(_schroedinger()["rate beyond that of diffusion"].result)


def phase_rate_beyond_stationary() -> Any:
    """The rate of the phase by (11.9) less that at which the second line of (11.7) is stationary."""
    return _plain(_schroedinger()["phase rate beyond that of the line before"].result)


def packet_variance() -> Any:
    """The variance of a free Gaussian packet at time t, in D, t and its variance a at time 0."""
    return _schroedinger()["variance of the packet"].result


def diffusion_variance() -> Any:
    """The variance of a diffusing Gaussian at time t, in D, t and its variance a at time 0."""
    return _schroedinger()["variance in diffusion"].result


def _plain(expression: Any) -> Any:
    """Fields and their derivatives as symbols."""
    p, theta, (Q,) = ONE.density, ONE.phase, ONE.coordinates
    derivatives = {
        sp.Derivative(p, (Q, 2)): density_curvature,
        sp.Derivative(theta, (Q, 2)): phase_curvature,
        sp.Derivative(p, Q): density_slope,
        sp.Derivative(theta, Q): model.phase_slope,
    }
    return cast(Any, expression).xreplace(derivatives).xreplace({p: model.density_value})
