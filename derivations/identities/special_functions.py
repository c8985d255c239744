"""Gamma, Bessel, zeta, Airy and Legendre functions against their definitions."""

# pyright: reportArgumentType=false, reportOperatorIssue=false, reportCallIssue=false, reportAttributeAccessIssue=false, reportIndexIssue=false
# (SymPy annotations say Basic where an expression is meant)

from __future__ import annotations

import sympy as sp

from derivations.identities.known import Family, identity
from theory.domain import Domain

x, y, s = sp.symbols("x y s", positive=True)
t, u = sp.symbols("t u", real=True)
k = sp.Symbol("k", integer=True)
POSITIVE = Domain({x: (0, 4)})
FRACTION = Domain({x: (0, 1)})
REAL = Domain({u: (-3, 3)})
TABLE = "NIST Digital Library of Mathematical Functions"

FAMILY = Family(
    name="special_functions",
    title="Special functions",
    identities=(
        identity(
            "gamma function", sp.Integral(t ** (x - 1) * sp.exp(-t), (t, 0, sp.oo)), sp.gamma(x),
            Domain({x: (sp.Rational(1, 2), 4)}), TABLE,
        ),
        identity(
            "recurrence of the gamma function", sp.gamma(x + 1), x * sp.gamma(x), POSITIVE, TABLE, independent=False,
        ),
        identity(
            "reflection of the gamma function", sp.gamma(x) * sp.gamma(1 - x), sp.pi / sp.sin(sp.pi * x), FRACTION,
            TABLE,
            independent=False,
        ),
        identity(
            "duplication of the gamma function", sp.gamma(x) * sp.gamma(x + sp.Rational(1, 2)),
            2 ** (1 - 2 * x) * sp.sqrt(sp.pi) * sp.gamma(2 * x), POSITIVE, TABLE, independent=False,
        ),
        identity(
            "beta integral", sp.Integral(t ** (x - 1) * (1 - t) ** (y - 1), (t, 0, 1)),
            sp.gamma(x) * sp.gamma(y) / sp.gamma(x + y), Domain({x: (1, 4), y: (1, 4)}), TABLE,
        ),
        identity("recurrence of the digamma function", sp.digamma(x + 1), sp.digamma(x) + 1 / x, POSITIVE, TABLE,
                 independent=False),
        identity("digamma as a slope", sp.Derivative(sp.loggamma(x), x), sp.digamma(x), POSITIVE, TABLE),
        identity(
            "modified Bessel function of order 0",
            sp.Integral(sp.exp(u * sp.cos(t)), (t, 0, sp.pi)) / sp.pi, sp.besseli(0, u), REAL, TABLE,
        ),
        identity(
            "modified Bessel function of order 1",
            sp.Integral(sp.exp(u * sp.cos(t)) * sp.cos(t), (t, 0, sp.pi)) / sp.pi, sp.besseli(1, u), REAL, TABLE,
        ),
        identity(
            "Bessel function of order 0", sp.Integral(sp.cos(u * sp.sin(t)), (t, 0, sp.pi)) / sp.pi, sp.besselj(0, u),
            REAL, TABLE,
        ),
        identity("slope of the Bessel function", sp.Derivative(sp.besselj(0, u), u), -sp.besselj(1, u), REAL, TABLE),
        identity(
            "recurrence of Bessel functions", sp.besselj(0, x) + sp.besselj(2, x), 2 * sp.besselj(1, x) / x, POSITIVE,
            TABLE, independent=False,
        ),
        identity(
            "slope of the modified Bessel function", sp.Derivative(sp.besseli(0, u), u), sp.besseli(1, u), REAL, TABLE
        ),
        identity(
            "slope of the error function", sp.Derivative(sp.erf(u), u), 2 / sp.sqrt(sp.pi) * sp.exp(-(u**2)), REAL,
            TABLE
        ),
        identity("Bose integral", sp.Integral(t**3 / (sp.exp(t) - 1), (t, 0, sp.oo)), sp.pi**4 / 15, Domain({}), TABLE),
        identity("Fermi integral", sp.Integral(t / (sp.exp(t) + 1), (t, 0, sp.oo)), sp.pi**2 / 12, Domain({}), TABLE),
        identity("zeta function at 4", sp.Sum(1 / k**4, (k, 1, sp.oo)), sp.pi**4 / 90, Domain({}), TABLE),
        identity("dilogarithm as a series", sp.Sum(x**k / k**2, (k, 1, sp.oo)), sp.polylog(2, x), FRACTION, TABLE),
        identity(
            "reflection of the dilogarithm", sp.polylog(2, x) + sp.polylog(2, 1 - x),
            sp.pi**2 / 6 - sp.log(x) * sp.log(1 - x), FRACTION, TABLE, independent=False,
        ),
        identity(
            "Legendre polynomials are orthogonal",
            sp.Integral((3 * t**2 - 1) / 2 * (5 * t**3 - 3 * t) / 2, (t, -1, 1)), 0, Domain({}), TABLE,
        ),
        identity(
            "norm of a Legendre polynomial", sp.Integral(((3 * t**2 - 1) / 2) ** 2, (t, -1, 1)), sp.Rational(2, 5),
            Domain({}), TABLE,
        ),
        identity("Airy equation", sp.Derivative(sp.airyai(u), (u, 2)), u * sp.airyai(u), REAL, TABLE),
        identity("product logarithm", sp.LambertW(x) * sp.exp(sp.LambertW(x)), x, POSITIVE, TABLE, independent=False),
        identity(
            "incomplete gamma function", sp.Integral(t * sp.exp(-t), (t, x, sp.oo)), (1 + x) * sp.exp(-x), POSITIVE,
            TABLE
        ),
        identity(
            "generating function of Bessel functions by a sum",
            sp.Sum((x / 2) ** (2 * k) / sp.factorial(k) ** 2, (k, 0, sp.oo)), sp.besseli(0, x), POSITIVE, TABLE,
        ),
    ),
)  # fmt: skip
