"""The value of an integral by an antiderivative F of its integrand f: F' = f is proved, and F continuous on its range.

The range is brought to fixed ends first. At an infinite end, and where F is not proved continuous at an end, the limit
of F takes the place of its value. An F that jumps or has a pole inside the range is never used, so that no integral
across a pole has a value.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Iterable
from math import inf
from typing import Any

import sympy as sp

from derivations.engine.routes.asymptotics.limit import limit_of
from derivations.engine.routes.asymptotics.scale import UnknownScaleError
from derivations.engine.routes.asymptotics.signs import Signs, UndecidedSignError
from derivations.engine.routes.certificates.continuity import continuous
from derivations.engine.routes.certificates.stretches import Ends, Place, fixed_ends, stretch
from derivations.engine.routes.normal_forms.derivation import derivative
from derivations.engine.routes.normal_forms.field import TooLongError, UnsupportedError
from derivations.engine.routes.normal_forms.normal_form import with_tower
from derivations.engine.routes.normal_forms.tower import Tower
from theory.domain import Domain
from theory.sums import rename


def value_by_antiderivative(
    integrand: Any, x: sp.Symbol, ends: Ends, domain: Domain, guesses: Iterable[Any], until: float = inf
) -> Any | None:
    """F at the upper end less F at the lower one, for the first guess F that is proved; None if there is none.

    Raises
    ------
    TooLongError
        If the thread's clock is past ``until``.
    """
    place, fixed = fixed_ends(ends)
    for guess in guesses:
        try:
            closed = with_tower(domain, lambda tower, f=guess: _proved(tower, f, integrand, x, place, fixed), until)
            if closed is not None:
                low, high = (_value(guess, x, place, fixed, closed, side, domain) for side in (0, 1))
                return high - low
        except TooLongError:
            raise
        except (UnsupportedError, UnknownScaleError, UndecidedSignError, ValueError):
            continue
    return None


def _proved(
    tower: Tower, guess: Any, integrand: Any, x: sp.Symbol, place: Place, fixed: Ends
) -> tuple[bool, bool] | None:
    """At which ends F is continuous too, if F' = f between them and F is continuous there; else None."""
    t = stretch(tower, *fixed, closed=(False, False))
    slope = derivative(tower, tower.convert(rename(guess, x, place(t))), t)
    if not tower.field.same(slope, tower.convert(rename(integrand, x, place(t)) * sp.diff(place(t), t))):
        return None
    finite = tuple(not end.is_infinite for end in fixed)
    for closed in dict.fromkeys([finite, (finite[0], False), (False, finite[1]), (False, False)]):
        t = stretch(tower, *fixed, closed=closed)
        moved = rename(guess, x, place(t))
        if continuous(tower, moved, frozenset(moved.free_symbols)):
            return closed
    return None


def _value(
    guess: Any, x: sp.Symbol, place: Place, fixed: Ends, closed: tuple[bool, bool], side: int, domain: Domain
) -> Any:
    """F at an end, or its limit there.

    Raises
    ------
    UnknownScaleError
        If there is no limit, or none is known.
    UndecidedSignError
        If it depends on an unknown sign.
    """
    if closed[side]:
        return rename(guess, x, place(fixed[side]))
    t = sp.Dummy("t", real=True)
    found = limit_of(rename(guess, x, place(t)), t, fixed[side], -1 if side else 1, Signs(domain))
    if not isinstance(found, sp.Expr) or found.is_infinite or found.has(sp.oo, sp.zoo, sp.nan, t):
        raise UnknownScaleError("an antiderivative without a finite limit at an end")
    return found
