"""Flows of a potential from the ultraviolet to the infrared, at every field.

The slope m = du/drho is followed in the scale t = log k, in units of the scale, by the method of lines. Near the fixed
point and in the symmetric phase it is smooth, and Chebyshev points hold it; the broken phase, in which it becomes flat,
is in ``numerics.flows.effective_potential``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from numerics.flows.chebyshev import Grid
from numerics.flows.slope_flow import SlopeFlow
from numerics.solvers.convergence import NotConvergedError
from theory.regulators import Regulator

Vector = NDArray[np.float64]

RELATIVE, ABSOLUTE = 1e-7, 1e-9
HEAVY = 1e3
"""A squared mass at the origin, in units of the scale, at which fluctuations have ended."""
LOW = -0.9
"""A squared mass at the origin, over the distance to the pole, that only the broken phase reaches."""
LATEST = 60.0
POINTS = 28
BISECTIONS = 40


@dataclass(frozen=True, kw_only=True)
class Trajectory:
    """A flow from the bare potential on.

    Attributes
    ----------
    invariants
        rho over k^(d - 2) at the points, in units in which 4 v_d / d is absorbed, shape (n,).
    logarithms
        t = log(k / Lambda), from 0 down, shape (m,).
    slopes
        m = du/drho in units of k^2, shape (m, n).
    is_symmetric
        Whether it ended with a heavy field in the symmetric phase; False for the broken one; None where it ran to the
        last scale without leaving the critical surface.
    """

    invariants: Vector
    logarithms: Vector
    slopes: NDArray[np.float64]
    is_symmetric: bool | None

    @property
    def renormalized_mass(self) -> float:
        """The squared mass at vanishing field at the last scale, over the square of the cutoff Lambda."""
        return float(self.slopes[-1, 0] * np.exp(2 * self.logarithms[-1]))


@dataclass(frozen=True, kw_only=True)
class FlowSetting:
    """A flow at every field, for a family of bare potentials u = r rho + g rho^2 / 2 at the cutoff.

    Attributes
    ----------
    dimension, components, regulator
        Of the field.
    coupling
        g, in units of the cutoff.
    end
        The largest invariant over k^(d - 2).
    points
        Chebyshev points up to it.
    """

    dimension: float
    components: float
    regulator: Regulator
    coupling: float
    end: float
    points: int = POINTS

    def flow(self, bare_mass: float, *, latest: float = LATEST) -> Trajectory:
        """The trajectory from r = ``bare_mass`` down to t = - ``latest``, or to where a phase has been reached.

        Raises
        ------
        NotConvergedError
            If the integration fails.
        """
        grid, flow = Grid(size=self.points, end=self.end), SlopeFlow(self.regulator)
        pole = flow.pole

        def right(_: float, slopes: Vector) -> Vector:
            return -flow.table(self.dimension, self.components, grid.points, grid.jet(slopes))[:, 0]

        def jacobian(_: float, slopes: Vector) -> Any:
            table = flow.table(self.dimension, self.components, grid.points, grid.jet(slopes))
            own, first, second = table[:, 1, None], table[:, 2, None], table[:, 3, None]
            return -(own * np.eye(grid.size) + first * grid.derivative + second * grid.second_derivative)

        ends = _event(lambda m: HEAVY - m[0]), _event(lambda m: m[0] - LOW * abs(pole))
        start = bare_mass + self.coupling * grid.points
        choices: dict[str, Any] = {"method": "BDF", "jac": jacobian, "rtol": RELATIVE, "atol": ABSOLUTE}
        found = cast(Any, solve_ivp)(right, (0.0, latest), start, events=ends, **choices)
        if found.status < 0:
            raise NotConvergedError(f"the flow from a bare mass of {bare_mass:g} stops at log k = {-found.t[-1]:g}")
        return Trajectory(
            invariants=grid.points,
            logarithms=-found.t,
            slopes=found.y.T,
            is_symmetric=None if found.status == 0 else bool(len(found.t_events[0])),
        )

    def critical_mass(self, lowest: float, highest: float) -> float:
        """The bare mass between the broken phase, at the lowest one, and the symmetric phase, at the highest.

        Raises
        ------
        ValueError
            If both ends are in one phase.
        """
        phases = [self.flow(r).is_symmetric for r in (lowest, highest)]
        if phases != [False, True]:
            raise ValueError(
                f"expected the broken phase at a bare mass of {lowest:g} and the symmetric one at {highest:g}; found "
                f"{[_phase(p) for p in phases]}: take others"
            )
        for _ in range(BISECTIONS):
            middle = (lowest + highest) / 2
            phase = self.flow(middle).is_symmetric
            if phase is None or middle in (lowest, highest):
                return middle
            lowest, highest = (lowest, middle) if phase else (middle, highest)
        return (lowest + highest) / 2

    def sampled_correlation_length_exponent(self, critical: float, distances: Any) -> Vector:
        """nu between neighboring distances from the critical bare mass: half the slope of log mass^2.

        Corrections fall with the distance to the power omega nu. Shape (n - 1,), for n distances.
        """
        masses = [self.flow(critical + distance).renormalized_mass for distance in distances]
        return np.asarray(np.diff(np.log(masses)) / np.diff(np.log(distances)) / 2, dtype=np.float64)


def _event(value: Callable[[Vector], float]) -> Any:
    def event(_: float, slopes: Vector) -> float:
        return float(value(slopes))

    event.terminal = True  # type: ignore[attr-defined]
    return event


def _phase(is_symmetric: bool | None) -> str:
    return {True: "symmetric", False: "broken", None: "neither"}[is_symmetric]
