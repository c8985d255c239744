"""Rigorous one-dimensional integrals: ``acb.integral`` on a finite stretch, and bounds for what lies beyond."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp
from flint import acb, arb, ctx

from derivations.engine.routes.growth import Growth, growth
from derivations.engine.routes.points import Frame, TooLargeError, UnknownError
from derivations.engine.routes.table import ball

EVALUATIONS = 20_000


def enclosed_integral(function: Callable[[acb, bool], acb], low: acb, high: acb) -> acb:
    """The integral of ``function(x, analytic)`` along the segment.

    An exception inside flint's callback would become a ``SystemError``: it is kept and raised here.
    """
    kept: list[Exception] = []

    def safe(x: acb, analytic: bool) -> acb:
        try:
            return function(x, analytic)
        except (UnknownError, TooLargeError, ValueError, ArithmeticError) as error:
            kept.append(error)
            return acb("nan")

    result = acb.integral(safe, low, high, eval_limit=EVALUATIONS)
    if kept:
        raise kept[0]
    return result


def tail(bound: Growth, start: arb) -> arb:
    r"""An upper bound of the integral of the growth bound from ``start`` to infinity.

    With (1 + x)^n <= (1 + R)^n exp(n (x - R)/(1 + R)) the exponent has slope s = n/(1+R) + a + 2 b R at R, and it
    is concave for b <= 0: the tail is at most its value at R divided by -s.
    """
    slope = bound.power / (1 + start) + bound.rate + 2 * bound.curvature * start
    if not (slope < 0 and bound.curvature <= 0):
        raise UnknownError("the integrand is not known to decay")
    height = bound.scale * (1 + start) ** bound.power * (bound.rate * start + bound.curvature * start**2).exp()
    return arb((height / -slope).upper())


def cutoff(bound: Growth) -> arb:
    """A point beyond which the tail is below the working precision."""
    start = arb(4)
    for _ in range(60):
        try:
            if tail(bound, start) < arb(2) ** (-ctx.prec - 8):
                return start
        except UnknownError:
            pass
        start = arb((start * arb("1.25")).mid())
    raise UnknownError("the integrand decays too slowly for a rigorous tail")


def integral(node: sp.Integral, frame: Frame) -> acb:
    """A definite integral, the innermost limits first.

    Raises
    ------
    UnknownError
        If it is indefinite, or infinite without a bound on the tails.
    """
    *inner, outer = node.limits
    body = sp.Integral(node.function, *inner) if inner else node.function
    if len(outer.args) != 3:
        raise UnknownError(f"an indefinite integral has no value: {node}")
    name, low, high = outer.args
    if low.is_infinite or high.is_infinite:
        return _improper(body, name, low, high, frame)
    return _between(body, name, low, high, frame)


def _between(body: Any, name: Any, low: Any, high: Any, frame: Frame) -> acb:
    def value(x: acb, analytic: bool) -> acb:
        return ball(body, frame.along(name, x), analytic)

    return enclosed_integral(value, ball(low, frame), ball(high, frame))


def _improper(body: Any, name: Any, low: Any, high: Any, frame: Frame) -> acb:
    if low is sp.oo or high is sp.S.NegativeInfinity:
        return -_improper(body, name, high, low, frame)
    if low.is_infinite and high.is_infinite:
        return _half_line(body, name, sp.S.Zero, 1, frame) + _half_line(body, name, sp.S.Zero, -1, frame)
    return _half_line(body, name, low, 1, frame) if high.is_infinite else _half_line(body, name, high, -1, frame)


def _half_line(body: Any, name: Any, end: Any, side: int, frame: Frame) -> acb:
    """From a finite end to plus or minus infinity."""
    bound = growth(body, name, frame.along(name, acb(0)), acb(side))
    edge = ball(end, frame)
    start = cutoff(bound)
    while not start > abs(edge):
        start = start * 2
    far = acb(start * side)

    def value(x: acb, analytic: bool) -> acb:
        return ball(body, frame.along(name, x), analytic)

    inner = enclosed_integral(value, edge, far) * side
    return inner + around_zero(tail(bound, start))


def around_zero(radius: arb) -> acb:
    """The complex ball of a quantity whose modulus is at most ``radius``."""
    spread = arb(0, radius)
    return acb(spread, spread)
