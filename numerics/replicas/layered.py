"""The replica-symmetric saddle point of layered models at positive temperatures, on the branch of largest overlaps."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
import sympy as sp

from numerics.ensemble import ensemble_critical_temperature
from numerics.replicas.evaluated import Evaluated
from numerics.replicas.records import ReplicaSymmetricSolution
from numerics.solvers.convergence import NotConvergedError
from numerics.solvers.fixed_points import LoweredFixedPoint, lower_fixed_point
from theory.averages import GaussianMean
from theory.models import multilayer
from theory.models.multilayer_instances import MultilayerSpinGlass
from theory.sums import unroll

TOLERANCE = 1e-10
TEMPERATURE = sp.Symbol("T", positive=True)
FIELD = sp.Symbol("h", real=True)


class LayeredSolver:
    """One model: the derived self-consistency equations and free energy at its sizes and variances."""

    def __init__(self, model: MultilayerSpinGlass) -> None:
        self._n_layers = len(model.layer_sizes)
        self._critical = ensemble_critical_temperature(model.layer_sizes, model.weight_variances)
        overlaps = [sp.Symbol(f"q{k}", nonnegative=True) for k in range(self._n_layers)]
        fields = [sp.Symbol(f"h{k}", real=True) for k in range(self._n_layers)]
        free_energy, maps = _written_out(model, overlaps, fields)
        total = sum(model.layer_sizes)
        one_field = dict.fromkeys(fields, FIELD)
        magnetizations = [
            sp.Rational(-total, n) * _derivative(free_energy, h).xreplace(one_field)
            for h, n in zip(fields, model.layer_sizes, strict=True)
        ]
        free_energy = free_energy.xreplace(one_field)
        entropy = -sp.diff(free_energy, TEMPERATURE)
        arguments = (*overlaps, TEMPERATURE, FIELD)
        self._values = Evaluated([free_energy, entropy, *magnetizations], arguments, tolerance=TOLERANCE)
        stencil = [s.xreplace(one_field) for s in _scaled_stencil(model, maps, fields)]
        self._stencil = Evaluated(stencil, arguments, tolerance=TOLERANCE)
        self._overlaps, self._maps = overlaps, [m.xreplace(one_field) for m in maps]

    def _fixed_point(self) -> LoweredFixedPoint:
        equations = dict(zip(self._overlaps, self._maps, strict=True))
        return lower_fixed_point(
            equations, (TEMPERATURE, FIELD), start=dict.fromkeys(self._overlaps, 1), tolerance=1e-9, max_iterations=2000
        )

    def solve(self, temperature: float, field: float) -> ReplicaSymmetricSolution:
        """The solution that the self-consistency equations reach from overlaps of one.

        Raises
        ------
        ValueError
            At zero temperature.
        NotConvergedError
            Close to the critical temperature at no field.
        """
        if temperature == 0:
            raise ValueError("expected a positive temperature for a layered model; found 0: take a small one")
        if field == 0 and temperature >= self._critical:
            return self._solution(np.zeros(self._n_layers), temperature, field, 0.0, 0.0, 0)
        found = self._fixed_point().solve(temperature, field)
        if not bool(found.converged):
            raise NotConvergedError(
                f"expected overlaps to a relative error of 1e-9 at temperature {temperature} and field {field}; found "
                f"a residual of {float(found.residual):.2g}: solutions may merge there, so move away"
            )
        overlaps = np.array([float(found.values[q]) for q in self._overlaps])
        uncertainty = max(float(found.uncertainty[q]) for q in self._overlaps)
        return self._solution(overlaps, temperature, field, float(found.residual), uncertainty, int(found.iterations))

    def _solution(
        self, overlaps: Any, temperature: float, field: float, residual: float, uncertainty: float, iterations: int
    ) -> ReplicaSymmetricSolution:
        free_energy, entropy, *magnetizations = (float(v) for v in self._values(*overlaps, temperature, field))
        stencil = self._stencil(*overlaps, temperature, field).reshape(self._n_layers, self._n_layers)
        return ReplicaSymmetricSolution(
            temperature=temperature,
            field=field,
            overlap=overlaps,
            magnetization=np.array(magnetizations),
            free_energy=free_energy,
            energy=free_energy + temperature * entropy,
            entropy=entropy,
            replicon_eigenvalue=float(np.linalg.eigvalsh(stencil)[0]),
            residual=residual,
            uncertainty=uncertainty,
            iterations=iterations,
        )


def _derivative(expression: Any, by: Any) -> Any:
    return sp.diff(expression, by)


@cache
def _derived() -> tuple[Any, Any, Any]:
    """The free energy and the self-consistency equation of layer k, and the family of overlaps."""
    from derivations.spin_glass.replica_symmetric import replica_symmetric_free_energy
    from theory.models.replica_symbols import ReplicaSymbols

    model = multilayer.multilayer_model_in_field()
    derivation = replica_symmetric_free_energy(model)
    overlap: Any = ReplicaSymbols.of(model).off_diagonal
    return derivation["replica-symmetric free energy"].result, derivation["self-consistency"].result, overlap.base


def _written_out(model: MultilayerSpinGlass, overlaps: list[Any], fields: list[Any]) -> tuple[Any, list[Any]]:
    free_energy, equation, family = _derived()
    table = _numbers(model)
    table.update({family[k]: q for k, q in enumerate(overlaps)})
    table.update({multilayer.external_fields[k]: h for k, h in enumerate(fields)})

    def look(atom: Any) -> Any:
        return table.get(atom, atom)

    maps = [unroll(equation.subs(multilayer.k, k), look) for k in range(len(overlaps))]
    return unroll(free_energy, look), maps


def _numbers(model: MultilayerSpinGlass) -> dict[Any, Any]:
    table: dict[Any, Any] = {s: sp.Rational(Fraction(v)) for s, v in model.values.items()}
    table[multilayer.inverse_temperature] = 1 / TEMPERATURE
    return table


def _scaled_stencil(model: MultilayerSpinGlass, maps: list[Any], fields: list[Any]) -> list[Any]:
    """The replicon sector's Hessian over the layers, scaled to a unit diagonal, row by row.

    The variance of the local field of a layer is that of the mean in its self-consistency equation.
    """
    from derivations.spin_glass import multilayer_stability as stability

    derivation = stability.build()
    stencil = derivation["replicon stencil"].result
    covariance = derivation["covariance in the replicon sector"].result
    layers = range(len(maps))
    table = _numbers(model)
    symbols = [sp.Symbol(f"g{k}", positive=True) for k in layers]
    table.update({stability.covariance[k]: g for k, g in enumerate(symbols)})
    entries: Any = sp.Matrix(len(maps), len(maps), lambda i, j: _entry(stencil, stability, i, j, table))
    values = {g: _covariance(covariance, stability, k, maps[k], fields[k]) for k, g in enumerate(symbols)}
    scaled = [entries[i, j] / sp.sqrt(entries[i, i] * entries[j, j]) for i in layers for j in layers]
    return [e.xreplace(values) for e in scaled]


def _entry(stencil: Any, stability: Any, i: int, j: int, table: dict[Any, Any]) -> Any:
    place = {stability.i: sp.Integer(i), stability.j: sp.Integer(j)}
    terms: list[Any] = [t.subs(place) for t in sp.Add.make_args(stencil)]
    return sp.Add(*(t.xreplace(table) for t in terms if t != 0))


def _covariance(covariance: Any, stability: Any, k: int, equation: Any, field: Any) -> Any:
    (mean,) = equation.atoms(GaussianMean)
    at = covariance.subs(stability.k, k)
    table = {stability.field_variance[k]: mean.variance, stability.external_field[k]: field}
    return at.xreplace({**table, multilayer.inverse_temperature: 1 / TEMPERATURE})
