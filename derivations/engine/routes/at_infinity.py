r"""Expressions near k = infinity: f(k) = t^m U(t) with t = 1/k and U analytic in the disc \|t\| <= r.

U is kept twice: as one ball that holds its values on the whole disc, and as its power series about t = 0. By Cauchy's
bound the coefficients beyond the known ones are at most M / r^n, with M the largest modulus in the ball.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from typing import Any

import sympy as sp
from flint import acb, acb_series, arb, ctx, fmpq

from derivations.engine.routes.points import Frame, UnknownError
from derivations.engine.routes.table import ball

FUNCTIONS: dict[Any, tuple[Callable[[acb], acb], Callable[[acb_series], acb_series]]] = {
    sp.exp: (acb.exp, acb_series.exp),
    sp.log: (lambda x: x.log(analytic=True), acb_series.log),
    sp.sin: (acb.sin, acb_series.sin),
    sp.cos: (acb.cos, acb_series.cos),
    sp.tan: (acb.tan, acb_series.tan),
    sp.erf: (acb.erf, acb_series.erf),
}
"""Functions that can be applied to what stays finite at infinity."""


@dataclass(frozen=True, kw_only=True)
class Disc:
    """The radius of the disc of t, and how many coefficients are kept."""

    radius: arb
    length: int

    @property
    def ball(self) -> acb:
        """All t of the disc."""
        spread = arb(0, self.radius)
        return acb(spread, spread)

    @contextmanager
    def truncated(self) -> Iterator[None]:
        """Power series with this many coefficients inside the block."""
        before = ctx.cap
        ctx.cap = self.length
        try:
            yield
        finally:
            ctx.cap = before


@dataclass(frozen=True, kw_only=True)
class Germ:
    """The function t^order U(t)."""

    order: fmpq
    values: acb
    series: acb_series

    def largest(self) -> arb:
        """A bound of U on the disc."""
        return arb(abs(self.values).upper())

    def coefficients(self, length: int) -> list[acb]:
        """The power series of U."""
        return [self.series[i] for i in range(length)]


def germ(node: Any, index: sp.Basic, frame: Frame, disc: Disc) -> Germ:
    """The germ of ``node`` as a function of ``index``; the caller keeps series ``truncated``.

    Raises
    ------
    UnknownError
        If it is not known to be analytic in the disc, up to a power of t.
    """
    found = _germ(node, index, frame, disc)
    if not found.values.is_finite():
        raise UnknownError(f"{node} is not analytic near infinity")
    return found


def _germ(node: Any, index: sp.Basic, frame: Frame, disc: Disc) -> Germ:
    if index not in node.free_symbols:
        value = ball(node, frame, analytic=frame.complex_depth > 0)
        return Germ(order=fmpq(0), values=value, series=acb_series([value]))
    if node == index:
        return Germ(order=fmpq(-1), values=acb(1), series=acb_series([1]))
    if isinstance(node, sp.Add):
        return _without_zeros(reduce(lambda a, b: _plus(a, b, disc), _parts(node, index, frame, disc)), disc)
    if isinstance(node, sp.Mul):
        return reduce(times, _parts(node, index, frame, disc))
    if isinstance(node, sp.Pow) and node.base is not sp.E:
        return _power(node, index, frame, disc)
    return _applied(node, index, frame, disc)


def _parts(node: Any, index: sp.Basic, frame: Frame, disc: Disc) -> list[Germ]:
    return [germ(a, index, frame, disc) for a in node.args]


def times(first: Germ, second: Germ) -> Germ:
    """The product."""
    return Germ(
        order=first.order + second.order, values=first.values * second.values, series=first.series * second.series
    )


def _plus(first: Germ, second: Germ, disc: Disc) -> Germ:
    low, high = sorted((first, second), key=lambda g: g.order)
    shift = high.order - low.order
    if shift.q != 1:
        raise UnknownError("a sum of powers of the index whose difference is no integer")
    lifted = _lifted(high, int(shift.p), disc)
    return Germ(order=low.order, values=low.values + lifted.values, series=low.series + lifted.series)


def _lifted(given: Germ, shift: int, disc: Disc) -> Germ:
    """The same function with ``shift`` powers of t moved into U."""
    raised = acb_series([0] * min(shift, disc.length) + [given.series[i] for i in range(disc.length - shift)])
    return Germ(order=given.order - shift, values=given.values * disc.ball**shift, series=raised)


def _without_zeros(given: Germ, disc: Disc) -> Germ:
    """Leading coefficients that are exactly zero become powers of t; U / t is bounded by Schwarz's lemma."""
    zeros = 0
    while zeros < disc.length and given.series[zeros] == 0:
        zeros += 1
    if not zeros:
        return given
    spread = arb(0, given.largest() / disc.radius**zeros)
    kept = acb_series([given.series[i] for i in range(zeros, disc.length)])
    # The last coefficients are now unknown, not zero: they are within Cauchy's bound.
    bound = [spread / disc.radius**i for i in range(disc.length - zeros, disc.length)]
    unknown = acb_series([0] * (disc.length - zeros) + [acb(b, b) for b in bound])
    return Germ(order=given.order + zeros, values=acb(spread, spread), series=kept + unknown)


def _power(node: Any, index: sp.Basic, frame: Frame, disc: Disc) -> Germ:
    exponent = frame.exact(node.exp) if index not in node.exp.free_symbols else None
    if exponent is None:
        raise UnknownError(f"no expansion of {node} near infinity")
    base = germ(node.base, index, frame, disc)
    if exponent.q == 1:
        n = int(exponent.p)
        return Germ(order=base.order * n, values=base.values**n, series=base.series**n if n > 0 else _inverse(base, -n))
    series = (base.series.log() * acb_series([acb(exponent)])).exp()
    return Germ(order=base.order * exponent, values=base.values.pow(acb(exponent), analytic=True), series=series)


def _inverse(base: Germ, power: int) -> acb_series:
    if base.values.contains(acb(0)):
        raise UnknownError("a denominator that may vanish near infinity")
    return (acb_series([1]) / base.series) ** power


def _applied(node: Any, index: sp.Basic, frame: Frame, disc: Disc) -> Germ:
    if node.func not in FUNCTIONS or len(node.args) != 1:
        raise UnknownError(f"no expansion of {node} near infinity")
    inner = germ(node.args[0], index, frame, disc)
    if inner.order < 0 or inner.order.q != 1:
        raise UnknownError(f"no expansion of {node} near infinity")
    flat = _lifted(inner, int(inner.order.p), disc)
    on_balls, on_series = FUNCTIONS[node.func]
    values = on_balls(flat.values)
    if not values.is_finite():
        raise UnknownError(f"{node} is not analytic near infinity")
    return _without_zeros(Germ(order=fmpq(0), values=values, series=on_series(flat.series)), disc)
