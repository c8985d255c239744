"""Squares in an exponent made linear by a Gaussian field."""

# pyright: reportArgumentType=false, reportOperatorIssue=false, reportCallIssue=false, reportAttributeAccessIssue=false, reportIndexIssue=false
# (SymPy annotations say Basic where an expression is meant)

from __future__ import annotations

import sympy as sp

from derivations.identities.known import Family, identity
from theory.averages import ConfigurationSum, GaussianMean
from theory.domain import Domain
from theory.sums import Sigma
from theory.symbols import family

a, K = sp.symbols("a K", positive=True)
b, x, y, z, w = sp.symbols("b x y z w", real=True)
one, two = sp.symbols("s_1 s_2", integer=True)
n, m = sp.symbols("n m", integer=True, positive=True)
i, j = sp.symbols("i j", integer=True)
s = family("s", integer=True)
REALS = sp.Interval.open(-sp.oo, sp.oo)
FIELD = Domain({a: (0, sp.oo), x: REALS})
SIGNS = sp.FiniteSet(-1, 1)
SOURCE = "Hubbard, Calculation of partition functions (1959); Stratonovich (1957)"
REPLICAS = "Sherrington and Kirkpatrick, Solvable model of a spin glass (1975)"
MAGNETIZATION = Sigma(s[i], (i, 1, n))

FAMILY = Family(
    name="hubbard_stratonovich",
    title="Hubbard-Stratonovich transformations",
    identities=(
        identity(
            "as a Gaussian mean", GaussianMean(sp.exp(sp.sqrt(a) * x * z), z, 1), sp.exp(a * x**2 / 2), FIELD, SOURCE
        ),
        identity(
            "as an integral",
            sp.Integral(sp.exp(-(y**2) / (2 * a) + x * y) / sp.sqrt(2 * sp.pi * a), (y, -sp.oo, sp.oo)),
            sp.exp(a * x**2 / 2),
            FIELD, SOURCE,
        ),
        identity(
            "negative square by an imaginary field",
            GaussianMean(sp.exp(sp.I * sp.sqrt(a) * x * z), z, 1), sp.exp(-a * x**2 / 2), FIELD, SOURCE,
        ),
        identity(
            "negative square by a cosine",
            GaussianMean(sp.cos(sp.sqrt(a) * x * z), z, 1), sp.exp(-a * x**2 / 2), FIELD, SOURCE,
        ),
        identity(
            "even part only",
            GaussianMean(sp.cosh(sp.sqrt(a) * x * z), z, 1), sp.exp(a * x**2 / 2), FIELD, SOURCE,
        ),
        identity(
            "variance in the mean", GaussianMean(sp.exp(x * z), z, a), sp.exp(a * x**2 / 2), FIELD, SOURCE
        ),
        identity(
            "two spins",
            GaussianMean(sp.exp(sp.sqrt(a) * z * (one + two)), z, 1), sp.exp(a * (1 + one * two)),
            Domain({a: (0, sp.oo), one: SIGNS, two: SIGNS}), SOURCE,
        ),
        identity(
            "two coupled fields",
            GaussianMean(
                GaussianMean(
                    sp.exp(x * sp.sqrt(a) * z + y * (b * z / sp.sqrt(a) + sp.sqrt(K - b**2 / a) * w)), w, 1
                ),
                z, 1,
            ),
            sp.exp((a * x**2 + 2 * b * x * y + K * y**2) / 2),
            Domain({a: (1, 2), K: (1, 2), b: (-1, 1), x: (-2, 2), y: (-2, 2)}), "Cholesky form of a Gaussian field",
        ),
        identity(
            "Curie-Weiss model of n spins",
            ConfigurationSum(sp.exp(K * MAGNETIZATION**2 / (2 * n)), s, (i, 1, n)),
            GaussianMean((2 * sp.cosh(sp.sqrt(K / n) * z)) ** n, z, 1),
            Domain({K: (0, 3), n: sp.Range(1, 7)}), "Kac, Mathematical mechanisms of phase transitions (1968)",
        ),
        identity(
            "one site of m replicas",
            ConfigurationSum(sp.exp(K * Sigma(s[i], (i, 1, m)) ** 2 / 2), s, (i, 1, m)),
            GaussianMean((2 * sp.cosh(sp.sqrt(K) * z)) ** m, z, 1),
            Domain({K: (0, 3), m: sp.Range(1, 6)}), REPLICAS,
        ),
        identity(
            "pairs of different replicas",
            ConfigurationSum(sp.exp(K * Sigma(s[i] * s[j], (j, 2, m), (i, 1, j - 1))), s, (i, 1, m)),
            sp.exp(-m * K / 2) * GaussianMean((2 * sp.cosh(sp.sqrt(K) * z)) ** m, z, 1),
            Domain({K: (0, 2), m: sp.Range(1, 6)}), REPLICAS,
        ),
        identity(
            "in a field",
            GaussianMean(2 * sp.cosh(sp.sqrt(a) * z + x), z, 1), 2 * sp.exp(a / 2) * sp.cosh(x), FIELD, SOURCE,
        ),
    ),
)  # fmt: skip
