"""A driven system that is sampled by Monte Carlo: the same energies and free energies, and no law of work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from numerics.solvable.resampled import Resampled
from numerics.solvable.schedules import require_positive


@dataclass(frozen=True, kw_only=True)
class MetropolisSampled(Resampled):
    """Random steps that are accepted with probability min(1, exp(-change of energy)), in place of a system's kernel.

    Works obey the relations of Jarzynski and Crooks whatever the steps; for real-valued states.

    Parameters
    ----------
    system
        Gives the energies, the schedule and equilibrium at both ends.
    step
        Standard deviation of a proposed change of each coordinate.
    n_trials
        How many changes are proposed in one move.

    Raises
    ------
    ValueError
        If the step is not positive, or there are no trials.
    """

    step: float
    n_trials: int = 1

    def __post_init__(self) -> None:
        require_positive(step=self.step)
        if isinstance(self.n_trials, bool) or not isinstance(self.n_trials, int) or self.n_trials < 1:
            raise ValueError(f"expected at least one trial as n_trials; found {self.n_trials!r}")

    def kernel(self, x: Any, lam: float, rng: np.random.Generator) -> Any:
        """The states after the trials."""
        energies = self.energy(lam, x)
        for _ in range(self.n_trials):
            proposed = x + self.step * rng.normal(size=x.shape)
            new = self.energy(lam, proposed)
            accepted = -rng.exponential(size=len(x)) < energies - new
            x = np.where(accepted.reshape(-1, *(1,) * (x.ndim - 1)), proposed, x)
            energies = np.where(accepted, new, energies)
        return x
