"""A free energy of layers with what couples neighboring layers as one sum over bonds."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportIndexIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.bracketed_sums import ranges_from_brackets
from derivations.algebra.sum_terms import SumTerm, assembled, sum_terms
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.averages import GaussianMean
from theory.statements import Identity
from theory.sums import Sigma, unfold


@rule(
    "sum over bonds",
    "A bracket under a sum over layers narrows the sum. What couples neighboring layers is then one sum over bonds and "
    "factors.",
)
def over_bonds(free_energy: Step, *, mean: sp.Indexed) -> Inference:
    """The free energy as a sum over bonds and one over layers; ``mean[k]`` stands for the mean of layer k in the claim.

    Raises
    ------
    ValueError
        If layers do not hold one Gaussian mean each, under a sum of its own.
    """
    means: set[Any] = set()
    factors = sp.Mul.make_args(free_energy.result)
    (whole,) = (f for f in factors if f.has(GaussianMean))
    front = sp.Mul(*[f for f in factors if f is not whole])
    named = assembled(_named(t, mean, means) for t in sum_terms(whole))
    tidy = _factored(ranges_from_brackets(named))
    if len(means) != 1:
        raise ValueError(f"expected one Gaussian mean in each layer, found {sorted(means, key=str)}")
    domain = cast(Any, free_energy.statement).domain.extended({mean.base: (-9, 9)})
    sides = (front * named, front * tidy)
    statement = Identity(sides[0], sides[1], type(domain)(domain.sets).restricted(*sides))
    return Inference(statement=statement, result=unfold(front * tidy, mean, means.pop()))


def _named(term: SumTerm, mean: sp.Indexed, means: set[Any]) -> SumTerm:
    """The term with its mean under a name; what it stands for joins ``means``."""
    (slot,) = mean.indices
    for found in term.body.atoms(GaussianMean):
        ((index, _, _),) = term.ranges
        means.add(found.xreplace({index: slot}))
        term = SumTerm(term.body.xreplace({found: mean.base[index]}), term.ranges)
    return term


def _factored(expression: Any) -> Any:
    """Each sum with a factored summand."""
    parts = []
    for part in sp.Add.make_args(expression):
        if isinstance(part, Sigma):
            body, index = part.opened()
            part = Sigma(sp.factor(body), (index, part.lower, part.upper))
        parts.append(part)
    return sp.Add(*parts)
