"""Functions of real arguments that are only piecewise analytic."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# ruff: noqa: ARG001 (every rule has one signature)
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp
from flint import acb, arb

from derivations.engine.routes.enclosures.lower_bounds import is_real
from derivations.engine.routes.enclosures.points import Frame, UnknownError
from derivations.engine.routes.enclosures.table import NAN, Rule, ball


def _abs(node: Any, frame: Frame, analytic: bool) -> acb:
    argument = ball(node.args[0], frame, analytic)
    if frame.complex_depth:
        if not is_real(node.args[0], frame):
            raise UnknownError(f"the modulus of a complex integrand: {node}")
        return argument.real_abs(analytic)
    return acb(abs(argument))


def _sign(node: Any, frame: Frame, analytic: bool) -> acb:
    return _real_argument(node, frame, analytic).real_sgn(analytic)


def _heaviside(node: Any, frame: Frame, analytic: bool) -> acb:
    argument = _real_argument(node, frame, analytic)
    if argument == 0 and not analytic:
        return ball(node.args[1], frame)
    if frame.complex_depth == 0 and argument.contains(acb(0)):
        return NAN
    return argument.real_heaviside(analytic)


def _real_argument(node: Any, frame: Frame, analytic: bool) -> acb:
    exact = frame.exact(node.args[0])  # a sum of balls around fractions never is the integer at which a step lies
    if exact is not None:
        return acb(arb(exact))
    argument = ball(node.args[0], frame, analytic)
    if not is_real(node.args[0], frame) and not (frame.complex_depth == 0 and argument.imag == 0):
        raise UnknownError(f"{node} needs a real argument")
    return argument


def _extremum(pick: Callable[[acb, acb, bool], acb]) -> Rule:
    def rule(node: Any, frame: Frame, analytic: bool) -> acb:
        if not all(is_real(a, frame) for a in node.args):
            raise UnknownError(f"{node} needs real arguments")
        first, *rest = (ball(a, frame, analytic) for a in node.args)
        for other in rest:
            first = pick(first, other, analytic)
        return first

    return rule


def _rounded(pick: Callable[[acb, bool], acb]) -> Rule:
    def rule(node: Any, frame: Frame, analytic: bool) -> acb:
        return pick(_real_argument(node, frame, analytic), analytic)

    return rule


def _frac(node: Any, frame: Frame, analytic: bool) -> acb:
    argument = _real_argument(node, frame, analytic)
    return argument - argument.real_floor(analytic)


def _mod(node: Any, frame: Frame, analytic: bool) -> acb:
    """a - b floor(a / b): the remainder has the sign of the divisor."""
    top, bottom = (frame.exact(a) for a in node.args)
    if top is not None and bottom is not None and bottom != 0:
        return acb(top - bottom * (top / bottom).floor())
    if not all(is_real(a, frame) for a in node.args):
        raise UnknownError(f"{node} needs real arguments")
    value, divisor = (ball(a, frame, analytic) for a in node.args)
    return value - divisor * (value / divisor).real_floor(analytic)


def _atan2(node: Any, frame: Frame, analytic: bool) -> acb:
    if frame.complex_depth or not all(is_real(a, frame) for a in node.args):
        raise UnknownError(f"{node} needs real arguments outside integrals")
    up, right = (ball(a, frame).real for a in node.args)
    return acb(arb.atan2(up, right)) if not (up == 0 and right == 0) else NAN


def _part(pick: Callable[[acb], Any]) -> Rule:
    def rule(node: Any, frame: Frame, analytic: bool) -> acb:
        if frame.complex_depth:
            raise UnknownError(f"{node.func.__name__} inside an integral is not analytic")
        return acb(pick(ball(node.args[0], frame, analytic)))

    return rule


TABLE: dict[Any, Rule] = {
    sp.Abs: _abs, sp.sign: _sign, sp.Heaviside: _heaviside, sp.Max: _extremum(acb.real_max),
    sp.Min: _extremum(acb.real_min), sp.re: _part(lambda z: z.real), sp.im: _part(lambda z: z.imag),
    sp.conjugate: _part(lambda z: z.conjugate()), sp.arg: _part(acb.arg), sp.atan2: _atan2,
    sp.floor: _rounded(acb.real_floor), sp.ceiling: _rounded(acb.real_ceil), sp.frac: _frac, sp.Mod: _mod,
}  # fmt: skip
