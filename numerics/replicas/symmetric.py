"""The replica-symmetric saddle point of a derived free energy of one overlap, from zero temperature up.

Of several solutions the one with the largest overlap is taken: the one that q -> E m^2 reaches from q = 1. Newton's
method comes down to it from there. The overlap itself is the unknown where it is small, else c = (1 - q) / T, which has
a limit at zero temperature.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import sympy as sp

from numerics.lowering.means.lifting import has_means
from numerics.replicas.cold_form import ColdForm, ReplicaFreeEnergy, cold_form, warm_form
from numerics.replicas.evaluated import Evaluated
from numerics.replicas.records import ReplicaSymmetricSolution
from numerics.replicas.spread import in_unit_variables, over_local_fields
from numerics.solvers.convergence import NotConvergedError
from numerics.solvers.newton import Root, Vector, newton

TOLERANCE = 1e-12
# Newton's method needs no more of a derivative, whose integrands are narrow peaks at low temperatures.
SLOPE_TOLERANCE = 1e-6
COARSE_NODES = 128
# Above this overlap, c is the better unknown.
HALF = 0.5
NEAR_ONE = 1e-9
# Of an equation whose terms are of order one.
ROUNDING = 1e-14
# Of the map q -> E m^2, in parts of its value.
MAP_ROUNDING = 2.0**-52
# An overlap of which less is known may belong to another branch: near a critical temperature they merge.
RELATIVE_UNCERTAINTY = 1e-6


class Stage:
    """The equation of one overlap in one form, at given temperatures and fields."""

    def __init__(self, form: ColdForm, *, falls: bool) -> None:
        self.form, self._falls = form, falls
        self._arguments = (*form.unknowns, form.temperature, form.field)
        (self._equation,), (unknown,) = form.equations, form.unknowns
        self._slope = sp.diff(self._equation, unknown)
        without_means = sp.Add(*(t for t in sp.Add.make_args(self._equation) if not has_means(t)))
        self._own_slope = sp.diff(without_means, unknown)

    @cached_property
    def _fine(self) -> Evaluated:
        return Evaluated([self._equation], self._arguments, tolerance=TOLERANCE)

    @cached_property
    def _fine_slopes(self) -> Evaluated:
        return Evaluated([self._slope, self._own_slope], self._arguments, tolerance=SLOPE_TOLERANCE)

    @cached_property
    def _coarse(self) -> Evaluated:
        return Evaluated([self._equation], self._arguments, n_nodes=COARSE_NODES)

    @cached_property
    def _coarse_slopes(self) -> Evaluated:
        return Evaluated([self._slope], self._arguments, n_nodes=COARSE_NODES)

    @cached_property
    def values(self) -> Evaluated:
        """The overlap, then free energy, entropy and magnetization."""
        form = self.form
        quantities = (*form.order_parameters, form.free_energy, form.entropy, form.magnetization)
        return Evaluated(quantities, self._arguments, tolerance=TOLERANCE)

    @property
    def top(self) -> float:
        """The unknown at overlap 1, or as close to it as the equation has a value."""
        return 1 - NEAR_ONE if self._falls else 0.0

    def attraction(self, unknown: float, temperature: float, field: float) -> float:
        """1 minus the slope of q -> E m^2: positive where that iteration converges."""
        slope, own = self._fine_slopes(unknown, temperature, field)
        return float(slope / own)

    def residual(self, unknown: float, temperature: float, field: float) -> float:
        """What is left of the equation."""
        return float(self._fine(unknown, temperature, field)[0])

    def from_above(self, temperature: float, field: float) -> Root | None:
        """From overlap 1 down, with coarse means."""
        return self._solved(self._coarse, self._coarse_slopes, self.top, temperature, field)

    def polished(self, start: float, temperature: float, field: float) -> Root | None:
        """From a start nearby, with controlled means."""
        return self._solved(self._fine, self._fine_slopes, start, temperature, field)

    def _solved(
        self, equation: Evaluated, slopes: Evaluated, start: float, temperature: float, field: float
    ) -> Root | None:
        def inside(u: Vector) -> bool:
            return bool(0 < u[0] < 1) if self._falls else bool(u[0] > -ROUNDING and u[0] * temperature < 1)

        return newton(
            lambda u: equation(*u, temperature, field),
            lambda u: slopes(*u, temperature, field)[:1, None],
            np.array([start]),
            inside=inside,
            floor=0.0 if self._falls else 1.0,
        )


class SymmetricSolver:
    """The saddle point of one overlap.

    Parameters
    ----------
    free_energy
        With one overlap, a saturating one.
    replicon
        The replicon eigenvalue as an expression in the same symbols.
    """

    def __init__(self, free_energy: ReplicaFreeEnergy, replicon: Any) -> None:
        self._free_energy, self._replicon = free_energy, replicon

    @cached_property
    def _cold(self) -> Stage:
        return Stage(cold_form(self._free_energy), falls=False)

    @cached_property
    def _frozen(self) -> Stage:
        return Stage(self._cold.form.at_zero_temperature(), falls=False)

    @cached_property
    def _warm(self) -> Stage:
        return Stage(warm_form(self._free_energy), falls=True)

    @cached_property
    def _lowered_replicon(self) -> Evaluated:
        source = self._free_energy
        arguments = (*source.order_parameters, source.inverse_temperature, source.field)
        return Evaluated([over_local_fields(in_unit_variables(self._replicon))], arguments, tolerance=TOLERANCE)

    @cached_property
    def _replicon_of_paramagnet(self) -> Evaluated:
        source = self._free_energy
        (overlap,) = source.order_parameters
        return Evaluated(
            [self._replicon.subs(overlap, 0)], (source.inverse_temperature, source.field), tolerance=TOLERANCE
        )

    def solve(self, temperature: float, field: float) -> ReplicaSymmetricSolution:
        """The solution, and how good it is.

        Raises
        ------
        NotConvergedError
            If Newton's method does not end at rounding, or so close to a critical temperature that the branch is lost.
        """
        if temperature > 0 and field == 0 and self._warm.attraction(0.0, temperature, 0.0) >= 0:
            residual = np.array([self._warm.residual(0.0, temperature, 0.0)])
            nothing = np.zeros(1)
            root = Root(values=nothing, residual=residual, step=nothing, iterations=0)
            return self._solution(self._warm, root, temperature, field, np.inf)
        stage, start = self._near_the_solution(temperature, field)
        root = None if start is None else stage.polished(start, temperature, field)
        attraction = 0.0 if root is None else stage.attraction(float(root.values[0]), temperature, field)
        if root is None or not attraction > 0:
            raise NotConvergedError(
                f"expected a replica-symmetric saddle point that is reached from overlap 1 at temperature "
                f"{temperature} and field {field}; found {root}: solutions may merge there, so move away"
            )
        return self._solution(stage, root, temperature, field, attraction)

    def _near_the_solution(self, temperature: float, field: float) -> tuple[Stage, float | None]:
        if temperature == 0:
            return self._frozen, self._frozen.top
        first = self._cold if temperature < HALF else self._warm
        root = first.from_above(temperature, field)
        if root is None:
            return first, None
        value = float(root.values[0])
        overlap = value if first is self._warm else 1 - temperature * value
        return (self._cold, (1 - overlap) / temperature) if overlap > HALF else (self._warm, overlap)

    def _solution(
        self, stage: Stage, root: Root, temperature: float, field: float, attraction: float
    ) -> ReplicaSymmetricSolution:
        overlap, free_energy, entropy, magnetization = map(float, stage.values(*root.values, temperature, field))
        rounding = MAP_ROUNDING * overlap / attraction
        uncertainty = max(rounding, root.uncertainty * (1 if stage is self._warm else temperature))
        if uncertainty > RELATIVE_UNCERTAINTY * overlap:
            raise NotConvergedError(
                f"expected an overlap to {RELATIVE_UNCERTAINTY} of it at temperature {temperature} and field {field}; "
                f"found {overlap} with an uncertainty of {uncertainty}: it merges with another solution there"
            )
        return ReplicaSymmetricSolution(
            temperature=temperature,
            field=field,
            overlap=overlap,
            magnetization=magnetization,
            free_energy=free_energy,
            energy=free_energy + temperature * entropy,
            entropy=entropy,
            replicon_eigenvalue=self._stability(overlap, temperature, field),
            residual=float(np.max(np.abs(root.residual))),
            uncertainty=uncertainty,
            iterations=root.iterations,
        )

    def _stability(self, overlap: float, temperature: float, field: float) -> float:
        """As the temperature vanishes, spins in small fields make it diverge."""
        if temperature == 0:
            return -np.inf
        if overlap == 0:
            return float(self._replicon_of_paramagnet(1 / temperature, field)[0])
        return float(self._lowered_replicon(overlap, 1 / temperature, field)[0])
