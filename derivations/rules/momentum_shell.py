"""The flow of a potential, momentum by momentum, in units of the scale."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity


@rule(
    "scale derivative of the regulator",
    "The regulator depends on the scale through its argument and through the field renormalization, whose logarithmic "
    "derivative is minus the anomalous dimension.",
)
def regulator_derivative(
    regulator: Step, *, scale: sp.Symbol, wave_function: Any, anomalous_dimension: sp.Symbol, domain: Domain
) -> Inference:
    """k dR/dk at fixed momentum; in the result k Z'/Z is minus the anomalous dimension."""
    left = scale * sp.Derivative(regulator.result, scale)
    right = sp.expand(cast(Any, left).doit() / wave_function) * wave_function
    slope = -anomalous_dimension * wave_function / scale
    result = right.xreplace({sp.Derivative(wave_function, scale): slope})
    return Inference(statement=Identity(left, right, domain.restricted(left)), result=result)


@rule(
    "momenta in units of the scale",
    "Substitute $q^2 = k^2 y$ and measure squared masses in units of $Z k^2$; what depends on the scale alone stands "
    "in front.",
)
def in_units_of_the_scale(
    integrand: Step, *, momentum: sp.Symbol, place: Any, squared: sp.Symbol, front: Any, domain: Domain
) -> Inference:
    """The integrand over the momentum, at its ``place`` k sqrt(y), as one over y; divided by the ``front`` factor."""
    left = sp.powsimp(sp.factor_terms(cast(Any, integrand.result).subs(momentum, place) / front))
    left *= sp.Derivative(place, squared)
    right = sp.powsimp(sp.factor_terms(sp.powsimp(sp.expand_power_base(left.doit()))))
    return Inference(statement=Identity(left, right, domain.restricted(left)), result=right)


@rule("threshold function", "The integral is linear, and each term of it is the same function of its own mass.")
def threshold_form(integrand: Step, definition: Step, *, masses: tuple[sp.Symbol, ...]) -> Inference:
    """The integrand by those of one threshold function at the ``masses``; the result is its integral.

    Raises
    ------
    ValueError
        If something is left over.
    """
    function, integral = cast(Any, definition.statement).symbol, cast(Any, definition.result)
    kernels = {w: integral.function.xreplace({function.args[0]: w}) for w in masses}
    terms: list[Any] = list(sp.Add.make_args(sp.expand(cast(Any, integrand.result))))
    weights = {w: sp.factor(sp.Add(*[t for t in terms if t.has(w)]) / kernel) for w, kernel in kernels.items()}
    if any(weight.has(*masses, *integral.variables) for weight in weights.values()):
        raise ValueError(f"expected a sum of {function} at {masses}; found {integrand.result}")
    claim = Identity(
        integrand.result,
        sp.Add(*[weights[w] * kernels[w] for w in masses]),
        cast(Any, integrand.statement).domain,
    )
    return Inference(statement=claim, result=sp.Add(*[weights[w] * function.func(w) for w in masses]))
