"""A tridiagonal matrix scaled to a unit diagonal, which turns its stability into an eigenvalue problem."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.statements import Identity


@rule(
    "scale to a unit diagonal",
    "Scaling rows and columns by the roots of the diagonal keeps definiteness; the matrix is then one minus the squared "
    "inverse temperature times a matrix of bonds, whose largest eigenvalue is the squared critical temperature.",
)
def unit_diagonal(entry: Step, *, rows: tuple[sp.Symbol, sp.Symbol], layers: tuple[Any, Any]) -> Inference:
    """The scaled entry between layers j - 1 and j; the result is that entry."""
    i, j = rows
    diagonal = _specialized(entry.result, {i: j})
    before = _specialized(entry.result, {i: j - 1, j: j - 1})
    beside = _specialized(entry.result, {i: j - 1})
    scaled = sp.powsimp(sp.sqrt(sp.cancel(beside**2 / (before * diagonal)))) * _sign(beside)
    domain = cast(Identity, entry.statement).domain.extended({j: sp.Range(layers[0] + 1, layers[1] + 1)})
    domain = domain.restricted(diagonal, before, beside)
    return Inference(statement=Identity(beside / sp.sqrt(before * diagonal), scaled, domain))


def _specialized(entry: Any, places: dict[sp.Symbol, Any]) -> sp.Expr:
    return cast(sp.Expr, sp.expand(entry.subs(places, simultaneous=True)))


def _sign(entry: sp.Expr) -> int:
    if entry.is_negative:
        return -1
    if entry.is_positive:
        return 1
    raise ValueError(f"the sign of the bond {entry} is not known from its symbols' assumptions")
