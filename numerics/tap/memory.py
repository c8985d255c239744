"""Iteration of the TAP equations with the reaction of the step before: it finds the solution that the spins have."""

from __future__ import annotations

import numpy as np

from numerics.tap.functional import State, TapFunctional

# Steps within which the residual is to be halved; else the iteration is taken not to settle.
_PATIENCE = 100


def memory_iteration(functional: TapFunctional, state: State, *, residual: float, most_steps: int) -> tuple[State, int]:
    """Iterate m_i(t + 1) = m(h_i - sum over products of left'(m_i(t - 1)) sum_j J_ij^p right(m_j(t))).

    The reaction of a spin on itself takes two steps, there and back, so that it is that of its earlier magnetization
    (Bolthausen 2014, Commun. Math. Phys. 325, 333). With independent couplings the iteration ends at the solution that
    Plefka's condition admits, from any start above the de Almeida-Thouless line; elsewhere it mostly does not end.
    """
    before, best, patience = state.profile.left_slope, state.residual, _PATIENCE
    for step in range(most_steps):
        if state.residual <= residual:
            return state, step
        if state.residual < best / 2:
            best, patience = state.residual, _PATIENCE
        elif patience == 0:
            return state, step
        patience -= 1
        target = functional.field - np.sum(before * state.sums, axis=0)
        before = state.profile.left_slope
        state = functional.at(target)
    return state, most_steps
