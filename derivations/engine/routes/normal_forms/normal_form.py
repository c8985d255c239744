"""Equations over a domain, and the proof of one by normal form: sizes at which a rewriting fails go one by one."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import inf
from typing import Any, TypeVar

import sympy as sp

from derivations.engine.routes.certificates import under_sign  # noqa: F401  (it adds to the table of derivatives)
from derivations.engine.routes.normal_forms import (  # noqa: F401  (they fill the table of rules)
    elementary,
    integrals_form,
    means_form,
    recurrences,
    sequences,
    special,
    sums_form,
    traces,
)
from derivations.engine.routes.normal_forms.field import LETTERS, Ratio, TooManyLettersError, UnsupportedError
from derivations.engine.routes.normal_forms.generators.atoms import symbolic_ranges
from derivations.engine.routes.normal_forms.generators.letters import RetryError
from derivations.engine.routes.normal_forms.signs import coefficients_of
from derivations.engine.routes.normal_forms.tower import Tower
from derivations.engine.routes.sampling import size_symbols
from theory.domain import Domain
from theory.sums import rename

MAX_RETRIES = 24
MAX_SMALL = 8
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Equation:
    """left = right everywhere on a domain, to be proved until the thread's clock shows ``until``."""

    left: Any
    right: Any
    domain: Domain
    until: float = inf

    def at(self, name: sp.Symbol, value: int) -> Equation:
        """The equation with one size put in."""
        sides = (rename(side, name, sp.Integer(value)) for side in (self.left, self.right))
        left, right = sides
        return replace(self, left=left, right=right, domain=fixed(self.domain, name, value))


def with_tower(domain: Domain, work: Callable[[Tower], T], until: float = inf) -> T:
    """Run ``work`` with a tower whose letters are fine enough for every root that turns up."""
    orders: dict[str, int] = {}
    room = LETTERS[0]
    for _ in range(MAX_RETRIES):
        try:
            return work(Tower(domain, orders, room, until))
        except RetryError as again:
            orders[again.key] = again.order
        except TooManyLettersError:
            if room == LETTERS[-1]:
                raise
            room = LETTERS[-1]
    raise UnsupportedError("roots of too many orders")


def by_normal_form(equation: Equation) -> str:
    """How the difference is proved to vanish in normal form; an empty text if it is not."""

    def work(tower: Tower) -> tuple[bool, list[sp.Expr], str]:
        sides = [tower.convert(side) for side in (equation.left, equation.right)]
        difference = tower.field.reduced(tower.field.add(sides[0], tower.field.negative(sides[1])))
        technique = ", ".join(["normal form", *sorted(tower.techniques)])
        return _is_zero_by_cases(tower, difference), tower.obligations, technique

    zero, obligations, technique = with_tower(equation.domain, work, equation.until)
    if not zero:
        return ""
    small = _small_sizes(obligations, equation.domain)
    if small is None:
        return ""
    proved = all(by_normal_form(equation.at(name, value)) for name, value in small)
    return (technique + (", small sizes one by one" if small else "")) if proved else ""


def _is_zero_by_cases(tower: Tower, x: Ratio) -> bool:
    """Zero, or a + b [i = v] with a = 0 and b = 0 at i = v, for a free integer i."""
    x = tower.field.reduced(x)
    if x.num.is_zero():
        return True
    for place in tower.field.used(x.num):
        content = tower.field.letters[place].content
        if isinstance(content, tuple) and content[0] == "delta" and not x.den.degrees()[place]:
            parts = coefficients_of(tower.field, x.num, place)
            if set(parts) == {1}:
                return _zero_on_delta(tower, Ratio(parts[1], x.den), content[1][0])
            return all(_zero_on_delta(tower, Ratio(p, x.den), content[1][0]) for e, p in parts.items() if e) and (
                _is_zero_by_cases(tower, Ratio(parts[0], x.den))
            )
    return False


def _zero_on_delta(tower: Tower, x: Ratio, difference: Ratio) -> bool:
    """Whether x vanishes where the difference is zero, by solving it for a symbol of the domain."""
    expression = sp.expand(tower.field.expression(difference))
    for name in sorted(expression.free_symbols, key=str):
        slope = expression.coeff(name)
        if slope in (1, -1) and isinstance(name, sp.Symbol):
            value = sp.expand(name - expression / slope)
            if _zero_at(tower, rename(tower.field.expression(x), name, value), name, value):
                return True
    return False


def _zero_at(tower: Tower, expression: Any, name: sp.Symbol, value: sp.Expr) -> bool:
    """The value keeps the range of the symbol it stands for."""
    outside = tower.scope
    ranges = [(value, low, high) for n, low, high in symbolic_ranges(tower.domain) if n == name]
    tower.scope = (*outside, *ranges)
    try:
        return _is_zero_by_cases(tower, tower.convert(expression))
    finally:
        tower.scope = outside


def _small_sizes(obligations: list[sp.Expr], domain: Domain) -> list[tuple[Any, int]] | None:
    """The finitely many sizes at which a rewriting of ranges is not valid; None if they are not finitely many."""
    found: list[tuple[Any, int]] = []
    for obligation in obligations:
        names = obligation.free_symbols
        name = next(iter(names)) if len(names) == 1 else None
        if name is None or name not in size_symbols(domain) or sp.expand(obligation - name).free_symbols:
            return None
        first, least = int(name - obligation), domain.sets[name].inf
        if not least.is_Integer or first - int(least) > MAX_SMALL:
            return None
        found += [(name, n) for n in range(int(least), first) if (name, n) not in found]
    return found


def fixed(domain: Domain, name: sp.Symbol, value: int) -> Domain:
    """The domain with one size put in."""
    number = sp.Integer(value)
    sets = {n: s.subs(name, number) if name in s.free_symbols else s for n, s in domain.sets.items()}
    return Domain({**sets, name: sp.FiniteSet(number)}, domain.constraints)
