"""The Hessian of an action in one family of order parameters, as an entry for any pair of indices."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.brackets import without_implied_brackets
from derivations.algebra.sum_terms import resolved
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.field_derivative import FieldDerivative
from theory.statements import Identity


@rule("Hessian", "Stability is decided by the matrix of second derivatives.")
def hessian(
    action: Step,
    *,
    field: Any,
    rows: tuple[sp.Symbol, sp.Symbol],
    layers: tuple[Any, Any],
    factor: Any,
) -> Inference:
    """``factor`` times the second derivative of the action by ``field[i]`` and ``field[j]``."""
    i, j = rows
    slope = resolved(sp.diff(action.result, field[i]))
    entry = sp.expand(factor * resolved(sp.diff(slope, field[j])))
    entry = without_implied_brackets(entry, [(row, *layers) for row in rows])
    rows_set = sp.Range(layers[0], layers[1] + 1)
    domain = cast(Any, action.statement).domain.extended({i: rows_set, j: rows_set})
    return Inference(statement=Identity(factor * FieldDerivative(action.result, field[i], field[j]), entry, domain))
