"""Determinants of tridiagonal matrices, Chebyshev polynomials and products of cosines."""

# pyright: reportArgumentType=false, reportOperatorIssue=false, reportCallIssue=false, reportAttributeAccessIssue=false, reportIndexIssue=false
# (SymPy annotations say Basic where an expression is meant)

from __future__ import annotations

import sympy as sp

from derivations.identities.known import Family, identity
from theory.domain import Domain

a, b = sp.symbols("a b", positive=True)
t = sp.Symbol("t", real=True)
x = sp.Symbol("x", real=True)
n = sp.Symbol("n", integer=True, positive=True)
k = sp.Symbol("k", integer=True)
root = sp.sqrt(a**2 - 4 * b**2)
CHAIN = Domain({a: (2, 4), b: (0, 1), n: sp.Range(1, 9)})
ANGLE = Domain({t: (0, 1), n: sp.S.Naturals})
SOURCE = "Muir, A treatise on the theory of determinants, continuants"
CHEBYSHEV = "Chebyshev polynomials of the second kind, trigonometric form"
HALF = sp.Rational(1, 2)


def closed(size: sp.Expr) -> sp.Expr:
    """The determinant of a chain with diagonal a and bonds b, with that many sites."""
    return ((a + root) ** (size + 1) - (a - root) ** (size + 1)) / (2 ** (size + 1) * root)


FAMILY = Family(
    name="continuants",
    title="Continuants",
    identities=(
        identity(
            "three-term recurrence", closed(n + 2), a * closed(n + 1) - b**2 * closed(n), CHAIN, SOURCE,
            independent=False,
        ),
        identity(
            "determinant of five sites",
            sp.Matrix(5, 5, lambda i, j: a if i == j else (b if abs(i - j) == 1 else 0)).det(method="berkowitz"),
            closed(sp.Integer(5)), Domain({a: (2, 4), b: (0, 1)}), SOURCE,
        ),
        identity(
            "as a sum over dimers",
            sp.Sum((-1) ** k * sp.binomial(2 * n - k, k) * a ** (2 * n - 2 * k) * b ** (2 * k), (k, 0, n)),
            closed(2 * n), CHAIN, SOURCE,
        ),
        identity(
            "as a product over modes",
            sp.Product(a - 2 * b * sp.cos(k * sp.pi / (n + 1)), (k, 1, n)), closed(n), CHAIN, SOURCE,
        ),
        identity(
            "Chebyshev recurrence",
            sp.sin((n + 2) * t) / sp.sin(t),
            2 * sp.cos(t) * sp.sin((n + 1) * t) / sp.sin(t) - sp.sin(n * t) / sp.sin(t),
            ANGLE, CHEBYSHEV, independent=False,
        ),
        identity(
            "Chebyshev polynomial at a cosine",
            sp.sin(5 * t) / sp.sin(t), 16 * sp.cos(t) ** 4 - 12 * sp.cos(t) ** 2 + 1,
            Domain({t: (0, 1)}), CHEBYSHEV, independent=False,
        ),
        identity(
            "product of sines", sp.Product(2 * sp.sin(sp.pi * k / n), (k, 1, n - 1)), n,
            Domain({n: sp.Range(2, 12)}), "factorization of the cyclotomic polynomial at 1",
        ),
        identity(
            "Fibonacci numbers by cosines",
            sp.Product(1 + 4 * sp.cos(sp.pi * k / (2 * n + 1)) ** 2, (k, 1, n)),
            (((1 + sp.sqrt(5)) * HALF) ** (2 * n + 1) - ((1 - sp.sqrt(5)) * HALF) ** (2 * n + 1)) / sp.sqrt(5),
            Domain({n: sp.Range(1, 9)}), "Binet's formula and the continuant of the golden chain",
        ),
        identity(
            "Cassini's identity for chains",
            closed(n + 1) ** 2 - closed(n + 2) * closed(n), b ** (2 * n + 2), CHAIN, SOURCE, independent=False,
        ),
        identity(
            "angle addition as a product of transfer matrices",
            sp.Matrix([[2 * sp.cos(t), -1], [1, 0]]) * sp.Matrix([sp.sin((n + 1) * t), sp.sin(n * t)]),
            sp.Matrix([sp.sin((n + 2) * t), sp.sin((n + 1) * t)]), ANGLE, CHEBYSHEV, independent=False,
        ),
    ),
)  # fmt: skip
