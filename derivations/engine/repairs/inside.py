"""What an inner part of a right side would have to be: the operations around it, undone on the values of the left side.

If left = exp(A) must hold, A has the values log(left); in left = g A it has left/g. So a lost factor is read off inside
an exponential, a logarithm, a power or a bracket as it is for the whole.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import sympy as sp
from flint import acb

from derivations.engine.repairs.factors import Valued, Values

MOST_PARTS, DEEPEST = 12, 3
Rebuilt = Callable[[Any], Any]
INVERSES: dict[Any, Callable[[acb], acb]] = {
    sp.exp: lambda v: v.log(), sp.log: lambda v: v.exp(), sp.tanh: lambda v: v.atanh(), sp.atanh: lambda v: v.tanh(),
    sp.sinh: lambda v: v.asinh(), sp.cosh: lambda v: v.acosh(), sp.sin: lambda v: v.asin(), sp.asin: lambda v: v.sin(),
}  # fmt: skip


def inner_parts(left: Values, right: Any, valued: Valued) -> Iterator[tuple[Values, Any, Rebuilt]]:
    """Parts of the right side, outer ones first: wanted values, the part, and the whole with another in its place."""
    waiting: list[tuple[Values, Any, Rebuilt, int]] = [(left, right, lambda part: part, 0)]
    found = 0
    while waiting and found < MOST_PARTS:
        wanted, node, rebuilt, depth = waiting.pop(0)
        if depth:
            found += 1
            yield wanted, node, rebuilt
        if depth < DEEPEST:
            for values, part, again in _opened(wanted, node, valued):
                waiting.append((values, part, _after(again, rebuilt), depth + 1))


def _after(first: Rebuilt, second: Rebuilt) -> Rebuilt:
    return lambda part: second(first(part))


def _opened(wanted: Values, node: Any, valued: Valued) -> Iterator[tuple[Values, Any, Rebuilt]]:
    """The arguments of a node that are more than a number or a name."""
    if node.func in INVERSES:
        undo = INVERSES[node.func]
        yield [undo(v) for v in wanted], node.args[0], node.func
    elif isinstance(node, sp.Pow) and node.exp.is_Rational:
        root = acb(node.exp.q) / node.exp.p
        yield [v**root for v in wanted], node.base, lambda part: part**node.exp
    elif isinstance(node, sp.Mul | sp.Add):
        for argument in node.args:
            if argument.args and not argument.is_number:
                rest = node.func(*(a for a in node.args if a is not argument))
                values = [_without(node, a, b) for a, b in zip(wanted, valued(rest), strict=True)]
                yield values, argument, _beside(node.func, rest)


def _without(node: Any, value: acb, rest: acb) -> acb:
    return value / rest if isinstance(node, sp.Mul) else value - rest


def _beside(combine: Any, rest: Any) -> Rebuilt:
    return lambda part: combine(rest, part)
