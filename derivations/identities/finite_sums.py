"""Finite and infinite sums and products in closed form."""

# pyright: reportArgumentType=false, reportOperatorIssue=false, reportCallIssue=false, reportAttributeAccessIssue=false, reportIndexIssue=false
# (SymPy annotations say Basic where an expression is meant)

from __future__ import annotations

import sympy as sp

from derivations.identities.known import Family, identity
from theory.domain import Domain
from theory.sums import Sigma

n = sp.Symbol("n", integer=True, positive=True)
k = sp.Symbol("k", integer=True)
x, a = sp.symbols("x a", positive=True)
t = sp.Symbol("t", real=True)
SIZE = Domain({n: sp.S.Naturals})
RATIO = Domain({x: (0, 1)})
FINITE = Domain({x: (0, 1), n: sp.S.Naturals})
ANGLE = Domain({t: (0, 3), n: sp.S.Naturals})
SOURCE = "Graham, Knuth and Patashnik, Concrete mathematics"
TRIGONOMETRIC = "Dirichlet's kernel"
EULER = "Euler, Introductio in analysin infinitorum"

FAMILY = Family(
    name="finite_sums",
    title="Sums and products",
    identities=(
        identity("sum of integers", sp.Sum(k, (k, 1, n)), n * (n + 1) / 2, SIZE, SOURCE),
        identity("sum of squares", sp.Sum(k**2, (k, 1, n)), n * (n + 1) * (2 * n + 1) / 6, SIZE, SOURCE),
        identity("sum of cubes", Sigma(k**3, (k, 1, n)), n**2 * (n + 1) ** 2 / 4, SIZE, SOURCE),
        identity("sum of odd numbers", sp.Sum(2 * k - 1, (k, 1, n)), n**2, SIZE, SOURCE),
        identity("geometric sum", sp.Sum(x**k, (k, 0, n - 1)), (1 - x**n) / (1 - x), FINITE, SOURCE),
        identity(
            "arithmetic-geometric sum",
            sp.Sum(k * x**k, (k, 0, n)), x * (1 - (n + 1) * x**n + n * x ** (n + 1)) / (1 - x) ** 2, FINITE, SOURCE,
        ),
        identity("telescoping sum", sp.Sum(1 / (k * (k + 1)), (k, 1, n)), n / (n + 1), SIZE, SOURCE),
        identity("telescoping logarithms", sp.Sum(sp.log((k + 1) / k), (k, 1, n)), sp.log(n + 1), SIZE, SOURCE),
        identity("sum of factorials", sp.Sum(k * sp.factorial(k), (k, 1, n)), sp.factorial(n + 1) - 1, SIZE, SOURCE),
        identity("telescoping product", sp.Product(1 - 1 / k**2, (k, 2, n + 1)), (n + 2) / (2 * (n + 1)), SIZE, SOURCE),
        identity(
            "Dirichlet kernel",
            1 + 2 * sp.Sum(sp.cos(k * t), (k, 1, n)), sp.sin((n + sp.Rational(1, 2)) * t) / sp.sin(t / 2),
            ANGLE, TRIGONOMETRIC,
        ),
        identity(
            "sum of sines", sp.Sum(sp.sin(k * t), (k, 1, n)),
            sp.sin(n * t / 2) * sp.sin((n + 1) * t / 2) / sp.sin(t / 2), ANGLE, TRIGONOMETRIC,
        ),
        identity(
            "product of cosines", sp.Product(sp.cos(t / 2**k), (k, 1, n)), sp.sin(t) / (2**n * sp.sin(t / 2**n)),
            ANGLE, "Viète's product",
        ),
        identity("geometric series", sp.Sum(x**k, (k, 0, sp.oo)), 1 / (1 - x), RATIO, EULER),
        identity("derivative of the geometric series", sp.Sum(k * x**k, (k, 1, sp.oo)), x / (1 - x) ** 2, RATIO, EULER),
        identity("logarithmic series", sp.Sum(x**k / k, (k, 1, sp.oo)), -sp.log(1 - x), RATIO, EULER),
        identity(
            "exponential series", sp.Sum(x**k / sp.factorial(k), (k, 0, sp.oo)), sp.exp(x), Domain({x: (0, 4)}), EULER,
        ),
        identity("Basel sum", sp.Sum(1 / k**2, (k, 1, sp.oo)), sp.pi**2 / 6, Domain({}), EULER),
        identity("Leibniz series", sp.Sum((-1) ** k / (2 * k + 1), (k, 0, sp.oo)), sp.pi / 4, Domain({}), EULER),
        identity(
            "partial fractions of the hyperbolic cotangent",
            sp.Sum(1 / (k**2 + a**2), (k, 1, sp.oo)), (sp.pi * a * sp.coth(sp.pi * a) - 1) / (2 * a**2),
            Domain({a: (sp.Rational(1, 2), 2)}), EULER,
        ),
        identity(
            "hyperbolic series", sp.Sum(sp.exp(-a * (2 * k + 1)), (k, 0, sp.oo)), 1 / (2 * sp.sinh(a)),
            Domain({a: (sp.Rational(1, 4), 3)}), "partition function of the harmonic oscillator",
        ),
    ),
)  # fmt: skip
