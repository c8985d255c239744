"""The connection that keeps a metric, and the trace of its curvature, entry by entry in any dimension.

Vanchurin (2020), equations (12.11) and (12.13).
"""

from __future__ import annotations

from derivations.emergent_gravity.references import REFERENCES, serving
from derivations.engine.derivation import Derivation
from derivations.rules.metric_connection import (
    connection_of_forces,
    exchanged_difference,
    raised_connection,
    slope_of_trace,
    trace_of_connection,
    trace_of_curvature,
)
from theory.models import connection as model
from theory.statements import Definition

IDENTIFIER = "onsager-ricci-tensor"
TITLE = "The connection of a metric and the trace of its curvature"
SERVES = serving("12.11", "12.13")

mu, nu, alpha, beta, gamma, delta = model.mu, model.nu, model.alpha, model.beta, model.gamma, model.delta


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="There is one connection without torsion that keeps a metric; the trace of its curvature is "
        "symmetric.",
        references=REFERENCES,
        conventions=(
            "$\\Gamma^\\alpha_{\\mu\\nu}$ is symmetric in its lower indices. The curvature is "
            "$R^\\alpha_{\\ \\beta\\gamma\\delta} = \\Gamma^\\alpha_{\\beta\\delta,\\gamma} - "
            "\\Gamma^\\alpha_{\\beta\\gamma,\\delta} + \\Gamma^\\alpha_{\\gamma\\epsilon} "
            "\\Gamma^\\epsilon_{\\beta\\delta} - \\Gamma^\\alpha_{\\delta\\epsilon} "
            "\\Gamma^\\epsilon_{\\beta\\gamma}$, and spheres have positive curvature.",
            "The derivative of the metric $g_{ab}$ by the coordinate $c$ is $p_{cab}$.",
        ),
    )
    names = {"forces": model.forces, "domain": model.connection_domain()}
    place = (nu, gamma, delta)
    lower = d.apply(
        connection_of_forces, compatible=model.compatible, connection=model.lowered, place=place, **names,
        name="connection with all indices below", defines=model.lowered_by_forces[place],
    )  # fmt: skip
    raised = d.apply(
        raised_connection, lower, compatible=model.compatible, inverse_metric=model.inverse_metric, place=place,
        above=mu, size=model.dimension, **names, name="Christoffel symbol",
        defines=model.christoffel[mu, gamma, delta], serves=serving("12.11"),
    )  # fmt: skip
    metric = {**names, "inverse_metric": model.inverse_metric, "size": model.dimension}
    trace = d.apply(
        trace_of_connection, raised, place=(mu, gamma, delta), at=gamma, **metric, name="trace of the connection",
        defines=model.trace[gamma],
    )  # fmt: skip
    d.apply(
        slope_of_trace, trace, slopes=model.force_slopes, at=gamma, by=delta, **metric, name="slope of the trace",
        defines=model.trace_slope[gamma, delta],
    )  # fmt: skip
    _curvature(d)
    return d


def _curvature(d: Derivation) -> None:
    place = (alpha, beta, gamma, delta)
    curvature = d.define(
        Definition(model.riemann[place], model.curvature()),
        name="curvature of a connection",
        reason="What two derivatives in both orders differ by.",
    )
    ricci = d.apply(
        trace_of_curvature, curvature, place=place, indices=(nu, mu), size=model.dimension,
        domain=model.connection_domain(), name="Ricci tensor", defines=model.ricci[mu, nu], serves=serving("12.13"),
    )  # fmt: skip
    d.apply(
        exchanged_difference, ricci, indices=(mu, nu), products_of=model.connection,
        domain=model.connection_domain(), because=(d["slope of the trace"],), name="symmetry of the Ricci tensor",
    )  # fmt: skip
