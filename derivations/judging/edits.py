"""Small corrections of a printed expression: one power, sign, factor 2, index or bound at a time, likeliest first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import sympy as sp
from sympy.core.function import AppliedUndef

from theory.printing import expression_text
from theory.statements import EqualUpToTotalDerivative, Expansion, Identity, LimitStatement, Statement, Stationarity
from theory.sums import Binder, Sigma, is_bound_name, stem

Edit = tuple[str, Any]
"""What is corrected, in words, and the corrected expression."""


def edited_statements(statement: Statement) -> Iterator[tuple[str, Statement]]:
    """The statement with one correction in what is printed: its right side, its value, or its stationary point."""
    if isinstance(statement, Identity):
        for text, right in edits(statement.right):
            yield text, Identity(statement.left, right, statement.domain)
    elif isinstance(statement, LimitStatement):
        keywords = {"variable": statement.variable, "point": statement.point, "direction": statement.direction}
        for text, value in edits(statement.value):
            yield text, LimitStatement(statement.expression, value, statement.domain, **keywords)
    elif isinstance(statement, Expansion | EqualUpToTotalDerivative):
        for text, right in edits(statement.right):
            yield text, statement.replaced(right=right)
    elif isinstance(statement, Stationarity):
        for name, value in statement.at:
            for text, changed in edits(value):
                at = {**dict(statement.at), name: changed}
                yield text, statement.replaced(at=at)


def printed_part(statement: Statement) -> Any:
    """The expression of a printed claim that stands right of its sign."""
    if isinstance(statement, Identity | Expansion | EqualUpToTotalDerivative):
        return statement.right
    if isinstance(statement, LimitStatement):
        return statement.value
    if isinstance(statement, Stationarity):
        return statement.at[-1][1]
    raise TypeError(f"a {type(statement).__name__} has no printed part; add it to derivations/judging/edits.py")


def edits(expression: Any) -> Iterator[Edit]:
    """Every single correction: of the whole expression first, then each kind everywhere before the next kind.

    What divides by zero, as gamma / (gamma - 1) without gamma does, is none.
    """
    seen = {expression}
    for kind in (_signs, _factors):
        for text, changed in kind(expression):
            seen.add(changed)
            yield text, changed
    for kind in (_powers, _signs, _factors, _indices, _bounds, _functions):
        for text, changed in _everywhere(expression, kind):
            if changed not in seen and not changed.has(sp.zoo, sp.nan):
                seen.add(changed)
                yield text, changed


def _everywhere(node: Any, kind: Any) -> Iterator[Edit]:
    yield from kind(node)
    for position, argument in enumerate(node.args):
        if not _opens(node, argument):
            continue
        for text, changed in _everywhere(argument, kind):
            yield text, node.func(*node.args[:position], changed, *node.args[position + 1 :])


def _opens(node: Any, argument: Any) -> bool:
    """Indices, labels, ranges and plain powers are changed by their own kind of edit only; places of fields by none."""
    if isinstance(node, sp.Indexed | sp.KroneckerDelta | AppliedUndef) or isinstance(
        argument, sp.IndexedBase | sp.Tuple
    ):
        return False
    if isinstance(node, Binder) and argument in node.bound_names:
        return False
    if isinstance(node, sp.Pow) and node.exp.is_Rational:
        return argument is node.base and not _is_letter(argument)
    return isinstance(argument, sp.Expr)


def _is_letter(node: Any) -> bool:
    """An entry of a family, a function that is not determined, or a free symbol that is no index."""
    parameter = isinstance(node, sp.Symbol) and not node.is_integer and not is_bound_name(node)
    return parameter or isinstance(node, sp.Indexed | AppliedUndef)


def _powers(node: Any) -> Iterator[Edit]:
    if _is_letter(node):
        yield f"{_said(node)} squared", node**2
        yield f"the root of {_said(node)}", sp.sqrt(node)
        yield f"without {_said(node)}", sp.Integer(1)
    elif isinstance(node, sp.Pow) and node.exp.is_Rational and not node.base.is_number:
        half, power = sp.Rational(1, 2), node.exp
        for other in (power + 1, power - 1, 2 * power, power / 2, -power, power + half, power - half):
            yield f"{_said(node.base)} to the power {other}", node.base**other


def _signs(node: Any) -> Iterator[Edit]:
    if not isinstance(node, sp.Pow):
        yield f"the sign of {_said(node)}", -node
    if isinstance(node, sp.Add):
        for term in node.args:
            yield f"the sign of {_said(term)}", node - 2 * term


def _factors(node: Any) -> Iterator[Edit]:
    if not _is_letter(node):
        for factor in (sp.Integer(2), sp.Rational(1, 2)):
            yield f"a factor {factor} at {_said(node)}", factor * node
    if isinstance(node, sp.Add):
        for term in node.args:
            yield f"a factor 2 at {_said(term)}", node + term
            yield f"a factor 1/2 at {_said(term)}", node - term / 2


def _indices(node: Any) -> Iterator[Edit]:
    if not isinstance(node, sp.Indexed | sp.KroneckerDelta):
        return
    first = 1 if isinstance(node, sp.Indexed) else 0
    for position, index in tuple(enumerate(node.args))[first:]:
        for step in (sp.Integer(1), sp.Integer(-1)):
            moved = sp.Add(cast(sp.Expr, index), step)
            changed = node.func(*node.args[:position], moved, *node.args[position + 1 :])
            yield f"the index {_said(index)} of {_said(node)} moved by {step}", changed


def _bounds(node: Any) -> Iterator[Edit]:
    if not isinstance(node, Sigma):
        return
    letter = stem(node.index)
    for step in (1, -1):
        yield f"the sum over {letter} from {node.lower + step}", _with_range(node, node.lower + step, node.upper)
        yield f"the sum over {letter} to {node.upper + step}", _with_range(node, node.lower, node.upper + step)


def _with_range(node: Sigma, lower: Any, upper: Any) -> Sigma:
    return Sigma(node.summand, (node.index, lower, upper))


def _functions(node: Any) -> Iterator[Edit]:
    """A shifted integer, as in L + 1 for L + 2, or a sine for a cosine."""
    if isinstance(node, sp.Add) and node.is_integer and any(a.is_Integer for a in node.args):
        for step in (1, -1):
            yield f"{_said(node + step)} for {_said(node)}", node + step
    for one, other in ((sp.sin, sp.cos), (sp.cos, sp.sin), (sp.sinh, sp.cosh), (sp.cosh, sp.sinh)):
        if isinstance(node, one):
            yield f"{other.__name__} for {one.__name__}", other(*node.args)


def _said(node: Any) -> str:
    """An expression as a reader writes it."""
    return expression_text(node)
