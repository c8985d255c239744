"""The replica-symmetric free energy per unit of a restricted Boltzmann machine whose units are all signs.

It is the multilayer spin glass of two layers. Source: A. Barra, G. Genovese and F. Guerra, Equilibrium statistical
mechanics of bipartite spin systems, Journal of Physics A 44, 245002 (2011).
"""

from __future__ import annotations

from derivations.engine.derivation import Derivation, Reference
from derivations.rules.written_out import written_out
from derivations.spin_glass.replica_symmetric import replica_symmetric_free_energy
from theory.models.boltzmann_machine import hidden_signs
from theory.models.multilayer import external_fields, inverse_temperature

IDENTIFIER = "restricted-boltzmann-machine-free-energy"
TITLE = "A restricted Boltzmann machine of signs: its replica-symmetric free energy and equations"
SERVES: tuple[str, ...] = ()

REFERENCES = (
    Reference(
        key="barra2011equilibrium",
        citation="A. Barra, G. Genovese, F. Guerra, Equilibrium statistical mechanics of bipartite spin systems, "
        "Journal of Physics A 44, 245002 (2011)",
    ),
)


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = replica_symmetric_free_energy(
        hidden_signs(),
        identifier=IDENTIFIER,
        title=TITLE,
        introduction="N_0 visible and N_1 hidden Ising units, with Gaussian weights of variance C_1/N_0 between them "
        "and a field on each group. The overlap of either group is the mean that the field of the other one gives it.",
        references=REFERENCES,
        examined={inverse_temperature: (0, 2), external_fields: (-1, 1)},
    )
    d.apply(written_out, d["replica-symmetric free energy"], name="free energy of two groups")
    return d
