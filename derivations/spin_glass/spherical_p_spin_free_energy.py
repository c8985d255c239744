"""The replica-symmetric free energy per spin of real spins on a sphere that are coupled in threes.

Source, for any number of coupled spins: A. Crisanti and H.-J. Sommers, Zeitschrift fuer Physik B 87, 341 (1992).
``replica_symmetric_free_energy(spherical_p_spin_model(p))`` is the derivation for p of them.
"""

from __future__ import annotations

from derivations.engine.derivation import Derivation, Reference
from derivations.spin_glass.replica_symmetric import replica_symmetric_free_energy
from theory.models.p_spin import spherical_p_spin_model
from theory.models.sherrington_kirkpatrick import external_field, inverse_temperature

IDENTIFIER = "spherical-p-spin-free-energy"
TITLE = "Spherical spins coupled in threes: their replica-symmetric free energy and equations"
SERVES: tuple[str, ...] = ()
ORDER = 3

REFERENCES = (
    Reference(
        key="crisanti1992spherical",
        citation="A. Crisanti, H.-J. Sommers, The spherical p-spin interaction spin glass model: the statics, "
        "Zeitschrift fuer Physik B 87, 341 (1992)",
    ),
)


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    return replica_symmetric_free_energy(
        spherical_p_spin_model(ORDER),
        identifier=IDENTIFIER,
        title=TITLE,
        introduction="Every three real spins are coupled by a Gaussian coupling of variance 3/N^2, in a uniform field; "
        "the squares of all spins add up to their number. One site is a Gaussian integral over its replicas, whose "
        "matrix has two eigenvalues, so that no mean is left.",
        references=REFERENCES,
        examined={inverse_temperature: (0, 2), external_field: (-1, 1)},
    )
