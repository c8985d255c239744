"""From which sides a symbol can come to a point, and a claim about the other side as one about this side."""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.statements.expansion import Expansion

NEAR = sp.Rational(1, 10**9)
"""How close to a point a set must come for a symbol to tend to it."""


def sides_of(chosen: sp.Set, place: Any) -> tuple[str, ...]:
    """From above, from below, or both: the sides from which a set comes arbitrarily close to a point."""
    if chosen.free_symbols or place.free_symbols:
        return ("+", "-")
    above = sp.Intersection(chosen, sp.Interval.open(place, place + NEAR))
    below = sp.Intersection(chosen, sp.Interval.open(place - NEAR, place))
    return tuple(s for s, near in (("+", above), ("-", below)) if near is not sp.S.EmptySet)


def from_above(claim: Expansion) -> tuple[Expansion, ...]:
    """An expansion in one variable about a finite point as claims from above, one for each side its domain has.

    Raises
    ------
    ValueError
        If the variable comes from below and ranges over something else than intervals.
    """
    sides = sides_of(claim.domain.sets[claim.variable], claim.about)
    below = (mirrored(claim),) if "-" in sides else ()
    return (*((claim,) if "+" in sides or not below else ()), *below)


def mirrored(claim: Expansion) -> Expansion:
    """The expansion with ``2 about - x`` in the place of its variable ``x``.

    Raises
    ------
    ValueError
        If the variable ranges over something else than intervals.
    """
    old, about = claim.variable, claim.about
    chosen = _mirrored_set(claim.domain.sets[old], about)
    new = sp.Symbol(old.name, **_sign(chosen))

    def swap(part: Any) -> Any:
        settled = part.replace(sp.Derivative, sp.diff) if isinstance(part, sp.Expr) else part
        return settled.subs(old, 2 * about - new)

    sets = {name: swap(s) for name, s in claim.domain.sets.items() if name != old} | {new: chosen}
    domain = Domain(sets, [swap(c) for c in claim.domain.constraints])
    return Expansion(swap(claim.left), swap(claim.right), domain, variable=new, order=claim.order, about=about)


def _sign(chosen: sp.Set) -> dict[str, bool]:
    """What SymPy may assume of a symbol that ranges over a set of real numbers."""
    known = not chosen.free_symbols and chosen.inf.is_nonnegative
    positive = known and (chosen.inf.is_positive or chosen.contains(sp.S.Zero) == sp.false)
    return {"real": True, "positive": True} if positive else {"real": True}


def _mirrored_set(chosen: Any, about: Any) -> sp.Set:
    if isinstance(chosen, sp.Union):
        return sp.Union(*(_mirrored_set(part, about) for part in chosen.args))
    if not isinstance(chosen, sp.Interval):
        raise ValueError(f"the variable of an expansion ranges over an interval; found {chosen}")
    ends = (2 * about - chosen.end, 2 * about - chosen.start)
    return sp.Interval(*ends, bool(chosen.right_open), bool(chosen.left_open))
