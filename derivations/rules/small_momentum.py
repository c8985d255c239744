"""A quantity at small momenta, and its limits in the scale."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Expansion, LimitStatement


@rule("small momenta", "Expand in the momentum.")
def small_momenta(
    quantity: Step, *, momentum: sp.Symbol, order: int, at: Mapping[Any, Any] | None = None, domain: Domain
) -> Inference:
    """The terms below an order in the momentum, with the values ``at`` put in first."""
    value = cast(Any, quantity.result).xreplace(dict(at or {}))
    series = sp.Add(
        *[
            sp.factor(sp.diff(value, momentum, n).subs(momentum, 0) / sp.factorial(n)) * momentum**n
            for n in range(order)
        ]
    )
    return Inference(
        statement=Expansion(value, series, domain.restricted(value), variable=momentum, order=order), result=series
    )


@rule("limit in the scale", "The rest vanishes, or stays finite, as the scale does what it does.")
def limit_in_the_scale(
    quantity: Step, *, scale: sp.Symbol, point: Any, at: Mapping[Any, Any] | None = None, domain: Domain
) -> Inference:
    """The limit of a quantity as the scale tends to a ``point``, with the values ``at`` put in first."""
    value = cast(Any, quantity.result).xreplace(dict(at or {}))
    found = sp.factor(sp.limit(value, scale, point))
    claim = LimitStatement(value, found, domain.restricted(value), variable=scale, point=point)
    return Inference(statement=claim, result=found)
