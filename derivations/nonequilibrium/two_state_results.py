"""The results on the driven two-state system as expressions, for lowering. Nothing here is typed in."""

from __future__ import annotations

from functools import cache
from typing import Any

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.nonequilibrium import two_state_work


@cache
def _derivation() -> Derivation:
    return two_state_work.build()


def free_energy_difference() -> Any:
    """F at gap eta less F at gap epsilon."""
    return _derivation()["difference of free energies"].result


def occupation() -> Any:
    """Equilibrium probabilities of both states at gap epsilon, a row."""
    return sp.Matrix([_derivation()["occupation"].result])


def moves() -> Any:
    """Transition matrix at gap epsilon, rows before and columns after, in the probability q to stay."""
    return sp.Matrix(_derivation()["moves"].result)


def metropolis_moves() -> Any:
    """Transition matrix of Metropolis' algorithm at gap epsilon."""
    return sp.Matrix(_derivation()["Metropolis moves"].result)
