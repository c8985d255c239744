"""Derivatives of what has corners and jumps, where SymPy's ``diff`` says less than is true, or more.

The derivative of branches leaves their jumps out. That is right beside a jump, and wrong under an integral over it,
where the jump is a part of the value. At a corner there is no derivative, while SymPy says ``sign(0) = 0``.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import sympy as sp
from sympy.core.relational import Relational

from theory.averages import ConfigurationSum, GaussianMean
from theory.nodes import distinct_nodes
from theory.sums import Binder, Sigma, free_names

INTEGRALS = (sp.Integral, GaussianMean)
OPAQUE = (sp.Integral, Binder)
WRITTEN_OUT = (Sigma, ConfigurationSum)
"""Finite sums: a corner of a term is one of the sum."""
BENT = (sp.Abs, sp.sign, sp.Heaviside)


class LostJumpError(ValueError):
    """A derivative by SymPy would leave out a jump that counts."""


def slope(expression: Any, name: Any, times: int = 1, *, integrated: bool = False) -> Any:
    """The derivative of an expression by a name.

    Parameters
    ----------
    expression, name, times
        As for ``sympy.diff``.
    integrated
        Whether the expression stands under an integral or a mean.

    Raises
    ------
    LostJumpError
        If branches whose jumps move with the name are integrated over.
    """
    for _ in range(times):
        if _loses_jump(expression, name, integrated):
            raise LostJumpError(f"the derivative by {name} over branches that change where it does")
        expression = sp.diff(expression, name)
    return expression


def carried_out(node: sp.Derivative, *, integrated: bool = False) -> Any:
    """A derivative carried out; see ``slope``."""
    counts: Any = node.variable_count
    result = node.expr
    for name, count in counts:
        result = slope(result, name, int(count), integrated=integrated)
    return result


def without_derivatives(integrand: Any) -> Any:
    """An integrand with its derivatives carried out, before it is taken apart at its corners."""
    return integrand.replace(
        lambda node: isinstance(node, sp.Derivative), lambda node: carried_out(node, integrated=True)
    )


def _loses_jump(expression: Any, name: Any, integrated: bool) -> bool:
    if not expression.has(sp.Piecewise):
        return False
    if integrated and _branches_by(expression, name):
        return True
    return any(_jumps_under(node, name) for node in distinct_nodes(expression) if isinstance(node, INTEGRALS))


def _jumps_under(node: Any, name: Any) -> bool:
    """Whether branches under an integral move with a name, by their conditions or with the variance of a mean."""
    moved = isinstance(node, GaussianMean) and name in free_names(node.variance) and node.body.has(sp.Piecewise)
    return moved or _branches_by(node.args[0], name)


def _branches_by(expression: Any, name: Any) -> bool:
    conditions = (c for node in expression.atoms(sp.Piecewise) for c in node.atoms(Relational))
    return any(name in free_names(condition) for condition in conditions)


def corners(expression: Any) -> Iterator[Any]:
    """What vanishes at the corners and jumps of an expression, but for those that are integrated over."""
    if isinstance(expression, BENT):
        yield expression.args[0]
    elif isinstance(expression, sp.Max | sp.Min):
        yield from (a - b for a, b in combinations(expression.args, 2))
    elif isinstance(expression, Relational):
        yield expression.lhs - expression.rhs
    if not isinstance(expression, OPAQUE) or isinstance(expression, WRITTEN_OUT):
        for part in expression.args:
            yield from corners(part)
