"""The limit, and the order, of an expression by its series."""

# pyright: reportOperatorIssue=false, reportArgumentType=false, reportAttributeAccessIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import sympy as sp

from derivations.engine.routes.asymptotics.expression import Expander
from derivations.engine.routes.asymptotics.scale import UNIT, VARIABLE, UnknownScaleError
from derivations.engine.routes.asymptotics.series import Algebra, Series, TooFewTermsError, constant, monomial
from derivations.engine.routes.asymptotics.signs import Signs

COUNTS = (3, 6, 12)
"""How many terms are kept, at first and where they cancel."""
T = TypeVar("T")


def place_of(point: Any, side: int, algebra: Algebra) -> Series:
    """A variable on its way to a point from one side: a + 1/x, a - 1/x, x or -x with x tending to infinity."""
    if point in (sp.oo, -sp.oo):
        return monomial(VARIABLE, sp.Integer(1 if point is sp.oo else -1))
    return algebra.add(constant(point), monomial(VARIABLE.power(sp.S.NegativeOne), sp.Integer(side)))


def with_series(
    expression: Any, variable: sp.Symbol, point: Any, side: int, signs: Signs, use: Callable[[Algebra, Series], T]
) -> T:
    """Use the series of an expression, with more terms as long as they cancel.

    Raises
    ------
    UnknownScaleError
        If there is no rule, or if the terms cancel however many are kept.
    UndecidedSignError
        If a sign is not known.
    """
    for count in COUNTS:
        algebra = Algebra(sign=signs, count=count)
        expander = Expander(variable=variable, place=place_of(point, side, algebra), signs=signs, count=count)
        try:
            return use(algebra, expander.series(expression))
        except TooFewTermsError:
            continue
    raise UnknownScaleError(f"the first {COUNTS[-1]} terms cancel")


def limit_of(expression: Any, variable: sp.Symbol, point: Any, side: int, signs: Signs) -> Any:
    """The limit: a number, or plus or minus infinity."""
    return with_series(expression, variable, point, side, signs, _limit)


def _limit(algebra: Algebra, series: Series) -> Any:
    for scale, coefficient in series.terms:
        order = algebra.compare(scale, UNIT)
        if order == 0:
            return coefficient
        if order < 0:
            return sp.S.Zero
        sign = algebra.sign(coefficient)
        if sign:
            return sp.oo * sign
    if series.rest is not None and algebra.compare(series.rest, UNIT) >= 0:
        raise TooFewTermsError
    return sp.S.Zero
