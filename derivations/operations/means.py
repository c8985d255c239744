"""The mean of both sides over a Gaussian variable, or over the values of a finite set."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.operations.equation import Done, Equation, OperationError, exact, refuse_capture
from derivations.operations.side_conditions import positive
from theory.averages import GaussianMean


def average(equation: Equation, *, over: Any, variance: Any = 1) -> Done:
    """The mean over a centered Gaussian variable, or the uniform mean over a finite set."""
    equation.require_identity("average")
    equation.require_free(over, "average over")
    equation = equation.of(over)
    equation.require_loose(over, "average over")
    for side in equation.sides:
        refuse_capture(side, {over}, f"average over {over}")
    domain = equation.domain_with(*equation.sides, over, exact(variance, "the variance"))
    chosen = domain.sets[over]
    if isinstance(chosen, sp.FiniteSet):
        return _uniform(equation, over, list(chosen.args), domain)
    if chosen not in (sp.S.Reals, sp.Interval(-sp.oo, sp.oo)):
        raise OperationError(
            f"a Gaussian mean needs the equation for every real {over}; it holds for {over} in {chosen}"
        )
    spread = exact(variance, "the variance")
    written = tuple(GaussianMean(side, over, spread) for side in equation.sides)
    left, right = (gaussian_mean(side, over, spread) for side in equation.sides)
    needs = () if spread.is_number and spread.is_positive else positive(spread, domain)
    return Done(
        statement=_without(equation, over, left, right, domain), written=(written[0], written[1]), obligations=needs,
        reason=f"Average over the Gaussian variable ${sp.latex(over)}$ of variance ${sp.latex(spread)}$.",
    )  # fmt: skip


def _uniform(equation: Equation, over: Any, values: list[Any], domain: Any) -> Done:
    weight = sp.Rational(1, len(values))
    left, right = (sp.Add(*(weight * side.subs(over, v) for v in values)) for side in equation.sides)
    made = _without(equation, over, left, right, domain)
    return Done(statement=made, written=(left, right), reason=f"Average over the values of ${sp.latex(over)}$.")


def _without(equation: Equation, over: Any, left: Any, right: Any, domain: Any) -> Any:
    rest = domain.restricted(left, right, *(n for n in domain.sets if n != over))
    return equation.statement.replaced(left=left, right=right, domain=rest)


def gaussian_mean(side: Any, over: Any, variance: Any) -> Any:
    """Term by term: moments and exponentials in closed form, the rest as it is written."""
    terms = sp.Add.make_args(sp.expand(side, power_exp=False, log=False))
    return sp.Add(*(_mean_of_term(term, over, variance) for term in terms))


def _mean_of_term(term: Any, over: Any, variance: Any) -> Any:
    front, body = term.as_independent(over, as_Add=False)
    if body == 1:
        return front
    base, power = body.as_base_exp()
    if base == over and power.is_Integer and power > 0:
        return front * variance ** (power / 2) * sp.factorial2(power - 1) if power % 2 == 0 else sp.Integer(0)
    if isinstance(body, sp.exp) and sp.expand(body.args[0]).is_polynomial(over):
        exponent = sp.Poly(body.args[0], over)
        if exponent.degree() == 1:
            return front * sp.exp(exponent.nth(0) + exponent.nth(1) ** 2 * variance / 2)
    return front * GaussianMean(body, over, variance)
