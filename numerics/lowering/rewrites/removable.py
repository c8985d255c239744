"""Series about points at which a formula of one quantity is 0/0, or at which its terms cancel."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations
from typing import Any

import sympy as sp
from flint import arb, ctx, fmpq

from derivations.engine.routes.enclosures.balls import precision
from numerics.lowering.rewrites.economized import economized
from numerics.lowering.rewrites.germs import Disc, Germ, NoSeriesError, TooWideError, VagueError
from numerics.lowering.rewrites.screen import DOUBLE, UnknownNodeError, loss, real_ball
from numerics.lowering.rewrites.shared_roots import vanishing_roots
from numerics.lowering.rewrites.terms import argument

NOTICED, ALLOWED = 4.0, 6.0
"""Units in the last place by balls, which overstate the error: what more in a step shows that terms cancel, and what
a formula may lose where no series is used."""
NEAR = (2.0**-26, 2.0**-10)
"""Distances at which a cancellation shows."""
FULL = 0.8090169943749475
"""Times a distance: a number with all its bits in use, so that squares are rounded."""
DISTANCES = tuple(2.0**k for k in range(-30, 4))
LONGEST = 44
"""Coefficients of a series that is worth its while."""
SHORT = 3
"""Coefficients where only the center itself is in need."""
TINY = (2.0**-27, 2.0**-40)
"""Radii there."""
KNOWN, FEW = 120, 16
"""Coefficients that are computed, in general and where few are kept; Cauchy's estimate bounds the rest."""
WIDER, WIDE = (4.0, 2.0, 1.5), (2.0**12, 2.0**8)
"""Circles on which a function is bounded, over the radius in which its series is used, for either."""
BITS, MANY_BITS = 320, 4400
PIECES = 16
LARGEST_SUM = 4.0
"""The sum of the terms' sizes over the size of the sum: what the rounding of Horner's scheme is magnified by."""
HALF_PLACE = 2.0**-55
"""A quarter of a unit in the last place, at least: what the neglected terms may be, relative to the sum."""
SPARE = 16.0
"""How many times less than that is cut off before the series is economized."""


@dataclass(frozen=True, kw_only=True)
class Expansion:
    """A truncated series about a point and where it is used.

    Attributes
    ----------
    center, radius
        Of the quantity: the series is used where |quantity - center| < radius.
    sign, power
        The variable w is the distance itself (1 and 1), or the square root of a side's.
    valuation, stride, coefficients
        w^valuation (c_0 + c_1 w^stride + c_2 w^(2 stride) + ...).
    root
        Of the quantity: a square root in the program that multiplies the series, so that it is computed once for both.
    is_one_sided
        Whether the other side of the center has values, too, of which a series in the square root says nothing.
    """

    center: Any
    radius: float
    sign: int
    power: int
    valuation: int
    stride: int
    coefficients: tuple[float, ...]
    root: sp.Lambda | None = None
    is_one_sided: bool = False

    def form(self, quantity: Any) -> Any:
        """The series in Horner's form."""
        distance = quantity - self.center
        on_side = self.sign * distance
        step = on_side ** sp.Rational(self.stride, self.power) if self.power > 1 else distance**self.stride
        *_, total = _horner(self.coefficients, step)
        factor = on_side ** sp.Rational(self.valuation, self.power) if self.power > 1 else distance**self.valuation
        return factor * total * (self.root(quantity) if self.root else 1)

    def near(self, quantity: Any) -> Any:
        """The condition of its use."""
        distance = quantity - self.center
        is_close = sp.Abs(distance) < sp.Float(self.radius)
        return sp.And(self.sign * distance >= 0, is_close) if self.is_one_sided else is_close


def _horner(coefficients: tuple[float, ...], step: Any) -> Iterator[Any]:
    total = sp.Float(coefficients[-1])
    yield total
    for c in reversed(coefficients[:-1]):
        total = sp.Float(c) + step * total
        yield total


@dataclass(frozen=True, kw_only=True)
class Cure:
    """What series do for a formula.

    Attributes
    ----------
    expansions
        One for each point in need that has one, or for each side of it.
    is_whole
        Whether no point is left over, and each series reaches as far as digits are lost.
    """

    expansions: tuple[Expansion, ...] = ()
    is_whole: bool = True


@lru_cache(maxsize=2048)
def cure(formula: Any, program: Any, quantity: sp.Symbol) -> Cure:
    """The series that a formula of one quantity needs: where, how long, and how far they are used.

    Parameters
    ----------
    formula
        In the quantity alone.
    program
        The same, as it would be computed without them.
    """
    found, is_whole = [], True
    for center in _centers(formula, quantity):
        try:
            reach = _reach(formula, program, quantity, center)
        except UnknownNodeError:
            return Cure(is_whole=False)
        expansions = [] if reach is None else _expanded(formula, program, quantity, center, reach)
        found += [e for e in expansions if reach or e.valuation >= 0]  # a pole is infinite in the formula, too
        is_whole &= not reach or any(e.radius >= reach / 8 for e in expansions)
    return Cure(expansions=tuple(found), is_whole=is_whole)


def _centers(formula: Any, quantity: sp.Symbol) -> list[Any]:
    """0, the rational roots of linear and quadratic polynomials inside, and where logarithms of them vanish.

    The middle of two roots, too, about which formulas of both are often even.
    """
    found: list[Any] = [sp.S.Zero]
    nodes: list[Any] = list(sp.preorder_traversal(formula))
    for node in nodes:
        if isinstance(node, sp.Add) and node.is_polynomial(quantity):
            found += _roots(node, quantity)
        elif isinstance(node, sp.log) and argument(node).is_polynomial(quantity):
            found += _roots(argument(node) - 1, quantity)
        elif isinstance(node, sp.acos | sp.asin | sp.acosh | sp.atanh) and argument(node).is_polynomial(quantity):
            found += _roots(argument(node) - 1, quantity) + _roots(argument(node) + 1, quantity)
    found += [(a + b) / 2 for a, b in combinations(dict.fromkeys(found), 2)]
    return [c for c in dict.fromkeys(found) if _inside(c, quantity)]


def _roots(polynomial: Any, quantity: sp.Symbol) -> list[Any]:
    if not polynomial.has(quantity):
        return []
    terms = sp.Poly(polynomial, quantity)
    if terms.degree() > 2 or not all(c.is_Rational for c in terms.all_coeffs()):
        return []
    return sorted(r for r in sp.roots(terms) if r.is_Rational)


def _inside(center: Any, quantity: sp.Symbol) -> bool:
    if center == 0:
        return True
    return not ((quantity.is_nonnegative and center < 0) or (quantity.is_nonpositive and center > 0))


def _sides(center: Any, quantity: sp.Symbol) -> tuple[int, ...]:
    if center == 0 and quantity.is_nonnegative:
        return (1,)
    return (-1,) if center == 0 and quantity.is_nonpositive else (1, -1)


def _reach(formula: Any, program: Any, quantity: sp.Symbol, center: Any) -> float | None:
    """The distance from the center from which on the program is accurate; 0 if it fails at the center only.

    None where nothing is wrong.
    """

    def lost(distance: float) -> float:
        points = [arb(float(center) + side * distance * FULL) for side in _sides(center, quantity)]
        sides = [loss(program, formula, quantity, point) for point in points]
        return max((x for x in sides if not math.isnan(x)), default=math.nan)

    steps = 3 + sum(bool(node.args) for node in set(sp.preorder_traversal(program)))
    near = [lost(d) for d in NEAR]
    if all(math.isnan(x) for x in near):
        return None
    if not any(x > NOTICED * steps for x in near):
        return 0.0 if _is_lost(program, quantity, center) else None
    losses = [lost(d) for d in DISTANCES]
    limit = max(ALLOWED, 1.5 * min(x for x in losses if not math.isnan(x)))
    beyond = [d for d, x in zip(DISTANCES, losses, strict=True) if x > limit]
    return max(d for d in beyond) * 2 * FULL if beyond else 0.0


def _is_lost(program: Any, quantity: sp.Symbol, center: Any) -> bool:
    middle = arb(fmpq(int(center.p), int(center.q)))
    with precision(DOUBLE):
        return not real_ball(program, {quantity: middle}).is_finite()


def _expanded(formula: Any, program: Any, quantity: sp.Symbol, center: Any, reach: float) -> list[Expansion]:
    """Series that reach as far as asked for, or as far as they are not too long: one, or one for each side, or none."""
    with suppress(NoSeriesError, ZeroDivisionError):
        return [_of_kind(formula, quantity, center, reach, 1, 1)]
    sides = [_on_side(formula, program, quantity, center, reach, sign) for sign in _sides(center, quantity)]
    return [e for e in sides if e is not None]


def _on_side(formula: Any, program: Any, quantity: sp.Symbol, center: Any, reach: float, sign: int) -> Expansion | None:
    """A series in the square root of the distance."""
    for root in [*vanishing_roots(program, quantity, center), None]:
        try:
            found = _of_kind(formula / root if root else formula, quantity, center, reach, sign, 2)
        except (NoSeriesError, ZeroDivisionError):
            continue
        if root is not None and (found.valuation % 2 or found.stride != 2):
            continue  # the distance itself should be left, not its root
        other = float(center) - sign * found.radius * FULL / 2
        is_one_sided = len(_sides(center, quantity)) > 1 and not math.isnan(
            loss(program, formula, quantity, arb(other))
        )
        return replace(found, root=sp.Lambda(quantity, root) if root else None, is_one_sided=is_one_sided)
    return None


def _of_kind(formula: Any, quantity: sp.Symbol, center: Any, reach: float, sign: int, power: int) -> Expansion:
    radii = [reach / 1.7**k for k in range(8)] if reach else list(TINY)
    for radius in radii:
        found = _inside_radius(formula, quantity, center, radius, sign, power)
        if found is not None and len(found.coefficients) <= (LONGEST if reach else SHORT):
            return found
    raise NoSeriesError("no series is short enough")


def _inside_radius(
    formula: Any, quantity: sp.Symbol, center: Any, radius: float, sign: int, power: int
) -> Expansion | None:
    inner = radius ** (1 / power)
    circles, length = (WIDE, FEW) if radius <= TINY[0] else (WIDER, KNOWN)
    for wider in circles:
        disc = Disc(center=center, radius=wider * inner, length=length, sign=sign, power=power)
        try:
            germ = _germ(formula, quantity, disc)
        except TooWideError:
            continue
        return _truncated(germ, center, radius)
    return None


def _germ(formula: Any, quantity: sp.Symbol, disc: Disc) -> Germ:
    """The germ in a precision that tells its leading coefficients from zero.

    A coefficient that cannot be told from zero belongs to a power of w below the leading one by a few: doubles have
    |w| > 2^-1075 about zero and |w| > 2^-60 about other points, which says how small it must be to be negligible.
    """
    before, ctx.cap = ctx.cap, disc.length
    try:
        with precision(BITS):
            return replace(disc, negligible=None if disc.center == 0 else -BITS + 60).germ(formula, quantity)
    except VagueError:
        with precision(MANY_BITS):
            return replace(disc, negligible=-MANY_BITS + 600).germ(formula, quantity)
    finally:
        ctx.cap = before


def _truncated(germ: Germ, center: Any, radius: float) -> Expansion | None:
    disc, n = germ.disc, germ.series.prec
    inner = radius ** (1 / disc.power)
    with precision(BITS):
        coefficients = [germ.series[k] for k in range(n)]
        sizes = [float(c.abs_upper()) * inner**k for k, c in enumerate(coefficients)]
        ratio = inner / disc.radius
        bound = max(float(a.abs_upper()) for a in germ.arcs) * disc.radius**-germ.valuation
        smallest = _smallest(coefficients, inner, disc.power) - bound * ratio**n / (1 - ratio)
        if not smallest > 0 or sum(sizes) > LARGEST_SUM * smallest:
            return None
        stride = 2 if all(c.contains(0) for c in coefficients[1::2]) else 1
        allowed = HALF_PLACE * smallest
        n, left = _cut(sizes, bound * ratio**n / (1 - ratio), allowed / SPARE)
        if left >= allowed:
            return None
        reach = inner**stride
        low = -reach if disc.power == stride == 1 else 0.0
        kept = economized(coefficients[:n:stride], low, reach, allowed - left)
    return Expansion(
        center=center, radius=radius, sign=disc.sign, power=disc.power, valuation=germ.valuation, stride=stride,
        coefficients=tuple(0.0 if c.contains(0) else float(c.mid()) for c in kept),
    )  # fmt: skip


def _cut(sizes: list[float], beyond: float, allowed: float) -> tuple[int, float]:
    """How many coefficients to keep of a series, and a bound of what is left out."""
    n, left = len(sizes), beyond
    while n > 1 and left + sizes[n - 1] < allowed:
        n -= 1
        left += sizes[n]
    return n, left


def _smallest(coefficients: list[arb], inner: float, power: int) -> float:
    """A lower bound of the sum of the coefficients' powers over the interval."""
    lowest, pieces = math.inf, 2 * PIECES if power == 1 else PIECES
    for k in range(pieces):
        x = arb((2 * k + 1) * inner / (2 * PIECES) - (inner if power == 1 else 0), 1.001 * inner / (2 * PIECES))
        total = arb(0)
        for c in reversed(coefficients):
            total = c + x * total
        lowest = min(lowest, float(abs(total).lower()))
    return lowest
