"""Many solutions of the TAP equations of the same couplings, told apart and counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from numerics.orientation import Orientation
from numerics.solvers.convergence import NotConvergedError
from numerics.tap.functional import State, TapFunctional
from numerics.tap.newton import newton
from numerics.tap.solution import TOLERANCE, TapSolution
from numerics.tap.solver import functional_of, solution_from
from numerics.tap.verified import verified

Progress = Callable[[int, int, str], None]
_NEWTON_STEPS = 60
_MOST_DIRECTIONS = 20
# Two solutions are one where they differ by no more than rounding and a hundred times their uncertainties.
_SAME, _UNCERTAINTIES = 1e-9, 100.0


@dataclass(frozen=True, kw_only=True, eq=False)
class TapCensus:
    """The distinct solutions that were found from many starts; a lower bound of their number.

    Attributes
    ----------
    solutions
        By free energy, the lowest first; without fields one of each pair m and -m.
    counts
        How many starts ended at each.
    n_starts, n_failed
        Starts, and those that ended at no solution.
    flip_symmetric
        Whether -m is a solution with m, there being no field.
    """

    solutions: tuple[TapSolution, ...]
    counts: tuple[int, ...]
    n_starts: int
    n_failed: int
    flip_symmetric: bool

    @property
    def n_stable(self) -> int:
        """How many of the solutions are minima of the free energy."""
        return sum(s.stable for s in self.solutions)

    @property
    def n_unstable(self) -> int:
        """How many are not."""
        return len(self.solutions) - self.n_stable

    @property
    def index_sum(self) -> int | None:
        """Sum of (-1)^index over all solutions found, those related by the flip counted each; None if one is unknown.

        The slope of the free energy points outwards wherever a magnetization reaches its end, so that the sum over all
        solutions is 1 (Poincare and Hopf) unless some are degenerate. Another value says that some were missed; 1 does
        not say that none was.
        """
        if any(s.index is None for s in self.solutions):
            return None
        return sum((-1) ** (s.index or 0) * self._weight(s) for s in self.solutions)

    def _weight(self, solution: TapSolution) -> int:
        """2 for one of a pair m and -m."""
        zero = not np.any(np.abs(solution.magnetizations) > _SAME + _UNCERTAINTIES * solution.uncertainty)
        return 2 if self.flip_symmetric and not zero else 1


def tap_solutions(
    bond_matrix: Any,
    *,
    temperature: float,
    rng: Generator,
    field: ArrayLike = 0.0,
    n_starts: int = 100,
    orientation: Orientation | None = None,
    progress: Progress | None = None,
) -> TapCensus:
    """Look for solutions of the TAP equations from many starts, and count the distinct ones.

    Starts have magnetizations along random combinations of the leading eigenvectors of J, where solutions appear below
    the transition, or in random directions, with a random length. From every other one Newton's method looks for
    solutions of any stability; from the rest one goes as `numerics.tap_solution` does.

    Parameters
    ----------
    bond_matrix, temperature, field, orientation
        As in `numerics.tap_solution`.
    rng
        Source of the starts.
    n_starts
        How many, besides zero magnetization.
    progress
        Called with (done, total, message) after each start.

    Raises
    ------
    ValueError, TypeError
        Arguments that are none.

    Examples
    --------
    Six ferromagnetic spins below their transition: the paramagnet is a saddle, and one ordered pair m, -m is stable.

    >>> import numpy as np
    >>> bonds = np.ones((6, 6)) / 5 - np.eye(6) / 5
    >>> found = tap_solutions(bonds, temperature=0.7, rng=np.random.default_rng(0), n_starts=20)
    >>> found.n_stable, found.n_unstable, found.index_sum
    (1, 1, 1)
    """
    if isinstance(n_starts, bool) or not isinstance(n_starts, int) or n_starts < 1:
        raise ValueError(f"expected a positive number of starts; found {n_starts!r}")
    functional = functional_of(bond_matrix, temperature=temperature, field=field, orientation=orientation)
    starts = _Starts(functional, rng)
    book = _Book(flip_symmetric=not np.any(functional.field))
    for number in range(n_starts + 1):
        state = functional.from_magnetizations(starts.draw() if number else np.zeros(functional.bonds.n_spins))
        book.enter(_solution(functional, state, any_stability=number % 2 == 0))
        if progress is not None:
            progress(number + 1, n_starts + 1, f"{len(book.solutions)} solutions of the TAP equations")
    order = np.argsort([s.free_energy for s in book.solutions], kind="stable")
    return TapCensus(
        solutions=tuple(book.solutions[i] for i in order),
        counts=tuple(book.counts[i] for i in order),
        n_starts=n_starts + 1,
        n_failed=book.n_failed,
        flip_symmetric=book.flip_symmetric,
    )


def _solution(functional: TapFunctional, state: State, *, any_stability: bool) -> TapSolution | None:
    try:
        if any_stability:
            found, steps = newton(functional, state, tolerance=TOLERANCE, most_steps=_NEWTON_STEPS)
            return verified(functional, found, steps)
        return solution_from(functional, state)
    except NotConvergedError:
        return None


class _Starts:
    """Random magnetizations."""

    def __init__(self, functional: TapFunctional, rng: Generator) -> None:
        self._n_spins, self._rng = functional.bonds.n_spins, rng
        self._directions = functional.bonds.leading_directions(min(_MOST_DIRECTIONS, self._n_spins))

    def draw(self) -> Any:
        rng, n = self._rng, self._n_spins
        kept = int(rng.integers(0, self._directions.shape[1] + 1))
        if kept == 0:
            direction = rng.standard_normal(n)
        else:
            direction = self._directions[:, -kept:] @ rng.standard_normal(kept)
        length = rng.uniform(0.0, 1.5) / max(float(np.sqrt(np.mean(direction**2))), 1e-300)
        return np.tanh(length * direction)


class _Book:
    """Solutions met so far, each once."""

    def __init__(self, *, flip_symmetric: bool) -> None:
        self.flip_symmetric = flip_symmetric
        self.solutions: list[TapSolution] = []
        self.counts: list[int] = []
        self.n_failed = 0

    def enter(self, solution: TapSolution | None) -> None:
        if solution is None:
            self.n_failed += 1
            return
        for place, known in enumerate(self.solutions):
            if self._same(known, solution):
                self.counts[place] += 1
                return
        self.solutions.append(solution)
        self.counts.append(1)

    def _same(self, one: TapSolution, other: TapSolution) -> bool:
        distance = float(np.max(np.abs(one.magnetizations - other.magnetizations)))
        if self.flip_symmetric:
            distance = min(distance, float(np.max(np.abs(one.magnetizations + other.magnetizations))))
        return distance <= _SAME + _UNCERTAINTIES * (one.uncertainty + other.uncertainty)
