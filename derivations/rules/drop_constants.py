"""Leave out the part of an action that no order parameter enters."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.sum_terms import assembled, sum_terms
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.statements import Identity
from theory.sums import unfold


@rule("drop constants", "A part of the action that no order parameter enters does not move the saddle point.")
def drop_constants(action: Step, *, fields: tuple[sp.Indexed, ...]) -> Inference:
    """The action minus its value where every order parameter vanishes."""
    constant = action.result
    for field in fields:
        constant = unfold(constant, field, sp.Integer(0))
    constant = assembled(sum_terms(constant))
    result = assembled(sum_terms(action.result - constant))
    domain = cast(Any, action.statement).domain.restricted(action.result)
    return Inference(statement=Identity(action.result - constant, result, domain))
