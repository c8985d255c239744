"""Points close to the ends of the sets, and where symbols agree: there a claim fails that holds everywhere else.

Random points leave out a part of a domain that is thousands of times smaller than the rest. Such a part mostly lies
at an end of it: the claim is right between other bounds than the stated ones. Sizes that agree, or of which one is
twice another, are as rare among random ones.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import permutations
from typing import Any

import sympy as sp

from derivations.engine.routes.enclosures.comparisons import point_at
from derivations.engine.routes.enclosures.zeros import window
from derivations.engine.routes.sampling import is_integer_set
from theory.domain import Assignment, Domain

CLOSE = sp.Rational(1, 10**9)
"""Distance from an end, in parts of the interval."""


def brinks(domain: Domain, bases: Iterable[Assignment]) -> Iterator[Assignment]:
    """Around each point, those with one symbol, or all, close to an end of its set, and those where two agree."""
    fixed = {left for left, _ in domain.equations()}
    for base in bases:
        free = {n: v for n, v in base.values.items() if isinstance(n, sp.Symbol) and n not in fixed}
        ends = {n: found for n in free if (found := _close(base.concrete_set(n)))}
        alone = [{n: value} for n, values in ends.items() for value in values]
        corners = [{n: values[place] for n, values in ends.items()} for place in (0, -1)] if len(ends) > 1 else []
        for change in (*alone, *corners, *_agreeing(free, domain)):
            point = point_at(domain, {**free, **change})
            if point is not None:
                yield point


def _agreeing(free: dict[Any, Any], domain: Domain) -> Iterator[dict[Any, Any]]:
    for first, second in permutations(sorted(free, key=str), 2):
        yield {first: free[second]}
        if is_integer_set(domain.set_of(first)) and is_integer_set(domain.set_of(second)):
            yield {first: 2 * free[second]}


def _close(chosen: sp.Set) -> list[Any]:
    """Values close to the finite ends of an interval, from the lower to the upper one."""
    if not isinstance(chosen, sp.Interval):
        return []
    low, high = window(chosen, [])
    away = CLOSE * (high - low)
    return [v for end, v in ((chosen.start, low + away), (chosen.end, high - away)) if end.is_finite]
