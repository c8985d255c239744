"""Inverses, determinants and traces of small symbolic matrices."""

# pyright: reportArgumentType=false, reportOperatorIssue=false, reportCallIssue=false, reportAttributeAccessIssue=false, reportIndexIssue=false
# (SymPy annotations say Basic where an expression is meant)

from __future__ import annotations

import sympy as sp

from derivations.identities.known import Family, KnownIdentity, identity
from theory.domain import Domain
from theory.statements import PositiveDefinite

a, b, c, d, e, f = sp.symbols("a b c d e f", real=True)
u, v, x, y = sp.symbols("u v x y", real=True)
FREE = (-3, 3)
GENERAL = Domain({a: (2, 4), b: (-1, 1), c: (-1, 1), d: (2, 4)})
SYMMETRIC = Domain({a: (2, 4), b: (-1, 1), c: (2, 4)})
VECTORS = Domain({u: (-1, 1), v: (-1, 1), x: (-1, 1), y: (-1, 1)}, (sp.Gt(1 + u * x + v * y, sp.Rational(1, 10)),))
THREE = Domain({a: (3, 5), b: (-1, 1), c: (-1, 1), d: (3, 5), e: (-1, 1), f: (3, 5)})
SOURCE = "Horn and Johnson, Matrix analysis"
A = sp.Matrix([[a, b], [c, d]])
S = sp.Matrix([[a, b], [b, c]])
ADJUGATE = sp.Matrix([[d, -b], [-c, a]])
UPPER, LOWER = a - b * c / d, d - b * c / a
LARGE = sp.Matrix([[a, b, c], [b, d, e], [c, e, f]])
LEFT, RIGHT = sp.Matrix([u, v]), sp.Matrix([x, y])
ONE = sp.eye(2)
GAP = sp.sqrt((a - c) ** 2 + 4 * b**2)

FAMILY = Family(
    name="matrix_identities",
    title="Matrix identities",
    identities=(
        identity("inverse of two by two", A * (ADJUGATE / (a * d - b * c)), ONE, GENERAL, SOURCE, independent=False),
        identity(
            "inverse by Schur complements",
            sp.Matrix([[1 / UPPER, -b / (a * LOWER)], [-c / (d * UPPER), 1 / LOWER]]),
            ADJUGATE / (a * d - b * c), GENERAL, SOURCE, independent=False,
        ),
        identity(
            "inverse of three by three", LARGE.inv(method="ADJ") * LARGE, sp.eye(3), THREE, SOURCE, independent=False,
        ),
        identity(
            "determinant lemma", (1 + u * x) * (1 + v * y) - u * y * v * x, 1 + u * x + v * y, VECTORS, SOURCE,
            independent=False,
        ),
        identity(
            "Sherman-Morrison formula",
            (ONE + LEFT * RIGHT.T) * (ONE - LEFT * RIGHT.T / (1 + u * x + v * y)), ONE, VECTORS,
            "Sherman and Morrison (1950)", independent=False,
        ),
        identity(
            "slope of a log determinant", sp.Derivative(sp.log(a * c - b**2), a), c / (a * c - b**2), SYMMETRIC,
            "Jacobi's formula",
        ),
        identity(
            "slope of a log determinant off the diagonal",
            sp.Derivative(sp.log(a * c - b**2), b), -2 * b / (a * c - b**2), SYMMETRIC, "Jacobi's formula",
        ),
        identity(
            "Cayley-Hamilton theorem", A**2 - (a + d) * A + (a * d - b * c) * ONE, sp.zeros(2), GENERAL, SOURCE,
            independent=False,
        ),
        identity(
            "trace of the square by the eigenvalues",
            ((a + c + GAP) / 2) ** 2 + ((a + c - GAP) / 2) ** 2,
            a**2 + 2 * b**2 + c**2, SYMMETRIC, SOURCE, independent=False,
        ),
        identity(
            "product of the eigenvalues",
            (a + c + GAP) * (a + c - GAP) / 4,
            a * c - b**2, SYMMETRIC, SOURCE, independent=False,
        ),
        identity(
            "determinant by the Schur complement", LARGE.det(),
            (a * d - b**2) * (f - (c * (d * c - b * e) + e * (a * e - b * c)) / (a * d - b**2)),
            THREE, "Schur complement", independent=False,
        ),
        identity(
            "determinant is multiplicative", (A * sp.Matrix([[u, v], [x, y]])).det(), (a * d - b * c) * (u * y - v * x),
            Domain({**GENERAL.sets, u: FREE, v: FREE, x: FREE, y: FREE}), SOURCE, independent=False,
        ),
        identity(
            "rotations add their angles",
            sp.Matrix([[sp.cos(x), -sp.sin(x)], [sp.sin(x), sp.cos(x)]])
            * sp.Matrix([[sp.cos(y), -sp.sin(y)], [sp.sin(y), sp.cos(y)]]),
            sp.Matrix([[sp.cos(x + y), -sp.sin(x + y)], [sp.sin(x + y), sp.cos(x + y)]]),
            Domain({x: FREE, y: FREE}), SOURCE, independent=False,
        ),
        identity(
            "square of a quadratic form completed",
            a * x**2 + 2 * b * x * y + c * y**2, a * (x + b * y / a) ** 2 + (c - b**2 / a) * y**2,
            Domain({a: (1, 3), b: (-1, 1), c: (1, 3), x: FREE, y: FREE}), "Lagrange's reduction", independent=False,
        ),
        KnownIdentity(
            name="two by two positive definite",
            statement=PositiveDefinite(
                sp.Matrix([[1, b], [b, 1]]), Domain({b: (-2, 2)}), condition=sp.And(b < 1, b > -1)
            ),
            source="Sylvester's criterion",
        ),
        KnownIdentity(
            name="chain of three positive definite",
            statement=PositiveDefinite(
                sp.Matrix([[1, b, 0], [b, 1, b], [0, b, 1]]), Domain({b: (0, 2)}), condition=2 * b**2 < 1
            ),
            source="Sylvester's criterion",
        ),
    ),
)  # fmt: skip
