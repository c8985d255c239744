"""The nodes of an expression, each object once: shared parts of a large expression are not visited again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy as sp


def distinct_nodes(expression: sp.Basic) -> Iterator[sp.Basic]:
    """Every node, an operand before its operators; neither nesting nor sharing makes this slow or deep."""
    seen: dict[int, sp.Basic] = {}
    waiting: list[tuple[Any, bool]] = [(expression, False)]
    while waiting:
        node, ready = waiting.pop()
        if ready:
            yield node
        elif id(node) not in seen:
            seen[id(node)] = node
            waiting.append((node, True))
            waiting += [(a, False) for a in node.args if isinstance(a, sp.Basic)]


def nesting(expression: sp.Basic) -> int:
    """How many operations the most nested symbol or number is under."""
    levels: dict[int, int] = {}
    alive = []
    for node in distinct_nodes(expression):
        alive.append(node)
        levels[id(node)] = 1 + max((levels.get(id(a), 0) for a in node.args), default=-1)
    return levels[id(expression)]
