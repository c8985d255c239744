"""Layered models at low temperatures, down to zero: overlaps 1 - T c, with c from the variances of local fields.

The action is stationary in these variances, layer by layer, and each of these equations has one c alone. Derivatives by
the overlaps do not do: layers that share their neighbors have proportional ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import sympy as sp

from numerics.replicas.cold_form import ColdForm, ReplicaFreeEnergy, cold_form
from numerics.replicas.cold_functions import at_zero_temperature
from numerics.replicas.evaluated import Doubles, Evaluated
from numerics.replicas.layered_equations import FIELD, TEMPERATURE, LayeredEquations
from numerics.solvers.convergence import NotConvergedError

STEPS = 1000
# Of overlaps, which are of order one.
ROUNDING = 4e-16


@dataclass(frozen=True, kw_only=True)
class SolvedLayers:
    """What a free energy says at overlaps that solve the equations.

    Attributes
    ----------
    overlaps, magnetizations
        Of each layer, shape (n_layers,).
    free_energy, entropy
        Per spin.
    residual
        What is left of the equations: the largest derivative of the free energy by an overlap, or difference between an
        overlap and the mean that it is equal to.
    uncertainty
        What the last step still changed of an overlap.
    iterations
        Steps.
    """

    overlaps: Doubles
    magnetizations: Doubles
    free_energy: float
    entropy: float
    residual: float
    uncertainty: float
    iterations: int


class ColdLayers:
    """The self-consistency equations and the free energy, at overlaps near 1.

    Parameters
    ----------
    equations
        Of the model.
    frozen
        Whether to take their limits at zero temperature.
    tolerance
        Relative error of each mean.
    """

    def __init__(self, equations: LayeredEquations, *, frozen: bool, tolerance: float) -> None:
        self._equations, self._frozen, self._tolerance = equations, frozen, tolerance
        self._n_layers = len(equations.n_spins)

    def _evaluated(self, expressions: Any, arguments: Any) -> Evaluated:
        taken = [e.xreplace(dict(self._equations.one_field)) for e in expressions]
        limits = [at_zero_temperature(e, TEMPERATURE) for e in taken] if self._frozen else taken
        return Evaluated(limits, (*arguments, TEMPERATURE, FIELD), tolerance=self._tolerance)

    @cached_property
    def _values(self) -> Evaluated:
        form = _form(self._equations, self._equations.free_energy, ())
        magnetizations = [self._equations.magnetization(form.free_energy, k) for k in range(self._n_layers)]
        return self._evaluated((form.free_energy, form.entropy, *magnetizations, *form.equations), form.unknowns)

    @cached_property
    def _means(self) -> Evaluated:
        return self._evaluated(_deficits(self._equations), self._equations.variances)

    @cached_property
    def _variances(self) -> Evaluated:
        return Evaluated(self._equations.local_variances, self._equations.overlaps)

    def solve(self, temperature: float, field: float) -> SolvedLayers:
        """The solution that is reached from overlaps of one; errors as for `deficits`."""
        return self._at(*self.deficits(temperature, field), temperature, field)

    def deficits(self, temperature: float, field: float) -> tuple[Doubles, float, int]:
        """c of each layer, at once at zero temperature and by few steps near it, the last change of q, and the steps.

        Raises
        ------
        NotConvergedError
            If the steps do not end.
        """
        overlaps, change = np.ones(self._n_layers), np.inf
        for iteration in range(1, STEPS + 1):
            deficits = self._means(*self._variances(*overlaps), temperature, field)
            before, overlaps = overlaps, 1 - temperature * deficits
            if temperature == 0:
                return deficits, 0.0, iteration
            change = float(np.max(np.abs(overlaps - before)))
            if change <= ROUNDING:
                return deficits, change, iteration
        raise NotConvergedError(
            f"expected overlaps that {STEPS} steps no longer change at temperature {temperature} and field {field}; "
            f"found a change of {change:.2g}: some of the layers may be at a critical temperature of their own"
        )

    def _at(
        self, deficits: Doubles, uncertainty: float, iterations: int, temperature: float, field: float
    ) -> SolvedLayers:
        free_energy, entropy, *rest = self._values(*deficits, temperature, field)
        return SolvedLayers(
            overlaps=1 - temperature * deficits,
            magnetizations=np.array(rest[: self._n_layers]),
            free_energy=float(free_energy),
            entropy=float(entropy),
            residual=float(np.max(np.abs(rest[self._n_layers :]))),
            uncertainty=uncertainty,
            iterations=iterations,
        )


def _deficits(equations: LayeredEquations) -> list[Any]:
    """c of each layer, from the derivative of the action by the variance of its local fields."""
    form = _form(equations, equations.action, equations.variances)
    n = len(equations.variances)
    return [_root(e, c) for e, c in zip(form.equations[:n], form.unknowns[n:], strict=True)]


def _root(equation: Any, unknown: Any) -> Any:
    """Of an equation that is linear in the unknown."""
    slope = sp.diff(equation, unknown)
    return sp.expand_mul(-equation.xreplace({unknown: sp.S.Zero}) / slope)


def _form(equations: LayeredEquations, expression: Any, others: tuple[Any, ...]) -> ColdForm:
    beta = sp.Symbol("beta", positive=True)
    return cold_form(
        ReplicaFreeEnergy(
            expression=expression.xreplace({TEMPERATURE: 1 / beta}),
            inverse_temperature=beta,
            field=equations.fields[0],
            saturating=equations.overlaps,
            others=others,
        )
    )
