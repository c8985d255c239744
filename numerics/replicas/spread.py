"""A Gaussian mean in three forms: E f(s z + r) with z ~ N(0, 1), E f(x + r) with x ~ N(0, s^2), or over u = s z + r.

The first form has a limit as the temperature vanishes, the second one keeps its digits as the variance vanishes, and
the third one, an integral, resolves an f that is a narrow peak in z.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.averages import GaussianMean
from theory.sums import rename


def in_unit_variables(expression: Any) -> Any:
    """The same with means over standard normal variables alone."""
    return expression.replace(lambda node: isinstance(node, GaussianMean) and node.variance != 1, _unit)


def _unit(node: Any) -> Any:
    z = sp.Dummy("z", real=True)
    return GaussianMean(rename(node.body, node.family, sp.sqrt(sp.factor(node.variance)) * z), z, 1)


def in_spread_variables(expression: Any) -> Any:
    """The same with means over x = s z wherever the integrand depends on a standard normal z only through it, s > 0."""
    return expression.replace(lambda node: isinstance(node, GaussianMean), _spread)


def _spread(node: Any) -> Any:
    slope = _only_slope(node)
    if slope is None:
        return node
    x = sp.Dummy("x", real=True)
    body = rename(node.body, node.family, x / slope)
    return GaussianMean(body.replace(lambda n: n.has(x) and n.is_Mul, sp.expand_mul), x, slope**2 * node.variance)


def over_local_fields(expression: Any) -> Any:
    """The same with integrals over u = s z + r wherever the integrand depends on a Gaussian z only through u, s > 0."""
    return expression.replace(lambda node: isinstance(node, GaussianMean), _over_local_field)


def _over_local_field(node: Any) -> Any:
    slope, offsets = _only_slope(node), _offsets(node.body, node.family)
    if slope is None or len(offsets) != 1:
        return node
    u, offset = sp.Dummy("u", real=True), offsets.pop()
    body = _in_local_field(node.body, node.family, u)
    variance = slope**2 * node.variance
    density = sp.exp(-((u - offset) ** 2) / (2 * variance)) / sp.sqrt(2 * sp.pi * variance)
    return sp.Integral(body * density, (u, -sp.oo, sp.oo))


def _in_local_field(node: Any, z: Any, u: sp.Symbol) -> Any:
    """The largest parts that are linear in z replaced, from the top down."""
    if not node.has(z):
        return node
    return u if node.is_polynomial(z) else node.func(*(_in_local_field(a, z, u) for a in node.args))


def _only_slope(node: Any) -> Any:
    slopes = _slopes(node.body, node.family)
    slope = slopes.pop() if len(slopes) == 1 else sp.nan
    return slope if slope.is_positive and slope.free_symbols else None


def _offsets(node: Any, z: Any) -> set[Any]:
    if not node.has(z):
        return set()
    if node.is_polynomial(z):
        return {sp.expand_mul(node.subs(z, 0))}
    return set().union(*(_offsets(a, z) for a in node.args))


def _slopes(node: Any, z: Any) -> set[Any]:
    """The factors of z in the largest parts of an expression that are linear in it."""
    if not node.has(z):
        return set()
    if node.is_polynomial(z):
        slope = sp.expand_mul(sp.diff(node, z))
        return {sp.nan} if slope.has(z) else {slope}
    return set().union(*(_slopes(a, z) for a in node.args))


def constants_outside(expression: Any) -> Any:
    """The same with terms that do not depend on the variable of a mean before it: what cancels with them, then does."""
    return expression.replace(lambda node: isinstance(node, GaussianMean), _split)


def _split(node: Any) -> Any:
    constant, rest = sp.expand_mul(node.body).as_independent(node.family, as_Add=True)
    return constant + GaussianMean(rest, node.family, node.variance) if constant != 0 else node
