r"""Means over a standard normal variable made simpler: a Gaussian factor goes into the variance, powers go by parts.

E[exp(b x^2) h(x)] = sqrt(w) E[h(sqrt(w) x)],     w = 1/(1 - 2 b) > 0
E[exp(a x) h(x)] = exp(a^2/2) E[h(x + a)]
E[x h(x)] = E[h'(x)]                               h smooth, with h and h' small against exp(x^2/2)
E[erf(c + b x)] = erf(c / sqrt(1 + 2 b^2))         b real; one Gaussian is the derivative of both by c
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any

import sympy as sp
from flint import fmpq

from derivations.engine.routes.certificates.growth_rates import Growth
from derivations.engine.routes.certificates.nonzero import positive
from derivations.engine.routes.certificates.shapes import Shape
from derivations.engine.routes.normal_forms.field import Ratio
from derivations.engine.routes.normal_forms.monomials import occurs
from derivations.engine.routes.normal_forms.signs import coefficients_of, is_real
from derivations.engine.routes.normal_forms.tower import Tower
from theory.averages import GaussianMean

SMOOTH = (sp.exp, sp.erf, sp.erfc, sp.tanh, sp.sech, sp.cosh, sp.sinh, sp.sin, sp.cos, sp.atan, sp.Add, sp.Mul)


def absorbed_variance(tower: Tower, shape: Shape) -> Ratio | None:
    """w = 1/(1 - 2 b), if that is proved positive."""
    field = tower.field
    width = field.add(field.one, field.multiply(field.constant(-2), shape.square))
    return field.inverse(width) if positive(tower, width) else None


def simpler_mean(tower: Tower, shape: Shape, x: sp.Symbol) -> Ratio | None:
    """The mean through a simpler one, or None."""
    field = tower.field
    if not field.is_zero(shape.square):
        return _into_variance(tower, shape, x)
    number = field.rational(shape.power)
    if number is not None and number.q == 1 and number > 0:
        return _by_parts(tower, shape, x)
    exponentials = _rest(tower, shape).atoms(sp.exp)
    if field.is_zero(shape.linear):
        return _of_error_function(tower, shape, x)
    return None if any(occurs(node, x) for node in exponentials) else _shifted(tower, shape, x)


def _rest(tower: Tower, shape: Shape) -> sp.Expr:
    field = tower.field
    powers = (field.expression(b) ** field.expression(e) for b, e in shape.powers)
    return sp.Mul(field.expression(shape.scale), *powers, *(f**n for f, n in shape.rest))


def _body(tower: Tower, shape: Shape, x: sp.Symbol, power: Ratio) -> sp.Expr:
    """Everything but the Gaussian factor, with another power of x."""
    field = tower.field
    return x ** field.expression(power) * sp.exp(field.expression(shape.linear) * x) * _rest(tower, shape)


def _mean_of(tower: Tower, body: sp.Expr, x: sp.Symbol, variance: sp.Expr) -> Ratio:
    z = sp.Symbol("z\u2032", real=True)
    return tower.convert(GaussianMean(body.xreplace({x: z}), z, variance))


def as_mean(tower: Tower, shape: Shape, x: sp.Symbol) -> Ratio | None:
    """The integral over the line of f(x) exp(-beta x^2), beta > 0, is sqrt(pi/beta) E f at the variance 1/(2 beta)."""
    field, beta = tower.field, tower.field.negative(shape.square)
    if not positive(tower, beta):
        return None
    over = field.inverse(beta)
    variance = field.expression(field.multiply(over, field.constant(fmpq(1, 2))))
    mean = _mean_of(tower, _body(tower, shape, x, shape.power), x, variance)
    front = tower.rational_power(field.multiply(tower.convert(sp.pi), over), fmpq(1, 2))
    return field.multiply(front, mean)


def _into_variance(tower: Tower, shape: Shape, x: sp.Symbol) -> Ratio | None:
    w = absorbed_variance(tower, shape)
    if w is None:
        return None
    mean = _mean_of(tower, _body(tower, shape, x, shape.power), x, tower.field.expression(w))
    return tower.field.multiply(tower.rational_power(w, fmpq(1, 2)), mean)


def _shifted(tower: Tower, shape: Shape, x: sp.Symbol) -> Ratio | None:
    """The shift is real, and what is shifted is smooth on the whole line."""
    field, a = tower.field, shape.linear
    if not (is_real(field, a.num) and is_real(field, a.den)) or not field.is_zero(shape.power):
        return None
    body = _rest(tower, shape)
    if not _is_moderate(tower, x, body):
        return None
    mean = _mean_of(tower, body.xreplace({x: x + field.expression(a)}), x, sp.S.One)
    half = field.multiply(field.multiply(a, a), field.constant(fmpq(1, 2)))
    return field.multiply(tower.exponential(half), mean)


def _of_error_function(tower: Tower, shape: Shape, x: sp.Symbol) -> Ratio | None:
    field = tower.field
    if shape.powers or len(shape.rest) != 1 or not field.is_zero(shape.power):
        return None
    ((factor, times),) = shape.rest
    if times != 1 or not isinstance(factor, sp.erf | sp.erfc):
        return None
    argument = tower.convert(factor.args[0])
    (place,) = field.used(tower.convert(x).num)
    parts = coefficients_of(field, argument.num, place)
    if argument.den.degrees()[place] or not set(parts) <= {0, 1}:
        return None
    center, slope = (field.quotient(parts.get(n, field.zero.num), argument.den) for n in (0, 1))
    if any(occurs(field.expression(part), x) for part in (center, slope)):
        return None
    if not (is_real(field, slope.num) and is_real(field, slope.den)):
        return None
    width = field.add(field.one, field.multiply(field.constant(2), field.multiply(slope, slope)))
    narrowed = field.multiply(center, field.inverse(tower.rational_power(width, fmpq(1, 2))))
    return field.multiply(shape.scale, tower.convert(factor.func(field.expression(narrowed))))


def _by_parts(tower: Tower, shape: Shape, x: sp.Symbol) -> Ratio | None:
    field = tower.field
    rest = _rest(tower, shape)
    slope = sp.diff(rest, x)
    (place,) = field.used(tower.convert(x).num)
    found = tower.convert(slope)
    if found.num.degrees()[place] or found.den.degrees()[place]:
        return None
    body = _body(tower, shape, x, field.add(shape.power, field.constant(-1)))
    derivative = sp.diff(body, x)
    if not _is_moderate(tower, x, body, derivative):
        return None
    return _mean_of(tower, derivative, x, sp.S.One)


def _is_moderate(tower: Tower, x: sp.Symbol, *bodies: sp.Expr) -> bool:
    """Whether all are smooth and small against the inverse of the density."""
    rules = _rules(tower, x)
    return all(_is_smooth(rules, body) and has_mean(tower, x, body) for body in bodies)


def has_mean(tower: Tower, x: sp.Symbol, body: sp.Expr) -> bool:
    """Whether an expression is proved to be small against the inverse of the density."""
    rates = _rules(tower, x).rates(body)
    return rates is not None and all(_positive(tower, 1 - 2 * curvature) for curvature, _ in rates)


def _rules(tower: Tower, x: sp.Symbol) -> Growth:
    return Growth(x, lambda node: _real(tower, node), lambda node: _positive(tower, node))


def _is_smooth(rules: Growth, node: Any) -> bool:
    if rules.name not in node.free_symbols or node == rules.name:
        return True
    if isinstance(node, sp.Pow):
        whole = node.exp.is_Integer and bool(node.exp >= 0)
        return (whole or (node.exp.is_Rational and rules.is_positive(node.base))) and _is_smooth(rules, node.base)
    if isinstance(node, sp.log):
        return rules.is_positive(node.args[0]) and _is_smooth(rules, node.args[0])
    return isinstance(node, SMOOTH) and all(_is_smooth(rules, a) for a in node.args)


def _real(tower: Tower, node: Any) -> bool:
    element = tower.convert(node)
    return is_real(tower.field, element.num) and is_real(tower.field, element.den)


def _positive(tower: Tower, node: Any) -> bool:
    return positive(tower, tower.convert(node))
