"""Sizes and indices that can have one value only are put in, and sums between numbers are written out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import sympy as sp

from derivations.algebra.concrete_sums import written_out
from theory.domain import Domain
from theory.sums import Sigma, rename


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


def plain_entries(domain: Domain, *expressions: Any) -> tuple[Domain, tuple[Any, ...]]:
    """Single values put in, and entries of families at numbered places as symbols of their own, in an interval each.

    What covers a domain by boxes knows symbols in intervals only.
    """
    values = {
        n: next(iter(cast(Any, s)))
        for n, s in domain.sets.items()
        if isinstance(n, sp.Symbol) and isinstance(s, sp.FiniteSet) and len(s) == 1
    }
    several = [e.xreplace(values) for e in expressions]
    entries = sorted({e for whole in several for e in whole.atoms(sp.Indexed)}, key=str)
    numbered = [e for e in entries if all(i.is_Integer for i in e.indices)]
    if not entries or len(numbered) < len(entries) or domain.constraints or any(w.has(Sigma) for w in several):
        return domain, tuple(several)
    names = {e: sp.Symbol(f"{e.base.label}_{{{','.join(map(str, e.indices))}}}", real=True) for e in entries}
    sets = {names[e]: domain.sets[e.base] for e in entries}
    kept = {n: s for n, s in domain.sets.items() if n not in values}
    return Domain({**kept, **sets}), tuple(w.xreplace(names) for w in several)


def _is_single(name: Any, chosen: sp.Set) -> bool:
    entry = name[0] if isinstance(name, sp.IndexedBase) else name
    return bool(entry.is_integer) and isinstance(chosen, sp.FiniteSet) and len(chosen) == 1


def _entries_replaced(node: Any, family: sp.IndexedBase, value: Any) -> Any:
    if isinstance(node, sp.Indexed) and node.base == family:
        return value
    if not node.args or isinstance(node, sp.Indexed):
        return node
    return node.func(*(_entries_replaced(a, family, value) for a in node.args))
