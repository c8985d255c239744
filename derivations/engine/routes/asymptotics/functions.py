"""Series of functions: Taylor series where they are analytic, and what is known of them at infinity.

Sources: NIST Digital Library of Mathematical Functions, 7.12 (erfc), 5.11 (log gamma, psi), 5.15 (polygamma).
"""

# pyright: reportOperatorIssue=false, reportArgumentType=false, reportAttributeAccessIssue=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import sympy as sp

from derivations.engine.routes.asymptotics.scale import UNIT, UnknownScaleError
from derivations.engine.routes.asymptotics.series import Algebra, Series, constant

ENTIRE = (sp.sin, sp.cos, sp.sinh, sp.cosh, sp.tanh, sp.sech, sp.erf, sp.erfc, sp.erfi, sp.atan, sp.asinh)
"""Functions analytic at every real number."""
ON_THE_POSITIVE = (sp.gamma, sp.loggamma, sp.digamma, sp.polygamma)
"""Functions analytic at every positive number."""
INSIDE_ONE = (sp.asin, sp.acos, sp.atanh)
"""Functions analytic between -1 and 1."""
BOUNDED = (sp.sin, sp.cos)
"""Functions that oscillate between -1 and 1 far out."""
_W = sp.Dummy("w", real=True)


@cache
def _derivatives(head: Any, count: int) -> tuple[Any, ...]:
    found = [head]
    for _ in range(count):
        found.append(sp.diff(found[-1], _W))
    return tuple(found)


@dataclass(frozen=True, kw_only=True)
class Functions:
    """Functions of a series, in one algebra."""

    algebra: Algebra

    def taylor(self, function: Callable[[Any], Any], middle: Any, small: Series) -> Series:
        """f(c + e) for a function that is analytic at c."""
        found = _derivatives(function(_W), self.algebra.count)
        coefficients = [d.xreplace({_W: middle}).doit() / sp.factorial(k) for k, d in enumerate(found)]
        if any(c.has(sp.nan, sp.zoo, sp.oo) for c in coefficients):
            raise UnknownScaleError("a Taylor coefficient is not finite")
        return self.algebra.power_series(coefficients, small)

    def towards(self, part: Series) -> int:
        """1 or -1 for what tends to plus or minus infinity, 0 for what stays finite."""
        algebra = self.algebra
        for scale, coefficient in part.terms:
            if algebra.compare(scale, UNIT) <= 0:
                return 0
            found = algebra.sign(coefficient)
            if found:
                return found
        return 0

    def eventual_sign(self, part: Series) -> int:
        """The sign that a sum has beside its point; 0 where it is zero there."""
        found = self.algebra.leading(part)
        return 0 if found is None else found[2]

    def inverse(self, part: Series) -> Series:
        """1 over the sum."""
        return self.algebra.power(part, sp.S.NegativeOne)

    def quotient(self, top: Series, bottom: Series) -> Series:
        """One sum over another."""
        return self.algebra.multiply(top, self.inverse(bottom))

    def negative(self, part: Series) -> Series:
        """The opposite."""
        return self.algebra.scaled(part, sp.S.NegativeOne)

    def plus(self, part: Series, number: Any) -> Series:
        """The sum and a number."""
        return self.algebra.add(part, constant(sp.sympify(number, strict=True)))

    def square_root(self, part: Series) -> Series:
        """The square root."""
        return self.algebra.power(part, sp.S.Half)

    def sum_of(self, coefficients: list[tuple[int, Any]], part: Series, error: int) -> Series:
        """The sum of c part^k over pairs (k, c), and an error of the order part^error."""
        terms = [self.algebra.scaled(self.algebra.power(part, sp.Integer(k)), c) for k, c in coefficients]
        top = self.algebra.largest(part.scales())
        return self.algebra.add(*terms, Series((), None if top is None else top.power(sp.Integer(error))))

    # Far out: the argument tends to plus infinity.

    def erfc_far(self, part: Series) -> Series:
        """exp(-u^2)/(u sqrt(pi)) times the sum of (-1)^k (2k-1)!! / (2 u^2)^k."""
        count = self.algebra.count
        pairs = [(-2 * k - 1, (-1) ** k * sp.factorial2(2 * k - 1) / sp.Integer(2) ** k) for k in range(count)]
        tail = self.algebra.scaled(self.sum_of(pairs, part, -2 * count - 1), 1 / sp.sqrt(sp.pi))
        square = self.algebra.multiply(part, part)
        return self.algebra.multiply(self.algebra.exponential(self.negative(square)), tail)

    def log_gamma_far(self, part: Series) -> Series:
        """(u - 1/2) log u - u + log(2 pi)/2 and the sum of B_2k / (2k (2k-1) u^(2k-1))."""
        algebra, count = self.algebra, self.algebra.count
        pairs = [(1 - 2 * k, sp.bernoulli(2 * k) / (2 * k * (2 * k - 1))) for k in range(1, count)]
        main = algebra.multiply(self.plus(part, -sp.S.Half), algebra.logarithm(part))
        middle = constant(sp.log(2 * sp.pi) / 2)
        return algebra.add(main, self.negative(part), middle, self.sum_of(pairs, part, 1 - 2 * count))

    def digamma_far(self, part: Series) -> Series:
        """Log u - 1/(2u) - the sum of B_2k / (2k u^2k)."""
        count = self.algebra.count
        pairs = [(-1, -sp.S.Half), *((-2 * k, -sp.bernoulli(2 * k) / (2 * k)) for k in range(1, count))]
        return self.algebra.add(self.algebra.logarithm(part), self.sum_of(pairs, part, -2 * count))

    def polygamma_far(self, order: int, part: Series) -> Series:
        """(-1)^(n-1) ((n-1)!/u^n + n!/(2 u^(n+1)) + the sum of B_2k (2k+n-1)!/((2k)! u^(2k+n)))."""
        count, n = self.algebra.count, order
        first = [(-n, sp.factorial(n - 1)), (-n - 1, sp.factorial(n) / 2)]
        later = [
            (-2 * k - n, sp.bernoulli(2 * k) * sp.factorial(2 * k + n - 1) / sp.factorial(2 * k))
            for k in range(1, count)
        ]
        return self.algebra.scaled(self.sum_of([*first, *later], part, -2 * count - n), sp.Integer((-1) ** (n - 1)))
