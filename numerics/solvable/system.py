"""A driven system: energies along a path, a kernel, equilibrium at both ends, and the works of its runs."""

from __future__ import annotations

from abc import ABC, abstractmethod
from itertools import pairwise
from typing import Any, Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from numerics.free_energies.annealing import initial_states, moved, step_work

Array = NDArray[np.float64]
Direction = Literal["forward", "reverse"]


@runtime_checkable
class WorkLaw(Protocol):
    """The law of the work of one protocol, in units of k_B T."""

    @property
    def mean(self) -> float:
        """Mean work."""
        ...

    @property
    def variance(self) -> float:
        """Variance of the work."""
        ...

    def log_transform(self, s: ArrayLike) -> Any:
        """log <exp(-s W)>, as many as s; infinite where the mean diverges."""
        ...

    def cumulative(self, work: ArrayLike) -> Any:
        """Probability of a work up to ``work``, as many as ``work``."""
        ...


@runtime_checkable
class ContinuousWorkLaw(WorkLaw, Protocol):
    """The law of a work that has a density."""

    def density(self, work: ArrayLike) -> Any:
        """Probability per unit of work, as many as ``work``."""
        ...


class DrivenSystem(ABC):
    """A path of energies from lam = 0 to 1 with the dynamics at each, in units of k_B T.

    ``annealed_importance_sampling(s.energy, s.kernel, n_chains=n, schedule=s.schedule, rng=rng, initial=s.initial)``
    runs it.
    """

    @property
    @abstractmethod
    def schedule(self) -> tuple[float, ...]:
        """Values of lam, increasing from 0 to 1: in each step the energy changes, then the state moves."""

    @property
    @abstractmethod
    def free_energy_difference(self) -> float:
        """F_1 - F_0 = -log(Z_1 / Z_0)."""

    @abstractmethod
    def energy(self, lam: float, x: Any) -> Any:
        """Reduced energies of states x, the first axis of which counts chains; shape (n_chains,)."""

    @abstractmethod
    def kernel(self, x: Any, lam: float, rng: np.random.Generator) -> Any:
        """The next states, of the shape of x; it leaves exp(-energy(lam, x)) invariant and is reversible."""

    @abstractmethod
    def initial(self, n: int, rng: np.random.Generator) -> Any:
        """n independent states from equilibrium at lam = 0, along the first axis."""

    @abstractmethod
    def final(self, n: int, rng: np.random.Generator) -> Any:
        """n independent states from equilibrium at lam = 1, along the first axis."""

    def sampled_work(self, n: int, rng: np.random.Generator, *, direction: Direction = "forward") -> Array:
        """Works of n independent runs, step by step: spent from 0 to 1, or on the way back from 1 to 0, shape (n,).

        The way back is the same schedule from its end: Crooks' relation holds for a reversible kernel.

        Raises
        ------
        ValueError, TypeError
            If there is no such direction, number or generator.
        """
        forward = is_forward(direction)
        lams = self.schedule if forward else self.schedule[::-1]
        states, work = initial_states(self.initial if forward else self.final, n, rng), np.zeros(n)
        for place, (before, after) in enumerate(pairwise(lams), start=2):
            work += step_work(self.energy, states, before, after, alive=np.isfinite(work))
            if place < len(lams):
                states = moved(self.kernel, states, after, rng)
        return work


class SolvableSystem(DrivenSystem):
    """A driven system with a known law of work."""

    @abstractmethod
    def work_law(self, direction: Direction = "forward") -> WorkLaw:
        """The law of the work of the schedule, from equilibrium at its start."""

    @property
    def work_mean(self) -> float:
        """Mean work from 0 to 1."""
        return self.work_law().mean

    @property
    def work_variance(self) -> float:
        """Variance of the work from 0 to 1."""
        return self.work_law().variance

    def work_density(self, work: ArrayLike) -> Any:
        """Probability per unit of work from 0 to 1, as many as ``work``.

        Raises
        ------
        TypeError
            If the work has discrete values; their probabilities are told by ``work_law()``.
        """
        law = self.work_law()
        if not isinstance(law, ContinuousWorkLaw):
            raise TypeError(f"expected a work with a density; found {type(law).__name__}, see work_law()")
        return law.density(work)


def is_forward(direction: str) -> bool:
    """Whether works are spent from 0 to 1.

    Raises
    ------
    ValueError
        If there is no such direction.
    """
    if direction not in ("forward", "reverse"):
        raise ValueError(f"expected direction 'forward' or 'reverse'; found {direction!r}")
    return direction == "forward"
