r"""Bounds of integrands in several real variables at once: a constant times a product of bounds in one variable each.

Each factor is (1 + \|x\|)^n exp(a \|x\| + b x^2). Trusted: the tails of integrals of integrals rest on it.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from functools import reduce
from itertools import combinations
from typing import Any

import sympy as sp
from flint import acb, arb

from derivations.engine.routes.enclosures.growth import FURTHER, Growth, growth, root
from derivations.engine.routes.enclosures.lower_bounds import BOUNDED, is_complex, is_real, lower_bound
from derivations.engine.routes.enclosures.points import Frame, UnknownError, VagueError
from derivations.engine.routes.enclosures.table import ball
from theory.averages import GaussianMean
from theory.sums import rename

Joint = dict[sp.Basic, Growth]
"""One bound for each variable, the constant with the first."""


def joint_growth(node: Any, names: tuple[sp.Basic, ...], frame: Frame) -> Joint:
    """The bound for all real values of the names; ``frame`` has them bound to real balls.

    Raises
    ------
    UnknownError
        If no rule bounds the node.
    """
    present = node.free_symbols & set(names)
    if not present:
        return constant_bound(arb(abs(ball(node, frame)).upper()), names)
    if node in names:
        return {n: Growth(arb(1), power=int(n == node)) for n in names}
    if isinstance(node, sp.Add):
        return reduce(sum_bound, (joint_growth(a, names, frame) for a in node.args))
    if isinstance(node, sp.Mul):
        return reduce(product_bound, (joint_growth(a, names, frame) for a in node.args))
    if isinstance(node, sp.exp):
        return _exponential(node.exp, names, frame)
    if isinstance(node, sp.Pow) and node.exp.is_Integer and 0 < node.exp <= 64:
        return reduce(product_bound, [joint_growth(node.base, names, frame)] * int(node.exp))
    if isinstance(node, sp.Pow) and not node.exp.free_symbols & set(names):
        return _power(node, names, frame)
    if node.func in BOUNDED and is_real(node.args[0], frame):
        return constant_bound(arb(BOUNDED[node.func]), names)
    if isinstance(node, sp.cosh | sp.sinh):
        return sum_bound(*(_exponential(sign * node.args[0], names, frame) for sign in (1, -1)))
    if isinstance(node, sp.Abs | sp.Max | sp.Min):
        return reduce(sum_bound, (joint_growth(a, names, frame) for a in node.args))
    if isinstance(node, sp.Piecewise):
        return reduce(sum_bound, (joint_growth(case.args[0], names, frame) for case in node.args))
    raise UnknownError(f"no bound in several variables for {node}")


def constant_bound(size: arb, names: tuple[sp.Basic, ...]) -> Joint:
    return {n: Growth(size if n == names[0] else arb(1)) for n in names}


def product_bound(first: Joint, second: Joint) -> Joint:
    return {n: first[n].times(second[n]) for n in first}


def sum_bound(first: Joint, second: Joint) -> Joint:
    """The larger exponents with the sum of the constants."""
    if _scale(first) == 0 or _scale(second) == 0:
        return second if _scale(first) == 0 else first
    joined = {}
    for place, n in enumerate(first):
        larger = first[n].plus(second[n])
        scale = _scale(first) + _scale(second) if place == 0 else arb(1)
        joined[n] = Growth(scale, larger.power, larger.rate, larger.curvature)
    return joined


def _scale(bound: Joint) -> arb:
    total = arb(1)
    for part in bound.values():
        total *= part.scale
    return total


def _exponential(exponent: Any, names: tuple[sp.Basic, ...], frame: Frame) -> Joint:
    """exp of a quadratic; |x y| is at most (w x^2 + y^2 / w) / 2 for every w > 0."""
    if not exponent.is_polynomial(*names):
        raise UnknownError(f"no bound for exp({exponent})")
    polynomial = sp.Poly(exponent, *names)
    if polynomial.total_degree() > 2:
        raise UnknownError(f"no bound for exp({exponent})")

    def coefficient(*factors: Any) -> Any:
        return ball(polynomial.coeff_monomial(sp.Mul(*factors)), frame)

    rates = {n: arb(abs(coefficient(n).real).upper()) for n in names}
    curvatures = {n: arb(coefficient(n, n).real.upper()) for n in names}
    for x, y in combinations(names, 2):
        cross = arb(abs(coefficient(x, y).real).upper())
        weight = _weight(curvatures[x], curvatures[y])
        curvatures[x] += cross * weight / 2
        curvatures[y] += cross / weight / 2
    height = arb(coefficient(1).real.exp().upper())
    return {n: Growth(height if n == names[0] else arb(1), 0, rates[n], curvatures[n]) for n in names}


def _power(node: Any, names: tuple[sp.Basic, ...], frame: Frame) -> Joint:
    """|f|^p: a root of the bound of |f| for p > 0; a power of a lower bound of a real f for p < 0."""
    exponent = frame.exact(node.exp)
    if exponent is None:
        raise UnknownError(f"no bound in several variables for {node}")
    if exponent > 0:
        parts = joint_growth(node.base, names, frame)
        return {n: root(part, arb(exponent)) for n, part in parts.items()}
    below = lower_bound(node.base, frame) if is_real(node.base, frame) else None
    if below is None or not below > 0:
        raise UnknownError(f"no lower bound for {node.base}")
    return constant_bound(arb((below ** arb(exponent)).upper()), names)


def _weight(first: arb, second: arb) -> arb:
    ratio = (first / second).mid() if not second.contains(0) else arb(1)
    return arb(ratio.sqrt().mid()) if ratio > 0 else arb(1)


def whole_line(bound: Growth) -> arb:
    """An upper bound of the integral of (1 + |y|)^n exp(a |y| + b y^2) over the line, with its constant.

    (1 + y)^n is at most exp(n y); without a Gaussian it is exp(k) n! / k^(n+1) for the rate -k.
    """
    if bound.curvature < 0:
        b, rate = -bound.curvature, bound.rate + bound.power
        side = (rate**2 / (4 * b)).exp() * (arb.pi() / b).sqrt()
    elif bound.curvature == 0 and bound.rate < 0:
        k = -bound.rate
        side = k.exp() * arb(bound.power + 1).gamma() / k ** (bound.power + 1)
    else:
        raise UnknownError("an inner integrand that is not known to decay")
    return arb((2 * bound.scale * side).upper())


def _integral_growth(node: sp.Integral, name: sp.Basic, frame: Frame, unit: acb) -> Growth:
    """The bound of an inner integral as a function of an outer variable: over the whole line, whatever its limits."""
    function: Any = node
    inner: list[sp.Basic] = []
    while isinstance(function, sp.Integral):
        inner.extend(limit.args[0] for limit in function.limits)
        function = function.function
    if unit.imag != 0 or name in inner:
        raise UnknownError(f"no bound for {node}")
    if is_complex(node, frame):
        raise VagueError(f"no bound for {node} at complex values of an outer variable")
    return _outer(joint_growth(function, (name, *inner), _along(frame, name, *inner)), name, inner, unit)


def _along(frame: Frame, *names: sp.Basic) -> Frame:
    """The frame with names that run along the real line."""
    for variable in names:
        frame = frame.along(variable, acb(0))
    return frame


def _outer(found: Joint, name: sp.Basic, inner: list[sp.Basic], unit: acb) -> Growth:
    """The bound in an outer variable, with the inner ones integrated out."""
    scale = found[name].scale
    for variable in inner:
        scale *= whole_line(found[variable])
    size, outer = abs(unit), found[name]
    stretch = arb(size.max(arb(1))) ** outer.power
    return Growth(arb((scale * stretch).upper()), outer.power, outer.rate * size, outer.curvature * size**2)


def _mean_growth(node: GaussianMean, name: sp.Basic, frame: Frame, unit: acb) -> Growth:
    """The bound of an inner mean as a function of an outer variable: that of the body, under the density."""
    variance = ball(node.variance, frame) if name not in node.variance.free_symbols else None
    inner = node.family
    if node.ranges or unit.imag != 0 or name == inner or variance is None or variance.imag != 0:
        raise UnknownError(f"no bound for {node}")
    if is_complex(node, frame):
        raise VagueError(f"no bound for {node} at complex values of an outer variable")
    if variance == 0:
        return growth(rename(node.body, inner, sp.Integer(0)), name, frame, unit)
    if not variance.real >= 0:
        raise UnknownError(f"no bound for a mean of negative variance {node}")
    x = sp.Dummy("x", real=True)
    scale = sp.Dummy("v", real=True)
    body = rename(node.body, inner, scale * x)
    root_of_variance = acb(variance.real.sqrt())
    real = _along(frame, name, x).with_value(scale, root_of_variance)
    found = joint_growth(body, (name, x), real)
    weight = Growth(1 / (2 * arb.pi()).sqrt(), curvature=arb(-0.5))
    return _outer({**found, x: found[x].times(weight)}, name, [x], unit)


FURTHER[sp.Integral] = _integral_growth
FURTHER[GaussianMean] = _mean_growth
