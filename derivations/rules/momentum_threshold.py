"""The anomalous dimension by threshold functions, from the momentum dependence of a two-point function."""

from __future__ import annotations

from itertools import combinations_with_replacement
from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from derivations.rules.dimensionless_flow import Units
from theory.domain import Domain
from theory.statements import Definition, Identity


@rule(
    "threshold functions of the momentum dependence",
    "Substitute $x = k^2 y$ and measure squared masses in units of $Z k^2$: what loops of two masses hold of the "
    "regulator is one function of both.",
)
def momentum_threshold_form(
    radial: Step,
    definition: Step,
    *,
    rate: Any,
    modes: tuple[Any, ...],
    growth: Any,
    kinetic: Any,
    masses: tuple[Any, ...],
    squared: sp.Symbol,
    scale: sp.Symbol,
    squared_mass: Any,
    dimension: sp.Symbol,
    domain: Domain,
) -> Inference:
    """The radial integrand by the kernel of one function of two masses; the result is its integral.

    Parameters
    ----------
    radial
        The integrand over the ``squared`` momentum.
    definition
        Of the function, as an integral over the squared momentum in units of the scale.
    rate, growth
        The scale derivative of the regulator as a function of the squared momentum, and its value in those units.
    modes, kinetic, masses
        The propagators as such functions; the inverse of each is the kinetic one with its mass, in those units.
    """
    function, integral = cast(Any, definition.statement).symbol, cast(Any, definition.result)
    (y,) = integral.variables
    place, whole = scale**2 * y, sp.expand(radial.result)
    values = {f: 1 / (squared_mass * (kinetic + w)) for f, w in zip(modes, masses, strict=True)}
    values[rate] = squared_mass * growth
    moved = {sp.Derivative(f, squared): sp.Derivative(e, y) / scale**2 for f, e in values.items()}
    terms, claims, result = sp.Add.make_args(whole), [], sp.S.Zero
    for i, j in combinations_with_replacement(range(len(modes)), 2):
        loops: Any = sp.Add(*[t for t in terms if {m for m in modes if t.has(m)} == {modes[i], modes[j]}])
        left = loops.xreplace(moved).xreplace(values).xreplace({squared: place}) * scale**2
        coefficients = sp.Add(*[_weight(loops, rate, modes[a], modes[b], squared) for a, b in {(i, j), (j, i)}])
        weight = sp.cancel(coefficients / squared ** (dimension / 2)) * scale ** (dimension - 2) / squared_mass**2
        pair = (masses[i], masses[j])
        right = weight * integral.function.xreplace(dict(zip(function.args, pair, strict=True)))
        result += weight * function.func(*pair)
        claims += [Identity(left, right, domain.restricted(left, right))] if loops != 0 else []
    return Inference(statement=claims[0], result=result, obligations=tuple(claims[1:]))


def _weight(integrand: Any, rate: Any, first: Any, second: Any, squared: sp.Symbol) -> Any:
    """What stands before the derivatives of the rate and of the second propagator, times the first one squared."""
    return integrand.coeff(sp.Derivative(rate, squared)).coeff(sp.Derivative(second, squared)).coeff(first, 2)


@rule(
    "anomalous dimension",
    "The flow of the two-point function at second order in the momentum is that of the field renormalization Z; the "
    "anomalous dimension is minus its logarithmic derivative. In units of the scale Z drops out.",
)
def anomalous_dimension_value(
    loop: Step,
    factor: Step,
    *,
    units: Units,
    scale: sp.Symbol,
    wave_function: Any,
    measure: Any,
    slopes: tuple[tuple[Any, Any, int], ...],
    field: sp.Symbol,
    minimum: sp.Symbol,
    masses: tuple[Any, Any],
    domain: Domain,
) -> Inference:
    """Minus the loop over Z, at the minimum of the potential, by dimensionless couplings.

    Parameters
    ----------
    loop
        Its result is the integral over the squared momentum with the ``measure`` left out.
    factor
        Defines a symbol in the units.
    slopes
        A letter of the loop, the coupling of the model, and the order of the derivative of the potential they are.
    masses
        Across the field and along it; at the minimum the first vanishes, and the second is what the curvature gives.
    """
    ratio = units.place / units.variable
    values = {letter: units.unit / ratio**order * coupling for letter, coupling, order in slopes}
    values[field] = sp.sqrt(2 * ratio * minimum)
    curvature = next(letter for letter, _, order in slopes if order == 2)
    along = sp.simplify((field**2 * curvature).xreplace(values) / units.squared_mass)
    name = cast(Definition, factor.statement).symbol
    placed = cast(Any, loop.result).xreplace({masses[0]: sp.S.Zero, masses[1]: along})
    left = (-measure * placed / wave_function).xreplace(values).xreplace({name: factor.result})
    right = sp.factor_terms(sp.expand(sp.gammasimp(sp.powsimp(sp.simplify(left)))))
    obligations = tuple(_coupling(units, scale, order, ratio, domain) for _, _, order in slopes)
    return Inference(
        statement=Identity(left, right, domain.restricted(left, right)), result=right, obligations=obligations
    )


def _coupling(units: Units, scale: sp.Symbol, order: int, ratio: Any, domain: Domain) -> Identity:
    """The derivative of the dimensionless potential by that of the dimensionful one."""
    names = (sp.Dummy("s", positive=True), sp.Dummy("v", positive=True))
    own = sp.Derivative(units.potential(scale, units.place) / units.unit, (units.variable, order))
    given = sp.Subs(sp.Derivative(units.potential(*names), (names[1], order)), names, (scale, units.place))
    return Identity(own, ratio**order / units.unit * given, domain.restricted(own, given))
