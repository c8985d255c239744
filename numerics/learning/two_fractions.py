"""Extrema of minus the Laplacian of the free energy where the eigenvalues of G form two groups.

Beside log lambda = 0 they lie where T(r) = log beta, with T the derived logarithm of the stationary temperature, which
is strictly concave, and log lambda a multiple of r. The slope in log lambda has the sign of r (log beta - T(r)). All
signs are decided by balls at exact numbers, so that neighboring extrema are neither lost nor doubled. Two extrema
beside 0 meet at rational numbers only for gamma = beta = 1/2: elsewhere exp(max T) = p^p (1 - p)^(1 - p), with p =
3 gamma - 1 = j / k in lowest terms, is irrational, since j^j (k - j)^(k - j) is a k-th power only for j = k - j = 1.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import inf, isfinite
from typing import Any, Literal

from numerics.learning.simplest_fraction import simplest_fraction

Kind = Literal["minimum", "maximum", "inflection"]
HALF = Fraction(1, 2)


class SignNotDecidedError(ArithmeticError):
    """Two exact numbers are so close that thousands of digits do not tell them apart."""


@dataclass(frozen=True, kw_only=True)
class Extremum:
    """A stationary point of minus the Laplacian of the free energy.

    Attributes
    ----------
    log_eigenvalue
        log lambda, of the eigenvalues in the first group.
    kind
        ``"minimum"``, ``"maximum"``, or ``"inflection"`` where the slope vanishes without a change of sign.
    """

    log_eigenvalue: float
    kind: Kind


def two_fraction_extrema(fraction: Any, inverse_temperature: Any) -> tuple[Extremum, ...]:
    """All extrema of minus the Laplacian of the free energy as a function of log lambda.

    A fraction gamma of the eigenvalues of G is lambda, all others are lambda^(gamma / (gamma - 1)), so that their
    product is 1.

    Parameters
    ----------
    fraction
        gamma, between 0 and 1. An exact number (``int``, ``fractions.Fraction``, a rational of SymPy) is taken as it
        is, a floating-point number as the simplest fraction that rounds to it: ``1 / 3`` is a third.
    inverse_temperature
        beta, positive; read in the same way.

    Returns
    -------
    tuple of Extremum
        Ascending in log lambda. The one at 0 is always there; there are two more at most.

    Raises
    ------
    ValueError, TypeError
        For a fraction that is not between 0 and 1, or an inverse temperature that is not positive.
    OverflowError
        If an extremum lies beyond what a double can hold.

    Notes
    -----
    Vanchurin (2020), eq. (9.3). Equation (9.4) is the limit of a small fraction.

    Examples
    --------
    >>> [(round(e.log_eigenvalue, 6), e.kind) for e in two_fraction_extrema(1 / 3, 0.73)]
    [(-1.989245, 'maximum'), (0.0, 'minimum')]
    >>> [e.kind for e in two_fraction_extrema(1 / 3, 0.5)]
    ['inflection']
    """
    gamma = simplest_fraction(fraction, "fraction")
    beta = simplest_fraction(inverse_temperature, "inverse temperature")
    if not 0 < gamma < 1:
        raise ValueError(f"expected a fraction between 0 and 1, both excluded; found {fraction!r}")
    if beta <= 0:
        raise ValueError(f"expected a positive inverse temperature; found {inverse_temperature!r}")
    curve = _Curve(gamma=gamma, beta=beta)
    left, right = curve.crossings()
    places = sorted({0.0, left, right} - {-inf, inf})
    return tuple(
        Extremum(log_eigenvalue=curve.log_eigenvalue(place), kind=_kind(place, left, right)) for place in places
    )


def _kind(place: float, left: float, right: float) -> Kind:
    """From the sign of the slope on both sides: T is above log beta between ``left`` and ``right``."""
    # The slope has the sign of r where T is below log beta, the opposite one where it is above.
    before = (-1 if place <= 0 else 1) * (-1 if left < place <= right else 1)
    after = (1 if place >= 0 else -1) * (-1 if left <= place < right else 1)
    if before == after:
        return "inflection"
    return "minimum" if before < 0 else "maximum"


@dataclass(frozen=True, kw_only=True)
class _Curve:
    """T(r) - log beta at one fraction and temperature."""

    gamma: Fraction
    beta: Fraction

    def crossings(self) -> tuple[float, float]:
        """Where T rises above log beta and where it falls below it again; (inf, -inf) if it is never above.

        The first is -inf, or the second inf, where T is above log beta on all that side.
        T behaves as p r on the left and as (p - 1) r on the right.
        """
        power = _tilt(self.gamma)
        if 0 < power < 1:
            return self._about(_ratio_at_the_top(self.gamma))
        unbounded = power < 0 or power > 1
        if not unbounded and self.beta >= 1:  # T tends to 0 from below
            return inf, -inf
        crossing = self._crossing(0.0, rising=power >= 1)
        return (crossing, inf) if power >= 1 else (-inf, crossing)

    def _about(self, top: float) -> tuple[float, float]:
        """Where T has its largest value at ``top``."""
        if self.gamma == HALF and self.beta == HALF:
            return inf, -inf
        if self.sign_at_the_top() < 0:
            return inf, -inf
        if self.sign(top) < 0:
            raise SignNotDecidedError(
                f"expected extrema that doubles can tell apart; found two at the fraction {self.gamma} and the inverse "
                f"temperature {self.beta} that both round to r = {top}"
            )
        return self._crossing(top, rising=True), self._crossing(top, rising=False)

    def _crossing(self, start: float, *, rising: bool) -> float:
        """The root on the branch of T that rises, or falls; for T with a top, ``start`` is there."""
        if self.beta == HALF and self._zero_is_on(rising):
            return 0.0
        away = 1 if (self.sign(start) > 0) != rising else -1
        low, high, step = start, start, 1.0
        while (self.sign(high) > 0) == (self.sign(start) > 0):
            low, high, step = high, start + away * step, 2 * step
            if not isfinite(high):
                raise OverflowError(
                    f"an extremum for the fraction {self.gamma} and the inverse temperature {self.beta} lies beyond "
                    "the range of doubles"
                )
        return self._between(low, high)

    def _zero_is_on(self, rising: bool) -> bool:
        """Whether T rises, or falls, at r = 0, where its slope is p - 1/2; where that is zero the branches meet."""
        return (_tilt(self.gamma) > HALF) == rising

    def _between(self, low: float, high: float) -> float:
        """Halve the doubles between two of them until they are neighbors."""
        first, last = _ordinal(low), _ordinal(high)
        of_first = self.sign(low) > 0
        while abs(last - first) > 1:
            middle = (first + last) // 2
            first, last = (middle, last) if (self.sign(_double(middle)) > 0) == of_first else (first, middle)
        return _double(last)

    def sign(self, log_root: float) -> int:
        """That of T - log beta at a double."""
        if log_root == 0 and self.beta == HALF:
            return 0
        expression, names = _difference()
        return _sign(expression, names, (self.gamma, self.beta, Fraction(log_root)))

    def sign_at_the_top(self) -> int:
        """That of the largest value of T - log beta."""
        expression, names = _difference_at_the_top()
        return _sign(expression, names, (self.gamma, self.beta))

    def log_eigenvalue(self, log_root: float) -> float:
        """log lambda at r, rounded once."""
        expression, names = _place()
        value = expression.xreplace(dict(zip(names, map(_rational, (self.gamma, Fraction(log_root))), strict=True)))
        return float(Fraction(int(value.p), int(value.q)))


def _tilt(gamma: Fraction) -> Fraction:
    """p, the slope of T far on the left."""
    expression, (fraction, *_) = _difference()
    from theory.models import learning as model

    value = expression.coeff(model.log_root).subs(fraction, _rational(gamma))
    return Fraction(int(value.p), int(value.q))


def _ratio_at_the_top(gamma: Fraction) -> float:
    from derivations.learning_thermodynamics.results import coalescence_ratio
    from numerics.lowering.reference import reference_value
    from theory.models import learning as model

    if gamma == HALF:
        return 0.0
    ball = reference_value(coalescence_ratio(), {model.fraction: _rational(gamma)})
    if ball is None:
        raise SignNotDecidedError(f"expected a place where two extrema meet; found none for the fraction {gamma}")
    return float(ball.mid())


@cache
def _difference() -> tuple[Any, tuple[Any, ...]]:
    """T - log beta in gamma, beta and r."""
    import sympy as sp

    from derivations.learning_thermodynamics.results import log_stationary_temperature
    from theory.models import learning as model

    difference = log_stationary_temperature() - sp.log(model.inverse_temperature)
    return difference, (model.fraction, model.inverse_temperature, model.log_root)


@cache
def _difference_at_the_top() -> tuple[Any, tuple[Any, ...]]:
    import sympy as sp

    from derivations.learning_thermodynamics.results import log_coalescence_temperature
    from theory.models import learning as model

    difference = log_coalescence_temperature() - sp.log(model.inverse_temperature)
    return difference, (model.fraction, model.inverse_temperature)


@cache
def _place() -> tuple[Any, tuple[Any, ...]]:
    from derivations.learning_thermodynamics.results import log_eigenvalue_at_ratio
    from theory.models import learning as model

    return log_eigenvalue_at_ratio(), (model.fraction, model.log_root)


def _sign(expression: Any, names: tuple[Any, ...], values: tuple[Fraction, ...]) -> int:
    from numerics.lowering.reference import reference_value

    ball = reference_value(expression, dict(zip(names, map(_rational, values), strict=True)))
    if ball is None or ball.contains(0):
        raise SignNotDecidedError(
            "expected numbers that can be told apart; found an inverse temperature so close to one at which extrema "
            f"meet that thousands of digits do not tell them apart, at {', '.join(map(str, values))}"
        )
    return 1 if ball > 0 else -1


def _rational(value: Fraction) -> Any:
    import sympy as sp

    return sp.Rational(value.numerator, value.denominator)


def _ordinal(value: float) -> int:
    """The place of a double in their order."""
    (bits,) = struct.unpack("<q", struct.pack("<d", value))
    return bits if bits >= 0 else -(bits & 0x7FFFFFFFFFFFFFFF)


def _double(ordinal: int) -> float:
    """The double at a place in their order."""
    (value,) = struct.unpack("<d", struct.pack("<q", abs(ordinal)))
    return value if ordinal >= 0 else -value
