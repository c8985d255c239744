r"""Infinite sums and products as balls, with rigorous bounds for what lies beyond the terms written out.

Terms z^k g(k) with g algebraic go through Lerch's (Hurwitz's for z = 1) zeta function, after an expansion of g about
infinity; terms whose ratio is proved to stay below 1 are summed directly, with a geometric bound of the rest.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import prod
from typing import Any, TypeVar

import sympy as sp
from flint import acb, arb, ctx, fmpq

from derivations.engine.routes.enclosures.germs import INSIDE, Disc, Germ, germ, times
from derivations.engine.routes.enclosures.points import Frame, UnknownError, VagueError
from derivations.engine.routes.enclosures.separation import NotSeparableError, separate
from derivations.engine.routes.enclosures.summands import Shape, summands
from derivations.engine.routes.enclosures.table import NAN, ball

Found = TypeVar("Found")
STARTS = (8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192)
"""Where the terms may be taken to obey their law; the first that can be proved is used."""
STEEP = 0.8
"""Geometric sums with a smaller ratio are summed term by term."""
FARTHER = INSIDE
"""How much farther than the radius of analyticity the expansion is used."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Terms of one shape: ``z^k exp(c k^2)`` times factorials and an algebraic factor.

    Attributes
    ----------
    body
        The terms as an expression.
    index, shape, algebraic, frame
        Their parts, and the point.
    analytic
        Whether balls must refuse what is not analytic.
    """

    body: Any
    index: sp.Symbol
    shape: Shape
    algebraic: Any
    frame: Frame
    analytic: bool

    def at(self, value: int) -> acb:
        """One term."""
        self.frame.spend()
        return ball(self.body, self.frame.with_value(self.index, value), self.analytic)

    @property
    def ratio(self) -> acb:
        """The base z."""
        return ball(self.shape.ratio, self.frame, self.analytic)


def infinite_sum(body: Any, index: sp.Symbol, low: Any, high: Any, frame: Frame, analytic: bool) -> acb:
    """The sum over the index from ``low`` to ``high``, one of them infinite.

    Raises
    ------
    UnknownError
        If no rule proves that it converges.
    """
    if low is sp.S.NegativeInfinity:
        turned = body.xreplace({index: -index})
        if high is not sp.oo:
            return infinite_sum(turned, index, -high, sp.oo, frame, analytic)
        right = infinite_sum(body, index, sp.S.Zero, sp.oo, frame, analytic)
        return right + infinite_sum(turned, index, sp.S.One, sp.oo, frame, analytic)
    if high is not sp.oo or low.is_infinite:
        raise UnknownError(f"no sum from {low} to {high}")
    start = frame.integer(low)
    try:
        return sum((_group(t, start) for t in grouped(body, index, frame, analytic)), start=acb(0))
    except VagueError:
        if frame.complex_depth:
            return NAN  # a large ball of an integration variable: a smaller one may do
        raise


def grouped(body: Any, index: sp.Symbol, frame: Frame, analytic: bool) -> list[Terms]:
    """The terms by their shapes; one group keeps the body as it was written."""
    found = summands(body, index)
    groups = []
    for shape, algebraic in found.items():
        whole = body if len(found) == 1 else _written(shape, algebraic, index)
        groups.append(Terms(body=whole, index=index, shape=shape, algebraic=algebraic, frame=frame, analytic=analytic))
    return groups


def _written(shape: Shape, algebraic: Any, index: sp.Symbol) -> Any:
    factorials = sp.Mul(*(sp.factorial(a) ** p for a, p in shape.factorials))
    return algebraic * factorials * shape.ratio**index * sp.exp(shape.square * index**2)


def _group(terms: Terms, start: int) -> acb:
    if not terms.shape.factorials and terms.shape.square == 0:
        ratio = terms.ratio
        if abs(ratio) < 1 and terms.index not in terms.algebraic.free_symbols:
            return ball(terms.algebraic, terms.frame, terms.analytic) * ratio**start / (1 - ratio)
        if not abs(ratio) < STEEP:
            return _by_expansion(terms, ratio, start)
    return _term_by_term(terms, start)


def _proved(attempt: Callable[[int], Found], start: int) -> Found:
    """The first of the starting places at which an attempt succeeds."""
    reason = UnknownError("no place from which on the terms obey a law")
    for place in STARTS:
        if place <= start:
            continue
        try:
            return attempt(place)
        except UnknownError as error:
            reason = error
    raise reason


def _by_expansion(terms: Terms, ratio: acb, start: int) -> acb:
    """Sum of z^k g(k) from the expansion of g about infinity."""
    if not abs(ratio) <= 1 and not _on_the_circle(terms.shape.ratio, terms.frame):
        raise VagueError("an infinite sum that is not known to converge")
    far, beyond = tail_by_expansion(terms, ratio, start)
    return sum((terms.at(k) for k in range(start, far)), start=acb(0)) + beyond


def tail_by_expansion(terms: Terms, ratio: acb, start: int) -> tuple[int, acb]:
    """A place at or after ``start``, and the sum of z^k g(k) from there."""

    def attempt(place: int) -> acb:
        disc = Disc(radius=1 / arb(place))
        with disc.truncated():
            return _from_germ(germ(terms.algebraic, terms.index, terms.frame, disc), disc, ratio, FARTHER * place)

    return _proved(lambda place: (FARTHER * place, attempt(place)), (start - 1) // FARTHER)


def _on_the_circle(ratio: Any, frame: Frame) -> bool:
    """Whether z = exp(i x) with x certainly real."""
    exponent = ratio.exp if isinstance(ratio, sp.exp) else None
    return exponent is not None and bool(ball(exponent, frame).real == 0)


def _from_germ(given: Germ, disc: Disc, ratio: acb, first: int) -> acb:
    """The sum from ``first`` of z^k k^(-m) U(1/k): zeta functions for the known coefficients, a bound for the rest."""
    least = given.order
    if not least > (1 if ratio.contains(acb(1)) else 0) and not abs(ratio) < 1:
        raise VagueError("an infinite sum that is not known to converge")
    total = acb(0)
    coefficients = given.coefficients()
    for place, coefficient in enumerate(coefficients):
        if coefficient != 0:
            total += coefficient * _zeta(ratio, least + place, first)
    return total + _remainder(given, len(coefficients), disc, first)


def _zeta(ratio: acb, power: fmpq, first: int) -> acb:
    """The sum over k >= first of z^k k^(-s)."""
    if ratio == 1:
        return acb(power).zeta(acb(first))
    return ratio**first * ratio.lerch_phi(acb(power), acb(first))


def _remainder(given: Germ, length: int, disc: Disc, first: int) -> acb:
    """Coefficients from n on are at most M r^(-n); the sum of k^(-s) from N is at most N^(-s) (1 + N / (s - 1))."""
    least = arb(given.order)
    shrink = 1 / (given.radius(disc) * first)
    if not least + length > 2:
        raise UnknownError("too few coefficients for a bound")
    size = given.largest() * arb(first) ** -least * shrink**length / (1 - shrink) * (1 + first / (least + length - 1))
    spread = arb(0, arb(size.upper()))
    return acb(spread, spread)


def _term_by_term(terms: Terms, start: int) -> acb:
    """A direct sum, once the ratio of successive terms is proved to stay below a number below 1."""
    place, bound = _proved(lambda k: (k, ratio_bound(terms, k)), start)
    total, k = acb(0), start
    while True:
        term = terms.at(k)
        if not term.is_finite():
            raise UnknownError(f"the term {k} of an infinite sum is not finite")
        size = arb(abs(term).upper())
        if k >= place and size / (1 - bound) < arb(2) ** (-ctx.prec - 4) * (1 + abs(total).lower()):
            spread = arb(0, arb((size / (1 - bound)).upper()))
            return total + acb(spread, spread)
        total += term
        k += 1


def ratio_bound(terms: Terms, place: int) -> arb:
    """A number below 1 that bounds the ratio of successive terms from ``place`` on.

    Raises
    ------
    UnknownError
        If it is not below 1.
    """
    disc = Disc(radius=1 / arb(place))
    k, frame = terms.index, terms.frame
    with disc.truncated():
        later = terms.algebraic.xreplace({k: k + 1})
        ratio = germ(later / terms.algebraic, k, frame, disc)
        for argument, power in terms.shape.factorials:
            for j in range(1, int(argument.coeff(k)) + 1):
                ratio = times(ratio, germ((argument + j) ** power, k, frame, disc))
    if ratio.order < 0:
        raise VagueError("the terms of an infinite sum grow")
    square = ball(terms.shape.square, frame, terms.analytic).real
    if not square <= 0:
        raise VagueError("the terms of an infinite sum grow")
    gauss = (square * (2 * place + 1)).exp()
    size = abs(terms.ratio) * gauss * ratio.largest() * arb(place) ** -arb(ratio.order)
    if not size < arb("0.99"):
        raise VagueError("an infinite sum that is not known to converge fast enough")
    return arb(size.upper())


def infinite_product(body: Any, index: sp.Symbol, low: Any, frame: Frame, analytic: bool) -> acb:
    """The product over the index from ``low`` to infinity, of factors that tend to 1.

    Raises
    ------
    UnknownError
        If no rule proves that it converges.
    """
    start = frame.integer(low)
    groups = grouped(body - 1, index, frame, analytic)
    factor = Terms(body=body, index=index, shape=Shape(), algebraic=sp.log(body), frame=frame, analytic=analytic)
    if all(g.shape == Shape() for g in groups):
        far, beyond = tail_by_expansion(factor, acb(1), start)
        return prod((factor.at(k) for k in range(start, far)), start=beyond.exp())
    return _product_term_by_term(factor, groups, start)


def _product_term_by_term(factor: Terms, groups: list[Terms], start: int) -> acb:
    """For small w, |log(1 + w)| <= 2 |w|: the factors left out are exp of what 2 S bounds, S the sum of |w|."""
    bounds = [_proved(lambda k, g=g: (k, ratio_bound(g, k)), start) for g in groups]
    total, k = acb(1), start
    while True:
        if all(k >= place for place, _ in bounds):
            rest = sum((abs(g.at(k)) / (1 - r) for g, (_, r) in zip(groups, bounds, strict=True)), start=arb(0))
            if rest < arb(2) ** (-ctx.prec - 4):
                spread = arb(0, arb((2 * rest).upper()))
                return total * acb(spread, spread).exp()
        total *= factor.at(k)
        k += 1


def separated_sum(body: Any, limits: Any, frame: Frame, analytic: bool) -> acb:
    """A sum over several indices with constant limits, as products of sums over one index.

    Raises
    ------
    UnknownError
        If the limits depend on the indices, or a factor ties indices together.
    """
    names = frozenset(limit[0] for limit in limits)
    if len(names) < len(limits) or any(bound.free_symbols & names for limit in limits for bound in limit[1:]):
        raise UnknownError("an infinite sum whose inner limits depend on its index")
    try:
        terms = separate(body, names)
    except NotSeparableError:
        raise UnknownError("an infinite sum over several indices tied together in one factor") from None
    total = acb(0)
    for factors, coefficient in terms.items():
        single = dict(factors)
        part = ball(coefficient, frame, analytic)
        for limit in limits:
            part *= ball(sp.Sum(single.get(limit[0], sp.S.One), limit), frame, analytic)
        total += part
    return total
