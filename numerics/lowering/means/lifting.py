"""An expression with means and integrals as an outer expression of symbols that stand for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sympy as sp

from numerics.lowering.loops import Loop, LoopSum
from theory.averages import GaussianMean
from theory.implicit import Solution

NODES = (GaussianMean, sp.Integral, Solution)
ARRAYS = (sp.MatrixBase, sp.NDimArray)


def has_means(expression: Any) -> bool:
    """Whether it has a Gaussian mean, an integral, or a solution of an equation: what is computed apart."""
    return isinstance(expression, sp.Basic) and bool(expression.has(*NODES))


def nested_means(node: Any) -> tuple[GaussianMean, ...]:
    """Means of independent variables directly within one another, outermost first."""
    found: list[GaussianMean] = []
    while isinstance(node, GaussianMean) and not node.variance.free_symbols & {m.family for m in found}:
        found.append(node)
        node = node.body
    return tuple(found)


@dataclass(frozen=True, kw_only=True)
class Lifted:
    """An expression without means.

    Attributes
    ----------
    outer
        The expression, with a symbol for each outermost mean.
    nodes
        The means, by their symbols.
    """

    outer: Any
    nodes: dict[sp.Symbol, Any]


def lifted(expression: Any, fresh: Callable[[str], sp.Symbol]) -> Lifted:
    """Take the outermost means out; equal ones share a symbol."""
    names: dict[Any, sp.Symbol] = {}
    outer = _without(expression, names, fresh)
    return Lifted(outer=outer, nodes={symbol: node for node, symbol in names.items()})


def _without(node: Any, names: dict[Any, sp.Symbol], fresh: Callable[[str], sp.Symbol]) -> Any:
    if isinstance(node, ARRAYS):
        return node.applyfunc(lambda entry: _without(entry, names, fresh))
    if isinstance(node, NODES) or _runs_through_means(node):
        if node not in names:
            names[node] = fresh(_stem(node))
        return names[node]
    if not has_means(node):
        return node
    return node.func(*(_without(a, names, fresh) for a in node.args))


def _runs_through_means(node: Any) -> bool:
    """Whether it is a sum or a product over an index on which a mean in it depends."""
    return isinstance(node, Loop) and any(
        node.args[1] in found.free_symbols
        for found in node.args[0].atoms(*NODES)  # pyright: ignore[reportAttributeAccessIssue]
    )


def _stem(node: Any) -> str:
    kinds = (
        (GaussianMean, "mean"),
        (Solution, "solution"),
        (LoopSum, "total"),
        (Loop, "product"),
        (object, "integral"),
    )
    return next(name for kind, name in kinds if isinstance(node, kind))


class Names:
    """Fresh symbols that are plain identifiers."""

    def __init__(self, *expressions: Any) -> None:
        self._taken = {s.name for e in expressions for s in _symbols(e)}

    def __call__(self, stem: str, **assumptions: bool) -> sp.Symbol:
        """A real symbol whose name begins with a stem."""
        candidates = (stem, *(f"{stem}_{i}" for i in range(1, len(self._taken) + 2)))
        name = next(c for c in candidates if c not in self._taken)
        self._taken.add(name)
        return sp.Symbol(name, real=True, **assumptions)


def _symbols(expression: Any) -> set[Any]:
    """All symbols, the bound ones too."""
    return {node for node in sp.preorder_traversal(expression) if isinstance(node, sp.Symbol)}
