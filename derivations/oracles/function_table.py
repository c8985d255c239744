"""What each function of SymPy is in mpmath: names side by side, nothing computed here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp
from mpmath import mp

CONSTANTS: dict[Any, Callable[[], Any]] = {
    sp.pi: lambda: +mp.pi,
    sp.E: lambda: +mp.e,
    sp.I: lambda: mp.mpc(0, 1),
    sp.EulerGamma: lambda: +mp.euler,
    sp.Catalan: lambda: +mp.catalan,
    sp.GoldenRatio: lambda: +mp.phi,
    sp.oo: lambda: mp.inf,
    -sp.oo: lambda: -mp.inf,
}
"""Constants, at the precision in force when they are asked for."""


def _heaviside(x: Any, at_zero: Any = None) -> Any:
    if x == 0:
        return mp.mpf(1) / 2 if at_zero is None else at_zero
    return mp.mpf(1 if x > 0 else 0)


def _delta(i: Any, j: Any) -> Any:
    return mp.mpf(1 if i == j else 0)


def _real(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of real arguments: what is complex only by rounding is made real, anything else is refused."""

    def taken(*arguments: Any) -> Any:
        return function(*(as_real(a) for a in arguments))

    return taken


def as_real(value: Any) -> Any:
    """The real number that a value is.

    Raises
    ------
    ValueError
        If it is not real.
    """
    if isinstance(value, mp.mpc):
        if abs(value.imag) > mp.eps * 1000 * (1 + abs(value)):
            raise ValueError(f"a real number was expected, found {value}")
        return value.real
    return value


def _harmonic(n: Any, order: Any = 1) -> Any:
    if order == 1:
        return mp.harmonic(n)
    return mp.zeta(order) - mp.zeta(order, n + 1)


FUNCTIONS: dict[Any, Callable[..., Any]] = {
    sp.exp: mp.exp, sp.log: mp.log,
    sp.sin: mp.sin, sp.cos: mp.cos, sp.tan: mp.tan, sp.cot: mp.cot, sp.sec: mp.sec, sp.csc: mp.csc, sp.sinc: mp.sinc,
    sp.asin: mp.asin, sp.acos: mp.acos, sp.atan: mp.atan, sp.acot: mp.acot, sp.atan2: _real(mp.atan2),
    sp.sinh: mp.sinh, sp.cosh: mp.cosh, sp.tanh: mp.tanh, sp.coth: mp.coth, sp.sech: mp.sech, sp.csch: mp.csch,
    sp.asinh: mp.asinh, sp.acosh: mp.acosh, sp.atanh: mp.atanh, sp.acoth: mp.acoth,
    sp.Abs: abs, sp.sign: mp.sign, sp.re: mp.re, sp.im: mp.im, sp.conjugate: mp.conj, sp.arg: mp.arg,
    sp.floor: _real(mp.floor), sp.ceiling: _real(mp.ceil), sp.Heaviside: _real(_heaviside),
    sp.Max: _real(max), sp.Min: _real(min), sp.KroneckerDelta: _real(_delta),
    sp.erf: mp.erf, sp.erfc: mp.erfc, sp.erfi: mp.erfi, sp.erfinv: _real(mp.erfinv),
    sp.gamma: mp.gamma, sp.loggamma: mp.loggamma, sp.factorial: mp.factorial, sp.factorial2: mp.fac2,
    sp.binomial: mp.binomial, sp.beta: mp.beta, sp.digamma: mp.digamma,
    sp.polygamma: lambda n, x: mp.polygamma(int(as_real(n)), x),
    sp.RisingFactorial: mp.rf, sp.FallingFactorial: mp.ff, sp.harmonic: _harmonic,
    sp.catalan: lambda n: mp.binomial(2 * n, n) / (n + 1),
    sp.fibonacci: mp.fib, sp.bernoulli: lambda n: mp.bernoulli(int(as_real(n))),
    sp.zeta: mp.zeta, sp.dirichlet_eta: mp.altzeta, sp.polylog: mp.polylog, sp.LambertW: mp.lambertw,
    sp.lowergamma: lambda a, x: mp.gammainc(a, 0, x), sp.uppergamma: mp.gammainc,
    sp.expint: mp.expint, sp.Ei: mp.ei, sp.Si: mp.si, sp.Ci: mp.ci, sp.li: mp.li,
    sp.besselj: mp.besselj, sp.bessely: mp.bessely, sp.besseli: mp.besseli, sp.besselk: mp.besselk,
    sp.airyai: mp.airyai, sp.airybi: mp.airybi,
    sp.legendre: mp.legendre, sp.chebyshevt: mp.chebyt, sp.chebyshevu: mp.chebyu,
    sp.hermite: mp.hermite, sp.laguerre: lambda n, x: mp.laguerre(n, 0, x), sp.assoc_laguerre: mp.laguerre,
    sp.gegenbauer: mp.gegenbauer, sp.jacobi: mp.jacobi,
    sp.elliptic_k: mp.ellipk, sp.elliptic_e: mp.ellipe,
}  # fmt: skip
"""SymPy's functions with their mpmath counterparts, arguments in the same order."""
