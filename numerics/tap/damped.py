"""Damped iteration of the TAP equations: steps along the natural gradient that lower the free energy."""

from __future__ import annotations

import numpy as np

from numerics.tap.functional import State, TapFunctional

_SHORTEST = 2.0**-12
# Differences of the free energy below this, relative, are rounding.
_ROUNDING = 1e-13


def damped_iteration(functional: TapFunctional, state: State, *, residual: float, most_steps: int) -> tuple[State, int]:
    """Move local fields towards the ones that the magnetizations cause, x <- x + a (y(x) - x).

    To first order a step changes F by -a sum_i chi_i (y_i - x_i)^2: it goes down if a is small enough. The share a is
    halved until it does, and grows again afterwards.

    Parameters
    ----------
    residual
        At or below it the iteration ends.
    most_steps
        Or after so many evaluations.

    Returns
    -------
    State, int
        Where it ended, and the evaluations.
    """
    share, energy = 1.0, functional.free_energy(state)
    for step in range(most_steps):
        if state.residual <= residual or share < _SHORTEST:
            return state, step
        tried = functional.at(state.local_fields + share * (state.target_fields - state.local_fields))
        reached = functional.free_energy(tried)
        if reached <= energy + _ROUNDING * abs(energy) and np.isfinite(reached):
            state, energy, share = tried, reached, min(1.0, 1.5 * share)
        else:
            share /= 2
    return state, most_steps
