"""How much precision shows every term: a small one beside a large one must not be lost in the radius of a ball.

``exp(10000 x) + sin(x)`` and ``exp(10000 x)`` agree to thousands of digits. A sum shows its small terms where the
precision exceeds the spread of its terms; hyperbolic functions and ``erf`` hold a small exponential beside a large or
constant one. What is under a sum sign, an integral or a mean is not looked into.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import ceil, log
from typing import Any

import sympy as sp
from flint import acb, arb
from sympy.concrete.expr_with_limits import ExprWithLimits

from derivations.engine.routes.enclosures.balls import precision
from derivations.engine.routes.enclosures.points import Frame, TooLargeError, UnknownError
from derivations.engine.routes.enclosures.table import ball
from theory.domain import Assignment
from theory.sums import Binder

WORKING_BITS = 340
SPARE_BITS = 128
MOST_BITS = 2**18
"""Precision beyond which nothing is tried."""
HYPERBOLIC = (sp.cosh, sp.sinh, sp.tanh, sp.coth, sp.sech, sp.csch)
OPAQUE = (Binder, ExprWithLimits, sp.Derivative, sp.Subs, sp.Piecewise)


def visible_at(drawn: Iterable[Assignment], pairs: Any, least: int) -> tuple[Assignment, int] | None:
    """The first point at which a feasible precision shows every term, and that precision: ``least`` bits or more."""
    for point in drawn:
        bits = max(least, bits_to_see(point, pairs))
        if bits <= MOST_BITS:
            return point, bits
    return None


def bits_to_see(point: Assignment, pairs: Any) -> int:
    """Bits of precision at which no term of either side of any equation is lost at a point."""
    try:
        written: Any = pairs(point) if callable(pairs) else pairs
        sides = [side for pair in written for side in pair[:2]]
    except (UnknownError, TooLargeError, ValueError):
        return 0
    with precision(WORKING_BITS):
        frame = Frame(free=point)
        spreads = [_spread(node, frame) for side in sides for node in _open_nodes(side)]
    return ceil(max(spreads, default=0.0)) + SPARE_BITS


def _open_nodes(expression: Any) -> Iterator[Any]:
    """The nodes that are not under a binder, each object once."""
    waiting, seen = [expression], {}
    while waiting:
        node = waiting.pop()
        if id(node) not in seen and not isinstance(node, OPAQUE):
            seen[id(node)] = node
            yield node
            waiting += node.args


def _spread(node: Any, frame: Frame) -> float:
    """Bits between the largest and the smallest thing that is added in a node; 0 where that is not known."""
    try:
        if isinstance(node, sp.Add):
            sizes = [s for s in (_log2(ball(term, frame)) for term in node.args) if s is not None]
            return max(sizes, default=0.0) - min(sizes, default=0.0)
        if isinstance(node, HYPERBOLIC):
            return 2 * _float(abs(ball(node.args[0], frame).real)) / log(2)
        if isinstance(node, sp.erf):
            return _float(abs((ball(node.args[0], frame) ** 2).real)) / log(2)
    except (UnknownError, TooLargeError, ValueError, ZeroDivisionError):
        return 0.0
    return 0.0


def _log2(value: acb) -> float | None:
    """Logarithm of the modulus; None for what may be zero or is not finite."""
    if not value.is_finite() or value.contains(acb(0)):
        return None
    return _float(arb(abs(value)).log()) / log(2)


def _float(value: Any) -> float:
    return float(arb(value).mid())
