"""Zeros of an expression in one symbol on a set: exact for polynomials over the rationals, otherwise by searching.

They say where to look. Nothing rests on their being all there are.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false, reportGeneralTypeIssues=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import sympy as sp

from derivations.engine.routes.budget import BOUNDLESS, Budget
from derivations.engine.routes.enclosures.balls import ball
from derivations.engine.routes.enclosures.points import Frame, TooLargeError, UnknownError, VagueError

MOST_DEGREE = 8
CELLS = 64
ROUNDS = 60
NARROW = sp.Rational(1, 10**12)
BESIDE = 10
"""How far beyond the outermost zero an unbounded set is looked at."""
FAR = 1000
NOTHING = 1e-9
"""A least modulus so small counts as a zero that is touched."""


@dataclass(frozen=True)
class Zero:
    """A rational interval around a zero; a point where the zero is rational."""

    low: Any
    high: Any

    @property
    def is_exact(self) -> bool:
        """Whether the zero itself is known."""
        return self.low == self.high


def window(chosen: Any, marks: list[Any]) -> tuple[Any, Any]:
    """A finite interval that holds the marks, or all of a bounded set."""
    low, high = chosen.inf, chosen.sup
    least, most = min(marks, default=sp.S.Zero), max(marks, default=sp.S.Zero)
    low = _rational(low, up=True) if low.is_finite else min(least, _or(high, most)) - BESIDE
    high = _rational(high, up=False) if high.is_finite else max(most, low) + BESIDE
    return low, high


def _or(value: Any, other: Any) -> Any:
    return value if value.is_Rational else other


def _rational(value: Any, *, up: bool) -> Any:
    """A rational number beside an end of an interval, inside it."""
    if value.is_Rational:
        return value
    scaled = value * 10**9
    return (sp.ceiling(scaled) if up else sp.floor(scaled)) / sp.Integer(10**9)


def zeros(expression: Any, name: Any, chosen: Any, budget: Budget = BOUNDLESS) -> list[Zero]:
    """Zeros of an expression without other symbols; fewer where the search takes longer than the budget."""
    try:
        top = sp.numer(sp.together(expression))
        if top.is_polynomial(name):
            poly = sp.Poly(top, name)
            if poly.degree() < 1 or poly.degree() > MOST_DEGREE:
                return []
            if poly.domain.is_ZZ or poly.domain.is_QQ:
                return [Zero(low, high) for (low, high), _ in poly.intervals(eps=NARROW)]
        return list(_searched(as_float(expression, name, budget), chosen))
    except (ValueError, TypeError, ArithmeticError, NotImplementedError, sp.PolynomialError):
        return []


def _searched(value: Callable[[float], float | None], chosen: Any) -> Iterator[Zero]:
    """Changes of sign on a grid, and places where the least modulus vanishes."""
    bounded = chosen.inf.is_finite and chosen.sup.is_finite
    low, high = window(chosen, [] if bounded else [sp.Integer(-FAR), sp.Integer(FAR)])
    grid = [float(low) + (float(high) - float(low)) * i / CELLS for i in range(CELLS + 1)]
    values = [value(x) for x in grid]
    for (a, b), (u, v) in zip(pairwise(grid), pairwise(values), strict=True):
        if u is not None and v is not None and u * v < 0:
            yield _around(*_bisected(value, a, b, u))
    for i, here in enumerate(values):
        beside = values[max(i - 1, 0) : i + 2]
        if here is None or None in beside or min(beside) * max(beside) < 0:
            continue
        if abs(here) <= min(map(abs, beside)):
            place = least_place(value, grid[max(i - 1, 0)], grid[min(i + 1, CELLS)])
            there = value(place)
            if there is not None and abs(there) < NOTHING:
                yield _around(place, place)


def as_float(expression: Any, name: Any, budget: Budget = BOUNDLESS) -> Callable[[float], float | None]:
    """Values of the expression; None where it has no real one, and once the budget is spent."""

    def value(x: float) -> float | None:
        if budget.is_spent:
            return None
        place = sp.Rational(x)
        try:
            found = ball(expression, Frame(free=lambda atom: place if atom == name else atom))
        except (UnknownError, TooLargeError, VagueError, ValueError, ArithmeticError):
            return None
        return float(found.real.mid()) if found.is_finite() and found.imag.contains(0) else None

    return value


def _bisected(value: Callable[[float], float | None], a: float, b: float, at_a: float) -> tuple[float, float]:
    for _ in range(ROUNDS):
        middle = (a + b) / 2
        there = value(middle)
        if there is None or middle in (a, b):
            break
        a, b = (middle, b) if there * at_a > 0 else (a, middle)
    return a, b


def least_place(value: Callable[[float], float | None], a: float, b: float) -> float:
    """Where the modulus is least between two places, if it falls and rises once."""
    for _ in range(ROUNDS):
        first, second = a + (b - a) / 3, b - (b - a) / 3
        u, v = value(first), value(second)
        if u is None or v is None:
            break
        a, b = (a, second) if abs(u) < abs(v) else (first, b)
    return (a + b) / 2


def _around(a: float, b: float) -> Zero:
    """A rational interval a little wider than two floats."""
    margin = NARROW * (1 + abs(sp.Rational(a)))
    return Zero(sp.Rational(a) - margin, sp.Rational(b) + margin)
