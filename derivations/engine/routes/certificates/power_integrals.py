"""Integrals of powers, and those that give gamma and beta functions; every condition is proved on the domain."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import sympy as sp
from flint import fmpq

from derivations.engine.routes.certificates.nonzero import negative, nonzero, positive
from derivations.engine.routes.certificates.shapes import Shape
from derivations.engine.routes.normal_forms.field import Ratio
from derivations.engine.routes.normal_forms.monomials import occurs
from derivations.engine.routes.normal_forms.signs import coefficients_of, ratio_nonnegative
from derivations.engine.routes.normal_forms.special import gamma_of
from derivations.engine.routes.normal_forms.tower import Tower

Ends = tuple[sp.Expr, sp.Expr]


def power_of(tower: Tower, base: Ratio, exponent: Ratio) -> Ratio:
    """base^exponent."""
    number = tower.field.rational(exponent)
    if number is not None:
        return tower.rational_power(base, number)
    node = tower.field.expression(base) ** tower.field.expression(exponent)
    return tower.general_power(base, exponent, node)


def power_integral(tower: Tower, shape: Shape, ends: Ends) -> Ratio | None:
    """The integral of x^p: between finite ends for a whole p >= 0, otherwise where x keeps its sign."""
    field = tower.field
    if not shape.is_plain or not (field.is_zero(shape.linear) and field.is_zero(shape.square)):
        return None
    next_power = field.add(shape.power, field.one)
    number = field.rational(shape.power)
    if number is not None and number.q == 1 and number >= 0:
        return None if any(e.is_infinite for e in ends) else _difference(tower, next_power, ends)
    low, high = ends
    if low == 0 and not high.is_infinite:
        fine = positive(tower, next_power) and ratio_nonnegative(field, tower.convert(high))
        return _scaled_power(tower, next_power, high) if fine else None
    if low.is_infinite or not positive(tower, tower.convert(low)):
        return None
    if high is sp.oo:
        return field.negative(_scaled_power(tower, next_power, low)) if negative(tower, next_power) else None
    if not positive(tower, tower.convert(high)):
        return None
    if number == -1:
        logs = [tower.logarithm(tower.convert(e)) for e in ends]
        return field.add(logs[1], field.negative(logs[0]))
    return _difference(tower, next_power, ends) if nonzero(tower, next_power) else None


def _difference(tower: Tower, power: Ratio, ends: Ends) -> Ratio:
    low, high = (_scaled_power(tower, power, end) for end in ends)
    return tower.field.add(high, tower.field.negative(low))


def _scaled_power(tower: Tower, power: Ratio, end: sp.Expr) -> Ratio:
    """x^p / p."""
    return tower.field.multiply(power_of(tower, tower.convert(end), power), tower.field.inverse(power))


def gamma_integral(tower: Tower, shape: Shape, ends: Ends, x: sp.Symbol) -> Ratio | None:
    """From 0 to infinity: x^p exp(-c x^r), r = 1, 2, ..., is Gamma((p+1)/r) / (r c^((p+1)/r)) for c > 0 and p > -1."""
    field = tower.field
    falling = [(rate, order) for rate, order in ((shape.linear, 1), (shape.square, 2)) if not field.is_zero(rate)]
    falling += [_monomial_exponent(tower, factor, times, x) for factor, times in shape.rest]
    if shape.powers or ends != (0, sp.oo) or len(falling) != 1:
        return None
    ((rate, order),) = falling
    above = field.multiply(field.add(shape.power, field.one), field.constant(fmpq(1, order)))
    if not (negative(tower, rate) and positive(tower, above)):
        return None
    decay = power_of(tower, field.negative(rate), field.negative(above))
    return field.multiply(field.multiply(gamma_of(tower, above), decay), field.constant(fmpq(1, order)))


def _monomial_exponent(tower: Tower, factor: sp.Expr, times: int, x: sp.Symbol) -> tuple[Ratio, int]:
    """c and r of a factor exp(c x^r / n) to the power n; a rate of zero for any other."""
    field = tower.field
    letter = next((c for c in field.letters if c.node == factor and c.kind == "exp"), None)
    (place,) = field.used(tower.convert(x).num)
    parts = coefficients_of(field, letter.content.num, place) if letter is not None else {}
    if letter is None or len(parts) != 1:
        return field.zero, 1
    ((order, coefficient),) = parts.items()
    rate = field.multiply(field.quotient(coefficient, letter.content.den), field.constant(times))
    return (rate, order) if order > 0 and not occurs(field.expression(rate), x) else (field.zero, 1)


def beta_integral(tower: Tower, shape: Shape, ends: Ends, x: sp.Symbol) -> Ratio | None:
    """x^p (A + B x^r)^t from 0 to infinity (A, B > 0), or from 0 to the zero of A + B x^r (A > 0 > B)."""
    field = tower.field
    exponential = not (field.is_zero(shape.linear) and field.is_zero(shape.square))
    if exponential or shape.rest or len(shape.powers) != 1 or ends[0] != 0:
        return None
    base, exponent = shape.powers[0]
    found = _binomial_in(tower, base, x)
    if found is None or not positive(tower, found[0]):
        return None
    constant, slope, order = found
    above = field.multiply(field.add(shape.power, field.one), field.constant(fmpq(1, order)))
    if not positive(tower, above):
        return None
    if ends[1] is sp.oo:
        return _to_infinity(tower, above, exponent, constant, slope, order)
    return _to_zero(tower, above, exponent, constant, slope, order, ends[1])


def _binomial_in(tower: Tower, base: Ratio, x: sp.Symbol) -> tuple[Ratio, Ratio, int] | None:
    """A, B and r of an element A + B x^r."""
    field = tower.field
    (place,) = field.used(tower.convert(x).num)
    parts = coefficients_of(field, base.num, place)
    orders = sorted(set(parts) - {0})
    if 0 not in parts or len(orders) != 1:
        return None
    found = [field.quotient(parts[k], base.den) for k in (0, orders[0])]
    if any(field.letters[i].node.has(x) for part in found for i in (*field.used(part.num), *field.used(part.den))):
        return None
    return found[0], found[1], orders[0]


def _to_infinity(tower: Tower, u: Ratio, exponent: Ratio, a: Ratio, b: Ratio, order: int) -> Ratio | None:
    """A^(u-t) B^(-u) Gamma(u) Gamma(t - u) / (r Gamma(t)) with t = -exponent > u > 0."""
    field = tower.field
    t = field.negative(exponent)
    rest = field.add(t, field.negative(u))
    if not (positive(tower, b) and positive(tower, rest)):
        return None
    gammas = field.multiply(
        field.multiply(gamma_of(tower, u), gamma_of(tower, rest)), field.inverse(gamma_of(tower, t))
    )
    scale = field.multiply(power_of(tower, a, field.negative(rest)), power_of(tower, b, field.negative(u)))
    return field.multiply(field.multiply(scale, gammas), field.constant(fmpq(1, order)))


def _to_zero(tower: Tower, u: Ratio, t: Ratio, a: Ratio, b: Ratio, order: int, end: sp.Expr) -> Ratio | None:
    """A^t h^(r u) Gamma(u) Gamma(t + 1) / (r Gamma(u + t + 1)) with A + B h^r = 0, h > 0 and t > -1."""
    field = tower.field
    if end.is_infinite:
        return None
    high, next_power = tower.convert(end), field.add(t, field.one)
    closes = field.is_zero(field.add(a, field.multiply(b, field.power(high, order))))
    if not (closes and positive(tower, high) and positive(tower, next_power)):
        return None
    below = field.inverse(gamma_of(tower, field.add(u, next_power)))
    gammas = field.multiply(field.multiply(gamma_of(tower, u), gamma_of(tower, next_power)), below)
    scale = field.multiply(power_of(tower, a, t), power_of(tower, high, field.multiply(u, field.constant(order))))
    return field.multiply(field.multiply(scale, gammas), field.constant(fmpq(1, order)))
