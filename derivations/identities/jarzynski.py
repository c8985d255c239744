"""Work relations: Jarzynski's equality, Crooks' theorem, and their Gaussian forms."""

# pyright: reportArgumentType=false, reportOperatorIssue=false, reportCallIssue=false, reportAttributeAccessIssue=false, reportIndexIssue=false
# (SymPy annotations say Basic where an expression is meant)

from __future__ import annotations

import sympy as sp

from derivations.identities.known import Family, KnownIdentity, identity
from theory.averages import ConfigurationSum, GaussianMean
from theory.domain import Domain
from theory.statements import LimitStatement
from theory.symbols import family

beta, S, A, B = sp.symbols("beta S A B", positive=True)
mu, w, x, h, g, F = sp.symbols("mu w x h g F", real=True)
i = sp.Symbol("i", integer=True)
n = sp.Symbol("n", integer=True, positive=True)
s = family("s", integer=True)
HALF = sp.Rational(1, 2)
GAUSS = Domain({beta: (0, 2), mu: (-2, 2), S: (0, 2)})
TRAP = Domain({beta: (HALF, 2), A: (HALF, 3), B: (HALF, 3)})
JARZYNSKI = "Jarzynski, Nonequilibrium equality for free energy differences (1997)"
CROOKS = "Crooks, Entropy production fluctuation theorem (1999)"


def density(value: sp.Expr, mean: sp.Expr) -> sp.Expr:
    """Gaussian density of variance S."""
    return sp.exp(-((value - mean) ** 2) / (2 * S)) / sp.sqrt(2 * sp.pi * S)


FAMILY = Family(
    name="jarzynski",
    title="Work relations",
    identities=(
        identity(
            "exponential mean of Gaussian work",
            GaussianMean(sp.exp(-beta * (mu + w)), w, S), sp.exp(-beta * mu + beta**2 * S / 2), GAUSS, JARZYNSKI,
        ),
        identity(
            "free energy of Gaussian work",
            -sp.log(GaussianMean(sp.exp(-beta * (mu + w)), w, S)) / beta, mu - beta * S / 2, GAUSS, JARZYNSKI,
        ),
        identity(
            "Gaussian work obeys Crooks' theorem",
            density(w, F + beta * S / 2), sp.exp(beta * (w - F)) * density(-w, -F + beta * S / 2),
            Domain({w: (-2, 2), F: (-1, 1), beta: (HALF, 2), S: (HALF, 2)}), CROOKS, independent=False,
        ),
        identity(
            "sudden change of a trap",
            GaussianMean(sp.exp(-beta * (B - A) * x**2 / 2), x, 1 / (beta * A)), sp.sqrt(A / B), TRAP, JARZYNSKI,
        ),
        identity(
            "sudden change of a trap by integrals",
            sp.Integral(sp.exp(-beta * B * x**2 / 2), (x, -sp.oo, sp.oo)),
            sp.sqrt(A / B) * sp.Integral(sp.exp(-beta * A * x**2 / 2), (x, -sp.oo, sp.oo)), TRAP, JARZYNSKI,
        ),
        identity(
            "sudden shift of a trap",
            GaussianMean(sp.exp(-beta * A * ((x - h) ** 2 - x**2) / 2), x, 1 / (beta * A)), 1,
            Domain({beta: (HALF, 2), A: (HALF, 2), h: (-2, 2)}), JARZYNSKI,
        ),
        identity(
            "sudden change of a field on one spin",
            (sp.exp(beta * h) * sp.exp(beta * (g - h)) + sp.exp(-beta * h) * sp.exp(-beta * (g - h)))
            / (2 * sp.cosh(beta * h)),
            sp.cosh(beta * g) / sp.cosh(beta * h), Domain({beta: (0, 2), g: (-2, 2), h: (-2, 2)}), JARZYNSKI,
            independent=False,
        ),
        identity(
            "change of a field on n spins",
            ConfigurationSum(
                sp.exp(h * sp.Sum(s[i], (i, 1, n))) * sp.exp((g - h) * sp.Sum(s[i], (i, 1, n))), s, (i, 1, n)
            ),
            (2 * sp.cosh(g)) ** n, Domain({g: (-2, 2), h: (-2, 2), n: sp.Range(1, 6)}), JARZYNSKI,
        ),
        identity(
            "acceptance ratio", 1 / (1 + sp.exp(x)), sp.exp(-x) * (1 - 1 / (1 + sp.exp(x))),
            Domain({x: (-3, 3)}), "Bennett, Efficient estimation of free energy differences (1976)", independent=False,
        ),
        identity(
            "dissipated work is a variance",
            GaussianMean(mu + w, w, S) + sp.log(GaussianMean(sp.exp(-beta * (mu + w)), w, S)) / beta, beta * S / 2,
            GAUSS, "Hermans (1991), fluctuation-dissipation relation for work",
        ),
        KnownIdentity(
            name="slow driving",
            statement=LimitStatement(
                -sp.log(sp.exp(-beta * mu + beta**2 * S / 2)) / beta, mu, GAUSS, variable=beta, point=0
            ),
            source=JARZYNSKI,
        ),
        identity(
            "slope of the free energy is the mean force",
            sp.Derivative(-sp.log(sp.Integral(sp.exp(-beta * (A * x**2 / 2)), (x, -sp.oo, sp.oo))) / beta, A),
            1 / (2 * beta * A), Domain({beta: (HALF, 2), A: (HALF, 2)}), "thermodynamic integration",
        ),
    ),
)  # fmt: skip
