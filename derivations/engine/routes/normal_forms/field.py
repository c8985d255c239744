"""The field of the exact route: fractions of polynomials over Q in letters, some of which obey relations.

An element is zero if its numerator reduces to zero by relations that are true. Letters need not be independent: a
form that is not zero proves nothing.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import time
from dataclasses import dataclass, field
from math import inf
from typing import Any

import sympy as sp
from flint import fmpq, fmpq_mpoly, fmpq_mpoly_ctx

LETTERS = (40, 160)
"""How many letters a field has room for, at first and where that is too few."""
MAX_TERMS = 4000
MAX_PRODUCT = 400_000
"""Pairs of terms that one multiplication or one greatest common divisor may look at."""
MAX_EXPONENT = 100_000
MAX_FACTORED = 400
"""Terms of a polynomial that may be factored."""


class UnsupportedError(Exception):
    """The exact route has no rule here, or the form grew too large."""


class TooManyLettersError(UnsupportedError):
    """The field has no room for another letter."""


class TooLongError(UnsupportedError):
    """The time for a proof is used up."""


@dataclass(frozen=True)
class Ratio:
    """A numerator and a denominator that is not the zero polynomial."""

    num: fmpq_mpoly
    den: fmpq_mpoly


@dataclass(kw_only=True)
class Letter:
    """A generator of the field.

    Attributes
    ----------
    kind
        symbol, exp, log, root, power, abs, unit, constant, opaque.
    node
        What it stands for, as an expression.
    content
        Kind-dependent: the exponent of an exp, the argument of a log, the base of a root.
    real, nonnegative, positive, integer
        What is known about its value everywhere on the domain.
    bounds
        ``(low, high)`` if it is a real symbol of an interval: rationals or None, and whether each end is open.
    relation
        ``(n, r)``: the n-th power equals the element r.
    """

    kind: str
    node: sp.Expr
    content: Any = None
    real: bool = False
    nonnegative: bool = False
    positive: bool = False
    integer: bool = False
    bounds: tuple[fmpq | None, fmpq | None, bool, bool] | None = None
    relation: tuple[int, Ratio] | None = None


@dataclass
class Field:
    """Letters in order of appearance, and arithmetic with them, until the thread's clock shows ``until``."""

    letters: list[Letter] = field(default_factory=list)
    limit: int = LETTERS[0]
    until: float = inf

    def __post_init__(self) -> None:
        self.context: Any = fmpq_mpoly_ctx.get(("g", self.limit), "lex")
        self.gens = self.context.gens()
        self.one = Ratio(self.context.constant(1), self.context.constant(1))
        self.zero = Ratio(self.context.constant(0), self.context.constant(1))

    def constant(self, value: Any) -> Ratio:
        """A rational number."""
        return Ratio(self.context.constant(fmpq(value)), self.one.den)

    def new(self, letter: Letter) -> int:
        """Add a letter and give its place."""
        if len(self.letters) >= self.limit:
            raise TooManyLettersError(f"more than {self.limit} letters")
        self.letters.append(letter)
        return len(self.letters) - 1

    def letter(self, place: int) -> Ratio:
        """The letter as an element."""
        return Ratio(self.gens[place], self.one.den)

    def check_time(self) -> None:
        """Stop a proof that takes too long.

        Raises
        ------
        TooLongError
            If the time is used up.
        """
        if time.thread_time() > self.until:
            raise TooLongError("a proof takes longer than the time given to it")

    def product(self, x: fmpq_mpoly, y: fmpq_mpoly) -> fmpq_mpoly:
        """The product of two polynomials of moderate length."""
        if len(x) * len(y) > MAX_PRODUCT:
            raise UnsupportedError(f"a product of forms of {len(x)} and {len(y)} terms")
        return x * y

    def add(self, x: Ratio, y: Ratio) -> Ratio:
        """x + y."""
        if x.den == y.den:
            return self.quotient(x.num + y.num, x.den)
        top = self.product(x.num, y.den) + self.product(y.num, x.den)
        return self.quotient(top, self.product(x.den, y.den))

    def negative(self, x: Ratio) -> Ratio:
        """-x."""
        return Ratio(-x.num, x.den)

    def multiply(self, x: Ratio, y: Ratio) -> Ratio:
        """x y."""
        return self.reduced(self.quotient(self.product(x.num, y.num), self.product(x.den, y.den)))

    def inverse(self, x: Ratio) -> Ratio:
        """1 / x.

        Raises
        ------
        UnsupportedError
            If x is zero, or reduces to it.
        """
        x = self.reduced(x)
        if x.num.is_zero():
            raise UnsupportedError("a denominator that is zero")
        return Ratio(x.den, x.num)

    def power(self, x: Ratio, n: int) -> Ratio:
        """x^n for an integer n."""
        if n < 0:
            return self.power(self.inverse(x), -n)
        longest = max(len(x.num), len(x.den))
        if n > MAX_EXPONENT or (longest > 1 and n > 40 and (n > MAX_TERMS or longest**n > MAX_TERMS * 50)):
            raise UnsupportedError(f"a power {n} of a sum of {longest} terms")
        result = self.one
        while n:
            if n & 1:
                result = self.multiply(result, x)
            n >>= 1
            if n:
                x = self.multiply(x, x)
        return result

    def quotient(self, num: fmpq_mpoly, den: fmpq_mpoly) -> Ratio:
        """num / den, in lowest terms unless they are very long."""
        self.check_time()
        if len(num) > MAX_TERMS or len(den) > MAX_TERMS:
            raise UnsupportedError(f"a form of more than {MAX_TERMS} terms")
        if den.is_zero():
            raise UnsupportedError("a denominator that is zero")
        if num.is_zero():
            return self.zero
        if not den.is_constant() and len(num) * len(den) <= MAX_PRODUCT:
            common = num.gcd(den)
            if not common.is_one():
                num, den = num / common, den / common
        lead = den.leading_coefficient()
        return Ratio(num / lead, den / lead) if lead != 1 else Ratio(num, den)

    def reduced(self, x: Ratio) -> Ratio:
        """Apply the relations of the letters, newest first, until none applies."""
        for place in range(len(self.letters) - 1, -1, -1):
            relation = self.letters[place].relation
            if relation is None:
                continue
            order, value = relation
            while x.num.degrees()[place] >= order or x.den.degrees()[place] >= order:
                top, bottom = self._lowered(x.num, place, order, value), self._lowered(x.den, place, order, value)
                if bottom.num.is_zero():
                    raise UnsupportedError("a denominator that is zero by a relation")
                x = self.quotient(self.product(top.num, bottom.den), self.product(top.den, bottom.num))
        return x

    def _lowered(self, poly: fmpq_mpoly, place: int, order: int, value: Ratio) -> Ratio:
        parts: dict[int, dict[Any, Any]] = {}
        for exponents, coefficient in poly.to_dict().items():
            times, rest = divmod(exponents[place], order)
            key = (*exponents[:place], rest, *exponents[place + 1 :])
            group = parts.setdefault(times, {})
            group[key] = group.get(key, fmpq(0)) + coefficient
        most = max(parts, default=0)
        total = self.context.constant(0)
        for times, terms in parts.items():
            total += self.context.from_dict(terms) * value.num**times * value.den ** (most - times)
        return Ratio(total, value.den**most)

    def is_zero(self, x: Ratio) -> bool:
        """Whether x is zero by the relations (sufficient, not necessary)."""
        return bool(self.reduced(x).num.is_zero())

    def same(self, x: Ratio, y: Ratio) -> bool:
        """Whether x equals y by the relations."""
        return self.is_zero(self.add(x, self.negative(y)))

    def used(self, poly: fmpq_mpoly) -> list[int]:
        """The places of the letters that occur."""
        return [i for i, d in enumerate(poly.degrees()) if d > 0]

    def rational(self, x: Ratio) -> fmpq | None:
        """The value of a constant element."""
        if not (x.num.is_constant() and x.den.is_constant()):
            return None
        top = x.num.leading_coefficient() if not x.num.is_zero() else fmpq(0)
        return top / x.den.leading_coefficient()

    def expression(self, x: Ratio) -> sp.Expr:
        """The element as an expression, in its normal form."""
        top, bottom = self.polynomial_expression(x.num), self.polynomial_expression(x.den)
        return top / bottom

    def polynomial_expression(self, poly: fmpq_mpoly) -> sp.Expr:
        """A polynomial in the letters as an expression."""
        terms = [self.monomial_expression(e, c) for e, c in sorted(poly.to_dict().items())]
        return sp.Add(*terms)

    def monomial_expression(self, exponents: tuple[int, ...], coefficient: fmpq) -> sp.Expr:
        """One term as an expression."""
        factors = [self.letters[i].node ** int(e) for i, e in enumerate(exponents) if e]
        return sp.Mul(sp.Rational(int(coefficient.p), int(coefficient.q)), *factors)
