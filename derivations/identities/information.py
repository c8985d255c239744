"""Entropies, divergences and Fisher information."""

# pyright: reportArgumentType=false, reportOperatorIssue=false, reportCallIssue=false, reportAttributeAccessIssue=false, reportIndexIssue=false
# (SymPy annotations say Basic where an expression is meant)

from __future__ import annotations

import sympy as sp

from derivations.identities.known import Family, identity
from theory.averages import GaussianMean
from theory.domain import Domain

x, m, mu, z, h = sp.symbols("x m mu z h", real=True)
v, w, lam, t, g = sp.symbols("v w lambda t g", positive=True)
p, q = sp.symbols("p q", positive=True)
k = sp.Symbol("k", integer=True)
n = sp.Symbol("n", integer=True, positive=True)
HALF = sp.Rational(1, 2)
WIDTHS = Domain({v: (HALF, 3), w: (HALF, 3), m: (-1, 1)})
CHANCES = Domain({p: (0, 1), q: (0, 1)})
COVER = "Cover and Thomas, Elements of information theory"


def density(mean: sp.Expr, variance: sp.Expr) -> sp.Expr:
    """A Gaussian density."""
    return sp.exp(-((x - mean) ** 2) / (2 * variance)) / sp.sqrt(2 * sp.pi * variance)


LINE = (x, -sp.oo, sp.oo)
BINARY = -p * sp.log(p) - (1 - p) * sp.log(1 - p)

FAMILY = Family(
    name="information",
    title="Information and entropy",
    identities=(
        identity(
            "entropy of a Gaussian",
            sp.Integral(density(sp.Integer(0), v) * ((x**2) / (2 * v) + sp.log(2 * sp.pi * v) / 2), LINE),
            sp.log(2 * sp.pi * sp.E * v) / 2, Domain({v: (HALF, 3)}), COVER,
        ),
        identity(
            "entropy of a Gaussian from its logarithm",
            -sp.Integral(density(sp.Integer(0), v) * sp.log(density(sp.Integer(0), v)), LINE),
            sp.log(2 * sp.pi * sp.E * v) / 2, Domain({v: (HALF, 3)}), COVER,
        ),
        identity(
            "divergence of two Gaussians",
            GaussianMean(-(z**2) / (2 * v) - sp.log(v) / 2 + (z - m) ** 2 / (2 * w) + sp.log(w) / 2, z, v),
            sp.log(w / v) / 2 + (v + m**2) / (2 * w) - HALF, WIDTHS, COVER,
        ),
        identity(
            "entropy of the exponential law",
            -sp.Integral(lam * sp.exp(-lam * t) * sp.log(lam * sp.exp(-lam * t)), (t, 0, sp.oo)), 1 - sp.log(lam),
            Domain({lam: (HALF, 3)}), COVER,
        ),
        identity(
            "entropy of the geometric law",
            -sp.Sum((1 - p) ** (k - 1) * p * ((k - 1) * sp.log(1 - p) + sp.log(p)), (k, 1, sp.oo)), BINARY / p,
            Domain({p: (sp.Rational(1, 4), 1)}), COVER,
        ),
        identity(
            "Fisher information of a Gaussian",
            sp.Integral(density(mu, v) * sp.Derivative(sp.log(density(mu, v)), mu) ** 2, LINE), 1 / v,
            Domain({v: (HALF, 3), mu: (-1, 1)}), COVER,
        ),
        identity(
            "Gaussian channel and its mean square error",
            sp.Derivative(sp.log(1 + g) / 2, g), 1 / (1 + g) / 2, Domain({g: (0, sp.oo)}),
            "Guo, Shamai and Verdú, Mutual information and minimum mean-square error (2005)",
        ),
        identity(
            "mutual information of a normal pair",
            -sp.log(1 - h**2) / 2, sp.atanh(h**2 / (2 - h**2)), Domain({h: (-1, 1)}), COVER, independent=False,
        ),
        identity(
            "divergence of two coins as an integral",
            p * sp.log(p / q) + (1 - p) * sp.log((1 - p) / (1 - q)),
            sp.Integral((x - p) / (x * (1 - x)), (x, p, q)), CHANCES, COVER,
        ),
        identity("curvature of the binary entropy", sp.Derivative(BINARY, (p, 2)), -1 / (p * (1 - p)),
                 Domain({p: (0, 1)}), COVER),
        identity(
            "Rényi entropy of order 2 of a Gaussian", -sp.log(sp.Integral(density(sp.Integer(0), v) ** 2, LINE)),
            sp.log(4 * sp.pi * v) / 2, Domain({v: (HALF, 3)}), "Rényi, On measures of information and entropy (1961)",
        ),
        identity(
            "slope of the soft maximum", sp.Derivative(sp.log(sp.exp(x) + sp.exp(m)), x), 1 / (1 + sp.exp(m - x)),
            Domain({x: (-2, 2), m: (-2, 2)}), "softmax as a gradient",
        ),
        identity(
            "entropy of a spin in a field",
            -sp.Sum(
                sp.exp((2 * k - 1) * h) / (2 * sp.cosh(h)) * ((2 * k - 1) * h - sp.log(2 * sp.cosh(h))), (k, 0, 1)
            ),
            sp.log(2 * sp.cosh(h)) - h * sp.tanh(h), Domain({h: (-2, 2)}), "thermodynamics of a free spin",
        ),
        identity(
            "entropy of the uniform law", -sp.Sum(sp.log(1 / n) / n, (k, 1, n)), sp.log(n), Domain({n: sp.Range(1, 9)}),
            COVER,
        ),
    ),
)  # fmt: skip
