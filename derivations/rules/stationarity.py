"""Where an action is stationary: solve one linear local equation for one field."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.sum_terms import guarded, resolved
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.statements import Identity, Stationarity
from theory.sums import Inside, unfold


@rule("stationarity", "At the saddle point the derivative of the action by each order parameter vanishes.")
def stationary(action: Step, *, by: sp.Indexed, solve_for: sp.Indexed, layers: tuple[Any, Any]) -> Inference:
    """Differentiate by one family of order parameters and solve for another; the result is its value."""
    (slot,) = by.indices
    slope = resolved(sp.diff(action.result, by))
    ranges = ((cast(sp.Symbol, slot), sp.sympify(layers[0], strict=True), sp.sympify(layers[1], strict=True)),)
    slope = slope.replace(lambda e: isinstance(e, Inside), lambda e: guarded(e, ranges))
    solution = solved_linearly(slope, solve_for)
    domain = cast(Any, action.statement).domain.extended({slot: sp.Range(layers[0], layers[1] + 1)})
    statement = Stationarity(action.result, domain, variables=(by,), at={solve_for: solution})
    return Inference(statement=statement, result=solution)


def solved_linearly(equation: Any, unknown: sp.Indexed) -> sp.Expr:
    """The root of an equation that is linear in one entry of a field.

    Raises
    ------
    ValueError
        If the equation is not linear in the entry or does not contain it.
    """
    polynomial = sp.Poly(sp.expand(equation), unknown)
    if polynomial.degree() != 1 or unknown in polynomial.nth(0).free_symbols | polynomial.nth(1).free_symbols:
        raise ValueError(f"expected an equation linear in {unknown}, found {equation} = 0")
    return cast(sp.Expr, sp.cancel(-polynomial.nth(0) / polynomial.nth(1)))


@rule("substitute", "Put the values at the saddle point into the action.")
def at_saddle(action: Step, *solutions: Step) -> Inference:
    """The action where each solved field has its value; the claim holds on that set of fields alone."""
    value, equations = action.result, []
    for step in solutions:
        ((field, solution),) = cast(Stationarity, step.statement).at
        value = unfold(value, field, solution)
        equations.append(sp.Eq(field, solution, evaluate=False))
    value = resolved(value)
    domain = cast(Any, action.statement).domain.extended(constraints=equations).restricted(action.result)
    return Inference(statement=Identity(action.result, value, domain))
