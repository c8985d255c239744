"""Semicircle and Marchenko-Pastur laws, their moments and Stieltjes transforms."""

# pyright: reportArgumentType=false, reportOperatorIssue=false, reportCallIssue=false, reportAttributeAccessIssue=false, reportIndexIssue=false
# (SymPy annotations say Basic where an expression is meant)

from __future__ import annotations

import sympy as sp

from derivations.identities.known import Family, identity
from theory.domain import Domain

x, t = sp.symbols("x t", real=True)
z, g, c, s = sp.symbols("z g c s", positive=True)
n = sp.Symbol("n", integer=True, nonnegative=True)
k = sp.Symbol("k", integer=True)
SEMICIRCLE = sp.sqrt(4 - x**2) / (2 * sp.pi)
BULK = (x, -2, 2)
OUTSIDE = Domain({z: (sp.Rational(5, 2), 6)})
RATIO = Domain({c: (sp.Rational(1, 8), sp.Rational(3, 4))})
WIGNER = "Wigner, Characteristic vectors of bordered matrices (1955)"
MARCHENKO = "Marchenko and Pastur, Distribution of eigenvalues for some sets of random matrices (1967)"
NORMAL = "Voiculescu, free probability"
TRANSFORM = (z - sp.sqrt(z**2 - 4)) / 2
PLACE = 1 + c + 2 * sp.sqrt(c) * sp.cos(t)
WEIGHT = 2 * sp.sin(t) ** 2 / (sp.pi * PLACE)
MP = (z + c - 1 - sp.sqrt((z - 1 - c) ** 2 - 4 * c)) / (2 * c * z)
ANGLES = (t, 0, sp.pi)

FAMILY = Family(
    name="random_matrices",
    title="Random matrices",
    identities=(
        identity("mass of the semicircle", sp.Integral(SEMICIRCLE, BULK), 1, Domain({}), WIGNER),
        identity("variance of the semicircle", sp.Integral(x**2 * SEMICIRCLE, BULK), 1, Domain({}), WIGNER),
        identity("fourth moment of the semicircle", sp.Integral(x**4 * SEMICIRCLE, BULK), 2, Domain({}), WIGNER),
        identity(
            "moments of the semicircle by angles",
            sp.Integral((2 * sp.cos(t)) ** (2 * n) * 2 * sp.sin(t) ** 2, ANGLES) / sp.pi,
            sp.binomial(2 * n, n) / (n + 1), Domain({n: sp.Range(0, 6)}), WIGNER,
        ),
        identity(
            "Stieltjes transform of the semicircle", sp.Integral(SEMICIRCLE / (z - x), BULK), TRANSFORM, OUTSIDE,
            WIGNER,
        ),
        identity("equation of the Stieltjes transform", TRANSFORM**2 - z * TRANSFORM + 1, 0, OUTSIDE, WIGNER,
                 independent=False),
        identity(
            "logarithmic potential of the semicircle has the transform as its slope",
            sp.Derivative(z * (z - sp.sqrt(z**2 - 4)) / 4 + sp.log((z + sp.sqrt(z**2 - 4)) / 2), z), TRANSFORM, OUTSIDE,
            WIGNER,
        ),
        identity(
            "inverse of the transform", (g + 1 / g - sp.sqrt((g + 1 / g) ** 2 - 4)) / 2, g, Domain({g: (0, 1)}), NORMAL,
            independent=False,
        ),
        identity("mass of the Marchenko-Pastur law", sp.Integral(WEIGHT, ANGLES), 1, RATIO, MARCHENKO),
        identity("mean of the Marchenko-Pastur law", sp.Integral(PLACE * WEIGHT, ANGLES), 1, RATIO, MARCHENKO),
        identity(
            "second moment of the Marchenko-Pastur law", sp.Integral(PLACE**2 * WEIGHT, ANGLES), 1 + c, RATIO,
            MARCHENKO,
        ),
        identity(
            "third moment of the Marchenko-Pastur law", sp.Integral(PLACE**3 * WEIGHT, ANGLES), 1 + 3 * c + c**2, RATIO,
            MARCHENKO,
        ),
        identity(
            "mean inverse", sp.Integral(WEIGHT / PLACE, ANGLES), 1 / (1 - c), RATIO, "excess error of least squares",
        ),
        identity(
            "equation of the Marchenko-Pastur transform", c * z * MP**2 - (z + c - 1) * MP + 1, 0,
            Domain({z: (4, 8), c: (0, sp.Rational(1, 2))}), MARCHENKO, independent=False,
        ),
        identity(
            "Marchenko-Pastur law over eigenvalues",
            sp.Integral(
                sp.sqrt((x - sp.Rational(1, 4)) * (sp.Rational(9, 4) - x)) / (2 * sp.pi * sp.Rational(1, 4) * x),
                (x, sp.Rational(1, 4), sp.Rational(9, 4)),
            ),
            1, Domain({}), MARCHENKO,
        ),
        identity(
            "spacings are normalized", sp.Integral(sp.pi * s / 2 * sp.exp(-sp.pi * s**2 / 4), (s, 0, sp.oo)), 1,
            Domain({}),
            "Wigner's surmise",
        ),
        identity(
            "mean spacing is 1", sp.Integral(sp.pi * s**2 / 2 * sp.exp(-sp.pi * s**2 / 4), (s, 0, sp.oo)), 1,
            Domain({}),
            "Wigner's surmise",
        ),
        identity(
            "generating function of Catalan numbers",
            sp.Sum(sp.binomial(2 * k, k) / (k + 1) * g**k, (k, 0, sp.oo)), (1 - sp.sqrt(1 - 4 * g)) / (2 * g),
            Domain({g: (0, sp.Rational(1, 5))}), "Stanley, Catalan numbers",
        ),
        identity(
            "learning curve of ridgeless regression",
            c / (1 - c), sp.Sum(c**k, (k, 1, sp.oo)), RATIO,
            "Hastie et al., Surprises in ridgeless least squares (2022)",
        ),
    ),
)  # fmt: skip
