"""What follows from a free energy by differentiation: its order parameter's equation, the energy, the entropy."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.means import split_means
from derivations.algebra.rational_parts import in_parts
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from derivations.rules.stationarity import local_slope
from theory.averages import GaussianMean
from theory.field_derivative import FieldDerivative
from theory.statements import Identity, Stationarity
from theory.sums import Sigma, rename, unfold


@rule(
    "self-consistency",
    "The free energy is stationary where each order parameter equals the mean that its conjugate, at its own "
    "saddle-point value, gives it.",
)
def self_consistency(
    free: Step, parameter: Step, *conjugates: Step, layers: tuple[Any, Any] | None = None
) -> Inference:
    """The derivative of the free energy by an order parameter, which vanishes at q = E[...]; the result is that mean.

    Raises
    ------
    ValueError
        If the derivative does not vanish where the equations of all overlaps hold.
    """
    ((q, equation),) = cast(Stationarity, parameter.statement).at
    for step in conjugates:
        ((name, place),) = cast(Stationarity, step.statement).at
        equation = unfold(equation, name, place)
    slots, ranges = _slots(q, layers)
    slope = local_slope(free.result, q, ranges)
    if not _vanishes(_on_the_equations(slope, q, equation)):
        raise ValueError(f"the free energy is not stationary at {q} = {equation}: its derivative is {slope}")
    return Inference(statement=_derivative(free, q, slope, slots, ranges), result=equation)


@rule(
    "stationary free energy",
    "With its conjugates eliminated the free energy is stationary in each order parameter that is left.",
)
def stationary_free_energy(free: Step, *, by: Any, layers: tuple[Any, Any] | None = None) -> Inference:
    """The derivative of the free energy by an order parameter, in closed form; it vanishes at the saddle point."""
    slots, ranges = _slots(by, layers)
    slope = _in_parts(local_slope(free.result, by, ranges))
    return Inference(statement=_derivative(free, by, slope, slots, ranges), result=slope)


def _slots(entry: Any, layers: tuple[Any, Any] | None) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    slots = getattr(entry, "indices", ())
    return slots, tuple((s, *(sp.sympify(e, strict=True) for e in cast(Any, layers))) for s in slots)


def _derivative(free: Step, by: Any, slope: Any, slots: tuple[Any, ...], ranges: tuple[Any, ...]) -> Identity:
    left = FieldDerivative(free.result, by) if slots else sp.Derivative(free.result, by)
    sets = {slot: sp.Range(low, high + 1) for slot, low, high in ranges}
    domain = cast(Any, free.statement).domain
    return Identity(left, slope, domain.extended(sets).restricted(free.result, by, *slots))


def _vanishes(expression: Any) -> bool:
    expanded = sp.expand(expression)
    return expanded == 0 or (not expanded.has(Sigma) and sp.cancel(expanded) == 0)


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
    value = _in_parts(split_means(sp.diff(product, inverse_temperature)))
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


def _in_parts(expression: Any) -> Any:
    """A closed form in factored parts; what holds means or sums as it is."""
    return expression if expression.has(GaussianMean, Sigma) else in_parts(expression)


def _times(expression: Any, factor: sp.Symbol) -> Any:
    """The product with what it cancels taken out."""
    return sp.powsimp(expression * factor)
