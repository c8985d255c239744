"""Rough values of expressions in double precision, to pass over hundreds of wrong proposals in the time of one ball.

Nothing is concluded from them: where they agree, balls and then the routes decide; where the original claim shows that
they are not good enough, they are not used.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import cache, reduce
from operator import add, mul
from typing import Any

import numpy as np
import sympy as sp

from theory.averages import GaussianMean
from theory.sums import Sigma

Point = Mapping[Any, Any]
"""Names with their values: numbers, or arrays with an axis for each variable that is summed or integrated over."""
STEPS = np.linspace(-3.6, 3.6, 289)
"""Of the doubly exponential quadratures."""
GRID = np.linspace(-9.0, 9.0, 361)
"""Of a standard Gaussian variable."""
MOST_TERMS = 400


class RoughlyUnknownError(Exception):
    """No rough value."""


def rough(expression: Any, point: Point) -> complex:
    """The value of an expression at a point, to some six digits.

    Raises
    ------
    RoughlyUnknownError
        If it has a node without a rule here, or no finite value.
    """
    with np.errstate(all="ignore"):
        try:
            value = complex(_value(expression, point, 0))
        except (TypeError, ValueError, ArithmeticError) as error:
            raise RoughlyUnknownError(str(error)) from error
    if not (math.isfinite(value.real) and math.isfinite(value.imag)):
        raise RoughlyUnknownError("no finite value")
    return value


def _value(node: Any, point: Point, depth: int) -> Any:
    """The value; ``depth`` axes are taken, and a new variable gets one in front of them."""
    if node in point:
        return point[node]
    if node.is_number and not node.args:
        return complex(node)
    for kind, rule in RULES:
        if isinstance(node, kind):
            return rule(node, point, depth)
    if (function := FUNCTIONS.get(node.func)) is not None and len(node.args) == 1:
        return function(_value(node.args[0], point, depth))
    raise RoughlyUnknownError(f"no rough value of {type(node).__name__}")


def _folded(combine: Callable[[Any, Any], Any]) -> Callable[[Any, Point, int], Any]:
    return lambda node, point, depth: reduce(combine, (_value(a, point, depth) for a in node.args))


def _power(node: Any, point: Point, depth: int) -> Any:
    base, exponent = (_value(a, point, depth) for a in node.args)
    return np.power(np.asarray(base, complex), exponent)


def _derivative(node: Any, point: Point, depth: int) -> Any:
    found = _differentiated(node)
    if found.has(sp.Derivative, sp.Subs):
        raise RoughlyUnknownError(f"no rough value of {node}")
    return _value(found, point, depth)


@cache
def _differentiated(node: Any) -> Any:
    return node.doit(deep=False)


def _axis(values: Any, depth: int) -> Any:
    """Values of a new variable, along an axis in front of those that are there."""
    return np.asarray(values).reshape((-1,) + (1,) * depth)


def _added(values: Any, weights: Any, depth: int) -> Any:
    """The sum along the front axis; what overflows where its weight vanishes counts as zero."""
    terms = np.broadcast_to(values, np.broadcast_shapes(np.shape(values), np.shape(weights))) * weights
    return np.where(np.isfinite(terms), terms, 0).sum(axis=0) if terms.ndim > depth else terms


def _integral(node: Any, point: Point, depth: int) -> Any:
    function, limits = node.function, list(node.limits)
    return _over_limits(function, limits, point, depth)


def _over_limits(function: Any, limits: list[Any], point: Point, depth: int) -> Any:
    """The last limit is the outermost."""
    if not limits:
        return _value(function, point, depth)
    *inner, (name, low, high) = limits
    places, weights = _nodes(*(_value(end, point, depth) for end in (low, high)), depth)
    values = _over_limits(function, inner, {**point, name: places}, depth + 1)
    return _added(values, weights, depth)


def _nodes(low: Any, high: Any, depth: int) -> tuple[Any, Any]:
    """Nodes and weights of the doubly exponential rule for a finite, half infinite or infinite range."""
    if np.any(np.real(low) > np.real(high)):
        places, weights = _nodes(high, low, depth)
        return places, -weights
    step = STEPS[1] - STEPS[0]
    bent, slope = np.pi / 2 * np.sinh(STEPS), np.pi / 2 * np.cosh(STEPS) * step
    if np.isfinite(low).all() and np.isfinite(high).all():
        middle, half = (low + high) / 2, (high - low) / 2
        return middle + half * _axis(np.tanh(bent), depth), half * _axis(slope / np.cosh(bent) ** 2, depth)
    if np.isfinite(low).all():
        return low + _axis(np.exp(bent), depth), _axis(slope * np.exp(bent), depth)
    if np.isfinite(high).all():
        return high - _axis(np.exp(bent), depth), _axis(slope * np.exp(bent), depth)
    return _axis(np.sinh(bent), depth), _axis(slope * np.cosh(bent), depth)


def _mean(node: Any, point: Point, depth: int) -> Any:
    if node.ranges:
        raise RoughlyUnknownError("a mean over a family")
    scale = np.sqrt(np.asarray(_value(node.variance, point, depth), complex))
    weights = np.exp(-(GRID**2) / 2) / math.sqrt(2 * math.pi) * (GRID[1] - GRID[0])
    values = _value(node.body, {**point, node.family: scale * _axis(GRID, depth)}, depth + 1)
    return _added(values, _axis(weights, depth), depth)


def _sum(node: Any, point: Point, depth: int) -> Any:
    (name, low, high), body = (node.limits[0], node.function) if isinstance(node, sp.Sum) else _opened(node)
    if isinstance(node, sp.Sum) and len(node.limits) > 1:
        raise RoughlyUnknownError("a sum over several indices")
    first, last = (complex(_value(end, point, depth)).real for end in (low, high))
    if not (math.isfinite(first) and math.isfinite(last)) or last - first > MOST_TERMS:
        raise RoughlyUnknownError("a long sum")
    if isinstance(node, sp.Sum) and last < first - 1:
        raise RoughlyUnknownError("a reversed sum")
    if last < first:
        return 0.0
    places = _axis(np.arange(round(first), round(last) + 1), depth)
    return _added(_value(body, {**point, name: places}, depth + 1), np.ones(places.shape), depth)


def _opened(node: Any) -> tuple[tuple[Any, Any, Any], Any]:
    body, index = node.opened()
    return (index, node.lower, node.upper), body


def _by_numbers(function: Callable[[float], float]) -> Callable[[Any], Any]:
    """A function of the standard library along arrays of real numbers."""
    return lambda values: np.vectorize(function, otypes=[float])(np.real(values))


def _complex(function: Callable[..., Any]) -> Callable[[Any], Any]:
    return lambda values: function(np.asarray(values, complex))


FUNCTIONS: dict[Any, Callable[[Any], Any]] = {
    **{
        kind: _complex(getattr(np, name))
        for kind, name in {
            sp.exp: "exp", sp.log: "log", sp.sin: "sin", sp.cos: "cos", sp.tan: "tan", sp.sinh: "sinh",
            sp.cosh: "cosh", sp.tanh: "tanh", sp.asin: "arcsin", sp.acos: "arccos", sp.atan: "arctan",
            sp.asinh: "arcsinh", sp.acosh: "arccosh", sp.atanh: "arctanh", sp.Abs: "abs", sp.conjugate: "conj",
        }.items()
    },
    sp.sign: lambda x: np.sign(np.real(x)),
    sp.Heaviside: lambda x: np.heaviside(np.real(x), 0.5),
    sp.erf: _by_numbers(math.erf), sp.erfc: _by_numbers(math.erfc),
    sp.gamma: _by_numbers(math.gamma), sp.factorial: _by_numbers(lambda n: math.gamma(n + 1)),
}  # fmt: skip

RULES: tuple[tuple[Any, Callable[[Any, Point, int], Any]], ...] = (
    (sp.Add, _folded(add)),
    (sp.Mul, _folded(mul)),
    (sp.Pow, _power),
    (sp.Integral, _integral),
    (GaussianMean, _mean),
    (sp.Sum | Sigma, _sum),
    (sp.Derivative, _derivative),
)
"""A node with a rule of its own is one more line here."""
