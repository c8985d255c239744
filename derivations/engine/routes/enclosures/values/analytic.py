"""Functions of one variable that are analytic but for poles and cuts."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false

# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp
from flint import acb

from derivations.engine.routes.enclosures.points import Frame, UnknownError
from derivations.engine.routes.enclosures.table import NAN, Rule, ball

HOLOMORPHIC: dict[Any, Callable[[acb], acb]] = {
    sp.sin: acb.sin, sp.cos: acb.cos, sp.tan: acb.tan, sp.cot: acb.cot, sp.sec: acb.sec, sp.csc: acb.csc,
    sp.sinh: acb.sinh, sp.cosh: acb.cosh, sp.tanh: acb.tanh, sp.coth: acb.coth, sp.sech: acb.sech, sp.csch: acb.csch,
    sp.erf: acb.erf, sp.erfc: acb.erfc, sp.erfi: acb.erfi, sp.gamma: acb.gamma,
    sp.factorial: lambda x: (x + 1).gamma(),
    sp.sinc: acb.sinc, sp.digamma: acb.digamma, sp.Si: acb.si, sp.Shi: acb.shi, sp.airyai: acb.airy_ai,
    sp.airybi: acb.airy_bi, sp.airyaiprime: lambda x: x.airy_ai(derivative=1),
    sp.airybiprime: lambda x: x.airy_bi(derivative=1), sp.fresnels: acb.fresnel_s, sp.fresnelc: acb.fresnel_c,
}  # fmt: skip
"""Functions without branch cuts: a pole makes the ball infinite, which is all that is needed."""


BRANCHED: dict[Any, Callable[[acb], acb]] = {
    sp.asin: acb.asin, sp.acos: acb.acos, sp.atan: acb.atan, sp.asinh: acb.asinh, sp.acosh: acb.acosh,
    sp.atanh: acb.atanh, sp.loggamma: acb.lgamma,
}  # fmt: skip
"""Functions whose balls may cross a cut without notice: analytic only where ``_off_the_cut`` says so."""


RECIPROCALS: dict[Any, Any] = {
    sp.acot: sp.atan, sp.asec: sp.acos, sp.acsc: sp.asin, sp.acoth: sp.atanh, sp.asech: sp.acosh, sp.acsch: sp.asinh,
}  # fmt: skip
"""Inverse functions that are another one at 1/x."""


def _holomorphic(node: Any, frame: Frame, analytic: bool) -> acb:
    return HOLOMORPHIC[node.func](ball(node.args[0], frame, analytic))


def _branched(node: Any, frame: Frame, analytic: bool) -> acb:
    argument = ball(node.args[0], frame, analytic)
    if analytic and not _off_the_cut(node.func, argument):
        return NAN
    return BRANCHED[node.func](argument)


def _reciprocal(node: Any, frame: Frame, analytic: bool) -> acb:
    return ball(RECIPROCALS[node.func](1 / node.args[0]), frame, analytic)


def _off_the_cut(function: Any, x: acb) -> bool:
    """Whether a ball is certainly away from the cuts on the real or imaginary axis."""
    if function in (sp.atan, sp.asinh):
        return bool(abs(x.imag) < 1) or not x.real.contains(0)
    if function in (sp.asin, sp.acos, sp.atanh):
        return bool(abs(x.real) < 1) or not x.imag.contains(0)
    if function is sp.acosh:
        return bool(x.real > 1) or not x.imag.contains(0)
    return bool(x.real > 0) or not x.imag.contains(0)


def _polygamma(node: Any, frame: Frame, analytic: bool) -> acb:
    order = frame.exact(node.args[0])
    if order is None or order.q != 1 or order < 0:
        raise UnknownError(f"polygamma of order {node.args[0]}")
    argument = ball(node.args[1], frame, analytic)
    return argument.digamma() if order == 0 else argument.polygamma(acb(int(order.p)))


TABLE: dict[Any, Rule] = {
    **dict.fromkeys(HOLOMORPHIC, _holomorphic), **dict.fromkeys(BRANCHED, _branched),
    **dict.fromkeys(RECIPROCALS, _reciprocal), sp.polygamma: _polygamma,
}  # fmt: skip
