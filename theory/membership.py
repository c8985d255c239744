"""Whether a number lies in a set: at once where both are rational, as SymPy says otherwise.

SymPy turns an interval into inequalities for each question, which takes a thousand times as long as the comparison.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import sympy as sp


def lies_in(value: Any, chosen: Any) -> bool | None:
    """Whether ``value`` is a member of the set ``chosen``; None where that is not known."""
    if isinstance(value, sp.Rational):
        if isinstance(chosen, sp.Interval) and all(map(_is_plain_end, (chosen.start, chosen.end))):
            return _between(value, chosen)
        if isinstance(chosen, sp.FiniteSet) and all(isinstance(member, sp.Rational) for member in chosen.args):
            return value in chosen.args
    found = chosen.contains(value)
    return True if found == sp.true else (False if found == sp.false else None)


def _is_plain_end(end: Any) -> bool:
    return isinstance(end, sp.Rational) or end in (sp.oo, -sp.oo)


def _between(value: Any, chosen: Any) -> bool:
    above = value > chosen.start or (value == chosen.start and not chosen.left_open)
    below = value < chosen.end or (value == chosen.end and not chosen.right_open)
    return bool(above and below)


@cache
def holds_integers_only(chosen: sp.Set) -> bool:
    """Whether a set is known to have no member but integers."""
    if isinstance(chosen, sp.Interval):
        return False
    return isinstance(chosen, sp.Range) or chosen.is_subset(sp.S.Integers) is True
