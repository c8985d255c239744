"""Range brackets beside Kronecker deltas: which of them the declared ranges already imply."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sympy as sp

from derivations.algebra.sum_terms import Bounds
from theory.sums import Inside


def without_implied_brackets(expression: Any, ranges: Iterable[Bounds]) -> sp.Expr:
    """Drop every bracket that holds because of the ranges of the indices, the deltas beside it taken into account.

    In ``[1 <= i <= L] delta(j, i - 1)`` with both indices from 0 to L the lower end holds for i = j + 1 and the upper
    end for i itself.
    """
    table = {index: (lower, upper) for index, lower, upper in ranges}
    terms = sp.Add.make_args(sp.expand(expression))
    return sp.Add(*[_one_term(t, table) for t in terms])


def _one_term(term: Any, table: dict[Any, tuple[Any, Any]]) -> Any:
    factors = sp.Mul.make_args(term)
    deltas = [f for f in factors if isinstance(f, sp.KroneckerDelta)]
    for bracket in (f for f in factors if isinstance(f, Inside)):
        value, lower, upper = bracket.args
        equals = [value, *(v for d in deltas for v in _rewritten(value, d))]
        low = any(_known_nonnegative(v - lower, table, deltas) for v in equals)
        high = any(_known_nonnegative(upper - v, table, deltas) for v in equals)
        if low and high:
            term = term / bracket
    return term


def _rewritten(value: Any, delta: Any) -> list[Any]:
    """The value with one of its indices replaced by what the delta says it equals."""
    difference = sp.expand(delta.args[0] - delta.args[1])
    found = []
    for index in value.free_symbols & difference.free_symbols:
        slope = difference.coeff(index, 1)
        if slope in (1, -1):
            found.append(sp.expand(value.subs(index, index - difference / slope)))
    return found


def _known_nonnegative(difference: Any, table: dict[Any, tuple[Any, Any]], deltas: list[Any]) -> bool:
    """Whether a difference is at least 0 with an index at the end of its range that makes it least."""
    least = [sp.expand(difference)]
    for index in least[0].free_symbols & set(table):
        slope = least[0].coeff(index, 1)
        if slope in (1, -1):
            least.append(sp.expand(least[0].subs(index, table[index][0 if slope == 1 else 1])))
    least += [v for d in deltas for e in least for v in _rewritten(e, d)]
    return any(bool(e.is_nonnegative) for e in least)
