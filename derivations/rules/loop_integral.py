"""A loop integral in units of the scale."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity


@rule(
    "loop in units of the scale",
    "Substitute the squared momentum in units of the scale: what depends on the scale alone stands in front.",
)
def loop_integral(shell: Step, ball: Step, *, momentum: sp.Symbol, place: Any, front: Any, domain: Domain) -> Inference:
    """An integral over the radius of the momentum, by one that ``ball`` defines; the claim is about the integrands.

    ``shell`` gives the integrand, ``place`` the momentum in the variable of the other integral, which runs over the
    values at which the integrand does not vanish; ``front`` is what the two differ by.
    """
    integral = cast(Any, ball.result)
    (squared,) = integral.variables
    left = cast(Any, shell.result).subs(momentum, place) * sp.Derivative(place, squared)
    claim = Identity(left, front * integral.function, domain.restricted(left))
    return Inference(statement=claim, result=front * ball.defines)
