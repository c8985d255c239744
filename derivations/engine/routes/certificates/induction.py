"""Induction over a size: true at its least value, and the step from n to n + 1 follows in normal form."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.routes.normal_forms.field import UnsupportedError
from derivations.engine.routes.normal_forms.normal_form import Equation, by_normal_form, with_tower
from derivations.engine.routes.normal_forms.signs import ratio_nonnegative
from derivations.engine.routes.normal_forms.tower import Tower
from derivations.engine.routes.sampling import size_symbols
from theory.sums import Sigma, rename


def by_induction(equation: Equation) -> str:
    """How the equation is proved by induction over one of its sizes; an empty text if it is not."""
    domain = equation.domain
    for name in size_symbols(domain):
        chosen = domain.sets[name]
        tied = any(name in s.free_symbols for s in domain.sets.values()) or domain.constraints
        if tied or not chosen.inf.is_Integer or not _bounds_with(name, equation.left, equation.right):
            continue
        try:
            if by_normal_form(equation.at(name, int(chosen.inf))) and _step(equation, name):
                return f"induction over {name} from {chosen.inf}, each step in normal form"
        except UnsupportedError:
            continue
    return ""


def _bounds_with(name: sp.Symbol, *sides: Any) -> bool:
    nodes = [n for side in sides for n in side.atoms(Sigma, sp.Sum, sp.Product)]
    return any(name in n.free_symbols for n in nodes)


def _step(equation: Equation, name: sp.Symbol) -> bool:
    """left(n+1) - left(n) = right(n+1) - right(n), or the same with quotients where right(n) is never zero."""
    sides = (equation.left, equation.right)

    def work(tower: Tower) -> bool:
        now = [tower.convert(side) for side in sides]
        later = [tower.convert(rename(side, name, name + 1)) for side in sides]
        if tower.obligations:
            return False
        field = tower.field
        gains = [field.add(x, field.negative(y)) for x, y in zip(later, now, strict=True)]
        if field.same(*gains):
            return True
        # From left(n) = right(n), left(n+1) right(n) = right(n+1) left(n) says nothing where right(n) is zero.
        signs = (now[1], field.negative(now[1]))
        never_zero = any(ratio_nonnegative(field, side, strict=True) for side in signs)
        return never_zero and field.same(field.multiply(later[0], now[1]), field.multiply(later[1], now[0]))

    return with_tower(equation.domain, work, equation.until)
