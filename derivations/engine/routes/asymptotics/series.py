"""Finite sums of scales with an error: coefficient times scale, from the largest down, plus O(rest).

Every operation gives a sum that is true as the variable tends to its point: errors are carried along, the terms
dropped are counted in the error, and a division or a root asks for a proof that what leads is not zero.
"""

# pyright: reportOperatorIssue=false, reportArgumentType=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cmp_to_key
from typing import Any

import sympy as sp

from derivations.engine.routes.asymptotics.scale import (
    UNIT,
    Scale,
    Sign,
    UnknownScaleError,
    compare,
    height_of,
    scale_of,
)

WHOLE_POWERS = 6
"""Powers up to this one are multiplied out, without an error of their own."""


class TooFewTermsError(Exception):
    """Everything that was kept canceled: more terms are needed."""


@dataclass(frozen=True)
class Series:
    """Terms ``(scale, coefficient)``, scales falling, and the scale of the error; ``None`` where there is none."""

    terms: tuple[tuple[Scale, Any], ...] = ()
    rest: Scale | None = None

    def scales(self) -> list[Scale]:
        """Scales of which the largest bounds the whole sum."""
        return [*(s for s, _ in self.terms[:1]), *([self.rest] if self.rest is not None else [])]


ZERO = Series()


def constant(value: Any) -> Series:
    """A number that does not depend on the variable."""
    return Series(((UNIT, value),)) if value != 0 else ZERO


def monomial(scale: Scale, coefficient: Any = sp.S.One) -> Series:
    """One term."""
    return Series(((scale, coefficient),))


@dataclass(frozen=True, kw_only=True)
class Algebra:
    """Arithmetic with sums of at most ``count`` terms; ``sign`` proves the signs of coefficients."""

    sign: Sign
    count: int

    def compare(self, first: Scale, second: Scale) -> int:
        """Which scale is larger."""
        return compare(first, second, self.sign)

    def largest(self, scales: Iterable[Scale]) -> Scale | None:
        """The largest of several scales, or ``None`` for none."""
        found: Scale | None = None
        for scale in scales:
            if found is None or self.compare(scale, found) > 0:
                found = scale
        return found

    def collected(self, terms: Iterable[tuple[Scale, Any]], errors: Iterable[Scale]) -> Series:
        """Terms of one scale together, those below the error or beyond the count in the error."""
        rest = self.largest(errors)
        found: list[tuple[Scale, Any]] = []
        for scale, coefficient in _merged(terms):
            if rest is None or self.compare(scale, rest) > 0:
                self._insert(found, scale, coefficient)
        found.sort(key=cmp_to_key(lambda a, b: self.compare(a[0], b[0])), reverse=True)
        if len(found) > self.count:
            return Series(tuple(found[: self.count]), self._with(rest, found[self.count][0]))
        return Series(tuple(found), rest)

    def _insert(self, found: list[tuple[Scale, Any]], scale: Scale, coefficient: Any) -> None:
        """The same scale may be written in two ways."""
        for place, (other, c) in enumerate(found):
            if self.compare(other, scale) == 0:
                found[place] = (other, c + coefficient)
                return
        found.append((scale, coefficient))

    def _with(self, rest: Scale | None, dropped: Scale) -> Scale | None:
        return self.largest([dropped, *([rest] if rest is not None else [])])

    def add(self, *parts: Series) -> Series:
        """The sum."""
        return self.collected((t for p in parts for t in p.terms), (p.rest for p in parts if p.rest is not None))

    def scaled(self, part: Series, factor: Any, scale: Scale = UNIT) -> Series:
        """A number times a scale times the sum."""
        rest = None if part.rest is None else part.rest.times(scale)
        return Series(tuple((s.times(scale), sp.expand(c * factor)) for s, c in part.terms), rest)

    def multiply(self, first: Series, second: Series) -> Series:
        """The product."""
        terms = ((s.times(t), c * d) for s, c in first.terms for t, d in second.terms)
        errors = [first.rest.times(s) for s in second.scales()] if first.rest is not None else []
        errors += [second.rest.times(s) for s in first.scales()] if second.rest is not None else []
        return self.collected(terms, errors)

    def leading(self, part: Series) -> tuple[Scale, Any, int, Series] | None:
        """The largest term that is not zero, its sign, and what follows; ``None`` for zero itself.

        Raises
        ------
        TooFewTermsError
            If nothing stands above the error.
        """
        for place, (scale, coefficient) in enumerate(part.terms):
            found = self.sign(coefficient)
            if found:
                return scale, coefficient, found, Series(part.terms[place + 1 :], part.rest)
        if part.rest is not None:
            raise TooFewTermsError
        return None

    def split(self, part: Series) -> tuple[Series, Any, Series]:
        """What grows, the constant, and what tends to zero with its error.

        Raises
        ------
        TooFewTermsError
            If the error does not tend to zero.
        """
        if part.rest is not None and self.compare(part.rest, UNIT) >= 0:
            raise TooFewTermsError
        placed = [(self.compare(s, UNIT), s, c) for s, c in part.terms]
        large = Series(tuple((s, c) for order, s, c in placed if order > 0))
        small = Series(tuple((s, c) for order, s, c in placed if order < 0), part.rest)
        return large, sp.Add(*(c for order, _, c in placed if order == 0)), small

    def power_series(self, coefficients: list[Any], small: Series) -> Series:
        """The sum of c_k small^k for a function with these Taylor coefficients at zero, ``small`` tending to zero."""
        top = self.largest(small.scales())
        if top is None:
            return constant(coefficients[0])
        if self.compare(top, UNIT) >= 0:
            raise TooFewTermsError
        total, power = constant(coefficients[0]), constant(sp.S.One)
        for c in coefficients[1:]:
            power = self.multiply(power, small)
            total = self.add(total, self.scaled(power, c))
        return self.add(total, Series((), top.power(sp.Integer(len(coefficients)))))

    def power(self, part: Series, exponent: Any) -> Series:
        """A power with a constant exponent: of any sign if it is an integer, else of what is positive in the end."""
        if exponent.is_Integer and 0 < exponent <= WHOLE_POWERS:
            result = part
            for _ in range(int(exponent) - 1):
                result = self.multiply(result, part)
            return result
        found = self.leading(part)
        if found is None:
            return self._power_of_zero(exponent)
        scale, lead, sign, tail = found
        if sign < 0 and not exponent.is_integer:
            raise UnknownScaleError("a power of what is negative")
        small = self.scaled(tail, 1 / lead, scale.power(sp.Integer(-1)))
        coefficients = [sp.ff(exponent, k) / sp.factorial(k) for k in range(self.count + 1)]
        return self.scaled(self.power_series(coefficients, small), lead**exponent, scale.power(exponent))

    def _power_of_zero(self, exponent: Any) -> Series:
        if self.sign(exponent) > 0:
            return ZERO
        raise UnknownScaleError("a power of zero")

    def logarithm(self, part: Series) -> Series:
        """log of what is positive in the end."""
        found = self.leading(part)
        if found is None or found[2] < 0:
            raise UnknownScaleError("the logarithm of what is not positive")
        scale, lead, _, tail = found
        small = self.scaled(tail, 1 / lead, scale.power(sp.Integer(-1)))
        coefficients = [sp.S.Zero, *(sp.Rational((-1) ** (k + 1), k) for k in range(1, self.count + 1))]
        growing = self.collected(((scale_of(height), c) for height, c in scale.logarithm), ())
        return self.add(growing, constant(sp.log(lead)), self.power_series(coefficients, small))

    def exponential(self, part: Series) -> Series:
        """exp: what grows becomes a scale, the constant a factor, the rest a power series."""
        large, middle, small = self.split(part)
        scale = UNIT
        for s, c in large.terms:
            scale = scale.times(Scale.of({height_of(s): c}))
        coefficients = [1 / sp.factorial(k) for k in range(self.count + 1)]
        return self.scaled(self.power_series(coefficients, small), sp.exp(middle), scale)


def _merged(terms: Iterable[tuple[Scale, Any]]) -> list[tuple[Scale, Any]]:
    total: dict[Scale, Any] = {}
    for scale, coefficient in terms:
        total[scale] = total.get(scale, sp.S.Zero) + coefficient
    return [(s, e) for s, c in total.items() if (e := sp.expand(c)) != 0]
