"""The Hessian of an action in one family of order parameters, as an entry for any pair of indices."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.sum_terms import resolved
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.field_derivative import FieldDerivative
from theory.statements import Identity
from theory.sums import Inside


@rule("Hessian", "Stability is decided by the matrix of second derivatives.")
def hessian(
    action: Step, *, field: sp.IndexedBase, rows: tuple[sp.Symbol, sp.Symbol], layers: tuple[Any, Any], factor: Any
) -> Inference:
    """``factor`` times the second derivative of the action by ``field[i]`` and ``field[j]``."""
    i, j = rows
    slope = resolved(sp.diff(action.result, field[i]))
    entry = sp.expand(factor * resolved(sp.diff(slope, field[j])))
    entry = sp.Add(*[_unguarded(t, {i, j}, layers) for t in sp.Add.make_args(entry)])
    rows_set = sp.Range(layers[0], layers[1] + 1)
    domain = cast(Any, action.statement).domain.extended({i: rows_set, j: rows_set})
    return Inference(statement=Identity(factor * FieldDerivative(action.result, field[i], field[j]), entry, domain))


def _unguarded(term: Any, rows: set[sp.Symbol], layers: tuple[Any, Any]) -> Any:
    """Drop each bracket that the deltas beside it imply while both rows lie within the layers."""
    deltas = [f for f in sp.Mul.make_args(term) if isinstance(f, sp.KroneckerDelta)]
    for bracket in [f for f in sp.Mul.make_args(term) if isinstance(f, Inside)]:
        value, lower, upper = bracket.args
        alike = {value, *(_other_row(value, d, rows) for d in deltas)} - {None}
        above = any(_at_least(layers[0], v, rows, lower) for v in alike)
        below = any(_at_most(layers[1], v, rows, upper) for v in alike)
        if above and below:
            term = term / bracket
    return term


def _other_row(value: Any, delta: Any, rows: set[sp.Symbol]) -> Any:
    """The same value in terms of the other row, by the delta."""
    (row,) = value.free_symbols & rows if len(value.free_symbols & rows) == 1 else (None,)
    if row is None:
        return None
    difference = sp.expand(delta.args[0] - delta.args[1])
    slope = difference.coeff(row, 1)
    return sp.expand(value.subs(row, row - difference / slope)) if slope != 0 else None


def _shift(value: Any, rows: set[sp.Symbol]) -> Any:
    (row,) = value.free_symbols & rows
    return sp.expand(value - row)


def _at_least(first: Any, value: Any, rows: set[sp.Symbol], lower: Any) -> bool:
    return bool(sp.expand(first + _shift(value, rows) - lower).is_nonnegative)


def _at_most(last: Any, value: Any, rows: set[sp.Symbol], upper: Any) -> bool:
    return bool(sp.expand(upper - last - _shift(value, rows)).is_nonnegative)
