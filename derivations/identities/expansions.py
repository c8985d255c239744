"""Taylor expansions with the order of their remainder."""

# pyright: reportArgumentType=false, reportOperatorIssue=false, reportCallIssue=false, reportAttributeAccessIssue=false, reportIndexIssue=false
# (SymPy annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.identities.known import Family, KnownIdentity
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.statements import Expansion

x = sp.Symbol("x", real=True)
a, q = sp.symbols("a q", positive=True)
z, h = sp.symbols("z h", real=True)
SMALL = Domain({x: (0, sp.Rational(1, 2))})
TABLE = "Abramowitz and Stegun, Handbook of mathematical functions, power series"


def series(
    name: str, left: Any, right: Any, order: int, domain: Domain = SMALL, source: str = TABLE, variable: Any = x
) -> KnownIdentity:
    """An expansion about zero."""
    claim = Expansion(left, right, domain, variable=variable, order=order)
    return KnownIdentity(name=name, statement=claim, source=source, independent=False)


FAMILY = Family(
    name="expansions",
    title="Taylor expansions",
    identities=(
        series("hyperbolic tangent", sp.tanh(x), x - x**3 / 3, 5),
        series("log cosh", sp.log(sp.cosh(x)), x**2 / 2 - x**4 / 12, 6),
        series("square root", sp.sqrt(1 + x), 1 + x / 2 - x**2 / 8, 3),
        series("inverse square root", 1 / sp.sqrt(1 + x), 1 - x / 2 + 3 * x**2 / 8, 3),
        series(
            "binomial series", (1 + x) ** a, 1 + a * x + a * (a - 1) * x**2 / 2, 3,
            Domain({x: (0, sp.Rational(1, 2)), a: (0, 4)}),
        ),
        series(
            "Langevin function", sp.coth(x) - 1 / x, x / 3 - x**3 / 45, 5, source="Langevin's theory of paramagnetism",
        ),
        series("generating function of Bernoulli numbers", x / (sp.exp(x) - 1), 1 - x / 2 + x**2 / 12, 4),
        series("error function", sp.erf(x), 2 / sp.sqrt(sp.pi) * (x - x**3 / 3), 5),
        series("arcsine", sp.asin(x), x + x**3 / 6, 5),
        series("logarithm", sp.log(1 + x), x - x**2 / 2 + x**3 / 3, 4),
        series("log-gamma function", sp.loggamma(1 + x), -sp.EulerGamma * x + sp.pi**2 * x**2 / 12, 3),
        series(
            "overlap at weak coupling", GaussianMean(sp.tanh(sp.sqrt(q) * z) ** 2, z, 1), q - 2 * q**2, 3,
            Domain({q: (0, 1)}), "Sherrington and Kirkpatrick near the transition", q,
        ),
        series(
            "susceptibility at weak coupling", GaussianMean(1 - sp.tanh(sp.sqrt(q) * z) ** 2, z, 1), 1 - q + 2 * q**2,
            3, Domain({q: (0, 1)}), "Sherrington and Kirkpatrick near the transition", q,
        ),
        series(
            "Landau expansion of the mean-field free energy", -sp.log(2 * sp.cosh(a * x)) + a * x**2 / 2,
            -sp.log(2) + a * (1 - a) * x**2 / 2 + a**4 * x**4 / 12, 6, Domain({x: (0, 1), a: (0, 2)}),
            "Landau theory of the Curie-Weiss model",
        ),
        series(
            "cumulants of a coin", sp.log(1 - a + a * sp.exp(x)), a * x + a * (1 - a) * x**2 / 2, 3,
            Domain({x: (0, 1), a: (0, 1)}), "cumulants of the Bernoulli law",
        ),
        series(
            "Stieltjes transform at large argument", (1 - sp.sqrt(1 - 4 * x**2)) / (2 * x), x + x**3 + 2 * x**5, 7,
            Domain({x: (0, sp.Rational(1, 4))}), "Wigner's semicircle law",
        ),
        series(
            "product of two", sp.exp(-x) * sp.cos(x), 1 - x + x**3 / 3, 4
        ),
    ),
)  # fmt: skip
