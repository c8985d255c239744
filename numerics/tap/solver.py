"""Solutions of the TAP equations of given couplings, each verified."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from numerics.ising.arguments import checked_field, checked_start, checked_temperature
from numerics.ising.bonds import Bonds, checked_bonds
from numerics.orientation import Orientation
from numerics.solvers.convergence import NotConvergedError
from numerics.tap.cold_search import cold_solutions, is_physical, preferred
from numerics.tap.damped import damped_iteration
from numerics.tap.functional import State, TapFunctional
from numerics.tap.gibbs_terms import gibbs_terms
from numerics.tap.local_terms import local_terms
from numerics.tap.memory import memory_iteration
from numerics.tap.newton import newton, regularized_descent
from numerics.tap.solution import TOLERANCE, TapSolution
from numerics.tap.verified import verified

# Where Newton's method is first tried, and how that falls each time it leads nowhere.
_FIRST_SWITCH, _NEXT_SWITCH = 1e-2, 1e-2
_MEMORY_STEPS, _DAMPED_STEPS, _NEWTON_STEPS, _DESCENT_STEPS = 500, 400, 60, 300
# A start with less of a residual is a solution to some digits: it is only made better.
_IS_NEAR = 1e-8


def tap_solution(
    bond_matrix: Any,
    *,
    temperature: float,
    field: ArrayLike = 0.0,
    start: ArrayLike | None = None,
    order: int = 2,
    orientation: Orientation | None = None,
) -> TapSolution:
    """Solve the TAP equations of Ising spins with energy -sum_{i<j} J_ij s_i s_j - sum_i h_i s_i.

    Iteration with memory is tried first: where it settles, it does so at the solution that the spins have. Else damped
    iteration and regularized steps of Newton's method go down in free energy, to a minimum from any start. Newton's
    method ends either. Where that is no minimum of positive `plefka_margin` and no start was given, some hundred states
    of low energy are tried as starts, which takes seconds for some hundred spins.

    Parameters
    ----------
    bond_matrix : array_like or sparse, shape (n_spins, n_spins)
        J, symmetric with a zero diagonal; or the list of weight matrices of a layered network.
    temperature
        Positive, in the units of the couplings (k_B = 1).
    field
        h, in the units of the couplings: one number, or shape (n_spins,).
    start
        Magnetizations to begin with, shape (n_spins,), from -1 to 1. Left out: the response to the fields and to one
        along the leading eigenvector of J, as large as its eigenvalue, then states of low energy. From there one
        reaches zero magnetization only where no ordered solution of a larger margin was met.
    order
        Of the free energy in the couplings: 2, or 1 for naive mean field, without the reaction.
    orientation : {"in-out", "out-in"}, optional
        Of the weights of a layered network, where the shapes chain both ways; see `numerics.orientation`.

    Returns
    -------
    TapSolution
        With a residual of at most 1e-12. Which of several solutions it is depends on the start.

    Raises
    ------
    TapNotConvergedError
        No residual that small was reached; it carries the one that was.
    CriticalPointError
        The residual leaves magnetizations open by more than 1e-8: solutions merge there.
    ValueError, TypeError
        Arguments that are none; the message says what was expected.

    Notes
    -----
    Barney, Winer and Galitski (2024), equations (19) and (20); Thouless, Anderson and Palmer (1977).

    Examples
    --------
    >>> found = tap_solution([[0.0, 0.5], [0.5, 0.0]], temperature=2.0, field=0.3)
    >>> found.magnetizations.round(4), found.stable
    (array([0.1825, 0.1825]), True)
    """
    functional = functional_of(bond_matrix, temperature=temperature, field=field, orientation=orientation, order=order)
    if start is not None:
        return solution_from(functional, functional.from_magnetizations(checked_start(start, functional.bonds.n_spins)))
    return _solution_without_start(functional)


def _solution_without_start(functional: TapFunctional) -> TapSolution:
    """From the leading eigenvector, and from states of low energy where that ends at nothing physical."""
    first = _first_attempt(functional)
    if isinstance(first, TapSolution) and (is_physical(first) or max(functional.terms.powers) == 1):
        return first
    cold, evaluations = cold_solutions(functional, np.random.default_rng(0))
    if isinstance(first, TapSolution):
        return replace(preferred((*cold, first)), iterations=first.iterations + evaluations)
    if not cold:
        raise first
    return replace(preferred(cold), iterations=evaluations)


def _first_attempt(functional: TapFunctional) -> TapSolution | NotConvergedError:
    """The solution from the leading eigenvector, or why there is none."""
    try:
        return solution_from(functional, functional.at(first_fields(functional)))
    except NotConvergedError as error:
        return error


def functional_of(
    bond_matrix: Any, *, temperature: float, field: ArrayLike, orientation: Orientation | None, order: int = 2
) -> TapFunctional:
    """The checked arguments as a free energy."""
    bonds = bond_matrix if isinstance(bond_matrix, Bonds) else checked_bonds(bond_matrix, orientation=orientation)
    beta = 1 / checked_temperature(temperature)
    return TapFunctional(bonds, beta, checked_field(field, bonds.n_spins), local_terms(gibbs_terms(order)))


def first_fields(functional: TapFunctional) -> Any:
    """Local fields to begin with: those applied, and one along the leading eigenvector of J."""
    value, direction = functional.bonds.leading_direction
    sign = -1.0 if functional.field @ direction < 0 else 1.0
    return functional.field + sign * value * direction


def solution_from(functional: TapFunctional, state: State) -> TapSolution:
    """Go from a state to a solution.

    Raises
    ------
    TapNotConvergedError, CriticalPointError
        As `tap_solution`.
    """
    found, used = state, 0
    # Without a reaction there is nothing to remember, and the plain iteration mostly alternates.
    paths = (_directly, _with_memory, _downwards) if max(functional.terms.powers) > 1 else (_directly, _downwards)
    for path in paths:
        found, steps = path(functional, state)
        used += steps
        if found.residual <= TOLERANCE:
            break
    return verified(functional, found, used)


def _ended(functional: TapFunctional, state: State) -> tuple[State, int]:
    return newton(functional, state, tolerance=TOLERANCE, most_steps=_NEWTON_STEPS)


def _directly(functional: TapFunctional, state: State) -> tuple[State, int]:
    return _ended(functional, state) if state.residual <= _IS_NEAR else (state, 1)


def _with_memory(functional: TapFunctional, state: State) -> tuple[State, int]:
    state, used = memory_iteration(functional, state, residual=_IS_NEAR, most_steps=_MEMORY_STEPS)
    if state.residual > _IS_NEAR:
        return state, used
    found, steps = _ended(functional, state)
    return found, used + steps


def _downwards(functional: TapFunctional, state: State) -> tuple[State, int]:
    """Down in free energy, by damped iteration as long as that leads on, and Newton's method wherever it ends."""
    used, switch, descend, most = 0, _FIRST_SWITCH, damped_iteration, _DAMPED_STEPS
    while switch > TOLERANCE:
        state, steps = descend(functional, state, residual=switch, most_steps=most)
        used += steps
        if state.residual > switch and descend is damped_iteration:
            descend, most = regularized_descent, _DESCENT_STEPS
            continue
        found, steps = _ended(functional, state)
        used += steps
        if found.residual <= TOLERANCE or state.residual > switch:
            return found, used
        switch *= _NEXT_SWITCH
    return state, used
