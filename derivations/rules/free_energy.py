"""The free energy per spin, from the action per replica at its saddle point."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.rational_parts import atomic_names, in_parts
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
    """f = - T [log Z] / N: minus the temperature times the action of N ``spins``, with its solved order parameters.

    Values that a solution gives may hold order parameters that a later one solves. Conditions under which the action
    exists hold for these values.
    """
    value, equations = action.result, []
    conditions = [c for c in cast(Any, action.statement).domain.constraints if not isinstance(c, sp.Eq)]
    for step in solutions:
        for name, solution in cast(Stationarity, step.statement).at:
            value = unfold(value, name, solution)
            conditions = [unfold(c, name, solution) for c in conditions]
            equations.append(sp.Eq(name, solution, evaluate=False))
    equations += [c for c in dict.fromkeys(conditions) if c not in (True, False)]
    result = -_per_spin(_simple_logarithms(value), spins) / inverse_temperature
    domain = cast(Any, action.statement).domain.extended(constraints=equations).restricted(action.result, spins)
    statement = Identity(-action.result / (inverse_temperature * spins), result, domain)
    return Inference(statement=statement, result=result)


def _simple_logarithms(expression: Any) -> Any:
    """Logarithms of quotients outside means, each argument in lowest terms."""
    means = {mean: sp.Dummy() for mean in expression.atoms(GaussianMean)}
    turned = expression.xreplace(means).replace(sp.log, _of_factors)
    return turned.xreplace({name: mean for mean, name in means.items()})


def _of_factors(argument: Any) -> Any:
    top, bottom = sp.fraction(sp.cancel(argument))
    if top.is_number and not bottom.is_number:
        return -sp.log(sp.expand(bottom / top))
    if top.is_positive and not bottom.is_number:
        return sp.log(top) - sp.log(sp.expand(bottom))
    return sp.log(sp.cancel(argument))


def _per_spin(action: Any, spins: Any) -> Any:
    """Sums over equal ranges under one sum, with what is no mean factored."""
    if isinstance(spins, sp.Symbol):
        return _collected(sp.Add(*[t.body / spins for t in sum_terms(resolved(action))]))
    return _collected(resolved(action)) / spins


def _collected(expression: Any) -> Any:
    if isinstance(expression, Sigma):
        body, index = expression.opened()
        return Sigma(_collected(body), (index, expression.lower, expression.upper))
    means = {mean: sp.Dummy() for mean in expression.atoms(GaussianMean, Sigma)}
    masked = expression.xreplace(means)
    masked = sp.expand(masked) if masked.has(sp.log) else masked
    terms: list[Any] = [t.xreplace({name: mean for mean, name in means.items()}) for t in sp.Add.make_args(masked)]
    apart = [t for t in terms if t.has(GaussianMean, Sigma, sp.log)]
    polynomial: Any = _factored([t for t in terms if t not in apart])
    return sp.Add(polynomial, *[_collected(t) if isinstance(t, Sigma) else t for t in apart])


def _factored(terms: list[Any]) -> Any:
    """A polynomial factored as a whole, or one factored part for each set of names, if that is shorter.

    Terms with no name of their own, beside those that are in all terms, go with the part that they shorten most.
    """
    terms = list(sp.Add.make_args(sp.expand(sp.Add(*terms))))
    shared = set.intersection(*(atomic_names(t) for t in terms))
    parts: dict[frozenset[Any], list[Any]] = {}
    for term in terms:
        names, joined = frozenset(atomic_names(term) - shared), [term]
        for other in [key for key in parts if key & names]:
            joined += parts.pop(other)
            names |= other
        parts.setdefault(names, []).extend(joined)
    bare = parts.pop(frozenset(), [])
    choices = [sp.factor(sp.Add(*terms)), in_parts(sp.Add(*terms))]
    for chosen in parts:
        choices.append(
            sp.Add(
                *[cast(Any, sp.factor(sp.Add(*part, *(bare if key == chosen else [])))) for key, part in parts.items()]
            )
        )
    return min(choices, key=sp.count_ops)
