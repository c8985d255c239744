"""A Gaussian law times the exponential of a quadratic: its mass, its mean and its precision."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.statements import Identity


@rule(
    "complete the square",
    "A Gaussian times the exponential of a quadratic is a Gaussian with another mass, mean and variance. The mean of "
    "exp(h x) over it tells all three.",
)
def gaussian_weight(
    weight: Step, *, variable: Any, mean: Any, precision: Any, deviation: Any, source: Any, domain: Domain
) -> Inference:
    """Mean of the step's result, the exponential of a quadratic in ``variable``, times exp(``source`` * variable).

    The result is the logarithm of that mean, a polynomial of second degree in the source.

    Raises
    ------
    ValueError
        If the exponent is no quadratic.
    """
    if not isinstance(weight.result, sp.exp):
        raise ValueError(f"expected an exponential; found {weight.result}")
    exponent: Any = cast(Any, weight.result).args[0] + source * variable
    about = sp.Poly(sp.expand(exponent.xreplace({variable: mean + deviation})), deviation)
    if about.degree() > 2:
        raise ValueError(f"expected the exponential of a quadratic in {variable}; found {weight.result}")
    rest, linear, square = (about.nth(n) for n in range(3))
    narrowed: Any = sp.factor(precision - 2 * square)
    square_term = sp.collect(sp.expand(sp.cancel(rest + linear**2 / (2 * narrowed))), source, sp.factor)
    ratio = sp.cancel(precision / narrowed)
    body = sp.exp(exponent.xreplace({variable: mean + deviation}))
    left = GaussianMean(body, deviation, 1 / precision)
    right = sp.sqrt(ratio) * sp.exp(square_term)
    return Inference(statement=Identity(left, right, domain.restricted(left)), result=sp.log(ratio) / 2 + square_term)


@rule(
    "read off",
    "The logarithm of a mass times exp(h x) under a Gaussian is that of the mass plus h times the mean plus half of h "
    "squared times the variance.",
)
def gaussian_parts(generating: Step, *, source: Any, domain: Domain, exponential: bool = False) -> Inference:
    """Logarithm of the mass, mean and precision, from the logarithm of the mean of exp(``source`` * x).

    Raises
    ------
    ValueError
        If it is no polynomial of second degree in the source.
    """
    logarithm: Any = generating.result
    logarithm = logarithm.args[0] if exponential else logarithm
    found = sp.Poly(sp.expand(logarithm), source) if logarithm.is_polynomial(source) else None
    if found is None or found.degree() != 2:
        raise ValueError(f"expected a polynomial of second degree in {source}; found {logarithm}")
    mass, mean, half = (sp.simplify(found.nth(n)) for n in range(3))
    precision = sp.cancel(1 / (2 * half))
    right = mass + source * mean + source**2 / (2 * precision)
    claim = Identity(logarithm, right, domain.restricted(logarithm))
    return Inference(statement=claim, result=sp.Tuple(mass, mean, precision))
