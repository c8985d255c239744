"""A tridiagonal matrix scaled to a unit diagonal, which turns its stability into an eigenvalue problem."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.statements import Identity
from theory.sums import rename


@rule(
    "scale to a unit diagonal",
    "Scaling rows and columns by the roots of the diagonal keeps definiteness; the matrix is then one minus the "
    "squared inverse temperature times a matrix of bonds, with the squared critical temperature as largest eigenvalue.",
)
def unit_diagonal(entry: Step, *, rows: tuple[sp.Symbol, sp.Symbol], layers: tuple[Any, Any]) -> Inference:
    """The scaled entry between layers j - 1 and j; the result is that entry."""
    _, j = rows
    statement = cast(Identity, entry.statement)
    places = ((j - 1, j), (j - 1, j - 1), (j, j))
    beside, before, diagonal = (_placed(entry.result, rows, p) for p in places)
    scaled = sp.sqrt(sp.cancel(beside**2 / (before * diagonal))) * _sign(beside)
    raw = [_placed(statement.left, rows, p) for p in places]
    domain = statement.domain.extended({j: sp.Range(layers[0] + 1, layers[1] + 1)}).restricted(*raw)
    return Inference(statement=Identity(raw[0] / sp.sqrt(raw[1] * raw[2]), scaled, domain))


def _placed(entry: Any, rows: tuple[sp.Symbol, sp.Symbol], places: tuple[Any, Any]) -> Any:
    fresh = [sp.Dummy(r.name, integer=True) for r in rows]
    for row, stand_in in zip(rows, fresh, strict=True):
        entry = rename(entry, row, stand_in)
    for stand_in, place in zip(fresh, places, strict=True):
        entry = rename(entry, stand_in, place)
    return entry


def _sign(entry: sp.Expr) -> int:
    if entry.is_negative:
        return -1
    if entry.is_positive:
        return 1
    raise ValueError(f"the sign of the bond {entry} is not known from its symbols' assumptions")
