"""Expressions of several bound variables as sums of products of factors with one variable each."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from math import comb
from typing import Any

import sympy as sp

from derivations.engine.routes.enclosures.points import TooLargeError

MAX_PRODUCTS = 20_000
Separated = dict[frozenset[tuple[sp.Basic, sp.Expr]], sp.Expr]
"""A sum of products: one factor for each variable, mapped to the coefficient."""


class NotSeparableError(Exception):
    """A factor that ties two variables together."""


def separate(node: Any, variables: frozenset[sp.Basic]) -> Separated:
    """Write an integrand as a sum of products of factors with one variable each.

    Raises
    ------
    NotSeparableError
        If some factor needs two variables.
    """
    present = node.free_symbols & variables
    if len(present) <= 1:
        return _single(node, present)
    if isinstance(node, sp.Add):
        return _added([separate(a, variables) for a in node.args])
    if isinstance(node, sp.Mul):
        return _multiplied([separate(a, variables) for a in node.args])
    if isinstance(node, sp.exp) or (isinstance(node, sp.Pow) and node.base is sp.E):
        return _separate_exponential(node.exp, variables)
    if isinstance(node, sp.Pow) and node.exp.is_Integer and 0 < int(node.exp) <= 64:
        return _multiplied([separate(node.base, variables)] * int(node.exp))
    if isinstance(node, sp.cosh | sp.sinh):
        return separate(node.rewrite(sp.exp), variables)
    raise NotSeparableError(str(node.func))


def _single(node: Any, present: set[sp.Basic]) -> Separated:
    if not present:
        return {frozenset(): node}
    (z,) = present
    outside, inside = node.as_independent(z, as_Add=False)
    return {frozenset({(z, inside)}): outside}


def _separate_exponential(argument: Any, variables: frozenset[sp.Basic]) -> Separated:
    _require_moderate(argument)
    groups: dict[frozenset[sp.Basic], list[sp.Expr]] = {}
    for term in sp.Add.make_args(sp.expand(argument)):
        groups.setdefault(frozenset(term.free_symbols & variables), []).append(term)
    if any(len(g) > 1 for g in groups):
        raise NotSeparableError("exp")
    return _multiplied([_single(sp.exp(sp.Add(*terms)), set(g)) for g, terms in groups.items()])


def _require_moderate(argument: Any) -> None:
    """Refuse powers of sums that have too many terms when they are multiplied out."""
    for node in argument.atoms(sp.Pow):
        if isinstance(node.base, sp.Add) and node.exp.is_Integer and node.exp > 1:
            times = int(node.exp)
            if comb(len(node.base.args) + times - 1, times) > MAX_PRODUCTS:
                raise TooLargeError("too many terms in an exponent under a Gaussian mean at these sizes")


def _added(parts: list[Separated]) -> Separated:
    total: Separated = {}
    for part in parts:
        for key, coefficient in part.items():
            total[key] = total.get(key, sp.S.Zero) + coefficient
    return total


def _multiplied(parts: list[Separated]) -> Separated:
    total: Separated = {frozenset(): sp.S.One}
    for part in parts:
        if len(total) * len(part) > MAX_PRODUCTS:
            raise TooLargeError("too many products under a Gaussian mean at these sizes")
        grown: Separated = {}
        for key, coefficient in total.items():
            for other, factor in part.items():
                joined = _joined(key, other)
                grown[joined] = grown.get(joined, sp.S.Zero) + coefficient * factor
        total = grown
    return total


def _joined(key: frozenset[Any], other: frozenset[Any]) -> frozenset[Any]:
    factors = dict(key)
    for z, factor in other:
        factors[z] = factors[z] * factor if z in factors else factor
    return frozenset((z, f) for z, f in factors.items() if f != 1)
