"""Rewriting rules of special functions, by their functional equations."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any

import sympy as sp
from flint import fmpq

from derivations.engine.routes.normal_forms.field import Letter, Ratio, UnsupportedError
from derivations.engine.routes.normal_forms.signs import is_real, ratio_nonnegative
from derivations.engine.routes.normal_forms.tower import RULES, Tower
from theory.sums import Inside

MAX_SHIFT = 40


def gamma_of(tower: Tower, x: Ratio) -> Ratio:
    """Gamma(x + n) = x (x + 1) ... (x + n - 1) Gamma(x): the integer part of the constant term is shifted away.

    For x that takes whole values the letter is Gamma(x + 1) = x!, which is finite where x is zero.
    """
    field = tower.field
    number = field.rational(x)
    if number is not None and number.q == 1 and 0 < number <= MAX_SHIFT:
        return field.constant(sp.factorial(int(number.p) - 1).p)
    shift = whole_part(tower, x)
    if number is None and tower.is_integer(field.add(x, field.constant(-shift))):
        shift -= 1
    base = field.add(x, field.constant(-shift))
    if field.rational(base) == 0:
        raise UnsupportedError("a pole of the gamma function")
    result = _gamma_letter(tower, base)
    for step in range(abs(shift)):
        factor = field.add(base, field.constant(step if shift > 0 else -step - 1))
        result = field.multiply(result, factor if shift > 0 else field.inverse(factor))
    return result


def _gamma_letter(tower: Tower, base: Ratio) -> Ratio:
    """Gamma without its shift: sqrt(pi) at 1/2, by reflection or duplication from one in use, or a letter."""
    field = tower.field
    if field.rational(base) == fmpq(1, 2):
        return tower.rational_power(tower.convert(sp.pi), fmpq(1, 2))
    in_use = [argument for (argument,) in tower.arguments_of("gamma")]
    for other in in_use if not any(field.same(base, other) for other in in_use) else ():
        number = field.rational(field.add(base, other))
        if number is not None and number.q == 1:
            return _reflected(tower, base)
        number = field.rational(field.add(base, field.negative(other)))
        if number in (fmpq(1, 2), fmpq(-1, 2)):
            return _duplicated(tower, other, base)
    known = dict.fromkeys(("real", "positive", "nonnegative"), ratio_nonnegative(field, base, strict=True))
    return tower.opaque("gamma", (base,), sp.gamma(field.expression(base), evaluate=False), **known)


def _reflected(tower: Tower, x: Ratio) -> Ratio:
    """Gamma(x) = pi / (sin(pi x) Gamma(1 - x))."""
    field = tower.field
    sine = tower.convert(sp.sin(sp.pi * field.expression(x)))
    partner = gamma_of(tower, field.add(field.one, field.negative(x)))
    return field.multiply(tower.convert(sp.pi), field.inverse(field.multiply(sine, partner)))


def _duplicated(tower: Tower, known: Ratio, x: Ratio) -> Ratio:
    """Gamma(x) = 2^(1 - 2 m) sqrt(pi) Gamma(2 m) / Gamma(known), with m the lesser of x and known = x +- 1/2."""
    field = tower.field
    least = x if field.rational(field.add(known, field.negative(x))) == fmpq(1, 2) else known
    double = field.multiply(field.constant(2), least)
    two = tower.convert(sp.S(2) ** field.expression(field.add(field.one, field.negative(double))))
    root = tower.rational_power(tower.convert(sp.pi), fmpq(1, 2))
    above = field.multiply(field.multiply(two, root), gamma_of(tower, double))
    return field.multiply(above, field.inverse(gamma_of(tower, known)))


def whole_part(tower: Tower, x: Ratio) -> int:
    """The integer below the constant term of an element."""
    if x.den != tower.field.one.den:
        return 0
    constant = x.num.to_dict().get((0,) * len(tower.field.gens), fmpq(0))
    shift = int((constant - (constant - fmpq(int(constant.p) // int(constant.q)))).p)
    if abs(shift) > MAX_SHIFT:
        raise UnsupportedError(f"a function shifted by {shift}")
    return shift


def _gamma(tower: Tower, node: Any) -> Ratio:
    return gamma_of(tower, tower.convert(node.args[0]))


def _factorial(tower: Tower, node: Any) -> Ratio:
    return gamma_of(tower, tower.field.add(tower.convert(node.args[0]), tower.field.one))


def _binomial(tower: Tower, node: Any) -> Ratio:
    """n!/(k! (n - k)!), or the falling factorial for a number k."""
    field = tower.field
    n, k = map(tower.convert, node.args)
    number = field.rational(k)
    if number is not None and number.q == 1 and number <= MAX_SHIFT:
        return _falling(tower, n, int(number.p))
    above = gamma_of(tower, field.add(n, field.one))
    below = gamma_of(tower, field.add(k, field.one))
    rest = gamma_of(tower, field.add(field.add(n, field.negative(k)), field.one))
    return field.multiply(above, field.inverse(field.multiply(below, rest)))


def _falling(tower: Tower, top: Ratio, below: int) -> Ratio:
    field = tower.field
    result = field.one if below >= 0 else field.zero
    for j in range(max(below, 0)):
        result = field.multiply(result, field.add(top, field.constant(-j)))
        result = field.multiply(result, field.constant(fmpq(1, j + 1)))
    return result


def erf_of(tower: Tower, x: Ratio) -> Ratio:
    """erf(-x) = -erf(x): the argument is taken with a positive leading coefficient."""
    field = tower.field
    if x.num.is_zero():
        return field.zero
    if x.num.leading_coefficient() < 0:
        return field.negative(erf_of(tower, field.negative(x)))
    real = is_real(field, x.num) and is_real(field, x.den)
    return tower.opaque("erf", (x,), sp.erf(field.expression(x)), real=real)


def _erf(tower: Tower, node: Any) -> Ratio:
    return erf_of(tower, tower.convert(node.args[0]))


def _erfc(tower: Tower, node: Any) -> Ratio:
    return tower.field.add(tower.field.one, tower.field.negative(_erf(tower, node)))


def _kronecker(tower: Tower, node: Any) -> Ratio:
    """delta depends on the difference alone, and not on its sign."""
    first, second = map(tower.convert, node.args)
    return delta_of(tower, tower.field.add(first, tower.field.negative(second)))


def delta_of(tower: Tower, difference: Ratio) -> Ratio:
    """[d = 0] for an integer d: its own square."""
    if difference.num.is_zero():
        return tower.field.one
    if tower.field.rational(difference) is not None:
        return tower.field.zero
    if difference.num.leading_coefficient() < 0:
        difference = tower.field.negative(difference)
    beyond = (tower.field.add(d, tower.field.constant(-1)) for d in (difference, tower.field.negative(difference)))
    if any(tower.nonnegative(d) for d in beyond):
        return tower.field.zero
    node = sp.KroneckerDelta(tower.field.expression(difference), 0)
    return _idempotent(tower, "delta", (difference,), node)


def _inside(tower: Tower, node: Any) -> Ratio:
    """[low <= i <= high] = [i - low >= 0] [high - i >= 0] for integers."""
    index, low, high = node.args
    lower = step_of(tower, tower.convert(sp.expand(index - low)))
    if high is sp.oo:
        return lower
    return tower.field.multiply(lower, step_of(tower, tower.convert(sp.expand(high - index))))


def step_of(tower: Tower, x: Ratio) -> Ratio:
    """[x >= 0] for an integer x: decided, or 1 - [x = -1] where x >= -1, or a letter that is its own square."""
    field = tower.field
    if tower.nonnegative(x):
        return field.one
    if tower.nonnegative(field.add(field.negative(x), field.constant(-1))):
        return field.zero
    if tower.nonnegative(field.add(x, field.one)):
        return field.add(field.one, field.negative(delta_of(tower, field.add(x, field.one))))
    return _idempotent(tower, "step", (x,), Inside(field.expression(x), 0, sp.oo))


def _idempotent(tower: Tower, head: str, arguments: tuple[Ratio, ...], node: Any) -> Ratio:
    element = tower.opaque(head, arguments, node, real=True, nonnegative=True, integer=True)
    (place,) = tower.field.used(element.num)
    letter: Letter = tower.field.letters[place]
    if letter.relation is None:
        letter.relation = (2, element)
    return element


RULES.update(
    {
        sp.gamma: _gamma, sp.factorial: _factorial, sp.binomial: _binomial, sp.erf: _erf, sp.erfc: _erfc,
        sp.KroneckerDelta: _kronecker, Inside: _inside,
    }
)  # fmt: skip
