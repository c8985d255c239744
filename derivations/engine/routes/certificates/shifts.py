r"""How an element goes on in a size n: a linear recurrence sum_j a_j f(n + j) = 0, by linear algebra over its letters.

Monomials in the letters that depend on n are the coordinates of f(n), f(n + 1), ...; the first of these vectors that
depends on those before it, over the fractions in n and in what does not depend on it, gives the coefficients a_j.
"""

# pyright: reportArgumentType=false

from __future__ import annotations

from typing import Any

import sympy as sp
from flint import fmpq, fmpq_poly

from derivations.engine.routes.certificates.nonzero import nonzero
from derivations.engine.routes.normal_forms.field import Field, Letter, Ratio, UnsupportedError
from derivations.engine.routes.normal_forms.signs import coefficients_of
from derivations.engine.routes.normal_forms.tower import Tower
from theory.sums import rename

MAX_ORDER = 6
MAX_COORDINATES = 60
Coordinates = dict[tuple[int, ...], Ratio]
"""Coefficients by the exponents of the letters that depend on n."""


class LaterError(Exception):
    """What is to be proved for all sizes holds from the size ``start`` on."""

    def __init__(self, start: int) -> None:
        super().__init__(start)
        self.start = start


def require_never_zero(tower: Tower, x: Ratio, name: sp.Symbol) -> bool:
    """Whether no factor of a polynomial has a zero at any size in the tower's domain.

    Raises
    ------
    LaterError
        If factors in the size alone have whole roots, and only these stand in the way.
    """
    (place,) = tower.field.used(tower.convert(name).num)
    least = int(tower.domain.sets[name].inf)
    start = least
    for factor, _ in x.num.factor()[1]:
        if nonzero(tower, Ratio(factor, tower.field.one.den)):
            continue
        if tower.field.used(factor) != [place]:
            return False
        start = max([start, *(root + 1 for root in _whole_roots(tower.field, factor, place))])
    if start > least:
        raise LaterError(start)
    return not x.num.is_zero()


def _whole_roots(field: Field, factor: Any, place: int) -> list[int]:
    """The integers at which a polynomial in one letter vanishes."""
    parts = coefficients_of(field, factor, place)
    coefficients = [parts[k].leading_coefficient() if k in parts else fmpq(0) for k in range(max(parts) + 1)]
    roots = (-f[0] / f[1] for f, _ in fmpq_poly(coefficients).factor()[1] if f.degree() == 1)
    return [int(r.p) for r in roots if r.q == 1]


def require_length(length: sp.Expr, name: sp.Symbol) -> None:
    """Put the start off to where a length that may be negative at the first sizes is not.

    Raises
    ------
    LaterError, UnsupportedError
        Always: the second where the length is not the size and a number.
    """
    start = sp.expand(name - length)
    if not start.is_Integer:
        raise UnsupportedError(f"a range whose length {length} may be negative")
    raise LaterError(int(start))


class Shift:
    """What n -> n + 1 does to the letters of a tower."""

    def __init__(self, tower: Tower, name: sp.Symbol) -> None:
        self.tower, self.name = tower, name
        self.images: dict[Any, Ratio] = {}
        """The elements that take the place of letters, by their nodes; given for letters without a rule."""

    def moves(self, letter: Letter) -> bool:
        """Whether a letter depends on n and is not n itself."""
        return letter.node != self.name and (letter.node in self.images or self.name in letter.node.free_symbols)

    def __call__(self, x: Ratio) -> Ratio:
        """The element at n + 1."""
        field = self.tower.field
        top, bottom = (self._moved(poly) for poly in (x.num, x.den))
        return field.multiply(top, field.inverse(bottom))

    def _moved(self, poly: Any) -> Ratio:
        field = self.tower.field
        moving = [letter.node == self.name or self.moves(letter) for letter in field.letters]
        groups: dict[tuple[int, ...], dict[Any, Any]] = {}
        for exponents, coefficient in poly.to_dict().items():
            key = tuple(int(e) if m else 0 for e, m in zip(exponents, moving, strict=False))
            still = tuple(0 if i < len(moving) and moving[i] else e for i, e in enumerate(exponents))
            groups.setdefault(key, {})[still] = coefficient
        total = field.zero
        for key, terms in groups.items():
            part = Ratio(field.context.from_dict(terms), field.one.den)
            for place, power in enumerate(key):
                if power:
                    part = field.multiply(part, field.power(self._image(field.letters[place].node), power))
            total = field.add(total, part)
        return total

    def _image(self, node: Any) -> Ratio:
        if node not in self.images:
            self.images[node] = self.tower.convert(rename(node, self.name, self.name + 1))
        return self.images[node]


def recurrence(shift: Shift, element: Ratio) -> tuple[Ratio, ...]:
    """Polynomials a_0, ..., a_J, not all zero, with sum_j a_j f(n + j) = 0; empty if none of low order was found."""
    field = shift.tower.field
    members: list[Ratio] = []
    echelon: list[tuple[tuple[int, ...], Coordinates, list[Ratio]]] = []
    for order in range(MAX_ORDER + 1):
        members.append(shift(members[-1]) if members else element)
        found = _coordinates(shift, members[-1])
        if found is None or len(found) > MAX_COORDINATES:
            return ()
        vector: Coordinates = found
        weights = [field.zero] * order + [field.one]
        for pivot, row, before in echelon:
            if pivot in vector:
                scale = field.negative(field.multiply(vector[pivot], field.inverse(row[pivot])))
                vector = _sum(field, vector, scale, row)
                weights = [
                    field.add(w, field.multiply(scale, before[i])) if i < len(before) else w
                    for i, w in enumerate(weights)
                ]
        if not vector:
            return _checked(field, _without_denominators(field, weights), members)
        pivot = min(vector, key=lambda k, of=vector: (len(of[k].num) + len(of[k].den), k))
        echelon.append((pivot, vector, weights))
    return ()


def _coordinates(shift: Shift, element: Ratio) -> Coordinates | None:
    """By monomials in the letters that move; None where these stand in a denominator that is no monomial."""
    field = shift.tower.field
    moving = [shift.moves(letter) for letter in field.letters]
    inside = lambda e: tuple(int(n) for n, m in zip(e, moving, strict=False) if m)  # noqa: E731
    below = {inside(e) for e in element.den.monoms()}
    if len(below) != 1:
        return None
    (least,) = below
    power = tuple(int(n) if i < len(moving) and moving[i] else 0 for i, n in enumerate(element.den.monoms()[0]))
    free = element.den / field.context.from_dict({power: 1})
    parts: dict[tuple[int, ...], dict[Any, Any]] = {}
    for exponents, coefficient in element.num.to_dict().items():
        key = tuple(n - s for n, s in zip(inside(exponents), least, strict=True))
        rest = tuple(0 if i < len(moving) and moving[i] else n for i, n in enumerate(exponents))
        parts.setdefault(key, {})[rest] = coefficient
    return {_padded(k): field.quotient(field.context.from_dict(t), free) for k, t in parts.items()}


def _padded(exponents: tuple[int, ...]) -> tuple[int, ...]:
    """Without zeros at the end: letters that come later have none."""
    while exponents and exponents[-1] == 0:
        exponents = exponents[:-1]
    return exponents


def _sum(field: Field, vector: Coordinates, scale: Ratio, row: Coordinates) -> Coordinates:
    total = dict(vector)
    for key, value in row.items():
        total[key] = field.reduced(field.add(total.get(key, field.zero), field.multiply(scale, value)))
    return {k: v for k, v in total.items() if not v.num.is_zero()}


def _without_denominators(field: Field, weights: list[Ratio]) -> tuple[Ratio, ...]:
    common = field.one.den
    for weight in weights:
        common = field.product(common, weight.den / common.gcd(weight.den))
    return tuple(field.quotient(field.product(w.num, common / w.den), field.one.den) for w in weights)


def _checked(field: Field, coefficients: tuple[Ratio, ...], members: list[Ratio]) -> tuple[Ratio, ...]:
    """The coefficients, if the combination vanishes as it stands."""
    total = field.zero
    for coefficient, member in zip(coefficients, members, strict=True):
        total = field.add(total, field.multiply(coefficient, member))
    return coefficients if field.is_zero(total) else ()
