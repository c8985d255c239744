"""The smooth parts of special functions, as tables.

What a table holds is nowhere small; the formulas of `numerics.lowering.definitions` add zeros, poles and growth.
Variables such as 2 / (2 + x) bring a half-line to an interval, its far end to 0.
"""

# pyright: reportOperatorIssue=false, reportAttributeAccessIssue=false, reportArgumentType=false
# (python-flint's annotations leave out numbers)

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from flint import acb, arb

from derivations.engine.routes.enclosures.table import precision
from numerics.lowering.nodes import RealFunction
from numerics.lowering.series_tables import BITS, SeriesTable

ENTIRE = (0.0, math.inf)
HALF_PLANE = (1e3, 1e3)
"""Positive real parts."""
RIGHT = (1.0, 1.0)
"""Where t = 2 / (2 + x) with real parts of x above -1,"""
POSITIVE = (0.5, 0.5)
"""or above 0."""
TABLES: dict[str, SeriesTable] = {}
"""By the name that the generated code calls."""
SERIES: dict[Any, str] = {}
"""The nodes that stand for tables in formulas."""


def _series(
    name: str,
    function: Callable[[acb], Any],
    start: float,
    end: float,
    n_pieces: int,
    degree: int,
    disc: tuple[float, float] | None = None,
) -> Any:
    node = type(name, (RealFunction,), {"nargs": (1,)})
    TABLES[name] = SeriesTable(function=function, start=start, end=end, n_pieces=n_pieces, degree=degree, disc=disc)
    SERIES[node] = name
    return node


def _far(t: acb) -> acb:
    """x from t = 2 / (2 + x)."""
    return 2 * (1 - t) / t


def _scaled_i0(t: acb) -> acb:
    u = _far(t)
    return (-u).exp() * u.bessel_i(0) * (1 + u).sqrt()


def _scaled_i1(t: acb) -> acb:
    u = _far(t)
    return (-u).exp() * u.bessel_i(1) * (1 + u).sqrt() * (1 + 2 / u)


I0 = _series("scaled_bessel_i0_series", _scaled_i0, 0, 1, 8, 16, RIGHT)
I1 = _series("scaled_bessel_i1_series", _scaled_i1, 0, 1, 8, 16, RIGHT)
NEAR_I0 = _series("bessel_i0_near_series", lambda t: t.sqrt().bessel_i(0), 0, 1, 1, 8, ENTIRE)
NEAR_I1 = _series("bessel_i1_near_series", lambda t: t.sqrt().bessel_i(1) / t.sqrt(), 0, 1, 1, 8, ENTIRE)
I0_MINUS_ONE = _series("bessel_i0_minus_one_series", lambda t: (t.sqrt().bessel_i(0) - 1) / t, 0, 4, 1, 12, ENTIRE)


def _i0_less_i1(t: acb) -> acb:
    """exp(-u) (I_0(u) - I_1(u)) (1 + u)^(3/2), by Kummer's function, in which nothing cancels."""
    u = _far(t)
    return (-2 * u).hypgeom_1f1(acb(1.5), acb(2)) * (1 + u) ** acb(1.5)


I0_LESS_I1 = _series("bessel_i0_less_i1_series", _i0_less_i1, 0, 1, 8, 18, RIGHT)


def _near_k0(t: acb) -> acb:
    u = t.sqrt()
    return u.bessel_k(0) + (u / 2).log() * u.bessel_i(0)


def _near_k1(t: acb) -> acb:
    u = t.sqrt()
    return (u.bessel_k(1) - 1 / u - (u / 2).log() * u.bessel_i(1)) / u


def _far_k(order: int) -> Callable[[acb], acb]:
    """exp(x) K_n(x) sqrt(x) as a function of 1 / x, by Tricomi's function."""
    return lambda t: (2 / t) ** order * (arb.pi() / t).sqrt() * (2 / t).hypgeom_u(acb(order) + 0.5, acb(2 * order + 1))


NEAR_K0 = _series("bessel_k0_near_series", _near_k0, 0, 1, 1, 8, ENTIRE)
NEAR_K1 = _series("bessel_k1_near_series", _near_k1, 0, 1, 1, 8, ENTIRE)
FAR_K0 = _series("bessel_k0_far_series", _far_k(0), 0, 1, 8, 13, HALF_PLANE)
FAR_K1 = _series("bessel_k1_far_series", _far_k(1), 0, 1, 8, 13, HALF_PLANE)


def _dawson(t: acb) -> acb:
    """D(u) (1 / u + 2 u) with t = 2 / (2 + u^2), by Kummer's function."""
    square = _far(t)
    return (-square).exp() * square.hypgeom_1f1(acb(0.5), acb(1.5)) * (1 + 2 * square)


DAWSON = _series("dawson_series", _dawson, 0, 1, 16, 17, RIGHT)


def _scaled_erfc(t: acb) -> acb:
    """(1 + 2 x) exp(x^2) erfc(x)."""
    u = _far(t)
    return (u * u).exp() * u.erfc() * (1 + 2 * u)


def _erfc_gap(t: acb) -> acb:
    """(1 / sqrt(pi) - x exp(x^2) erfc(x)) (1 + x)^2, far out by Tricomi's function, in which nothing cancels."""
    u, root = _far(t), arb.pi().sqrt()
    far = u.real > abs(u.imag)
    gap = (u * u).hypgeom_u(acb(1), acb(0.5)) / (2 * root) if far else 1 / root - u * (u * u).exp() * u.erfc()
    return gap * (1 + u) ** 2


ERFC_GAP = _series("scaled_erfc_gap_series", _erfc_gap, 0, 1, 8, 18, RIGHT)
SCALED_ERFC = _series("scaled_erfc_series", _scaled_erfc, 0, 1, 4, 18, RIGHT)


def _bernoulli(t: acb) -> acb:
    """(polylog(2, 1 - exp(-u)) - u + u^2 / 4) / u^3 as a function of u^2."""
    u = t.sqrt()
    return ((1 - (-u).exp()).polylog(2) - u + u * u / 4) / u**3


BERNOULLI = _series("dilogarithm_series", _bernoulli, 0, 0.5, 1, 8, (0.0, 9.5))


def _atanh_gap(t: acb) -> acb:
    """(atanh(s) - s) / s^3 as a function of s^2."""
    s = t.sqrt()
    return (s.atanh() - s) / s**3


ATANH_GAP = _series("atanh_gap_series", _atanh_gap, 0, 0.125, 1, 10, (0.0, 1.0))


def _log_factorial(t: acb) -> acb:
    """log(gamma(w)) / ((w - 1) (w - 2)) with t = 2 / (2 + w)."""
    w = _far(t)
    return w.lgamma() / ((w - 1) * (w - 2))


def _stirling(t: acb) -> acb:
    """w (log gamma(w) - (w - 1/2) log(w) + w - log(2 pi) / 2) with t = 1 / w^2."""
    w = 1 / t.sqrt()
    return w * (w.lgamma() - (w - 0.5) * w.log() + w - (2 * arb.pi()).log() / 2)


LOG_FACTORIAL = _series("log_factorial_series", _log_factorial, 0.1875, 0.8125, 10, 14, POSITIVE)
STIRLING = _series("stirling_series", _stirling, 0, 1 / 64, 1, 6)


def _stirling_near(t: acb) -> acb:
    """w (log gamma(w) - (w - 1/2) log(w) + w - log(2 pi) / 2) with t = 2 / (2 + w)."""
    w = _far(t)
    return w * (w.lgamma() - (w - 0.5) * w.log() + w - (2 * arb.pi()).log() / 2)


def _digamma_gap(t: acb) -> acb:
    """w (log(w) - psi(w)) with t = 2 / (2 + w)."""
    w = _far(t)
    return w * (w.log() - w.digamma())


def _digamma_gap_far(t: acb) -> acb:
    """The same with t = 1 / w^2, less 1/2, times w."""
    w = 1 / t.sqrt()
    return (w * (w.log() - w.digamma()) - 0.5) * w


STIRLING_NEAR = _series("stirling_near_series", _stirling_near, 0.1875, 0.96875, 25, 19, POSITIVE)
DIGAMMA_GAP = _series("digamma_gap_series", _digamma_gap, 0.1875, 0.96875, 25, 19, POSITIVE)
DIGAMMA_GAP_FAR = _series("digamma_gap_far_series", _digamma_gap_far, 0, 1 / 64, 1, 6)


def _near_e1(t: acb) -> acb:
    return (t.expint(acb(1)) + t.log() + arb.const_euler()) / t


def _far_e1(t: acb) -> acb:
    """exp(x) E_1(x) (1 + x) as a function of 1 / x, by Tricomi's function."""
    return (1 / t).hypgeom_u(acb(1), acb(1)) * (1 + 1 / t)


NEAR_E1 = _series("exponential_integral_near_series", _near_e1, 0, 1, 1, 13, ENTIRE)
FAR_E1 = _series("exponential_integral_far_series", _far_e1, 0, 1, 16, 14, HALF_PLANE)


def _trigamma(t: acb) -> acb:
    return (1 + _far(t)).polygamma(acb(1)) * (_far(t) + 0.5)


def _digamma_over_root(t: acb) -> acb:
    return (1 + _far(t)).digamma() / (_far(t) + 1 - DIGAMMA_ROOT)


def _digamma_correction(t: acb) -> acb:
    """(psi(1/2 + y) - log(y)) y^2 as a function of 1 / y^2."""
    y = 1 / t.sqrt()
    return ((y + 0.5).digamma() - y.log()) / t


def _root(function: Callable[[arb], arb], slope: Callable[[arb], arb], start: str) -> arb:
    """Newton's method to the precision of the tables."""
    with precision(BITS):
        found = arb(start)
        for _ in range(STEPS):
            found = (found - function(found) / slope(found)).mid()
        return found


STEPS = 9
"""Of Newton's method: digits double from one on."""
DIGAMMA_ROOT = _root(arb.digamma, lambda u: acb(u).polygamma(acb(1)).real, "1.46")
TRIGAMMA = _series("trigamma_series", _trigamma, 0, 1, 8, 14, RIGHT)
DIGAMMA_OVER_ROOT = _series("digamma_over_root_series", _digamma_over_root, 0.375, 1, 5, 14, RIGHT)
DIGAMMA_CORRECTION = _series("digamma_correction_series", _digamma_correction, 0, 0.08203125, 1, 12)


def _inverse_tail(t: acb) -> arb:
    """erfcinv(exp(-w^2)) / w with t = 2 / (2 + w)."""
    w = _far(t).real
    return (-w * w).exp().erfcinv() / w


INVERSE_TAIL = _series("erfcinv_series", _inverse_tail, 0.0625, 0.71875, 8, 16)
INVERSE_NEAR = _series("erfinv_series", lambda t: t.real.sqrt().erfinv() / t.real.sqrt(), 0, 0.25, 2, 12)

EI_ROOT = _root(lambda u: u.ei(), lambda u: u.exp() / u, "0.37")


def _entire(u: acb) -> acb:
    """Ei(u) - log(u) - gamma = the sum of u^k / (k k!)."""
    return u.ei() - u.log() - arb.const_euler()


def _ei_over_root(t: acb) -> acb:
    return (_entire(t) - _entire(acb(EI_ROOT))) / (t - EI_ROOT)


def _far_ei(t: acb) -> acb:
    u = 6 / t
    return u.ei() * (-u).exp() * u


EI_OVER_ROOT = _series("ei_over_root_series", _ei_over_root, 0, 6, 8, 11, ENTIRE)
FAR_EI = _series("ei_far_series", _far_ei, 0, 1, 16, 17, HALF_PLANE)
