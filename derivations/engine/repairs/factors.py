"""What one term of a sum must be multiplied by, read off from values at a few points.

If left = c t + rest at every point with the same simple number c, or with c times a power of one symbol, the term t
has lost a factor, a sign, or should not be there.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations
from typing import Any

import sympy as sp
from flint import acb, arb

from derivations.engine.routes.enclosures.balls import ball
from derivations.engine.routes.enclosures.points import Frame
from theory.domain import Assignment

UNITS = (
    sp.S.One, sp.sqrt(2), sp.pi, 1 / sp.pi, sp.sqrt(sp.pi), 1 / sp.sqrt(sp.pi), sp.sqrt(2 * sp.pi),
    1 / sp.sqrt(2 * sp.pi), sp.sqrt(3), sp.log(2),
)  # fmt: skip
LARGEST = 32
"""Numerators and denominators of the factors that are recognized."""
POWERS = tuple(sp.Rational(n, 2) for n in (2, -2, 1, -1, 4, -4, 3, -3))
CLOSE = 1e-20
MOST_TERMS, MOST_NAMES = 12, 4
Values = list[acb]
Valued = Callable[[Any], Values]
"""The values of an expression at the points of the screen."""


def corrections(left: Values, right: Any, valued: Valued, points: list[Assignment]) -> Iterator[tuple[str, Any]]:
    """Right sides with another factor at the whole or at one term, or with a further number."""
    terms = list(right.args[:MOST_TERMS]) if right.is_Add else []
    parts, total = {term: valued(term) for term in terms}, valued(right)
    names = _names(right, points)
    for powers in (False, True):
        for text, factor in _found(left, total, names, points, powers=powers):
            if factor != 0:
                yield text, factor * right
        for term, values in parts.items():
            wanted = [a - b + c for a, b, c in zip(left, total, values, strict=True)]
            for text, factor in _found(wanted, values, names, points, powers=powers):
                yield said_of_term(text, factor, term), right - term + factor * term
        if not powers:
            for term in _missing(left, total, names, points, powers=False):
                yield f"a further term {term}", right + term


def further_terms(left: Values, right: Any, valued: Valued, points: list[Assignment]) -> Iterator[tuple[str, Any]]:
    """Right sides with a further term: a number times a power of one symbol, or times a product of two."""
    total, names = valued(right), _names(right, points)
    for term in _missing(left, total, names, points, powers=True):
        yield f"a further term {term}", right + term
    for first, second in combinations(names[:MOST_NAMES], 2):
        for product in (first * second, first / second, second / first, first**2 * second, first * second**2):
            missing = [(a - b) / _value(product, p) for a, b, p in zip(left, total, points, strict=True)]
            number = recognized(missing)
            if number is not None and number != 0:
                yield f"a further term {number * product}", right + number * product


def _missing(left: Values, total: Values, names: list[Any], points: list[Assignment], *, powers: bool) -> list[Any]:
    missing = [a - b for a, b in zip(left, total, strict=True)]
    return [term for _, term in _found(missing, [acb(1)] * len(points), names, points, powers=powers) if term != 0]


def said_of_term(text: str, factor: Any, term: Any) -> str:
    """The factor of one term in words."""
    if factor == 0:
        return f"no term {term}"
    return f"{text} {'of' if factor == -1 else 'in'} the term {term}"


def _found(
    wanted: Values, values: Values, names: list[Any], points: list[Assignment], *, powers: bool
) -> Iterator[tuple[str, Any]]:
    """Factors that turn the values into the wanted ones: numbers, or numbers times a power of one symbol."""
    if any(v.contains(acb(0)) for v in values):
        return
    ratios = [w / v for w, v in zip(wanted, values, strict=True)]
    if not powers:
        number = recognized(ratios)
        if number is not None:
            yield said_factor(number), number
        return
    for name in names:
        for power in POWERS:
            scaled = [r / _value(name**power, point) for r, point in zip(ratios, points, strict=True)]
            number = recognized(scaled)
            if number is not None and number != 0:
                yield _said_power(number, name, power), number * name**power


def said_factor(number: Any) -> str:
    """A factor in words."""
    return "the opposite sign" if number == -1 else f"a factor {number}"


def _said_power(number: Any, name: Any, power: Any) -> str:
    if number == 1 and abs(power) == 1:
        return f"one {'more' if power > 0 else 'less'} power of {name}"
    return f"a factor {number * name**power}"


def _names(expression: Any, points: list[Assignment]) -> list[Any]:
    present = {n for point in points for n in point.values if isinstance(n, sp.Symbol)}
    return sorted(
        (n for n in present if all(p.values[n] != 0 for p in points)),
        key=lambda n: (n not in expression.free_symbols, str(n)),
    )


def _value(expression: Any, point: Assignment) -> acb:
    return ball(expression, Frame(free=point))


def recognized(ratios: Values) -> Any | None:
    """The simple number that all the ratios are, if there is one."""
    first = ratios[0]
    if not all(r.is_finite() and r.overlaps(first) for r in ratios) or not first.imag.contains(0):
        return None
    if first.contains(acb(0)):
        return sp.S.Zero if all(_is_small(r) for r in ratios) else None
    for unit in UNITS:
        size = arb(first.real) / ball(unit, Frame(free=lambda name: name)).real
        guess = Fraction(float(size.mid())).limit_denominator(LARGEST) if abs(size) < LARGEST + 1 else None
        if (
            guess
            and abs(guess.numerator) <= LARGEST
            and bool(abs(size - arb(guess.numerator) / guess.denominator) < CLOSE)
        ):
            return sp.Rational(guess.numerator, guess.denominator) * unit
    return None


def _is_small(ratio: acb) -> bool:
    return bool(abs(ratio) < CLOSE)
