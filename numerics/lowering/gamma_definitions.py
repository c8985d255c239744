"""Formulas for differences of gamma functions, which keep their digits far out and for small steps.

By Stirling's series from 8 on; below, 8 steps of the recurrence lead there, each a term of one sign.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

import numerics.lowering.special_nodes as nodes
from numerics.lowering.nodes import LogOnePlus
from numerics.lowering.special_tables import DIGAMMA_GAP, DIGAMMA_GAP_FAR, STIRLING, STIRLING_NEAR

x, y = sp.symbols("x y", real=True)
half = sp.Rational(1, 2)
SHIFT = 8
TERMS = 9
"""Of the asymptotic series, enough from 8 on."""
NEAREST = sp.Rational(1, 8)
"""From where tables of 2 / (2 + x) begin."""
_HUGE = sp.Integer(2) ** 900


def _branches(*parts: tuple[Any, Any]) -> Any:
    return sp.Piecewise(*parts, evaluate=False)


def stirling_remainder() -> Any:
    """Near zero log gamma(1 + x) - (x + 1/2) log(x) and what is small beside it."""
    far = STIRLING(x**-2) / x
    near = STIRLING_NEAR(2 / (2 + x)) / x
    least = nodes.LogFactorial(x) - (x + half) * sp.log(x) + (x - sp.log(2 * sp.pi) / 2)
    return _branches((far, x >= SHIFT), (near, x >= NEAREST), (least, x > 0))


def digamma_gap() -> Any:
    """psi(x) - log(x), far out as -1/(2 x) and less."""
    far = -(half + DIGAMMA_GAP_FAR(x**-2) / x) / x
    return _branches(
        (far, x >= SHIFT), (-DIGAMMA_GAP(2 / (2 + x)) / x, x >= NEAREST), (nodes.Digamma(x) - sp.log(x), x > 0)
    )


_lower = sp.Min(x, x + y)
_gap = sp.Abs(y)
_is_near = _lower < SHIFT
_base = _branches((_lower + SHIFT, _is_near), (_lower, True))
_end = _base + _gap


def _difference_of_powers(coefficients: list[Any], first: int) -> Any:
    """The sum of c_k (w^m - z^m) / (w - z), m = first, first + 2, ..., for z = 1/base and w = 1/end."""
    z, w = 1 / _base, 1 / _end
    quotient, power, total = sp.S.One, z, sp.S.Zero
    for m in range(1, first + 2 * len(coefficients)):
        if m >= first and (m - first) % 2 == 0:
            total += coefficients[(m - first) // 2] * quotient
        quotient, power = w * quotient + power, power * z
    return -_gap * z * w * total


def log_gamma_difference() -> Any:
    """Of the larger less the smaller argument, with the sign of the step.

    (u - 1/2) log(1 + a/u) + a (log(u + a) - 1) + r(u + a) - r(u); the recurrence takes off log(1 + a/(u + k)). Where
    both are small and not close, each by itself.
    """
    stirling = [sp.bernoulli(2 * k) / (2 * k * (2 * k - 1)) for k in range(1, TERMS)]
    far = (_base - half) * LogOnePlus(_gap / _base) + _gap * (sp.log(_end) - 1) + _difference_of_powers(stirling, 1)
    is_apart = sp.Or(sp.And(_lower < 2, _gap > sp.Rational(1, 4)), sp.And(_is_near, _gap > 4))
    apart = sp.loggamma(_lower + _gap) - sp.loggamma(_lower)
    return sp.sign(y) * _branches((apart, is_apart), (far - _branches((_steps(), _is_near), (0, True)), True))


def _steps() -> Any:
    """The sum of log(1 + a/(u + k)); the first term apart, where the quotient may overflow."""
    product: Any = sp.S.Zero
    for k in range(1, SHIFT):
        step = _gap / (_lower + k)
        product = product + step * (1 + product)
    first = _branches(
        (LogOnePlus(_gap / _lower), _gap < _lower * _HUGE), (sp.log(_lower + _gap) - sp.log(_lower), True)
    )
    return first + LogOnePlus(product)


def digamma_difference() -> Any:
    """log(1 + a/u) + (1/u - 1/(u + a))/2 + ..., and a/((u + k) (u + k + a)) for each step of the recurrence."""
    series = [sp.bernoulli(2 * k) / (2 * k) for k in range(1, TERMS)]
    half_gap = _gap / (2 * _base * _end)
    far = LogOnePlus(_gap / _base) + (half_gap - _difference_of_powers(series, 2))
    steps = sp.Add(*(_gap / (_lower + k) / (_lower + _gap + k) for k in range(SHIFT)), evaluate=False)
    return sp.sign(y) * (far + _branches((steps, _is_near), (0, True)))


def log_beta() -> Any:
    """By the smaller argument, or where both are large by Stirling's formula, all terms of one sign but one."""
    a, b = sp.Min(x, y), sp.Max(x, y)
    r = nodes.StirlingRemainder
    rest = r(a) + r(b) - r(a + b) + (sp.log(2 * sp.pi) - sp.log(b)) / 2
    far = rest - (a - half) * LogOnePlus(b / a) - b * LogOnePlus(a / b)
    return _branches((sp.loggamma(a) - nodes.LogGammaDifference(b, a), a < SHIFT), (far, True))


def log_binomial() -> Any:
    """By the smaller argument, or where both are large by Stirling's formula."""
    a, b = sp.Min(x, y), sp.Max(x, y)
    r = nodes.StirlingRemainder
    rest = r(a + b) - r(a) - r(b) - (sp.log(2 * sp.pi) + sp.log(a) - LogOnePlus(a / b)) / 2
    far = a * LogOnePlus(b / a) + b * LogOnePlus(a / b) + rest
    return _branches((nodes.LogGammaDifference(b + 1, a) - nodes.LogFactorial(a), a < SHIFT), (far, True))
