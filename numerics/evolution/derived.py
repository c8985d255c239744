"""Densities of the entropy production functional and laws of Gaussian densities, lowered from what is derived."""

from __future__ import annotations

from functools import cache

from numerics.lowering import Lowered


@cache
def phase_energy_density() -> Lowered:
    """What the last line of (11.7) of Vanchurin (2020) has more, of D, p and the slope of the phase."""
    from derivations.entropic_mechanics import results
    from numerics.lowering import lower
    from theory.models import entropic as model

    return lower(results.phase_energy_density(), (model.diffusion, model.density_value, model.phase_slope))


@cache
def entropy_production_density() -> Lowered:
    """What all lines of (11.7) have, of D, p and the slope of p: the phase energy over its ratio to it."""
    from sympy import cancel

    from derivations.entropic_mechanics import results
    from numerics.lowering import lower
    from theory.models import entropic as model

    production = cancel(results.phase_energy_density() / results.phase_energy_over_entropy_production())
    return lower(production, (model.diffusion, model.density_value, results.density_slope))


@cache
def variances() -> tuple[Lowered, Lowered]:
    """Of a free Gaussian packet without a phase and of a diffusing Gaussian, of D, the time and the variance at 0."""
    from derivations.entropic_mechanics import results
    from numerics.lowering import lower
    from theory.models import entropic as model

    arguments = (model.diffusion, model.time, model.variance)
    return lower(results.packet_variance(), arguments), lower(results.diffusion_variance(), arguments)


@cache
def rate_beyond_diffusion() -> Lowered:
    """p_t of the wave less that of diffusion, of D, p, its first two derivatives and those of the phase."""
    from derivations.entropic_mechanics import results
    from numerics.lowering import lower
    from theory.models import entropic as model

    derivatives = (results.density_slope, results.density_curvature, model.phase_slope, results.phase_curvature)
    return lower(results.density_rate_beyond_diffusion(), (model.diffusion, model.density_value, *derivatives))
