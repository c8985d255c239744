"""Rational expressions in parts: one factored quotient for each power of what stands in no denominator."""

from __future__ import annotations

from typing import Any

import sympy as sp


def in_parts(expression: Any) -> Any:
    """A sum over monomials of the names that are in the numerator alone, each with a factored quotient as weight."""
    whole = sp.together(expression)
    top, bottom = sp.fraction(whole)
    outside = sorted(atomic_names(top) - atomic_names(bottom), key=sp.default_sort_key)
    if not atomic_names(bottom) or not outside:
        return sp.factor(whole)
    parts = sp.Poly(sp.expand(top), *outside).terms()
    return sp.Add(*[sp.factor(c / bottom) * sp.Mul(*map(sp.Pow, outside, powers)) for powers, c in parts])


def atomic_names(expression: Any) -> set[Any]:
    """Symbols and entries of families, without the indices and labels of the entries."""
    entries = expression.atoms(sp.Indexed)
    return entries | (expression.free_symbols - entries - {s for e in entries for s in e.free_symbols})
