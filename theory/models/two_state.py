"""A two-state system whose gap is driven: reduced energies 0 and epsilon[t], moves that restore equilibrium in part.

In each of T steps the gap changes at fixed state, which is work; then the state stays with probability q, and is drawn
from equilibrium at the new gap otherwise. Every kernel of two states in detailed balance has this form, with a q that
may be negative: it is the second eigenvalue of the transition matrix.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.paths import PathSum
from theory.symbols import family

n_steps = sp.Symbol("T", integer=True, positive=True)
t = sp.Symbol("t", integer=True)
x = sp.Symbol("x", integer=True)
gap, next_gap = sp.symbols("epsilon eta", real=True)
persistence = sp.Symbol("q", real=True)
s = sp.Symbol("s", real=True)
gaps = family("epsilon", real=True)
weights = family("w", positive=True)
states = family("x", integer=True)


def energy(state: Any, at: Any) -> Any:
    """The reduced energy of a state, 0 or 1, at a gap."""
    return state * at


def chosen(state: Any, ground: Any, excited: Any) -> Any:
    """The first value in the ground state, the second one in the excited state; on paths these are states 1 and 2."""
    return (2 - state) * ground + (state - 1) * excited


def mean_over_paths(factor: Any, partition: Any, persistence: Any, weight: Callable[[Any], Any]) -> Any:
    """The mean over all paths from equilibrium at the first gap, as a sum over paths.

    ``factor`` is what a path takes in each step ``t`` whose state is excited, ``weight(time)`` the Boltzmann weight of
    that state, and ``partition`` the sum over both states at ``gap``.
    """

    def drawn(time: Any) -> Any:
        return chosen(states[time], 1, weight(time)) / partition.subs(sp.exp(-gap), weight(time))

    stays = chosen(states[t], chosen(states[t + 1], 1, 0), chosen(states[t + 1], 0, 1))
    moves = sp.Product(persistence * stays + (1 - persistence) * drawn(t + 1), (t, 0, n_steps - 2))
    work = sp.Product(chosen(states[t], 1, factor), (t, 0, n_steps - 1))
    return PathSum(drawn(sp.Integer(0)) * moves * work, states, 2, (t, 0, n_steps - 1))


def mean_of_tilted_work(tilt: Any, partition: Any, persistence: Any) -> Any:
    """The mean of exp(-tilt W); W is the sum over the steps of the change of the gap, where the state is excited."""
    factor = sp.exp(-tilt * (gaps[t + 1] - gaps[t]))
    return mean_over_paths(factor, partition, persistence, lambda time: sp.exp(-gaps[time]))


def mean_of_exponential_work(partition: Any, persistence: Any) -> Any:
    """The mean of exp(-W) in terms of the weights exp(-gap) of the excited state."""
    return mean_over_paths(weights[t + 1] / weights[t], partition, persistence, lambda time: weights[time])


def gap_domain() -> Domain:
    """Any gap before and after a change."""
    return Domain({gap: (-sp.oo, sp.oo), next_gap: (-sp.oo, sp.oo)})


def path_domain() -> Domain:
    """Any number of steps and any gaps."""
    return Domain({gaps: (-2, 2), n_steps: sp.Range(1, sp.oo)})


def weight_domain() -> Domain:
    """Any number of steps and any weights of the excited state."""
    return Domain({weights: (0, sp.oo), n_steps: sp.Range(1, sp.oo)})
