"""The symmetries of an Onsager tensor that is made of three inverse metrics, in any dimension.

Vanchurin (2020), equations (12.5), (12.7) and (12.8).
"""

from __future__ import annotations

from derivations.emergent_gravity.references import REFERENCES, serving
from derivations.engine.derivation import Derivation
from derivations.rules.index_symmetry import contraction_kept, symmetric_part, unchanged_by
from theory.models import onsager_tensor as model
from theory.statements import Definition

IDENTIFIER = "onsager-reciprocity"
TITLE = "The symmetries of the Onsager tensor of gravity"
SERVES = serving("12.5", "12.7", "12.8")


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
    return d
