"""Linear operations on elements, monomial by monomial: what a mean, a trace or an integral does with a fraction.

What does not depend on the bound name is pulled out. A denominator that does is split off by partial fractions in one
of its letters, so that fractions which differ by a polynomial differ by terms without that denominator.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import sympy as sp

from derivations.engine.routes.normal_forms.field import Ratio
from derivations.engine.routes.normal_forms.signs import coefficients_of
from derivations.engine.routes.normal_forms.tower import Tower
from theory.averages import FamilyBinder

Factors = list[tuple[sp.Expr, int]]


def occurs(node: Any, name: sp.Basic) -> bool:
    """Whether a symbol or a family occurs in an expression."""
    return name in node.atoms(type(name))


def shadows(body: Any, family: sp.Basic) -> bool:
    """Whether an inner node binds the same family again."""
    return any(family in inner.bound_names for inner in body.atoms(FamilyBinder))


@dataclass(frozen=True)
class Piece:
    """num / (free m rest): ``free`` without the bound name, ``powers`` those of the letters in the monomial m."""

    num: Any
    free: Any
    powers: tuple[int, ...]
    rest: Any


Split = Callable[[Tower, "Piece", set[int]], Iterator["Piece"]]


def over_monomials(
    tower: Tower, element: Ratio, name: sp.Basic, rule: Callable[[Factors], Ratio], split: Split | None = None
) -> Ratio:
    """Apply a linear operation: pull out of each monomial what does not depend on ``name``."""
    field = tower.field
    depends = {i for i, letter in enumerate(field.letters) if occurs(letter.node, name)}
    total = field.zero
    for piece in (split or partial_fractions)(tower, _whole(tower, element, depends), depends):
        below = [(field.letters[i].node, -int(e)) for i, e in enumerate(piece.powers) if e]
        if not piece.rest.is_one():
            below.append((field.polynomial_expression(piece.rest), -1))
        part = _over_numerator(tower, piece.num, depends, lambda inside, below=below: rule(inside + below))
        total = field.add(total, field.quotient(part.num, part.den * piece.free))
    return field.reduced(total)


def _over_numerator(tower: Tower, num: Any, depends: set[int], rule: Callable[[Factors], Ratio]) -> Ratio:
    field, total = tower.field, tower.field.zero
    for exponents, coefficient in num.to_dict().items():
        outside = {tuple(0 if i in depends else e for i, e in enumerate(exponents)): coefficient}
        inside = [(field.letters[i].node, int(e)) for i, e in enumerate(exponents) if e and i in depends]
        part = rule(inside)
        total = field.add(total, field.multiply(Ratio(field.context.from_dict(outside), field.one.den), part))
    return total


def _whole(tower: Tower, element: Ratio, depends: set[int]) -> Piece:
    """The denominator as a factor that is free of the name, a monomial, and a rest."""
    field, den = tower.field, element.den
    none = (0,) * len(field.gens)
    if not depends & set(field.used(den)):
        return Piece(element.num, den, none, field.one.den)
    powers = tuple(min(e[i] for e in den.monoms()) if i in depends else 0 for i in range(len(field.gens)))
    rest = den / field.context.from_dict({powers: 1})
    if not depends & set(field.used(rest)):
        return Piece(element.num, rest, powers, field.one.den)
    free = _content(tower, rest, depends)
    return Piece(element.num, free, powers, rest / free)


def _content(tower: Tower, poly: Any, depends: set[int]) -> Any:
    """The greatest common divisor of the coefficients, which do not contain the name."""
    parts: dict[Any, dict[Any, Any]] = {}
    for exponents, coefficient in poly.to_dict().items():
        key = tuple(e if i in depends else 0 for i, e in enumerate(exponents))
        outside = tuple(0 if i in depends else e for i, e in enumerate(exponents))
        parts.setdefault(key, {})[outside] = coefficient
    common = tower.field.context.constant(0)
    for terms in parts.values():
        common = common.gcd(tower.field.context.from_dict(terms))
    return common


def partial_fractions(tower: Tower, piece: Piece, depends: set[int]) -> Iterator[Piece]:
    """Partial fractions of a piece in one letter of its rest, as far as they exist."""
    place = _main_letter(tower, piece.rest, depends)
    if place is None:
        yield piece
        return
    whole = _whole_part(tower, piece, place)
    if whole is not None:
        first, piece = whole
        yield from partial_fractions(tower, first, depends)
    polar = _pole_at_zero(tower, piece, place, depends)
    if polar is not None:
        first, piece = polar
        yield from partial_fractions(tower, first, depends)
    if not piece.num.is_zero():
        yield from _by_powers(tower, piece, place)


def _by_powers(tower: Tower, piece: Piece, place: int) -> Iterator[Piece]:
    """num / d^k as a sum of c_j / d^j, with every c_j of a lower degree than d."""
    lead, factors = piece.rest.factor()
    if len(factors) != 1 or factors[0][1] == 1:
        yield piece
        return
    ((base, order),) = factors
    left = replace(piece, free=piece.free * lead, rest=base)
    for power in range(int(order), 0, -1):
        whole = _whole_part(tower, left, place)
        last, left = (whole[1], whole[0]) if whole is not None else (left, None)
        if not last.num.is_zero():
            yield replace(last, rest=base**power)
        if left is None:
            return
        left = replace(left, rest=base)
    yield replace(left, rest=tower.field.one.den)


def undivided(tower: Tower, piece: Piece, depends: set[int]) -> Iterator[Piece]:  # noqa: ARG001 (one signature)
    """The fraction as it is."""
    yield piece


def _main_letter(tower: Tower, rest: Any, depends: set[int]) -> int | None:
    """A letter in which the rest has a leading coefficient without the name."""
    field = tower.field
    for place in sorted(depends & set(field.used(rest))):
        parts = coefficients_of(field, rest, place)
        if not depends & set(field.used(parts[max(parts)])):
            return place
    return None


def _whole_part(tower: Tower, piece: Piece, place: int) -> tuple[Piece, Piece] | None:
    """num = q rest + r with r of lower degree: q without the rest, and r over it."""
    field = tower.field
    below = coefficients_of(field, piece.rest, place)
    degree, lead = max(below), below[max(below)]
    num, quotient, scale = piece.num, field.context.constant(0), field.one.den
    while not num.is_zero() and num.degrees()[place] >= degree:
        above = coefficients_of(field, num, place)
        step = above[max(above)] * field.gens[place] ** (max(above) - degree)
        num, quotient, scale = num * lead - step * piece.rest, quotient * lead + step, scale * lead
    if quotient.is_zero():
        return None
    free = piece.free * scale
    return replace(piece, num=quotient, free=free, rest=field.one.den), replace(piece, num=num, free=free)


def _pole_at_zero(tower: Tower, piece: Piece, place: int, depends: set[int]) -> tuple[Piece, Piece] | None:
    """num / (g^k rest) = p / g^k + n / rest, with p of a degree below k in the letter g."""
    field, order = tower.field, piece.powers[place]
    constant = coefficients_of(field, piece.rest, place).get(0)
    if not order or constant is None or depends & set(field.used(constant)):
        return None
    num, polar, scale = piece.num, field.context.constant(0), field.one.den
    for power in range(order):
        lowest = coefficients_of(field, num, place).get(power, field.context.constant(0)) * field.gens[place] ** power
        num, polar, scale = num * constant - lowest * piece.rest, polar * constant + lowest, scale * constant
    free, without = piece.free * scale, (*piece.powers[:place], 0, *piece.powers[place + 1 :])
    regular = replace(piece, num=num / field.gens[place] ** order, free=free, powers=without)
    return replace(piece, num=polar, free=free, rest=field.one.den), regular
