"""Solutions of the TAP equations in a glass: damped iteration from many states of low energy."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.random import Generator

from numerics.solvers.convergence import NotConvergedError
from numerics.tap.frozen_states import frozen_states
from numerics.tap.functional import MOST_DENSE_SPINS, TapFunctional
from numerics.tap.many_starts import settled_fields
from numerics.tap.newton import newton
from numerics.tap.solution import TOLERANCE, TapSolution
from numerics.tap.verified import verified

_ROUNDS, _CHAINS = 4, 16
# Couplings times chains of a round: more spins have fewer chains, so that a search stays one of seconds.
_MOST_PRODUCTS, _FEWEST_CHAINS = 3e6, 2
_HANDED_OVER, _NEWTON_STEPS = 1e-3, 60
# Root mean square distance of magnetizations below which two are on their way to one solution.
_TOGETHER = 0.02


def cold_solutions(functional: TapFunctional, rng: Generator) -> tuple[tuple[TapSolution, ...], int]:
    """Look for ordered solutions near states of low energy, in rounds until one is a minimum of positive margin.

    Returns
    -------
    tuple of TapSolution, int
        The distinct solutions, but for zero magnetization; none where the couplings are too many or
        there are none. And the evaluations of the equations.
    """
    bonds, found, used = functional.bonds, list[TapSolution](), 0
    if bonds.n_spins > MOST_DENSE_SPINS or not bonds.leading_direction[0] > 0:
        return (), 0
    n_chains = int(np.clip(_MOST_PRODUCTS / bonds.n_spins**2, _FEWEST_CHAINS, _CHAINS))
    for _ in range(_ROUNDS):
        states = frozen_states(bonds, functional.field, rng=rng, n_chains=n_chains)
        starts = functional.field[:, None] + bonds.matrix @ states
        settled, evaluations = settled_fields(functional, starts, residual=_HANDED_OVER)
        used += evaluations
        for fields in settled.T:
            used += _enter(functional, fields, found)
        if any(is_physical(s) for s in found):
            break
    return tuple(found), used


def is_physical(solution: TapSolution) -> bool:
    """Whether it is a minimum where the expansion converges."""
    return solution.stable and solution.plefka_margin > 0


def preferred(solutions: tuple[TapSolution, ...]) -> TapSolution:
    """Of the physical ones that of the lowest free energy; without one, the minimum of the largest margin."""
    physical = [s for s in solutions if is_physical(s)]
    if physical:
        return min(physical, key=lambda s: s.free_energy)
    return max(solutions, key=lambda s: (s.stable, s.plefka_margin))


def _enter(functional: TapFunctional, local_fields: Any, found: list[TapSolution]) -> int:
    """Solve from there, unless a known solution is that near; the evaluations."""
    state = functional.at(local_fields)
    if any(_distance(functional, s.magnetizations, state.magnetizations) < _TOGETHER for s in found):
        return 1
    state, used = newton(functional, state, tolerance=TOLERANCE, most_steps=_NEWTON_STEPS)
    try:
        solution = verified(functional, state, used)
    except NotConvergedError:
        return used
    m = solution.magnetizations
    known = any(_distance(functional, s.magnetizations, m) < _TOGETHER for s in found)
    if not known and np.sqrt(np.mean(m**2)) > _TOGETHER:
        found.append(solution)
    return used


def _distance(functional: TapFunctional, one: Any, other: Any) -> float:
    """Root mean square difference; without a field up to a flip of all spins."""
    distances = [np.sqrt(np.mean((one - other) ** 2))]
    if not np.any(functional.field):
        distances.append(np.sqrt(np.mean((one + other) ** 2)))
    return float(min(distances))
