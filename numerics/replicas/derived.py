"""The derived free energies and eigenvalues that the solvers take. No formula is typed here."""

from __future__ import annotations

from functools import cache
from typing import Any

import sympy as sp

from numerics.replicas.cold_form import ReplicaFreeEnergy


def _positive(*symbols: Any) -> dict[Any, sp.Symbol]:
    """Order parameters as positive symbols, so that square roots of them can be taken apart."""
    return {s: sp.Dummy(s.name, positive=True) for s in symbols}


@cache
def symmetric_free_energy() -> tuple[ReplicaFreeEnergy, Any]:
    """The free energy of the Sherrington-Kirkpatrick model and its replicon eigenvalue, in the same symbols."""
    from derivations.spin_glass import replica_stability, sherrington_kirkpatrick
    from theory.models import replica_pairs as stability
    from theory.models import sherrington_kirkpatrick as model

    expression = sherrington_kirkpatrick.build()["replica-symmetric free energy"].result
    replicon = replica_stability.build()["replicon eigenvalue"].result
    table = _positive(model.overlap)
    free_energy = ReplicaFreeEnergy(
        expression=expression.xreplace(table),
        inverse_temperature=model.inverse_temperature,
        field=model.external_field,
        saturating=(table[model.overlap],),
    )
    names = {
        stability.overlap: table[model.overlap],
        stability.inverse_temperature: model.inverse_temperature,
        stability.external_field: model.external_field,
    }
    return free_energy, replicon.xreplace(names)


@cache
def critical_temperature() -> float:
    """Where the derived replicon eigenvalue of the paramagnet vanishes at no field."""
    from derivations.spin_glass import replica_stability

    return float(sp.sympify(replica_stability.build()["temperature of the transition"].result, strict=True))


@cache
def one_step_free_energy() -> ReplicaFreeEnergy:
    """The free energy of the Sherrington-Kirkpatrick model with one step of breaking."""
    from derivations.spin_glass import one_step_breaking
    from theory.models import replica_pairs as names

    expression = one_step_breaking.build()["one-step free energy"].result
    outer, inner, x = names.outer_overlap, names.inner_overlap, names.breakpoint_parameter
    table = _positive(outer, inner)
    return ReplicaFreeEnergy(
        expression=expression.xreplace(table),
        inverse_temperature=names.inverse_temperature,
        field=names.external_field,
        others=(table[outer],),
        saturating=(table[inner],),
        breakpoints=(x,),
    )
