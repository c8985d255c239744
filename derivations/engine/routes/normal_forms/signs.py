"""Proofs that a polynomial in the letters is nonnegative, or positive, everywhere on the domain."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from math import prod
from typing import Any

from flint import fmpq, fmpq_mpoly

from derivations.engine.routes.normal_forms.field import Field, Letter, Ratio

MOST_TERMS = 20_000
"""Terms that the variables of intervals may have when they are changed."""


def is_real(field: Field, poly: fmpq_mpoly) -> bool:
    """Whether every letter of the polynomial is real."""
    return all(field.letters[i].real for i in field.used(poly))


def nonnegative(field: Field, poly: fmpq_mpoly, *, strict: bool = False) -> bool:
    """Whether the polynomial is proved to be >= 0 (``strict``: > 0) on the whole domain."""
    if poly.is_zero():
        return not strict
    if not is_real(field, poly):
        return False
    if _by_terms(field, poly, frozenset(), strict=strict):
        return True
    mapped, moved, closed = _mapped(field, poly)
    if not (moved and _by_terms(field, mapped, moved, strict=strict)):
        return False
    return not strict or all(nonnegative(field, face, strict=True) for face in closed)


def ratio_nonnegative(field: Field, x: Ratio, *, strict: bool = False) -> bool:
    """Whether a fraction is proved to be >= 0 or > 0, where it is defined."""
    product = field.reduced(Ratio(x.num * x.den, field.one.den))
    return nonnegative(field, product.num, strict=strict) if product.den == field.one.den else False


def _by_terms(field: Field, poly: fmpq_mpoly, moved: frozenset[int], *, strict: bool) -> bool:
    """Every term is a positive coefficient times squares and nonnegative letters."""
    found = False
    for exponents, coefficient in poly.to_dict().items():
        if coefficient < 0:
            return False
        parts = [(i, e) for i, e in enumerate(exponents) if e]
        if not all(_is_nonnegative(field.letters[i], e, i in moved) for i, e in parts):
            return False
        found |= all(_is_positive(field.letters[i], i in moved) for i, _ in parts)
    return found or not strict


def _is_nonnegative(letter: Letter, exponent: int, moved: bool) -> bool:
    return moved or letter.nonnegative or letter.positive or exponent % 2 == 0


def _is_positive(letter: Letter, moved: bool) -> bool:
    """After the change of variable a letter runs over t >= 0, with t = 0 only if its end is closed."""
    if moved:
        return letter.bounds is not None and (letter.bounds[3] if letter.bounds[0] is None else letter.bounds[2])
    return letter.positive


def _mapped(field: Field, poly: fmpq_mpoly) -> tuple[fmpq_mpoly, frozenset[int], list[fmpq_mpoly]]:
    """Each symbol of an interval becomes lo + t, hi - t or (lo + hi t)/(1 + t), with t >= 0.

    The last form leaves out a closed upper end: what the polynomial is there stands in the list.
    """
    whole, moved, closed = poly, [], []
    letters = {place: field.letters[place].bounds for place in field.used(poly)}
    ranges = {i: b for i, b in letters.items() if b is not None and (b[0] is not None or b[1] is not None)}
    if _terms_when_moved(poly, ranges) > MOST_TERMS:
        return poly, frozenset(), []
    for place, bounds in ranges.items():
        poly = _moved(field, poly, place, bounds)
        moved.append(place)
        if bounds[0] is not None and bounds[1] is not None and not bounds[3]:
            closed.append(_at_upper_end(field, whole, place, bounds[1]))
    return poly, frozenset(moved), closed


def _terms_when_moved(poly: fmpq_mpoly, ranges: dict[int, Any]) -> int:
    """A bound on the number of terms of the polynomial with these letters changed."""
    degrees = poly.degrees()

    def spread(place: int, exponent: int) -> int:
        low, high, *_ = ranges[place]
        whole = exponent if low != 0 and high != 0 else 0
        return 1 + (degrees[place] if None not in (low, high) else whole)

    return sum(prod(spread(i, exponents[i]) for i in ranges) for exponents in poly.monoms())


def _at_upper_end(field: Field, poly: fmpq_mpoly, place: int, high: fmpq) -> fmpq_mpoly:
    parts = coefficients_of(field, poly, place).items()
    return sum((part * high**power for power, part in parts), start=field.context.constant(fmpq(0)))


def _moved(field: Field, poly: fmpq_mpoly, place: int, bounds: tuple[Any, Any, bool, bool]) -> fmpq_mpoly:
    low, high = bounds[0], bounds[1]
    t, one = field.gens[place], field.one.den
    degree = poly.degrees()[place]
    if low is None:
        top, bottom = high - t, one
    elif high is None:
        top, bottom = low + t, one
    else:
        top, bottom = low + high * t, one + t
    total = field.context.constant(fmpq(0))
    for power, part in coefficients_of(field, poly, place).items():
        total += part * top**power * bottom ** (degree - power)
    return total


def coefficients_of(field: Field, poly: fmpq_mpoly, place: int) -> dict[int, fmpq_mpoly]:
    """The polynomial as one in a single letter: power -> coefficient."""
    parts: dict[int, dict[Any, Any]] = {}
    for exponents, coefficient in poly.to_dict().items():
        rest = (*exponents[:place], 0, *exponents[place + 1 :])
        parts.setdefault(exponents[place], {})[rest] = coefficient
    return {power: field.context.from_dict(terms) for power, terms in parts.items()}
