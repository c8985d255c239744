"""Nested sums as a reader writes them: one sign for each range, constant factors in front."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import sympy as sp

from theory.sums import Sigma


@dataclass(frozen=True, kw_only=True)
class Chain:
    """Sums nested directly in one another, or up to factors that distribute over them."""

    sums: tuple[Sigma, ...]
    front: sp.Expr
    body: sp.Expr

    @property
    def indices(self) -> tuple[sp.Symbol, ...]:
        """The bound indices, outermost first."""
        return tuple(node.index for node in self.sums)


@dataclass(frozen=True, kw_only=True)
class Group:
    """Indices under one sign: ``kind`` is ``box`` for equal ranges, ``ordered`` for a < b within one range."""

    kind: str
    indices: tuple[sp.Symbol, ...]
    lower: sp.Expr
    upper: sp.Expr


def chain_of(node: Sigma) -> Chain:
    """Follow a sum inwards and sort the factors into those that depend on its indices and those that do not."""
    sums: list[Sigma] = []
    factors: list[sp.Expr] = []
    body: sp.Expr = node
    while (inner := _single_sum(body)) is not None:
        factors += [f for f in sp.Mul.make_args(body) if f is not inner]
        sums.append(inner)
        body = inner.summand
    factors += sp.Mul.make_args(body)
    bound = {s.index for s in sums}
    front = [f for f in factors if not f.free_symbols & bound]
    inside = [f for f in factors if f.free_symbols & bound]
    return Chain(sums=tuple(sums), front=sp.Mul(*front), body=sp.Mul(*inside))


def _single_sum(body: sp.Expr) -> Sigma | None:
    sums = [f for f in sp.Mul.make_args(body) if isinstance(f, Sigma)]
    return sums[0] if len(sums) == 1 else None


def groups(sums: tuple[Sigma, ...]) -> list[Group]:
    """Put neighboring sums under one sign where their ranges allow it."""
    result: list[Group] = []
    rest = list(sums)
    while rest:
        node = rest.pop(0)
        if rest and (pair := _ordered_pair(node, rest[0])) is not None:
            result.append(pair)
            rest.pop(0)
            continue
        box = [node]
        while rest and (rest[0].lower, rest[0].upper) == (node.lower, node.upper):
            box.append(rest.pop(0))
        indices = tuple(b.index for b in box)
        result.append(Group(kind="box", indices=indices, lower=node.lower, upper=node.upper))
    return result


def _ordered_pair(outer: Sigma, inner: Sigma) -> Group | None:
    """Pairs a < b of one range, in either order of summation."""
    above = inner.upper == outer.upper and sp.expand(inner.lower - outer.index) == 1
    below = inner.lower == outer.lower and sp.expand(outer.index - inner.upper) == 1
    if not (above or below):
        return None
    indices = (outer.index, inner.index) if above else (inner.index, outer.index)
    return Group(kind="ordered", indices=indices, lower=outer.lower, upper=cast(sp.Expr, outer.upper))
