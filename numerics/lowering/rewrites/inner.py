"""Parts of an expression that depend on its symbols through one quantity, such as tanh(beta J) / (beta J)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import Any

import sympy as sp

from numerics.lowering.rewrites.terms import cofactors, without

MOST_QUANTITIES = 8
"""Arguments of functions in one sum or product that are tried as the quantity."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A node of the form ``rest + factor * formula(inner)``, or with a product for the sum.

    Attributes
    ----------
    formula
        In ``quantity`` alone.
    quantity
        A symbol that stands for the inner expression, with its sign.
    inner
        What the quantity is.
    factor, rest
        The remainder: 1 and 0 if the formula is all.
    """

    formula: Any
    quantity: sp.Symbol
    inner: Any
    factor: Any = sp.S.One
    rest: Any = sp.S.Zero


def is_plain(node: Any) -> bool:
    """Whether it is a polynomial, or a rational function of several symbols: nothing is looked for in those."""
    nodes: list[Any] = list(sp.preorder_traversal(node))
    powers = [n.exp for n in nodes if n.is_Pow and not n.is_number]
    if not all(n.is_Symbol or n.is_number or n.is_Add or n.is_Mul or n.is_Pow for n in nodes):
        return False
    return all(n.is_Integer for n in powers) and (len(node.free_symbols) > 1 or not any(n < 0 for n in powers))


def parts(node: Any) -> Iterator[Part]:
    """The ways to see a node, or a part of it, as a formula of one quantity."""
    if len(node.free_symbols) == 1:
        (symbol,) = node.free_symbols
        quantity = _stand_in(symbol)
        yield Part(formula=node.xreplace({symbol: quantity}), quantity=quantity, inner=symbol)
    elif isinstance(node, sp.Add | sp.Mul | sp.log):
        for inner in _quantities(node):
            quantity = _stand_in(inner)
            for renamed in _in_terms_of(node, inner, quantity):
                if isinstance(renamed, sp.log):
                    if renamed.free_symbols == {quantity}:
                        yield Part(formula=renamed, quantity=quantity, inner=inner)
                    continue
                groups = _terms if isinstance(renamed, sp.Add) else _factors
                yield from groups(renamed, inner, quantity)


def with_joined_logarithms(node: Any) -> Any:
    """b log(A) - b log(B) as b log(A/B), term by term: 1 + q/p for (p + q)/p. None where there is no such pair."""
    terms = [(t, f, c) for t, f, c in cofactors(node) if isinstance(f, sp.log)] if isinstance(node, sp.Add) else []
    for (one, f, c), (other, g, d) in permutations(terms, 2):
        if c == -d and one != other and isinstance(f.args[0], sp.Add) and g.args[0].is_positive:
            return without(node, one, other) + c * sp.log(sp.expand(f.args[0] / g.args[0]))
    return None


def _stand_in(inner: Any) -> sp.Symbol:
    if inner.is_positive:
        return sp.Symbol("_u", positive=True)
    return sp.Symbol("_u", nonnegative=True) if inner.is_nonnegative else sp.Symbol("_u", real=True)


def _quantities(node: Any) -> list[Any]:
    """Arguments of functions and what powers are taken of, the largest first."""
    found: dict[Any, None] = {}
    for part in sp.preorder_traversal(node):
        if isinstance(part, sp.Function):
            found.update(dict.fromkeys(part.args))
        elif isinstance(part, sp.Pow) and not (part.exp.is_Integer and part.exp.is_positive):
            found[part.base] = None
    shifted = [q.as_coeff_Add()[1] for q in found if isinstance(q, sp.Add)]
    found.update(dict.fromkeys(q for q in shifted if q.is_rational_function(*q.free_symbols)))
    plain = [q for q in found if isinstance(q, sp.Expr) and q.free_symbols]
    return sorted(plain, key=lambda q: (-q.count_ops(), sp.default_sort_key(q)))[:MOST_QUANTITIES]


def _in_terms_of(node: Any, inner: Any, quantity: sp.Symbol) -> Iterator[Any]:
    renamed = node.xreplace({inner: quantity, -inner: -quantity})
    yield renamed
    if not inner.is_Symbol and renamed.free_symbols & inner.free_symbols:
        for part, solution in _solutions(inner, quantity):
            yield node.xreplace({part: solution, -part: -solution})


def _solutions(inner: Any, quantity: sp.Symbol) -> Iterator[tuple[Any, Any]]:
    """A factor of the inner quantity, or a symbol that it is linear in, by the quantity and what else is in it."""
    for factor in inner.args if inner.is_Mul else ():
        if factor.free_symbols and not factor.is_Pow:
            yield factor, quantity / (inner / factor)
    for symbol in sorted(inner.free_symbols, key=str) if inner.is_Add else ():
        slope = sp.diff(inner, symbol)
        if slope.is_number:
            yield symbol, (quantity - (inner - slope * symbol)) / slope


def _terms(node: Any, inner: Any, quantity: sp.Symbol) -> Iterator[Part]:
    """Terms with one cofactor: together a formula of the quantity, times it."""
    groups: dict[Any, list[Any]] = defaultdict(list)
    for term in node.args:
        cofactor, dependent = term.as_independent(quantity, as_Add=False)
        number, cofactor = cofactor.as_coeff_Mul()
        groups[cofactor].append(number * dependent)
    for cofactor, terms in groups.items():
        formula = sp.Add(*terms)
        if len(terms) > 1 and formula.free_symbols == {quantity}:
            others = sp.Add(*(c * sp.Add(*t) for c, t in groups.items() if c != cofactor))
            back = others.xreplace({quantity: inner})
            yield Part(formula=formula, quantity=quantity, inner=inner, factor=cofactor, rest=back)


def _factors(node: Any, inner: Any, quantity: sp.Symbol) -> Iterator[Part]:
    """Factors that depend on nothing else."""
    factors = sp.Mul.make_args(node)
    mine = [f for f in factors if f.free_symbols == {quantity}]
    if len(mine) > 1 or len(mine) == len(factors):
        others = sp.Mul(*(f for f in factors if f not in mine)).xreplace({quantity: inner})
        yield Part(formula=sp.Mul(*mine), quantity=quantity, inner=inner, factor=others)
