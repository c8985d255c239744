"""The value of an integral in closed form."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity


@rule("integral", "An antiderivative in closed form, between its ends.")
def integral_value(definition: Step, *, domain: Domain) -> Inference:
    """Carry the integral out that a step's result is.

    Raises
    ------
    ValueError
        If no closed form is found.
    """
    integral = cast(Any, definition.result)
    simple = sp.simplify(integral.function)
    value = sp.factor(sp.simplify(sp.integrate(sp.expand(simple), *integral.limits)))
    if value.has(sp.Integral):
        raise ValueError(f"expected an integral in closed form; found none for {integral}")
    return Inference(statement=Identity(integral, value, domain.restricted(integral)), result=value)
