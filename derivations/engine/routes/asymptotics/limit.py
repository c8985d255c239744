"""The limit, and the order, of an expression by its series."""

# pyright: reportOperatorIssue=false, reportArgumentType=false, reportAttributeAccessIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import sympy as sp

from derivations.engine.routes.asymptotics.expression import Expander
from derivations.engine.routes.asymptotics.scale import UNIT, UnknownScaleError
from derivations.engine.routes.asymptotics.series import TooFewTermsError
from derivations.engine.routes.asymptotics.signs import Signs

COUNTS = (1, 3, 4, 6, 12)
"""How many terms are kept, at first and where they cancel."""
T = TypeVar("T")


def with_series(
    expression: Any, variable: sp.Symbol, point: Any, side: int, signs: Signs, use: Callable[[Expander, Any], T]
) -> T:
    """Use what gives the series of an expression, with more terms as long as they cancel.

    Raises
    ------
    UnknownScaleError
        If there is no rule, or if the terms cancel however many are kept.
    UndecidedSignError
        If a sign is not known.
    """
    for count in COUNTS:
        expander = Expander(variable=variable, point=point, side=side, signs=signs, count=count)
        try:
            return use(expander, expression)
        except TooFewTermsError:
            continue
    raise UnknownScaleError(f"the first {COUNTS[-1]} terms cancel")


def limit_of(expression: Any, variable: sp.Symbol, point: Any, side: int, signs: Signs) -> Any:
    """The limit: a number, or plus or minus infinity."""
    return with_series(expression, variable, point, side, signs, _limit)


def _limit(expander: Expander, expression: Any) -> Any:
    algebra, series = expander.algebra, expander.series(expression)
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
