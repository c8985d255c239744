"""Orthogonal polynomials of a concrete degree, by their three-term recurrences: entire in the argument."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp
from flint import acb

from derivations.engine.routes.enclosures.points import Frame, TooLargeError, UnknownError
from derivations.engine.routes.enclosures.table import NAN, Rule, ball

LARGEST = 300
Step = Callable[[int, acb, acb, acb], acb]
"""The next polynomial from its index n >= 2, the argument and the two before it, P_(n-1) and P_(n-2)."""


def _recurrence(node: Any, frame: Frame, analytic: bool, first: Callable[[acb], acb], step: Step) -> acb:
    degree = _degree(node, frame, two_sided=True)
    if degree < 0:
        return NAN  # undefined there, as SymPy has it: such a point says nothing
    return _member(degree, ball(node.args[-1], frame, analytic), first, step)


def _member(degree: int, x: acb, first: Callable[[acb], acb], step: Step) -> acb:
    before, now = acb(1), first(x)
    if degree == 0:
        return before
    for n in range(2, degree + 1):
        before, now = now, step(n, x, now, before)
    return now


def _degree(node: Any, frame: Frame, *, two_sided: bool = False) -> int:
    number = frame.exact(node.args[0])
    if number is None or number.q != 1 or (number < 0 and not two_sided):
        raise UnknownError(f"no ball for a degree that is no natural number: {node}")
    if abs(number) > LARGEST:
        raise TooLargeError(f"a polynomial of degree {number}")
    return int(number.p)


def _plain(first: Callable[[acb], acb], step: Step) -> Rule:
    def rule(node: Any, frame: Frame, analytic: bool) -> acb:
        return _recurrence(node, frame, analytic, first, step)

    return rule


def _chebyshev_step(_: int, x: acb, now: acb, before: acb) -> acb:
    return 2 * x * now - before


def _chebyshev_first(node: Any, frame: Frame, analytic: bool) -> acb:
    """T_(-n) = T_n."""
    x = ball(node.args[1], frame, analytic)
    return _member(abs(_degree(node, frame, two_sided=True)), x, lambda x: x, _chebyshev_step)


def _chebyshev_second(node: Any, frame: Frame, analytic: bool) -> acb:
    """U_(-n) = -U_(n-2), and U_(-1) = 0."""
    degree, x = _degree(node, frame, two_sided=True), ball(node.args[1], frame, analytic)
    if degree == -1:
        return acb(0)
    value = _member(degree if degree >= 0 else -degree - 2, x, lambda x: 2 * x, _chebyshev_step)
    return value if degree >= 0 else -value


def _associated_laguerre(node: Any, frame: Frame, analytic: bool) -> acb:
    """n L_n = (2n - 1 + a - x) L_(n-1) - (n - 1 + a) L_(n-2)."""
    a = ball(node.args[1], frame, analytic)
    return _recurrence(
        node, frame, analytic, lambda x: 1 + a - x,
        lambda n, x, now, before: ((2 * n - 1 + a - x) * now - (n - 1 + a) * before) / n,
    )  # fmt: skip


def _gegenbauer(node: Any, frame: Frame, analytic: bool) -> acb:
    """n C_n = 2 x (n + a - 1) C_(n-1) - (n + 2a - 2) C_(n-2)."""
    a = ball(node.args[1], frame, analytic)
    return _recurrence(
        node, frame, analytic, lambda x: 2 * a * x,
        lambda n, x, now, before: (2 * x * (n + a - 1) * now - (n + 2 * a - 2) * before) / n,
    )  # fmt: skip


def _jacobi(node: Any, frame: Frame, analytic: bool) -> acb:
    """The sum over s of C(n+a, n-s) C(n+b, s) ((x-1)/2)^s ((x+1)/2)^(n-s)."""
    degree = _degree(node, frame)
    a, b, x = (ball(argument, frame, analytic) for argument in node.args[1:])
    low, high = (x - 1) / 2, (x + 1) / 2
    terms = (
        _binomial(degree + a, degree - s) * _binomial(degree + b, s) * low**s * high ** (degree - s)
        for s in range(degree + 1)
    )
    return sum(terms, start=acb(0))


def _binomial(top: acb, below: int) -> acb:
    total = acb(1)
    for j in range(below):
        total = total * (top - j) / (j + 1)
    return total


TABLE: dict[Any, Rule] = {
    sp.chebyshevt: _chebyshev_first,
    sp.chebyshevu: _chebyshev_second,
    sp.legendre: _plain(lambda x: x, lambda n, x, now, before: ((2 * n - 1) * x * now - (n - 1) * before) / n),
    sp.hermite: _plain(lambda x: 2 * x, lambda n, x, now, before: 2 * x * now - 2 * (n - 1) * before),
    sp.hermite_prob: _plain(lambda x: x, lambda n, x, now, before: x * now - (n - 1) * before),
    sp.laguerre: _plain(lambda x: 1 - x, lambda n, x, now, before: ((2 * n - 1 - x) * now - (n - 1) * before) / n),
    sp.assoc_laguerre: _associated_laguerre,
    sp.gegenbauer: _gegenbauer,
    sp.jacobi: _jacobi,
}
