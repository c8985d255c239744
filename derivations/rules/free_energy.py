"""The free energy per spin, from the action per replica at its saddle point."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.sum_terms import resolved, sum_terms
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.averages import GaussianMean
from theory.statements import Identity, Stationarity
from theory.sums import Sigma, unfold


@rule(
    "free energy",
    "The mean logarithm of the partition function is the number of spins times the action per spin and replica at its "
    "saddle point, and minus the temperature times it is the free energy.",
)
def free_energy(action: Step, *solutions: Step, inverse_temperature: sp.Symbol, spins: Any) -> Inference:
    """f = - T [log Z] / N: minus the temperature times the action of N ``spins``, with its solved order parameters."""
    value, equations = action.result, []
    for step in solutions:
        ((name, solution),) = cast(Stationarity, step.statement).at
        value = unfold(value, name, solution)
        equations.append(sp.Eq(name, solution, evaluate=False))
    result = -_per_spin(value, spins) / inverse_temperature
    domain = cast(Any, action.statement).domain.extended(constraints=equations).restricted(action.result, spins)
    statement = Identity(-action.result / (inverse_temperature * spins), result, domain)
    return Inference(statement=statement, result=result)


def _per_spin(action: Any, spins: Any) -> Any:
    """Sums over equal ranges under one sum, with what is no mean factored."""
    if isinstance(spins, sp.Symbol):
        return _collected(sp.Add(*[t.body / spins for t in sum_terms(resolved(action))]))
    return _collected(resolved(action)) / spins


def _collected(expression: Any) -> Any:
    if isinstance(expression, Sigma):
        body, index = expression.opened()
        return Sigma(_collected(body), (index, expression.lower, expression.upper))
    terms: list[Any] = list(sp.Add.make_args(expression))
    apart = [t for t in terms if t.has(GaussianMean, Sigma)]
    polynomial: Any = sp.factor(sp.Add(*[t for t in terms if t not in apart]))
    return sp.Add(polynomial, *[_collected(t) if isinstance(t, Sigma) else t for t in apart])
