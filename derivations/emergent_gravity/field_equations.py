"""The field equations of the action of gravity and matter.

Vanchurin (2020), equation (12.12), from (12.2) with (12.14).
"""

from __future__ import annotations

from typing import Any

from derivations.emergent_gravity.references import REFERENCES, serving
from derivations.engine.derivation import Derivation
from derivations.rules.metric_variation import variation_by_metric, variation_with_matter
from theory.models import metric_field as model
from theory.statements import Definition

IDENTIFIER = "onsager-field-equations"
TITLE = "The field equations of gravity with matter and a cosmological constant"
SERVES = serving("12.12")


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="The action of (12.2) is varied by the metric. What multiplies the change of the inverse metric "
        "vanishes where the action is stationary.",
        references=REFERENCES,
        conventions=(
            "The Ricci tensor is that of (12.13), the energy-momentum tensor that of (12.14); no signature is chosen.",
            "Changes of the metric vanish at the boundary together with their first derivatives.",
        ),
    )
    for dimension in (model.SPACETIME, 3, 2):
        _varied(d, dimension)
    return d


def _varied(d: Derivation, dimension: int) -> None:
    metric, change = model.metric_field(dimension), model.change_of_metric(dimension)
    choices: dict[str, Any] = {"metric": metric, "change": change, "domain": model.domain(dimension)}
    is_spacetime = dimension == model.SPACETIME
    where = "" if is_spacetime else f" in {dimension} dimensions"
    action = d.define(
        Definition(model.gravitational_action, model.gravitational_density(metric)),
        name=f"action of gravity{where}",
        reason="The first integral of (12.2).",
    )
    gravity = d.apply(variation_by_metric, action, **choices, name=f"variation of gravity{where}")
    d.apply(
        variation_with_matter, gravity, **choices, energy_momentum=model.energy_momentum(dimension),
        name=f"variation of gravity and matter{where}", defines=model.varied_action if is_spacetime else None,
        serves=SERVES if is_spacetime else (),
    )  # fmt: skip
