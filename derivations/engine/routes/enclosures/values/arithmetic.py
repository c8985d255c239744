"""Numbers, names, sums, products, powers, exponentials and logarithms."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# ruff: noqa: ARG001 (every rule has one signature)
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from math import prod
from typing import Any

import sympy as sp
from flint import acb, arb, fmpq

from derivations.engine.routes.enclosures.points import Frame, UnknownError
from derivations.engine.routes.enclosures.table import Rule, ball
from theory.sums import Inside, Sigma


def _rational(node: Any, frame: Frame, analytic: bool) -> acb:
    return acb(fmpq(int(node.p), int(node.q)))


def _constant(node: Any, frame: Frame, analytic: bool) -> acb:
    table = {
        sp.pi: arb.pi, sp.E: arb.const_e, sp.EulerGamma: arb.const_euler, sp.Catalan: arb.const_catalan,
        sp.GoldenRatio: lambda: (1 + arb(5).sqrt()) / 2,
    }  # fmt: skip
    if node not in table:
        raise UnknownError(f"no ball for the constant {node}")
    return acb(table[node]())


def _symbol(node: Any, frame: Frame, analytic: bool) -> acb:
    value = frame.value(node)
    return value if isinstance(value, acb) else ball(value, frame, analytic)


def _add(node: Any, frame: Frame, analytic: bool) -> acb:
    total = acb(0)
    for term in node.args:
        total += ball(term, frame, analytic)
    return total


def _mul(node: Any, frame: Frame, analytic: bool) -> acb:
    """A bracket or a delta that is 0 comes first: what it guards may have no value outside its range."""
    total = acb(1)
    guards = [f for f in node.args if isinstance(f, Inside | sp.KroneckerDelta)]
    for factor in (*guards, *(f for f in node.args if f not in guards)):
        total *= ball(factor, frame, analytic)
        if guards and total == 0:
            return total
    return total


def _pow(node: Any, frame: Frame, analytic: bool) -> acb:
    base, exponent = node.args
    if base is sp.E:
        return ball(exponent, frame, analytic).exp()
    number = frame.exact(exponent)
    if number is not None and number.q == 1:
        return ball(base, frame, analytic) ** int(number.p)
    bottom = ball(base, frame, analytic)
    if exponent is sp.S.Half:
        return bottom.sqrt(analytic)
    if number is not None and number > 0 and bottom == 0:
        return acb(0)
    return bottom.pow(ball(exponent, frame, analytic), analytic)


def _exp(node: Any, frame: Frame, analytic: bool) -> acb:
    return _exp_of(node.args[0], frame, analytic)


def _exp_of(exponent: Any, frame: Frame, analytic: bool) -> acb:
    """exp of a sum as the product of exponentials; exp(n log x) as x^n, which has no cut for an integer n."""
    if not exponent.has(sp.log):
        return ball(exponent, frame, analytic).exp()
    if isinstance(exponent, sp.Add):
        return prod((_exp_of(term, frame, analytic) for term in exponent.args), start=acb(1))
    if isinstance(exponent, Sigma):
        return _exp_of_sigma(exponent, frame, analytic)
    logs = [f for f in sp.Mul.make_args(exponent) if isinstance(f, sp.log) and len(f.args) == 1]
    times = frame.exact(exponent / logs[0]) if len(logs) == 1 else None
    if times is None or times.q != 1:
        return ball(exponent, frame, analytic).exp()
    return ball(logs[0].args[0], frame, analytic).pow(acb(times), analytic)


def _exp_of_sigma(exponent: Sigma, frame: Frame, analytic: bool) -> acb:
    result = acb(1)
    for value in range(frame.integer(exponent.lower), frame.integer(exponent.upper) + 1):
        frame.spend()
        result *= _exp_of(exponent.summand, frame.with_value(exponent.index, value), analytic)
    return result


def _log(node: Any, frame: Frame, analytic: bool) -> acb:
    if len(node.args) == 2:
        return ball(sp.log(node.args[0]) / sp.log(node.args[1]), frame, analytic)
    return ball(node.args[0], frame, analytic).log(analytic)


def _imaginary_unit(node: Any, frame: Frame, analytic: bool) -> acb:
    return acb(0, 1)


TABLE: dict[Any, Rule] = {
    sp.Symbol: _symbol, sp.Dummy: _symbol, sp.Indexed: _symbol, sp.Add: _add, sp.Mul: _mul, sp.Pow: _pow,
    sp.exp: _exp, sp.log: _log, type(sp.I): _imaginary_unit,
}  # fmt: skip


def by_class(node: Any) -> Rule | None:
    """Rules for numbers, whose classes are many."""
    if node.is_Rational:
        return _rational
    return _constant if isinstance(node, sp.NumberSymbol) else None
