r"""Integrals of x^p exp(a x + b x^2) between any ends, by their antiderivatives, which are entire.

    (x^(p-1) E)' = ((p - 1) x^(p-2) + a x^(p-1) + 2 b x^p) E,      E = exp(a x + b x^2)
    (sqrt(pi/beta)/2 e^(a^2/(4 beta)) erf(sqrt(beta) x - a/(2 sqrt(beta))))' = E,      beta = -b

At an infinite end the boundary terms vanish if b < 0, or if b = 0 and the real part of a has the sign of decay.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import sympy as sp
from flint import fmpq

from derivations.engine.routes.certificates.nonzero import negative, nonzero, positive, real_and_imaginary
from derivations.engine.routes.certificates.shapes import Shape
from derivations.engine.routes.normal_forms.field import Ratio
from derivations.engine.routes.normal_forms.special import erf_of
from derivations.engine.routes.normal_forms.tower import Tower

MAX_POWER = 24
Ends = tuple[sp.Expr, sp.Expr]


def exponential_integral(tower: Tower, shape: Shape, ends: Ends) -> Ratio | None:
    """The integral, or None where a condition is not proved."""
    field = tower.field
    number = field.rational(shape.power)
    if not shape.is_plain or number is None or number.q != 1 or not 0 <= number <= MAX_POWER:
        return None
    if not all(_converges(tower, shape, end) for end in ends):
        return None
    if not field.is_zero(shape.square):
        return _gaussian(tower, int(number.p), shape, ends) if _has_sign(tower, shape.square) else None
    if field.is_zero(shape.linear) or not nonzero(tower, shape.linear):
        return None
    return _exponential(tower, int(number.p), shape, ends)


def _has_sign(tower: Tower, x: Ratio) -> bool:
    return positive(tower, x) or negative(tower, x)


def _converges(tower: Tower, shape: Shape, end: sp.Expr) -> bool:
    """Whether the integrand decays faster than any power at an infinite end."""
    if not end.is_infinite:
        return True
    if not tower.field.is_zero(shape.square):
        return negative(tower, shape.square)
    parts = real_and_imaginary(tower, shape.linear)
    if parts is None:
        return False
    return negative(tower, parts[0]) if end is sp.oo else positive(tower, parts[0])


def _exponential(tower: Tower, power: int, shape: Shape, ends: Ends) -> Ratio:
    """I_p = ([x^p E] - p I_(p-1)) / a."""
    field, over = tower.field, tower.field.inverse(shape.linear)
    result = field.multiply(_boundary(tower, 0, shape, ends), over)
    for p in range(1, power + 1):
        left = field.multiply(field.constant(-p), result)
        result = field.multiply(field.add(_boundary(tower, p, shape, ends), left), over)
    return result


def _gaussian(tower: Tower, power: int, shape: Shape, ends: Ends) -> Ratio:
    """I_p = ([x^(p-1) E] - (p - 1) I_(p-2) - a I_(p-1)) / (2 b)."""
    field = tower.field
    over = field.inverse(field.multiply(field.constant(2), shape.square))
    found = [_error_function(tower, shape, ends)]
    for p in range(1, power + 1):
        total = field.add(
            _boundary(tower, p - 1, shape, ends), field.negative(field.multiply(shape.linear, found[p - 1]))
        )
        if p > 1:
            total = field.add(total, field.multiply(field.constant(1 - p), found[p - 2]))
        found.append(field.multiply(total, over))
    return found[power]


def _error_function(tower: Tower, shape: Shape, ends: Ends) -> Ratio:
    """sqrt(pi/beta)/2 e^(a^2/(4 beta)) [erf(sqrt(beta) x - a/(2 sqrt(beta)))], the same for either root of beta."""
    field, half = tower.field, fmpq(1, 2)
    beta = field.negative(shape.square)
    root = tower.rational_power(beta, half)
    shift = field.multiply(field.multiply(shape.linear, field.constant(half)), field.inverse(root))
    front = field.multiply(tower.rational_power(tower.convert(sp.pi), half), field.inverse(root))
    front = field.multiply(field.multiply(front, field.constant(half)), tower.exponential(field.multiply(shift, shift)))
    values = [_erf_at(tower, root, shift, end) for end in ends]
    return field.multiply(front, field.add(values[1], field.negative(values[0])))


def _erf_at(tower: Tower, root: Ratio, shift: Ratio, end: sp.Expr) -> Ratio:
    if end.is_infinite:
        return tower.field.constant(1 if end is sp.oo else -1)
    place = tower.field.multiply(root, tower.convert(end))
    return erf_of(tower, tower.field.add(place, tower.field.negative(shift)))


def _boundary(tower: Tower, power: int, shape: Shape, ends: Ends) -> Ratio:
    """[x^p E] between the ends."""
    low, high = (_value_at(tower, power, shape, end) for end in ends)
    return tower.field.add(high, tower.field.negative(low))


def _value_at(tower: Tower, power: int, shape: Shape, end: sp.Expr) -> Ratio:
    field = tower.field
    if end.is_infinite:
        return field.zero
    place = tower.convert(end)
    slope = field.add(shape.linear, field.multiply(shape.square, place))
    return field.multiply(field.power(place, power), tower.exponential(field.multiply(slope, place)))
