"""What is certainly real, and numbers that a real expression never falls below.

Trusted: ``growth`` bounds denominators and logarithms by them, and the rules of real functions ask for them.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any

import sympy as sp
from flint import acb, arb

from derivations.engine.routes.enclosures.points import Frame
from derivations.engine.routes.enclosures.table import ball
from theory.averages import GaussianMean

BOUNDED = {sp.tanh: 1, sp.sech: 1, sp.erf: 1, sp.erfc: 2, sp.atan: 2, sp.sin: 1, sp.cos: 1, sp.sign: 1, sp.Heaviside: 1}
"""Functions bounded on the real axis, with a bound (pi/2 < 2)."""


def is_complex(node: Any, frame: Frame) -> bool:
    """Whether a variable of an integral further out may run through complex numbers in this expression."""
    values = (frame.bound.get(s) for s in node.free_symbols)
    return any(isinstance(value, acb) and not value.imag == 0 for value in values)  # noqa: SIM201 (balls: not the same)


def lower_bound(node: Any, frame: Frame) -> arb | None:
    """A number not above the real expression ``node`` for every real value of its integration variables."""
    if not _depends_on_any(node, frame):
        return _value_below(node, frame)
    if node in frame.far:
        return arb(1)
    if node in frame.ranges:
        return _least_end(frame.ranges[node], frame)
    if isinstance(node, sp.Add):
        parts = [lower_bound(a, frame) for a in node.args]
        return None if None in parts else sum(parts, arb(0))  # type: ignore[arg-type]
    if isinstance(node, sp.Mul):
        return _product_below([lower_bound(a, frame) for a in node.args])
    if isinstance(node, sp.exp) or (isinstance(node, sp.Pow) and node.base is sp.E):
        return _exponential_below(node.exp, frame) if is_real(node.exp, frame) else None
    if isinstance(node, sp.Pow):
        return _power_below(node, frame)
    if isinstance(node, sp.cosh) and is_real(node.args[0], frame):
        return arb(1)
    if isinstance(node, sp.Abs):
        return arb(0)
    if isinstance(node, GaussianMean):
        return lower_bound(node.body, _under(node, frame)) if _is_plain_mean(node, frame) else None
    bounded = node.func in BOUNDED and is_real(node.args[0], frame)
    return arb(-BOUNDED[node.func]) if bounded else None


def _least_end(ends: tuple[Any, Any], frame: Frame) -> arb | None:
    """The lower of two ends; an infinite upper one is none."""
    parts = [lower_bound(end, frame) for end in ends if end is not sp.oo]
    return None if None in parts else arb(min(parts, key=float))  # type: ignore[type-var]


def _exponential_below(exponent: Any, frame: Frame) -> arb:
    below = lower_bound(exponent, frame)
    return arb(0) if below is None else arb(below.exp().lower())


def _depends_on_any(node: Any, frame: Frame) -> bool:
    return any(isinstance(frame.bound.get(s), acb) or s in frame.imaginary for s in node.free_symbols)


def _value_below(node: Any, frame: Frame) -> arb | None:
    value = ball(node, frame)
    return arb(value.real.lower()) if value.imag == 0 else None


def _product_below(parts: list[arb | None]) -> arb | None:
    result = arb(1)
    for part in parts:
        if part is None or not part >= 0:
            return None
        result *= part
    return result


def _power_below(node: Any, frame: Frame) -> arb | None:
    exponent = frame.exact(node.exp) if not _depends_on_any(node.exp, frame) else None
    if exponent is None:
        return None
    if exponent.q == 1 and exponent > 0 and int(exponent.p) % 2 == 0 and is_real(node.base, frame):
        return _even_power_below(lower_bound(node.base, frame), int(exponent.p))
    below = lower_bound(node.base, frame)
    if below is None or not below >= 0:
        return None
    return arb((below ** arb(exponent)).lower()) if exponent > 0 else arb(0)


def _even_power_below(below: arb | None, power: int) -> arb:
    return below**power if below is not None and below >= 0 else arb(0)


def is_real(node: Any, frame: Frame) -> bool:
    """Whether an expression is certainly real for real values of the integration variables."""
    if node.is_Rational or isinstance(node, sp.NumberSymbol):
        return True
    if isinstance(node, sp.Symbol | sp.Indexed):
        return _real_name(node, frame)
    if isinstance(node, sp.Add | sp.Mul | sp.Max | sp.Min):
        return all(is_real(a, frame) for a in node.args)
    if isinstance(node, sp.Pow) and node.base is not sp.E:
        return _real_power(node, frame)
    if isinstance(node, sp.Abs):
        return True
    if isinstance(node, sp.log):
        below = lower_bound(node.args[0], frame)
        return is_real(node.args[0], frame) and below is not None and bool(below >= 0)
    if isinstance(node, GaussianMean):
        return _is_plain_mean(node, frame) and is_real(node.body, _under(node, frame))
    return node.func in _REAL and all(is_real(a, frame) for a in node.args)


def _is_plain_mean(node: GaussianMean, frame: Frame) -> bool:
    """Whether a mean is over one variable with a variance that is a number not below zero."""
    if node.ranges or _depends_on_any(node.variance, frame):
        return False
    variance = ball(node.variance, frame)
    return bool(variance.imag == 0 and variance.real >= 0)


def _under(node: GaussianMean, frame: Frame) -> Frame:
    """The frame inside a mean, whose variable is any real number."""
    return frame.along(node.family, acb(0))


_REAL = frozenset(
    {
        sp.exp, sp.sin, sp.cos, sp.tan, sp.sinh, sp.cosh, sp.tanh, sp.sech, sp.coth, sp.erf, sp.erfc, sp.atan, sp.asinh,
        sp.sign, sp.Heaviside, sp.KroneckerDelta, sp.gamma, sp.factorial,
    }
)  # fmt: skip
"""Functions that are real for real arguments, wherever they are finite."""


def _real_name(node: Any, frame: Frame) -> bool:
    if node in frame.imaginary:
        return False
    if isinstance(frame.bound.get(node), acb):
        return True
    found = frame.value(node)
    if isinstance(found, acb):
        return bool(found.imag == 0)
    return found.is_real is True


def _real_power(node: Any, frame: Frame) -> bool:
    if not is_real(node.base, frame):
        return False
    exponent = frame.exact(node.exp) if not _depends_on_any(node.exp, frame) else None
    if exponent is not None and exponent.q == 1:
        return True
    below = lower_bound(node.base, frame)
    return is_real(node.exp, frame) and below is not None and bool(below >= 0)
