"""Where an integrand has kinks or jumps, and what it is between them."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from functools import lru_cache
from typing import Any

import sympy as sp

Kink = tuple[Any, Any]
"""The constant and the slope of the linear expression whose sign decides."""


@lru_cache(maxsize=256)
def factored(body: Any) -> Any:
    """The modulus and the sign of a product as products."""
    return body.replace(
        lambda n: isinstance(n, sp.Abs | sp.sign) and isinstance(n.args[0], sp.Mul),
        lambda n: sp.Mul(*(n.func(f) for f in n.args[0].args)),
    )


@lru_cache(maxsize=512)
def kinks(body: Any, name: sp.Symbol) -> tuple[Kink, ...]:
    """Linear expressions of ``name`` at whose zeros the body changes its form; other kinks are left out."""
    hidden = {limit[0] for inner in body.atoms(sp.Integral) for limit in inner.limits}
    found: dict[Kink, None] = {}
    for node in body.atoms(sp.sign, sp.Abs, sp.Heaviside, sp.Max, sp.Min, sp.core.relational.Relational):
        decider = _decider(node)
        if decider is None or name not in decider.free_symbols or decider.free_symbols & hidden:
            continue
        if decider.is_polynomial(name) and sp.degree(decider, name) == 1:
            slope, constant = sp.Poly(decider, name).all_coeffs()
            found[constant, slope] = None
    return tuple(found)


def _decider(node: Any) -> Any:
    """The expression whose sign decides which form a node takes."""
    if isinstance(node, sp.sign | sp.Abs | sp.Heaviside):
        return node.args[0]
    return node.args[0] - node.args[1] if len(node.args) == 2 else None


@lru_cache(maxsize=1024)
def branch(body: Any, name: sp.Symbol, signs: tuple[tuple[Kink, int], ...]) -> Any:
    """The body where the linear expressions have the given signs."""
    known = dict(signs)
    table = {}
    for node in body.atoms(sp.sign, sp.Abs, sp.Heaviside, sp.Max, sp.Min, sp.core.relational.Relational):
        decider = _decider(node)
        if decider is None or not decider.is_polynomial(name) or sp.degree(decider, name) != 1:
            continue
        slope, constant = sp.Poly(decider, name).all_coeffs()
        if (constant, slope) in known:
            table[node] = _form(node, known[constant, slope])
    return body.xreplace(table).replace(_is_empty, lambda _: sp.S.Zero)


def _is_empty(node: Any) -> bool:
    return isinstance(node, sp.Integral) and node.function == 0


def _form(node: Any, sign: int) -> Any:
    if isinstance(node, sp.sign):
        return sp.Integer(sign)
    if isinstance(node, sp.Abs):
        return sign * node.args[0]
    if isinstance(node, sp.Heaviside):
        return sp.Integer((sign + 1) // 2)
    if isinstance(node, sp.Max | sp.Min):
        first = (sign > 0) == isinstance(node, sp.Max)
        return node.args[0] if first else node.args[1]
    return _truth(node, sign)


def _truth(relation: Any, sign: int) -> Any:
    if isinstance(relation, sp.StrictGreaterThan | sp.GreaterThan):
        return sp.true if sign > 0 else sp.false
    if isinstance(relation, sp.StrictLessThan | sp.LessThan):
        return sp.true if sign < 0 else sp.false
    return sp.true if isinstance(relation, sp.Ne) else sp.false
