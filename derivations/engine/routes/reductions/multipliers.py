"""Stationarity under constraints: the gradient of the action is a combination of those of the constraints.

Multipliers exist if and only if every determinant of one more row than there are constraints vanishes, as long as the
gradients of the constraints are independent. An entry with a symbolic index stands for as many rows as are needed.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from itertools import combinations
from typing import Any

import sympy as sp
from flint import acb

from derivations.engine.routes.enclosures.balls import UnknownError, ball, precision
from derivations.engine.routes.enclosures.points import Frame, TooLargeError
from derivations.engine.routes.reductions.stationary import WrittenOut, at_point, symbolic_pairs
from theory.domain import Assignment, Domain
from theory.statements import Stationarity

BITS = 170
MOST_ROWS = 8
Row = tuple[Any, ...]


class Constrained:
    """A constrained stationarity as equations: symbolically, and at one point from the sums written out there."""

    def __init__(self, statement: Stationarity) -> None:
        self.statement = statement
        twins, self.domain = _twins(statement)
        self.variables = (*statement.variables, *twins)
        if len(self.variables) > MOST_ROWS:
            raise ValueError(f"{len(self.variables)} variables under constraints; at most {MOST_ROWS} are compared")
        parts = (statement.action, *statement.constraints)
        self.parts = [Stationarity(f, self.domain, variables=self.variables, at=statement.at) for f in parts]

    def pairs(self) -> list[tuple[Any, Any]]:
        """The constraints at the point, and the determinants, all of which vanish."""
        held = [(at_point(c, self.statement.at), sp.S.Zero) for c in self.statement.constraints]
        columns = [[derivative for derivative, _ in symbolic_pairs(part)] for part in self.parts]
        return [*held, *self._determinants(columns)]

    def __call__(self, point: Assignment) -> list[tuple[Any, Any]]:
        """The same at one point."""
        held = [(at_point(c, self.statement.at), sp.S.Zero) for c in self.statement.constraints]
        written = [WrittenOut(part)(point) for part in self.parts]
        count = len(self.variables)
        columns = [[derivative for derivative, _ in pairs[:count]] for pairs in written]
        return [*held, *self._determinants(columns), *written[0][count:]]

    def _determinants(self, columns: list[list[Any]]) -> list[tuple[Any, Any]]:
        rows: list[Row] = list(zip(*columns, strict=True))
        size = len(columns)
        return [(sp.Matrix(chosen).det(method="berkowitz"), sp.S.Zero) for chosen in combinations(rows, size)]

    def notes(self) -> tuple[str, ...]:
        """What each equation is."""
        held = [f"the constraint {c}" for c in self.statement.constraints]
        chosen = combinations(self.variables, len(self.parts))
        return (*held, *(f"determinant of the gradients by {', '.join(map(str, names))}" for names in chosen))

    def is_regular(self, point: Assignment) -> bool:
        """Whether the gradients of the constraints are certainly independent at a point."""
        count, size = len(self.variables), len(self.parts) - 1
        try:
            columns = [[d for d, _ in WrittenOut(part)(point)[:count]] for part in self.parts[1:]]
            rows: list[Row] = list(zip(*columns, strict=True))
            minors = [sp.Matrix(chosen).det(method="berkowitz") for chosen in combinations(rows, size)]
            with precision(BITS):
                balls = [ball(minor, Frame(free=point)) for minor in minors]
        except (UnknownError, TooLargeError, ValueError, ZeroDivisionError):
            return False
        return any(b.is_finite() and not b.contains(acb(0)) for b in balls)


def _twins(statement: Stationarity) -> tuple[list[Any], Domain]:
    """For each entry with symbolic indices, the same entry at other indices, one for each constraint."""
    found, sets = [], {}
    for variable in statement.variables:
        if not isinstance(variable, sp.Indexed):
            continue
        slots = sorted({s for i in variable.indices for s in i.free_symbols}, key=str)
        for count in range(1, len(statement.constraints) + 1) if slots else ():
            others = {s: sp.Symbol(s.name + "'" * count, integer=True) for s in slots}
            sets.update({other: statement.domain.set_of(s) for s, other in others.items()})
            base: Any = variable.base
            found.append(base[tuple(i.xreplace(others) for i in variable.indices)])
    return found, statement.domain.extended(sets)
