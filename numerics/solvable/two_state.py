"""A two-state system whose gap is driven: the law of its work by a product of two-by-two matrices."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from numerics.lowering import Lowered
from numerics.solvable.discrete_law import DiscreteWorkLaw, grid_law
from numerics.solvable.schedules import both_ends, values_of
from numerics.solvable.step_units import step_units
from numerics.solvable.system import Direction, SolvableSystem, is_forward

Array = NDArray[np.float64]
Moves = Literal["heat bath", "Metropolis"]
MOVES: tuple[Moves, ...] = ("heat bath", "Metropolis")

_MOST_UNITS = 20_000


@dataclass(frozen=True, kw_only=True, init=False)
class TwoStateSystem(SolvableSystem):
    """States 0 and 1 with reduced energies 0 and epsilon; the gap epsilon goes from one value to another.

    Derivation ``two-state-work``.

    Parameters
    ----------
    gaps
        The gap epsilon at lam = 0 and at lam = 1, linear in between, in units of k_B T.
    schedule
        Values of lam from 0 to 1, or how many equal steps lie between.
    moves
        "heat bath" or "Metropolis": how the state moves after each step.
    persistence
        For the heat bath: the probability that a move leaves the state as it is, from 0 to 1; otherwise it draws one
        from equilibrium.

    Raises
    ------
    ValueError, TypeError
        If a number has no such meaning.

    Examples
    --------
    >>> system = TwoStateSystem(gaps=(0.0, 2.0), schedule=1)
    >>> law = system.work_law()
    >>> law.values.tolist(), law.probabilities.round(6).tolist()
    ([0.0, 2.0], [0.5, 0.5])
    >>> round(system.free_energy_difference, 6), round(-float(law.log_transform(1.0)), 6)
    (0.566219, 0.566219)
    """

    gaps: tuple[float, float]
    lams: tuple[float, ...]
    moves: Moves
    persistence: float

    def __init__(
        self,
        *,
        gaps: tuple[float, float],
        schedule: int | ArrayLike = 1,
        moves: Moves = "heat bath",
        persistence: float = 0.0,
    ) -> None:
        if moves not in MOVES:
            raise ValueError(f"expected moves 'heat bath' or 'Metropolis'; found {moves!r}")
        if not 0 <= persistence <= 1:
            raise ValueError(f"expected persistence as a probability from 0 to 1; found {persistence!r}")
        if moves == "Metropolis" and persistence != 0:
            raise ValueError(f"expected persistence for the heat bath only; found {persistence!r} with Metropolis")
        object.__setattr__(self, "gaps", both_ends(gaps, "gaps"))
        object.__setattr__(self, "lams", values_of(schedule))
        object.__setattr__(self, "moves", moves)
        object.__setattr__(self, "persistence", float(persistence))

    @property
    def schedule(self) -> tuple[float, ...]:
        """Values of lam, increasing from 0 to 1."""
        return self.lams

    def gap(self, lam: float) -> float:
        """Epsilon at lam."""
        return (1 - lam) * self.gaps[0] + lam * self.gaps[1]

    @property
    def free_energy_difference(self) -> float:
        """F_1 - F_0 in units of k_B T."""
        return float(_lowered("difference")(*self.gaps))

    def log_occupation(self, lam: float) -> Array:
        """Logarithms of the probabilities of states 0 and 1 in equilibrium at lam, shape (2,)."""
        return _lowered("occupation")(self.gap(lam))[0]

    def log_transition_matrix(self, lam: float) -> Array:
        """Logarithms of the probabilities of a move at lam, rows before and columns after, shape (2, 2)."""
        if self.moves == "Metropolis":
            with np.errstate(divide="ignore"):  # A move that is certain leaves no chance to stay.
                return _lowered("Metropolis")(self.gap(lam))
        if self.persistence == 0:
            return _lowered("complete")(self.gap(lam))
        if self.persistence == 1:
            return np.array([[0.0, -np.inf], [-np.inf, 0.0]])
        return _lowered("heat bath")(self.gap(lam), self.persistence)

    def energy(self, lam: float, x: Any) -> Array:
        """Reduced energies of states x, shape (n_chains,)."""
        return self.gap(lam) * np.asarray(x, dtype=float)

    def kernel(self, x: Any, lam: float, rng: np.random.Generator) -> Any:
        """The next states, shape (n_chains,)."""
        upward = np.exp(self.log_transition_matrix(lam)[:, 1])
        return (rng.random(np.shape(x)) < upward[np.asarray(x, dtype=np.int64)]).astype(np.int8)

    def initial(self, n: int, rng: np.random.Generator) -> Any:
        """Independent states from equilibrium at lam = 0, shape (n,)."""
        return self._drawn(0.0, n, rng)

    def final(self, n: int, rng: np.random.Generator) -> Any:
        """The same at lam = 1."""
        return self._drawn(1.0, n, rng)

    def _drawn(self, lam: float, n: int, rng: np.random.Generator) -> Any:
        return (rng.random(n) < np.exp(self.log_occupation(lam)[1])).astype(np.int8)

    def work_law(self, direction: Direction = "forward") -> DiscreteWorkLaw:
        """The law of the work: probabilities of both states at each value, carried from step to step.

        Raises
        ------
        ValueError
            If the steps of the schedule have no common unit, so that the work has too many values.
        """
        lams, sign = self._passed(direction)
        units = np.abs(step_units(lams, most=_MOST_UNITS))
        logs = np.full((2, int(units.sum()) + 1), -np.inf)
        logs[:, 0] = self.log_occupation(lams[0])
        for place, (unit, lam) in enumerate(zip(units, lams[1:], strict=True), start=2):
            logs[1] = np.concatenate([np.full(unit, -np.inf), logs[1, : logs.shape[1] - unit]])
            if place < len(lams):
                logs = _moved(logs, self.log_transition_matrix(lam))
        change = sign * (self.gaps[1] - self.gaps[0])
        return grid_law(0.0, change / int(units.sum()), np.logaddexp(logs[0], logs[1]))

    def log_work_transform(self, s: ArrayLike, direction: Direction = "forward") -> Any:
        """log <exp(-s W)> for any schedule, by a product of two-by-two matrices; as many as s."""
        lams, _ = self._passed(direction)
        tilt = np.asarray(s, dtype=float)
        logs = np.broadcast_to(self.log_occupation(lams[0]).reshape(2, *[1] * tilt.ndim), (2, *tilt.shape)).copy()
        for place, (before, after) in enumerate(pairwise(lams), start=2):
            logs[1] -= tilt * (self.gap(after) - self.gap(before))
            if place < len(lams):
                logs = _moved(logs, self.log_transition_matrix(after))
        return np.logaddexp(logs[0], logs[1])

    def _passed(self, direction: Direction) -> tuple[tuple[float, ...], int]:
        """The values of lam in the order of a run, and the sign of their changes."""
        return (self.schedule, 1) if is_forward(direction) else (self.schedule[::-1], -1)


def _moved(logs: Any, log_matrix: Array) -> Any:
    """Log weights of both states after a move."""
    return np.stack([np.logaddexp(logs[0] + log_matrix[0, x], logs[1] + log_matrix[1, x]) for x in (0, 1)])


@cache
def _lowered(name: str) -> Lowered:
    # Deferred: the derivations and the lowering of their results take a second of import time.
    from sympy import log

    from derivations.nonequilibrium import two_state_results as derived
    from numerics.lowering import lower
    from theory.models import two_state as model

    gap, persistence = model.gap, model.persistence
    if name == "difference":
        return lower(derived.free_energy_difference(), (gap, model.next_gap))
    if name == "occupation":
        return lower(derived.occupation().applyfunc(log), (gap,))
    if name == "Metropolis":
        return lower(derived.metropolis_moves().applyfunc(log), (gap,))
    if name == "complete":
        # Without persistence a diagonal entry may be as small as exp(-gap): its logarithm needs a form of its own.
        return lower(derived.moves().subs(persistence, 0).applyfunc(log), (gap,))
    return lower(derived.moves().applyfunc(log), (gap, persistence))
