"""The limit of a family of integrals, through a substitution and the limit of the integrand."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity, LimitStatement, Postulate

EXCHANGE = Postulate(
    name="limit under the integral",
    claim="The limit of the integrals is the integral of the limit of the integrand.",
    justification="The integrands are dominated by an integrable function.",
    test="Evaluate the integrals at growing values of the parameter and compare.",
)


@rule("substitution", "Substitute a new variable of integration.")
def substituted(definition: Step, *, new: sp.Symbol, place: Any, domain: Domain) -> Inference:
    """The integrand of an integral over all positive numbers, in a ``new`` variable that falls with the old one."""
    integral = cast(Any, definition.result)
    old = integral.variables[0]
    left = -integral.function.subs(old, place) * sp.Derivative(place, new)
    right = sp.simplify(sp.powsimp(sp.expand_power_base(left.doit(), force=True)))
    return Inference(statement=Identity(left, right, domain.restricted(left)), result=right)


@rule("limit of the integrand", "The integrand tends to a limit at every place.")
def integrand_limit(integrand: Step, *, variable: sp.Symbol, new: sp.Symbol) -> Inference:
    """As the ``variable`` grows beyond all bounds; the result is the integral of the limit."""
    claim = cast(Any, integrand.statement)
    value = sp.limit(integrand.result, variable, sp.oo)
    statement = LimitStatement(integrand.result, value, claim.domain, variable=variable, point=sp.oo)
    return Inference(statement=statement, result=sp.Integral(value, (new, 0, sp.oo)), postulates=(EXCHANGE,))
