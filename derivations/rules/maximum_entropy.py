"""The principle of maximum entropy: the functional with multipliers, its variations, and why its zero is a maximum.

Every rule works on integrals over a continuum and on sums over cells alike: ``over`` is what integrates.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Expansion, Identity, Inequality, Statement, Stationarity
from theory.sums import Sigma, unfold

Over = Callable[[Any], Any]
"""The integral, or the sum with volumes, of an integrand."""
Multipliers = tuple[sp.Symbol, sp.Symbol]
"""Of the mean loss and of the norm."""


@rule(
    "functional with multipliers",
    "Each constraint is added to the entropy with a multiplier; what is integrated is collected.",
)
def functional_with_multipliers(
    *,
    density: Any,
    loss: Any,
    multipliers: Multipliers,
    mean_loss: sp.Symbol,
    entropy: Any,
    over: Over,
    domain: Domain,
) -> Inference:
    """The entropy with the constraints on mean loss and norm; the result is the integral of one density, and constants.

    ``entropy`` is that of the density.
    """
    beta, nu = multipliers
    left = entropy + beta * (mean_loss - over(density * loss)) + nu * (1 - over(density))
    right = over(density * (-sp.log(density) - beta * loss - nu)) + beta * mean_loss + nu
    return Inference(statement=Identity(left, right, domain.restricted(left, right)))


@rule("first variation", "The density is varied in any direction; what multiplies the variation is the derivative.")
def first_variation(
    functional: Step, *, density: Any, direction: Any, variation: sp.Symbol, over: Over, domain: Domain
) -> Inference:
    """The functional derivative; the claim is the functional at density + epsilon direction to first order."""
    derivative = _slope(_integrand(functional.result, density), density)
    whole = cast(Any, functional.result)
    left = whole.xreplace({density: density + variation * direction})
    right = whole + variation * over(direction * derivative)
    claim = Expansion(left, right, domain.restricted(left, right, variation), variable=variation, order=2)
    return Inference(statement=claim, result=derivative)


@rule("stationary density", "Where the derivative by the density at each state vanishes, solved for its logarithm.")
def stationary_density(functional: Step, *, density: Any, domain: Domain) -> Inference:
    """The density at which the functional is stationary.

    Raises
    ------
    ValueError
        If the derivative is not linear in the logarithm of the density.
    """
    letter: Any = sp.Dummy(real=True)
    slope: Any = _slope(_integrand(functional.result, density), density).xreplace({sp.log(density): letter})
    if slope.has(density) or sp.degree(slope, letter) != 1:
        raise ValueError(f"expected a derivative that is linear in log {density}; found {slope}")
    value = sp.exp(sp.expand(-slope.subs(letter, 0) / slope.coeff(letter)))
    action = functional.result
    claim = Stationarity(action, domain.restricted(action, value, density), variables=(density,), at={density: value})
    return Inference(statement=claim, result=value)


@rule("variation of a multiplier", "The derivative by a multiplier is the constraint.")
def multiplier_variation(functional: Step, *, multiplier: sp.Symbol, domain: Domain) -> Inference:
    """The derivative of the functional by a multiplier, its parts integrated one by one."""
    left = sp.Derivative(functional.result, multiplier)
    value = sp.diff(functional.result, multiplier)
    right = value.replace(lambda e: isinstance(e, sp.Integral | Sigma), _sign_in_front)
    return Inference(statement=Identity(left, right, domain.restricted(left)))


@rule(
    "normalization",
    "The multiplier of the norm is a factor of the density; that its integral is one makes it the partition function.",
)
def normalized_density(canonical: Step, *, norm_multiplier: sp.Symbol, over: Over, domain: Domain) -> Inference:
    """Z = exp(1 + nu) where the density is normalized; the result is Z.

    The claim is that exp(1 + nu) times the integral of the density is Z for any nu; the obligation, that with nu =
    log Z - 1 the density is normalized. ``free`` are symbols of the claim beyond those in its sides.
    """
    nu, value = norm_multiplier, cast(Any, canonical.result)
    weight = sp.powsimp(value * sp.exp(1 + nu))
    if weight.has(nu):
        raise ValueError(f"expected a density with the factor exp(-1 - {nu}); found {value}")
    z = over(weight)
    left = sp.exp(1 + nu) * over(value)
    total = over(value.xreplace({nu: sp.log(z) - 1}))
    return Inference(
        statement=Identity(left, z, domain.restricted(left)),
        result=z,
        obligations=(Identity(total, sp.S.One, domain.restricted(total)),),
    )


@rule(
    "gap to the maximum",
    "The logarithm of the density at the stationary point is put in: what the functional lacks is a relative entropy, "
    "for any other density, normalized or not.",
)
def gap_to_maximum(
    functional: Step, canonical: Step, *, density: Any, other: Any, over: Over, domain: Domain
) -> Inference:
    """L at the stationary density less L at another one."""
    best = cast(Any, canonical.result)
    highest, here = (_put_in(functional.result, density, value) for value in (best, other))
    exponent = sp.log(best)
    right = over(other * (sp.log(other) - exponent) - other + best)
    return Inference(statement=Identity(highest - here, right, domain.restricted(highest, here)))


@rule(
    "inequality at a state",
    "$\\log z \\le z - 1$ for the root of the ratio of two densities: what is integrated is nowhere negative, and "
    "vanishes only where they agree.",
)
def gap_at_a_state(*, first: sp.Symbol, second: sp.Symbol, domain: Domain) -> Inference:
    """q log(q / p) - q + p is at least the squared distance of the roots, for any two positive numbers."""
    left = first * sp.log(first / second) - first + second
    right = (sp.sqrt(first) - sp.sqrt(second)) ** 2
    return Inference(statement=Inequality(left, right, domain.restricted(left), relation=">="), result=left)


@rule("sum over the states", "The inequality holds in each cell, and volumes are positive.")
def gap_is_positive(
    inequality: Step, *, letters: tuple[sp.Symbol, sp.Symbol], densities: tuple[Any, Any], over: Over, domain: Domain
) -> Inference:
    """An inequality between two numbers, the ``letters``, added up over all states for two ``densities``."""
    claim, there = cast(Any, inequality.statement), dict(zip(letters, densities, strict=True))
    left, right = (over(side.xreplace(there)) for side in (claim.left, claim.right))
    return Inference(
        statement=Inequality(left, right, domain.restricted(left, right), relation=claim.relation), result=left
    )


@rule("second variation", "The second derivative of what is integrated by the density there.")
def second_variation(functional: Step, *, density: Any, letter: sp.Symbol, domain: Domain) -> Inference:
    """It is negative at every positive density: the functional is concave."""
    value = sp.diff(_slope(_integrand(functional.result, density), density).xreplace({density: letter}), letter)
    claim: Statement = Inequality(value, sp.S.Zero, domain.restricted(value), relation="<")
    return Inference(statement=claim, result=value)


@rule("mean loss", "The derivative of minus log Z by the multiplier.")
def canonical_mean_loss(partition: Step, *, multiplier: sp.Symbol, domain: Domain) -> Inference:
    """The mean loss of the normalized density, as a derivative of log Z."""
    left = -sp.Derivative(sp.log(partition.result), multiplier)
    value = -_sign_in_front(sp.diff(partition.result, multiplier)) / partition.result
    return Inference(statement=Identity(left, value, domain.restricted(left)))


@rule(
    "the multiplier is unique",
    "The derivative of the mean loss is minus the variance of the loss: the mean loss falls with the multiplier.",
)
def falling_mean_loss(
    mean: Step, partition: Step, *, loss: Any, multiplier: sp.Symbol, over: Over, domain: Domain
) -> Inference:
    """d U / d beta as a sum of squares; the obligation is that the sum is not negative."""
    average = mean.result
    weight = sp.exp(-multiplier * loss)
    spread = over(weight * (loss - average) ** 2) / partition.result
    left = sp.Derivative(average, multiplier)
    return Inference(
        statement=Identity(left, -spread, domain.restricted(left)),
        obligations=(Inequality(spread, sp.S.Zero, domain.restricted(spread), relation=">="),),
    )


@rule(
    "concentrated density",
    "A delta function picks the state of the bulk at which the loss is least, once for each state of the boundary.",
)
def concentrated_mean(*, density: Any, mean: Callable[[Any], Any], least: Any, domain: Domain) -> Inference:
    """The mean loss of a density concentrated on least losses is the mean of the least losses."""
    left = mean(density)
    return Inference(statement=Identity(left, least, domain.restricted(left, least)))


def _integrand(functional: Any, density: Any) -> Any:
    """What is integrated or summed over all states, at the state of the density.

    Raises
    ------
    ValueError
        If the functional is not one integral, or one sum, beside constants.
    """
    totals = [t for t in sp.Add.make_args(functional) if isinstance(t, sp.Integral | Sigma)]
    if len(totals) != 1:
        raise ValueError(f"expected one integral over the states beside constants; found {functional}")
    (total,) = totals
    return total.function if isinstance(total, sp.Integral) else total.at(*density.indices)


def _slope(integrand: Any, density: Any) -> Any:
    letter = sp.Dummy(positive=True)
    slope = sp.diff(integrand.xreplace({density: letter}), letter)
    return sp.expand(slope.xreplace({letter: density}))


def _put_in(functional: Any, density: Any, value: Any) -> Any:
    """The functional of another density."""
    if isinstance(density, sp.Indexed):
        return unfold(functional, density, value)
    return functional.xreplace({density: value})


def _sign_in_front(total: Any) -> Any:
    """The sign of what is integrated in front of the integral, or of the sum."""
    if isinstance(total, sp.Integral):
        inside: Any = total.function
        return -sp.Integral(-inside, *total.limits) if inside.could_extract_minus_sign() else total
    opened: Any = total.opened()
    body, index = opened
    ends = (index, total.lower, total.upper)
    return -Sigma(-body, ends) if body.could_extract_minus_sign() else total
