"""Spectra of tridiagonal and circulant Toeplitz matrices."""

# pyright: reportArgumentType=false, reportOperatorIssue=false, reportCallIssue=false, reportAttributeAccessIssue=false, reportIndexIssue=false
# (SymPy annotations say Basic where an expression is meant)

from __future__ import annotations

import sympy as sp

from derivations.identities.known import Family, KnownIdentity, identity
from theory.domain import Domain
from theory.statements import Expansion, LimitStatement
from theory.sums import Sigma

a, b = sp.symbols("a b", positive=True)
t, x, e = sp.symbols("t x epsilon", real=True)
n = sp.Symbol("n", integer=True, positive=True)
j, k, l = sp.symbols("j k l", integer=True)
SITES = Domain({a: (0, 3), b: (0, 3), j: sp.S.Integers, t: (0, 3)})
SIZE = Domain({n: sp.Range(2, 12)})
GAP = Domain({a: (2, 4), b: (0, 1)})
MODE = Domain({n: sp.Range(2, 9), l: sp.Range(1, n + 1)})
SOURCE = "Böttcher and Grudsky, Spectral properties of banded Toeplitz matrices (2005)"
SZEGO = "Szegő's limit theorem for a tridiagonal symbol"
theta = sp.pi / (n + 1)
shift = sp.sqrt(a**2 - 4 * b**2)

FAMILY = Family(
    name="toeplitz_spectra",
    title="Toeplitz spectra",
    identities=(
        identity(
            "bulk of the eigenvector equation",
            a * sp.sin(j * t) + b * (sp.sin((j - 1) * t) + sp.sin((j + 1) * t)),
            (a + 2 * b * sp.cos(t)) * sp.sin(j * t),
            SITES, SOURCE, independent=False,
        ),
        identity(
            "boundary of the eigenvector", sp.sin(n * l * theta), (-1) ** (l + 1) * sp.sin(l * theta), MODE, SOURCE,
            independent=False,
        ),
        identity(
            "trace of the adjacency matrix", sp.Sum(2 * sp.cos(k * theta), (k, 1, n)), 0, SIZE, SOURCE
        ),
        identity(
            "trace of its square", sp.Sum(4 * sp.cos(k * theta) ** 2, (k, 1, n)), 2 * n - 2, SIZE, SOURCE
        ),
        identity(
            "norm of an eigenvector", sp.Sum(sp.sin(k * l * theta) ** 2, (k, 1, n)), (n + 1) / 2, MODE, SOURCE
        ),
        identity(
            "norm of the lowest eigenvector",
            Sigma(sp.sin(k * theta) ** 2, (k, 1, n)), (n + 1) / 2, SIZE, SOURCE,
        ),
        identity(
            "first two eigenvectors are orthogonal",
            Sigma(sp.sin(k * theta) * sp.sin(2 * k * theta), (k, 1, n)), 0, SIZE, SOURCE,
        ),
        identity(
            "roots of unity add up to zero",
            sp.Sum(sp.exp(2 * sp.pi * sp.I * k / n), (k, 1, n)), 0, SIZE, "spectrum of the cyclic shift",
        ),
        identity(
            "mean logarithm of the symbol",
            sp.Integral(sp.log(a - 2 * b * sp.cos(t)), (t, 0, sp.pi)) / sp.pi, sp.log((a + shift) / 2), GAP, SZEGO,
        ),
        identity(
            "mean resolvent of the symbol",
            sp.Integral(1 / (a - 2 * b * sp.cos(t)), (t, 0, sp.pi)) / sp.pi, 1 / shift, GAP, SZEGO,
        ),
        identity(
            "even moments of the spectral density",
            sp.Integral((2 * sp.cos(t)) ** (2 * k), (t, 0, sp.pi)) / sp.pi, sp.binomial(2 * k, k),
            Domain({k: sp.Range(0, 6)}), "returns of the simple random walk",
        ),
        identity(
            "neighbors on the infinite chain",
            sp.Integral(sp.cos(t) / (a - 2 * b * sp.cos(t)), (t, 0, sp.pi)) / sp.pi, (a / shift - 1) / (2 * b),
            GAP, SZEGO,
        ),
        KnownIdentity(
            name="gap of a long chain",
            statement=Expansion(
                2 - 2 * sp.cos(sp.pi * e), sp.pi**2 * e**2, Domain({e: (0, 1)}), variable=e, order=4
            ),
            source="lowest mode of the discrete Laplacian", independent=False,
        ),
        KnownIdentity(
            name="lowest mode in the continuum",
            statement=LimitStatement(
                (2 - 2 * sp.cos(sp.pi * e)) / e**2, sp.pi**2, Domain({e: (0, 1)}), variable=e, point=0
            ),
            source="lowest mode of the discrete Laplacian",
        ),
    ),
)  # fmt: skip
