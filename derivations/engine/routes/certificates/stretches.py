"""Stretches of the real line: variables that run along one, with its ends or without them, and maps to fixed ends."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp
from flint import fmpq

from derivations.engine.claims import encode
from derivations.engine.routes.normal_forms.field import Letter
from derivations.engine.routes.normal_forms.tower import Tower

Ends = tuple[Any, Any]
Place = Callable[[Any], Any]


def fixed_ends(ends: Ends) -> tuple[Place, Ends]:
    """A range as the image, under a linear map, of one whose ends are numbers or infinite."""
    low, high = ends
    if low.is_infinite and high.is_infinite:
        return (lambda t: t), ends
    if high is sp.oo:
        return (lambda t: low + t), (sp.S.Zero, sp.oo)
    if low is sp.S.NegativeInfinity:
        return (lambda t: high + t), (sp.S.NegativeInfinity, sp.S.Zero)
    return (lambda t: low + (high - low) * t), (sp.S.Zero, sp.S.One)


def stretch(tower: Tower, low: sp.Expr, high: sp.Expr, *, closed: tuple[bool, bool]) -> sp.Symbol:
    """A new real symbol between two numbers, or infinite ends; ``closed`` says which ends it may reach."""
    y = tower.new_real()
    numbers = [None if end.is_infinite else fmpq(int(end.p), int(end.q)) for end in (low, high)]
    bounds = None if numbers == [None, None] else (*numbers, not closed[0], not closed[1])
    above = not low.is_infinite and bool(low >= 0)
    strictly = above and (bool(low > 0) or not closed[0])
    letter = Letter(kind="symbol", node=y, real=True, bounds=bounds, nonnegative=above, positive=strictly)
    tower.place(f"atom {encode(y)}", lambda: letter)
    return y
