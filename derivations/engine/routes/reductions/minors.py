"""Where the leading minors of a matrix vanish: between two such places it may fail to be definite in a narrow part.

Points that agree with the condition do not see that part, nor a place where a minor touches zero. So points are taken
between the zeros along lines through the domain, and at the zeros; one that no exact point meets stays unexamined.
A descent looks for zeros that no line meets. It finds doubts and no proofs.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import random
from dataclasses import replace
from itertools import chain, islice
from typing import Any

import sympy as sp

from derivations.engine.evidence import Evidence
from derivations.engine.routes.budget import Budget
from derivations.engine.routes.enclosures.balls import UnknownError
from derivations.engine.routes.enclosures.brinks import brinks
from derivations.engine.routes.enclosures.comparisons import point_at
from derivations.engine.routes.enclosures.points import TooLargeError
from derivations.engine.routes.enclosures.switches import Places, Switch
from derivations.engine.routes.enclosures.zeros import NOTHING, as_float, least_place, window, zeros
from derivations.engine.routes.reductions.definite import definite_at, mismatch, truth_at
from derivations.engine.routes.sampling import is_integer_set, points
from derivations.engine.shrink import smallest
from theory.domain import Assignment
from theory.statements import PositiveDefinite
from theory.sums import concrete, unroll

LINES = 4
"""Points through which lines are drawn."""
MOST_ROWS = 5
SWEEPS = 24
"""Rounds of a descent over all symbols, one after another."""
ASIDE = sp.Rational(1, 1000)
"""How far from a place, in widths of the domain, the condition must still hold."""


def looked_at_minors(statement: PositiveDefinite, found: Evidence, budget: Budget, seed: int) -> Evidence:
    """What the points say, after a look where the minors vanish and close to the ends of the domain."""
    if found.outcome != "agrees":
        return found
    try:
        for base in islice(points(statement.domain, random.Random(seed + 1)), LINES):
            minors = _minors(statement, base)
            places = Places(tuple(map(Switch, minors)), statement.domain)
            for point in chain(places.points([base]), brinks(statement.domain, [base])):
                fault = mismatch(statement, point)
                if fault is not None:
                    _, fault = smallest(point, fault, lambda p: mismatch(statement, p))
                    return replace(found, outcome="refutes", counterexample=fault)
            touched = next(
                (t for m in minors if (t := _touched(statement, m, base) or _sunk(statement, m, base, budget))), ""
            )
            if touched:
                return replace(found, outcome="undecided", reason=touched)
            if budget.is_spent:
                break
    except (UnknownError, TooLargeError, ValueError) as error:
        return replace(found, outcome="undecided", reason=str(error))
    return found


def _minors(statement: PositiveDefinite, base: Assignment) -> list[Any]:
    """The leading minors at the sizes of a point, in the symbols that are not integers."""

    def keep(name: Any) -> Any:
        is_free = isinstance(name, sp.Symbol) and name in base.values
        return name if is_free and not is_integer_set(base.domain.set_of(name)) else base(name)

    if statement.rows is None:
        rows = statement.matrix.applyfunc(lambda entry: unroll(entry, keep))
    else:
        i, j, low, high = (sp.sympify(part, strict=True) for part in statement.rows)
        first, last = (int(concrete(end, base)) for end in (low, high))
        size = min(last - first + 1, MOST_ROWS)
        rows = sp.Matrix(
            size,
            size,
            lambda r, c: unroll(statement.matrix.xreplace({i: sp.Integer(first + r), j: sp.Integer(first + c)}), keep),
        )
    return [rows[:n, :n].det(method="berkowitz") for n in range(1, min(rows.rows, MOST_ROWS) + 1)]


def _touched(statement: PositiveDefinite, minor: Any, base: Assignment) -> str:
    """Where a minor vanishes and the condition holds, or does on both sides, and no exact point decides."""
    free = {n: v for n, v in base.values.items() if isinstance(n, sp.Symbol)}
    for name in sorted(minor.free_symbols & set(free), key=str):
        along = minor.xreplace({n: v for n, v in free.items() if n != name})
        for zero in () if along.free_symbols != {name} else zeros(along, name, base.domain.set_of(name)):
            sides = [point_at(base.domain, {**free, name: place}) for place in (zero.low, zero.high)]
            if not all(side is not None and truth_at(statement, side) for side in sides):
                continue
            if not zero.is_exact or any(side and definite_at(statement, side) is None for side in sides):
                return f"a leading minor vanishes near {name} = {float(zero.low):.6g}, which no exact point meets"
    return ""


def _sunk(statement: PositiveDefinite, minor: Any, base: Assignment, budget: Budget) -> str:
    """Where a minor in several symbols is seen to fall to zero, with the condition true all around."""
    free = {n: v for n, v in base.values.items() if isinstance(n, sp.Symbol)}
    names = sorted(minor.free_symbols & set(free), key=str)
    windows = {n: window(base.concrete_set(n), []) for n in names}
    place = _bottom(minor, {n: free[n] for n in names}, windows, budget) if len(names) > 1 else None
    if place is None:
        return ""
    for name, (low, high) in windows.items():
        for step in (-ASIDE * (high - low), ASIDE * (high - low)):
            side = point_at(base.domain, {**free, **place, name: place[name] + step})
            if side is None or not truth_at(statement, side):
                return ""
    where = ", ".join(f"{n} = {float(v):.6g}" for n, v in place.items())
    return f"a leading minor falls to zero near {where}"


def _bottom(minor: Any, place: dict[Any, Any], windows: dict[Any, Any], budget: Budget) -> dict[Any, Any] | None:
    """A place where a minor all but vanishes, by descent along one symbol after another."""
    for _ in range(SWEEPS):
        for name, ends in windows.items():
            value = as_float(minor.xreplace({n: v for n, v in place.items() if n != name}), name, budget)
            place = {**place, name: sp.Rational(least_place(value, *map(float, ends)))}
            found = value(float(place[name]))
            if found is None:
                return None
            if abs(found) < NOTHING:
                return place
    return None
