"""Gaussian integrals and means of elementary functions over a Gaussian variable."""

# pyright: reportArgumentType=false, reportOperatorIssue=false, reportCallIssue=false, reportAttributeAccessIssue=false, reportIndexIssue=false
# (SymPy annotations say Basic where an expression is meant)

from __future__ import annotations

import sympy as sp

from derivations.identities.known import Family, identity
from theory.averages import GaussianMean
from theory.domain import Domain

a, b, c = sp.symbols("a b c", positive=True)
v = sp.Symbol("v", positive=True)
x, y, z, t, k, h = sp.symbols("x y z t k h", real=True)
LINE = (x, -sp.oo, sp.oo)
POSITIVE = sp.Interval.open(0, sp.oo)
REALS = sp.Interval.open(-sp.oo, sp.oo)
WIDTH = Domain({a: POSITIVE})
SLOPED = Domain({a: POSITIVE, h: REALS})
SPREAD = Domain({v: POSITIVE, h: REALS})
FIELD = Domain({h: REALS})
TABLE = "Gradshteyn and Ryzhik, Table of Integrals, definite integrals of exponentials of quadratics"
TEXT = "any textbook of probability, moments of the normal distribution"

FAMILY = Family(
    name="gaussian_integrals",
    title="Gaussian integrals",
    identities=(
        identity("normalization", sp.Integral(sp.exp(-a * x**2), LINE), sp.sqrt(sp.pi / a), WIDTH, TABLE),
        identity(
            "completed square",
            sp.Integral(sp.exp(-a * x**2 + h * x), LINE),
            sp.sqrt(sp.pi / a) * sp.exp(h**2 / (4 * a)),
            SLOPED, TABLE,
        ),
        identity(
            "second moment, unnormalized",
            sp.Integral(x**2 * sp.exp(-a * x**2), LINE),
            sp.sqrt(sp.pi) / (2 * a ** sp.Rational(3, 2)),
            WIDTH, TABLE,
        ),
        identity(
            "fourth moment",
            sp.Integral(x**4 * sp.exp(-(x**2) / (2 * v)) / sp.sqrt(2 * sp.pi * v), LINE),
            3 * v**2,
            Domain({v: POSITIVE}), TEXT,
        ),
        identity(
            "first moment on the half line",
            sp.Integral(x * sp.exp(-a * x**2), (x, 0, sp.oo)), 1 / (2 * a), WIDTH, TABLE,
        ),
        identity(
            "third moment on the half line",
            sp.Integral(x**3 * sp.exp(-a * x**2), (x, 0, sp.oo)), 1 / (2 * a**2), WIDTH, TABLE,
        ),
        identity(
            "two coupled variables",
            sp.Integral(sp.exp(-(a * x**2 + 2 * b * x * y + c * y**2) / 2), LINE, (y, -sp.oo, sp.oo)),
            2 * sp.pi / sp.sqrt(a * c - b**2),
            Domain({a: (1, 3), b: (0, 1), c: (1, 3)}), "Gaussian integral over a positive definite quadratic form",
        ),
        identity(
            "Fourier transform",
            sp.Integral(sp.exp(-(x**2) / 2 + sp.I * k * x), LINE),
            sp.sqrt(2 * sp.pi) * sp.exp(-(k**2) / 2),
            Domain({k: REALS}), TABLE,
        ),
        identity(
            "cosine transform",
            sp.Integral(sp.exp(-a * x**2) * sp.cos(h * x), LINE),
            sp.sqrt(sp.pi / a) * sp.exp(-(h**2) / (4 * a)),
            SLOPED, TABLE,
        ),
        identity(
            "error function as an integral",
            sp.Integral(sp.exp(-(t**2)), (t, 0, x)), sp.sqrt(sp.pi) / 2 * sp.erf(x),
            Domain({x: REALS}), "definition of the error function",
        ),
        identity(
            "tail of the normal distribution",
            sp.Integral(sp.exp(-(t**2) / 2) / sp.sqrt(2 * sp.pi), (t, x, sp.oo)), sp.erfc(x / sp.sqrt(2)) / 2,
            Domain({x: REALS}), TEXT,
        ),
        identity(
            "mean of an exponential", GaussianMean(sp.exp(h * z), z, v), sp.exp(h**2 * v / 2), SPREAD, TEXT
        ),
        identity("mean of a cosine", GaussianMean(sp.cos(h * z), z, v), sp.exp(-(h**2) * v / 2), SPREAD, TEXT),
        identity("mean of a Gaussian", GaussianMean(sp.exp(-a * z**2), z, 1), 1 / sp.sqrt(1 + 2 * a), WIDTH, TEXT),
        identity(
            "mean of a shifted Gaussian",
            GaussianMean(sp.exp(-a * (z + h) ** 2), z, 1),
            sp.exp(-a * h**2 / (1 + 2 * a)) / sp.sqrt(1 + 2 * a),
            SLOPED, "noncentral chi-square distribution with one degree of freedom, generating function",
        ),
        identity(
            "mean modulus", GaussianMean(sp.Abs(z), z, v), sp.sqrt(2 * v / sp.pi), Domain({v: POSITIVE}), TEXT
        ),
        identity(
            "mean of the positive part",
            GaussianMean(sp.Max(z, 0), z, v), sp.sqrt(v / (2 * sp.pi)), Domain({v: POSITIVE}), TEXT,
        ),
        identity(
            "probability above a threshold",
            GaussianMean(sp.Heaviside(z - h), z, 1), sp.erfc(h / sp.sqrt(2)) / 2, FIELD, TEXT,
        ),
        identity(
            "mean of a shifted error function",
            GaussianMean(sp.erf(a * z + h), z, 1), sp.erf(h / sp.sqrt(1 + 2 * a**2)), SLOPED,
            "Williams, Computation with infinite neural networks; probit integral",
        ),
        identity(
            "variable times error function",
            GaussianMean(z * sp.erf(a * z), z, 1), 2 * a / sp.sqrt(sp.pi * (1 + 2 * a**2)), WIDTH,
            "Stein's lemma on the error function",
        ),
        identity(
            "mean square of a hyperbolic cosine",
            GaussianMean(sp.cosh(h * z) ** 2, z, 1), (1 + sp.exp(2 * h**2)) / 2, FIELD, TEXT,
        ),
        identity(
            "square times hyperbolic cosine",
            GaussianMean(z**2 * sp.cosh(h * z), z, 1), (1 + h**2) * sp.exp(h**2 / 2), FIELD, TEXT,
        ),
    ),
)  # fmt: skip
