"""The equations of a derived replica-symmetric theory as functions, with coarse and with controlled means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import sympy as sp

from numerics.replicas.evaluated import Evaluated
from numerics.replicas.saddle_equations import SaddleEquations
from numerics.solvers.newton import Matrix, Vector

TOLERANCE = 1e-12
# Newton's method needs no more of a derivative.
SLOPE_TOLERANCE = 1e-6
COARSE_NODES = 2048


@dataclass(frozen=True)
class At:
    """Equations, their Jacobian, and whether the free energy has a value, at given temperature, field and parameters.

    Attributes
    ----------
    equations, jacobian
        At unknowns of shape (n,): shapes (n,) and (n, n).
    real
        Whether the free energy is a finite real number there.
    """

    equations: Callable[[Vector], Vector]
    jacobian: Callable[[Vector], Matrix]
    real: Callable[[Vector], bool]


class SaddleFunctions:
    """One theory, lowered.

    Arguments of all functions are the unknowns, then ``constants``: inverse temperature, field, and the parameters in
    the order of ``SaddleEquations.parameters``.
    """

    def __init__(self, source: SaddleEquations) -> None:
        self.source = source
        self._arguments = (*source.unknowns, source.inverse_temperature, source.field, *source.parameters)
        self._jacobian = [sp.diff(e, by) for e in source.equations for by in source.unknowns]

    @cached_property
    def _coarse(self) -> Evaluated:
        return Evaluated([*self.source.equations, self.source.free_energy], self._arguments, n_nodes=COARSE_NODES)

    @cached_property
    def _coarse_slopes(self) -> Evaluated:
        return Evaluated(self._jacobian, self._arguments, n_nodes=COARSE_NODES)

    @cached_property
    def _fine(self) -> Evaluated:
        return Evaluated(self.source.equations, self._arguments, tolerance=TOLERANCE)

    @cached_property
    def _fine_slopes(self) -> Evaluated:
        return Evaluated(self._jacobian, self._arguments, tolerance=SLOPE_TOLERANCE)

    @cached_property
    def _gradient(self) -> Evaluated:
        return Evaluated(self.source.slopes, self._arguments, tolerance=TOLERANCE)

    @cached_property
    def _values(self) -> Evaluated:
        source = self.source
        mean = () if source.magnetization is None else (source.magnetization,)
        quantities = (source.free_energy, source.energy, source.entropy, *mean)
        return Evaluated(quantities, self._arguments, tolerance=TOLERANCE)

    def with_coarse_means(self, constants: tuple[float, ...]) -> At:
        """For the search: fixed rules without an estimate of their error."""
        return self._at(self._coarse, self._coarse_slopes, constants)

    def with_controlled_means(self, constants: tuple[float, ...]) -> At:
        """For the last steps."""
        return self._at(self._fine, self._fine_slopes, constants)

    def residual(self, unknowns: Vector, constants: tuple[float, ...]) -> float:
        """The largest of the equations and of the derivatives of the free energy by the unknowns."""
        left = [*self._fine(*unknowns, *constants), *self._gradient(*unknowns, *constants)]
        return float(np.max(np.abs(left)))

    def values(self, unknowns: Vector, constants: tuple[float, ...]) -> tuple[float, float, float, float]:
        """Free energy, energy, entropy and mean spin, which is NaN where it is not known."""
        free_energy, energy, entropy, *mean = (float(v) for v in self._values(*unknowns, *constants))
        return free_energy, energy, entropy, mean[0] if mean else np.nan

    def _at(self, functions: Evaluated, slopes: Evaluated, constants: tuple[float, ...]) -> At:
        n = len(self.source.unknowns)
        return At(
            equations=lambda u: np.asarray(functions(*u, *constants)[:n], dtype=np.float64),
            jacobian=lambda u: np.asarray(slopes(*u, *constants), dtype=np.float64).reshape(n, n),
            real=lambda u: bool(np.isfinite(self._coarse(*u, *constants)[n])),
        )
