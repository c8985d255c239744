"""A particle in a harmonic trap that is dragged along."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from numerics.solvable import derived
from numerics.solvable.gaussian_law import GaussianWork
from numerics.solvable.schedules import require_number, require_positive, require_share, values_of
from numerics.solvable.system import Direction, SolvableSystem, is_forward
from numerics.solvable.trap_path import TrapPathWork


@dataclass(frozen=True, kw_only=True, init=False, eq=False)
class DraggedOscillator(SolvableSystem):
    """A trap of fixed stiffness whose center goes from 0 to a distance: any schedule has a Gaussian law of work.

    The kernel is the exact motion of overdamped Langevin dynamics at fixed trap.

    Parameters
    ----------
    stiffness
        In units of k_B T per squared length.
    distance
        Of the center at lam = 1 from that at lam = 0; at lam it is lam times as far.
    schedule
        Values of lam from 0 to 1, or how many equal steps.
    retained
        The share of the distance from the center that a move retains: exp(-rate * time), from 0 to below 1.

    Raises
    ------
    ValueError, TypeError
        If a number has no such meaning.

    Examples
    --------
    >>> import numpy as np
    >>> trap = DraggedOscillator(stiffness=2.0, distance=1.0, schedule=10, retained=0.5)
    >>> bool(np.isclose(trap.work_mean, trap.work_variance / 2)), trap.free_energy_difference
    (True, 0.0)
    """

    stiffness: float
    distance: float
    lams: tuple[float, ...]
    retained: float

    def __init__(
        self, *, stiffness: float, distance: float, schedule: int | ArrayLike = 10, retained: float = 0.0
    ) -> None:
        require_positive(stiffness=stiffness)
        require_number(distance, "distance")
        if not math.isfinite(distance):
            raise ValueError(f"expected a finite distance; found {distance}")
        object.__setattr__(self, "stiffness", float(stiffness))
        object.__setattr__(self, "distance", float(distance))
        object.__setattr__(self, "lams", values_of(schedule))
        object.__setattr__(self, "retained", require_share(retained))

    @classmethod
    def at_constant_speed(
        cls, *, stiffness: float, distance: float, rate: float, duration: float, n_steps: int
    ) -> DraggedOscillator:
        """Drag in equal steps of time; the law of work tends to `steady_drag` as their number grows.

        ``rate`` is that of relaxation in the trap, stiffness times mobility.
        """
        require_positive(rate=rate, duration=duration, n_steps=n_steps)
        retained = math.exp(-rate * duration / n_steps)
        return cls(stiffness=stiffness, distance=distance, schedule=n_steps, retained=retained)

    @classmethod
    def with_jumps(
        cls, *, stiffness: float, distance: float, rate: float, duration: float, n_steps: int
    ) -> DraggedOscillator:
        """Jump at both ends and drag in equal steps between: with their number the mean work tends to `least_drag`.

        Schmiedl, Seifert, Physical Review Letters 98, 108301 (2007); ``n_steps`` moves in all.
        """
        require_positive(distance=distance, rate=rate, duration=duration, n_steps=n_steps)
        jump = float(derived.best_lag()(distance, rate, duration)) / distance
        between = jump + (1 - 2 * jump) * (np.arange(n_steps) + 0.5) / n_steps
        retained = math.exp(-rate * duration / n_steps)
        return cls(stiffness=stiffness, distance=distance, schedule=[0, *between, 1], retained=retained)

    @property
    def schedule(self) -> tuple[float, ...]:
        """Values of lam, increasing from 0 to 1."""
        return self.lams

    @property
    def free_energy_difference(self) -> float:
        """F_1 - F_0: the same trap elsewhere has the same free energy."""
        return float(derived.free_energy_change()(self.stiffness, self.stiffness))

    def energy(self, lam: float, x: Any) -> Any:
        """Reduced energy of positions x, shape (n,)."""
        return self.stiffness * (x - lam * self.distance) ** 2 / 2

    def gradient(self, lam: float, x: Any) -> Any:
        """Of the energy by the position, shape (n,)."""
        return self.stiffness * (x - lam * self.distance)

    def kernel(self, x: Any, lam: float, rng: np.random.Generator) -> Any:
        """Positions a time later, at fixed trap."""
        center = lam * self.distance
        spread = math.sqrt((1 - self.retained**2) / self.stiffness)
        return center + self.retained * (x - center) + spread * rng.normal(size=x.shape)

    def initial(self, n: int, rng: np.random.Generator) -> Any:
        """n positions from equilibrium about 0."""
        return rng.normal(size=n) / math.sqrt(self.stiffness)

    def final(self, n: int, rng: np.random.Generator) -> Any:
        """n positions from equilibrium about the distance."""
        return self.distance + self.initial(n, rng)

    def work_law(self, direction: Direction = "forward") -> GaussianWork:
        """The Gaussian law of the work; its mean is half its variance."""
        return self._forward if is_forward(direction) else self._reverse

    @cached_property
    def _forward(self) -> GaussianWork:
        return self._law(self.lams)

    @cached_property
    def _reverse(self) -> GaussianWork:
        return self._law(self.lams[::-1])

    def _law(self, lams: tuple[float, ...]) -> GaussianWork:
        centers = np.array(lams)[:, None] * self.distance
        path = TrapPathWork(stiffnesses=np.full_like(centers, self.stiffness), centers=centers, retained=self.retained)
        return GaussianWork(mean=path.mean, variance=path.variance)


def steady_drag(*, stiffness: float, distance: float, rate: float, duration: float) -> GaussianWork:
    """The law of the work to drag a trap at constant speed in continuous time, in units of k_B T.

    Mazonka, Jarzynski, arXiv:cond-mat/9912121 (1999).

    Parameters
    ----------
    stiffness
        In units of k_B T per squared length.
    distance, duration
        Of the drag.
    rate
        Of relaxation in the trap, stiffness times mobility, per unit of time.

    Raises
    ------
    ValueError
        If a number is not positive.

    Examples
    --------
    >>> law = steady_drag(stiffness=1.0, distance=1.0, rate=1.0, duration=1.0)
    >>> round(law.mean, 6), round(law.variance, 6)
    (0.367879, 0.735759)
    """
    numbers = {"stiffness": stiffness, "distance": distance, "rate": rate, "duration": duration}
    require_positive(**numbers)
    mean, variance = (float(f()(*numbers.values())) for f in (derived.steady_mean, derived.steady_variance))
    return GaussianWork(mean=mean, variance=variance)


def least_drag(*, stiffness: float, distance: float, rate: float, duration: float) -> GaussianWork:
    """The law of the work to drag a trap with the least mean work in continuous time, in units of k_B T.

    The trap jumps at both ends; Schmiedl, Seifert, Physical Review Letters 98, 108301 (2007). Parameters and errors as
    for `steady_drag`.

    Examples
    --------
    >>> law = least_drag(stiffness=1.0, distance=1.0, rate=1.0, duration=1.0)
    >>> round(law.mean, 6), round(law.variance, 6)
    (0.333333, 0.666667)
    """
    numbers = {"stiffness": stiffness, "distance": distance, "rate": rate, "duration": duration}
    require_positive(**numbers)
    mean = float(derived.least_mean()(*numbers.values()))
    # Each step of any drag adds twice as much to the variance as to the mean: "dissipated work of a step".
    return GaussianWork(mean=mean, variance=2 * mean)
