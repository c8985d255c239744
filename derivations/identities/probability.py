"""Characteristic functions and moments of the common laws."""

# pyright: reportArgumentType=false, reportOperatorIssue=false, reportCallIssue=false, reportAttributeAccessIssue=false, reportIndexIssue=false
# (SymPy annotations say Basic where an expression is meant)

from __future__ import annotations

import sympy as sp

from derivations.identities.known import Family, KnownIdentity, identity
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.statements import LimitStatement

x, y, u, mu, z = sp.symbols("x y u mu z", real=True)
a, b, lam, v, w, t, N = sp.symbols("a b lambda v w t N", positive=True)
n = sp.Symbol("n", integer=True, positive=True)
k = sp.Symbol("k", integer=True, nonnegative=True)
HALF = sp.Rational(1, 2)
FELLER = "Feller, An introduction to probability theory"
POISSON = Domain({lam: (0, 4)})
SHAPE = Domain({a: (HALF, 4), b: (HALF, 4)})
WEIGHT = sp.exp(-lam) * lam**k / sp.factorial(k)

FAMILY = Family(
    name="probability",
    title="Laws of probability",
    identities=(
        identity(
            "characteristic function of the normal law",
            GaussianMean(sp.exp(sp.I * u * (mu + z)), z, v), sp.exp(sp.I * u * mu - u**2 * v / 2),
            Domain({u: (-2, 2), mu: (-2, 2), v: (0, 2)}), FELLER,
        ),
        identity(
            "characteristic function of the uniform law", sp.Integral(sp.exp(sp.I * u * x), (x, -1, 1)) / 2,
            sp.sin(u) / u, Domain({u: (0, 4)}), FELLER,
        ),
        identity(
            "generating function of the exponential law",
            sp.Integral(lam * sp.exp(-lam * t) * sp.exp(y * t), (t, 0, sp.oo)), lam / (lam - y),
            Domain({lam: (2, 4), y: (-1, 1)}), FELLER,
        ),
        identity("mass of the Poisson law", sp.Sum(WEIGHT, (k, 0, sp.oo)), 1, POISSON, FELLER),
        identity("mean of the Poisson law", sp.Sum(k * WEIGHT, (k, 0, sp.oo)), lam, POISSON, FELLER),
        identity(
            "second moment of the Poisson law", sp.Sum(k**2 * WEIGHT, (k, 0, sp.oo)), lam + lam**2, POISSON, FELLER,
        ),
        identity(
            "generating function of the Poisson law", sp.Sum(x**k * WEIGHT, (k, 0, sp.oo)), sp.exp(lam * (x - 1)),
            Domain({lam: (0, 3), x: (0, 2)}), FELLER,
        ),
        identity(
            "mean of the gamma law",
            sp.Integral(t * b**a * t ** (a - 1) * sp.exp(-b * t) / sp.gamma(a), (t, 0, sp.oo)), a / b, SHAPE, FELLER,
        ),
        identity(
            "second moment of the gamma law",
            sp.Integral(t**2 * b**a * t ** (a - 1) * sp.exp(-b * t) / sp.gamma(a), (t, 0, sp.oo)), a * (a + 1) / b**2,
            SHAPE, FELLER,
        ),
        identity(
            "mean of the beta law",
            sp.Integral(t**a * (1 - t) ** (b - 1), (t, 0, 1)) * sp.gamma(a + b) / (sp.gamma(a) * sp.gamma(b)),
            a / (a + b),
            Domain({a: (1, 4), b: (1, 4)}), FELLER,
        ),
        identity("mean of the lognormal law", GaussianMean(sp.exp(mu + z), z, v), sp.exp(mu + v / 2),
                 Domain({mu: (-2, 2), v: (0, 2)}), FELLER),
        identity(
            "generating function of the chi-square law", GaussianMean(sp.exp(y * z**2), z, 1), (1 - 2 * y) ** (-HALF),
            Domain({y: (-2, sp.Rational(1, 4))}), FELLER,
        ),
        identity(
            "convolution of normal laws",
            sp.Integral(
                sp.exp(-(x**2) / (2 * v) - (y - x) ** 2 / (2 * w)) / (2 * sp.pi * sp.sqrt(v * w)), (x, -sp.oo, sp.oo)
            ),
            sp.exp(-(y**2) / (2 * (v + w))) / sp.sqrt(2 * sp.pi * (v + w)),
            Domain({v: (HALF, 2), w: (HALF, 2), y: (-2, 2)}), FELLER,
        ),
        identity(
            "largest of n uniform numbers", sp.Integral(x * n * x ** (n - 1), (x, 0, 1)), n / (n + 1),
            Domain({n: sp.Range(1, 8)}), FELLER,
        ),
        identity(
            "variance of the uniform law", sp.Integral((x - HALF) ** 2, (x, 0, 1)), sp.Rational(1, 12), Domain({}),
            FELLER,
        ),
        identity(
            "Laplace law", sp.Integral(sp.exp(-sp.Abs(x)) * x**2 / 2, (x, -sp.oo, sp.oo)), 2, Domain({}), FELLER
        ),
        identity(
            "mass of the Cauchy law", sp.Integral(1 / (sp.pi * (1 + x**2)), (x, -sp.oo, sp.oo)), 1, Domain({}), FELLER,
        ),
        identity(
            "logistic law", sp.Integral(1 / (4 * sp.cosh(x / 2) ** 2), (x, -sp.oo, y)), 1 / (1 + sp.exp(-y)),
            Domain({y: (-2, 2)}), FELLER,
        ),
        KnownIdentity(
            name="rare events",
            statement=LimitStatement(
                (1 - lam / N) ** N, sp.exp(-lam), Domain({lam: (0, 3), N: (4, sp.oo)}), variable=N, point=sp.oo,
                direction="-",
            ),
            source=FELLER,
        ),
        KnownIdentity(
            name="central limit theorem for a coin",
            statement=LimitStatement(
                sp.log(sp.cosh(u / sp.sqrt(N))) * N, u**2 / 2, Domain({u: (0, 2), N: (1, sp.oo)}), variable=N,
                point=sp.oo, direction="-",
            ),
            source=FELLER,
        ),
        identity(
            "binomial generating function",
            sp.Sum(sp.binomial(n, k) * (a / 4) ** k * (1 - a / 4) ** (n - k) * x**k, (k, 0, n)),
            (1 - a / 4 + a * x / 4) ** n, Domain({a: (0, 3), x: (0, 2), n: sp.Range(1, 8)}), FELLER,
        ),
    ),
)  # fmt: skip
