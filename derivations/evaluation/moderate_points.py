"""Points for the oracles: numbers of moderate size, families as functions of their indices, concrete functions."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import sympy as sp
from mpmath import mp
from sympy.core.function import AppliedUndef

from derivations.oracles.evaluated import evaluator, exact
from theory.domain import Assignment, Domain

LARGEST = 4
"""Values beyond this are drawn again: the oracle's quadratures are for moderate numbers."""
SMALLEST = sp.Rational(1, 30)
REDRAWS = 40
Functions = tuple[Any, ...]
"""The undetermined functions of a claim."""


def undetermined(*expressions: Any) -> Functions:
    """The undetermined functions in some expressions, in a fixed order."""
    found = {a.func for e in expressions for a in e.atoms(AppliedUndef)}
    return tuple(sorted(found, key=str))


def moderate_points(domain: Domain, rng: random.Random, functions: Functions, count: int) -> Iterator[dict[Any, Any]]:
    """Points of a domain, at the precision in force."""
    for trial, assignment in enumerate(moderate_assignments(domain, rng, count)):
        yield {**as_point(assignment), **concrete_functions(functions, trial)}


def moderate_assignments(domain: Domain, rng: random.Random, count: int) -> Iterator[Assignment]:
    """Exact points of a domain, drawn again as long as a value is neither moderate nor zero."""
    for _ in range(count):
        assignment = domain.sample(rng)
        for _ in range(REDRAWS):
            if all(map(_is_moderate, assignment.values.values())):
                break
            assignment = domain.sample(rng)
        yield assignment


def concrete_functions(functions: Functions, trial: int = 0) -> dict[Any, Any]:
    """A smooth function for each undetermined one, others in each trial."""
    return {f: CONCRETE[(place + trial) % len(CONCRETE)] for place, f in enumerate(functions)}


def _is_moderate(value: Any) -> bool:
    if not value.is_Rational or value == 0:
        return True
    return abs(value) <= 2 * LARGEST if value.is_Integer else bool(SMALLEST < abs(value) < LARGEST)


def as_point(assignment: Assignment) -> dict[Any, Any]:
    """The values of an assignment in mpmath."""
    point: dict[Any, Any] = {}
    for name in assignment.domain.sets:
        is_family = isinstance(name, sp.IndexedBase)
        point[name] = _entries(name, assignment) if is_family else number(assignment(name))  # pyright: ignore[reportArgumentType]
    return point


def _entries(family: Any, assignment: Assignment) -> Callable[..., Any]:
    return lambda *indices: number(assignment(family[tuple(sp.Integer(int(i)) for i in indices)]))


def number(value: Any) -> Any:
    """An exact number in mpmath."""
    return exact(value) if value.is_Rational else evaluator(value, {})({})


def _first(*x: Any) -> Any:
    return 2 + mp.fsum(mp.sin((k + 7) * a / 10 + mp.mpf(3) / 10) / (k + 1) for k, a in enumerate(x)) / 2


def _second(*x: Any) -> Any:
    return mp.exp(-mp.fsum((k + 1) * a * a for k, a in enumerate(x)) / 5) + mp.cos(mp.fsum(x)) / 3 + mp.mpf(1) / 2


def _third(*x: Any) -> Any:
    return mp.fsum((k + 1) * a * a for k, a in enumerate(x)) / 3 + mp.fsum(x) / 7 + 1


CONCRETE: tuple[Callable[..., Any], ...] = (_first, _second, _third)
"""Smooth functions of any number of arguments, that stand for an undetermined one."""
Point = Mapping[Any, Any]
