"""Gaussian means as balls, from the density itself: no closed form of any moment of one variable is used.

The mean over several variables is expanded into products of one-dimensional integrals; where a quadratic exponent ties
them together, squares are completed. A variable of negative
variance v stands for sqrt(v) x with x a standard normal variable, which is the analytic continuation in v.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any

import sympy as sp
from flint import acb, arb, ctx

from derivations.engine.routes.enclosures.growth import Growth, growth
from derivations.engine.routes.enclosures.lower_bounds import is_real
from derivations.engine.routes.enclosures.points import Frame, UnknownError, VagueError
from derivations.engine.routes.enclosures.quadratic_exponents import quadratic_mean
from derivations.engine.routes.enclosures.quadrature import around_zero, cutoff, integral, tail
from derivations.engine.routes.enclosures.segments import enclosed_integral
from derivations.engine.routes.enclosures.separation import NotSeparableError, Separated, separate
from derivations.engine.routes.enclosures.table import NAN, ball
from derivations.engine.routes.enclosures.trapezoids import grid_mean
from derivations.engine.routes.jumps import without_derivatives
from theory.averages import GaussianMean
from theory.sums import rename

_CANONICAL = sp.Symbol("z\u00b7", real=True)
_CACHE: dict[tuple[Any, ...], acb] = {}
_CACHE_SIZE = 20_000


def gaussian_mean(node: GaussianMean, frame: Frame) -> acb:
    """The mean, from its density.

    Raises
    ------
    UnknownError
        If an integrand has no bound, or ties several variables together in a way that no route follows.
    """
    if not node.ranges and ball(node.variance, frame) == 0:
        return ball(rename(node.body, node.family, sp.Integer(0)), frame)
    body, variables = _peeled(node.written_out(frame.lookup))
    body = without_derivatives(body)
    if not variables:
        return ball(body, frame)
    if len(variables) == 1:
        ((z, variance),) = variables.items()
        return _real_part(_one(body, z, variance, frame), body, variables, frame)
    try:
        terms = separate(body, frozenset(variables))
    except NotSeparableError:
        return _real_part(_tied(body, variables, frame), body, variables, frame)
    return _real_part(_sum_of_products(terms, variables, frame), body, variables, frame)


def _tied(body: Any, variables: dict[sp.Basic, sp.Expr], frame: Frame) -> acb:
    """By the trapezoidal rule where the body is analytic about the real axes, else as an integral of integrals.

    The exponential of a quadratic takes neither.
    """
    sizes = {z: ball(v, frame) for z, v in variables.items()}
    quadratic = quadratic_mean(body, sizes, frame)
    if quadratic is not None:
        return quadratic
    if all(isinstance(z, sp.Symbol) and size.imag == 0 and size.real > 0 for z, size in sizes.items()):
        try:
            return grid_mean(body, {z: size.real for z, size in sizes.items()}, frame)
        except UnknownError:
            pass
    return integral(_with_densities(body, variables), frame)


def _real_part(value: acb, body: Any, variables: dict[sp.Basic, sp.Expr], frame: Frame) -> acb:
    """The mean of what is real is real: its ball need not straddle the cut of a logarithm."""
    inner = frame
    for z, variance in variables.items():
        size = ball(variance, frame)
        inner = inner.along(z, acb(0), imaginary=not (size.imag == 0 and size.real >= 0))
    return acb(value.real) if is_real(body, inner) else value


def _peeled(node: Any) -> tuple[sp.Expr, dict[sp.Basic, sp.Expr]]:
    variables: dict[sp.Basic, sp.Expr] = {}
    while isinstance(node, GaussianMean):
        if any(z in node.variance.free_symbols for z in variables):
            raise UnknownError("a variance that depends on another variable")
        if node.variance.free_symbols & set(variables):
            raise UnknownError("a variance that depends on another variable")
        variables[node.family] = node.variance
        node = node.body
    return node, variables


def _sum_of_products(terms: Separated, variables: dict[sp.Basic, sp.Expr], frame: Frame) -> acb:
    total = acb(0)
    for factors, coefficient in terms.items():
        part = ball(coefficient, frame)
        for z, factor in factors:
            part *= _one(factor, z, variables[z], frame)
        total += part
    return total


def _one(body: Any, z: Any, variance: Any, frame: Frame) -> acb:
    """One variable, remembered when nothing but numbers enters."""
    if body.free_symbols - {z}:
        return _integrate(body, z, ball(variance, frame), frame)
    key = (body.xreplace({z: _CANONICAL}), variance, ctx.prec)
    if variance.free_symbols or key not in _CACHE:
        result = _integrate(body, z, ball(variance, frame), frame)
        if variance.free_symbols:
            return result
        if len(_CACHE) > _CACHE_SIZE:
            _CACHE.clear()
        _CACHE[key] = result
    return _CACHE[key]


def _integrate(body: Any, z: Any, variance: acb, frame: Frame) -> acb:
    """By the density over z where the straight way has no bound or no value, as at singularities."""
    try:
        found = _standard(body, z, variance, frame)
    except VagueError:
        raise
    except UnknownError:
        if not (variance.imag == 0 and variance.real > 0):
            raise
        found = NAN
    positive = variance.imag == 0 and variance.real > 0
    if found.is_finite() or not positive or not isinstance(z, sp.Symbol):
        return found
    size = sp.Dummy("v", positive=True)
    return integral(_with_densities(body, {z: size}), frame.with_value(size, variance))


def _with_densities(body: Any, variables: dict[Any, Any]) -> sp.Integral:
    """The mean as an integral over the lines; the exponents are kept in one function."""
    if not all(isinstance(z, sp.Symbol) for z in variables):
        raise UnknownError("a family of Gaussian variables tied together in one factor")
    exponent = sp.Add(*(-(z**2) / (2 * v) for z, v in variables.items()))
    weight = sp.exp(exponent) / sp.sqrt(sp.Mul(*(2 * sp.pi * v for v in variables.values())))
    return sp.Integral(body * weight, *((z, -sp.oo, sp.oo) for z in variables))


def _standard(body: Any, z: Any, variance: acb, frame: Frame) -> acb:
    """The integral of f(sqrt(v) x) against the standard normal density, with both tails bounded."""
    if variance == 0:
        return ball(body, frame.with_value(z, acb(0)))
    unit = variance.sqrt()
    turned = not bool(unit.imag == 0)
    if turned and variance.imag != 0:
        raise UnknownError("a complex variance")
    inside = frame.along(z, acb(0), imaginary=turned)
    right = _with_density(growth(body, z, inside, unit))
    left = _with_density(growth(body, z, inside, -unit))
    start, stop = cutoff(right), cutoff(left)

    def value(x: acb, analytic: bool) -> acb:
        frame.budget.spend_evaluation()
        density = (-x * x / 2).exp()
        inside = frame.along(z, unit * x, imaginary=turned)
        return density * ball(body, inside, analytic or frame.complex_depth > 0)

    inner = enclosed_integral(value, acb(-stop), acb(start))
    return (inner + around_zero(tail(right, start) + tail(left, stop))) / (2 * arb.pi()).sqrt()


def _with_density(bound: Growth) -> Growth:
    return bound.times(Growth(arb(1), curvature=arb(-1) / 2))
