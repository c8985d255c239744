"""Wrong versions of a right formula: the slips that people make, to grade the checkers with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import sympy as sp
from sympy.concrete.expr_with_limits import ExprWithLimits

from theory.statements import Statement
from theory.sums import Binder, Sigma, is_bound_name


class Slip(NamedTuple):
    """A formula or statement with one slip: its kind, what was changed in words, and the result."""

    kind: str
    text: str
    changed: Any


def mutants(expression: Any) -> Iterator[Slip]:
    """Every single slip in an expression: a sign, a factor 2, a lost term, a power, a constant, an index, a bound."""
    if isinstance(expression, sp.MatrixBase):
        yield from _entry_slips(expression)
        return
    yield from _slips_here(expression)
    for position, argument in enumerate(expression.args):
        if not descends(expression, argument):
            continue
        for kind, text, changed in mutants(argument):
            arguments = (*expression.args[:position], changed, *expression.args[position + 1 :])
            yield Slip(kind, text, expression.func(*arguments))


def mutated_statements(statement: Statement) -> Iterator[Slip]:
    """The statement with one slip in what it claims: its right side, its value or its stationary point."""
    claimed = getattr(statement, statement.claimed) if statement.claimed else None
    for kind, text, changed in mutated_part(claimed):
        yield Slip(kind, text, statement.replaced(**{statement.claimed: changed}))


def mutated_part(part: Any) -> Iterator[Slip]:
    """One slip in an expression, or in the value of one of several pairs."""
    if isinstance(part, sp.Basic):
        yield from mutants(part)
    if isinstance(part, tuple):
        for place, (name, value) in enumerate(part):
            for kind, text, changed in mutants(value):
                yield Slip(kind, text, (*part[:place], (name, changed), *part[place + 1 :]))


def _entry_slips(matrix: Any) -> Iterator[Slip]:
    """A slip in one entry; in both mirror images where the matrix is symmetric."""
    mirrored = matrix == matrix.T
    for i in range(matrix.rows):
        for j in range(i if mirrored else 0, matrix.cols):
            for kind, text, changed in mutants(matrix[i, j]):
                entries = matrix.as_mutable()
                entries[i, j] = changed
                if mirrored:
                    entries[j, i] = changed
                yield Slip(kind, f"{text} in the entry {i + 1}, {j + 1}", entries.as_immutable())


def descends(node: Any, argument: Any) -> bool:
    """Ranges are changed as a whole; labels, slots, bound names and indices are not opened."""
    if isinstance(node, Binder) and argument in node.bound_names:
        return False
    closed = isinstance(node, sp.Indexed | sp.KroneckerDelta) or isinstance(argument, sp.IndexedBase)
    if isinstance(node, sp.Derivative | sp.Subs) and argument is not node.args[0]:
        return False
    return isinstance(argument, sp.Expr) and not closed


def _slips_here(node: Any) -> Iterator[Slip]:
    if isinstance(node, sp.Add):
        yield from _term_slips(node)
    elif isinstance(node, sp.Pow) and node.exp.is_Rational:
        yield Slip("power", f"power of {node.base} changed", node.base ** (node.exp + 1))
    elif isinstance(node, sp.Indexed):
        yield from _index_slips(node)
    elif isinstance(node, Sigma):
        yield from _moved_ends(node)
    elif isinstance(node, ExprWithLimits):
        yield from _limit_slips(node)
    elif isinstance(node, sp.Symbol) and not is_bound_name(node):
        yield Slip("power", f"{node} squared", node**2)
    elif node.is_Rational:
        yield from _constant_slips(node)
    if not isinstance(node, sp.Add | sp.Indexed | sp.Symbol) and not node.is_Number:
        yield Slip("sign", f"sign of {node} changed", -node)
        yield Slip("factor", f"factor 2 at {node}", 2 * node)
    if isinstance(node, sp.Function) and len(node.args) == 1:
        yield from _argument_slips(node)


def _term_slips(node: sp.Add) -> Iterator[Slip]:
    for term in node.args:
        rest = sp.Add(*[t for t in node.args if t is not term])
        yield Slip("sign", f"sign of {term} changed", rest - term)
        yield Slip("lost term", f"{term} lost", rest)
        yield Slip("factor", f"factor 2 at {term}", rest + 2 * term)
        yield Slip("factor", f"factor 1/2 at {term}", rest + term / 2)


def _index_slips(node: Any) -> Iterator[Slip]:
    for position, index in enumerate(node.indices):
        shifted = (*node.indices[:position], index - 1, *node.indices[position + 1 :])
        yield Slip("index", f"index {index} of {node} shifted by one", node.base[shifted])


def _moved_ends(node: Sigma) -> Iterator[Slip]:
    index, low, high = node.index, node.lower, node.upper
    yield Slip("limits", f"sum over {index} starts one later", Sigma(node.summand, (index, low + 1, high)))
    yield Slip("limits", f"sum over {index} ends one earlier", Sigma(node.summand, (index, low, high - 1)))


def _limit_slips(node: Any) -> Iterator[Slip]:
    """Another end, or the ends swapped, in SymPy's own sums, products and integrals."""
    for place, limit in enumerate(node.limits):
        if len(limit) != 3:
            continue
        name, low, high = limit
        for text, ends in _other_ends(name, low, high, swaps=isinstance(node, sp.Integral)):
            limits = (*node.limits[:place], sp.Tuple(name, *ends), *node.limits[place + 1 :])
            yield Slip("limits", text, node.func(node.function, *limits))


def _other_ends(name: Any, low: Any, high: Any, *, swaps: bool) -> Iterator[tuple[str, tuple[Any, Any]]]:
    if low.is_finite:
        yield f"{name} from {low + 1} instead of {low}", (low + 1, high)
    elif high.is_infinite:
        yield f"{name} from 0 instead of {low}", (sp.Integer(0), high)
    if high.is_finite:
        yield f"{name} to {high - 1} instead of {high}", (low, high - 1)
    if swaps:
        yield f"ends of {name} swapped", (high, low)


def _constant_slips(node: Any) -> Iterator[Slip]:
    """Another number; a factor -1 or a zero is no constant that somebody copies wrongly."""
    if node not in (-1, 0):
        changed = node + (1 if node.is_Integer else sp.Rational(1, node.q))
        yield Slip("constant", f"{changed} instead of {node}", changed)


def _argument_slips(node: Any) -> Iterator[Slip]:
    (argument,) = node.args
    yield Slip("argument", f"argument of {node} doubled", node.func(2 * argument))
