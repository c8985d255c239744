"""The effective average action of one degree of freedom with a quartic action, by quadrature of its definition.

Gamma(phi) = j phi - log Z(j) - R phi^2 / 2 where phi = d log Z / dj, and Z(j) is the integral over x of
exp(-m x^2/2 - g x^4/24 - R x^2/2 + j x). Derivatives are taken by differences of Gamma alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import mpmath

DIGITS = 45
STEP = 7
"""Differences are over 10^-STEP; their error is that to the fourth power, and rounding over it."""
SPACING, POINTS = mpmath.mpf(1) / 8, 120
"""Of the trapezoidal rule, whose error for such integrands is beyond all digits; the last place is x = 15."""


@dataclass(frozen=True, kw_only=True)
class Quartic:
    """The action m x^2 / 2 + g x^4 / 24."""

    mass: Fraction
    coupling: Fraction


def effective_average_action(action: Quartic, regulator: Any, mean: Any) -> Any:
    """Gamma at a mean field, for a value of the regulator."""
    with mpmath.workdps(DIGITS):
        mass, coupling = _number(action.mass), _number(action.coupling)

        places = [SPACING * mpmath.mpf(k) for k in range(-POINTS, POINTS + 1)]
        bare = [mpmath.exp(-(mass + regulator) * x**2 / 2 - coupling * x**4 / 24) for x in places]

        def moments(source: Any) -> list[Any]:
            weights = [w * mpmath.exp(source * x) for w, x in zip(bare, places, strict=True)]
            return [SPACING * mpmath.fsum(w * x**n for w, x in zip(weights, places, strict=True)) for n in range(3)]

        source = mpmath.mpf(mean)
        for _ in range(60):
            z, first, second = moments(source)
            step = (first / z - mean) / (second / z - (first / z) ** 2)
            source -= step
            if abs(step) < mpmath.mpf(10) ** (-DIGITS + 8):
                break
        return source * mean - mpmath.log(moments(source)[0]) - regulator * mean**2 / 2


def second_derivative(action: Quartic, regulator: Fraction, mean: Fraction) -> Fraction:
    """Of Gamma by the mean field, to 20 digits or more."""
    with mpmath.workdps(DIGITS):
        h, r, x = mpmath.mpf(10) ** -STEP, _number(regulator), _number(mean)
        values = {k: effective_average_action(action, r, x + k * h) for k in (-2, -1, 0, 1, 2)}
        bend = -values[2] + 16 * values[1] - 30 * values[0] + 16 * values[-1] - values[-2]
        return _fraction(bend / (12 * h**2))


def derivative_by_regulator(action: Quartic, regulator: Fraction, mean: Fraction) -> Fraction:
    """Of Gamma by the regulator at a fixed mean field, to 20 digits or more."""
    with mpmath.workdps(DIGITS):
        h, r, x = mpmath.mpf(10) ** -STEP, _number(regulator), _number(mean)
        up, down = effective_average_action(action, r + h, x), effective_average_action(action, r - h, x)
        far_up, far_down = (
            effective_average_action(action, r + 2 * h, x),
            effective_average_action(action, r - 2 * h, x),
        )
        return _fraction((8 * (up - down) - (far_up - far_down)) / (12 * h))


def _number(value: Fraction) -> Any:
    return mpmath.mpf(value.numerator) / value.denominator


def _fraction(value: Any) -> Fraction:
    sign, mantissa, exponent, _ = value._mpf_
    return (-1) ** int(sign) * Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
