"""What (12.3), (12.6), (12.10) and (12.12) claim, in four coordinates."""

from __future__ import annotations

from typing import Any

from theory.models import metric_field as model
from theory.papers.vanchurin2020towards.letters import among
from theory.papers.writing import line
from theory.records import PrintedLine, Reading
from theory.statements import EqualUpToTotalDerivative, Identity
from theory.tensors import (
    Component,
    Contracted,
    FirstVariation,
    InverseChange,
    InverseMetric,
    RicciTensor,
    ScalarCurvature,
    VolumeElement,
)

kappa, Lambda = model.coupling, model.cosmological_constant
g = model.metric_field(model.SPACETIME)
h = model.change_of_metric(model.SPACETIME)
T = model.energy_momentum(model.SPACETIME)
DOMAIN = model.domain(model.SPACETIME)
R, volume = ScalarCurvature(g), VolumeElement(g)
DIVERGENCE = (
    "both sides stand under the integral over all coordinates, multiplied with sqrt(|g|), and a divergence is dropped; "
    "the tensor is not that of (12.9)"
)


def inverse(*places: str) -> Any:
    """An entry of the inverse metric."""
    return InverseMetric(g, *places)


def up_to_a_divergence(left: Any, right: Any) -> EqualUpToTotalDerivative:
    """Under the integral, for any metric."""
    return EqualUpToTotalDerivative(left, right, DOMAIN, fields=g.components, coordinates=g.coordinates)


def for_any_change(left: Any, right: Any) -> EqualUpToTotalDerivative:
    """Under the integral, for any change of any metric."""
    return EqualUpToTotalDerivative(left, right, DOMAIN, fields=h.components, coordinates=g.coordinates)


def times_change(tensor: Any) -> Any:
    """A tensor with lower indices mu and nu, contracted with the change of the inverse metric."""
    return Contracted(tensor * InverseChange(g, h, "mu", "nu"))


PRINTED_ONSAGER = (
    inverse("alpha", "nu") * inverse("beta", "delta") * inverse("mu", "gamma")
    + inverse("alpha", "gamma") * inverse("beta", "nu") * inverse("mu", "delta")
    - inverse("alpha", "gamma") * inverse("beta", "delta") * inverse("mu", "nu")
    - inverse("alpha", "beta") * inverse("gamma", "delta") * inverse("mu", "nu")
) / (8 * kappa)
"""The tensor of (12.9), as printed."""
PRINTED_DENSITY = volume * model.quadratic_in_slopes(g, PRINTED_ONSAGER)
EINSTEIN = times_change(RicciTensor(g, "mu", "nu")) - R * times_change(Component(g, "mu", "nu")) / 2
VARIED = FirstVariation(model.gravitational_density(g), g, h) - volume / 2 * times_change(Component(T, "mu", "nu"))


def expansion(label: str) -> PrintedLine:
    """The curvature as the contraction with the derivation's tensor, as it stands and under the integral."""
    named = among(DOMAIN, model.force_contraction)
    return line(
        label,
        Identity(R / (2 * kappa), model.force_contraction, named),
        model.force_contraction,
        readings=(
            Reading(
                kind="condition",
                text=DIVERGENCE,
                statement=EqualUpToTotalDerivative(
                    volume * R / (2 * kappa),
                    volume * model.force_contraction,
                    named,
                    fields=g.components,
                    coordinates=g.coordinates,
                ),
            ),
        ),
    )


FLUX_LINE = expansion("with the fluxes of (12.5)")
ONSAGER_LINE = expansion("with an Onsager tensor of three inverse metrics")
CURVATURE_LINES = (
    line(
        "by Christoffel symbols",
        up_to_a_divergence(
            volume * R / (2 * kappa),
            volume * Contracted(inverse("mu", "nu") * model.bracketed_curvature(g)) / kappa,
        ),
    ),
    line(
        "by first derivatives of the metric",
        up_to_a_divergence(volume * R / (2 * kappa), PRINTED_DENSITY),
    ),
)


def field_equations(constant: Any, matter: Any) -> EqualUpToTotalDerivative:
    """That the action is stationary where G_mu nu + constant g_mu nu = matter T_mu nu.

    The first variation of (12.2), with that of its matter part by (12.14), is a multiple of the difference.
    """
    rest = constant * times_change(Component(g, "mu", "nu")) - matter * times_change(Component(T, "mu", "nu"))
    return for_any_change(VARIED, -volume / (2 * kappa) * (EINSTEIN + rest))


FIELD_LINE = line(
    "the action is stationary where these equations hold",
    field_equations(Lambda, kappa),
    readings=(
        Reading(
            kind="correction",
            text="a factor kappa at Lambda and the other sign of the energy-momentum tensor: "
            "R_mu nu - R g_mu nu / 2 + kappa Lambda g_mu nu = -kappa T_mu nu",
            statement=field_equations(kappa * Lambda, -kappa),
        ),
    ),
    note="The factor in front is that of the Ricci tensor. With the other sign of T in (12.14), usual for the "
    "signature that fits the sign of R in (12.2), the factor kappa at Lambda alone is missing; with the other sign of "
    "R in (12.2) the sign of Lambda is wrong besides. No choice of signs makes up for the factor.",
)
CHOICE_LINE = line(
    "the tensor of (12.9) leads to the field equations of the curvature",
    for_any_change(FirstVariation(PRINTED_DENSITY, g, h), volume / (2 * kappa) * EINSTEIN),
)
