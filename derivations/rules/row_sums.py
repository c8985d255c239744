"""A symmetric tridiagonal form as a sum of squares, weighted by the sums of its rows and by its bonds."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.brackets import without_implied_brackets
from derivations.algebra.sum_terms import resolved
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.statements import Identity
from theory.sums import Sigma, rename


@rule(
    "sum of squares",
    "In a symmetric form the sums of the rows weigh the squares of the components, and minus the entries beside the "
    "diagonal the squares of their differences: the form is positive where all of these weights are.",
)
def sum_of_squares(
    entry: Step, *, rows: tuple[sp.Symbol, sp.Symbol], layers: tuple[Any, Any], vector: sp.IndexedBase
) -> Inference:
    """The quadratic form of the matrix in any vector; the result is the sum of row i."""
    i, j = rows
    first, last = layers
    row_sum = without_implied_brackets(resolved(Sigma(entry.result, (j, first, last))), [(i, first, last)])
    beside = _placed(entry.result, rows, (i - 1, i))
    x: Any = vector
    form = Sigma(entry.result * x[i] * x[j], (i, first, last), (j, first, last))
    squares = Sigma(row_sum * x[i] ** 2, (i, first, last)) - Sigma(
        beside * (x[i - 1] - x[i]) ** 2, (i, first + 1, last)
    )
    domain = cast(Identity, entry.statement).domain.extended({vector: (-1, 1)})
    return Inference(statement=Identity(form, squares, domain.restricted(form)), result=row_sum)


def _placed(entry: Any, rows: tuple[sp.Symbol, sp.Symbol], places: tuple[Any, Any]) -> Any:
    """The entry at a place, its Kronecker deltas decided."""
    fresh = [sp.Dummy(r.name, integer=True) for r in rows]
    for row, stand_in in zip(rows, fresh, strict=True):
        entry = rename(entry, row, stand_in)
    for stand_in, place in zip(fresh, places, strict=True):
        entry = rename(entry, stand_in, place)
    return entry
