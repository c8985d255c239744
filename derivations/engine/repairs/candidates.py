"""Other statements of the same kind that a refuted one may have meant."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import sympy as sp

from derivations.engine.repairs.slips import changes
from derivations.engine.repairs.targets import true_series, true_value
from theory.statements import Expansion, Identity, Inequality, LimitStatement, Statement

Candidate = tuple[str, Any]
TURNED = {"<": "<=", ">": ">="}, {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


def candidates(statement: Statement) -> Iterator[Candidate]:
    """Statements with one change, each with the change in words."""
    for kind, special in SPECIAL:
        if isinstance(statement, kind):
            yield from special(statement)
            return
    yield from of_claimed(statement)


def of_claimed(statement: Statement) -> Iterator[Candidate]:
    """One change in the expression that is claimed, or in one of the pairs."""
    claimed = getattr(statement, statement.claimed) if statement.claimed else None
    for text, changed in _changed(claimed):
        try:
            yield text, statement.replaced(**{statement.claimed: changed})
        except (TypeError, ValueError):
            continue


def _changed(claimed: Any) -> Iterator[Candidate]:
    if isinstance(claimed, sp.MatrixBase):
        yield from _of_matrix(claimed)
    elif isinstance(claimed, sp.Expr):
        yield from whole(claimed)
        yield from changes(claimed)
        yield "the square root", sp.sqrt(claimed)
        yield "the square", claimed**2
    elif isinstance(claimed, tuple):
        for place, (name, value) in enumerate(claimed):
            for text, changed in (*whole(value), *changes(value)):
                yield f"{text} in the value of {name}", dict((*claimed[:place], (name, changed), *claimed[place + 1 :]))


def whole(expression: Any) -> Iterator[Candidate]:
    """The whole with another sign or factor."""
    yield "the opposite sign", -expression
    for factor in (sp.Integer(2), sp.S.Half):
        yield f"a factor {factor}", factor * expression


def _of_matrix(matrix: Any) -> Iterator[Candidate]:
    yield from whole(matrix)
    if matrix.rows == matrix.cols:
        yield "the transpose", matrix.T
    for place, entry in enumerate(matrix.flat()):
        for text, changed in (*whole(entry), *changes(entry)):
            entries = [changed if k == place else e for k, e in enumerate(matrix.flat())]
            row, column = divmod(place, matrix.cols)
            yield f"{text} in entry ({row + 1}, {column + 1})", sp.ImmutableMatrix(matrix.rows, matrix.cols, entries)


def changes_of_the_left(statement: Statement) -> Iterator[Candidate]:
    """One change in the side of an identity that is not claimed."""
    if isinstance(statement, Identity) and not isinstance(statement.left, sp.MatrixBase):
        for text, changed in changes(statement.left):
            yield f"{text} on the left", statement.replaced(left=changed)


def _of_inequality(statement: Inequality) -> Iterator[Candidate]:
    """A change of an expression makes any inequality true if it is large enough: only the relation is turned."""
    for table in TURNED:
        if statement.relation in table:
            relation = table[statement.relation]
            yield f"the relation {relation}", statement.replaced(relation=relation)


def _of_expansion(statement: Expansion) -> Iterator[Candidate]:
    target = true_series(statement)
    for text, corrected in of_claimed(statement):
        if target is None or _same(corrected.right, target):
            yield text, corrected
    if target is not None:
        yield f"the further terms {sp.expand(target - statement.right)}", statement.replaced(right=target)
    order = int(sp.ceiling(statement.order)) - 1
    while order > 0:
        yield f"a remainder of order {order}", statement.replaced(order=order)
        order -= 1


def _of_limit(statement: LimitStatement) -> Iterator[Candidate]:
    target = true_value(statement)
    if target is None or not (target.is_infinite or statement.value.is_infinite):
        for text, corrected in of_claimed(statement):
            if target is None or _same(corrected.value, target):
                yield text, corrected
    if target is not None:
        yield f"the value {target}", statement.replaced(value=target)
    other = "-" if statement.direction == "+" else "+"
    yield f"the limit from {'below' if other == '-' else 'above'}", statement.replaced(direction=other)


def _same(first: Any, second: Any) -> bool:
    """Whether a candidate is the computed target but for its shape."""
    return sp.expand(first - second) == 0


SPECIAL: tuple[tuple[type, Callable[[Any], Iterator[Candidate]]], ...] = (
    (Inequality, _of_inequality),
    (Expansion, _of_expansion),
    (LimitStatement, _of_limit),
)
"""A kind whose slips are not all in the expression it claims is one more line here."""
