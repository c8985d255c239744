"""Brackets, deltas and cases, and whether a relation holds at a point."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# ruff: noqa: ARG001 (every rule has one signature)
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any

import sympy as sp
from flint import acb, arb

from derivations.engine.routes.enclosures.lower_bounds import is_real
from derivations.engine.routes.enclosures.points import Frame, UnknownError
from derivations.engine.routes.enclosures.table import NAN, Rule, ball
from theory.sums import Inside


def _delta(node: Any, frame: Frame, analytic: bool) -> acb:
    return acb(int(frame.integer(node.args[0]) == frame.integer(node.args[1])))


def _inside(node: Any, frame: Frame, analytic: bool) -> acb:
    index, low, high = (frame.integer(a) for a in node.args)
    return acb(int(low <= index <= high))


def _piecewise(node: Any, frame: Frame, analytic: bool) -> acb:
    possible: list[acb] = []
    for value, condition in node.args:
        truth = decided(condition, frame)
        if truth is not False:
            possible.append(ball(value, frame, analytic))
        if truth is True:
            break
    if not possible or (analytic and len(possible) > 1):
        return NAN
    result = possible[0]
    for other in possible[1:]:
        result = result.union(other)
    return result


def decided(condition: Any, frame: Frame) -> bool | None:
    """Whether a relation holds at the point: True, False, or None if the balls overlap."""
    if condition in (sp.true, sp.false):
        return bool(condition)
    if isinstance(condition, sp.Not):
        inner = decided(condition.args[0], frame)
        return None if inner is None else not inner
    if isinstance(condition, sp.And | sp.Or):
        return _connected([decided(c, frame) for c in condition.args], stop=isinstance(condition, sp.Or))
    if not isinstance(condition, sp.core.relational.Relational):
        raise UnknownError(f"no truth for {condition}")
    return _compared(condition, frame)


def _connected(truths: list[bool | None], *, stop: bool) -> bool | None:
    if stop in truths:
        return stop
    return None if None in truths else not stop


def _compared(condition: Any, frame: Frame) -> bool | None:
    if frame.complex_depth and isinstance(condition, sp.Eq | sp.Ne) and not _all_exact(condition, frame):
        raise UnknownError(f"the equation {condition} inside an integral")
    exact = [frame.exact(a) for a in condition.args]
    if None not in exact:
        difference = arb(exact[0] - exact[1])
    else:
        if not all(is_real(a, frame) for a in condition.args):
            raise UnknownError(f"{condition} compares complex numbers")
        difference = (ball(condition.lhs, frame) - ball(condition.rhs, frame)).real
    below, above, equal = bool(difference < 0), bool(difference > 0), bool(difference == 0)
    if not (below or above or equal):
        return None
    return {
        sp.StrictLessThan: below, sp.LessThan: below or equal, sp.StrictGreaterThan: above,
        sp.GreaterThan: above or equal, sp.Eq: equal, sp.Ne: not equal,
    }[condition.func]  # fmt: skip


def _all_exact(condition: Any, frame: Frame) -> bool:
    return all(frame.exact(a) is not None for a in condition.args)


TABLE: dict[Any, Rule] = {sp.KroneckerDelta: _delta, Inside: _inside, sp.Piecewise: _piecewise}
