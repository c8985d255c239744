"""Whether the real line of a variable meets a branch cut inside an expression: finite balls on both sides hide it."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any

import sympy as sp
from flint import acb

from derivations.engine.routes.enclosures.balls import BRANCHED, ball
from derivations.engine.routes.enclosures.points import Frame
from theory.averages import GaussianMean
from theory.sums import free_names


def meets_no_cut(expression: Any, variable: sp.Symbol, frame: Frame) -> bool:
    """Whether every root, logarithm and inverse function of the variable has an argument away from its cut.

    Where the argument is real all along the way, roots and inverse functions are continuous, and a logarithm is
    infinite at zero. Under an integral over a symbol in the argument, the quadrature itself refuses a cut.

    Raises
    ------
    UnknownError
        If an argument has no ball.
    """
    return _meets_none(expression, variable, frame, frozenset())


def _meets_none(node: Any, variable: sp.Symbol, frame: Frame, bound: frozenset[Any]) -> bool:
    if variable not in node.free_symbols:
        return True
    if isinstance(node, GaussianMean):
        bound |= {node.family}
    elif isinstance(node, sp.Integral):
        bound |= set(node.variables)
    argument = _argument(node)
    if argument is not None and variable in argument.free_symbols and not free_names(argument) & bound:
        value = ball(argument, frame)
        if not _is_safe(value, root_or_log=isinstance(node, sp.Pow | sp.log)):
            return False
    return all(_meets_none(a, variable, frame, bound) for a in node.args if isinstance(a, sp.Basic))


def _argument(node: Any) -> Any | None:
    if isinstance(node, sp.Pow) and node.base is not sp.E and not node.exp.is_Integer:
        return node.base
    return node.args[0] if isinstance(node, (sp.log, *BRANCHED)) else None


def _is_safe(value: acb, *, root_or_log: bool) -> bool:
    if value.imag == 0:
        return True
    return not value.imag.contains(0) or (root_or_log and bool(value.real > 0))
