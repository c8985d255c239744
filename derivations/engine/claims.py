"""The canonical form of a claim, and its hash.

Equal for claims that differ in the order of terms or in the names of bound indices, and in every process: nothing
here depends on Python's hashing. The domain belongs to the claim.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from theory.averages import FamilyBinder
from theory.domain import Domain
from theory.statements import Statement
from theory.sums import Sigma

VERSION = "claims-1"
Names = Mapping[sp.Basic, str]
_UNORDERED = (sp.Add, sp.Mul, sp.Max, sp.Min, sp.And, sp.Or, sp.FiniteSet, sp.Union, sp.KroneckerDelta, sp.Eq, sp.Ne)


def claim_hash(statement: Statement) -> str:
    """Hash of the exact claim, its domain included: 32 hexadecimal digits."""
    return hashlib.sha256(canonical(statement).encode()).hexdigest()[:32]


def canonical(statement: Statement) -> str:
    """The text behind the hash."""
    parts = [f"{f.name}={_part(getattr(statement, f.name))}" for f in fields(statement)]
    return f"{VERSION} {type(statement).__name__} " + " ".join(sorted(parts))


def _part(value: Any) -> str:
    if isinstance(value, Domain):
        sets = sorted(f"{encode(name)}:{encode(chosen)}" for name, chosen in value.sets.items())
        return "{" + ",".join(sets) + "|" + ",".join(sorted(map(encode, value.constraints))) + "}"
    if isinstance(value, tuple):
        return "(" + ",".join(_part(v) for v in value) + ")"
    if isinstance(value, sp.Basic | sp.MatrixBase):
        return encode(value)
    return repr(value)


def encode(node: Any, names: Names | None = None) -> str:
    """Canonical text of an expression; bound symbols are numbered by the depth of their binder.

    Raises
    ------
    ValueError
        If it holds a floating-point number, which stands for no exact claim.
    """
    known: Names = names or {}
    if node in known:
        return known[node]
    if isinstance(node, sp.MatrixBase):
        return f"matrix{node.shape}[" + ",".join(encode(e, known) for e in node) + "]"
    if node.is_Float if hasattr(node, "is_Float") else False:
        raise ValueError(f"{node} is a float; a claim is exact")
    if isinstance(node, sp.Rational):
        return f"{node.p}/{node.q}" if node.q != 1 else str(node.p)
    if isinstance(node, sp.Symbol):
        return f"s'{node.name}'"
    if isinstance(node, sp.IndexedBase):
        return f"f'{node.label}'"
    return _compound(node, known)


def _compound(node: Any, names: Names) -> str:
    for kind, rule in _BINDERS:
        if isinstance(node, kind):
            return rule(node, names)
    head = f"u'{node.func.__name__}'" if isinstance(node, AppliedUndef) else type(node).__name__
    parts = [encode(a, names) for a in node.args]
    if isinstance(node, _UNORDERED):
        parts.sort()
    return f"{head}({','.join(parts)})" if parts else head


def _with(names: Names, *bound: sp.Basic) -> dict[sp.Basic, str]:
    level = len(names)
    return {**names, **{b: f"#{level + i}" for i, b in enumerate(bound)}}


def _sigma(node: Sigma, names: Names) -> str:
    ends = ",".join(encode(e, names) for e in (node.lower, node.upper))
    return f"Sigma({encode(node.summand, _with(names, node.index))},{ends})"


def _family(node: FamilyBinder, names: Names) -> str:
    families = [a for a in node.args[1:3] if isinstance(a, sp.IndexedBase | sp.Symbol)]
    if not isinstance(node.family, sp.IndexedBase):
        families = [node.family]
    bound = _with(names, *families)
    slots, ranges = names, []
    for item in node.ranges:
        index, low, high = item.args
        ranges.append(f"({encode(low, slots)},{encode(high, slots)})")
        slots = _with(slots, index)
    rest = [encode(a, slots) for a in node.args[1 + len(families) :] if not isinstance(a, sp.Tuple)]
    return f"{type(node).__name__}({encode(node.args[0], bound)};{','.join(rest)};{','.join(ranges)})"


def _limits(node: Any, names: Names) -> str:
    inner, ranges = dict(names), []
    for limit in reversed(node.limits):
        ends = [encode(e, inner) for e in limit.args[1:]]
        inner = _with(inner, limit.args[0])
        ranges.append("(" + ",".join(ends) + ")")
    return f"{type(node).__name__}({encode(node.function, inner)};{','.join(ranges)})"


def _derivative(node: sp.Derivative, names: Names) -> str:
    pairs: Any = node.variable_count
    counts = ",".join(sorted(f"{encode(v, names)}^{n}" for v, n in pairs))
    return f"Derivative({encode(node.expr, names)};{counts})"


_BINDERS: tuple[tuple[Any, Callable[[Any, Names], str]], ...] = (
    (Sigma, _sigma),
    (FamilyBinder, _family),
    ((sp.Sum, sp.Product, sp.Integral), _limits),
    (sp.Derivative, _derivative),
)
