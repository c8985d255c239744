"""The Gaussian integral over many components that do not couple: one component, their product, and no shift."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.outer_factors import factors_in_front
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.averages import GaussianMean, Range
from theory.domain import Domain
from theory.statements import Expansion, Identity, Inequality, LimitStatement, Postulate
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


@rule("no mean state", "To first order in the length of the mean state it adds nothing; what it adds is dropped.")
def without_shift(full: Step, *, shift: sp.Indexed, scale: sp.Symbol) -> Inference:
    """The result with every entry of a family set to zero; the remainder is quadratic in their ``scale``."""
    value = factors_in_front(unfold(full.result, shift, sp.S.Zero))
    scaled = unfold(full.result, shift, scale * shift)
    known = cast(Any, full.statement).domain.extended({scale: (-1, 1)})
    statement = Expansion(scaled, value, known.restricted(scaled, scale), variable=scale, order=2)
    return Inference(
        statement=statement,
        result=value,
        postulates=(SMALL_MEAN,),
        remark=f"with {scale} times the mean state",
    )


@rule(
    "small beside the logarithms",
    "$u / (1 + u) \\le \\log(1 + u)$ for each component: what the mean state adds is at most the largest $a_i^2$ times "
    "the sum of the logarithms.",
)
def below_logarithms(
    full: Step, rest: Step, *, shift: sp.Indexed, mass: sp.Symbol, components: Range, domain: Domain
) -> Inference:
    """Without a local objective: the dropped term against the logarithms, each with the weight of its component.

    Raises
    ------
    ValueError
        If the dropped term is not one sum over the components.
    """
    total = (cast(Any, full.result) - rest.result).subs(mass, 0)
    number, dropped = (-total).as_coeff_Mul()
    sums = [f for f in sp.Mul.make_args(dropped) if isinstance(f, Sigma)]
    if len(sums) != 1:
        raise ValueError(f"expected a number times a sum over the components; found {total}")
    each = sp.cancel(2 * number * dropped / sums[0] * sums[0].at(components[0]) / shift**2)
    ratio = sp.cancel(each / (1 - each))
    left, right = (Sigma(shift**2 * part, components) for part in (sp.factor(each), sp.log(1 + ratio)))
    there = domain.extended({mass: sp.FiniteSet(0), cast(Any, shift).base: sp.S.Reals})
    return Inference(
        statement=Inequality(left, right, there.restricted(left, right)),
        result=left,
        remark="without a local objective what is dropped is at most the largest $a_i^2$ times what is kept",
    )


@rule("mean of a component", "The mean of a Gaussian lies where its exponent is largest.")
def component_mean(*, exponent: Any, component: sp.Symbol, domain: Domain) -> Inference:
    """The mean of a component in the ensemble with its window."""
    weight = sp.exp(exponent)
    line = (component, -sp.oo, sp.oo)
    left = sp.Integral(component * weight, line) / sp.Integral(weight, line)
    (value,) = sp.solve(sp.diff(exponent, component), component)
    return Inference(
        statement=Identity(left, sp.factor(value), domain.restricted(left)),
        remark="below the mean about which the loss was expanded: only a mean of zero is that of its own ensemble",
    )


@rule("mean square", "A length that stays bounded is shared among ever more components.")
def mean_square(*, length: sp.Symbol, number: sp.Symbol, domain: Domain) -> Inference:
    """The mean square of the components of a vector of given length, as their number grows."""
    left = length**2 / number
    claim = LimitStatement(left, sp.S.Zero, domain.restricted(left), variable=number, point=sp.oo)
    return Inference(statement=claim, result=sp.S.Zero)
