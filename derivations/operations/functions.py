"""The logarithm and the exponential of both sides."""

from __future__ import annotations

import sympy as sp

from derivations.operations.equation import Done, Equation
from derivations.operations.side_conditions import positive


def logarithm(equation: Equation) -> Done:
    """Take the logarithm: the sides must be positive."""
    equation.require_identity("take the logarithm of")
    left, right = (sp.expand_log(sp.log(side)) for side in equation.sides)
    written = tuple(sp.log(side, evaluate=False) for side in equation.sides)
    needs = positive(equation.sides[1], equation.domain)
    return Done(
        statement=equation.with_sides(left, right), written=(written[0], written[1]), obligations=needs,
        reason="Take the logarithm of both sides.",
    )  # fmt: skip


def exponential(equation: Equation) -> Done:
    """Take the exponential."""
    equation.require_identity("take the exponential of")
    left, right = (sp.exp(side) for side in equation.sides)
    written = tuple(sp.exp(side, evaluate=False) for side in equation.sides)
    reason = "Take the exponential of both sides."
    return Done(statement=equation.with_sides(left, right), written=(written[0], written[1]), reason=reason)
