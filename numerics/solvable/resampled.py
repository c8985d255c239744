"""A driven system whose states are moved by another kernel than its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from numerics.solvable.system import DrivenSystem


@dataclass(frozen=True, kw_only=True)
class Resampled(DrivenSystem):
    """The energies, the schedule and the equilibrium of a system at both ends; what is left to say is the kernel."""

    system: DrivenSystem

    @property
    def schedule(self) -> tuple[float, ...]:
        """Values of lam, increasing from 0 to 1."""
        return self.system.schedule

    @property
    def free_energy_difference(self) -> float:
        """F_1 - F_0, in units of k_B T."""
        return self.system.free_energy_difference

    def energy(self, lam: float, x: Any) -> Any:
        """Reduced energies of states x, shape (n,)."""
        return self.system.energy(lam, x)

    def initial(self, n: int, rng: np.random.Generator) -> Any:
        """n independent states from equilibrium at lam = 0."""
        return self.system.initial(n, rng)

    def final(self, n: int, rng: np.random.Generator) -> Any:
        """n independent states from equilibrium at lam = 1."""
        return self.system.final(n, rng)
