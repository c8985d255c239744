"""From which sides a symbol can come to a point, and a claim about the other side as one about this side."""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.notation.domains import assumptions
from theory.statements import Expansion

NEAR = sp.Rational(1, 10**9)
"""How close to a point a set must come for a symbol to tend to it."""


def sides_of(chosen: sp.Set, place: Any) -> tuple[str, ...]:
    """From above, from below, or both: the sides from which a set comes arbitrarily close to a point."""
    if chosen.free_symbols or place.free_symbols:
        return ("+", "-")
    above = sp.Intersection(chosen, sp.Interval.open(place, place + NEAR))
    below = sp.Intersection(chosen, sp.Interval.open(place - NEAR, place))
    return tuple(s for s, near in (("+", above), ("-", below)) if near is not sp.S.EmptySet)


def mirrored(claim: Expansion) -> Expansion:
    """The expansion with ``2 about - x`` for its variable ``x``: an ``Expansion`` says what holds from above only.

    Raises
    ------
    ValueError
        If the variable ranges over something else than intervals.
    """
    old, about = claim.variable, claim.about
    chosen = _mirrored_set(claim.domain.sets[old], about)
    new = sp.Symbol(old.name, **({"real": True} if chosen.free_symbols else assumptions(chosen)))

    def swap(part: Any) -> Any:
        settled = part.replace(sp.Derivative, sp.diff) if isinstance(part, sp.Expr) else part
        return settled.subs(old, 2 * about - new)

    sets = {name: swap(s) for name, s in claim.domain.sets.items() if name != old} | {new: chosen}
    domain = Domain(sets, [swap(c) for c in claim.domain.constraints])
    return Expansion(swap(claim.left), swap(claim.right), domain, variable=new, order=claim.order, about=about)


def _mirrored_set(chosen: Any, about: Any) -> sp.Set:
    if isinstance(chosen, sp.Union):
        return sp.Union(*(_mirrored_set(part, about) for part in chosen.args))
    if not isinstance(chosen, sp.Interval):
        raise ValueError(f"the variable of an expansion ranges over an interval; found {chosen}")
    ends = (2 * about - chosen.end, 2 * about - chosen.start)
    return sp.Interval(*ends, bool(chosen.right_open), bool(chosen.left_open))
