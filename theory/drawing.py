"""Exact rational elements of a set: the simplest one, or one drawn at random."""

from __future__ import annotations

import random
from typing import Any, cast

import sympy as sp

from theory.membership import holds_integers_only, lies_in

SIMPLE_VALUES = tuple(
    sp.Rational(p, q)
    for p, q in (
        (1, 1),
        (1, 2),
        (2, 1),
        (0, 1),
        (-1, 1),
        (-1, 2),
        (3, 1),
        (1, 3),
        (1, 4),
        (2, 3),
        (3, 4),
        (-2, 1),
        (1, 10),
    )
)
DENOMINATORS = (7, 97, 997)
SIZE_SPAN = 3
REACH = 3
"""How far into an unbounded set most points lie."""
CLOSED_END_SHARE = 0.5
"""Share of the values close to an end that lie at the end itself, where it belongs to the interval."""


def draw(chosen: sp.Set, rng: random.Random, *, simple: bool, reach: int = REACH, end_share: float = 0.0) -> sp.Expr:
    """One exact rational element of a set: the simplest, or a random one.

    Raises
    ------
    ValueError
        If the set is empty or of a kind that cannot be sampled.
    """
    if isinstance(chosen, sp.FiniteSet):
        members = simplest_first(chosen)
        return members[0] if simple else rng.choice(members)
    if holds_integers_only(chosen):
        return _draw_integer(chosen, rng, simple=simple)
    if isinstance(chosen, sp.Interval):
        return _draw_real(chosen, rng, simple=simple, reach=reach, end_share=end_share)
    if isinstance(chosen, sp.Union):
        return draw(cast(sp.Set, rng.choice(chosen.args)), rng, simple=simple, reach=reach, end_share=end_share)
    if chosen == sp.S.Rationals:
        return _draw_real(sp.Interval(-sp.oo, sp.oo), rng, simple=simple, reach=reach, end_share=0.0)
    raise ValueError(f"cannot sample the set {chosen}; use an interval, integers, a Range or a finite set")


def is_empty(chosen: sp.Set) -> bool:
    """Whether a set is known to have no member; one with symbols in its bounds is not."""
    if isinstance(chosen, sp.Range):
        return not chosen.free_symbols and chosen.size == 0
    return chosen is sp.S.EmptySet


def simplest_first(chosen: sp.FiniteSet) -> list[sp.Expr]:
    """The members of a finite set: 1 first if it is there, then by size, positive ones before negative ones."""
    members = sorted(cast("tuple[sp.Expr, ...]", chosen.args), key=sp.default_sort_key)
    return sorted(members, key=lambda v: (v != 1, float(abs(v)) if v.is_number else 0.0, bool(v.is_negative)))


def _draw_integer(chosen: sp.Set, rng: random.Random, *, simple: bool) -> sp.Expr:
    if is_empty(chosen):
        raise ValueError("the set of an integer symbol is empty at these sizes")
    low, high = chosen.inf, chosen.sup
    if low is sp.oo or (low.is_number and high.is_number and bool(low > high)):
        raise ValueError(f"the set {chosen} is empty")
    start = low if low.is_finite else (high - SIZE_SPAN if high.is_finite else sp.Integer(-2))
    stop = min(high, start + SIZE_SPAN) if high.is_finite else start + SIZE_SPAN
    members = [sp.Integer(n) for n in range(int(start), int(stop) + 1) if lies_in(sp.Integer(n), chosen)]
    return members[0] if simple else rng.choice(members)


def _draw_real(chosen: Any, rng: random.Random, *, simple: bool, reach: int, end_share: float) -> sp.Expr:
    if simple:
        for value in (*SIMPLE_VALUES, *_simplest_between(chosen.start, chosen.end)):
            if lies_in(value, chosen):
                return value
    low, high = window(chosen, reach)
    ends = [e for e in (chosen.start, chosen.end) if e.is_Rational]
    if ends and rng.random() < end_share:
        end = rng.choice(ends)
        if lies_in(end, chosen) and rng.random() < CLOSED_END_SHARE:
            return end
        inside = (low + high) / 2
        return end + (inside - end) / rng.choice(DENOMINATORS)
    denominator = rng.choice(DENOMINATORS)
    while True:
        first, last = sp.floor(low * denominator) + 1, sp.ceiling(high * denominator) - 1
        if first <= last:
            return sp.Rational(rng.randint(int(first), int(last)), denominator)
        denominator *= 10


def _simplest_between(low: Any, high: Any) -> list[sp.Expr]:
    """The rational number of least denominator strictly between two numbers: an integer if there is one."""
    if not low.is_Rational:
        return [sp.ceiling(high) - 1] if low.is_infinite and high.is_Rational else []
    return [_least_denominator(low, high)]


def _least_denominator(low: Any, high: Any) -> sp.Expr:
    """By continued fractions: a narrow interval takes no longer than a wide one."""
    whole = sp.floor(low)
    if not high.is_Rational or whole + 1 < high:
        return whole + 1
    above = 1 / (high - whole)
    return whole + 1 / (sp.floor(above) + 1 if low == whole else _least_denominator(above, 1 / (low - whole)))


def window(chosen: Any, reach: int) -> tuple[Any, Any]:
    """A finite part of an interval: the interval itself, or as much of an unbounded one as ``reach`` says."""
    low, high = chosen.start, chosen.end
    if low.is_infinite and high.is_infinite:
        return sp.Integer(-reach), sp.Integer(reach)
    if low.is_infinite:
        return high - reach, high
    return low, (low + reach if high.is_infinite else high)
