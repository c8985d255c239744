"""The replica-symmetric free energy per spin of Ising spins that are coupled in threes.

Sources, for any number of coupled spins: B. Derrida, Physical Review B 24, 2613 (1981); E. Gardner, Nuclear Physics B
257, 747 (1985). ``replica_symmetric_free_energy(p_spin_model(p))`` is the derivation for p of them.
"""

from __future__ import annotations

from derivations.engine.derivation import Derivation, Reference
from derivations.spin_glass.replica_symmetric import replica_symmetric_free_energy
from theory.models.p_spin import p_spin_model
from theory.models.sherrington_kirkpatrick import external_field, inverse_temperature

IDENTIFIER = "ising-p-spin-free-energy"
TITLE = "Ising spins coupled in threes: their replica-symmetric free energy and equations"
SERVES: tuple[str, ...] = ()
ORDER = 3

REFERENCES = (
    Reference(
        key="derrida1981random",
        citation="B. Derrida, Random-energy model: An exactly solvable model of disordered systems, Physical Review B "
        "24, 2613 (1981)",
    ),
    Reference(
        key="gardner1985spin",
        citation="E. Gardner, Spin glasses with p-spin interactions, Nuclear Physics B 257, 747 (1985)",
    ),
)


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    return replica_symmetric_free_energy(
        p_spin_model(ORDER),
        identifier=IDENTIFIER,
        title=TITLE,
        introduction="Every three Ising spins are coupled by a Gaussian coupling of variance 3/N^2, in a uniform "
        "field. Sums over distinct sites become powers of overlaps; what is left out does not grow with N.",
        references=REFERENCES,
        examined={inverse_temperature: (0, 2), external_field: (-1, 1)},
    )
