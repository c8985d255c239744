"""Induction over the steps of a chain for products and exponentials of sums: both sides grow by the same factor.

If both sides are equal at the least T, and left(T + 1) = r left(T), right(T + 1) = r right(T) with one finite r, they
are equal at every T. The factor is found by dividing, in normal form. Both sides are finite everywhere: no gap breaks
the chain.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.routes.certificates.finite_values import above_zero, is_finite
from derivations.engine.routes.normal_forms.field import Ratio, UnsupportedError
from derivations.engine.routes.normal_forms.normal_form import Equation, by_normal_form, with_tower
from derivations.engine.routes.normal_forms.tower import Tower
from derivations.engine.routes.sampling import size_symbols
from theory.domain import Domain
from theory.sums import Sigma, free_names, rename


def by_one_step(equation: Equation) -> str:
    """How both sides are proved to grow alike; an empty text if they are not."""
    if not all(side.has(sp.Product, Sigma) for side in (equation.left, equation.right)):
        return ""
    domain = free_of_ties(equation.domain, equation.left, equation.right)
    if domain is None or not (equation.left.has(sp.Product) or equation.right.has(sp.Product)):
        return ""
    equation = Equation(left=equation.left, right=equation.right, domain=domain, until=equation.until)
    for name in growing_sizes(equation):
        try:
            if _grow_alike(equation, name):
                return f"induction over {name}, each step in normal form"
        except UnsupportedError:
            continue
    return ""


def growing_sizes(equation: Equation) -> list[sp.Symbol]:
    """Sizes of the equation that go on from a least value, and on which no other set depends."""
    names = free_names(equation.left) | free_names(equation.right)
    sets = equation.domain.sets
    found = []
    for name in size_symbols(equation.domain):
        goes_on = sets[name].inf.is_Integer and sets[name] == sp.Range(sets[name].inf, sp.oo)
        if name in names and goes_on and not any(name in chosen.free_symbols for chosen in sets.values()):
            found.append(name)
    return found


def free_of_ties(domain: Domain, *expressions: Any) -> Domain | None:
    """The domain without equations for names that do not occur; None where other constraints remain."""
    names = set().union(*map(free_names, expressions))
    tied = {left.base if isinstance(left, sp.Indexed) else left for left, _ in domain.equations()}
    if names & tied or len(domain.equations()) != len(domain.constraints):
        return None
    return Domain({name: chosen for name, chosen in domain.sets.items() if name not in tied})


def _grow_alike(equation: Equation, name: sp.Symbol) -> bool:
    if not by_normal_form(equation.at(name, int(equation.domain.sets[name].inf))):
        return False
    return with_tower(equation.domain, lambda tower: _same_factors(tower, equation, name), equation.until)


def _same_factors(tower: Tower, equation: Equation, name: sp.Symbol) -> bool:
    field, factors = tower.field, []
    for side in (equation.left, equation.right):
        if not is_finite(tower, side):
            return False
        factor = growth(tower, side, rename(side, name, name + 1))
        if factor is None:
            return False
        factors.append(factor)
    return field.same(*factors) and not tower.obligations


def growth(tower: Tower, before: Any, after: Any) -> Ratio | None:
    """The r with after = r before, if it is finite everywhere; None otherwise."""
    field, first = tower.field, tower.convert(before)
    if first.num.is_zero():
        return None
    factor = field.reduced(field.multiply(tower.convert(after), field.inverse(first)))
    return factor if above_zero(tower, field.polynomial_expression(factor.den)) else None
