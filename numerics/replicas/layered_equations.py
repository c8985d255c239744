"""The derived replica-symmetric theory of layers, written out at the sizes and variances of one model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

import sympy as sp

from theory.averages import GaussianMean
from theory.models import multilayer
from theory.models.multilayer_instances import MultilayerSpinGlass
from theory.models.replica_symbols import ReplicaSymbols
from theory.sums import unroll

TEMPERATURE = sp.Symbol("T", positive=True)
FIELD = sp.Symbol("h", real=True)


@dataclass(frozen=True, kw_only=True)
class LayeredEquations:
    """One model: a symbol for the overlap and the field of each layer, and what the derivation says of them.

    Attributes
    ----------
    overlaps, fields
        q0 to qL and h0 to hL.
    free_energy
        Per spin.
    maps
        The mean that each overlap is equal to.
    variances
        v0 to vL, symbols for the variance of the local field of a spin of each layer.
    action
        Minus the temperature times the action per replica, with these variances for the conjugate overlaps; it is
        stationary in them, too.
    n_spins
        Spins of each layer.
    """

    overlaps: tuple[sp.Symbol, ...]
    fields: tuple[sp.Symbol, ...]
    variances: tuple[sp.Symbol, ...]
    free_energy: Any
    maps: tuple[Any, ...]
    action: Any
    n_spins: tuple[int, ...]

    @property
    def local_variances(self) -> tuple[Any, ...]:
        """The variances in terms of the overlaps."""
        means = (next(iter(m.atoms(GaussianMean))) for m in self.maps)
        return tuple(sp.expand(m.variance * TEMPERATURE**2) for m in means)

    @property
    def one_field(self) -> Mapping[Any, Any]:
        """The same field on all layers."""
        return dict.fromkeys(self.fields, FIELD)

    def magnetization(self, free_energy: Any, k: int) -> Any:
        """The mean spin of layer k from a free energy per spin."""
        field: Any = self.fields[k]
        return sp.Rational(-sum(self.n_spins), self.n_spins[k]) * sp.diff(free_energy, field)


def layered_equations(model: MultilayerSpinGlass) -> LayeredEquations:
    """Write the derived theory out; no formula is typed here."""
    free_energy, equation, action = _derived()
    layers = range(len(model.layer_sizes))
    overlaps = tuple(sp.Symbol(f"q{k}", positive=True) for k in layers)
    fields = tuple(sp.Symbol(f"h{k}", real=True) for k in layers)
    variances = tuple(sp.Symbol(f"v{k}", positive=True) for k in layers)
    table, names = numbers(model), ReplicaSymbols.of(multilayer.multilayer_model_in_field())
    for k in layers:
        table[_entry(names.off_diagonal, k)] = overlaps[k]
        table[_entry(names.diagonal, k)] = sp.S.One
        table[_entry(names.conjugate_off_diagonal, k)] = -variances[k] / TEMPERATURE**2
        table[multilayer.external_fields[k]] = fields[k]

    def look(atom: Any) -> Any:
        return table.get(atom, atom)

    return LayeredEquations(
        overlaps=overlaps,
        fields=fields,
        variances=variances,
        free_energy=unroll(free_energy, look),
        maps=tuple(unroll(equation.subs(multilayer.k, k), look) for k in layers),
        action=-TEMPERATURE * unroll(action, look),
        n_spins=model.layer_sizes,
    )


def numbers(model: MultilayerSpinGlass) -> dict[Any, Any]:
    """Values of the symbols of the derivations."""
    table: dict[Any, Any] = {s: sp.Rational(Fraction(v)) for s, v in model.values.items()}
    table[multilayer.inverse_temperature] = 1 / TEMPERATURE
    return table


def _entry(family_of_layers: Any, k: int) -> Any:
    return family_of_layers.base[k]


@cache
def _derived() -> tuple[Any, Any, Any]:
    """The free energy, the self-consistency equation of layer k, and the action before conjugates are eliminated."""
    from derivations.spin_glass.replica_symmetric import replica_symmetric_free_energy

    derivation = replica_symmetric_free_energy(multilayer.multilayer_model_in_field())
    steps = ("replica-symmetric free energy", "self-consistency", "action per replica")
    free_energy, equation, action = (derivation[name].result for name in steps)
    return free_energy, equation, action
