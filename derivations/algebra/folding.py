"""Read a definition from right to left: recognize a sum as the quantity it defines."""

from __future__ import annotations

from itertools import permutations
from typing import Any, cast

import sympy as sp

from derivations.algebra.sum_terms import Bounds, SumTerm, assembled, sum_terms
from theory.statements import Definition
from theory.sums import rename


def folded(expression: Any, definition: Definition) -> sp.Expr:
    """Replace every sum that is an instance of the definition's right side by its name.

    The definition is ``X[k, ...] := c * Sigma(product of indexed atoms, (i, lo, hi))`` with ``c`` free of ``i``.
    """
    return assembled(_fold_term(t, definition) for t in sum_terms(expression))


def _fold_term(term: SumTerm, definition: Definition) -> SumTerm:
    for bounds in term.ranges:
        result = _fold_index(term, bounds, definition)
        if result is not None:
            return _fold_term(result, definition)
    return term


def _fold_index(term: SumTerm, bounds: Bounds, definition: Definition) -> SumTerm | None:
    index, lower, upper = bounds
    inside = [f for f in term.factors() if index in f.free_symbols]
    pattern, weight, inner = _pattern(definition)
    found = _match(inside, pattern.factors(), inner[0], index, definition)
    if found is None:
        return None
    name, weight = _instantiated(definition.symbol, found), _instantiated(weight, found)
    if (_instantiated(inner[1], found), _instantiated(inner[2], found)) != (lower, upper):
        return None
    outside = sp.Mul(*[f for f in term.factors() if index not in f.free_symbols])
    return SumTerm(cast(sp.Expr, outside * name / weight), tuple(r for r in term.ranges if r[0] != index))


def _pattern(definition: Definition) -> tuple[SumTerm, sp.Expr, Bounds]:
    terms = sum_terms(definition.expression)
    if len(terms) != 1 or len(terms[0].ranges) != 1:
        raise ValueError(f"only a single sum can be folded; {definition.symbol} is defined as {definition.expression}")
    (term,) = terms
    inner = term.ranges[0]
    atoms = [f for f in term.factors() if inner[0] in f.free_symbols]
    weight = sp.Mul(*[f for f in term.factors() if inner[0] not in f.free_symbols])
    return SumTerm(sp.Mul(*atoms), term.ranges), cast(sp.Expr, weight), inner


def _match(
    factors: list[sp.Expr], pattern: list[sp.Expr], inner: sp.Symbol, index: sp.Symbol, definition: Definition
) -> dict[sp.Basic, sp.Expr] | None:
    if len(factors) != len(pattern):
        return None
    for order in permutations(factors):
        found: dict[sp.Basic, sp.Expr] = {inner: index}
        free = {inner, *definition.symbol.indices}
        if all(_unify(p, f, free, found) for p, f in zip(pattern, order, strict=True)):
            return found
    return None


def _unify(pattern: sp.Expr, factor: sp.Expr, free: set[Any], found: dict[sp.Basic, sp.Expr]) -> bool:
    if not (isinstance(pattern, sp.Indexed) and isinstance(factor, sp.Indexed) and pattern.base == factor.base):
        return False
    if len(pattern.indices) != len(factor.indices):
        return False
    for slot, value in zip(pattern.indices, factor.indices, strict=True):
        if slot in free and found.setdefault(slot, cast(sp.Expr, value)) != value:
            return False
        if slot not in free and slot != value:
            return False
    return True


def _instantiated(expression: Any, found: dict[sp.Basic, sp.Expr]) -> Any:
    stand_ins = {name: sp.Dummy(integer=True) for name in found}
    for name, fresh in stand_ins.items():
        expression = rename(expression, name, fresh)
    for name, fresh in stand_ins.items():
        expression = rename(expression, fresh, found[name])
    return expression
