"""Where a function of two groups of eigenvalues is stationary: its slope in factors, the temperature of each place."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity, Inequality, Stationarity


@rule("slope", "Differentiate by the logarithm of the first eigenvalue, which the others follow.")
def logarithmic_slope(
    function: Step, *, by: sp.Symbol, groups: tuple[sp.Symbol, sp.Symbol], domain: Domain
) -> Inference:
    """The derivative by x of a result; the result is in the two eigenvalues, ``groups``, the first of them exp(x)."""
    first, second = groups
    letters = {e: first if e.args[0] == by else second for e in cast(Any, function.result).atoms(sp.exp)}
    back = {letter: e for e, letter in letters.items()}
    terms = sp.Add.make_args(sp.expand(sp.diff(function.result, by).xreplace(letters)))
    parts: list[Any] = [sp.factor(sp.Add(*[t for t in terms if t.has(letter)])) for letter in back]
    slope = sp.factor_terms(sp.Add(*parts))
    known = domain.restricted(function.result, by)
    return Inference(statement=Identity(sp.Derivative(function.result, by), slope.xreplace(back), known), result=slope)


@rule(
    "factors of the slope",
    "The two terms are equal where their third roots are. In $s$, the third root of the ratio of the two eigenvalues, "
    "the difference of the third roots is a polynomial, which has two factors.",
)
def slope_in_factors(
    slope: Step, *, groups: tuple[sp.Symbol, sp.Symbol], root: sp.Symbol, fraction: sp.Symbol, domain: Domain
) -> Inference:
    """The slope where the first eigenvalue is s^3 times the second, which is s^(-3 gamma).

    The result is in s and the second eigenvalue.
    """
    first, second = groups
    value: Any = sp.factor(cast(Any, slope.result).xreplace({first: root**3 * second}))
    other = _second(root, fraction)
    left = cast(Any, slope.result).xreplace({first: sp.powsimp(root**3 * other), second: other})
    right = value.xreplace({second: other})
    return Inference(statement=Identity(left, right, domain.restricted(left, right)), result=value)


def _second(root: sp.Symbol, fraction: sp.Symbol) -> Any:
    """The second eigenvalue, where the first is s^3 times it and the product of all is 1."""
    return root ** (-3 * fraction)


@rule(
    "stationary points",
    "One factor vanishes where all eigenvalues are equal, the other one at one temperature for each ratio of the two; "
    "all others are positive.",
)
def extremal_temperature(
    function: Step,
    factors: Step,
    *,
    by: sp.Symbol,
    groups: tuple[sp.Symbol, sp.Symbol],
    root: sp.Symbol,
    fraction: sp.Symbol,
    inverse_temperature: sp.Symbol,
    domain: Domain,
) -> Inference:
    """The inverse temperature at which the function is stationary at a ratio s^3 of the eigenvalues.

    Raises
    ------
    ValueError
        If s - 1 is no factor, or there is not one other that is linear in the inverse temperature with terms of both
        signs.
    """
    beta = inverse_temperature
    parts = [f for f in sp.Mul.make_args(cast(Any, factors.result)) if isinstance(f, sp.Add)]
    others = [f for f in parts if _may_vanish(f) and sp.Poly(f, beta).degree() == 1]
    if root - 1 not in parts or len(others) != 1:
        raise ValueError(f"expected s - 1 and one factor that is linear in {beta} and can vanish; found {parts}")
    other = {groups[1]: _second(root, fraction)}
    value = sp.powsimp(sp.factor(sp.solve(others[0], beta)[0].xreplace(other)))
    place = {by: 3 * (1 - fraction) * sp.log(root), beta: value}
    rest = (cast(Any, factors.result) / ((root - 1) * others[0])).xreplace(other)
    known = domain.restricted(function.result, rest, root)
    return Inference(
        statement=Stationarity(function.result, known, variables=(by,), at=place),
        result=value,
        obligations=(Inequality(rest, 0, domain.restricted(rest), relation=">"),),
        remark="The function falls away from equal eigenvalues where the temperature is above that of the ratio, "
        "and rises where it is below.",
    )


def _may_vanish(factor: Any) -> bool:
    """Whether terms of both signs occur, for positive letters."""
    return len({bool(t.could_extract_minus_sign()) for t in factor.args}) > 1


@rule("logarithms", "In logarithms the stationary temperature is a straight line less a convex function.")
def logarithmic_temperature(temperature: Step, *, root: sp.Symbol, logarithm: sp.Symbol, domain: Domain) -> Inference:
    """The logarithm of the stationary inverse temperature, as a function of log s; it is strictly concave."""
    left = sp.log(cast(Any, temperature.result).xreplace({root: sp.exp(logarithm)}))
    top, bottom = sp.fraction(temperature.result)
    parts = [sp.log(part.xreplace({root: sp.exp(logarithm)})) for part in (top, bottom)]
    value = sp.expand_log(parts[0], force=True) - parts[1]
    value = sp.collect(sp.expand(value), logarithm)
    bend = sp.diff(value, logarithm, 2)
    return Inference(
        statement=Identity(left, value, domain.restricted(left, value)),
        result=value,
        obligations=(Inequality(bend, 0, domain.restricted(bend), relation="<"),),
        remark="Being strictly concave, it takes each value at two places at most.",
    )


@rule("largest stationary temperature", "A strictly concave function is largest where its slope vanishes.")
def coalescence(logarithm_of: Step, *, by: sp.Symbol, fraction: sp.Symbol, domain: Domain) -> Inference:
    """The largest value of a logarithm of the stationary temperature, for fractions between two bounds.

    ``domain`` is that of the fractions for which there is a place where it is largest.
    """
    exponential = sp.Dummy("s", positive=True)
    (found,) = sp.solve(sp.diff(logarithm_of.result, by).subs(sp.exp(by), exponential), exponential)
    inside: Any = domain.set_of(fraction)
    middle = {fraction: (inside.inf + inside.sup) / 2}
    ends: tuple[Any, Any] = sp.fraction(sp.factor(found))
    top, bottom = (part if part.subs(middle) > 0 else -part for part in ends)
    place = sp.log(top) - sp.log(bottom)
    line = cast(Any, logarithm_of.result).coeff(by)
    rest = sp.log(bottom) - sp.log(sp.expand(top + bottom))
    value = sp.collect(sp.expand(line * place + rest), (sp.log(top), sp.log(bottom)))
    known = domain.restricted(logarithm_of.result)
    return Inference(
        statement=Stationarity(logarithm_of.result, known, variables=(by,), at={by: place}),
        result=value,
        obligations=(Identity(cast(Any, logarithm_of.result).subs(by, place), value, domain.restricted(value)),),
    )


@rule("solved for the ratio", "At this fraction the equation for the ratio has a solution in closed form.")
def solved_ratio(
    temperature: Step,
    slope: Step,
    *,
    by: sp.Symbol,
    root: sp.Symbol,
    fraction: sp.Symbol,
    at: Any,
    inverse_temperature: sp.Symbol,
    domain: Domain,
) -> Inference:
    """The logarithm of the eigenvalue where the function is stationary, at one fraction.

    The claim is that the slope over the fraction vanishes there; the result is the logarithm of the eigenvalue as a
    function of the inverse temperature.

    Raises
    ------
    ValueError
        If there is not exactly one positive ratio at the simplest temperature of the domain.
    """
    law = cast(Any, temperature.result).subs(fraction, at)
    sample = {inverse_temperature: sp.Rational(1, 4)}
    ratios = [r for r in sp.solve(sp.Eq(law, inverse_temperature), root) if r.subs(sample) > 0]
    if len(ratios) != 1:
        raise ValueError(f"expected one positive ratio at a fraction of {at}; found {ratios}")
    value = 3 * (1 - at) * sp.log(sp.expand(ratios[0]))
    left = (cast(Any, slope.statement).right / fraction).subs(fraction, at).subs(by, value)
    return Inference(statement=Identity(left, 0, domain.restricted(left)), result=value)
