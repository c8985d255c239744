"""The value of an expression at a point of doubles, rigorously, to more digits than a double has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp
from flint import acb, arb

from derivations.engine.routes.enclosures.balls import TooLargeError, UnknownError, ball, precision
from derivations.engine.routes.enclosures.points import Frame
from numerics.lowering.formula import Formula
from numerics.lowering.means.lifting import has_means
from theory.implicit import Solution

# 50 digits to begin with; 1 - tanh(1000)^2 cancels 868 digits, which the last of them covers.
PRECISIONS = (170, 340, 680, 1360, 2720, 5440)
# Integrals of balls take long with many digits; what cancels more than 50 of them has no value here.
PRECISIONS_OF_MEANS = PRECISIONS[:2]
# A ball this tight in relative terms decides a double's last place to one part in a thousand.
WANTED_BITS = 63
Values = list[arb | None]
_VANISHING = -1100  # below 2 to this power everything rounds to zero


def reference_value(expression: Any, point: Mapping[Any, Any]) -> arb | None:
    """A tight ball around the exact value, or None where there is no finite real one.

    Parameters
    ----------
    expression
        Without floating-point numbers.
    point
        Exact values of its atoms.
    """
    if expression.has(Solution):  # whose equation is solved at numbers alone
        expression = expression.xreplace(dict(point))
    try:
        return _by_balls(expression, point)
    except (UnknownError, TooLargeError):
        return None if has_means(expression) else _by_evalf(expression, point)


def reference_values(formula: Formula, point: Mapping[Any, Any]) -> Values:
    """Those of all entries of a formula without floating-point numbers, step by step: nothing is expanded."""
    if not formula.steps:
        return [reference_value(entry, point) for entry in formula.entries]
    try:
        return _steps_by_balls(formula, point)
    except (UnknownError, TooLargeError):
        known = dict(point)
        for symbol, value in formula.steps:
            known[symbol] = value.xreplace(known)
        return [_by_evalf(entry, known) for entry in formula.entries]


def _steps_by_balls(formula: Formula, point: Mapping[Any, Any]) -> Values:
    found: Values = [None] * formula.size
    missing = set(range(formula.size))
    for bits in PRECISIONS:
        with precision(bits):
            values = _step_by_step(formula, point)
            done = {k for k in missing if values[k].is_finite() and _tight(values[k].real)}
        for k in done:
            found[k] = values[k].real if values[k].imag.contains(0) else None
        missing -= done
        if not missing:
            break
    return found


def _step_by_step(formula: Formula, point: Mapping[Any, Any]) -> list[acb]:
    frame = Frame(free=lambda name: point.get(name, name))
    for symbol, value in formula.steps:
        frame.bound[symbol] = ball(value, frame)
        frame.budget.known.clear()
    return [ball(entry, frame) for entry in formula.entries]


def _by_balls(expression: Any, point: Mapping[Any, Any]) -> arb | None:
    ladder = PRECISIONS_OF_MEANS if has_means(expression) else PRECISIONS
    for bits in ladder:
        with precision(bits):
            value = ball(expression, Frame(free=lambda name: point.get(name, name)))
            if not value.is_finite() and bits == ladder[-1]:
                return None
            if value.is_finite() and _tight(value.real):
                return value.real if value.imag.contains(0) else None
    return None


def _tight(value: arb) -> bool:
    return value.rel_accuracy_bits() >= WANTED_BITS or bool(abs(value) < arb(2) ** _VANISHING)


def _by_evalf(expression: Any, point: Mapping[Any, Any]) -> arb | None:
    """SymPy's own multiple-precision evaluation, for the few functions that have no ball."""
    try:
        value = expression.xreplace(dict(point)).evalf(50, maxn=PRECISIONS[-1])
    except TypeError:  # what SymPy raises for a pole inside a sum
        return None
    if not (value.is_Float or value.is_Rational):
        return None
    with precision(PRECISIONS[0]):
        return arb(str(sp.Float(value, 50)))
