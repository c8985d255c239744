"""What an operation needs of an expression, as claims that are verified: its sign, or the set it lies in."""

from __future__ import annotations

import random
from typing import Any

import sympy as sp

from derivations.operations.equation import OperationError
from theory.domain import Domain
from theory.statements import Inequality, Statement
from theory.sums import unroll

LOOKS = 12


def positive(expression: Any, domain: Domain) -> tuple[Statement, ...]:
    """The claim that an expression is above zero everywhere."""
    return _unless_plain(expression, domain, ">")


def nonzero(expression: Any, domain: Domain) -> tuple[Statement, ...]:
    """The claim that an expression is zero nowhere: that it is above zero, or below; its square if both occur.

    Which of them is only guessed here; the claim is verified.
    """
    if expression.is_number:
        if expression.is_zero is not False:
            raise OperationError(f"division by {expression}, which is zero or is not known to differ from it")
        return ()
    signs = _signs(expression, domain)
    if signs == {-1}:
        return _unless_plain(expression, domain, "<")
    return _unless_plain(expression if signs == {1} else expression**2, domain, ">")


def member(expression: Any, chosen: sp.Set, domain: Domain) -> tuple[Statement, ...]:
    """The claims that an expression lies in a set.

    Raises
    ------
    OperationError
        If it is certain not to, or if such a set cannot be checked.
    """
    if expression.is_number or isinstance(chosen, sp.FiniteSet):
        inside = chosen.contains(expression)
        if inside != sp.true:
            raise OperationError(f"{expression} is not known to lie in {chosen}, where the equation holds")
        return ()
    own = domain.sets.get(expression)
    if own is not None and own.is_subset(chosen) is True:
        return ()
    if not isinstance(chosen, sp.Interval) and chosen != sp.S.Reals:
        raise OperationError(f"{expression} is not known to lie in {chosen}, where the equation holds")
    low, high = chosen.inf, chosen.sup
    around = domain.restricted(expression, low, high)
    made = []
    if low.is_finite is not False:
        made.append(Inequality(expression, low, around, relation=">" if chosen.left_open else ">="))  # pyright: ignore[reportAttributeAccessIssue]
    if high.is_finite is not False:
        made.append(Inequality(expression, high, around, relation="<" if chosen.right_open else "<="))  # pyright: ignore[reportAttributeAccessIssue]
    return tuple(made)


def _unless_plain(expression: Any, domain: Domain, relation: str) -> tuple[Statement, ...]:
    return (Inequality(expression, sp.Integer(0), domain.restricted(expression), relation=relation),)


def _signs(expression: Any, domain: Domain) -> set[int]:
    """Signs at some points, as far as they can be had by plain evaluation."""
    rng, signs = random.Random(0), set()
    around = domain.restricted(expression)
    for _ in range(LOOKS):
        try:
            value = sp.N(unroll(expression, around.sample(rng)))
        except (ValueError, TypeError, ZeroDivisionError):
            continue
        if value.is_Float or value.is_Integer:
            signs.add(int(sp.sign(value)))
    return signs
