"""The Gaussian integral over many components that do not couple: one component, their product, and no shift."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.outer_factors import factors_in_front
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.averages import GaussianMean, Range
from theory.domain import Domain
from theory.statements import Identity, Postulate
from theory.sums import Sigma, unfold


@rule("Gaussian integral", "Complete the square: the exponent is quadratic in the component.")
def component_integral(*, exponent: Any, component: sp.Symbol, domain: Domain) -> Inference:
    """The integral of exp(exponent) over a real component; the result is its logarithm.

    Raises
    ------
    ValueError
        If the exponent is not quadratic in the component.
    """
    polynomial = sp.Poly(sp.expand(exponent), component)
    if polynomial.degree() != 2:
        raise ValueError(f"expected an exponent that is quadratic in {component}; found {exponent}")
    square, tilt, rest = map(sp.expand, polynomial.all_coeffs())
    curvature = sp.expand(-2 * square)
    top = sp.expand(cast(Any, sp.cancel(rest * curvature + tilt**2 / 2))) / curvature
    integral = sp.Integral(sp.exp(exponent), (component, -sp.oo, sp.oo))
    value = sp.sqrt(2 * sp.pi / curvature) * sp.exp(top)
    converges = sp.Gt(curvature, 0)
    if converges == sp.false:
        raise ValueError(f"expected an exponent that falls with {component}; found {exponent}")
    known = domain.extended(constraints=[] if converges == sp.true else [converges]).restricted(integral, value)
    logarithm = sp.log(2 * sp.pi) / 2 - sp.log(curvature) / 2 + top
    return Inference(statement=Identity(integral, value, known), result=logarithm)


@rule(
    "independent components",
    "The exponent is a sum over the components, so that the integral is a product; the window of variance one is the "
    "weight of a Gaussian mean, up to its norm.",
)
def component_product(
    one: Step,
    energy: Step,
    *,
    inverse_temperature: sp.Symbol,
    family: Any,
    letters: dict[Any, Any],
    values: dict[Any, Any],
    components: Range,
    domain: Domain,
) -> Inference:
    """The mean of exp(-beta H) over unit Gaussian components; the result is the logarithm of the integral.

    Parameters
    ----------
    one
        The integral over one component with the window, a step of ``component_integral``.
    energy
        H, a sum over the components.
    letters
        For each symbol of the one component that belongs to it, its family.
    values
        What the symbols stand for that all components share.
    """
    index, _, number = components
    entries = {symbol: base[index] for symbol, base in letters.items()}
    window = sp.log(2 * sp.pi) / 2
    summand = cast(Any, one.result - window).xreplace({**entries, **values})
    total = factors_in_front(sp.Add(*[Sigma(term, components) for term in sp.Add.make_args(summand)]))
    mean = GaussianMean(sp.exp(-inverse_temperature * energy.result), family, 1, components)
    return Inference(
        statement=Identity(mean, sp.exp(total), domain.restricted(mean, total)), result=total + number * window
    )


SMALL_MEAN = Postulate(
    name="small mean state",
    claim="The squared components of the mean state are so small that what they add to log Z is negligible.",
    justification="In a large network the mean of each component is taken to be small.",
    test="The sum over i of the dropped terms, against the sum of the logarithms, on trained networks.",
)


@rule("no mean state", "What the mean state adds is dropped.")
def without_shift(full: Step, *, shift: sp.Indexed) -> Inference:
    """The result with every entry of a family set to zero."""
    value = factors_in_front(unfold(full.result, shift, sp.S.Zero))
    there = cast(Any, full.statement).domain.extended({cast(Any, shift).base: sp.FiniteSet(0)})
    statement = Identity(full.result, value, there.restricted(full.result))
    return Inference(statement=statement, result=value, postulates=(SMALL_MEAN,))
