"""The replica-symmetric saddle point of layered models, on the branch of largest overlaps, from zero temperature up."""

from __future__ import annotations

from functools import cached_property, lru_cache

import numpy as np
import sympy as sp

from numerics.ensemble import ensemble_critical_temperature
from numerics.replicas.evaluated import Doubles, Evaluated
from numerics.replicas.layered_cold import ColdLayers, SolvedLayers
from numerics.replicas.layered_equations import FIELD, TEMPERATURE, layered_equations
from numerics.replicas.layered_stability import LayeredStability
from numerics.replicas.records import ReplicaSymmetricSolution
from numerics.solvers.convergence import NotConvergedError
from numerics.solvers.fixed_points import FixedPoints, LoweredFixedPoint, lower_fixed_point
from theory.models.multilayer_instances import MultilayerSpinGlass

TOLERANCE = 1e-10
# Below this part of the critical temperature, what is left of 1 - q costs the entropy digits.
COLD = 0.01


@lru_cache(maxsize=8)
def layered_solver(model: MultilayerSpinGlass) -> LayeredSolver:
    """The solver of a model, kept, for it takes seconds to make."""
    return LayeredSolver(model)


class LayeredSolver:
    """One model: the derived self-consistency equations and free energy at its sizes and variances."""

    def __init__(self, model: MultilayerSpinGlass) -> None:
        self._equations = layered_equations(model)
        self._n_layers = len(model.layer_sizes)
        self.critical_temperature = ensemble_critical_temperature(model.layer_sizes, model.weight_variances)
        self._stability = LayeredStability(model, self._equations, tolerance=TOLERANCE)

    @cached_property
    def _fixed_point(self) -> LoweredFixedPoint:
        overlaps, one_field = self._equations.overlaps, dict(self._equations.one_field)
        equations = {q: m.xreplace(one_field) for q, m in zip(overlaps, self._equations.maps, strict=True)}
        return lower_fixed_point(
            equations, (TEMPERATURE, FIELD), start=dict.fromkeys(overlaps, 1), tolerance=1e-9, max_iterations=2000
        )

    @cached_property
    def _values(self) -> Evaluated:
        free_energy, one_field = self._equations.free_energy, dict(self._equations.one_field)
        magnetizations = [self._equations.magnetization(free_energy, k) for k in range(self._n_layers)]
        quantities = [e.xreplace(one_field) for e in (free_energy, -sp.diff(free_energy, TEMPERATURE), *magnetizations)]
        return Evaluated(quantities, (*self._equations.overlaps, TEMPERATURE, FIELD), tolerance=TOLERANCE)

    @cached_property
    def _cold(self) -> ColdLayers:
        return ColdLayers(self._equations, frozen=False, tolerance=TOLERANCE)

    @cached_property
    def _frozen(self) -> ColdLayers:
        return ColdLayers(self._equations, frozen=True, tolerance=TOLERANCE)

    def solve(self, temperature: float, field: float) -> ReplicaSymmetricSolution:
        """The solution that the self-consistency equations reach from overlaps of one; at zero temperature its limit.

        Raises
        ------
        NotConvergedError
            Close to the critical temperature at no field.
        """
        solved = self._solved(temperature, field)
        return ReplicaSymmetricSolution(
            temperature=temperature,
            field=field,
            overlap=solved.overlaps,
            magnetization=solved.magnetizations,
            free_energy=solved.free_energy,
            energy=solved.free_energy + temperature * solved.entropy,
            entropy=solved.entropy,
            replicon_eigenvalue=self._replicon_eigenvalue(solved.overlaps, temperature, field),
            residual=solved.residual,
            uncertainty=solved.uncertainty,
            iterations=solved.iterations,
        )

    def replicon_eigenvalue(self, temperature: float, field: float) -> float:
        """That of the solution, without its energies; errors as for `solve`."""
        if temperature == 0:
            overlaps = np.ones(self._n_layers)
        elif self._is_cold(temperature):
            overlaps = 1 - temperature * self._cold.deficits(temperature, field)[0]
        elif self._is_paramagnet(temperature, field):
            overlaps = np.zeros(self._n_layers)
        else:
            overlaps = self._overlaps(self._found(temperature, field))
        return self._replicon_eigenvalue(overlaps, temperature, field)

    def _solved(self, temperature: float, field: float) -> SolvedLayers:
        if self._is_cold(temperature):
            return (self._cold if temperature else self._frozen).solve(temperature, field)
        if self._is_paramagnet(temperature, field):
            return self._at(np.zeros(self._n_layers), temperature, field, 0.0, 0.0, 0)
        found = self._found(temperature, field)
        uncertainty = max(float(found.uncertainty[q]) for q in self._equations.overlaps)
        residual, iterations = float(found.residual), int(found.iterations)
        return self._at(self._overlaps(found), temperature, field, residual, uncertainty, iterations)

    def _found(self, temperature: float, field: float) -> FixedPoints:
        found = self._fixed_point.solve(temperature, field)
        if not bool(found.converged):
            raise NotConvergedError(
                f"expected overlaps to a relative error of 1e-9 at temperature {temperature} and field {field}; found "
                f"a residual of {float(found.residual):.2g}: solutions may merge there, so move away"
            )
        return found

    def _overlaps(self, found: FixedPoints) -> Doubles:
        return np.array([float(found.values[q]) for q in self._equations.overlaps])

    def _at(
        self, overlaps: Doubles, temperature: float, field: float, residual: float, uncertainty: float, iterations: int
    ) -> SolvedLayers:
        free_energy, entropy, *magnetizations = map(float, self._values(*overlaps, temperature, field))
        return SolvedLayers(
            overlaps=overlaps,
            free_energy=free_energy,
            entropy=entropy,
            magnetizations=np.array(magnetizations),
            residual=residual,
            uncertainty=uncertainty,
            iterations=iterations,
        )

    def _is_paramagnet(self, temperature: float, field: float) -> bool:
        return field == 0 and temperature >= self.critical_temperature

    def _is_cold(self, temperature: float) -> bool:
        return temperature < COLD * self.critical_temperature

    def _replicon_eigenvalue(self, overlaps: Doubles, temperature: float, field: float) -> float:
        """As the temperature vanishes, spins in small fields make it diverge."""
        if temperature == 0:
            return -np.inf
        narrow = self._is_cold(temperature)
        return self._stability.replicon_eigenvalue(overlaps, temperature, field, narrow=narrow)
