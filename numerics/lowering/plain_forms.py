"""Nodes that stand for something longer, written as what programs are made of.

Sums and products over few integers are written out and others become loops; deltas and brackets become selections.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import sympy as sp

from numerics.lowering.loops import Loop, LoopProduct, LoopSum
from theory.sums import Binder, Inside, Sigma, unroll

LONGEST_WRITTEN = 24
"""Terms up to which a sum is written out: it then vectorizes, and shares what its terms have in common."""


def at_sizes(node: Any, sizes: Mapping[Any, Any]) -> Any:
    """An expression with symbolic sums at concrete sizes: what `theory.sums.unroll` says it means."""
    if not sizes and not node.has(Binder):
        return node
    exact = {name: sp.sympify(value, strict=True) for name, value in sizes.items()}
    for name, value in exact.items():
        if not isinstance(name, sp.Symbol | sp.Indexed):
            raise TypeError(f"expected sizes by their symbols, as in {{L: 4}}; found {name!r}")
        if not value.is_Integer:
            raise ValueError(f"expected an integer for the size {name}; found {value}")
    try:
        return unroll(node.xreplace({k: v for k, v in exact.items() if isinstance(k, sp.Symbol)}), _lookup(exact))
    except ValueError:
        if sizes:
            raise
        return node


def _lookup(sizes: Mapping[Any, Any]) -> Callable[[Any], Any]:
    return lambda atom: sizes.get(atom, atom)


def plain(node: Any) -> Any:
    """The expression in plain nodes.

    Raises
    ------
    TypeError
        If a sum does not run over finitely many integers.
    """
    if isinstance(node, sp.Sum | sp.Product):
        return _looped(node)
    if isinstance(node, Sigma):
        body, index = node.opened()
        return _one_sum(LoopSum, plain(body), index, *map(plain, (node.lower, node.upper)))
    if not node.args or isinstance(node, sp.Indexed | Loop):
        return node
    found = node.func(*map(plain, node.args))
    if isinstance(found, sp.KroneckerDelta):
        return sp.Piecewise((1, sp.Eq(*found.args[:2])), (0, True))
    if isinstance(found, Inside):
        index, low, high = found.args
        return sp.Piecewise((1, sp.And(sp.Le(low, index), sp.Le(index, high))), (0, True))
    return found


def _looped(node: Any) -> Any:
    kind = LoopSum if isinstance(node, sp.Sum) else LoopProduct
    inner = plain(node.function)
    for limit in node.limits:
        index, low, high = (limit[0], *map(plain, limit[1:]))
        inner = _either_way(kind, inner, index, low, high)
    return inner


def _either_way(kind: type[Loop], body: Any, index: Any, low: Any, high: Any) -> Any:
    """By SymPy's convention a sum with reversed bounds is minus the sum over what lies between them."""
    if not (high - low + 1).is_nonnegative:
        back = _one_sum(kind, body, index, high + 1, low - 1)
        there = _one_sum(kind, body, index, low, high)
        return there - back if kind is LoopSum else there / back
    return _one_sum(kind, body, index, low, high)


def _one_sum(kind: type[Loop], body: Any, index: Any, low: Any, high: Any) -> Any:
    if low.is_infinite or high.is_infinite:
        raise TypeError(
            f"expected finitely many terms; found a sum from {low} to {high} of {body}: put in its closed form, or a "
            "finite upper bound with a bound of the rest"
        )
    if low.is_Integer and high.is_Integer and high - low < LONGEST_WRITTEN:
        terms = (plain(body.xreplace({index: sp.Integer(k)})) for k in range(int(low), int(high) + 1))
        return sp.Add(*terms) if kind is LoopSum else sp.Mul(*terms)
    own = sp.Dummy(index.name, integer=True, **_sign(low))
    return kind(body.xreplace({index: own}), own, low, high)


def _sign(low: Any) -> dict[str, bool]:
    """What the lower bound says of the index."""
    return {"positive": True} if low.is_positive else {"nonnegative": True} if low.is_nonnegative else {}
