"""The record of a solution of the TAP equations, made of a state only if it is one."""

from __future__ import annotations

import numpy as np

from numerics.solvers.convergence import CriticalPointError
from numerics.tap.functional import State, TapFunctional
from numerics.tap.newton import least_eigenvalue, least_eigenvalue_and_index, newton_step
from numerics.tap.solution import TOLERANCE, TapNotConvergedError, TapSolution

# Where two solutions have just vanished the residual is small and this is not: the root of 1e-16 and more.
_UNCERTAINTY = 1e-8


def verified(functional: TapFunctional, state: State, iterations: int) -> TapSolution:
    """The record of a solution, if it is one."""
    again = functional.at(state.local_fields)
    residual = again.residual
    if not residual <= TOLERANCE:
        raise TapNotConvergedError(
            f"expected a residual of the TAP equations of at most {TOLERANCE:g}; found {residual:.3g} after "
            f"{iterations} evaluations at temperature {1 / functional.beta:g}: begin at another start, or come from a "
            "higher temperature with the magnetizations found there",
            residual=residual,
            iterations=iterations,
        )
    least, index = least_eigenvalue_and_index(functional.scaled_hessian(again))
    uncertainty = _uncertainty(functional, again)
    if not uncertainty <= _UNCERTAINTY:
        raise CriticalPointError(
            f"expected magnetizations that a residual of {residual:.3g} fixes to {_UNCERTAINTY:g}; found an "
            f"uncertainty of {uncertainty:.3g}: solutions merge there (least eigenvalue {least:.3g}); move away in "
            "temperature or field"
        )
    return TapSolution(
        magnetizations=again.magnetizations,
        free_energy=functional.free_energy(again),
        residual=residual,
        uncertainty=uncertainty,
        iterations=iterations,
        stable=least > 0,
        least_eigenvalue=least,
        index=index,
        plefka_margin=1 - largest_response(functional, again),
        temperature=1 / functional.beta,
    )


def _uncertainty(functional: TapFunctional, state: State) -> float:
    if np.array_equal(state.local_fields, state.target_fields):
        return 0.0
    step = newton_step(functional, state)
    return float(np.max(np.abs(state.profile.susceptibilities * step)))


def largest_response(functional: TapFunctional, state: State) -> float:
    """Largest eigenvalue of beta^2 J_ij^2 (1 - m_i^2)(1 - m_j^2)."""
    matrix = functional.correlated_response(state)
    return -least_eigenvalue(-matrix)
