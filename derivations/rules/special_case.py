"""A result with values put in for its letters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity, Inequality


@rule("values put in", "Put in what the letters stand for.")
def special_case(
    general: Step,
    *values: Step,
    at: Mapping[Any, Any] | None = None,
    letters: tuple[sp.Symbol, ...] = (),
    domain: Domain,
) -> Inference:
    """The result with the names that ``values`` define, and then those in ``at``, replaced by what they stand for.

    Sums are ordered by powers of the ``letters``.
    """
    names = {step.defines: step.result for step in values}
    left = cast(Any, general.result).xreplace(names).xreplace(dict(at or {}))
    right = sp.powsimp(sp.factor(sp.powsimp(sp.powdenest(sp.expand_power_base(sp.powsimp(left.doit()))))))
    right = right.replace(
        lambda e: isinstance(e, sp.Add) and e.has(*letters), lambda e: sp.collect(sp.expand(e), letters, sp.factor)
    )
    return Inference(statement=Identity(left, right, domain.restricted(left)), result=right)


@rule("sign", "Every factor has a known sign.")
def sign(quantity: Step, *, relation: str, domain: Domain) -> Inference:
    """Whether a quantity is above zero (``">"``) or below (``"<"``) everywhere on a domain."""
    value = cast(Any, quantity.result)
    return Inference(statement=Inequality(value, sp.S.Zero, domain.restricted(value), relation=relation), result=value)
