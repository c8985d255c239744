"""Binomials, factorials and the numbers of combinatorics."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# ruff: noqa: ARG001 (every rule has one signature)
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp
from flint import acb, arb, fmpq

from derivations.engine.routes.enclosures.points import Frame, TooLargeError, UnknownError
from derivations.engine.routes.enclosures.table import Rule, ball

LARGEST = 600
"""Products over more factors, and numbers of higher index, are not written out."""


def _binomial(node: Any, frame: Frame, analytic: bool) -> acb:
    bottom = frame.exact(node.args[1])
    if bottom is not None and bottom.q == 1:
        return _falling(ball(node.args[0], frame, analytic), int(bottom.p))
    n, k = (ball(a, frame, analytic) for a in node.args)
    return (n + 1).gamma() * (k + 1).rgamma() * (n - k + 1).rgamma()


def _falling(top: acb, below: int) -> acb:
    if below < 0:
        return acb(0)
    total = acb(1)
    for j in range(below):
        total = total * (top - j) / (j + 1)
    return total


def _product(first: acb, count: int, step: int) -> acb:
    """first (first + step) (first + 2 step) ... with ``count`` factors."""
    if count > LARGEST:
        raise TooLargeError(f"a product of {count} factors")
    total = acb(1)
    for j in range(count):
        total *= first + j * step
    return total


def _double_factorial(node: Any, frame: Frame, analytic: bool) -> acb:
    """n!! of an integer n >= -1."""
    number = frame.exact(node.args[0])
    if number is None or number.q != 1 or number < -1:
        raise UnknownError(f"no ball for {node}")
    n = int(number.p)
    return _product(acb(n), (n + 1) // 2, -2)


def _shifted(step: int) -> Rule:
    """Rising (step 1) and falling (step -1) factorials: a product for an integer order, else by gamma functions."""

    def rule(node: Any, frame: Frame, analytic: bool) -> acb:
        top, order = node.args
        number = frame.exact(order)
        x = ball(top, frame, analytic)
        if number is not None and number.q == 1 and number >= 0:
            return _product(x, int(number.p), step)
        k = ball(order, frame, analytic)
        return (x + k).gamma() * x.rgamma() if step == 1 else (x + 1).gamma() * (x - k + 1).rgamma()

    return rule


def _harmonic(node: Any, frame: Frame, analytic: bool) -> acb:
    """H_n = digamma(n + 1) + gamma; of higher order only for an integer n."""
    if len(node.args) == 1:
        return (ball(node.args[0], frame, analytic) + 1).digamma() + arb.const_euler()
    count = frame.integer(node.args[0])
    if not 0 <= count <= LARGEST:
        raise UnknownError(f"no ball for {node}")
    order = ball(node.args[1], frame, analytic)
    return sum((acb(k).pow(-order) for k in range(1, count + 1)), start=acb(0))


NUMBERS: dict[Any, Callable[..., Any]] = {
    f: f for f in (sp.fibonacci, sp.lucas, sp.bernoulli, sp.euler, sp.catalan, sp.bell, sp.subfactorial, sp.genocchi)
}
"""Numbers with one integer index; SymPy has their exact values."""


def _number(node: Any, frame: Frame, analytic: bool) -> acb:
    index = frame.exact(node.args[0]) if len(node.args) == 1 else None
    if index is None or index.q != 1 or not 0 <= index <= LARGEST:
        raise UnknownError(f"no ball for {node}")
    found = NUMBERS[node.func](sp.Integer(int(index.p)))
    if not found.is_Rational:
        raise UnknownError(f"no ball for {node}")
    return acb(fmpq(int(found.p), int(found.q)))


TABLE: dict[Any, Rule] = {
    sp.binomial: _binomial, sp.factorial2: _double_factorial, sp.RisingFactorial: _shifted(1),
    sp.FallingFactorial: _shifted(-1), sp.harmonic: _harmonic, **dict.fromkeys(NUMBERS, _number),
}  # fmt: skip
