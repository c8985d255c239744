"""Undetermined functions as letters: an identity in independent letters holds for every function put in for them."""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.concrete.expr_with_limits import ExprWithLimits
from sympy.core.function import AppliedUndef

from theory.domain import Domain
from theory.statements import Identity
from theory.sums import Binder, free_names

OPEN = (sp.StrictGreaterThan, sp.StrictLessThan, sp.Ne)


def in_letters(identity: Identity, *, named: bool = False) -> Identity:
    """The identity with a real letter for each undetermined function and for each of its derivatives.

    It is left as it is where a function stands under an integral, a sum or a substitution: its value there is no
    letter. Letters that are ``named`` say whose value they are; the others keep the names that saved files have.
    """
    sides = [worked_out(side) for side in (identity.left, identity.right)]
    if any(side.has(ExprWithLimits, Binder, sp.Subs) for side in sides):
        return identity
    letters: dict[Any, sp.Symbol] = {}
    left, right = (_lettered(side, letters, named) for side in sides)
    return Identity(left, right, identity.domain.extended(dict.fromkeys(letters.values(), sp.S.Reals)))


def varying(domain: Domain) -> frozenset[Any]:
    """Symbols by which an equation over a domain may be differentiated: they run over intervals and nothing fixes them.

    On a set of single points, or where the domain ties a symbol to others, an equation says nothing of a slope.
    """
    fixed = set().union(*(free_names(c) for c in domain.constraints if not isinstance(c, OPEN)))
    return frozenset(n for n, s in domain.sets.items() if isinstance(s, sp.Interval) and n not in fixed)


def worked_out(side: Any) -> Any:
    """The expression with its derivatives taken, where nothing is bound in it."""
    return side.doit() if side.has(sp.Derivative) and not side.has(ExprWithLimits, Binder) else side


def _lettered(expression: Any, letters: dict[Any, sp.Symbol], named: bool) -> Any:
    if isinstance(expression, AppliedUndef) or (
        isinstance(expression, sp.Derivative) and expression.atoms(AppliedUndef)
    ):
        place = len(letters) + 1
        name = _letter(expression, place) if named else f"value {place}"
        return letters.setdefault(expression, sp.Symbol(name, real=True))
    if not expression.args:
        return expression
    return expression.func(*(_lettered(a, letters, named) for a in expression.args))


def _letter(expression: Any, place: int) -> str:
    """A name that tells the reader of a counterexample what has the value; the place tells it from others."""
    function, what = (expression.expr, "slope") if isinstance(expression, sp.Derivative) else (expression, "value")
    return f"{what} {place} of {function.func}" if isinstance(function, AppliedUndef) else f"{what} {place}"
