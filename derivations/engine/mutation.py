"""Wrong versions of a right formula: the slips that people make, to grade the checkers with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy as sp

from theory.statements import Statement
from theory.sums import Binder, Sigma, is_bound_name

Mutant = tuple[str, Any]
"""What was changed, and the changed expression."""


def mutants(expression: Any) -> Iterator[Mutant]:
    """Every single slip in an expression: a sign, a factor 2, a lost term, a power, an index, a bound of a sum."""
    yield from _slips_here(expression)
    for position, argument in enumerate(expression.args):
        if not _descends(expression, argument):
            continue
        for label, changed in mutants(argument):
            arguments = (*expression.args[:position], changed, *expression.args[position + 1 :])
            yield label, expression.func(*arguments)


def mutated_statements(statement: Statement) -> Iterator[tuple[str, Statement]]:
    """The statement with one slip in what it claims: its right side, its value or its stationary point."""
    claimed = getattr(statement, statement.claimed) if statement.claimed else None
    for label, changed in _changed(claimed):
        yield label, statement.replaced(**{statement.claimed: changed})


def _changed(claimed: Any) -> Iterator[tuple[str, Any]]:
    """One slip in an expression, or in the value of one of several pairs."""
    if isinstance(claimed, sp.Basic):
        yield from mutants(claimed)
    if isinstance(claimed, tuple):
        for place, (name, value) in enumerate(claimed):
            for label, changed in mutants(value):
                yield label, (*claimed[:place], (name, changed), *claimed[place + 1 :])


def _descends(node: Any, argument: Any) -> bool:
    """Ranges are changed as a whole; labels, slots, bound names and indices are not opened."""
    if isinstance(node, Binder) and argument in node.bound_names:
        return False
    closed = isinstance(node, sp.Indexed | sp.KroneckerDelta) or isinstance(argument, sp.IndexedBase)
    return isinstance(argument, sp.Expr) and not closed


def _slips_here(node: Any) -> Iterator[Mutant]:
    if isinstance(node, sp.Add):
        yield from _term_slips(node)
    elif isinstance(node, sp.Pow) and node.exp.is_Rational:
        yield f"power of {node.base} changed", node.base ** (node.exp + 1)
    elif isinstance(node, sp.Indexed):
        yield from _index_slips(node)
    elif isinstance(node, Sigma):
        yield f"sum over {node.index} starts one later", Sigma(node.summand, (node.index, node.lower + 1, node.upper))
        yield f"sum over {node.index} ends one earlier", Sigma(node.summand, (node.index, node.lower, node.upper - 1))
    elif isinstance(node, sp.Symbol) and not is_bound_name(node):
        yield f"{node} squared", node**2
    if not isinstance(node, sp.Add | sp.Indexed | sp.Symbol) and not node.is_Number:
        yield f"sign of {node} changed", -node
        yield f"factor 2 at {node}", 2 * node


def _term_slips(node: sp.Add) -> Iterator[Mutant]:
    for term in node.args:
        rest = sp.Add(*[t for t in node.args if t is not term])
        yield f"sign of {term} changed", rest - term
        yield f"{term} lost", rest
        yield f"factor 2 at {term}", rest + 2 * term
        yield f"factor 1/2 at {term}", rest + term / 2


def _index_slips(node: Any) -> Iterator[Mutant]:
    for position, index in enumerate(node.indices):
        shifted = (*node.indices[:position], index - 1, *node.indices[position + 1 :])
        yield f"index {index} of {node} shifted by one", node.base[shifted]
