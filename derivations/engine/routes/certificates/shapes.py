"""What stands under an integral sign: x^p exp(a x + b x^2) times powers of sums and a rest."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from dataclasses import dataclass, replace

import sympy as sp
from flint import fmpq

from derivations.engine.routes.normal_forms.field import Letter, Ratio
from derivations.engine.routes.normal_forms.monomials import Factors, occurs
from derivations.engine.routes.normal_forms.signs import coefficients_of
from derivations.engine.routes.normal_forms.tower import Tower


@dataclass(frozen=True)
class Shape:
    """scale x^power exp(linear x + square x^2), times ``powers`` (base, exponent) and ``rest``, which is no power."""

    power: Ratio
    linear: Ratio
    square: Ratio
    scale: Ratio
    powers: tuple[tuple[Ratio, Ratio], ...] = ()
    rest: tuple[tuple[sp.Expr, int], ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether nothing stands beside the power and the exponential."""
        return not self.powers and not self.rest


def shape_of(tower: Tower, factors: Factors, x: sp.Symbol) -> Shape:
    """Sort the factors of a monomial by what they are as functions of ``x``."""
    zero = tower.field.zero
    shape = Shape(zero, zero, zero, tower.field.one)
    for factor, times in factors:
        shape = _with(tower, shape, factor, times, x)
    return shape


def _with(tower: Tower, shape: Shape, factor: sp.Expr, times: int, x: sp.Symbol) -> Shape:
    field = tower.field
    element = tower.convert(factor)
    letter = single_letter(tower, element)
    number = field.constant(times)
    if letter is None:
        return _with_power(tower, shape, element, number, x)
    if letter.kind == "exp":
        return _with_exponential(tower, shape, letter, times, x)
    if letter.kind == "root" and letter.relation is not None and letter.nonnegative:
        return _with_power(tower, shape, letter.content, field.constant(fmpq(times, letter.relation[0])), x)
    if letter.kind == "power":
        base, exponent = letter.content
        return _with_power(tower, shape, base, field.multiply(exponent, number), x)
    if letter.node == x:
        return replace(shape, power=field.add(shape.power, number))
    return replace(shape, rest=(*shape.rest, (factor, times)))


def single_letter(tower: Tower, element: Ratio) -> Letter | None:
    """The letter that an element is, if it is one."""
    field = tower.field
    used = field.used(element.num)
    if element.den != field.one.den or len(used) != 1 or element.num != field.gens[used[0]]:
        return None
    return field.letters[used[0]]


def _with_power(tower: Tower, shape: Shape, base: Ratio, exponent: Ratio, x: sp.Symbol) -> Shape:
    field = tower.field
    if occurs(field.expression(exponent), x):
        node = field.expression(base) ** field.expression(exponent)
        return replace(shape, rest=(*shape.rest, (node, 1)))
    letter = single_letter(tower, base)
    if letter is not None and letter.node == x:
        return replace(shape, power=field.add(shape.power, exponent))
    return _joined(tower, shape, base, exponent)


def _joined(tower: Tower, shape: Shape, base: Ratio, exponent: Ratio) -> Shape:
    """Powers of one base, or of its negative, are added up; bases with one exponent are multiplied.

    Every base is nonnegative, or its exponent is a whole number: (f g)^c = f^c g^c then.
    """
    field = tower.field
    for place, (other, power) in enumerate(shape.powers):
        rest = (*shape.powers[:place], *shape.powers[place + 1 :])
        if field.same(base, other):
            return _without_trivial(tower, replace(shape, powers=rest), base, field.add(exponent, power))
        if field.same(base, field.negative(other)):
            number = field.rational(exponent)
            if number is not None and number.q == 1:
                scale = field.multiply(shape.scale, field.constant(-1 if number.p % 2 else 1))
                shape = replace(shape, powers=rest, scale=scale)
                return _without_trivial(tower, shape, other, field.add(exponent, power))
        if field.same(exponent, power):
            return _without_trivial(tower, replace(shape, powers=rest), field.multiply(base, other), power)
    return _without_trivial(tower, shape, base, exponent)


def _without_trivial(tower: Tower, shape: Shape, base: Ratio, exponent: Ratio) -> Shape:
    if tower.field.is_zero(exponent):
        return shape
    return replace(shape, powers=(*shape.powers, (base, exponent)))


def _with_exponential(tower: Tower, shape: Shape, letter: Letter, times: int, x: sp.Symbol) -> Shape:
    """exp of a x, of b x^2, or of c log(base), which is a power."""
    field, number = tower.field, tower.field.constant(times)
    parts = quadratic_in(tower, letter.content, x)
    if parts is not None and field.is_zero(parts[0]):
        linear, square = (
            field.add(y, field.multiply(p, number))
            for y, p in zip((shape.linear, shape.square), parts[1:], strict=True)
        )
        return replace(shape, linear=linear, square=square)
    for place in field.used(letter.content.num):
        log = field.letters[place]
        split = coefficients_of(field, letter.content.num, place)
        if log.kind == "log" and log.real and set(split) == {1}:
            exponent = field.multiply(field.quotient(split[1], letter.content.den), number)
            if not occurs(field.expression(exponent), x):
                return _with_power(tower, shape, log.content, exponent, x)
    return replace(shape, rest=(*shape.rest, (letter.node, times)))


def quadratic_in(tower: Tower, content: Ratio, x: sp.Symbol) -> tuple[Ratio, Ratio, Ratio] | None:
    """Coefficients of 1, x and x^2 of an element, if it is a polynomial of degree two and no coefficient has x."""
    field = tower.field
    (place,) = field.used(tower.convert(x).num)
    parts = coefficients_of(field, content.num, place)
    if not set(parts) <= {0, 1, 2}:
        return None
    found = [field.quotient(parts[k], content.den) if k in parts else field.zero for k in (0, 1, 2)]
    used = {i for part in found for i in (*field.used(part.num), *field.used(part.den))}
    if any(occurs(field.letters[i].node, x) for i in used):
        return None
    return found[0], found[1], found[2]
