"""Other values of one variable of a claim, within its set, while everything else stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp
from mpmath import mp

from derivations.oracles.summation import UnansweredError
from theory.domain import Domain

Move = Callable[[Any, int], Any]
"""Takes a value and the number of a move, and gives another value of the same set."""


def move_within(domain: Domain, name: Any) -> Move:
    """Moves of a symbol within its set.

    Raises
    ------
    UnansweredError
        If its set depends on other symbols, is neither an interval nor a range, or constraints tie it to others.
    """
    values = domain.sets[name]
    if (
        not isinstance(name, sp.Symbol)
        or values.free_symbols
        or any(name in c.free_symbols for c in domain.constraints)
    ):
        raise UnansweredError(f"the oracle does not move {name} by itself")
    if any(name in other.free_symbols for other in domain.sets.values()):
        raise UnansweredError(f"the oracle does not move {name}, on which another set depends")
    if isinstance(values, sp.Range):
        return _along_integers(values)
    if isinstance(values, sp.Interval):
        return _within_an_interval(values)
    raise UnansweredError(f"the oracle does not move {name} within {values}")


def _along_integers(values: Any) -> Move:
    first, last = values.inf, values.sup
    return lambda value, k: value + k if value + k <= last else max(value - k, mp.mpf(int(first)))


def _within_an_interval(values: Any) -> Move:
    low, high = (mp.mpf(int(v.p)) / int(v.q) if v.is_Rational else None for v in (values.inf, values.sup))
    if any(end is None and v.is_finite for end, v in zip((low, high), (values.inf, values.sup), strict=True)):
        raise UnansweredError(f"the oracle does not move within {values}")

    def moved(value: Any, k: int) -> Any:
        if low is not None and high is not None:
            return low + (high - low) * mp.frac((value - low) / (high - low) + k * mp.mpf("0.382"))
        if low is not None:
            return low + (value - low) * (1 + mp.mpf(k) / 3) + mp.mpf(k) / 7
        if high is not None:
            return high - (high - value) * (1 + mp.mpf(k) / 3) - mp.mpf(k) / 7
        return value + mp.mpf(k) * 3 / 7

    return moved
