"""The symmetries of an Onsager tensor that is made of three inverse metrics, in any dimension.

Vanchurin (2020), equations (12.5) and (12.7) to (12.9).
"""

from __future__ import annotations

import sympy as sp

from derivations.emergent_gravity.references import REFERENCES, serving
from derivations.engine.derivation import Derivation
from derivations.rules.index_symmetry import contraction_kept, symmetric_part, tensor_entries, unchanged_by
from derivations.rules.low_dimension import dependent_contractions
from derivations.rules.onsager_fit import fitted_contraction
from theory.models import metric_field as field
from theory.models import onsager_tensor as model
from theory.statements import Definition
from theory.tensors import InverseMetric, Slope

IDENTIFIER = "onsager-reciprocity"
TITLE = "The symmetries of the Onsager tensor of gravity"
SERVES = serving("12.5", "12.7", "12.8", "12.9")


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="Fluxes that are linear in the forces, the derivatives of a metric, have coefficients with six "
        "indices. Of those that three inverse metrics make, the forces see the part that is symmetric in the two "
        "indices of each and under the exchange of both.",
        references=REFERENCES,
        conventions=(
            "The forces are $g_{\\alpha\\beta,\\mu}$ and $g_{\\gamma\\delta,\\nu}$: the exchange of forces is that of "
            "$(\\mu, \\alpha, \\beta)$ and $(\\nu, \\gamma, \\delta)$.",
        ),
    )
    domain = model.tensor_domain()
    names = {"exchanges": model.EXCHANGES, "domain": domain}
    everything = d.define(
        Definition(model.any_tensor[model.PLACES], model.any_of_three_inverse_metrics()),
        name="any tensor of three inverse metrics",
        reason="Six indices are joined in pairs in fifteen ways.",
        serves=serving("12.5"),
    )
    part = d.apply(
        symmetric_part, everything, symmetric=model.inverse_metric, coefficients=model.coefficients, **names,
        name="the part with all symmetries", defines=model.onsager[model.PLACES],
    )  # fmt: skip
    d.apply(
        contraction_kept, everything, part, weight=model.force_weight(), **names,
        name="contraction with the forces",
    )  # fmt: skip
    d.apply(
        unchanged_by, part, exchange=model.OF_FORCES, domain=domain, name="reciprocity",
        defines=model.exchanged[model.PLACES], serves=serving("12.7"),
    )  # fmt: skip
    d.apply(
        unchanged_by, part, exchange=model.OF_FIRST, domain=domain, name="symmetry in the first force",
        serves=serving("12.8"),
    )  # fmt: skip
    d.apply(
        unchanged_by, part, exchange=model.OF_SECOND, domain=domain, name="symmetry in the second force",
        serves=serving("12.8"),
    )  # fmt: skip
    d.apply(
        dependent_contractions, part, metric=model.inverse_metric, weight=model.force_weight(), places=model.PLACES,
        size=model.dimension, n=2, domain=domain, name="relation in two dimensions",
    )  # fmt: skip
    _of_the_curvature(d)
    return d


def _of_the_curvature(d: Derivation) -> None:
    metric, domain = field.metric_field(field.SPACETIME), model.tensor_domain().extended({field.coupling: (0, sp.oo)})
    forces = Slope(metric, "alpha", "beta", "mu") * Slope(metric, "gamma", "delta", "nu")
    density = d.define(
        Definition(field.entropy_density, field.curvature_density(metric)),
        name="density of the curvature",
        reason="The part of the action with the curvature.",
    )
    fitted = d.apply(
        fitted_contraction, density, metric=metric, domain=field.domain(field.SPACETIME),
        name="contraction of first derivatives",
    )  # fmt: skip
    entries = d.apply(
        tensor_entries, fitted, forces=forces, inverse_metric=InverseMetric,
        entries=model.inverse_metric, symbol=model.chosen[model.PLACES], name="tensor of the curvature",
    )  # fmt: skip
    part = d.apply(
        symmetric_part, entries, exchanges=model.EXCHANGES, symmetric=model.inverse_metric,
        coefficients=model.coefficients, domain=domain, name="symmetric tensor of the curvature",
        defines=model.gravity[model.PLACES], serves=serving("12.9"),
    )  # fmt: skip
    for exchange, name in ((model.OF_FORCES, "forces"), (model.OF_FIRST, "indices of a force")):
        d.apply(unchanged_by, part, exchange=exchange, domain=domain, name=f"exchange of {name}, for the curvature")
