"""Functions of one quantity about a point: Laurent series, and enclosures on a circle within which they are analytic.

With w the distance from the point, or its square root where square roots vanish there, a function is w^v times a power
series. Each operation checks that the result is analytic in the disc that the circle bounds, but for a pole at w = 0:
what a logarithm is taken of must avoid its cut on the circle, and so avoids it inside (the cut runs to infinity, so
the circle's image winds around none of its points); what is divided by must wind around 0 as often as it vanishes at
w = 0. Then Cauchy's estimate bounds every coefficient by the largest value on the circle.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import sympy as sp
from flint import acb, arb, arb_series, fmpq

N_ARCS = 48
"""Of the upper half circle; the values on the lower one are conjugate."""


class NoSeriesError(Exception):
    """The function has no such expansion."""


class TooWideError(NoSeriesError):
    """Nothing is known of the function in a disc of this size."""


class VagueError(NoSeriesError):
    """More precision is needed to tell a coefficient from zero."""


@dataclass(frozen=True, kw_only=True)
class Disc:
    """The disc |w| <= radius, where the quantity is ``center + sign w^power``.

    Attributes
    ----------
    center
        Of the quantity: rational.
    sign, power
        1 and 1, or a side of the center and 2.
    radius
        In w.
    length
        Number of coefficients.
    negligible
        Coefficients not larger than 2 to this power are zero, as far as any double can tell.
    """

    center: Any
    radius: float
    length: int
    sign: int = 1
    power: int = 1
    negligible: int | None = None

    @cached_property
    def points(self) -> tuple[acb, ...]:
        """Balls that cover the upper half circle."""
        half = math.pi / (2 * N_ARCS)
        reach = 1.001 * half * self.radius  # the longest chord from a middle, rounded up
        around = arb(0, reach)
        angles = [(2 * k + 1) * half for k in range(N_ARCS)]
        return tuple(acb(self.radius * math.cos(a) + around, self.radius * math.sin(a) + around) for a in angles)

    def germ(self, node: Any, quantity: sp.Symbol) -> Germ:
        """The expansion of an expression in the quantity.

        Raises
        ------
        NoSeriesError
            If there is none, or a node is not known.
        """
        known: dict[Any, Germ] = {quantity: self._quantity()}

        def of(node: Any) -> Germ:
            if node not in known:
                known[node] = self._made(node, of)
            return known[node]

        return of(node)

    def constant(self, value: arb) -> Germ:
        """The same value everywhere."""
        return _normal(self, 0, [value] + [arb(0)] * (self.length - 1), [acb(value)] * N_ARCS)

    def _quantity(self) -> Germ:
        center = _ball(self.center)
        coefficients = [center, *[arb(0)] * (self.length - 1)]
        coefficients[self.power] += self.sign
        return _normal(self, 0, coefficients, [center + self.sign * w**self.power for w in self.points])

    def _made(self, node: Any, of: Callable[[Any], Germ]) -> Germ:
        if node.is_Rational or node.is_Float:
            return self.constant(_ball(sp.Rational(node)))
        if node in _CONSTANTS:
            return self.constant(_CONSTANTS[node]())
        if isinstance(node, sp.Pow) and node.base.func in _INVERTED and node.exp.is_negative:
            return _power(of(_INVERTED[node.base.func](*node.base.args)), -node.exp)  # tanh has poles that coth has not
        if isinstance(node, sp.Pow):
            return _power(of(node.base), node.exp)
        if isinstance(node, sp.Add | sp.Mul):
            first, *rest = map(of, node.args)
            for other in rest:
                first = first + other if isinstance(node, sp.Add) else first * other
            return first
        if node.func not in FUNCTIONS or len(node.args) != 1:
            raise NoSeriesError(f"no series for {node}")
        return FUNCTIONS[node.func](of(node.args[0]))


@dataclass(frozen=True, kw_only=True)
class Germ:
    """w^valuation times a series whose first coefficient is not zero, and its values on the arcs."""

    disc: Disc
    valuation: int
    series: arb_series
    arcs: list[acb] = field(repr=False)

    def __add__(self, other: Germ) -> Germ:
        low = min(self.valuation, other.valuation)
        total = _shifted(self, self.valuation - low) + _shifted(other, other.valuation - low)
        coefficients = [total[k] for k in range(total.prec)]
        return _normal(self.disc, low, coefficients, [a + b for a, b in zip(self.arcs, other.arcs, strict=True)])

    def __mul__(self, other: Germ) -> Germ:
        arcs = [a * b for a, b in zip(self.arcs, other.arcs, strict=True)]
        return Germ(
            disc=self.disc,
            valuation=self.valuation + other.valuation,
            series=self.series * other.series,
            arcs=arcs,
        )

    def times(self, number: int) -> Germ:
        """A multiple."""
        return self * self.disc.constant(arb(number))

    def over(self, other: Germ) -> Germ:
        """A quotient."""
        return self * other.inverse()

    def inverse(self) -> Germ:
        """1 / h, if h vanishes nowhere in the disc but at its center."""
        if _winding(self.arcs) != self.valuation:
            raise TooWideError("a zero of a denominator in the disc")
        arcs = [1 / a for a in self.arcs]
        return Germ(disc=self.disc, valuation=-self.valuation, series=self.series.inv(), arcs=arcs)

    @property
    def regular(self) -> arb_series:
        """The power series of a function without a pole."""
        if self.valuation < 0:
            raise NoSeriesError("a function of a pole")
        return _shifted(self, self.valuation)

    @property
    def first(self) -> arb:
        """The value at the center."""
        return self.regular[0]

    def through(self, series: arb_series, arcs: list[acb]) -> Germ:
        """A function of this one, as its series and its values."""
        return _normal(self.disc, 0, [series[k] for k in range(series.prec)], arcs)


def _ball(value: Any) -> arb:
    return arb(fmpq(int(value.p), int(value.q)))


def _normal(disc: Disc, valuation: int, coefficients: list[arb], arcs: list[acb]) -> Germ:
    """Strip leading zeros."""
    zeros = 0
    while zeros < len(coefficients) and _vanishes(coefficients[zeros], disc.negligible):
        zeros += 1
    if zeros == len(coefficients):
        raise NoSeriesError("a function that vanishes to all orders looked at")
    kept = arb_series(coefficients[zeros:], len(coefficients) - zeros)
    return Germ(disc=disc, valuation=valuation + zeros, series=kept, arcs=arcs)


def _vanishes(value: arb, negligible: int | None) -> bool:
    if not value.contains(0) or value.is_zero():
        return bool(value.is_zero())
    if negligible is None or not value.abs_upper() < arb(2) ** negligible:
        raise VagueError("a coefficient that may be zero")
    return True


def _shifted(germ: Germ, by: int) -> arb_series:
    length = min(germ.series.prec + by, germ.disc.length)
    return arb_series([*[arb(0)] * min(by, length), *(germ.series[k] for k in range(max(length - by, 0)))], length)


def _winding(arcs: list[acb]) -> int:
    """How often values on a circle wind around 0, from those on its upper half."""
    middles = [a.mid() for a in arcs]
    for arc, middle in zip(arcs, middles, strict=True):
        if middle == 0 or not (arc / middle).real > 0:
            raise TooWideError("values too near zero on the circle")
    whole = [*middles, *(m.conjugate() for m in reversed(middles))]
    turns = sum(float((b / a).arg().mid()) for a, b in zip(whole, [*whole[1:], whole[0]], strict=True))
    return round(turns / (2 * math.pi))


def _power(base: Germ, exponent: Any) -> Germ:
    if exponent.is_Integer:
        n = abs(int(exponent))
        raised = base.disc.constant(arb(1))
        for bit in bin(n)[2:]:
            raised = raised * raised * base if bit == "1" else raised * raised
        return raised.inverse() if exponent < 0 else raised
    if not exponent.is_Rational or (base.valuation * exponent.p) % exponent.q:
        raise NoSeriesError("a branch point")
    valuation = base.valuation * exponent.p // exponent.q
    if base.disc.power == 1 and (valuation % 2 or base.valuation % 2):
        raise NoSeriesError("the absolute value of the distance, or not real on one side")
    shifted = [a / w**base.valuation for a, w in zip(base.arcs, base.disc.points, strict=True)]
    series, logarithms = _logarithm(Germ(disc=base.disc, valuation=0, series=base.series, arcs=shifted))
    n = _ball(exponent)
    arcs = [(a * n).exp() * w**valuation for a, w in zip(logarithms, base.disc.points, strict=True)]
    return Germ(disc=base.disc, valuation=valuation, series=(series * n).exp(), arcs=arcs)


def _log(h: Germ) -> Germ:
    return h.through(*_logarithm(h))


def _logarithm(h: Germ) -> tuple[arb_series, list[acb]]:
    """Its series, which may vanish, and its values."""
    if h.valuation != 0 or not h.first > 0:
        raise NoSeriesError("the logarithm of zero, or of a negative number")
    if any(a.imag.contains(0) and not a.real > 0 for a in h.arcs):
        raise TooWideError("the cut of a logarithm")
    return h.regular.log(), [a.log() for a in h.arcs]


def _exp(h: Germ) -> Germ:
    return h.through(h.regular.exp(), [a.exp() for a in h.arcs])


def _entire(name: str) -> Callable[[Germ], Germ]:
    return lambda h: h.through(getattr(h.regular, name)(), [getattr(a, name)() for a in h.arcs])


def _hyperbolic(sign: int) -> Callable[[Germ], Germ]:
    def value(h: Germ) -> Germ:
        series = (h.regular.exp() + sign * (-h.regular).exp()) / 2
        return h.through(series, [a.cosh() if sign > 0 else a.sinh() for a in h.arcs])

    return value


def _quotient(above: Callable[[Germ], Germ] | None, below: Callable[[Germ], Germ]) -> Callable[[Germ], Germ]:
    return lambda h: below(h).inverse() if above is None else above(h).over(below(h))


def _asin(h: Germ) -> Germ:
    if not abs(h.first) < 1:
        raise NoSeriesError("a branch point of the inverse sine")
    if any(a.imag.contains(0) and not abs(a.real) < 1 for a in h.arcs):
        raise TooWideError("a cut of the inverse sine")
    return h.through(h.regular.asin(), [a.asin() for a in h.arcs])


def _acos(h: Germ) -> Germ:
    """pi/2 - asin(h); at the branch point h = 1 as 2 asin(sqrt((1 - h)/2)), at -1 as pi less that."""
    one, half_turn = h.disc.constant(arb(1)), h.disc.constant(arb.pi())
    half = sp.Rational(1, 2)
    if h.first == 1:
        return _asin(_power((one + h.times(-1)) * h.disc.constant(arb(0.5)), half)).times(2)
    if h.first == -1:
        return half_turn + _asin(_power((one + h) * h.disc.constant(arb(0.5)), half)).times(-2)
    return half_turn * h.disc.constant(arb(0.5)) + _asin(h).times(-1)


def _atan(h: Germ) -> Germ:
    if any(a.real.contains(0) and not abs(a.imag) < 1 for a in h.arcs):
        raise TooWideError("a cut of the inverse tangent")
    return h.through(h.regular.atan(), [a.atan() for a in h.arcs])


def _asinh(h: Germ) -> Germ:
    """Its derivative is h' / sqrt(1 + h^2)."""
    if any(a.real.contains(0) and not abs(a.imag) < 1 for a in h.arcs):
        raise TooWideError("a cut of the inverse hyperbolic sine")
    inner = h.regular
    series = (inner.derivative() * (1 + inner * inner).rsqrt()).integral() + arb_series([h.first.asinh()], inner.prec)
    return h.through(series, [a.asinh() for a in h.arcs])


def _acosh(h: Germ) -> Germ:
    """2 asinh(sqrt((h - 1)/2))."""
    return _asinh(_power((h + h.disc.constant(arb(-1))) * h.disc.constant(arb(0.5)), sp.Rational(1, 2))).times(2)


def _atanh(h: Germ) -> Germ:
    """log((1 + h) / (1 - h)) / 2."""
    one = h.disc.constant(arb(1))
    return (_log(one + h) + _log(one + h.times(-1)).times(-1)) * h.disc.constant(arb(0.5))


def _abs(h: Germ) -> Germ:
    """h or -h, where h vanishes nowhere."""
    if h.valuation != 0 or _winding(h.arcs) != 0:
        raise NoSeriesError("the absolute value at a zero")
    return h if h.first > 0 else h.times(-1)


_sin, _cos, _sinh, _cosh = _entire("sin"), _entire("cos"), _hyperbolic(-1), _hyperbolic(1)
_CONSTANTS: dict[Any, Callable[[], arb]] = {
    sp.pi: arb.pi, sp.E: arb.const_e, sp.EulerGamma: arb.const_euler, sp.Catalan: arb.const_catalan,
}  # fmt: skip
_INVERTED: dict[Any, Any] = {sp.tanh: sp.coth, sp.tan: sp.cot}
FUNCTIONS: dict[Any, Callable[[Germ], Germ]] = {
    sp.exp: _exp, sp.log: _log, sp.sin: _sin, sp.cos: _cos, sp.sinh: _sinh, sp.cosh: _cosh,
    sp.tan: _quotient(_sin, _cos), sp.cot: _quotient(_cos, _sin), sp.sec: _quotient(None, _cos),
    sp.csc: _quotient(None, _sin), sp.tanh: _quotient(_sinh, _cosh), sp.coth: _quotient(_cosh, _sinh),
    sp.sech: _quotient(None, _cosh), sp.csch: _quotient(None, _sinh),
    sp.erf: _entire("erf"), sp.erfc: _entire("erfc"), sp.erfi: _entire("erfi"),
    sp.asin: _asin, sp.acos: _acos, sp.atan: _atan, sp.asinh: _asinh, sp.acosh: _acosh, sp.atanh: _atanh, sp.Abs: _abs,
}  # fmt: skip
