"""The limit for every value of the parameters, by cases where a sign depends on one of them."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, TypeVar

import sympy as sp

from derivations.engine.routes import exact
from derivations.engine.routes.asymptotics.scale import UnknownScaleError
from derivations.engine.routes.asymptotics.signs import Signs, UndecidedSignError
from theory.domain import Domain

MOST_SPLITS, MOST_DEGREE = 4, 6
T = TypeVar("T")


def by_cases(domain: Domain, work: Callable[[Signs], T]) -> list[tuple[Signs, T]]:
    """What ``work`` gives on the domain, or in the cases into which an undecided sign splits it.

    Raises
    ------
    UndecidedSignError
        If the cases would be too many, or the sign is not that of a polynomial in one symbol with rational roots, or
        of a linear one in several.
    """
    return _cases(Signs(domain), work, MOST_SPLITS)


def _cases(signs: Signs, work: Callable[[Signs], T], splits: int) -> list[tuple[Signs, T]]:
    try:
        return [(signs, work(signs))]
    except UndecidedSignError as undecided:
        inner = [Signs(part, signs.assumed) for part in _parts(signs.domain, undecided.expression)]
        inner = inner or list(_by_sign(signs, undecided.expression))
        if not inner or not splits:
            raise
        return [case for one in inner for case in _cases(one, work, splits - 1)]


def _by_sign(signs: Signs, expression: Any) -> Iterator[Signs]:
    """A linear expression in several symbols is positive, negative, or zero: then one symbol is given by the others."""
    names = sorted(expression.free_symbols, key=str)
    if len(names) < 2 or not all(expression.diff(n).is_Rational for n in names):
        return
    for sign in (1, -1):
        yield Signs(signs.domain, (*signs.assumed, (expression, sign)))
    value = sp.expand(names[0] - expression / expression.diff(names[0]))
    yield Signs(signs.domain.extended(constraints=[sp.Eq(names[0], value, evaluate=False)]), signs.assumed)


def given(expression: Any, signs: Signs) -> Any:
    """An expression with what one case says of its symbols put in."""
    return exact.determined(expression.xreplace(settled(signs.domain)), signs.domain)


def exceptions(domain: Domain, work: Callable[[Signs], Any], splits: int = MOST_SPLITS) -> list[dict[Any, Any]]:
    """Single values of parameters at which a sign changes or vanishes: the answer there may be another one."""
    try:
        work(Signs(domain))
    except UndecidedSignError as undecided:
        name, roots = _roots(domain, undecided.expression)
        inner = [p for p in _parts(domain, undecided.expression) if name not in settled(p)] if splits else []
        return [{name: root} for root in roots] + [e for part in inner for e in exceptions(part, work, splits - 1)]
    except UnknownScaleError:
        pass
    return []


def _roots(domain: Domain, expression: Any) -> tuple[Any, list[Any]]:
    """The symbol of a polynomial in one symbol with rational coefficients, and its roots in the set of the symbol."""
    names = expression.free_symbols
    name = next(iter(names)) if len(names) == 1 else None
    chosen = interval(domain.sets.get(name)) if name is not None else None
    if not isinstance(chosen, sp.Interval) or chosen.free_symbols or not expression.is_polynomial(name):
        return None, []
    polynomial = sp.Poly(expression, name)
    if not all(c.is_Rational for c in polynomial.all_coeffs()) or not 0 < polynomial.degree() <= MOST_DEGREE:
        return None, []
    roots = sorted(set(polynomial.real_roots()))
    return name, [root for root in roots if chosen.contains(root) == sp.true]


def _parts(domain: Domain, expression: Any) -> Iterator[Domain]:
    """The rational roots of a polynomial in one symbol, and the intervals between them."""
    name, roots = _roots(domain, expression)
    if not roots or not all(r.is_Rational for r in roots):
        return
    between = [sp.Interval.open(low, high) for low, high in pairwise([-sp.oo, *roots, sp.oo])]
    for part in (*between, *map(sp.FiniteSet, roots)):
        inside = interval(domain.sets[name]).intersect(part)
        if inside is not sp.S.EmptySet:
            yield domain.extended({name: inside})


def interval(chosen: Any) -> Any:
    """The set of the real numbers is an interval too."""
    return sp.Interval(-sp.oo, sp.oo) if chosen is sp.S.Reals else chosen


def settled(domain: Domain) -> dict[Any, Any]:
    """The symbols whose set has one member."""
    return {n: next(iter(s)) for n, s in domain.sets.items() if isinstance(s, sp.FiniteSet) and len(s) == 1}
