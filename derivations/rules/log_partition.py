"""What follows from the logarithm of a partition function by differentiation: free energy, mean energy, entropy."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.outer_factors import factors_in_front
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.averages import GaussianMean, Range
from theory.domain import Domain
from theory.statements import Identity


@rule("total free energy", "Minus the temperature times the logarithm of the partition function.")
def total_free_energy(
    log_partition: Step, *, inverse_temperature: sp.Symbol, domain: Domain | None = None
) -> Inference:
    """F = - log Z / beta, term by term; ``domain`` is that of log Z where its step is a definition."""
    left = -cast(Any, log_partition.result) / inverse_temperature
    known = domain or _domain(log_partition)
    return Inference(statement=Identity(left, factors_in_front(left), known.restricted(left)))


@rule("mean energy", "The derivative of minus log Z by the inverse temperature is the mean of the energy.")
def mean_energy(log_partition: Step, *, inverse_temperature: sp.Symbol, domain: Domain | None = None) -> Inference:
    """U = - d log Z / d beta; ``domain`` is that of log Z where its step is a definition."""
    left = -sp.Derivative(log_partition.result, inverse_temperature)
    value = factors_in_front(-sp.diff(log_partition.result, inverse_temperature))
    known = domain or _domain(log_partition)
    return Inference(statement=Identity(left, value, known.restricted(left)))


@rule(
    "mean over states",
    "The derivative of the weight by the inverse temperature brings down the energy, so that the mean of the energy "
    "over the ensemble is the derivative found before.",
)
def mean_over_states(
    mean: Step, energy: Step, *, inverse_temperature: sp.Symbol, family: Any, components: Range, domain: Domain
) -> Inference:
    """The mean of an energy that is a sum over components, with a Gaussian window of variance one, is ``mean``."""
    weight = sp.exp(-inverse_temperature * energy.result)
    above, below = (GaussianMean(body, family, 1, components) for body in (energy.result * weight, weight))
    left = above / below
    return Inference(statement=Identity(left, mean.result, domain.restricted(left, mean.result)), result=mean.result)


@rule(
    "total entropy",
    "The mean of minus the logarithm of the weight is log Z plus beta times the mean energy, which is beta squared "
    "times the derivative of the free energy.",
)
def total_entropy(log_partition: Step, free: Step, energy: Step, *, inverse_temperature: sp.Symbol) -> Inference:
    """S = log Z + beta U; the claim is that it is beta^2 d F / d beta."""
    value = factors_in_front(log_partition.result + inverse_temperature * energy.result)
    left = inverse_temperature**2 * sp.Derivative(free.result, inverse_temperature)
    return Inference(statement=Identity(left, value, _domain(free).restricted(left)))


def _domain(step: Step) -> Domain:
    return cast(Any, step.statement).domain
