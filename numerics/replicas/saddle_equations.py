"""The derived replica-symmetric theory of a disordered model: its equations and its free energy, as expressions.

Where one site contributes a mean, as for Ising spins, "self-consistency" is the mean that an order parameter equals,
and the equation is that mean minus the order parameter. Where it contributes a closed form, as for Gaussian and
spherical spins, it is the derivative of the free energy, and the equation is this derivative with the sign of a force:
it pulls towards the maximum of the free energy over the overlap, and the minimum over the other order parameters.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sympy as sp

from theory.models.disordered import DisorderedModel
from theory.models.replica_symbols import ReplicaSymbols
from theory.models.sherrington_kirkpatrick import external_field

REMEMBERED = 16


@dataclass(frozen=True, kw_only=True)
class SaddleEquations:
    """What a solver needs of a derived theory of one kind of spins.

    Attributes
    ----------
    unknowns
        The overlap q, then the magnetization M where mean spins couple, then the self-overlap p where it is free.
    magnetized, free_self_overlap
        Whether M and whether p is among them.
    equations
        One for each unknown, in this order; they vanish at a saddle point.
    free_energy, energy, entropy
        Per spin.
    magnetization
        The mean spin: minus the derivative of the free energy by the field, else M; None where there is neither.
    inverse_temperature, field
        Their symbols.
    in_a_field
        Whether the free energy depends on the field.
    parameters
        The other symbols, which need a value.
    """

    unknowns: tuple[Any, ...]
    magnetized: bool
    free_self_overlap: bool
    equations: tuple[Any, ...]
    free_energy: Any
    energy: Any
    entropy: Any
    magnetization: Any
    inverse_temperature: Any
    field: Any
    in_a_field: bool
    parameters: tuple[Any, ...]

    @property
    def slopes(self) -> tuple[Any, ...]:
        """The derivatives of the free energy by the unknowns."""
        return tuple(sp.diff(self.free_energy, by) for by in self.unknowns)


@lru_cache(maxsize=REMEMBERED)
def saddle_equations(model: DisorderedModel) -> SaddleEquations:
    """Derive the theory of a model whose spins have one slot, their site.

    Raises
    ------
    ValueError
        For spins in layers, and where a rule of the derivation does not apply.
    """
    from derivations.spin_glass.replica_symmetric import replica_symmetric_free_energy

    if len(model.spins.slots) != 1:
        raise ValueError(
            f"expected spins with one slot, their site; found the slots {model.spins.slots} of the {model.name}: "
            f"layers are solved as theory.MultilayerSpinGlass"
        )
    derivation, names = replica_symmetric_free_energy(model), ReplicaSymbols.of(model)
    free_energy = derivation["replica-symmetric free energy"].result
    steps = {
        names.off_diagonal: "self-consistency",
        names.magnetization: "self-consistency of the magnetization",
        names.diagonal: "self-consistency of the self-overlap",
    }
    unknowns = [names.off_diagonal, *(s for s in steps if s in free_energy.free_symbols and s != names.off_diagonal)]
    equations = [_equation(derivation[steps[s]], s, 1 if s == names.off_diagonal else -1) for s in unknowns]
    in_a_field = external_field in free_energy.free_symbols
    magnetized = names.magnetization in unknowns
    order_parameter = names.magnetization if magnetized else None
    return SaddleEquations(
        unknowns=tuple(unknowns),
        magnetized=magnetized,
        free_self_overlap=names.diagonal in unknowns,
        equations=tuple(equations),
        free_energy=free_energy,
        energy=derivation["energy"].result,
        entropy=derivation["entropy"].result,
        magnetization=-sp.diff(free_energy, external_field) if in_a_field else order_parameter,
        inverse_temperature=model.inverse_temperature,
        field=external_field,
        in_a_field=in_a_field,
        parameters=_others(free_energy, *unknowns, model.inverse_temperature, external_field),
    )


def _equation(step: Any, unknown: Any, sign: int) -> Any:
    """A derivative is its own statement's right side; the mean that an order parameter equals is not."""
    return sign * step.result if step.result == step.statement.right else step.result - unknown


def _others(expression: Any, *known: Any) -> tuple[Any, ...]:
    return tuple(sorted(expression.free_symbols - set(known), key=lambda s: s.name))
