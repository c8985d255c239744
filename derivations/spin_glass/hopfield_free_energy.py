"""The replica-symmetric free energy per spin of the Hopfield model at extensive load, with one retrieved pattern.

Source: D. J. Amit, H. Gutfreund and H. Sompolinsky, Annals of Physics 173, 30 (1987).
"""

from __future__ import annotations

from derivations.engine.derivation import Derivation, Reference
from derivations.spin_glass.replica_symmetric import replica_symmetric_free_energy
from theory.models.hopfield import external_field, hopfield_model, inverse_temperature, load

IDENTIFIER = "hopfield-free-energy"
TITLE = "The Hopfield model near saturation: its replica-symmetric free energy and equations"
SERVES: tuple[str, ...] = ()

REFERENCES = (
    Reference(
        key="amit1987statistical",
        citation="D. J. Amit, H. Gutfreund, H. Sompolinsky, Statistical mechanics of neural networks near saturation, "
        "Annals of Physics 173, 30 (1987)",
    ),
)


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    return replica_symmetric_free_energy(
        hopfield_model(),
        identifier=IDENTIFIER,
        title=TITLE,
        introduction="Ising spins store patterns of independent signs, alpha N of them, and one more along which they "
        "are measured. The patterns that are not retrieved act as a Gaussian field, whose variance grows as the spins "
        "freeze; the magnetization is the overlap with the retrieved one.",
        references=REFERENCES,
        examined={inverse_temperature: (0, 2), external_field: (-1, 1), load: (0, 1)},
    )
