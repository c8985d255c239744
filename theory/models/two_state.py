"""A two-state system whose gap is driven: reduced energies 0 and epsilon[t], moves that restore equilibrium in part.

In each of T steps the gap changes at fixed state, which is work; then the state stays with probability q, and is drawn
from equilibrium at the new gap otherwise. Every kernel of two states in detailed balance has this form, with a q that
may be negative: it is the second eigenvalue of the transition matrix.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.averages import ConfigurationSum
from theory.domain import Domain
from theory.sums import Sigma
from theory.symbols import family

n_steps = sp.Symbol("T", integer=True, positive=True)
t = sp.Symbol("t", integer=True)
x = sp.Symbol("x", integer=True)
gap, next_gap = sp.symbols("epsilon eta", real=True)
persistence = sp.Symbol("q", real=True)
s = sp.Symbol("s", real=True)
gaps = family("epsilon", real=True)
spins = family("sigma", integer=True)


def energy(state: Any, at: Any) -> Any:
    """The reduced energy of a state, 0 or 1, at a gap."""
    return state * at


def state(time: Any) -> Any:
    """The state at a time, 0 or 1, by a sign."""
    return (1 + spins[time]) / 2


def work() -> Any:
    """What the changes of the gap cost along a path, in units of k_B T."""
    return Sigma(energy(state(t), gaps[t + 1]) - energy(state(t), gaps[t]), (t, 0, n_steps - 1))


def mean_over_paths(body: Any, partition: Any, persistence: Any) -> Any:
    """The sum over all paths of a body times the probability of the path, from equilibrium at the first gap.

    ``partition`` is the sum over both states at ``gap``.
    """

    def drawn(time: Any) -> Any:
        return sp.exp(-energy(state(time), gaps[time])) / partition.subs(gap, gaps[time])

    moves = persistence * sp.KroneckerDelta(spins[t], spins[t + 1]) + (1 - persistence) * drawn(t + 1)
    path = drawn(sp.Integer(0)) * sp.Product(moves, (t, 0, n_steps - 2))
    return ConfigurationSum(path * body, spins, (t, 0, n_steps - 1))


def gap_domain() -> Domain:
    """Any gap before and after a change."""
    return Domain({gap: (-sp.oo, sp.oo), next_gap: (-sp.oo, sp.oo)})


def path_domain() -> Domain:
    """Any number of steps and any gaps."""
    return Domain({gaps: (-2, 2), n_steps: sp.Range(1, sp.oo)})
