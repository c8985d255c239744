"""Add, subtract, multiply, divide, swap: with an expression, or with another equation side by side."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.operations.equation import Done, Equation, OperationError, common, exact
from derivations.operations.side_conditions import nonzero, positive
from theory.statements import Expansion, Identity, Inequality, Statement


def add(equation: Equation, *, what: Any) -> Done:
    """Add an expression, or the sides of another equation."""
    return _summed(equation, what, 1, "Add")


def subtract(equation: Equation, *, what: Any) -> Done:
    """Subtract an expression, or the sides of another equation."""
    return _summed(equation, what, -1, "Subtract")


def multiply(equation: Equation, *, what: Any) -> Done:
    """Multiply by an expression, or by the sides of another equation."""
    return _scaled(equation, what, 1, "Multiply both sides by")


def divide(equation: Equation, *, what: Any) -> Done:
    """Divide by an expression, or by the sides of another equation, that is zero nowhere."""
    return _scaled(equation, what, -1, "Divide both sides by")


def swap(equation: Equation) -> Done:
    """Read the equation from right to left."""
    equation.require_identity("swap the sides of")
    left, right = equation.sides
    return Done(statement=equation.with_sides(right, left), written=(right, left), reason="Swap the sides.")


def _summed(equation: Equation, what: Any, sign: int, verb: str) -> Done:
    ours = equation.statement
    if isinstance(what, Statement):
        if isinstance(ours, Inequality) or not isinstance(what, Identity | Expansion):
            raise OperationError(f"{verb.lower()} equations to equations; found a {type(what).__name__}")
        sides = [a + sign * b for a, b in zip(equation.sides, (what.left, what.right), strict=True)]
        made = _remaining(ours, what, common(equation.domain, what.domain), sides)
        return Done(statement=made, written=(sides[0], sides[1]), reason=f"{verb} the two equations.")
    term = exact(what, "what is added")
    left, right = (side + sign * term for side in equation.sides)
    return Done(
        statement=equation.with_sides(left, right, term),
        written=(left, right),
        reason=_told(verb, term, " on both sides."),
    )


def _remaining(ours: Any, other: Any, domain: Any, sides: list[Any]) -> Statement:
    """The sum of two equations; of two expansions, to the lower order."""
    expansions = [e for e in (ours, other) if isinstance(e, Expansion)]
    if not expansions:
        return Identity(sides[0], sides[1], domain)
    first = expansions[0]
    if len(expansions) == 2 and (ours.variable, ours.about) != (other.variable, other.about):
        raise OperationError(
            f"the expansions are in {ours.variable} at {ours.about} and in {other.variable} at {other.about}; add "
            "expansions in one variable about one point"
        )
    order = min(e.order for e in expansions)
    return Expansion(sides[0], sides[1], domain, variable=first.variable, order=order, about=first.about)


def _scaled(equation: Equation, what: Any, power: int, words: str) -> Done:
    if isinstance(what, Statement):
        return _by_equation(equation, what, power, words)
    factor = exact(what, "the factor")
    if factor == 0:
        done = "multiplying by zero leaves 0 = 0" if power == 1 else "nothing can be divided by zero"
        raise OperationError(f"{done}; give a factor that is not zero")
    ours = equation.statement
    if isinstance(ours, Expansion) and ours.variable in factor.free_symbols:
        raise OperationError(
            f"{factor} depends on {ours.variable}, so it changes the order of the remainder; "
            f"{words.split()[0].lower()} the exact equation and expand the result"
        )
    domain = equation.domain_with(factor, *equation.sides)
    scale = factor**power
    left, right = (distributed(side, scale) for side in equation.sides)
    written = tuple(sp.Mul(scale, side, evaluate=False) for side in equation.sides)
    needs = nonzero(factor, domain) if power < 0 else ()
    needs = positive(factor, domain) if isinstance(ours, Inequality) else needs
    return Done(
        statement=equation.with_sides(left, right, factor), written=cast(Any, written), obligations=needs,
        reason=_told(words, factor, "."),
    )  # fmt: skip


def _by_equation(equation: Equation, what: Statement, power: int, words: str) -> Done:
    equation.require_identity(words.split()[0].lower())
    if not isinstance(what, Identity):
        raise OperationError(f"expected an equation to {words.split()[0].lower()} by, found a {type(what).__name__}")
    domain = common(equation.domain, what.domain)
    left, right = (a * b**power for a, b in zip(equation.sides, (what.left, what.right), strict=True))
    needs = nonzero(what.left, what.domain) if power < 0 else ()
    reason = f"{words.split()[0]} the two equations."
    return Done(statement=Identity(left, right, domain), written=(left, right), obligations=needs, reason=reason)


def distributed(side: Any, factor: Any) -> Any:
    """A factor times each term."""
    return sp.Add(*(term * factor for term in sp.Add.make_args(side)))


def _told(verb: str, expression: Any, rest: str) -> str:
    return f"{verb} ${sp.latex(expression)}${rest}"
