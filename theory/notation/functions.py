"""The functions of the notation: for each name how many arguments it takes and what it stands for.

The table is closed. A name that is not in it is never looked up anywhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sympy as sp


@dataclass(frozen=True, kw_only=True)
class Function:
    """A function of scalars.

    Attributes
    ----------
    build
        Takes the arguments, gives the expression.
    fewest, most
        How many arguments it takes; one where nothing is said.
    grows
        Whether SymPy evaluates it at whole numbers at once, so that they must stay small.
    """

    build: Callable[..., Any]
    fewest: int = 1
    most: int = 1
    grows: bool = False


def _of(build: Callable[..., Any], arguments: int = 1, *, grows: bool = False) -> Function:
    return Function(build=build, fewest=arguments, most=arguments, grows=grows)


def _cube_root(x: Any) -> Any:
    """Of a number that is not negative: for others the principal root and the real one differ."""
    if not x.is_nonnegative:
        raise ValueError("cbrt takes what is known to be at least 0; write x^(1/3) or sign(x)*abs(x)^(1/3)")
    return sp.cbrt(x)


def _normal_distribution(x: Any) -> Any:
    return (1 + sp.erf(x / sp.sqrt(2))) / 2


def _beta_function(a: Any, b: Any) -> Any:
    return sp.gamma(a) * sp.gamma(b) / sp.gamma(a + b)


ELEMENTARY = {
    "exp": _of(sp.exp), "log": _of(sp.log), "ln": _of(sp.log), "log2": _of(lambda x: sp.log(x) / sp.log(2)),
    "log10": _of(lambda x: sp.log(x) / sp.log(10)), "sqrt": _of(sp.sqrt), "cbrt": _of(_cube_root),
    "sin": _of(sp.sin), "cos": _of(sp.cos), "tan": _of(sp.tan), "cot": _of(sp.cot), "sec": _of(sp.sec),
    "csc": _of(sp.csc), "sinc": _of(sp.sinc), "asin": _of(sp.asin), "acos": _of(sp.acos), "atan": _of(sp.atan),
    "arcsin": _of(sp.asin), "arccos": _of(sp.acos), "arctan": _of(sp.atan), "atan2": _of(sp.atan2, 2),
    "sinh": _of(sp.sinh), "cosh": _of(sp.cosh), "tanh": _of(sp.tanh), "coth": _of(sp.coth), "sech": _of(sp.sech),
    "csch": _of(sp.csch), "asinh": _of(sp.asinh), "acosh": _of(sp.acosh), "atanh": _of(sp.atanh),
    "arsinh": _of(sp.asinh), "arcosh": _of(sp.acosh), "artanh": _of(sp.atanh),
}  # fmt: skip

PIECEWISE = {
    "abs": _of(sp.Abs), "sign": _of(sp.sign), "sgn": _of(sp.sign), "heaviside": _of(sp.Heaviside),
    "theta": _of(sp.Heaviside), "max": Function(build=sp.Max, fewest=2, most=6),
    "min": Function(build=sp.Min, fewest=2, most=6), "floor": _of(sp.floor), "ceil": _of(sp.ceiling),
    "delta": _of(sp.KroneckerDelta, 2), "re": _of(sp.re), "im": _of(sp.im), "conj": _of(sp.conjugate),
    "relu": _of(lambda x: sp.Max(x, 0)),
}  # fmt: skip

SPECIAL = {
    "erf": _of(sp.erf), "erfc": _of(sp.erfc), "erfi": _of(sp.erfi), "erfinv": _of(sp.erfinv),
    "erfcinv": _of(sp.erfcinv), "Phi": _of(_normal_distribution), "gamma": _of(sp.gamma, grows=True),
    "Gamma": _of(sp.gamma, grows=True), "loggamma": _of(sp.loggamma, grows=True),
    "beta": _of(_beta_function, 2, grows=True), "digamma": _of(sp.digamma, grows=True),
    "polygamma": _of(sp.polygamma, 2, grows=True), "factorial": _of(sp.factorial, grows=True),
    "factorial2": _of(sp.factorial2, grows=True), "binomial": _of(sp.binomial, 2, grows=True),
    "zeta": _of(sp.zeta, grows=True), "polylog": _of(sp.polylog, 2, grows=True), "lambertw": _of(sp.LambertW),
    "besseli": _of(sp.besseli, 2), "besselj": _of(sp.besselj, 2), "besselk": _of(sp.besselk, 2),
    "bessely": _of(sp.bessely, 2), "airyai": _of(sp.airyai), "airybi": _of(sp.airybi),
    "Ei": _of(sp.Ei), "Si": _of(sp.Si), "Ci": _of(sp.Ci), "ellipk": _of(sp.elliptic_k), "ellipe": _of(sp.elliptic_e),
}  # fmt: skip

POLYNOMIALS = {
    "hermite": _of(sp.hermite, 2), "legendre": _of(sp.legendre, 2), "chebyshevt": _of(sp.chebyshevt, 2),
    "chebyshevu": _of(sp.chebyshevu, 2), "laguerre": _of(sp.laguerre, 2),
}  # fmt: skip
"""The first argument is the degree, the second the variable; hermite(2, x) is 4*x^2 - 2."""

ACTIVATIONS = {
    "sigmoid": _of(lambda x: 1 / (1 + sp.exp(-x))), "softplus": _of(lambda x: sp.log(1 + sp.exp(x))),
}  # fmt: skip

FUNCTIONS: dict[str, Function] = {**ELEMENTARY, **PIECEWISE, **SPECIAL, **POLYNOMIALS, **ACTIVATIONS}

BINDERS: dict[str, str] = {
    "sum": "sum(k, 1, n, term)", "prod": "prod(k, 1, n, factor)", "mean": "mean(z, expression) or mean(z, variance, "
    "expression)", "integral": "integral(x, a, b, integrand)", "diff": "diff(f, x), diff(f, x, 2) or diff(f, x, y)",
    "at": "at(expression, x, value)", "det": "det(matrix)", "trace": "trace(matrix)", "inv": "inv(matrix)",
    "transpose": "transpose(matrix)", "identity": "identity(size)",
}  # fmt: skip
"""What is written like a function and is none, with how it is written."""

CONSTANTS: dict[str, Any] = {
    "pi": sp.pi, "e": sp.E, "i": sp.I, "I": sp.I, "oo": sp.oo, "inf": sp.oo, "infinity": sp.oo,
    "eulergamma": sp.EulerGamma, "catalan": sp.Catalan,
}  # fmt: skip
INFINITE = frozenset({"oo", "inf", "infinity"})

SYMBOLS_TOO = frozenset({"e", "i", "I", "beta", "gamma", "delta", "theta", "zeta", "Phi", "Gamma"})
"""Names that mean something here unless the domain declares them, which then goes first."""
TAKEN = (frozenset(FUNCTIONS) | frozenset(BINDERS) | frozenset(CONSTANTS) | {"O"}) - SYMBOLS_TOO
"""Names that no symbol may have."""
