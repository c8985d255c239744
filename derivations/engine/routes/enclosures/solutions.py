"""Solutions of equations as balls: a bracket with a certain change of sign, then interval Newton steps."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# ruff: noqa: ARG001 (every rule has one signature)
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sympy as sp
from flint import acb, arb, ctx, fmpq

from derivations.engine.routes.enclosures.points import Frame, UnknownError, VagueError
from derivations.engine.routes.enclosures.table import Rule, ball, precision
from theory.implicit import Solution

STEPS = 32
"""Into how many parts the interval is cut in search of a change of sign;"""
CLOSEST = 48
"""toward each end the parts are halved until 2^-48 of the interval is left."""
SEARCH_BITS = 64
BISECTIONS = 24
"""Halvings before and between the attempts of Newton's method."""


@dataclass(frozen=True)
class Bracket:
    """Two rational points between which a residual changes its sign."""

    start: fmpq
    end: fmpq


def _solution(node: Solution, frame: Frame, analytic: bool) -> acb:
    return _enclosed(node, ctx.prec)


@lru_cache(maxsize=256)
def _enclosed(node: Solution, bits: int) -> acb:
    """A ball in which the residual has exactly one zero.

    Raises
    ------
    VagueError
        If no change of sign was found, or the zero is not proved to be a simple one.
    """
    slope = sp.diff(node.residual, node.unknown)
    bracket = _bracket(node)
    for _ in range(8):
        bracket = _halved(node, bracket, BISECTIONS)
        interval = arb(bracket.start).union(arb(bracket.end))
        step = _newton(node, slope, interval)
        if step is not None and interval.contains_interior(step):
            return acb(_polished(node, slope, step, bits))
    raise VagueError(f"no simple zero is proved for {node}")


def _residual(node: Solution, place: Any) -> arb:
    found = ball(node.residual, _frame(node, acb(place)), analytic=True)
    return found.real if found.imag.contains(0) else arb("nan")


def _frame(node: Solution, place: acb) -> Frame:
    return Frame(free=lambda name: name).with_value(node.unknown, place)


def _sign(node: Solution, place: fmpq) -> int:
    found = _residual(node, place)
    return int(bool(found > 0)) - int(bool(found < 0))


@lru_cache(maxsize=256)
def _bracket(node: Solution) -> Bracket:
    """The first change of sign on the way from the start to the end of the interval."""
    first, last = (Frame(free=lambda name: name).exact(a) for a in node.args[2:])
    if first is None or last is None:
        raise UnknownError(f"no bracket for {node}: the ends of its interval are not rational")
    with precision(SEARCH_BITS):
        before, sign = None, 0
        for share in _shares():
            place = first + (last - first) * share
            now = _sign(node, place)
            if now and sign and now != sign:
                return Bracket(before, place)
            before, sign = (place, now) if now else (before, sign)
    raise VagueError(f"no change of sign was found for {node}")


def _shares() -> list[fmpq]:
    close = [fmpq(1, 2**j) for j in range(6, CLOSEST + 1)]
    return sorted([*close, *(fmpq(step, STEPS) for step in range(1, STEPS)), *(1 - s for s in close)])


def _halved(node: Solution, bracket: Bracket, times: int) -> Bracket:
    start, end = bracket.start, bracket.end
    with precision(SEARCH_BITS):
        sign = _sign(node, start)
        for _ in range(times):
            middle = (start + end) / 2
            now = _sign(node, middle)
            if not now:
                break
            start, end = (middle, end) if now == sign else (start, middle)
    return Bracket(start, end)


def _newton(node: Solution, slope: Any, interval: arb) -> arb | None:
    """m - g(m) / g'(X) for the midpoint m of X: in it are all zeros in X, and one if it lies inside X."""
    middle = interval.mid()
    steepness = ball(slope, _frame(node, acb(interval)), analytic=True)
    if not steepness.is_finite() or steepness.real.contains(0) or not _residual(node, interval).is_finite():
        return None
    return middle - _residual(node, middle) / steepness.real


def _polished(node: Solution, slope: Any, interval: arb, bits: int) -> arb:
    with precision(bits + 16):
        for _ in range(12):
            step = _newton(node, slope, interval)
            if step is None:
                break
            narrower = interval.intersection(step)
            if not narrower.rad() < interval.rad() / 2:
                return narrower
            interval = narrower
    return interval


TABLE: dict[Any, Rule] = {Solution: _solution}
