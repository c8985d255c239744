r"""Gaussian means of variables that a factor ties together, by the trapezoidal rule with a bound of its error.

For f analytic in \|Im x\| <= a, with the integral of \|f(x + i y)\| over x at most M for \|y\| <= a, the sum h f(k h)
over all integers k differs from the integral by at most 2 M / (exp(2 pi a / h) - 1) (Trefethen and Weideman, SIAM
Review 56, 385 (2014), theorem 5.1). One variable after another is summed; each has its own step.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from dataclasses import dataclass, replace
from math import log, pi, prod, sqrt
from typing import Any

import sympy as sp
from flint import acb, arb, ctx, fmpq

from derivations.engine.routes.enclosures.growth import Growth
from derivations.engine.routes.enclosures.points import Frame, UnknownError
from derivations.engine.routes.enclosures.quadrature import around_zero
from derivations.engine.routes.enclosures.strips import Strips
from derivations.engine.routes.enclosures.table import ball

MOST_NODES = 60_000
HALF_WIDTHS = tuple(fmpq(n, 8) for n in (64, 48, 32, 24, 16, 12, 10, 8, 6, 4, 3, 2))
"""Half-widths of strips that are tried, in standard deviations."""
SPARE_BITS = 6
LOG_2 = log(2)


@dataclass(frozen=True, kw_only=True)
class Tail:
    r"""A bound C exp(s \|x\| - c x^2) of what depends on one variable, with s >= 0 and c > 0."""

    scale: arb
    rate: arb
    fall: arb

    @staticmethod
    def of(bound: Growth, fall: arb) -> Tail:
        """The bound with a density exp(-fall x^2); (1 + x)^n is at most exp(n x)."""
        left = fall - bound.curvature
        if not left > 0:
            raise UnknownError("an integrand that a Gaussian does not make small")
        rate = bound.rate + bound.power
        return Tail(scale=bound.scale, rate=arb(arb(0).max(rate).upper()), fall=arb(left.lower()))

    def total(self, step: arb) -> arb:
        """At least the integral over the line, and the sum with a step: the bound rises and falls once a side."""
        height = (self.rate**2 / (4 * self.fall)).exp()
        return arb((2 * self.scale * height * ((arb.pi() / self.fall).sqrt() + 2 * step)).upper())

    def beyond(self, end: arb, step: arb) -> arb:
        """At least the sum with a step over both sides beyond an end where the bound already falls."""
        slope = 2 * self.fall * end - self.rate
        if not slope > 0:
            raise UnknownError("an end before the bound falls")
        return arb((2 * self.scale * (self.rate * end - self.fall * end**2).exp() * (1 / slope + step)).upper())


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The step of one variable, in a strip of the given half-width, with the bounds of all variables there."""

    step: fmpq
    width: arb
    tails: dict[sp.Symbol, Tail]


def grid_mean(body: Any, variances: dict[sp.Symbol, arb], frame: Frame) -> acb:
    """The mean of a body over independent Gaussian variables of mean zero.

    Raises
    ------
    UnknownError
        If the body has no bound in strips about the real axes, or too many nodes were needed.
    """
    falls = {name: 1 / (2 * variance) for name, variance in variances.items()}
    wanted = (ctx.prec + SPARE_BITS) * LOG_2
    plans = {name: _plan(name, body, variances, falls, frame, wanted) for name in falls}
    steps = {name: arb(plan.step) for name, plan in plans.items()}
    real = _tails(body, dict.fromkeys(falls, arb(0)), falls, frame)
    counts = {name: _count(real[name], steps[name], wanted) for name in falls}
    if prod(2 * count + 1 for count in counts.values()) > MOST_NODES:
        raise UnknownError("too many nodes for a mean over several variables")
    error = arb(0)
    for name, plan in plans.items():
        error += 2 / ((2 * arb.pi() * plan.width / steps[name]).exp() - 1) * _whole(plan.tails, steps)
        others = _whole({n: t for n, t in real.items() if n != name}, steps)
        error += real[name].beyond(steps[name] * counts[name], steps[name]) * others
    density = prod(((fall / arb.pi()).sqrt() for fall in falls.values()), start=arb(1))
    grids = [(n, [plans[n].step * k for k in range(-counts[n], counts[n] + 1)]) for n in falls]
    inside = _summed(body, grids, falls, frame) * prod(steps.values(), start=arb(1))
    return density * (inside + around_zero(arb(error.upper())))


def _plan(
    name: sp.Symbol,
    body: Any,
    variances: dict[sp.Symbol, arb],
    falls: dict[sp.Symbol, arb],
    frame: Frame,
    wanted: float,
) -> Plan:
    """The strip with the largest step: a wide one allows it, until the body grows too much there."""
    best: Plan | None = None
    for half_width in HALF_WIDTHS:
        width = arb((half_width * variances[name].sqrt()).lower())
        try:
            tails = _tails(body, {n: width if n == name else arb(0) for n in falls}, falls, frame)
        except UnknownError:
            continue
        size = max(0.0, float(_whole(tails, dict.fromkeys(falls, arb(0))).log().upper()))
        step = 2 * pi * float(width) / (wanted + size)
        if best is None or step > float(best.step):
            best = Plan(step=fmpq(*step.as_integer_ratio()), width=width, tails=tails)
    if best is None:
        raise UnknownError(f"no strip about the real axis of {name} has a bound")
    return best


def _tails(body: Any, widths: dict[sp.Symbol, arb], falls: dict[sp.Symbol, arb], frame: Frame) -> dict[sp.Symbol, Tail]:
    """The bounds of body and density in strips; exp(-c x^2) is at most exp(c w^2) times its value at Re x."""
    found = Strips(widths=widths, frame=frame).bound(body)
    lift = {n: (falls[n] * widths[n] ** 2).exp() for n in falls}
    tails = {n: Tail.of(found[n], falls[n]) for n in falls}
    return {n: replace(t, scale=arb((t.scale * lift[n]).upper())) for n, t in tails.items()}


def _whole(tails: dict[sp.Symbol, Tail], steps: dict[sp.Symbol, arb]) -> arb:
    return prod((tail.total(steps[name]) for name, tail in tails.items()), start=arb(1))


def _count(tail: Tail, step: arb, wanted: float) -> int:
    """So many nodes on each side that the bound has fallen by the digits that are wanted."""
    rate, fall = float(tail.rate), float(tail.fall)
    depth = wanted + max(0.0, float(tail.scale.log()))
    return int((rate + sqrt(rate**2 + 4 * fall * depth)) / (2 * fall) / float(step)) + 1


def _summed(body: Any, grids: list[tuple[sp.Symbol, list[fmpq]]], falls: dict[sp.Symbol, arb], frame: Frame) -> acb:
    """The sum over all nodes, with what depends on one variable alone taken out of the sums over the others."""
    if not grids:
        return ball(body, frame)
    (name, nodes), *rest = grids
    later = {n for n, _ in rest}
    factors = sp.Mul.make_args(body)
    outside = sp.Mul(*(f for f in factors if not f.free_symbols & later))
    inner = sp.Mul(*(f for f in factors if f.free_symbols & later))
    total = acb(0)
    for node in nodes:
        place = arb(node)
        inside = frame.along(name, acb(place))
        weight = (-falls[name] * place**2).exp()
        total += weight * ball(outside, inside) * _summed(inner, rest, falls, inside)
    return total
