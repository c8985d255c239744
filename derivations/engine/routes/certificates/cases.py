"""Cases of an inequality in other variables: beyond a constraint of the domain, and on both sides of a diagonal.

Every list of cases together holds all points of the domain, and perhaps more: a proof of each is a proof of the whole.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.sums import free_names, unfold

Case = tuple[Any, Domain]
BOUNDED: dict[Any, sp.Set] = {
    sp.sin: sp.Interval(-1, 1), sp.cos: sp.Interval(-1, 1), sp.tanh: sp.Interval.open(-1, 1),
    sp.erf: sp.Interval.open(-1, 1),
}  # fmt: skip
"""Where a function lies at every real argument."""


def cases(expression: Any, domain: Domain) -> Iterator[list[Case]]:
    """Ways to split a domain: a distance from a bound, and each of two variables as the larger one."""
    names = _free_to_move(expression, domain)
    for constraint in domain.constraints:
        for name in names:
            found = _beyond(expression, domain, name, constraint)
            if found is not None:
                yield [found]
    for first, second in combinations(names, 2):
        if domain.sets[first] == domain.sets[second] and domain.sets[first].start.is_finite:
            yield [_above(expression, domain, *pair) for pair in ((first, second), (second, first))]


def bounded(expression: Any, domain: Domain) -> Case | None:
    """The expression with a variable for each bounded function of a real argument; None if there is none."""
    calls = [f for f in expression.atoms(*BOUNDED) if _is_real(f.args[0], domain)]
    letters = {f: sp.Dummy("f", real=True) for f in sorted(calls, key=lambda f: -len(str(f)))}
    if not letters:
        return None
    relaxed = expression.xreplace(letters)
    return relaxed, domain.extended({letters[f]: BOUNDED[f.func] for f in letters})


def _is_real(node: Any, domain: Domain) -> bool:
    """Whether a polynomial in names of the domain is certainly real."""
    if isinstance(node, sp.Symbol):
        return node in domain.sets and domain.sets[node].is_subset(sp.S.Reals) is True
    if isinstance(node, sp.Add | sp.Mul) or (isinstance(node, sp.Pow) and node.exp.is_Integer and node.exp > 0):
        return all(_is_real(a, domain) for a in node.args)
    return bool(node.is_Rational or isinstance(node, sp.NumberSymbol))


def _free_to_move(expression: Any, domain: Domain) -> list[Any]:
    """Symbols of an interval that no other set depends on."""
    tied = set().union(*(free_names(a) for s in domain.sets.values() for a in s.args), set())
    names = free_names(expression) - tied
    return sorted((n for n in names if isinstance(domain.sets.get(n), sp.Interval)), key=str)


def _beyond(expression: Any, domain: Domain, name: Any, constraint: Any) -> Case | None:
    """A variable as its bound by a constraint, plus or minus a distance; its own bounds are given up."""
    if not isinstance(constraint, sp.StrictLessThan | sp.LessThan | sp.StrictGreaterThan | sp.GreaterThan):
        return None
    gap = constraint.gts - constraint.lts
    slope = sp.diff(gap, name)
    if slope not in (1, -1):
        return None
    distance = sp.Dummy(name.name, real=True)
    value = sp.expand(name - gap / slope) + slope * distance
    strict = isinstance(constraint, sp.StrictLessThan | sp.StrictGreaterThan)
    return _replaced(expression, domain, {name: value}, {distance: sp.Interval(0, sp.oo, left_open=strict)})


def _above(expression: Any, domain: Domain, larger: Any, smaller: Any) -> Case:
    """The larger of two variables of one set as the smaller one plus a distance."""
    chosen = domain.sets[larger]
    distance = sp.Dummy(larger.name, real=True)
    spread = sp.Interval(0, chosen.end - chosen.start)
    return _replaced(expression, domain, {larger: smaller + distance}, {distance: spread})


def _replaced(expression: Any, domain: Domain, values: dict[Any, Any], sets: dict[Any, sp.Set]) -> Case:
    """The expression and the domain without the old names; the constraints that remain are rewritten."""
    constraints = [c.xreplace(values) for c in domain.constraints]
    kept = {n: s for n, s in domain.sets.items() if n not in values}
    (name, value), *_ = values.items()
    relations = [c for c in constraints if isinstance(c, sp.core.relational.Relational)]
    return unfold(expression, name, value), Domain({**kept, **sets}, relations)
