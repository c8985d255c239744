"""The scalar curvature as a contraction of an Onsager tensor with first derivatives of the metric, up to a divergence.

Vanchurin (2020), equations (12.3), (12.6) and (12.10).
"""

from __future__ import annotations

from typing import Any

from derivations.emergent_gravity.references import REFERENCES, serving
from derivations.engine.derivation import Derivation
from derivations.rules.metric_densities import (
    by_slopes,
    curvature_by_symbols,
    onsager_contraction,
    without_second_slopes,
)
from derivations.rules.metric_variation import variation_by_metric
from derivations.rules.onsager_fit import fitted_contraction, independent_contractions
from theory.models import metric_field as model
from theory.statements import Definition

IDENTIFIER = "onsager-curvature"
TITLE = "The curvature as an Onsager tensor, up to a divergence"
SERVES = serving("12.3", "12.6", "12.10", "claim:12h")
SEED = 1


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="The scalar curvature has second derivatives of the metric, so it is no contraction of first "
        "ones. Multiplied with the volume element it is one up to a divergence, and of all contractions of three "
        "inverse metrics with two first derivatives only one is.",
        references=REFERENCES,
        conventions=(
            "All contractions are the same in every dimension $n = D + 1$; claims are decided for $n = 2, 3, 4$.",
            "For $n = 2$ the variational derivative of the density of the curvature vanishes, and those of two "
            "independent sums of contractions, that of the curvature among them: there such claims say little.",
            "The current of the divergence does not contribute at the boundary.",
        ),
    )
    for dimension in (model.SPACETIME, 3, 2):
        _by_parts(d, dimension)
    return d


def _by_parts(d: Derivation, dimension: int) -> None:
    metric, domain = model.metric_field(dimension), model.domain(dimension)
    choices: dict[str, Any] = {"metric": metric, "domain": domain}
    is_spacetime = dimension == model.SPACETIME
    where = "" if is_spacetime else f" in {dimension} dimensions"
    density = d.define(
        Definition(model.entropy_density, model.curvature_density(metric)),
        name=f"entropy production{where}",
        reason="The part of the action with the curvature, of the sign that (12.3) gives it.",
    )
    if not is_spacetime:
        moved = d.apply(without_second_slopes, density, **choices, name=f"first derivatives alone{where}")
        d.apply(onsager_contraction, moved, **choices, name=f"Onsager tensor{where}")
        if dimension > 2:
            fitted = d.apply(fitted_contraction, density, **choices, name=f"all contractions tried{where}")
            d.apply(independent_contractions, fitted, metric=metric, seed=SEED, name="only one contraction")
        return
    symbols = d.apply(curvature_by_symbols, density, **choices, name="by Christoffel symbols", serves=serving("12.10"))
    slopes = d.apply(by_slopes, symbols, **choices, name="by derivatives of the metric")
    moved = d.apply(without_second_slopes, slopes, **choices, name="first derivatives alone")
    tensor = d.apply(
        onsager_contraction, moved, **choices, name="Onsager tensor", defines=model.force_contraction,
        serves=serving("12.3", "12.6"),
    )  # fmt: skip
    d.apply(onsager_contraction, tensor, **choices, symmetric=True, name="symmetric Onsager tensor")
    d.apply(fitted_contraction, density, **choices, name="all contractions tried", serves=serving("12.10"))
    change = model.change_of_metric(dimension)
    d.apply(
        variation_by_metric, moved, **choices, change=change, name="variation of the curvature",
        serves=serving("claim:12h"),
    )  # fmt: skip
