"""The replica-symmetric free energy per visible unit of a restricted Boltzmann machine with Gaussian hidden units.

Source: A. Barra, A. Bernacchia, E. Santucci and P. Contucci, On the equivalence of Hopfield networks and Boltzmann
machines, Neural Networks 34, 1 (2012).
"""

from __future__ import annotations

from derivations.engine.derivation import Derivation, Reference
from derivations.spin_glass.replica_symmetric import replica_symmetric_free_energy
from theory.models.boltzmann_machine import gaussian_hidden_units
from theory.models.hopfield import load
from theory.models.sherrington_kirkpatrick import external_field, inverse_temperature

IDENTIFIER = "gaussian-boltzmann-machine-free-energy"
TITLE = "A restricted Boltzmann machine with Gaussian hidden units: its replica-symmetric free energy and equations"
SERVES: tuple[str, ...] = ()

REFERENCES = (
    Reference(
        key="barra2012equivalence",
        citation="A. Barra, A. Bernacchia, E. Santucci, P. Contucci, On the equivalence of Hopfield networks and "
        "Boltzmann machines, Neural Networks 34, 1 (2012)",
    ),
)


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    return replica_symmetric_free_energy(
        gaussian_hidden_units(),
        identifier=IDENTIFIER,
        title=TITLE,
        introduction="N visible Ising units and alpha N Gaussian hidden ones, with Gaussian weights of variance 1/N. "
        "Averaged over, each hidden unit leaves the square of its input: the machine is a Hopfield model of Gaussian "
        "patterns, for which no term of higher order is left out.",
        references=REFERENCES,
        examined={inverse_temperature: (0, 2), external_field: (-1, 1), load: (0, 1)},
    )
