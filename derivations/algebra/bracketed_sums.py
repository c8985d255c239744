"""Sums whose range a bracket under them narrows: the bracket becomes the range."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportIndexIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.algebra.sum_terms import SumTerm, assembled, sum_terms
from theory.averages import GaussianMean
from theory.sums import Inside, rename


def ranges_from_brackets(expression: Any) -> sp.Expr:
    """Multiply out; where a factor [low <= k + shift <= high] stands under a sum over k, sum over that range instead.

    The index becomes the one in the bracket, so that terms over equal ranges come under one sum.
    """
    return assembled(_narrowed(part) for term in sum_terms(expression) for part in _parts(term))


def _parts(term: SumTerm) -> list[SumTerm]:
    """The terms of a body, with Gaussian means left as they are."""
    names = {mean: sp.Dummy() for mean in term.body.atoms(GaussianMean)}
    back = {name: mean for mean, name in names.items()}
    parts = sp.Add.make_args(sp.expand_mul(term.body.xreplace(names)))
    return [SumTerm(part.xreplace(back), term.ranges) for part in parts]


def _narrowed(term: SumTerm) -> SumTerm:
    for bracket in (f for f in sp.Mul.make_args(term.body) if isinstance(f, Inside)):
        value, low, high = bracket.args
        for place, (index, first, last) in enumerate(term.ranges):
            shift = sp.expand(value - index)
            if index in shift.free_symbols or not _within((low - shift, high - shift), (first, last)):
                continue
            body = rename(term.body / bracket, index, sp.expand(index - shift))
            ranges = (*term.ranges[:place], (index, low, high), *term.ranges[place + 1 :])
            return _narrowed(SumTerm(body, ranges))
    return term


def _within(inner: tuple[Any, Any], outer: tuple[Any, Any]) -> bool:
    above, below = sp.expand(inner[0] - outer[0]), sp.expand(outer[1] - inner[1])
    return bool(above.is_nonnegative and below.is_nonnegative)
