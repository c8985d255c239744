"""From steps to continuous time: rates of change, and the relaxation that they give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Expansion, Identity


@rule(
    "dissipation is half a variance",
    "By induction over the steps: at fixed stiffness the mean position, weighted by exp(-W), stays at the center of "
    "the trap. So the covariance of work and position is the lag, and each step adds twice as much to the variance of "
    "the work as to its mean; the free energy does not change.",
)
def half_variance(
    work: Step, motion: Step, *, mean: Any, slope: Any, center: Any, next_center: Any, at: Mapping[Any, Any],
    domain: Domain,
) -> Inference:  # fmt: skip
    """The mean work of a step is half of what it adds to the variance; that the relation is kept are obligations."""
    related = {**at, slope: center - mean}
    _, first, second, *law = (entry.xreplace(related) for entry in work.result)
    claims = [Identity(law[0] + law[1], next_center, domain.restricted(law[0] + law[1], next_center))]
    moved = motion.result[0] + motion.result[1]
    kept = moved.xreplace({slope: next_center - mean})
    claims.append(Identity(kept, next_center, domain.restricted(kept, next_center)))
    left, right = -first, second
    return Inference(statement=Identity(left, right, domain.restricted(left, right)), obligations=tuple(claims))


@rule("small steps", "In a short time the trap moves by the speed times the time, and moves retain exp(-r dt).")
def rates_of_drag(
    work: Step,
    motion: Step,
    *,
    mean: Any,
    slope: Any,
    lag: Any,
    center: Any,
    next_center: Any,
    retained: Any,
    speed: Any,
    rate: Any,
    interval: Any,
    domain: Domain,
) -> Inference:
    """Rates of the lag, of the slope of the mean by the power, of the mean work and of its variance."""
    small = {mean: center - lag, next_center: center + speed * interval, retained: sp.exp(-rate * interval)}
    _, first, second, new_mean, new_slope, *_ = work.result
    moved = {mean: new_mean, slope: new_slope}
    after = [entry.xreplace(moved) for entry in motion.result[:2]]
    wholes = [next_center - after[0], after[1], -first, 2 * second]
    starts = [lag, slope, sp.S.Zero, sp.S.Zero]
    claims, rates = [], []
    for whole, start in zip((w.xreplace(small) for w in wholes), starts, strict=True):
        found = sp.factor(sp.diff(whole, interval).subs(interval, 0))
        needed = domain.restricted(whole, found, start, interval)
        claims.append(Expansion(whole, start + found * interval, needed, variable=interval, order=2))
        rates.append(sp.expand(found))
    return Inference(statement=claims[0], obligations=tuple(claims[1:]), result=sp.Tuple(*rates))


@rule("relaxation", "A linear equation with constant coefficients, from zero.")
def relaxation(rates: Step, *, entry: int, unknown: Any, time: Any, domain: Domain) -> Inference:
    """The solution of d ``unknown`` / dt = the entry of the rates, zero at time zero; it is put into the equation.

    Raises
    ------
    ValueError
        If the entry is not linear in the unknown and free of time.
    """
    right = rates.result[entry]
    found = sp.Poly(right, unknown)
    if found.degree() != 1 or time in right.free_symbols:
        raise ValueError(f"expected a rate that is linear in {unknown} and free of {time}; found {right}")
    push, pull = found.nth(0), -found.nth(1)
    solution = push / pull * (1 - sp.exp(-pull * time))
    put_in = right.xreplace({unknown: solution})
    start = Identity(solution.subs(time, 0), sp.S.Zero, domain.restricted(push, pull))
    left = sp.Derivative(solution, time)
    return Inference(
        statement=Identity(left, put_in, domain.restricted(left, put_in)), obligations=(start,), result=solution
    )


@rule("over the time", "Sum up the rate over the duration of the protocol.")
def over_the_time(
    rates: Step, *solutions: Step, entry: int, names: tuple[Any, ...], time: Any, duration: Any,
    at: Mapping[Any, Any], domain: Domain,
) -> Inference:  # fmt: skip
    """The integral of an entry of the rates, with the solutions put in for ``names``, from zero to the duration."""
    values = dict(zip(names, (s.result for s in solutions), strict=True))
    body = rates.result[entry].xreplace(values).xreplace(dict(at))
    whole = sp.Integral(body, (time, 0, duration))
    value = sp.factor(sp.integrate(sp.expand(body), (time, 0, duration)))
    return Inference(statement=Identity(whole, value, domain.restricted(whole)), result=value)
