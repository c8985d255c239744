"""A phase that is a sum over constraints, each times its multiplier: its rate, its slope and the energy in it."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity
from theory.sums import Sigma


@rule("rate of a superposition", "Only the named factor changes, in every term of the sum.")
def rate_of_superposition(phase: Step, *, factor: Any, rate: Any, domain: Domain) -> Inference:
    """The rate of a sum over products where one ``factor`` of each, as ``Phi[k]``, changes at ``rate``.

    Raises
    ------
    ValueError
        If the phase is no number times one sum of products with the factor.
    """
    (total,) = cast(Any, phase.result).atoms(Sigma)
    front = cast(Any, phase.result) / total
    term, index = total.opened()
    own = factor.base[index]
    if front.has(Sigma) or not sp.Poly(term, own).degree() == 1:
        raise ValueError(f"expected a number times a sum of products with {factor}; found {phase.result}")
    size = sp.Symbol("epsilon", real=True)
    ends = (index, total.lower, total.upper)
    moved = Sigma(term.xreplace({own: own + size * rate.base[index]}), ends)
    left = sp.Derivative(front * moved, size)
    right = front * Sigma(term.xreplace({own: rate.base[index]}), ends)
    over = domain.extended({size: (-1, 1)})
    return Inference(statement=Identity(left, right, over.restricted(left, right)), result=right)


@rule("square of a superposition", "The slope of the phase is put in, and the numbers are multiplied.")
def energy_of_superposition(slope: Step, *, strength: Any, density: Any, domain: Domain) -> Inference:
    """``strength`` times a density times the squared slope, with the numbers in front."""
    (total,) = cast(Any, slope.result).atoms(Sigma)
    front = cast(Any, slope.result) / total
    left = strength * density * cast(Any, slope.result) ** 2
    right = strength * front**2 * density * total**2
    return Inference(statement=Identity(left, right, domain.restricted(left, right)), result=right)
