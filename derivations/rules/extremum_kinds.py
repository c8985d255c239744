"""Which kind of extremum a function of two groups of eigenvalues has: its higher derivatives where it is stationary."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity, LimitStatement


@rule("higher derivative", "Differentiate by the logarithm of the first eigenvalue.")
def higher_slope(function: Step, *, by: sp.Symbol, order: int, domain: Domain) -> Inference:
    """A derivative of a result, of this order."""
    value: Any = sp.diff(function.result, by, order)
    groups: dict[bool, Any] = {}
    for term in sp.Add.make_args(sp.expand(value, deep=False)):
        first = all(sp.simplify(e.args[0] / by).is_Integer for e in term.atoms(sp.exp))
        groups[first] = groups.get(first, sp.S.Zero) + term
    terms: list[Any] = [sp.factor(total) for total in groups.values()]
    left = sp.Derivative(function.result, (by, order))
    return Inference(statement=Identity(left, sp.Add(*terms), domain.restricted(function.result, by)))


@rule("at equal eigenvalues", "All eigenvalues are one.")
def at_equal(higher: Step, *, by: sp.Symbol, at: dict[Any, Any] | None = None, domain: Domain) -> Inference:
    """A derivative where the logarithm of the first eigenvalue is zero, and letters have the values ``at``."""
    left = cast(Any, higher.result).subs({by: 0, **(at or {})})
    value = sp.factor(left)
    return Inference(statement=Identity(left, value, domain.restricted(left, value)), result=value)


@rule(
    "at a ratio of the eigenvalues",
    "In units of the stationary temperature both eigenvalues are rational in the third root of their ratio.",
)
def at_ratio(
    higher: Step,
    temperature: Step,
    *,
    by: sp.Symbol,
    root: sp.Symbol,
    fraction: sp.Symbol,
    inverse_temperature: sp.Symbol,
    domain: Domain,
) -> Inference:
    """A derivative at the stationary temperature of a ratio s^3 of the eigenvalues, in factors."""
    whole, beta = cast(Any, higher.result), inverse_temperature
    stationary: Any = cast(Any, temperature.result)
    place = 3 * (1 - fraction) * sp.log(root)
    second = sp.powsimp(stationary * root ** (-3 * fraction))
    first = sp.powsimp(second * root**3)
    other = fraction / (fraction - 1)

    def written(power: Any) -> Any:
        times = sp.simplify(power / by)
        return (first / beta) ** times if times.is_Integer else (second / beta) ** sp.simplify(times / other)

    body: Any = whole.replace(sp.exp, written)
    value = sp.factor(body).subs(beta, stationary)
    left = whole.subs({by: place, beta: stationary}, simultaneous=True)
    return Inference(statement=Identity(left, value, domain.restricted(left, value)), result=value)


@rule("where two extrema meet", "The ratio at which the stationary temperature is largest is put in.")
def at_meeting(bend: Step, *, root: sp.Symbol, logarithm: Any, domain: Domain) -> Inference:
    """A derivative at a ratio whose ``logarithm`` is given, as a function of the fraction, in factors."""
    ratio = sp.exp(logarithm)
    left = cast(Any, bend.result).subs(root, ratio)
    value = sp.factor(sp.simplify(sp.powsimp(left)))
    return Inference(statement=Identity(left, value, domain.restricted(left, value)), result=value)


@rule("fractions by where their extrema meet", "The fraction is given by the ratio at which its two extrema meet.")
def by_meeting_ratio(
    bend: Step,
    *,
    fraction: sp.Symbol,
    meeting: sp.Symbol,
    logarithm: Any,
    root: sp.Symbol,
    place: Any,
    domain: Domain,
) -> Inference:
    """A derivative at a root ``place`` of the ratio, for the fraction whose extrema meet at the root ``meeting``."""
    (share,) = sp.solve(sp.Eq(sp.exp(logarithm).simplify(), meeting), fraction)
    left = cast(Any, bend.result).subs({fraction: share, root: place}, simultaneous=True)
    factors: Any = sp.Mul.make_args(left)
    powers = [f for f in factors if f.is_Pow and not f.exp.is_Integer]
    value = sp.Mul(*powers) * sp.factor(left / sp.Mul(*powers))
    return Inference(statement=Identity(left, value, domain.restricted(left, value)), result=value)


@rule("few eigenvalues", "For a fraction of zero the first eigenvalue is the third power of the ratio's root.")
def temperature_of_few(
    temperature: Step, *, fraction: sp.Symbol, root: sp.Symbol, logarithm: sp.Symbol, domain: Domain
) -> Inference:
    """The stationary temperature as a function of the logarithm of the first eigenvalue, for a fraction of zero."""
    left = cast(Any, temperature.result).subs({fraction: 0, root: sp.exp(logarithm / 3)})
    value = 1 / sp.expand(sp.exp(logarithm / 3) * (1 + sp.exp(logarithm / 3)))
    return Inference(statement=Identity(left, value, domain.restricted(left)), result=value)


@rule("far below", "The first group of eigenvalues vanishes, all others grow without bound.")
def plateau(function: Step, *, by: sp.Symbol, domain: Domain) -> Inference:
    """The limit of a result as the logarithm of the first eigenvalue falls without bound."""
    letters = [sp.Dummy(), sp.Dummy()]
    whole: Any = cast(Any, function.result).replace(
        sp.exp, lambda power: letters[0] if sp.simplify(power / by) == 1 else letters[1]
    )
    value = sp.factor(sp.limit(whole.subs(letters[0], 0), letters[1], sp.oo))
    known = domain.restricted(function.result)
    return Inference(statement=LimitStatement(function.result, value, known, variable=by, point=-sp.oo), result=value)
