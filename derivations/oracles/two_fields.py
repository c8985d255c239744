"""The effective average action of two degrees of freedom with a quartic action, by quadrature of its definition.

Gamma(f) = sum j_a f_a - log Z(j) - sum R_ab f_a f_b / 2 where f_a = d log Z / dj_a, and Z(j) is the integral over x and
y of exp(-m (x^2 + y^2) / 2 - g (x^2 + y^2)^2 / 24 - h x^3 y / 6 - sum R_ab x_a x_b / 2 + sum j_a x_a). Derivatives are
taken by differences of Gamma alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import flint

BITS = 220
SPACING, POINTS = Fraction(1, 6), 24
"""Of the trapezoidal rule in each direction: its error for such integrands is beyond 25 digits."""
STEP = Fraction(1, 400)
FIRST = {1: Fraction(4, 5), 2: -Fraction(1, 5), 3: Fraction(4, 105), 4: -Fraction(1, 280)}
SECOND = {0: -Fraction(205, 72), 1: Fraction(8, 5), 2: -Fraction(1, 5), 3: Fraction(8, 315), 4: -Fraction(1, 560)}
"""Weights of differences whose errors are of eighth order in the step."""

Pair = tuple[Fraction, Fraction]
Matrix = tuple[Pair, Pair]


@dataclass(frozen=True, kw_only=True)
class QuarticPair:
    """The action m (x^2 + y^2) / 2 + g (x^2 + y^2)^2 / 24 + h x^3 y / 6."""

    mass: Fraction
    coupling: Fraction
    skew: Fraction


def second_derivatives(action: QuarticPair, regulator: Matrix, mean: Pair) -> Matrix:
    """Of Gamma by the mean fields, to 15 digits or more."""
    with flint.ctx.workprec(BITS):
        value = _effective_average_action(action, regulator)

        def along(x: int, y: int) -> Any:
            def moved(k: int) -> Any:
                return value((mean[0] + k * STEP * x, mean[1] + k * STEP * y))

            rest = sum((_arb(w) * (moved(k) + moved(-k)) for k, w in SECOND.items() if k), flint.arb(0))
            return (rest + _arb(SECOND[0]) * moved(0)) / _arb(STEP**2)

        first, second, both = along(1, 0), along(0, 1), along(1, 1)
        mixed = _fraction((both - first - second) / 2)
        return ((_fraction(first), mixed), (mixed, _fraction(second)))


def derivative_by_scale(action: QuarticPair, regulator: Matrix, rate: Matrix, mean: Pair) -> Fraction:
    """Of Gamma at fixed mean fields, where the regulator moves at the given rate, to 15 digits or more."""
    with flint.ctx.workprec(BITS):

        def moved(k: int) -> Any:
            rows = zip(regulator, rate, strict=True)
            shifted = [tuple(r + k * STEP * v for r, v in zip(*row, strict=True)) for row in rows]
            return _effective_average_action(action, (shifted[0], shifted[1]))(mean)  # type: ignore[arg-type]

        total = sum((_arb(w) * (moved(k) - moved(-k)) for k, w in FIRST.items()), flint.arb(0))
        return _fraction(total / _arb(STEP))


def _effective_average_action(action: QuarticPair, regulator: Matrix) -> Callable[[Pair], Any]:
    places = [SPACING * k for k in range(-POINTS, POINTS + 1)]
    weights = flint.arb_mat([[_weight(action, regulator, x, y) for y in places] for x in places])

    def moments(source: list[Any]) -> Any:
        """Of orders up to two in each variable."""
        powers = [[[_arb(x**n) * (s * _arb(x)).exp() for x in places] for n in range(3)] for s in source]
        columns = flint.arb_mat([list(row) for row in zip(*powers[1], strict=True)])
        return flint.arb_mat(powers[0]) * weights * columns

    def value(mean: Pair) -> Any:
        source = [flint.arb(0), flint.arb(0)]
        for _ in range(40):
            m = moments(source)
            z = m[0, 0]
            first = (m[1, 0] / z, m[0, 1] / z)
            xx, yy = m[2, 0] / z - first[0] * first[0], m[0, 2] / z - first[1] * first[1]
            xy = m[1, 1] / z - first[0] * first[1]
            off = [_arb(f) - g for f, g in zip(mean, first, strict=True)]
            area = xx * yy - xy * xy
            step = [(yy * off[0] - xy * off[1]) / area, (xx * off[1] - xy * off[0]) / area]
            source = [(s + d).mid() for s, d in zip(source, step, strict=True)]
            if max(abs(d.mid()) for d in step) < flint.arb(10) ** -45:
                break
        legendre = sum((s * _arb(f) for s, f in zip(source, mean, strict=True)), flint.arb(0))
        squares = sum(regulator[a][b] * mean[a] * mean[b] for a in range(2) for b in range(2))
        return (legendre - moments(source)[0, 0].log() - _arb(squares) / 2).mid()

    return value


def _weight(action: QuarticPair, regulator: Matrix, x: Fraction, y: Fraction) -> Any:
    square, place = x * x + y * y, (x, y)
    energy = action.mass * square / 2 + action.coupling * square * square / 24 + action.skew * x * x * x * y / 6
    forms = (regulator[a][b] * place[a] * place[b] for a in range(2) for b in range(2))
    energy += sum(forms, Fraction(0)) / 2
    return (-_arb(energy)).exp().mid() * _arb(SPACING * SPACING)


def _arb(value: Fraction | int) -> Any:
    ratio = Fraction(value)
    return flint.arb(flint.fmpq(ratio.numerator, ratio.denominator))


def _fraction(value: Any) -> Fraction:
    mantissa, exponent = value.mid().man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
