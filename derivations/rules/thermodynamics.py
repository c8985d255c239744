"""What follows from a free energy by differentiation: its order parameter's equation, the energy, the entropy."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.means import split_means
from derivations.algebra.sum_terms import guarded, resolved
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.averages import GaussianMean
from theory.field_derivative import FieldDerivative
from theory.statements import Identity, Stationarity
from theory.sums import Inside, rename, unfold


@rule(
    "self-consistency",
    "The free energy is stationary where each overlap equals the mean that its conjugate, at its own saddle-point "
    "value, gives it.",
)
def self_consistency(free: Step, overlap: Step, conjugate: Step, *, layers: tuple[Any, Any] | None = None) -> Inference:
    """The derivative of the free energy by an overlap, which vanishes at q = E[...]; the result is that mean.

    Raises
    ------
    ValueError
        If the derivative does not vanish where the equations of all overlaps hold.
    """
    ((q, value),) = cast(Stationarity, overlap.statement).at
    ((lam, place),) = cast(Stationarity, conjugate.statement).at
    equation = unfold(value, lam, place)
    slots = getattr(q, "indices", ())
    ranges = tuple((s, *(sp.sympify(e, strict=True) for e in cast(Any, layers))) for s in slots)
    slope = split_means(resolved(sp.diff(free.result, q)))
    slope = slope.replace(lambda e: isinstance(e, Inside), lambda e: guarded(e, ranges))
    if sp.expand(_on_the_equations(slope, q, equation)) != 0:
        raise ValueError(f"the free energy is not stationary at {q} = {equation}: its derivative is {slope}")
    left = FieldDerivative(free.result, q) if slots else sp.Derivative(free.result, q)
    sets = {slot: sp.Range(low, high + 1) for slot, low, high in ranges}
    domain = cast(Any, free.statement).domain
    known = domain.extended(sets).restricted(free.result, *slots)
    return Inference(statement=Identity(left, slope, known), result=equation)


def _on_the_equations(slope: Any, q: Any, equation: Any) -> Any:
    """The derivative with the mean of each layer replaced by its overlap."""
    if not isinstance(q, sp.Indexed):
        return slope.xreplace(dict.fromkeys(equation.atoms(GaussianMean), q))
    (slot,) = cast(Any, q).indices
    for index in {i for atom in slope.atoms(sp.Indexed) for i in atom.indices}:
        there = q.base[index]  # pyright: ignore[reportIndexIssue]
        for mean in equation.atoms(GaussianMean):
            slope = slope.xreplace({rename(mean, slot, index): there})
    return slope


@rule(
    "energy",
    "At a stationary point the order parameters do not move to first order: the energy is the derivative of the "
    "inverse temperature times the free energy, with the order parameters held.",
)
def energy(free: Step, *, inverse_temperature: sp.Symbol) -> Inference:
    """Energy per spin, d (beta f) / d beta at fixed order parameters; at the saddle point it is the mean of H / N."""
    product = _times(free.result, inverse_temperature)
    value = split_means(sp.diff(product, inverse_temperature))
    domain = cast(Any, free.statement).domain.restricted(free.result)
    return Inference(statement=Identity(sp.Derivative(product, inverse_temperature), value, domain), result=value)


@rule("entropy", "The entropy is minus the derivative of the free energy by the temperature, beta squared times that "
      "by beta.")  # fmt: skip
def entropy(free: Step, inner: Step, *, inverse_temperature: sp.Symbol) -> Inference:
    """Entropy per spin, beta (u - f), in units of the Boltzmann constant; ``inner`` is the energy."""
    beta = inverse_temperature
    value = beta * inner.result - _times(free.result, beta)
    domain = cast(Any, free.statement).domain.restricted(free.result)
    return Inference(statement=Identity(beta**2 * sp.Derivative(free.result, beta), value, domain), result=value)


def _times(expression: Any, factor: sp.Symbol) -> Any:
    """The product with what it cancels taken out."""
    return sp.powsimp(expression * factor)
