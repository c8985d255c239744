"""Vertices at zero momentum where the propagator is known at every scale, by quadrature and differences in the scale.

The inverse propagator is Z L^2 exp(q^2/L^2) at the scale L, with Z = L^(-eta), and the regulator Z a (L^2 - q^2) below
q = L. On a constant field f the inverse propagator changes by u_4 f^2 / 2 + u_6 f^4 / 24. The loop is half the
integral, over momenta and over (2 pi)^d, of the scale derivative of the regulator times the propagator on that field;
its coefficient of f^n / n! is how the vertex of n legs moves.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import mpmath

DIGITS = 40


def _area(dimension: int) -> Any:
    """Of the unit sphere."""
    pi = mpmath.pi
    return {1: mpmath.mpf(2), 2: 2 * pi, 3: 4 * pi, 4: 2 * pi**2}[dimension]


@dataclass(frozen=True, kw_only=True)
class Ensemble:
    """A dimension from 1 to 4, the amplitude of the regulator, and the anomalous dimension."""

    dimension: int
    amplitude: Fraction
    anomalous_dimension: Fraction = Fraction(0)


def vertex_of_four(ensemble: Ensemble, scale: Fraction) -> Fraction:
    """u_4, to 30 digits or so."""
    with mpmath.workdps(DIGITS):
        return _fraction(_four(ensemble, _number(scale)))


def vertex_of_six(ensemble: Ensemble, scale: Fraction) -> Fraction:
    """u_6, to 20 digits or so."""
    with mpmath.workdps(DIGITS):
        here = _number(scale)
        four = _four(ensemble, here)
        motion = here * _slope(lambda s: _four(ensemble, s), here)
        at_zero, at_one = (_loop(ensemble, here, 4, four, mpmath.mpf(k)) for k in (0, 1))
        return _fraction((motion - at_zero) / (at_one - at_zero))


def _four(ensemble: Ensemble, scale: Any) -> Any:
    """The loop with two legs is linear in u_4 and vanishes with it."""
    alpha, eta = _number(ensemble.amplitude), _number(ensemble.anomalous_dimension)
    motion = scale * _slope(lambda s: s**-eta * s**2 * (1 - alpha), scale)
    return motion / _loop(ensemble, scale, 2, mpmath.mpf(1), mpmath.mpf(0))


def _loop(ensemble: Ensemble, scale: Any, legs: int, four: Any, six: Any) -> Any:
    """How the vertex of two or four legs moves."""
    d, alpha, eta = ensemble.dimension, _number(ensemble.amplitude), _number(ensemble.anomalous_dimension)

    def shell(q: Any) -> Any:
        growth = scale * _slope(lambda s: s**-eta * alpha * (s**2 - q**2), scale)
        inverse = scale ** (2 - eta) * mpmath.exp((q / scale) ** 2)
        # 1 / (inverse + b f^2 + c f^4) = first + second f^2 + third f^4 + ...
        b, c = four / 2, six / 24
        first = 1 / inverse
        second = -b * first / inverse
        third = -(b * second + c * first) / inverse
        return q ** (d - 1) * growth * {2: 2 * second, 4: 24 * third}[legs] / 2

    return _area(d) / (2 * mpmath.pi) ** d * mpmath.quad(shell, [0, scale])


def _slope(function: Any, at: Any) -> Any:
    """By differences of sixth order, with an error far below the digits that are given."""
    h = mpmath.mpf(10) ** -6 * at
    weights = {1: mpmath.mpf(3) / 4, 2: -mpmath.mpf(3) / 20, 3: mpmath.mpf(1) / 60}
    return mpmath.fsum(w * (function(at + k * h) - function(at - k * h)) for k, w in weights.items()) / h


def _number(value: Fraction) -> Any:
    return mpmath.mpf(value.numerator) / value.denominator


def _fraction(value: Any) -> Fraction:
    sign, mantissa, exponent, _ = value._mpf_
    return (-1) ** int(sign) * Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
