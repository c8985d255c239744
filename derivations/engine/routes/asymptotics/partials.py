"""Expansions in several variables: all partial derivatives below the order, and a neighborhood where the next exist."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import random
from contextlib import suppress
from itertools import combinations_with_replacement, islice
from typing import Any

import sympy as sp
from flint import acb, arb

from derivations.engine.routes.asymptotics.expansions import at_value
from derivations.engine.routes.asymptotics.substitution import JUMPS, WIDTH
from derivations.engine.routes.enclosures.balls import UnknownError, ball, precision
from derivations.engine.routes.enclosures.points import Frame, TooLargeError
from derivations.engine.routes.jumps import slope
from derivations.engine.routes.sampling import points
from theory.domain import Assignment, Domain
from theory.statements import Expansion

SAMPLES = 6
DISCONTINUOUS_SLOPES = (sp.Abs, sp.Max, sp.Min)
"""Functions that are finite with all the derivatives that SymPy gives them, and yet not smooth."""


def coefficient_pairs(statement: Expansion) -> list[tuple[Any, Any, str]]:
    """The partial derivatives of both sides at the point, of all orders below that of the remainder."""
    pairs = []
    for degree in range(statement.order):
        for names in combinations_with_replacement(statement.variables, degree):
            sides = (_at_point(_derivative(side, names), statement) for side in (statement.left, statement.right))
            pairs.append(
                (*sides, f"derivative by {', '.join(map(str, names))} at the point" if names else "at the point")
            )
    return pairs


def without(statement: Expansion) -> Domain | None:
    """The domain without the variables; None where something else depends on them."""
    found: Domain | None = statement.domain
    for name in statement.variables:
        found = None if found is None else found.without(name)
    return found


def is_smooth(statement: Expansion, domain: Domain, seed: int) -> bool:
    """Whether every partial derivative of the order of the remainder is finite on a whole box about the point."""
    difference = statement.left - statement.right
    if difference.has(*JUMPS, *DISCONTINUOUS_SLOPES):
        return False
    samples = list(islice(points(domain, random.Random(seed)), SAMPLES))
    highest = combinations_with_replacement(statement.variables, statement.order)
    derivatives = [difference, *(_derivative(difference, names) for names in highest)]
    with suppress(UnknownError, TooLargeError, ValueError, ZeroDivisionError):
        return all(_finite_about(d, statement, sample) for d in derivatives for sample in samples)
    return False


def _derivative(expression: Any, names: tuple[Any, ...]) -> Any:
    for name in names:
        expression = slope(expression, name)
    return expression


def _at_point(expression: Any, statement: Expansion) -> Any:
    for name, value in zip(statement.variables, statement.point, strict=True):
        expression = at_value(expression, name, value)
    return expression


def _finite_about(expression: Any, statement: Expansion, sample: Assignment) -> bool:
    with precision(170):
        frame = Frame(free=sample)
        for name, value in zip(statement.variables, statement.point, strict=True):
            around = ball(value, Frame(free=sample)) + acb(arb(0, arb(WIDTH)))
            frame = frame.with_value(name, around)
        return ball(expression, frame, analytic=True).is_finite()
