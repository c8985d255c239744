"""A driven trap that is moved by Euler steps of Langevin dynamics, which do not keep its equilibrium."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from numerics.solvable.dragged_oscillator import DraggedOscillator
from numerics.solvable.gaussian_path import GaussianPath
from numerics.solvable.resampled import Resampled
from numerics.solvable.schedules import require_positive
from numerics.solvable.stiffened_oscillator import StiffenedOscillator


@dataclass(frozen=True, kw_only=True)
class EulerSampled(Resampled):
    """Steps x - dt * gradient + sqrt(2 dt) * noise (Euler and Maruyama) in place of a system's kernel.

    In a trap of stiffness k they settle at variance 1 / (k (1 - k dt / 2)): the relations of work hold in the limit of
    small steps only, and estimates of the free energy are biased in first order of dt. It is here to show that.

    Parameters
    ----------
    system
        Gives the energies with their gradient, the schedule and equilibrium at both ends.
    time_step
        dt, in units of squared length over the mobility times k_B T.
    n_steps
        How many steps make one move.

    Raises
    ------
    ValueError
        If the time step is not positive, or there are no steps.
    """

    system: DraggedOscillator | StiffenedOscillator | GaussianPath
    time_step: float
    n_steps: int = 1

    def __post_init__(self) -> None:
        require_positive(time_step=self.time_step)
        if isinstance(self.n_steps, bool) or not isinstance(self.n_steps, int) or self.n_steps < 1:
            raise ValueError(f"expected at least one step as n_steps; found {self.n_steps!r}")

    def kernel(self, x: Any, lam: float, rng: np.random.Generator) -> Any:
        """The states after the steps."""
        for _ in range(self.n_steps):
            drift = self.time_step * self.system.gradient(lam, x)
            x = x - drift + math.sqrt(2 * self.time_step) * rng.normal(size=x.shape)
        return x
