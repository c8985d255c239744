"""Linear conditions on indices and sizes that have no common solution, by elimination of one name after the other."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sympy as sp

from theory.domain import Domain

MAX_CONDITIONS = 400

Row = dict[Any, Any]
"""The coefficient of each name, of 1 for the constant."""


def infeasible(bounds: Iterable[Any], domain: Domain) -> bool:
    """Whether no real numbers make all expressions nonnegative, with each name in the set that the domain gives it.

    What is not linear counts as a name of its own. False where it is not decided.
    """
    rows = [_row(b) for b in _with_sets(bounds, domain)]
    while True:
        if any(_is_impossible(row) for row in rows):
            return True
        names = {n for row in rows for n in row if n != 1}
        if not names or len(rows) > MAX_CONDITIONS:
            return False
        rows = _without(min(names, key=lambda n: (_pairs(rows, n), str(n))), rows)


def _with_sets(bounds: Iterable[Any], domain: Domain) -> list[Any]:
    """The bounds, and those that the sets of the domain give for every name in them, in turn."""
    found, seen = [sp.expand(b) for b in bounds], set()
    for bound in found:  # grows while it is read
        for name in _row(bound):
            if name != 1 and name not in seen:
                seen.add(name)
                found += [sp.expand(b) for b in known_bounds(name, name, domain)]
    return found


def known_bounds(name: Any, value: Any, domain: Domain) -> list[Any]:
    """What is not negative for a value of a name, by the set of the name."""
    key = name.base if isinstance(name, sp.Indexed) else name
    chosen = domain.sets.get(key)
    if isinstance(chosen, sp.Range):
        low, high = chosen.args[0], chosen.args[1] - 1
        if chosen.args[2] != 1:
            return []
    elif isinstance(chosen, sp.Interval):
        low, high = chosen.start, chosen.end
    elif isinstance(chosen, sp.FiniteSet) and all(m.is_Rational for m in chosen):
        low, high = min(chosen), max(chosen)
    else:
        return []
    return [b for end, b in ((low, value - low), (high, high - value)) if end.is_infinite is not True]


def _row(bound: Any) -> Row:
    row: Row = {}
    for name, factor in sp.expand(bound).as_coefficients_dict().items():
        row[name] = row.get(name, 0) + sp.Rational(factor)
    return {n: f for n, f in row.items() if f != 0 or n == 1}


def _is_impossible(row: Row) -> bool:
    return all(n == 1 for n in row) and row.get(1, row.get(sp.S.One, 0)) < 0


def _pairs(rows: list[Row], name: Any) -> int:
    signs = [row[name] > 0 for row in rows if name in row]
    return signs.count(True) * signs.count(False)


def _without(name: Any, rows: list[Row]) -> list[Row]:
    """Fourier and Motzkin: each lower bound of the name with each upper one."""
    kept = [row for row in rows if name not in row]
    above = [row for row in rows if row.get(name, 0) > 0]
    below = [row for row in rows if row.get(name, 0) < 0]
    for low in above:
        for high in below:
            kept.append(_combined(low, -high[name], high, low[name]))
    return kept


def _combined(one: Row, first: Any, other: Row, second: Any) -> Row:
    names = {*one, *other}
    row = {n: first * one.get(n, 0) + second * other.get(n, 0) for n in names}
    return {n: f for n, f in row.items() if f != 0 or n == 1}
