"""The law of the work of one Gaussian coordinate: its Fourier transform, its distribution and its density."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.statements import Identity


@rule(
    "imaginary power",
    "The mean of exp(-s W) continues to s = i omega, where it is the Fourier transform of the law.",
)
def fourier_transform(
    transform: Step, *, work: Any, variable: Any, power: Any, frequency: Any, domain: Domain
) -> Inference:
    """Logarithm of the modulus, and the phase, of the mean of exp(-i omega W), W of a standard Gaussian.

    Raises
    ------
    ValueError
        If a logarithm has an argument whose real part is not known to be positive.
    """
    imaginary = sp.I * frequency
    logarithms = {found: sp.Dummy(complex=True) for found in transform.result.atoms(sp.log)}
    bare = transform.result.xreplace(logarithms)
    modulus, phase = _parts(bare.xreplace({**dict.fromkeys(logarithms.values(), sp.S.Zero), power: imaginary}))
    for found, name in logarithms.items():
        real, other = _parts(found.args[0].xreplace({power: imaginary}))
        if not real.is_positive:
            raise ValueError(f"expected a logarithm of a number of positive real part; found {found} at {power} = i w")
        weight = sp.diff(bare, name)
        modulus += weight * sp.log(sp.factor(real**2 + other**2)) / 2
        phase += weight * sp.atan(other / real)
    turn = frequency * work
    claims = [
        Identity(
            GaussianMean(of(turn), variable, 1), sign * sp.exp(modulus) * of(phase), domain.restricted(work, frequency)
        )
        for of, sign in ((sp.cos, 1), (sp.sin, -1))
    ]
    return Inference(statement=claims[0], obligations=(claims[1],), result=sp.Tuple(modulus, phase))


@rule(
    "distribution of a square",
    "The work of one coordinate is its extreme plus a square: it is nearer to the extreme than a given work in an "
    "interval about the place of the extreme, whose probability is a difference of error functions.",
)
def distribution_of_a_square(
    work: Step, *, variable: Any, curvature: Any, place: Any, reach: Any, value: Any, domain: Domain
) -> Inference:
    """Probability that a standard Gaussian is nearer to ``place`` than ``reach``.

    The result is the place of the extreme, the extreme, the reach at a work ``value``, and the
    probability. That the work at both ends of the interval is the value, is an obligation.
    """
    linear: Any = sp.diff(work.result, variable).subs(variable, 0)
    found = -linear / curvature
    extreme: Any = sp.factor(work.result.subs(variable, found))
    far = sp.sqrt(2 * (value - extreme) / curvature)
    density = sp.exp(-(variable**2) / 2) / sp.sqrt(2 * sp.pi)
    whole = sp.Integral(density, (variable, place - reach, place + reach))
    probability = (sp.erf((reach - place) / sp.sqrt(2)) + sp.erf((reach + place) / sp.sqrt(2))) / 2
    ends = [work.result.subs(variable, found + sign * far) for sign in (-1, 1)]
    beyond = domain.extended(constraints=[sp.Gt((value - extreme) / curvature, 0)])
    return Inference(
        statement=Identity(whole, probability, domain.restricted(whole)),
        obligations=tuple(Identity(end, value, beyond.restricted(end, value)) for end in ends),
        result=sp.Tuple(found, extreme, far, probability),
    )


@rule("density", "The density is the slope of the distribution.")
def density_of_a_square(distribution: Step, *, curvature: Any, reach: Any, domain: Domain) -> Inference:
    """Probability per unit of work: the slope by the reach over that of the work, for a positive curvature."""
    _, extreme, _, probability = distribution.result
    work = extreme + curvature * reach**2 / 2
    left = sp.Derivative(probability, reach) / sp.Derivative(work, reach)
    right = sp.diff(probability, reach) / sp.diff(work, reach)
    return Inference(statement=Identity(left, right, domain.restricted(left)), result=right)


def _parts(expression: Any) -> tuple[Any, Any]:
    """Real and imaginary part of a rational expression in real symbols."""
    top, bottom = sp.fraction(sp.together(expression))
    square = sp.expand(bottom * sp.conjugate(bottom))
    found = sp.expand(top * sp.conjugate(bottom))
    real, other = found.as_real_imag()
    return sp.factor(real / square), sp.factor(other / square)
