"""The replica-symmetric free energy per spin of the Sherrington-Kirkpatrick model, f = - T [log Z] / N.

Source: D. Sherrington and S. Kirkpatrick, Physical Review Letters 35, 1792 (1975), with J = 1 and J_0 = 0.
"""

from __future__ import annotations

from derivations.engine.derivation import Derivation, Reference
from derivations.engine.step import Step
from derivations.rules.extensive_part import extensive_part
from derivations.spin_glass.replica_symmetric import SCALE, replica_symmetric_free_energy
from theory.models.replica_symbols import CONJUGATE, OVERLAP
from theory.models.sherrington_kirkpatrick import external_field, inverse_temperature, sherrington_kirkpatrick_model

IDENTIFIER = "sherrington-kirkpatrick"
TITLE = "The Sherrington-Kirkpatrick model: its replica-symmetric free energy"
SERVES: tuple[str, ...] = ()

REFERENCES = (
    Reference(
        key="sherrington1975solvable",
        citation="D. Sherrington, S. Kirkpatrick, Solvable Model of a Spin-Glass, Physical Review Letters 35, 1792 "
        "(1975)",
    ),
)


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    return replica_symmetric_free_energy(
        sherrington_kirkpatrick_model(),
        identifier=IDENTIFIER,
        title=TITLE,
        introduction="Every pair of Ising spins is coupled by a Gaussian coupling of variance 1/N, in a uniform field. "
        "The sum over pairs i < j becomes a sum over all sites less its diagonal, which does not grow with N.",
        references=REFERENCES,
        examined={inverse_temperature: (0, 3), external_field: (-3, 3)},
    )


def replica_action(d: Derivation) -> Step:
    """The derived replica action, less what does not grow with the spins, as a first step of another derivation."""
    return d.apply(
        extensive_part,
        build()["replica action"],
        model=sherrington_kirkpatrick_model(),
        scale=SCALE,
        sets={OVERLAP: (-1, 1), CONJUGATE: (-1, 1)},
        name="replica action",
    )
