"""Densities that are not local: their integrals for some fields that decay, instead of Euler operators.

Where two densities differ by a divergence of what vanishes with the fields, their integrals over the line, or the
plane, are equal for all fields that decay fast. Some such fields cannot establish that, but they refute it.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.concrete.expr_with_limits import ExprWithLimits
from sympy.core.function import AppliedUndef

from theory.statements import EqualUpToTotalDerivative
from theory.sums import Binder

SHAPES = ((1, 0), (1, 1), (2, -1))
"""a + b (t + 2 x) in front of exp(-t^2 - x^2), for a field of t and x: field number n takes them from the n-th on."""
MOST_COORDINATES = 2


def integrals(statement: EqualUpToTotalDerivative) -> list[tuple[Any, Any, str]]:
    """The integral of the difference over all coordinates, against zero, for each choice of fields.

    None where a coordinate or a field is not any real number, there are too many coordinates, or fields stand in
    integrals or sums.
    """
    coordinates, sets = statement.coordinates, statement.domain.sets
    ranges = [*(sets[c] for c in coordinates), *(chosen for _, chosen in statement.fields)]
    if len(coordinates) > MOST_COORDINATES or any(chosen != sp.S.Reals for chosen in ranges):
        return []
    if any(side.has(ExprWithLimits, Binder) for side in (statement.left, statement.right)):
        return []
    return [_integral(statement, choice) for choice in range(len(SHAPES))]


def _integral(statement: EqualUpToTotalDerivative, choice: int) -> tuple[Any, Any, str]:
    shapes = {f.func: sp.Lambda(f.args, _shape(f.args, choice + n)) for n, (f, _) in enumerate(statement.fields)}
    density = (statement.left - statement.right).replace(
        lambda node: isinstance(node, AppliedUndef) and node.func in shapes, lambda node: shapes[node.func](*node.args)
    )
    over = [(c, -sp.oo, sp.oo) for c in statement.coordinates]
    note = ", ".join(f"{f} = {shapes[f.func].expr}" for f, _ in statement.fields)
    return sp.Integral(density.doit(), *over), sp.S.Zero, f"the integral of left - right for {note}"


def _shape(places: tuple[Any, ...], number: int) -> Any:
    a, b = SHAPES[number % len(SHAPES)]
    slope = sum(((n + 1) * c for n, c in enumerate(places)), start=sp.S.Zero)
    return (a + b * slope) * sp.exp(-sum((c**2 for c in places), start=sp.S.Zero))
