"""An action to all orders against its expansion to low order in the order parameters."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.statements import Expansion
from theory.sums import unfold


@rule(
    "instance at low order",
    "Without external fields, and for small order parameters, the action of all orders is the truncated one.",
)
def low_order(
    general: Step,
    truncated: Step,
    *,
    vanishing: tuple[sp.Indexed, ...],
    fields: tuple[sp.Indexed, ...],
    small: sp.Symbol,
    order: int,
) -> Inference:
    """The action of all orders where ``vanishing`` is 0, to the given order in the common size of the ``fields``."""
    value = general.result
    for name in vanishing:
        value = unfold(value, name, sp.Integer(0))
    left, right = (_scaled(e, fields, small) for e in (value, truncated.result))
    domain = cast(Any, general.statement).domain.extended({small: (0, sp.Rational(1, 2))})
    statement = Expansion(left, right, domain.restricted(left, right), variable=small, order=order)
    return Inference(statement=statement, result=truncated.result)


def _scaled(expression: Any, fields: tuple[sp.Indexed, ...], small: sp.Symbol) -> Any:
    for field in fields:
        expression = unfold(expression, field, small * field)
    return expression
