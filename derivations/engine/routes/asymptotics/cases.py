"""The limit for every value of the parameters, by cases where a sign depends on one of them."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import sympy as sp

from derivations.engine.routes.asymptotics.signs import Signs, UndecidedSignError
from theory.domain import Domain

MOST_SPLITS = 4
T = TypeVar("T")


def by_cases(domain: Domain, work: Callable[[Signs], T], splits: int = MOST_SPLITS) -> list[tuple[Domain, T]]:
    """What ``work`` gives on the domain, or on the parts into which an undecided sign splits it.

    Raises
    ------
    UndecidedSignError
        If the parts would be too many, or the sign is not that of a symbol less a number.
    """
    try:
        return [(domain, work(Signs(domain)))]
    except UndecidedSignError as undecided:
        parts = list(_parts(domain, undecided.expression)) if splits else []
        if not parts:
            raise
        return [case for part in parts for case in by_cases(part, work, splits - 1)]


def _parts(domain: Domain, expression: Any) -> Iterator[Domain]:
    """Below, at and above the place where c (s - r) changes sign, for one symbol s and a rational r."""
    names = expression.free_symbols
    name = next(iter(names)) if len(names) == 1 else None
    chosen = interval(domain.sets.get(name)) if name is not None else None
    if not isinstance(chosen, sp.Interval) or chosen.free_symbols or not expression.is_polynomial(name):
        return
    found = sp.Poly(expression, name)
    if found.degree() != 1 or not all(c.is_Rational for c in found.all_coeffs()):
        return
    root = -found.coeff_monomial(1) / found.coeff_monomial(name)
    for part in (sp.Interval.open(-sp.oo, root), sp.FiniteSet(root), sp.Interval.open(root, sp.oo)):
        inside = chosen.intersect(part)
        if inside is not sp.S.EmptySet:
            yield domain.extended({name: inside})


def interval(chosen: Any) -> Any:
    """The set of the real numbers is an interval too."""
    return sp.Interval(-sp.oo, sp.oo) if chosen is sp.S.Reals else chosen


def settled(domain: Domain) -> dict[Any, Any]:
    """The symbols whose set has one member."""
    return {n: next(iter(s)) for n, s in domain.sets.items() if isinstance(s, sp.FiniteSet) and len(s) == 1}
