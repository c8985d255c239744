"""Fixed points of the flow of a potential on a whole interval of invariants, by collocation at Chebyshev points.

No condition is set at the ends: the flow itself is one there. At the origin its second derivative drops out, and what
the flow admits beside the power law of large fields grows like the exponential of the integral of m'-coefficient over
m''-coefficient, so that an error at the far end is damped by that factor on its way in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.flows.chebyshev import Grid
from numerics.flows.slope_flow import SlopeFlow
from numerics.quadrature import QuadratureError
from numerics.solvers.newton import newton

Vector = NDArray[np.float64]

NEWTON_STEPS = 30
FLOOR = 1e-2
"""Slopes stand beside 1 in the propagator: smaller ones need no more digits."""
ALMOST = 0.5


@dataclass(frozen=True, kw_only=True)
class Profile:
    """The slope m = du/drho of a fixed point, at the points of a grid.

    Attributes
    ----------
    flow
        Which flow it is fixed under.
    dimension, components
        Of space, and of the field.
    grid
        Its points, in units in which 4 v_d / d is absorbed.
    slopes
        m at these, shape (size,).
    """

    flow: SlopeFlow
    dimension: float
    components: float
    grid: Grid
    slopes: Vector

    def jet(self) -> tuple[Vector, Vector, Vector]:
        """m, m' and m'' at the points."""
        return self.grid.jet(self.slopes)

    def stability_matrix(self) -> NDArray[np.float64]:
        """Derivatives of dm/dt at the points by m at the points."""
        table = self.flow.table(self.dimension, self.components, self.grid.points, self.jet())
        return _matrix(self.grid, table, _bend(self.dimension, self.grid))

    def on(self, grid: Grid) -> Profile:
        """The same on another grid; beyond the end as the power of the invariant that large fields follow."""
        inside = np.minimum(grid.points, self.grid.end)
        power = 2 / (self.dimension - 2)
        slopes = self.grid.at(inside, self.slopes) * (np.maximum(grid.points, self.grid.end) / self.grid.end) ** power
        return Profile(flow=self.flow, dimension=self.dimension, components=self.components, grid=grid, slopes=slopes)

    def zeros(self) -> Vector:
        """Where the slope vanishes: extrema of the potential beside the origin, in growing order."""
        fine = Grid(size=40 * self.grid.size, end=self.grid.end).points
        values = self.grid.at(fine, self.slopes)
        places = np.flatnonzero(values[:-1] * values[1:] < 0)
        left, right = fine[places], fine[places + 1]
        roots = left - values[places] * (right - left) / (values[places + 1] - values[places])
        for _ in range(4):
            roots = roots - self.grid.at(roots, self.slopes) / self.grid.at(roots, self.jet()[1])
        return roots

    def damping(self) -> Vector:
        """The logarithm of the factor by which an error at the far end is smaller at each point."""
        table = self.flow.table(self.dimension, self.components, self.grid.points, self.jet())
        rate = np.maximum(table[1:, 2], 0.0) / np.maximum(-table[1:, 3], 1e-300)
        steps = np.diff(self.grid.points[1:]) * (rate[1:] + rate[:-1]) / 2
        outward = np.concatenate([[0.0], np.cumsum(steps)])
        return np.concatenate([[outward[-1]], outward[-1] - outward])

    def has_power(self, place: float) -> bool:
        """Whether the slope goes about as the power of the invariant that large fields follow."""
        m, slope = (float(self.grid.at(place, v)) for v in self.jet()[:2])
        return m == 0 or abs((self.dimension - 2) * place * slope / (2 * m) - 1) < ALMOST

    def is_regular(self) -> bool:
        """Whether both masses stay above the pole, between the points too, and large fields follow their power."""
        fine = Grid(size=4 * self.grid.size, end=self.grid.end).points
        m, slope, _ = (self.grid.at(fine, v) for v in self.jet())
        return _is_above(self.flow.pole, fine, m, slope) and self.has_power(self.grid.end)


def solved(flow: SlopeFlow, dimension: float, components: float, grid: Grid, start: Vector) -> Profile | None:
    """The fixed point that Newton's method reaches from slopes at the points of a grid; None if it reaches none."""

    bend = _bend(dimension, grid)

    def equations(slopes: Vector) -> Vector:
        return flow.table(dimension, components, grid.points, _jet(grid, slopes, bend))[:, 0]

    def jacobian(slopes: Vector) -> NDArray[np.float64]:
        return _matrix(grid, flow.table(dimension, components, grid.points, _jet(grid, slopes, bend)), bend)

    def inside(slopes: Vector) -> bool:
        return _is_above(flow.pole, grid.points, *grid.jet(slopes)[:2])

    if not inside(start):
        return None
    try:
        root = newton(equations, jacobian, start, inside=inside, floor=FLOOR, steps=NEWTON_STEPS)
    except QuadratureError:  # an iterate came too close to the pole
        return None
    if root is None:
        return None
    return Profile(flow=flow, dimension=dimension, components=components, grid=grid, slopes=root.values)


def _is_above(pole: float, invariants: Vector, m: Vector, slope: Vector) -> bool:
    return bool(np.all(m > pole) and np.all(m + 2 * invariants * slope > pole))


def _bend(dimension: float, grid: Grid) -> float:
    """m'' over m' at the far end, where m goes as the power 2/(d - 2) of the invariant."""
    return (2 / (dimension - 2) - 1) / grid.end


def _jet(grid: Grid, slopes: Vector, bend: float) -> tuple[Vector, Vector, Vector]:
    m, first, second = grid.jet(slopes)
    return m, first, np.append(second[:-1], bend * first[-1])


def _matrix(grid: Grid, table: Any, bend: float) -> NDArray[np.float64]:
    second = grid.second_derivative.copy()
    second[-1] = bend * grid.derivative[-1]
    return np.diag(table[:, 1]) + table[:, 2, None] * grid.derivative + table[:, 3, None] * second
