"""The energy-momentum tensor of a scalar field by its definition, and the sign of its energy.

Vanchurin (2020), equations (12.2) and (12.14).
"""

from __future__ import annotations

from derivations.emergent_gravity.references import REFERENCES, serving
from derivations.engine.derivation import Derivation
from derivations.rules.energy_momentum import energy_bound, energy_momentum
from theory.models import scalar_matter as model
from theory.statements import Definition

IDENTIFIER = "onsager-energy-momentum"
TITLE = "The energy-momentum tensor of a scalar field"
SERVES = serving("12.2", "12.14")


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="The energy-momentum tensor is how the action of matter changes with the inverse metric. Its "
        "definition has the sign with which energy is positive where time has the negative sign of the metric.",
        references=REFERENCES,
        conventions=("Matter is one scalar field, $\\mathcal{L} = -G^{ab} f_a f_b / 2 - V$, with slopes $f_a$.",),
    )
    for dimension in model.DIMENSIONS:
        _in(d, dimension)
    return d


def _in(d: Derivation, dimension: int) -> None:
    where, domain = f" in {dimension} dimensions", model.matter_domain(dimension)
    names = {"inverse_metric": model.inverse_metric(dimension), "domain": domain}
    serves = serving("12.14")
    matter = d.define(
        Definition(model.lagrangian, model.scalar_lagrangian(dimension)),
        name=f"Lagrangian{where}",
        reason="The kinetic term and the potential, the Lagrangian of (12.2) for one scalar field.",
    )
    energy = d.apply(energy_momentum, matter, place=(0, 0), **names, name=f"energy{where}", serves=serves)
    d.apply(energy_momentum, matter, place=(0, 1), **names, name=f"flow of energy{where}", serves=serves)
    d.apply(
        energy_bound, energy, values=model.flat(dimension), slopes=model.slopes(dimension), domain=domain,
        name=f"energy without gravity{where}",
    )  # fmt: skip
    other = d.define(
        Definition(model.lagrangian, model.scalar_lagrangian(dimension, 1)),
        name=f"Lagrangian of the other signature{where}",
        reason="Where time has the positive sign of the metric the kinetic term changes its sign.",
    )
    reversed_ = d.apply(energy_momentum, other, place=(0, 0), **names, name=f"energy in the other signature{where}")
    d.apply(
        energy_bound, reversed_, values=model.flat(dimension, 1), slopes=model.slopes(dimension), domain=domain,
        name=f"energy without gravity in the other signature{where}",
        remark="With the definition as it stands the energy of matter is negative in this signature.",
    )  # fmt: skip
