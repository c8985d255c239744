"""The saddle point of one-step replica symmetry breaking of a derived free energy, from zero temperature up.

For each breakpoint the overlaps are brought near their own equations by their map; the derivative by the breakpoint
then changes its sign once between 0 and 1, where the free energy is largest. All this with coarse means on a grid of
breakpoints; Newton's method follows, first with coarse means, then with controlled ones and the coarse Jacobian, kept
up to date by Broyden's formula. At temperatures too low for coarse means the start is extrapolated from higher ones;
close to the critical temperature at no field it is scaled down from lower ones.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import sympy as sp
from numpy.typing import NDArray

from numerics.lowering.means.lifting import has_means
from numerics.replicas.cold_form import ColdForm, ReplicaFreeEnergy, cold_form
from numerics.replicas.evaluated import Evaluated
from numerics.replicas.newton import Root, Vector, newton
from numerics.replicas.records import OneStepSolution, ReplicaSymmetricSolution
from numerics.solvers.convergence import NotConvergedError

TOLERANCE = 1e-11
GRID_NODES = 48
COARSE_NODES = 200
# Coarse means resolve tanh(X / T) of fields of order one above these temperatures.
GRID_TEMPERATURE = 0.05
COARSE_TEMPERATURES = (0.04, 0.02)
# Above this one the grid of breakpoints is too coarse at no field.
WARM = 0.8
SHARE = 0.8
BREAKPOINTS = 16
MAP_STEPS = 60
STEPS = 40
# A relative change of the unknowns that is no longer much smaller than the one before is rounding below NEAR.
NEAR = 1e-6
DIFFERENCE = 1e-4
# What has to be known of the unknowns.
RELATIVE_UNCERTAINTY = 1e-4

Matrix = NDArray[np.float64]


class OneStepSolver:
    """The saddle point of two overlaps and a breakpoint.

    Parameters
    ----------
    free_energy
        With q0 among the others, q1 saturating, and one breakpoint; temperatures are in units in which replica symmetry
        breaks at 1 at no field.
    """

    def __init__(self, free_energy: ReplicaFreeEnergy) -> None:
        self._form = cold_form(free_energy)

    @staticmethod
    def _arguments(form: ColdForm) -> tuple[Any, ...]:
        return (*form.unknowns, form.temperature, form.field)

    @cached_property
    def _grid(self) -> Evaluated:
        """The equations, and how the map's own terms in the first two depend on the overlaps."""
        form = self._form
        own = [
            sp.diff(sp.Add(*(t for t in sp.Add.make_args(e) if not has_means(t))), u)
            for e, u in zip(form.equations[:2], form.unknowns[:2], strict=True)
        ]
        return Evaluated([*form.equations, *own], self._arguments(form), n_nodes=GRID_NODES)

    @cached_property
    def _coarse(self) -> Evaluated:
        return Evaluated(self._form.equations, self._arguments(self._form), n_nodes=COARSE_NODES)

    @cached_property
    def _lowered(self) -> dict[bool, tuple[Evaluated, Evaluated]]:
        """By whether the temperature is zero: the equations, and the quantities."""
        found = {}
        for cold, form in ((True, self._form.at_zero_temperature()), (False, self._form)):
            quantities = (*form.order_parameters, form.free_energy, form.entropy, form.magnetization)
            arguments = self._arguments(form)
            found[cold] = (
                Evaluated(form.equations, arguments, tolerance=TOLERANCE),
                Evaluated(quantities, arguments, tolerance=TOLERANCE),
            )
        return found

    def solve(self, temperature: float, field: float, symmetric: ReplicaSymmetricSolution) -> OneStepSolution:
        """The solution where the symmetric one, at the same temperature and field, is unstable; else that one.

        Raises
        ------
        NotConvergedError
            If no solution with 0 <= q0 < q1 <= 1 and a breakpoint below 1 is found and confirmed.
        """
        if symmetric.stable:
            return _unbroken(symmetric)
        start = self._start(temperature, abs(field), symmetric)
        root = self._polished(start, temperature, field)
        q0, q1, x, free_energy, entropy, magnetization = (
            float(v) for v in self._lowered[temperature == 0][1](*root.values, temperature, field)
        )
        relative = float(np.max(np.abs(root.step / root.values)))
        _check(temperature, field, (q0, q1, x), relative, free_energy - symmetric.free_energy)
        return OneStepSolution(
            temperature=temperature,
            field=field,
            overlaps=(q0, q1),
            breakpoint=x if temperature > 0 else float(root.values[2]),
            magnetization=magnetization,
            free_energy=free_energy,
            energy=free_energy + temperature * entropy,
            entropy=entropy,
            residual=float(np.max(np.abs(root.residual))),
            uncertainty=relative,
            iterations=root.iterations,
        )

    def _start(self, temperature: float, field: float, symmetric: ReplicaSymmetricSolution) -> Vector:
        if temperature < COARSE_TEMPERATURES[1]:
            first = self._scanned(GRID_TEMPERATURE, field, 1 - GRID_TEMPERATURE * 0.5)
            high, low = COARSE_TEMPERATURES
            at_high = self._roughly(first, high, field)
            at_low = self._roughly(at_high, low, field)
            return at_low + (at_low - at_high) * (low - temperature) / (high - low)
        if temperature <= WARM or field != 0:
            return self._roughly(
                self._scanned(max(temperature, GRID_TEMPERATURE), field, symmetric.overlap), temperature, field
            )
        return self._scaled_down(temperature)

    def _scanned(self, temperature: float, field: float, overlap: float) -> Vector:
        """Where the derivative by the breakpoint first falls through zero, the overlaps near their own equations."""
        lowest = 0.1 * temperature * max(1 - temperature, 1e-3)
        y = np.geomspace(lowest, 0.95 * min(1.0, 20 * temperature), BREAKPOINTS) / temperature
        q0, c = np.full_like(y, 0.3 * overlap), np.full_like(y, (1 - overlap) / temperature)
        slope = np.zeros_like(y)
        for _ in range(MAP_STEPS):
            first, second, slope, own_first, own_second = self._grid(q0, c, y, temperature, field)
            q0 = np.maximum(q0 - first / own_first, 1e-12)
            c = np.clip(c - second / own_second, 1e-12, (1 - q0) * (1 - 1e-6) / temperature)
        falls = np.flatnonzero((slope[:-1] > 0) & (slope[1:] <= 0))
        if not len(falls):
            raise NotConvergedError(
                f"expected a breakpoint at which the free energy is largest at temperature {temperature} and field "
                f"{field}; found none on a grid of {BREAKPOINTS}: the breaking may be too weak, so move away from its "
                "onset"
            )
        i = falls[0]
        share = slope[i] / (slope[i] - slope[i + 1])
        return np.array([a[i] + share * (a[i + 1] - a[i]) for a in (q0, c, y)])

    def _roughly(self, start: Vector, temperature: float, field: float) -> Vector:
        root = newton(
            lambda u: self._coarse(*u, temperature, field),
            lambda u: self._jacobian(u, temperature, field),
            start,
            inside=lambda u: _allowed(u, temperature),
        )
        if root is None:
            raise NotConvergedError(
                f"expected a saddle point of one-step breaking near {start} at temperature {temperature} and field "
                f"{field}; Newton's method found none: the breaking may be too weak, so move away from its onset"
            )
        return root.values

    def _jacobian(self, u: Vector, temperature: float, field: float) -> Matrix:
        """By central differences; the coarse equations are smooth."""
        steps = DIFFERENCE * np.diag(u)
        points = np.concatenate([u[:, None] + steps, u[:, None] - steps], axis=1)
        values = self._coarse(*points, temperature, field)
        return (values[:, :3] - values[:, 3:]) / (2 * np.diag(steps))

    def _scaled_down(self, temperature: float) -> Vector:
        """At no field q0, q1 and x over the distance from the critical temperature are smooth: followed in steps."""
        distance = 1 - WARM
        found = self._roughly(self._scanned(WARM, 0.0, distance), WARM, 0.0)
        places, ratios = [distance], [_over_distance(found, distance)]
        while distance > 1 - temperature:
            distance = max(SHARE * distance, 1 - temperature)
            guess = ratios[-1]
            if len(places) > 1:
                guess = guess + (ratios[-1] - ratios[-2]) * (distance - places[-1]) / (places[-1] - places[-2])
            q0, q1, x = guess * distance
            found = self._roughly(np.array([q0, (1 - q1) / (1 - distance), x / (1 - distance)]), 1 - distance, 0.0)
            places.append(distance)
            ratios.append(_over_distance(found, distance))
        return found

    def _polished(self, start: Vector, temperature: float, field: float) -> Root:
        """Broyden's method with controlled means."""
        equations = self._lowered[temperature == 0][0]
        inverse = np.linalg.inv(self._jacobian(start, max(temperature, COARSE_TEMPERATURES[1]), field))
        values, residual, before = start, equations(*start, temperature, field), np.inf
        for iteration in range(1, STEPS):
            step = -inverse @ residual
            size = float(np.max(np.abs(step / values)))
            if size <= NEAR and (size >= 0.5 * before or not size):
                return Root(values=values, residual=residual, step=step, iterations=iteration)
            values = values + step
            if not _allowed(values, temperature):
                break
            new = equations(*values, temperature, field)
            change = inverse @ (new - residual)
            inverse = inverse + np.outer(step - change, step @ inverse) / (step @ change)
            residual, before = new, size
        raise NotConvergedError(
            f"expected a saddle point of one-step breaking near {start} at temperature {temperature} and field "
            f"{field}; Broyden's method left {residual} at {values}"
        )


def _over_distance(u: Vector, distance: float) -> Vector:
    """q0, q1 and x over the distance from the critical temperature."""
    q0, c, y = u
    return np.array([q0, 1 - (1 - distance) * c, (1 - distance) * y]) / distance


def _allowed(u: Vector, temperature: float) -> bool:
    q0, c, y = u
    return bool(0 < q0 < 1 - temperature * c < 1 + 1e-15 and y > 0 and temperature * y < 1)


def _check(
    temperature: float, field: float, found: tuple[float, float, float], uncertainty: float, gain: float
) -> None:
    q0, q1, x = found
    inside = 0 <= q0 < q1 <= 1 and 0 <= x < 1
    if not (inside and uncertainty <= RELATIVE_UNCERTAINTY and gain > 0):
        raise NotConvergedError(
            f"expected overlaps 0 <= q0 < q1 <= 1, a breakpoint below 1 and a free energy above the symmetric one at "
            f"temperature {temperature} and field {field}; found {q0}, {q1}, {x} with a relative uncertainty of "
            f"{uncertainty:.2g} and a gain of {gain:.2g}: the breaking may be too weak there"
        )


def _unbroken(symmetric: ReplicaSymmetricSolution) -> OneStepSolution:
    return OneStepSolution(
        temperature=symmetric.temperature,
        field=symmetric.field,
        overlaps=(symmetric.overlap, symmetric.overlap),
        breakpoint=float("nan"),
        magnetization=symmetric.magnetization,
        free_energy=symmetric.free_energy,
        energy=symmetric.energy,
        entropy=symmetric.entropy,
        residual=symmetric.residual,
        uncertainty=symmetric.uncertainty,
        iterations=symmetric.iterations,
    )
