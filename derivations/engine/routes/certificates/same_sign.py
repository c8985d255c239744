"""An expression in other forms: where every form of a list is nowhere negative, the expression is not either."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import sympy as sp
from sympy.concrete.expr_with_limits import ExprWithLimits

from derivations.engine.routes.asymptotics.signs import Signs
from derivations.engine.routes.certificates.cases import Case
from theory.domain import Domain
from theory.sums import Binder

CHOICES = (sp.Max, sp.Min, sp.Abs)
Forms = tuple[list[Case], str]


def rewritten(expression: Any, domain: Domain, positive: Callable[[Any], bool]) -> Iterator[Forms]:
    """Lists of forms with their domains, and what was done; ``positive`` proves that an expression is above zero."""
    if expression.has(Binder, ExprWithLimits, sp.Derivative, sp.Subs):
        return
    choices = sorted(expression.atoms(*CHOICES), key=str)
    yield from (forms for choice in choices[:1] for forms in _without_choice(expression, domain, choice))
    top, bottom = sp.fraction(sp.together(expression))
    if not bottom.is_number and sp.fraction(sp.together(top))[1] == 1 and positive(bottom):
        yield [(sp.expand(top), domain)], "over a common denominator"
    sides = _two_terms(expression)
    if expression.has(sp.exp, sp.cosh) and not expression.has(sp.log) and all(map(positive, sides)):
        first, second = (sp.expand_log(sp.log(side)) for side in sides)
        yield [(first - second, domain)], "by logarithms"


def _without_choice(expression: Any, domain: Domain, choice: Any) -> Iterator[Forms]:
    """With each value of a Min, a Max or a modulus; and with that of a modulus on each side of zero."""
    inner = choice.args[0]
    if not all(map(Signs(domain).real, choice.args)):
        return
    values = (inner, -inner) if isinstance(choice, sp.Abs) else choice.args
    forms = [expression.xreplace({choice: value}) for value in values]
    yield [(form, domain) for form in forms], "each value of a choice"
    chosen = domain.sets.get(inner)
    if isinstance(choice, sp.Abs) and isinstance(chosen, sp.Interval) and chosen.start < 0 < chosen.end:
        above, below = chosen.intersect(sp.Interval(0, sp.oo)), chosen.intersect(sp.Interval(-sp.oo, 0))
        yield [(forms[0], domain.extended({inner: above})), (forms[1], domain.extended({inner: below}))], "cases"


def _two_terms(expression: Any) -> tuple[Any, ...]:
    """Both terms of a difference a - b; none for anything else."""
    terms = expression.args if isinstance(expression, sp.Add) else ()
    negative = [t for t in terms if t.could_extract_minus_sign()]
    if len(terms) != 2 or len(negative) != 1:
        return (sp.S.Zero,)
    return next(t for t in terms if t not in negative), -negative[0]
