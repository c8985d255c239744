"""Make a counterexample small: simplest values first, then one or two symbols off them, then greedily."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

import sympy as sp

from derivations.engine.routes.sampling import is_integer_set, members
from theory.domain import Assignment, Domain
from theory.drawing import SIMPLE_VALUES, simplest_first
from theory.membership import lies_in

SECONDS = 0.4
CHOICES = 4
"""How many values of a symbol are tried beside its simplest."""
Fails = Callable[[Assignment], Any]
"""What a point says against the claim, or None."""


def smallest(point: Assignment, found: Any, fails: Fails, seconds: float = SECONDS) -> tuple[Assignment, Any]:
    """A point at least as simple as ``point`` at which the claim fails too, with what it says there."""
    deadline = time.perf_counter() + seconds
    for values in _simple_values(point):
        if time.perf_counter() > deadline:
            break
        better = _tried(point.domain, values, fails)
        if better is not None:
            return better
    return _greedy(point, found, fails, time.perf_counter() + seconds / 2)


def _tried(domain: Domain, values: dict[sp.Basic, Any], fails: Fails) -> tuple[Assignment, Any] | None:
    try:
        candidate = Assignment(domain, random.Random(0), simple=True, fixed=values)
        if not candidate.satisfies_constraints():
            return None
    except ValueError:
        return None
    found = fails(candidate)
    return None if found is None else (candidate, found)


def _simple_values(point: Assignment) -> Iterator[dict[sp.Basic, Any]]:
    """Nothing off the simplest values, then one name, then two."""
    names = sorted(_undetermined(point), key=lambda n: (isinstance(n, sp.Indexed), str(n)))
    choices = {n: candidates(point, n)[1 : 1 + CHOICES] for n in names}
    yield {}
    for name in names:
        for value in choices[name]:
            yield {name: value}
    for first, second in combinations(names, 2):
        for x in choices[first][:2]:
            for y in choices[second][:2]:
                yield {first: x, second: y}


def candidates(point: Assignment, name: sp.Basic) -> list[Any]:
    """The simple values in the set of a name, simplest first."""
    chosen = point.domain.set_of(name)
    if chosen.free_symbols:
        chosen = chosen.subs({s: point.values[s] for s in chosen.free_symbols if s in point.values})
        if chosen.free_symbols:
            return []
    if isinstance(chosen, sp.FiniteSet):
        return list(simplest_first(chosen))
    if is_integer_set(chosen):
        return list(members(chosen, CHOICES))
    return [v for v in SIMPLE_VALUES if lies_in(v, chosen)]


def _greedy(point: Assignment, found: Any, fails: Fails, deadline: float) -> tuple[Assignment, Any]:
    """From the failing point, one name after another at the simplest value that still fails."""
    values = _undetermined(point)
    for name in sorted(values, key=str):
        for value in candidates(point, name):
            if time.perf_counter() > deadline:
                return point, found
            better = _tried(point.domain, {**values, name: value}, fails)
            if better is not None:
                point, found = better
                values = _undetermined(point)
                break
    return point, found


def _undetermined(point: Assignment) -> dict[sp.Basic, Any]:
    """The values that no equation of the domain determines."""
    return {n: v for n, v in point.values.items() if not point.domain.determines(n)}
