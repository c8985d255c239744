"""One step of breaking by fixed rules in doubles, at temperatures at which such rules resolve it."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from numerics.replicas.cold_form import ColdForm
from numerics.replicas.evaluated import Evaluated
from numerics.replicas.one_step_forms import balanced, balanced_equations, unknowns
from numerics.solvers.convergence import NotConvergedError
from numerics.solvers.newton import Matrix, Root, Vector, newton

GRID_NODES = 48
BREAKPOINTS = 16
MAP_STEPS = 60
# Fixed rules of so many nodes over the temperature resolve tanh(X / T) to half the digits of doubles.
RESOLUTION = 32
NODES = (64, 96, 128, 192, 256, 384, 512, 640)
DIFFERENCE = 1e-4
STEPS = 40
# A step that is no longer much shorter than the one before is rounding below NEAR.
NEAR, SHRINKING = 1e-5, 0.5


class CoarseOneStep:
    """Balanced equations at temperatures from 0.05 on, in the logarithms of q0, q1 - q0 and the breakpoint over T."""

    lowest = RESOLUTION / NODES[-1]

    def __init__(self, form: ColdForm) -> None:
        self._form, self._equations = form, balanced_equations(form)
        self._arguments = (*form.unknowns, form.temperature, form.field)
        self._by_nodes: dict[int, Evaluated] = {}
        self._quantities: dict[int, Evaluated] = {}

    @cached_property
    def _grid(self) -> Evaluated:
        return Evaluated(self._equations, self._arguments, n_nodes=GRID_NODES)

    def _evaluated(self, n_nodes: int) -> Evaluated:
        if n_nodes not in self._by_nodes:
            self._by_nodes[n_nodes] = Evaluated(self._equations, self._arguments, n_nodes=n_nodes)
        return self._by_nodes[n_nodes]

    def scanned(self, temperature: float, field: float, overlap: float) -> Vector:
        """Where the derivative by the breakpoint first falls through zero, the overlaps near their own equations.

        Parameters
        ----------
        overlap
            The symmetric one, or something near it.

        Raises
        ------
        NotConvergedError
            If it does not fall through zero on the grid of breakpoints.
        """
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
        q0, c, y = (a[i] + share * (a[i + 1] - a[i]) for a in (q0, c, y))
        return np.log([q0, 1 - temperature * c - q0, y])

    def near(self, start: Vector, temperature: float, field: float, *, n_nodes: int | None = None) -> Vector:
        """Newton's method from logarithms nearby.

        Parameters
        ----------
        n_nodes
            Of the rules; as many as the temperature asks for if left out.

        Raises
        ------
        NotConvergedError
            If it ends nowhere.
        """
        taken = n_nodes or _nodes(temperature)
        root = newton(
            lambda u: self._balanced(u, temperature, field, taken),
            lambda u: self._jacobian(u, temperature, field, taken),
            start,
            inside=lambda u: _inside(u, temperature),
            floor=1.0,
            steps=STEPS,
        )
        if root is None:
            raise NotConvergedError(
                f"expected a saddle point of one-step breaking near {np.exp(start)} (q0, q1 - q0 and the breakpoint "
                f"over T) at temperature {temperature} and field {field}; Newton's method found none: the breaking may "
                "be too weak, so move away from its onset"
            )
        return root.values

    def polished(self, start: Vector, temperature: float, field: float) -> Root | None:
        """By rules of twice as many nodes, with the Jacobian of the others; None where that leads nowhere."""
        n_nodes = 2 * _nodes(temperature)
        inverse = np.linalg.inv(self._jacobian(start, temperature, field, _nodes(temperature)))
        logarithms, before = start, np.inf
        for iteration in range(1, STEPS):
            residual = self._balanced(logarithms, temperature, field, n_nodes)
            step = -inverse @ residual
            size = float(np.max(np.abs(step)))
            if size <= NEAR and (size >= SHRINKING * before or not size):
                return Root(values=logarithms, residual=residual, step=step, iterations=iteration)
            logarithms, before = logarithms + step, size
            if not (np.isfinite(logarithms).all() and _inside(logarithms, temperature)):
                return None
        return None

    def quantities(self, logarithms: Vector, temperature: float, field: float) -> Vector:
        """The three equations, free energy, entropy and magnetization by the finer rules."""
        n_nodes, form = 2 * _nodes(temperature), self._form
        if n_nodes not in self._quantities:
            expressions = (*form.equations, form.free_energy, form.entropy, form.magnetization)
            self._quantities[n_nodes] = Evaluated(expressions, self._arguments, n_nodes=n_nodes)
        overlap, gap, slope = np.exp(logarithms)
        return self._quantities[n_nodes](*unknowns(overlap, gap, slope, temperature), temperature, field)

    def _balanced(self, logarithms: Vector, temperature: float, field: float, n_nodes: int) -> Vector:
        overlap, gap, slope = np.exp(logarithms)
        values = self._evaluated(n_nodes)(*unknowns(overlap, gap, slope, temperature), temperature, field)
        return np.array(balanced(tuple(values), overlap, gap, temperature))

    def _jacobian(self, logarithms: Vector, temperature: float, field: float, n_nodes: int) -> Matrix:
        steps, place = DIFFERENCE * np.eye(3), (temperature, field, n_nodes)
        columns = [self._balanced(logarithms + s, *place) - self._balanced(logarithms - s, *place) for s in steps]
        return np.array(columns).T / (2 * DIFFERENCE)


def _nodes(temperature: float) -> int:
    return next(n for n in NODES if n * temperature >= RESOLUTION)


def _inside(logarithms: Vector, temperature: float) -> bool:
    return bool(np.logaddexp(logarithms[0], logarithms[1]) < 0 and logarithms[2] + np.log(temperature) < 0)
