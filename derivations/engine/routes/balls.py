"""Arb balls for expressions: a closed table of node types; whatever is not in it is ``UnknownError``.

A ball contains the true value at the point. The table is trusted; each entry is tested against mpmath.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# ruff: noqa: ARG001 (every rule has one signature)
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import Any

import sympy as sp
from flint import acb, arb, fmpq

from derivations.engine.routes.gaussian import gaussian_mean
from derivations.engine.routes.growth import is_real
from derivations.engine.routes.points import Frame, TooLargeError, UnknownError
from derivations.engine.routes.quadrature import integral
from derivations.engine.routes.table import FALLBACKS, RULES, Rule, ball, precision
from theory.averages import ConfigurationSum, GaussianMean, OverlapIntegral
from theory.field_derivative import FieldDerivative
from theory.sums import Binder, Inside, Sigma

NAN = acb("nan")


def _by_class(node: Any) -> Rule | None:
    if node.is_Rational:
        return _rational
    if isinstance(node, sp.NumberSymbol):
        return _constant
    if node.func in HOLOMORPHIC:
        return _holomorphic
    if isinstance(node, Binder):
        return _written_out
    return None


def _rational(node: Any, frame: Frame, analytic: bool) -> acb:
    return acb(fmpq(int(node.p), int(node.q)))


def _constant(node: Any, frame: Frame, analytic: bool) -> acb:
    table = {sp.pi: arb.pi, sp.E: arb.const_e, sp.EulerGamma: arb.const_euler, sp.Catalan: arb.const_catalan}
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


HOLOMORPHIC: dict[Any, Callable[[acb], acb]] = {
    sp.sin: acb.sin, sp.cos: acb.cos, sp.tan: acb.tan, sp.cot: acb.cot, sp.sec: acb.sec, sp.csc: acb.csc,
    sp.sinh: acb.sinh, sp.cosh: acb.cosh, sp.tanh: acb.tanh, sp.coth: acb.coth, sp.sech: acb.sech, sp.csch: acb.csch,
    sp.erf: acb.erf, sp.erfc: acb.erfc, sp.erfi: acb.erfi, sp.gamma: acb.gamma,
    sp.factorial: lambda x: (x + 1).gamma(),
    sp.sinc: acb.sinc,
}  # fmt: skip
"""Functions without branch cuts: a pole makes the ball infinite, which is all that is needed."""

BRANCHED: dict[Any, Callable[[acb], acb]] = {
    sp.asin: acb.asin, sp.acos: acb.acos, sp.atan: acb.atan, sp.asinh: acb.asinh, sp.acosh: acb.acosh,
    sp.atanh: acb.atanh, sp.loggamma: acb.lgamma, sp.digamma: acb.digamma,
}  # fmt: skip
"""Functions whose balls may cross a cut without notice: analytic only where ``_off_the_cut`` says so."""


def _holomorphic(node: Any, frame: Frame, analytic: bool) -> acb:
    return HOLOMORPHIC[node.func](ball(node.args[0], frame, analytic))


def _branched(node: Any, frame: Frame, analytic: bool) -> acb:
    argument = ball(node.args[0], frame, analytic)
    if analytic and not _off_the_cut(node.func, argument):
        return NAN
    return BRANCHED[node.func](argument)


def _off_the_cut(function: Any, x: acb) -> bool:
    """Whether a ball is certainly away from the cuts on the real or imaginary axis."""
    if function in (sp.atan, sp.asinh):
        return bool(abs(x.imag) < 1) or not x.real.contains(0)
    if function in (sp.asin, sp.acos, sp.atanh):
        return bool(abs(x.real) < 1) or not x.imag.contains(0)
    if function is sp.acosh:
        return bool(x.real > 1) or not x.imag.contains(0)
    return bool(x.real > 0) or not x.imag.contains(0)


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
    return _real_argument(node, frame, analytic).real_heaviside(analytic)


def _real_argument(node: Any, frame: Frame, analytic: bool) -> acb:
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


def _polygamma(node: Any, frame: Frame, analytic: bool) -> acb:
    order = frame.exact(node.args[0])
    if order is None or order.q != 1 or order < 0:
        raise UnknownError(f"polygamma of order {node.args[0]}")
    argument = ball(node.args[1], frame, analytic)
    if analytic and not _off_the_cut(sp.digamma, argument):
        return NAN
    return argument.digamma() if order == 0 else argument.polygamma(acb(int(order.p)))


def _imaginary_unit(node: Any, frame: Frame, analytic: bool) -> acb:
    return acb(0, 1)


def _part(pick: Callable[[acb], Any]) -> Rule:
    def rule(node: Any, frame: Frame, analytic: bool) -> acb:
        if frame.complex_depth:
            raise UnknownError(f"{node.func.__name__} inside an integral is not analytic")
        return acb(pick(ball(node.args[0], frame, analytic)))

    return rule


def _delta(node: Any, frame: Frame, analytic: bool) -> acb:
    return acb(int(frame.integer(node.args[0]) == frame.integer(node.args[1])))


def _inside(node: Any, frame: Frame, analytic: bool) -> acb:
    index, low, high = (frame.integer(a) for a in node.args)
    return acb(int(low <= index <= high))


def _piecewise(node: Any, frame: Frame, analytic: bool) -> acb:
    possible: list[acb] = []
    for value, condition in node.args:
        truth = decided(condition, frame)
        if truth is not False:
            possible.append(ball(value, frame, analytic))
        if truth is True:
            break
    if not possible or (analytic and len(possible) > 1):
        return NAN
    result = possible[0]
    for other in possible[1:]:
        result = result.union(other)
    return result


def decided(condition: Any, frame: Frame) -> bool | None:
    """Whether a relation holds at the point: True, False, or None if the balls overlap."""
    if condition in (sp.true, sp.false):
        return bool(condition)
    if isinstance(condition, sp.Not):
        inner = decided(condition.args[0], frame)
        return None if inner is None else not inner
    if isinstance(condition, sp.And | sp.Or):
        return _connected([decided(c, frame) for c in condition.args], stop=isinstance(condition, sp.Or))
    if not isinstance(condition, sp.core.relational.Relational):
        raise UnknownError(f"no truth for {condition}")
    return _compared(condition, frame)


def _connected(truths: list[bool | None], *, stop: bool) -> bool | None:
    if stop in truths:
        return stop
    return None if None in truths else not stop


def _compared(condition: Any, frame: Frame) -> bool | None:
    if frame.complex_depth and isinstance(condition, sp.Eq | sp.Ne) and not _all_exact(condition, frame):
        raise UnknownError(f"the equation {condition} inside an integral")
    exact = [frame.exact(a) for a in condition.args]
    if None not in exact:
        difference = arb(exact[0] - exact[1])
    else:
        if not all(is_real(a, frame) for a in condition.args):
            raise UnknownError(f"{condition} compares complex numbers")
        difference = (ball(condition.lhs, frame) - ball(condition.rhs, frame)).real
    below, above, equal = bool(difference < 0), bool(difference > 0), bool(difference == 0)
    if not (below or above or equal):
        return None
    return {
        sp.StrictLessThan: below, sp.LessThan: below or equal, sp.StrictGreaterThan: above,
        sp.GreaterThan: above or equal, sp.Eq: equal, sp.Ne: not equal,
    }[condition.func]  # fmt: skip


def _all_exact(condition: Any, frame: Frame) -> bool:
    return all(frame.exact(a) is not None for a in condition.args)


def _sigma(node: Sigma, frame: Frame, analytic: bool) -> acb:
    total = acb(0)
    for value in range(frame.integer(node.lower), frame.integer(node.upper) + 1):
        frame.spend()
        total += ball(node.summand, frame.with_value(node.index, value), analytic)
    return total


def _finite_sum(node: sp.Sum, frame: Frame, analytic: bool) -> acb:
    return _over_limits(node.function, node.limits, frame, analytic, product=False)


def _product(node: sp.Product, frame: Frame, analytic: bool) -> acb:
    return _over_limits(node.function, node.limits, frame, analytic, product=True)


def _over_limits(body: Any, limits: Any, frame: Frame, analytic: bool, *, product: bool) -> acb:
    if not limits:
        return ball(body, frame, analytic)
    index, low, high = limits[-1]
    total = acb(1) if product else acb(0)
    first, last = frame.integer(low), frame.integer(high)
    if last < first - 1:
        raise UnknownError(f"the range {first} to {last} is reversed: conventions differ, so it has no value here")
    for value in range(first, last + 1):
        frame.spend()
        term = _over_limits(body, limits[:-1], frame.with_value(index, value), analytic, product=product)
        total = total * term if product else total + term
    return total


def _configurations(node: ConfigurationSum, frame: Frame, analytic: bool) -> acb:
    total = acb(0)
    for inner in frame.configurations(node):
        frame.spend()
        total += ball(node.body, inner, analytic)
    return total


def _field_derivative(node: FieldDerivative, frame: Frame, analytic: bool) -> acb:
    """Written out with the field symbolic and differentiated there: independent of any rule for sums."""
    return ball(node.written_out(frame.lookup), frame, analytic)


def _overlaps(node: OverlapIntegral, frame: Frame, analytic: bool) -> acb:
    total = acb(0)
    for weight, inner in frame.overlaps(node):
        frame.spend()
        total += weight * ball(node.body, inner, analytic)
    return total


def _written_out(node: Binder, frame: Frame, analytic: bool) -> acb:
    """Any other binder, by its meaning."""
    return ball(node.written_out(frame.lookup), frame, analytic)


def _gaussian(node: GaussianMean, frame: Frame, analytic: bool) -> acb:
    return gaussian_mean(node, frame)


def _integral(node: sp.Integral, frame: Frame, analytic: bool) -> acb:
    return integral(node, frame)


def _derivative(node: sp.Derivative, frame: Frame, analytic: bool) -> acb:
    result = node.expr
    pairs: Any = node.variable_count
    for variable, count in pairs:
        for _ in range(int(count)):
            result = sp.diff(result, variable)
    if result.has(sp.Derivative):
        raise UnknownError(f"no ball for the derivative of an undetermined function: {node}")
    return ball(result, frame, analytic)


RULES.update({
    sp.Symbol: _symbol, sp.Dummy: _symbol, sp.Indexed: _symbol, sp.Add: _add, sp.Mul: _mul, sp.Pow: _pow,
    sp.exp: _exp, sp.log: _log, sp.Abs: _abs, sp.sign: _sign, sp.Heaviside: _heaviside,
    sp.Max: _extremum(acb.real_max), sp.Min: _extremum(acb.real_min), sp.binomial: _binomial,
    sp.polygamma: _polygamma, type(sp.I): _imaginary_unit, sp.re: _part(lambda z: z.real),
    sp.im: _part(lambda z: z.imag), sp.conjugate: _part(lambda z: z.conjugate()),
    sp.KroneckerDelta: _delta, Inside: _inside, sp.Piecewise: _piecewise, Sigma: _sigma, sp.Sum: _finite_sum,
    sp.Product: _product, ConfigurationSum: _configurations, FieldDerivative: _field_derivative,
    OverlapIntegral: _overlaps,
    GaussianMean: _gaussian, sp.Integral: _integral, sp.Derivative: _derivative,
    **dict.fromkeys(BRANCHED, _branched),
})  # fmt: skip
FALLBACKS.append(_by_class)

__all__ = ["NAN", "TooLargeError", "UnknownError", "ball", "decided", "precision"]
