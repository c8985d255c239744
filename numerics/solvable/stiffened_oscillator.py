"""A particle in a harmonic trap that is stiffened about a fixed center."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from numerics.solvable import derived
from numerics.solvable.schedules import require_positive, require_share, values_of
from numerics.solvable.sudden_law import SquaresWork
from numerics.solvable.system import ContinuousWorkLaw, Direction, SolvableSystem, is_forward
from numerics.solvable.trap_path import TrapPathWork


@dataclass(frozen=True, kw_only=True, init=False, eq=False)
class StiffenedOscillator(SolvableSystem):
    """A trap about zero whose stiffness goes from one value to another, linearly in lam, in any dimension.

    The kernel is the exact motion of overdamped Langevin dynamics at fixed trap.

    Parameters
    ----------
    stiffness, final_stiffness
        At lam = 0 and 1, in units of k_B T per squared length.
    dimension
        Number of coordinates.
    schedule
        Values of lam from 0 to 1, or how many equal steps; one step is a sudden change.
    retained
        The share of the distance from the center that a move retains: exp(-rate * time), from 0 to below 1.

    Raises
    ------
    ValueError, TypeError
        If a number has no such meaning.

    Examples
    --------
    >>> sudden = StiffenedOscillator(stiffness=1.0, final_stiffness=4.0, schedule=1)
    >>> round(sudden.free_energy_difference, 6), sudden.work_mean
    (0.693147, 1.5)
    """

    stiffness: float
    final_stiffness: float
    dimension: int
    lams: tuple[float, ...]
    retained: float

    def __init__(
        self,
        *,
        stiffness: float,
        final_stiffness: float,
        dimension: int = 1,
        schedule: int | ArrayLike = 10,
        retained: float = 0.0,
    ) -> None:
        require_positive(stiffness=stiffness, final_stiffness=final_stiffness)
        if isinstance(dimension, bool) or not isinstance(dimension, int | np.integer) or dimension < 1:
            raise ValueError(f"expected a positive integer as dimension; found {dimension!r}")
        object.__setattr__(self, "stiffness", float(stiffness))
        object.__setattr__(self, "final_stiffness", float(final_stiffness))
        object.__setattr__(self, "dimension", int(dimension))
        object.__setattr__(self, "lams", values_of(schedule))
        object.__setattr__(self, "retained", require_share(retained))

    @property
    def schedule(self) -> tuple[float, ...]:
        """Values of lam, increasing from 0 to 1."""
        return self.lams

    @property
    def free_energy_difference(self) -> float:
        """F_1 - F_0, in units of k_B T."""
        return self.dimension * float(derived.free_energy_change()(self.stiffness, self.final_stiffness))

    def stiffness_at(self, lam: float) -> float:
        """The stiffness at lam."""
        return (1 - lam) * self.stiffness + lam * self.final_stiffness

    def energy(self, lam: float, x: Any) -> Any:
        """Reduced energies of positions x of shape (n, dimension), shape (n,)."""
        return self.stiffness_at(lam) * (x**2).sum(axis=-1) / 2

    def gradient(self, lam: float, x: Any) -> Any:
        """Of the energy by the coordinates, shape (n, dimension)."""
        return self.stiffness_at(lam) * x

    def kernel(self, x: Any, lam: float, rng: np.random.Generator) -> Any:
        """Positions a time later, at fixed trap."""
        spread = math.sqrt((1 - self.retained**2) / self.stiffness_at(lam))
        return self.retained * x + spread * rng.normal(size=x.shape)

    def initial(self, n: int, rng: np.random.Generator) -> Any:
        """n positions from equilibrium at lam = 0, shape (n, dimension)."""
        return rng.normal(size=(n, self.dimension)) / math.sqrt(self.stiffness)

    def final(self, n: int, rng: np.random.Generator) -> Any:
        """n positions from equilibrium at lam = 1, shape (n, dimension)."""
        return rng.normal(size=(n, self.dimension)) / math.sqrt(self.final_stiffness)

    def work_law(self, direction: Direction = "forward") -> ContinuousWorkLaw:
        """The law of the work: of a sum of squares for a sudden change, else of a sum of modes."""
        return self._forward if is_forward(direction) else self._reverse

    @cached_property
    def _forward(self) -> ContinuousWorkLaw:
        return self._law(self.lams)

    @cached_property
    def _reverse(self) -> ContinuousWorkLaw:
        return self._law(self.lams[::-1])

    def _law(self, lams: tuple[float, ...]) -> ContinuousWorkLaw:
        path = np.array([self.stiffness_at(lam) for lam in lams])
        if len(path) == 2 and path[0] != path[1]:
            return SquaresWork(curvature=float(path[1] / path[0] - 1), dimension=self.dimension)
        stiffnesses = np.repeat(path[:, None], self.dimension, axis=1)
        return TrapPathWork(stiffnesses=stiffnesses, centers=np.zeros_like(stiffnesses), retained=self.retained)
