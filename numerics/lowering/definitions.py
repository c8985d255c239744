"""Special functions defined by formulas of tables: one definition for all backends.

Each is exact up to rounding, at infinities and signed zeros too.
"""

# pyright: reportOperatorIssue=false, reportAttributeAccessIssue=false, reportArgumentType=false
# (SymPy's and python-flint's annotations leave out numbers)

from __future__ import annotations

from typing import Any

import sympy as sp
from flint import arb

import numerics.lowering.gamma_definitions as gamma
import numerics.lowering.special_nodes as nodes
from derivations.engine.routes.enclosures.table import precision
from numerics.lowering.nodes import ExpMinusOne, LogOnePlus, RealFunction, ScaledErfc
from numerics.lowering.series_tables import BITS
from numerics.lowering.special_tables import (
    ATANH_GAP,
    BERNOULLI,
    DAWSON,
    DIGAMMA_CORRECTION,
    DIGAMMA_OVER_ROOT,
    DIGAMMA_ROOT,
    EI_OVER_ROOT,
    EI_ROOT,
    ERFC_GAP,
    FAR_E1,
    FAR_EI,
    FAR_K0,
    FAR_K1,
    I0,
    I0_LESS_I1,
    I0_MINUS_ONE,
    I1,
    INVERSE_NEAR,
    INVERSE_TAIL,
    LOG_FACTORIAL,
    NEAR_E1,
    NEAR_I0,
    NEAR_I1,
    NEAR_K0,
    NEAR_K1,
    SCALED_ERFC,
    STIRLING,
    TRIGAMMA,
)

x, y, half = gamma.x, gamma.y, gamma.half
size = sp.Abs(x)
_square = x**2
_growing = 1 + size
_core = 2 / (2 + size)
_unit = sp.And(x >= 0, x < 1)
_TINY = sp.Rational(1, 2**1000)

_GAP = I0_LESS_I1(_core) / (I0(_core) * _growing)


def _branches(*parts: tuple[Any, Any]) -> Any:
    return sp.Piecewise(*parts, evaluate=False)


def _near_one(w: Any, is_near: Any) -> Any:
    """log gamma(1 + w) for w >= -1/2: between the zeros 0 and 1 of a table up to w = 7, then by Stirling's series."""
    far = w + 1
    stirling = (w + half) * (sp.log(far) - 1) + (sp.log(2 * sp.pi) - 1) / 2 + STIRLING(far**-2) / far
    return _branches((w * (w - 1) * LOG_FACTORIAL(2 / (3 + w)), is_near), (stirling, True))


def _log_gamma() -> Any:
    """Below 1/2 from the value at 1 + x."""
    w = _branches((x, x < half), (x - 1, True))
    return _near_one(w, x < 8) - _branches((sp.log(x), x < half), (0, True))


def _log_factorial_of() -> Any:
    """Below -1/2 from the value at 1 + x."""
    w = _branches((x + 1, x < -half), (x, True))
    return _near_one(w, x < 7) - _branches((LogOnePlus(x), x < -half), (0, True))


def _tail(q: Any) -> Any:
    """erfcinv(q) for q <= 1/2."""
    w = sp.sqrt(-sp.log(q))
    return w * INVERSE_TAIL(2 / (2 + w))


def _dilogarithm() -> Any:
    """With y in [-1, 1/2], by polylog(2, y) = u - u^2 / 4 + ... in u = -log(1 - y)."""
    y = _branches((1 / x, x < -1), (x, x <= half), (1 - x, True))
    u = -LogOnePlus(-y)
    near = u - u**2 / 4 + u**3 * BERNOULLI(u**2)
    # At x = 1 the first factor of u log(y) is 0, and the second would be infinite.
    mirrored = sp.pi**2 / 6 + u * sp.log(sp.Max(y, _TINY)) - near
    inverted = -(sp.pi**2) / 6 - sp.log(-x) ** 2 / 2 - near
    return _branches((inverted, x < -1), (near, x <= half), (mirrored, x <= 1))


def _near_dilogarithm(u: Any) -> Any:
    """polylog(2, 1 - exp(-u)) for |u| < log(2)."""
    return u - u**2 / 4 + u**3 * BERNOULLI(u**2)


_IS_NEAR = size < sp.Rational(11, 16)  # just below log(2)
_MINUS_SIZE = -size


def _exp_dilogarithm() -> Any:
    """Near 1 from polylog(2, 1 - exp(x)), whose argument has all its digits."""
    near = sp.pi**2 / 6 - x * sp.log(sp.Max(-ExpMinusOne(x), _TINY)) - _near_dilogarithm(-x)
    return _branches((near, sp.And(_IS_NEAR, x <= 0)), (nodes.Dilogarithm(sp.exp(x)), x <= 0))


def _fermi_dilogarithm() -> Any:
    """Above zero by inversion."""
    below = -nodes.Dilogarithm(-sp.exp(_MINUS_SIZE))
    return _branches((sp.pi**2 / 6 + _square / 2 - below, x > 0), (below, True))


def _complement_dilogarithm() -> Any:
    """By reflection where 1 - exp(x) is near 1, by inversion where it is large."""
    decay, rest = -ExpMinusOne(_MINUS_SIZE), LogOnePlus(-sp.exp(_MINUS_SIZE))
    mirrored = sp.pi**2 / 6 - x * rest - nodes.ExpDilogarithm(_MINUS_SIZE)
    inverted = -(sp.pi**2) / 6 - (size + rest) ** 2 / 2 - nodes.Dilogarithm(-sp.exp(_MINUS_SIZE) / decay)
    return _branches((_near_dilogarithm(-x), _IS_NEAR), (mirrored, x < 0), (inverted, True))


def _log_one_plus_gap() -> Any:
    """With s = x / (2 + x), x - log(1 + x) = x s - 2 (atanh(s) - s)."""
    s = x / (2 + x)
    near = x * s - 2 * s**3 * ATANH_GAP(s**2)
    return _branches((near, sp.And(x > -half, x < 1)), (x - LogOnePlus(x), True))


def _distance(root: arb, y: Any) -> Any:
    with precision(BITS):
        high = float(root)
        low = float(root - arb(high))
    return nodes.Distance(y, sp.Float(high), sp.Float(low))


_SHIFT = 6
_SHIFTED = sp.Float(float(arb(_SHIFT).exp()))


def _growing_as_exp(scaled: Any, sign: Any = sp.S.One) -> Any:
    """exp(|x|) times what is small where it overflows, of a sign: two factors, the exponents exact."""
    return _branches((sp.exp(size - _SHIFT) * (_SHIFTED * scaled), size < 1000), (sign * sp.exp(size), True))


def _real_ei() -> Any:
    """About the zero r, log(x / r) and the rest of the series have one sign; far out, exp(x) / x times a table."""
    distance = _distance(EI_ROOT, x)
    root = sp.Float(float(EI_ROOT))
    logarithm = _branches((sp.log(x / root), x < sp.Rational(1, 8)), (LogOnePlus(distance / root), True))
    near = logarithm + distance * EI_OVER_ROOT(x)
    far = _growing_as_exp(FAR_EI(6 / x) / x)
    return _branches((-nodes.ExponentialIntegral(-x), x < 0), (near, x < 6), (far, True))


def _digamma() -> Any:
    """psi(1 + y) about its zero, or log(y + 1/2) and corrections; psi(1 + x) - 1/x below one; reflection below zero."""
    y = _branches((x - 1, x >= 1), (size, True))
    square = (y + half) ** -2
    near = _distance(DIGAMMA_ROOT - 1, y) * DIGAMMA_OVER_ROOT(2 / (2 + y))
    after_one = _branches((near, sp.And(x > -3, x < 4)), (sp.log(y + half) + square * DIGAMMA_CORRECTION(square), True))
    place = _from_nearest_integer()
    mirrored = after_one - sp.pi / sp.tan(sp.pi * place)
    return _branches((after_one, x >= 1), (after_one - 1 / x, x >= 0), (mirrored, sp.Ne(place, 0)))


def _scaled_erfc() -> Any:
    """Below zero 2 exp(x^2) less the value at -x."""
    tail = SCALED_ERFC(_core) / 2 / (half + size)
    return _branches((2 * nodes.ExpSquare(x) - tail, x < 0), (tail, True))


def _from_nearest_integer() -> Any:
    return x - sp.floor(x + half)


FORMULAS: dict[Any, tuple[str, Any]] = {
    nodes.StirlingRemainder: ("stirling_remainder", gamma.stirling_remainder()),
    nodes.DigammaGap: ("digamma_gap", gamma.digamma_gap()),
    nodes.LogGammaDifference: ("log_gamma_difference", gamma.log_gamma_difference()),
    nodes.DigammaDifference: ("digamma_difference", gamma.digamma_difference()),
    nodes.LogBeta: ("log_beta", gamma.log_beta()),
    nodes.LogBinomial: ("log_binomial", gamma.log_binomial()),
    nodes.ScaledBesselI0: ("scaled_bessel_i0", I0(_core) / sp.sqrt(_growing)),
    nodes.ScaledBesselI1: ("scaled_bessel_i1", sp.sign(x) * I1(_core) / (sp.sqrt(_growing) * (1 + 2 / size))),
    nodes.LogBesselI0: ("log_bessel_i0", _branches(
        (LogOnePlus(_square * I0_MINUS_ONE(_square)), size < 2),
        (size + sp.log(nodes.ScaledBesselI0(sp.Min(size, 10**300))), True),
    )),
    # Far out both terms are negative.
    nodes.LogScaledBesselI0: ("log_scaled_bessel_i0", _branches(
        (nodes.LogBesselI0(x) - size, size < 1), (sp.log(I0(_core)) - sp.log(_growing) / 2, True),
    )),
    nodes.BesselQuotientGap: ("bessel_quotient_gap", _branches((2 - _GAP, x < 0), (_GAP, True))),
    nodes.ScaledErfcGap: ("scaled_erfc_gap", _branches(
        (1 / sp.sqrt(sp.pi) - x * ScaledErfc(x), x < 0), (ERFC_GAP(_core) / _growing**2, True),
    )),
    nodes.ScaledBesselK0: ("scaled_bessel_k0", _branches(
        (sp.exp(x) * (NEAR_K0(_square) - sp.log(x / 2) * NEAR_I0(_square)), x < 1),
        (FAR_K0(1 / x) / sp.sqrt(x), True),
    )),
    # At x = 0 the last product is 0, and its logarithm would be infinite.
    nodes.ScaledBesselK1: ("scaled_bessel_k1", _branches(
        (sp.exp(x) * (1 / size + x * (sp.log(sp.Max(x, _TINY) / 2) * NEAR_I1(_square) + NEAR_K1(_square))), _unit),
        (FAR_K1(1 / x) / sp.sqrt(x), x >= 1),
    )),
    nodes.BesselI0: ("bessel_i0", _growing_as_exp(nodes.ScaledBesselI0(x))),
    nodes.BesselI1: ("bessel_i1", _growing_as_exp(nodes.ScaledBesselI1(x), sp.sign(x))),
    nodes.BesselK0: ("bessel_k0", sp.exp(-x) * nodes.ScaledBesselK0(x)),
    nodes.BesselK1: ("bessel_k1", sp.exp(-x) * nodes.ScaledBesselK1(x)),
    nodes.Dawson: ("dawson", DAWSON(2 / (2 + _square)) / (1 / x + 2 * x)),
    sp.erfi: ("erfi", _branches(
        (2 / sp.sqrt(sp.pi) * nodes.ExpSquare(x) * nodes.Dawson(x), size < 30), (x * sp.exp(_square), True),
    )),
    ScaledErfc: ("scaled_erfc", _scaled_erfc()),
    nodes.Dilogarithm: ("dilogarithm", _dilogarithm()),
    nodes.ExpDilogarithm: ("exp_dilogarithm", _exp_dilogarithm()),
    nodes.FermiDilogarithm: ("fermi_dilogarithm", _fermi_dilogarithm()),
    nodes.ComplementDilogarithm: ("complement_dilogarithm", _complement_dilogarithm()),
    nodes.LogOnePlusGap: ("log_one_plus_gap", _log_one_plus_gap()),
    nodes.LogFactorial: ("log_factorial", _log_factorial_of()),
    sp.loggamma: ("log_gamma", _log_gamma()),
    nodes.LogAbsGamma: ("log_abs_gamma", _branches(
        (sp.loggamma(x), x >= 0),
        (sp.log(sp.pi / sp.Abs(sp.sin(sp.pi * _from_nearest_integer()))) - nodes.LogFactorial(-x), True),
    )),
    nodes.LogGamma: ("log_of_gamma", _branches(
        (nodes.LogAbsGamma(x), sp.Or(x >= 0, sp.Eq(sp.Mod(sp.floor(x), 2, evaluate=False), 0))),
    )),
    nodes.Digamma: ("digamma", _digamma()),
    sp.Ei: ("real_exponential_integral", _real_ei()),
    nodes.Trigamma: ("trigamma", _branches(
        (TRIGAMMA(2 / (2 + x)) / (x + half) + x**-2, x >= 0),
        ((sp.pi / sp.sin(sp.pi * _from_nearest_integer())) ** 2 - TRIGAMMA(2 / (2 - x)) / (half - x), True),
    )),
    nodes.ExponentialIntegral: ("exponential_integral", _branches(
        (x * NEAR_E1(x) - sp.log(x) - sp.EulerGamma, x < 1), (sp.exp(-x) * FAR_E1(1 / x) / (1 + x), True),
    )),
    sp.erfcinv: ("erfcinv", _branches(
        (_tail(x), x <= half), ((1 - x) * INVERSE_NEAR((1 - x) ** 2), x < sp.Rational(3, 2)), (-_tail(2 - x), True),
    )),
    sp.erfinv: ("erfinv", _branches(
        (x * INVERSE_NEAR(_square), size <= half), (sp.sign(x) * _tail(1 - size), True),
    )),
}  # fmt: skip
"""The name of each function and what it is of `x`, or of `x` and `y`."""


def variables(node: Any) -> tuple[Any, ...]:
    """The arguments of a function that is defined here."""
    return (x, y)[: max(node.nargs.args)] if issubclass(node, RealFunction) else (x,)
