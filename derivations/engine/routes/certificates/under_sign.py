r"""Derivatives under a mean and under an integral, where the derivative of the integrand is dominated.

d/ds of the mean of f(z, s) is the mean of df/ds if f is continuous in s for every z, and df/ds is jointly continuous
and bounded by C (1 + |z|)^n exp(r z + b z^2), C continuous in s, with what the weight can bear: 1 - 2 b > 0 against a
standard normal one; at an infinite end of an integral b < 0, or b = 0 and decay in r. At the ends of the range of
integration df/ds must be continuous too.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.routes.certificates.continuity import continuous
from derivations.engine.routes.certificates.convergence import below_weight, falls, rates
from derivations.engine.routes.certificates.stretches import stretch
from derivations.engine.routes.normal_forms.derivation import BY_NODE, derivative
from derivations.engine.routes.normal_forms.field import Ratio, UnsupportedError
from derivations.engine.routes.normal_forms.tower import Tower
from theory.averages import GaussianMean
from theory.sums import rename


def slope_of_mean(tower: Tower, node: GaussianMean, name: sp.Symbol) -> Ratio:
    """The derivative of a mean over one standard normal variable."""
    if node.ranges or node.variance != 1:
        raise UnsupportedError(f"the derivative of a mean over {node.family} by {name}")
    z = tower.new_real()
    slope = _slope(tower, rename(node.body, node.family, z), z, name)
    if not below_weight(tower, rates(tower, slope, z)):
        raise UnsupportedError(f"a derivative by {name} under a mean that is not proved dominated")
    return tower.convert(GaussianMean(slope, z, 1))


def slope_of_integral(tower: Tower, node: sp.Integral, name: sp.Symbol) -> Ratio:
    """The derivative of an integral over one variable between numbers or infinite ends."""
    limits: list[Any] = [tuple(limit.args) for limit in node.limits]
    inner, low, high = limits[0]
    if len(limits) > 1 or not all(end.is_Rational or end in (sp.oo, -sp.oo) for end in (low, high)):
        raise UnsupportedError(f"the derivative of {node} by {name}")
    y = stretch(tower, low, high, closed=(True, True))
    slope = _slope(tower, rename(node.function, inner, y), y, name, (low, high))
    if (low.is_infinite or high.is_infinite) and not falls(tower, rates(tower, slope, y), (low, high)):
        raise UnsupportedError(f"a derivative by {name} under an integral that is not proved dominated")
    return tower.convert(sp.Integral(slope, (y, low, high)))


def _slope(tower: Tower, body: Any, z: sp.Symbol, name: sp.Symbol, ends: tuple[Any, Any] | None = None) -> sp.Expr:
    """df/ds, by SymPy, checked by the chain rule over letters, with its continuity."""
    slope = sp.diff(body, name)
    if not tower.field.same(derivative(tower, tower.convert(body), name), tower.convert(slope)):
        raise UnsupportedError(f"a derivative by {name} under a sign that is not understood")
    inside = body if ends is None else body.xreplace({z: stretch(tower, *ends, closed=(False, False))})
    if not (continuous(tower, inside, frozenset({name})) and continuous(tower, slope, frozenset({name, z}))):
        raise UnsupportedError(f"a derivative by {name} under a sign that is not proved continuous")
    return slope


BY_NODE.update({GaussianMean: slope_of_mean, sp.Integral: slope_of_integral})
