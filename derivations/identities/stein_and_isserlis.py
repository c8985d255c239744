"""Integration by parts and moments of Gaussian variables."""

# pyright: reportArgumentType=false, reportOperatorIssue=false, reportCallIssue=false, reportAttributeAccessIssue=false, reportIndexIssue=false
# (SymPy annotations say Basic where an expression is meant)

from __future__ import annotations

import sympy as sp

from derivations.identities.known import Family, identity
from theory.averages import GaussianMean
from theory.domain import Domain

v = sp.Symbol("v", positive=True)
r, h, z, w = sp.symbols("r h z w", real=True)
n = sp.Symbol("n", integer=True, nonnegative=True)
f = sp.Function("f")
other = r * z + sp.sqrt(1 - r**2) * w
REALS = sp.Interval.open(-sp.oo, sp.oo)
POSITIVE = Domain({v: (0, sp.oo)})
FIELD = Domain({h: REALS})
CORRELATED = Domain({r: (-1, 1)})
STEIN = "Stein, Estimation of the mean of a multivariate normal distribution (1981)"
ISSERLIS = "Isserlis, On a formula for the product-moment coefficient (1918)"
HEAT = "the heat equation for Gaussian means"


def pair(body: sp.Expr) -> GaussianMean:
    """The mean over two unit Gaussian variables of correlation r."""
    return GaussianMean(GaussianMean(body, w, 1), z, 1)


FAMILY = Family(
    name="stein_and_isserlis",
    title="Integration by parts and moments of Gaussian variables",
    identities=(
        identity(
            "Stein's lemma for any function",
            GaussianMean(z * f(z), z, v), v * GaussianMean(sp.Derivative(f(z), z), z, v), POSITIVE, STEIN,
        ),
        identity(
            "Stein's lemma twice",
            GaussianMean(z**2 * f(z), z, v),
            v * GaussianMean(f(z), z, v) + v**2 * GaussianMean(sp.Derivative(f(z), (z, 2)), z, v),
            POSITIVE, STEIN,
        ),
        identity(
            "Stein's lemma for the hyperbolic tangent",
            GaussianMean(z * sp.tanh(h * z), z, 1), h * GaussianMean(1 - sp.tanh(h * z) ** 2, z, 1), FIELD, STEIN,
        ),
        identity("variable times sine", GaussianMean(z * sp.sin(h * z), z, 1), h * sp.exp(-(h**2) / 2), FIELD, STEIN),
        identity(
            "variable times exponential", GaussianMean(z * sp.exp(h * z), z, v), v * h * sp.exp(v * h**2 / 2),
            Domain({v: (0, sp.oo), h: REALS}), STEIN,
        ),
        identity("sixth moment", GaussianMean(z**6, z, v), 15 * v**3, POSITIVE, ISSERLIS),
        identity("eighth moment", GaussianMean(z**8, z, v), 105 * v**4, POSITIVE, ISSERLIS),
        identity(
            "even moments", GaussianMean(z ** (2 * n), z, 1), sp.factorial(2 * n) / (2**n * sp.factorial(n)),
            Domain({n: sp.Range(0, 7)}), ISSERLIS,
        ),
        identity("two squares", pair(z**2 * other**2), 1 + 2 * r**2, CORRELATED, ISSERLIS),
        identity("a cube and a variable", pair(z**3 * other), 3 * r, CORRELATED, ISSERLIS),
        identity("two cubes", pair(z**3 * other**3), 9 * r + 6 * r**3, CORRELATED, ISSERLIS),
        identity("two fourth powers", pair(z**4 * other**4), 9 + 72 * r**2 + 24 * r**4, CORRELATED, ISSERLIS),
        identity(
            "two sines", pair(sp.sin(z) * sp.sin(other)), sp.exp(-1) * sp.sinh(r), CORRELATED,
            "Price, A useful theorem for nonlinear devices having Gaussian inputs (1958)",
        ),
        identity(
            "two exponentials", pair(sp.exp(z + other)), sp.exp(1 + r), CORRELATED, "moments of the lognormal law"
        ),
        identity(
            "third Hermite polynomials are orthogonal to the first",
            GaussianMean((z**3 - 3 * z) * z, z, 1), 0, Domain({}), "orthogonality of Hermite polynomials",
        ),
        identity(
            "Hermite polynomials of two variables",
            pair((z**2 - 1) * (other**2 - 1)), 2 * r**2, CORRELATED, "Mehler's formula",
        ),
        identity(
            "heat equation for a hyperbolic cosine",
            sp.Derivative(GaussianMean(sp.log(sp.cosh(z)), z, v), v),
            GaussianMean(1 - sp.tanh(z) ** 2, z, v) / 2,
            POSITIVE, HEAT,
        ),
        identity(
            "slope in the variance is a tangent and its argument",
            sp.Derivative(GaussianMean(sp.log(sp.cosh(sp.sqrt(v) * z)), z, 1), v),
            GaussianMean(z * sp.tanh(sp.sqrt(v) * z), z, 1) / (2 * sp.sqrt(v)),
            POSITIVE, HEAT,
        ),
        identity(
            "generating function of Hermite polynomials",
            GaussianMean(sp.exp(h * z - h**2 / 2), z, 1), 1, FIELD, "Wick ordering of an exponential",
        ),
    ),
)  # fmt: skip
