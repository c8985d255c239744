"""Where an action is stationary: solve one linear local equation for one field."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.means import split_means
from derivations.algebra.sum_terms import guarded, resolved
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.statements import Identity, Stationarity
from theory.sums import Inside, unfold


@rule("stationarity", "At the saddle point the derivative of the action by each order parameter vanishes.")
def stationary(action: Step, *, by: Any, solve_for: Any, layers: tuple[Any, Any] | None = None) -> Inference:
    """Differentiate by one order parameter and solve for another; the result is its value.

    ``by`` and ``solve_for`` are symbols, or entries for any layer in ``layers``.
    """
    slots = getattr(by, "indices", ())
    ranges = tuple((cast(sp.Symbol, s), *(sp.sympify(e, strict=True) for e in cast(Any, layers))) for s in slots)
    slope = split_means(resolved(sp.diff(action.result, by)))
    slope = slope.replace(lambda e: isinstance(e, Inside), lambda e: guarded(e, ranges))
    solution = solved_linearly(slope, solve_for)
    sets = {slot: sp.Range(low, high + 1) for slot, low, high in ranges}
    domain = cast(Any, action.statement).domain.extended(sets)
    statement = Stationarity(action.result, domain, variables=(by,), at={solve_for: solution})
    return Inference(statement=statement, result=solution)


def solved_linearly(equation: Any, unknown: Any) -> sp.Expr:
    """The root of an equation that is linear in one order parameter.

    Raises
    ------
    ValueError
        If the equation is not linear in it or does not contain it.
    """
    whole = sp.expand(equation)
    slope = whole.coeff(unknown, 1)
    rest = sp.expand(whole - slope * unknown)
    if slope == 0 or unknown in slope.free_symbols | rest.free_symbols:
        raise ValueError(f"expected an equation linear in {unknown}, found {equation} = 0")
    return cast(sp.Expr, sp.Add(*[sp.cancel(-term / slope) for term in sp.Add.make_args(rest)]))


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
