"""The replicon sector of a layered model: the derived chain of bonds between neighboring layers, in numbers."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import sympy as sp
from scipy.linalg import eigvalsh_tridiagonal

from numerics.replicas.evaluated import Doubles, Evaluated
from numerics.replicas.layered_equations import FIELD, TEMPERATURE, LayeredEquations, numbers
from numerics.replicas.spread import in_unit_variables, over_local_fields
from theory.models import multilayer
from theory.models.multilayer_instances import MultilayerSpinGlass


class LayeredStability:
    """Stability of replica symmetry at given overlaps."""

    def __init__(self, model: MultilayerSpinGlass, equations: LayeredEquations, *, tolerance: float) -> None:
        self._equations, self._tolerance = equations, tolerance
        self._arguments = (*equations.overlaps, TEMPERATURE, FIELD)
        self._bonds, self._covariances = _bonds(model), _covariances(equations)

    def replicon_eigenvalue(self, overlaps: Doubles, temperature: float, field: float, *, narrow: bool) -> float:
        """1 less the largest eigenvalue of the chain of minus the bonds: negative where symmetry is broken.

        Parameters
        ----------
        narrow
            Whether to take means over local fields, of which few leave a spin free to fluctuate at low temperatures.
        """
        values = self._over_local_fields if narrow else self._over_deviations
        bonds = values(*overlaps, temperature, field)
        chain = eigvalsh_tridiagonal(np.zeros(len(bonds) + 1), -bonds)
        return float(1 - chain[-1])

    @cached_property
    def _over_deviations(self) -> Evaluated:
        """Also where overlaps vanish."""
        return self._evaluated(self._covariances)

    @cached_property
    def _over_local_fields(self) -> Evaluated:
        return self._evaluated({g: over_local_fields(in_unit_variables(m)) for g, m in self._covariances.items()})

    def _evaluated(self, covariances: dict[Any, Any]) -> Evaluated:
        bonds = [b.xreplace(covariances) for b in self._bonds]
        return Evaluated(bonds, self._arguments, tolerance=self._tolerance)


def _bonds(model: MultilayerSpinGlass) -> list[Any]:
    """Bond j of the scaled stencil for j = 1 to L, in the covariances of its two layers."""
    from derivations.spin_glass import multilayer_stability as stability
    from derivations.spin_glass import results

    table = numbers(model)
    table.update({stability.covariance[k]: _covariance_symbol(k) for k in range(len(model.layer_sizes))})
    bond = results.replicon_bond()
    return [bond.subs(multilayer.j, j).xreplace(table) for j in range(1, len(model.layer_sizes))]


def _covariances(equations: LayeredEquations) -> dict[Any, Any]:
    """The mean of each layer, at the variance of its local fields."""
    from derivations.spin_glass import multilayer_stability as stability
    from derivations.spin_glass import results

    found: dict[Any, Any] = {}
    for k, variance in enumerate(equations.local_variances):
        table = {
            stability.field_variance[k]: variance / TEMPERATURE**2,
            stability.external_field[k]: FIELD,
            multilayer.inverse_temperature: 1 / TEMPERATURE,
        }
        found[_covariance_symbol(k)] = results.replicon_covariance().subs(stability.k, k).xreplace(table)
    return found


def _covariance_symbol(k: int) -> sp.Symbol:
    return sp.Symbol(f"g{k}", positive=True)
