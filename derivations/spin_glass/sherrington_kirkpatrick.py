"""The replica-symmetric free energy per spin of the Sherrington-Kirkpatrick model, f = - T [log Z] / N.

Source: D. Sherrington and S. Kirkpatrick, Physical Review Letters 35, 1792 (1975), with J = 1 and J_0 = 0.
"""

from __future__ import annotations

from derivations.engine.derivation import Derivation, Reference
from derivations.spin_glass.replica_symmetric import replica_symmetric_free_energy
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
