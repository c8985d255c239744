"""One step of breaking at temperatures too low for fixed rules, down to zero.

Starts are extrapolated from higher temperatures; strong fields are reached in steps. Broyden's method with controlled
means follows.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from numerics.replicas.cold_form import ColdForm
from numerics.replicas.evaluated import Evaluated
from numerics.replicas.one_step_coarse import CoarseOneStep
from numerics.replicas.one_step_root import OneStepRoot
from numerics.solvers.convergence import NotConvergedError
from numerics.solvers.newton import Matrix, Root, Vector

TOLERANCE = 1e-11
# Where starts are taken from: in weak fields the gap is so wide that few nodes resolve the inner mean.
TEMPERATURES, NODES = (0.08, 0.06), 128
WEAK_FIELD, FIELD_STEP = 0.5, 0.25
STEPS = 40
# A relative change of the unknowns that is no longer much smaller than the one before is rounding below NEAR.
NEAR = 1e-6
DIFFERENCE = 1e-4


class ColdOneStep:
    """The equations in q0, c of q1 = 1 - T c and y of x = T y, with their limits at zero temperature."""

    def __init__(self, form: ColdForm, coarse: CoarseOneStep) -> None:
        self._form, self._coarse = form, coarse

    @cached_property
    def _lowered(self) -> dict[bool, tuple[Evaluated, Evaluated]]:
        """By whether the temperature is zero: the equations, and the quantities."""
        found = {}
        for cold, form in ((True, self._form.at_zero_temperature()), (False, self._form)):
            quantities = (*form.order_parameters, form.free_energy, form.entropy, form.magnetization)
            arguments = (*form.unknowns, form.temperature, form.field)
            found[cold] = (
                Evaluated(form.equations, arguments, tolerance=TOLERANCE),
                Evaluated(quantities, arguments, tolerance=TOLERANCE),
            )
        return found

    def solve(self, temperature: float, field: float) -> OneStepRoot:
        """The solution.

        Raises
        ------
        NotConvergedError
            If it is not found.
        """
        n_steps = max(0, int(np.ceil((field - WEAK_FIELD) / FIELD_STEP)))
        fields = np.linspace(min(field, WEAK_FIELD), field, n_steps + 1)
        root = self._polished(self._start(temperature, float(fields[0])), temperature, float(fields[0]))
        logarithms = [np.log(_strength(root.values, temperature))]
        for h in fields[1:]:
            guess = logarithms[-1] + (logarithms[-1] - logarithms[-2] if len(logarithms) > 1 else 0)
            root = self._polished(_values(np.exp(guess), temperature), temperature, float(h))
            logarithms.append(np.log(_strength(root.values, temperature)))
        q0, q1, x, free_energy, entropy, magnetization = (
            float(v) for v in self._lowered[temperature == 0][1](*root.values, temperature, field)
        )
        return OneStepRoot(
            overlaps=(q0, q1),
            breakpoint=x if temperature > 0 else float(root.values[2]),
            free_energy=free_energy,
            entropy=entropy,
            magnetization=magnetization,
            residual=float(np.max(np.abs(root.residual))),
            uncertainty=float(np.max(np.abs(root.step / root.values))),
            iterations=root.iterations,
        )

    def _start(self, temperature: float, field: float) -> Vector:
        high, low = TEMPERATURES
        at_high = self._coarse.scanned(high, field, 1 - 0.5 * high)
        at_high = self._coarse.near(at_high, high, field, n_nodes=NODES)
        at_low = self._coarse.near(at_high, low, field, n_nodes=NODES)
        points = [_unknowns(at, t) for at, t in ((at_high, high), (at_low, low))]
        return points[1] + (points[1] - points[0]) * (low - temperature) / (high - low)

    def _polished(self, start: Vector, temperature: float, field: float) -> Root:
        """Broyden's method with controlled means."""
        equations = self._lowered[temperature == 0][0]
        values, residual, before = start, equations(*start, temperature, field), np.inf
        inverse = np.linalg.inv(self._jacobian(equations, start, temperature, field))
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
            if step @ change:
                inverse = inverse + np.outer(step - change, step @ inverse) / (step @ change)
            residual, before = new, size
        raise NotConvergedError(
            f"expected a saddle point of one-step breaking near {start} (q0, (1 - q1) / T, breakpoint over T) at "
            f"temperature {temperature} and field {field}; Broyden's method left {residual} at {values}"
        )

    @staticmethod
    def _jacobian(equations: Evaluated, u: Vector, temperature: float, field: float) -> Matrix:
        """By central differences."""
        steps = DIFFERENCE * np.diag(_strength(u, temperature))
        points = np.concatenate([u[:, None] + steps, u[:, None] - steps], axis=1)
        values = equations(*points, temperature, field)
        return (values[:, :3] - values[:, 3:]) / (2 * np.diag(steps))


def _strength(u: Vector, temperature: float) -> Vector:
    """q1 - q0, c and y: they fall and rise exponentially with the field."""
    q0, c, y = u
    return np.array([1 - temperature * c - q0, c, y])


def _values(strength: Vector, temperature: float) -> Vector:
    gap, c, y = strength
    return np.array([1 - temperature * c - gap, c, y])


def _unknowns(logarithms: Any, temperature: float) -> Vector:
    overlap, gap, y = np.exp(logarithms)
    return np.array([overlap, (1 - overlap - gap) / temperature, y])


def _allowed(u: Vector, temperature: float) -> bool:
    q0, c, y = u
    return bool(0 < q0 < 1 - temperature * c < 1 + 1e-15 and y > 0 and temperature * y < 1)
