"""The replica-symmetric free energy of the multilayer spin glass in fields, to all orders, for any number of layers.

The named steps are those of ``replica_symmetric``, then "free energy over bonds", the form that is usual in print, and
"action to second order", which says that the quadratic action behind the melting temperature is an instance.
"""

from __future__ import annotations

from derivations.engine.derivation import Derivation
from derivations.rules.low_order import low_order
from derivations.rules.over_bonds import over_bonds
from derivations.spin_glass import multilayer_replicas as replicas
from derivations.spin_glass.replica_symmetric import replica_symmetric_free_energy
from theory.models import multilayer as model
from theory.symbols import family

IDENTIFIER = "multilayer-free-energy"
TITLE = "The multilayer spin glass in external fields: its replica-symmetric free energy to all orders"
SERVES: tuple[str, ...] = ()

k = model.k
site_mean = family("W", real=True)
"""``W[k]``: the mean logarithm of the sum over one spin of layer k."""


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = replica_symmetric_free_energy(
        model.multilayer_model_in_field(),
        identifier=IDENTIFIER,
        title=TITLE,
        introduction="Layers of Ising spins in a field of their own each, for any number of layers, any sizes and any "
        "variances. One mean over a Gaussian field is left in every layer. Without external fields and to second order "
        "in the overlaps it is the quadratic action from which the melting temperature follows.",
        references=replicas.REFERENCES,
        examined={model.inverse_temperature: (0, 3), model.external_fields: (-3, 3)},
    )
    d.apply(over_bonds, d["replica-symmetric free energy"], mean=site_mean[k], name="free energy over bonds")
    d.apply(
        low_order,
        d["action per replica"],
        replicas.build()["action per replica"],
        vanishing=(model.external_fields[k],),
        fields=(model.off_diagonal[k], model.conjugate_off_diagonal[k]),
        small=replicas.SMALL,
        order=3,
        name="action to second order",
    )
    return d
