"""Sums over replicas and their limits as the number of replicas tends to zero."""

# pyright: reportArgumentType=false, reportOperatorIssue=false, reportCallIssue=false, reportAttributeAccessIssue=false, reportIndexIssue=false
# (SymPy annotations say Basic where an expression is meant)

from __future__ import annotations

import sympy as sp

from derivations.identities.known import Family, KnownIdentity, identity
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.statements import Expansion, LimitStatement
from theory.sums import Sigma

q, x, m = sp.symbols("q x m", positive=True)
z, h, t = sp.symbols("z h t", real=True)
n = sp.Symbol("n", integer=True, positive=True)
a, b, c, k = sp.symbols("a b c k", integer=True)
delta = sp.KroneckerDelta
COUNT = Domain({q: (0, 1), n: sp.Range(1, 6)})
SMALL = Domain({q: (0, 1), m: (0, 1)})
SOURCE = "Mézard, Parisi and Virasoro, Spin glass theory and beyond (1987)"


def entry(first: sp.Symbol, second: sp.Symbol) -> sp.Expr:
    """An entry of the replica-symmetric overlap matrix."""
    return q + (1 - q) * delta(first, second)


FAMILY = Family(
    name="replica_limits",
    title="Replica sums and limits",
    identities=(
        KnownIdentity(
            name="logarithm from a power",
            statement=LimitStatement((x**m - 1) / m, sp.log(x), Domain({x: (0, 4), m: (0, 1)}), variable=m, point=0),
            source=SOURCE,
        ),
        KnownIdentity(
            name="mean logarithm from the mean power",
            statement=LimitStatement(
                (GaussianMean(sp.cosh(z) ** m, z, q) - 1) / m, GaussianMean(sp.log(sp.cosh(z)), z, q),
                Domain({q: (0, 2), m: (0, 1)}), variable=m, point=0,
            ),
            source=SOURCE,
        ),
        KnownIdentity(
            name="determinant of a replica-symmetric matrix",
            statement=LimitStatement(
                ((m - 1) * sp.log(1 - q) + sp.log(1 - q + m * q)) / m, sp.log(1 - q) + q / (1 - q),
                SMALL, variable=m, point=0,
            ),
            source=SOURCE,
        ),
        KnownIdentity(
            name="number of pairs per replica",
            statement=LimitStatement(m * (m - 1) / (2 * m), -sp.Rational(1, 2), SMALL, variable=m, point=0),
            source=SOURCE,
        ),
        KnownIdentity(
            name="determinant to first order",
            statement=Expansion(
                sp.log(1 + m * q / (1 - q)), m * q / (1 - q), SMALL, variable=m, order=2
            ),
            source=SOURCE, independent=False,
        ),
        identity(
            "sum of all entries", Sigma(entry(a, b), (a, 1, n), (b, 1, n)), n * (1 + (n - 1) * q), COUNT, SOURCE
        ),
        identity(
            "trace of the square",
            Sigma(entry(a, b) ** 2, (a, 1, n), (b, 1, n)), n * (1 + (n - 1) * q**2), COUNT, SOURCE,
        ),
        identity(
            "trace of the cube",
            Sigma(entry(a, b) * entry(b, c) * entry(c, a), (a, 1, n), (b, 1, n), (c, 1, n)),
            n * (1 + 3 * (n - 1) * q**2 + (n - 1) * (n - 2) * q**3), COUNT, SOURCE,
        ),
        identity(
            "pairs of different replicas",
            Sigma(q**2, (b, 2, n), (a, 1, b - 1)), q**2 * n * (n - 1) / 2, COUNT, SOURCE,
        ),
        identity(
            "trace over one site of all replicas",
            sp.Sum(sp.binomial(n, k) * sp.exp(h * (n - 2 * k)), (k, 0, n)), (2 * sp.cosh(h)) ** n,
            Domain({n: sp.Range(1, 9), h: (-2, 2)}), SOURCE,
        ),
        identity(
            "Frullani's logarithm",
            sp.Integral((sp.exp(-t) - sp.exp(-x * t)) / t, (t, 0, sp.oo)), sp.log(x),
            Domain({x: (sp.Rational(1, 4), 4)}), "Frullani's integral",
        ),
        identity(
            "power from an exponential",
            sp.Integral(t ** (m - 1) * sp.exp(-x * t), (t, 0, sp.oo)) / sp.gamma(m), x ** (-m),
            Domain({x: (sp.Rational(1, 2), 3), m: (sp.Rational(1, 2), 4)}), "Euler's integral",
        ),
        identity(
            "annealed moment",
            GaussianMean(sp.exp(n * h * z), z, 1), sp.exp(n**2 * h**2 / 2), Domain({n: sp.Range(1, 7), h: (-1, 1)}),
            "moments of the lognormal law",
        ),
        KnownIdentity(
            name="quenched from annealed moments of a lognormal",
            statement=LimitStatement(
                (sp.exp(m * x + m**2 * q / 2) - 1) / m, x, Domain({x: (0, 2), q: (0, 2), m: (0, 1)}),
                variable=m, point=0,
            ),
            source=SOURCE,
        ),
        KnownIdentity(
            name="weak-disorder expansion of the free entropy",
            statement=Expansion(
                GaussianMean(sp.log(sp.cosh(sp.sqrt(q) * z)), z, 1), q / 2 - q**2 / 4, Domain({q: (0, 1)}),
                variable=q, order=3,
            ),
            source=SOURCE, independent=False,
        ),
    ),
)  # fmt: skip
