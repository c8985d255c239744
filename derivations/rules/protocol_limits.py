"""Protocols that are infinitely fast or slow: a sudden change, and perfect equilibration after each step."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Expansion, Identity, Inequality
from theory.sums import Sigma

States = tuple[sp.Symbol, Any, Any]
Family = Any
"""What has a value at each value of the control parameter."""


@rule(
    "free energy perturbation",
    "Nothing moves while the energies change: the work is their difference at the first state.",
)
def free_energy_perturbation(
    *, ends: tuple[Any, Any], law: Family, trace: Family, work: Any, states: States, domain: Domain
) -> Inference:
    """The mean of exp(-W) over the initial equilibrium is the ratio of the partition functions."""
    first, last = ends
    return Inference(statement=Identity(Sigma(law(first) * sp.exp(-work), states), trace(last) / trace(first), domain))


@rule("dissipation of a sudden change", "The mean work less the change of the free energy.")
def sudden_dissipation(
    *, ends: tuple[Any, Any], law: Family, trace: Family, work: Any, states: States, domain: Domain
) -> Inference:
    """It is the relative entropy of the equilibrium before the change from that after it."""
    first, last = ends
    left = Sigma(law(first) * work, states) + sp.log(trace(last)) - sp.log(trace(first))
    return Inference(statement=Identity(left, _relative_entropy(law(first), law(last), states), domain))


@rule("relative entropies in both orders", "In their sum the logarithms of the partition functions cancel.")
def both_orders(
    dissipation: Step, *, ends: tuple[Any, Any], law: Family, slope: Family, states: States, domain: Domain
) -> Inference:
    """Their sum is the change of the parameter times that of the mean slope of the energy."""
    first, last = ends
    left = cast(Any, dissipation.result) + _relative_entropy(law(last), law(first), states)
    return Inference(statement=Identity(left, (last - first) * (slope(first) - slope(last)), domain))


@rule("not negative in either order", "A relative entropy is not negative.")
def back_is_positive(*, ends: tuple[Any, Any], law: Family, states: States, domain: Domain) -> Inference:
    """The relative entropy in the other order is not negative."""
    first, last = ends
    back = _relative_entropy(law(last), law(first), states)
    return Inference(statement=Inequality(back, sp.S.Zero, domain, relation=">="))


def _relative_entropy(one: Any, other: Any, states: States) -> Any:
    return Sigma(one * sp.log(one / other), states)


@rule("small step", "The free energy expanded about the state before the step: its curvature is minus a variance.")
def small_step(dissipation: Step, *, moments: tuple[Any, Any], step: sp.Symbol, domain: Domain) -> Inference:
    """Half of the variance of the slope of the energy, the Fisher information, times the square of the step."""
    value = step**2 * (moments[1] - moments[0] ** 2) / 2
    left = cast(Any, dissipation.statement).left
    return Inference(statement=Expansion(left, value, domain, variable=step, order=3))


@rule("difference of the orders", "To second order in the step both orders are the same.")
def orders_differ_little(
    dissipation: Step, *, ends: tuple[Any, Any], law: Family, step: sp.Symbol, states: States, domain: Domain
) -> Inference:
    """The two relative entropies differ by the third order of the step."""
    first, last = ends
    difference = cast(Any, dissipation.result) - _relative_entropy(law(last), law(first), states)
    return Inference(statement=Expansion(difference, sp.S.Zero, domain, variable=step, order=3))


@rule("sum over the steps", "The mean slopes at both ends of each step telescope.")
def spent_in_all(*, spent: Any, back: Any, slopes: Any, steps: States, domain: Domain) -> Inference:
    """What all steps dissipate, with perfect equilibration after each: a telescoping sum less the other orders."""
    low, high = steps[1] - 1, steps[2]
    right = (slopes[low] - slopes[high]) / high - Sigma(back, steps)
    return Inference(statement=Identity(Sigma(spent, steps), right, domain))


@rule("bound on slow driving", "The relative entropies in the other order are not negative.")
def slow_bound(total: Step, *, back: Any, steps: States, domain: Domain) -> Inference:
    """All steps together dissipate at most the change of the mean slope over the number of steps."""
    value = cast(Any, total.result)
    whole = value + Sigma(back, steps)
    return Inference(statement=Inequality(value, whole, domain, relation="<="), result=whole)


@rule("half of the bound", "Each step counted half in one order and half in the other.")
def half_and_half(total: Step, *, spent: Any, back: Any, slopes: Any, steps: States, domain: Domain) -> Inference:
    """The same sum as half of the bound, and half the differences of the orders."""
    low, high = steps[1] - 1, steps[2]
    right = (slopes[low] - slopes[high]) / (2 * high) + Sigma(spent - back, steps) / 2
    return Inference(
        statement=Identity(cast(Any, total.statement).left, right, domain),
        remark="By the expansion of a step each difference of the orders is of the third order of 1/T. For one system "
        "its third derivative is bounded on the whole protocol, so that the first term, half the integral of the "
        "Fisher information over T, is the leading one; that the bound is uniform is said here, not proved.",
    )


@rule("one step of many", "The laws before and after one of equal steps are put in.")
def one_of_many(general: Step, *, at: dict[Any, Any], domain: Domain) -> Inference:
    """A result at the laws before and after one step of a protocol, logarithms expanded."""
    left, value = (part.xreplace(at) for part in (cast(Any, general.statement).left, cast(Any, general.result)))
    value = sp.expand(sp.expand_log(value, force=True))
    return Inference(statement=Identity(left, value, domain.restricted(left, value)))


@rule("equal steps", "Each step dissipates the same.")
def equal_steps(each: Step, *, steps: States, domain: Domain) -> Inference:
    """The sum over the steps of what does not depend on the step."""
    left = Sigma(each.result, steps)
    right = sp.expand(cast(Any, each.result) * (steps[2] - steps[1] + 1))
    return Inference(statement=Identity(left, right, domain.restricted(left)))


@rule("many steps", "Expanded in the inverse of the number of steps.")
def many_steps(total: Step, *, n_steps: sp.Symbol, domain: Domain) -> Inference:
    """The leading term as the number of steps grows, with the order of the rest."""
    small = sp.Dummy(positive=True)
    series = sp.series(cast(Any, total.result).subs(n_steps, 1 / small), small, 0, 2).removeO()
    leading = series.subs(small, 1 / n_steps)
    within = domain.restricted(total.result)
    return Inference(statement=Expansion(total.result, leading, within, variable=n_steps, order=2, about=sp.oo))


@rule(
    "independent steps",
    "After perfect equilibration the works of the steps are independent, so that moments of the weights multiply.",
)
def independent_weights(each: Step, *, steps: States, domain: Domain) -> Inference:
    """The relative variance of the product of equally distributed independent weights."""
    once = 1 + cast(Any, each.result)
    whole: Any = sp.powdenest(once ** (steps[2] - steps[1] + 1), force=True)
    value = whole - 1
    product: Any = sp.Product(once, steps)
    claim = Identity(product - 1, value, domain.restricted(value))
    return Inference(statement=claim)


@rule("more steps", "An exponential grows with its argument.")
def more_steps_vary_less(spread: Step, *, n_steps: sp.Symbol, domain: Domain) -> Inference:
    """The relative variance with any number of steps is at most that of a single one, which is importance sampling."""
    one = cast(Any, spread.result).subs(n_steps, 1)
    claim = Inequality(spread.result, one, domain.restricted(spread.result), relation="<=")
    return Inference(statement=claim, result=one)
