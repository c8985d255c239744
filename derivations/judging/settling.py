"""Sizes and indices that can have one value only are put in, and sums between numbers are written out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import sympy as sp

from derivations.algebra.concrete_sums import written_out
from theory.domain import Domain
from theory.sums import rename


def settled(domain: Domain) -> Callable[[Any], Any]:
    """What puts in the integers that the domain leaves no choice for; it changes nothing else.

    A family such as N[k] of which every entry has one value is put in like a symbol.
    """
    single = {n: next(iter(cast(Any, s))) for n, s in domain.sets.items() if _is_single(n, s)}

    def put_in(expression: Any) -> Any:
        for name, value in single.items():
            if isinstance(name, sp.IndexedBase):
                expression = _entries_replaced(expression, name, value)
            else:
                expression = rename(expression, name, value)
        return written_out(expression) if single else expression

    return put_in


def _is_single(name: Any, chosen: sp.Set) -> bool:
    entry = name[0] if isinstance(name, sp.IndexedBase) else name
    return bool(entry.is_integer) and isinstance(chosen, sp.FiniteSet) and len(chosen) == 1


def _entries_replaced(node: Any, family: sp.IndexedBase, value: Any) -> Any:
    if isinstance(node, sp.Indexed) and node.base == family:
        return value
    if not node.args or isinstance(node, sp.Indexed):
        return node
    return node.func(*(_entries_replaced(a, family, value) for a in node.args))
