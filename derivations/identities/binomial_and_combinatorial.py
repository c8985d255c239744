"""Binomial sums, Catalan numbers, double factorials."""

# pyright: reportArgumentType=false, reportOperatorIssue=false, reportCallIssue=false, reportAttributeAccessIssue=false, reportIndexIssue=false
# (SymPy annotations say Basic where an expression is meant)

from __future__ import annotations

import sympy as sp

from derivations.identities.known import Family, KnownIdentity, identity
from theory.domain import Domain
from theory.statements import LimitStatement

n, m = sp.symbols("n m", integer=True, positive=True)
k, r = sp.symbols("k r", integer=True)
x = sp.Symbol("x", real=True)
p = sp.Symbol("p", positive=True)
N = sp.Symbol("N", positive=True)
SIZE = Domain({n: sp.S.Naturals})
SOME = Domain({n: sp.Range(1, 9)})
SOURCE = "Graham, Knuth and Patashnik, Concrete mathematics, chapter 5"
CATALAN = "Stanley, Catalan numbers"

FAMILY = Family(
    name="binomial_and_combinatorial",
    title="Binomial sums and combinatorial numbers",
    identities=(
        identity("sum of binomials", sp.Sum(sp.binomial(n, k), (k, 0, n)), 2**n, SIZE, SOURCE),
        identity("alternating sum", sp.Sum((-1) ** k * sp.binomial(n, k), (k, 0, n)), 0, SIZE, SOURCE),
        identity("first moment", sp.Sum(k * sp.binomial(n, k), (k, 0, n)), n * 2 ** (n - 1), SIZE, SOURCE),
        identity(
            "second moment", sp.Sum(k**2 * sp.binomial(n, k), (k, 0, n)), n * (n + 1) * 2 ** (n - 2), SIZE, SOURCE,
        ),
        identity("sum of squares", sp.Sum(sp.binomial(n, k) ** 2, (k, 0, n)), sp.binomial(2 * n, n), SIZE, SOURCE),
        identity(
            "binomial theorem", sp.Sum(sp.binomial(n, k) * x**k, (k, 0, n)), (1 + x) ** n,
            Domain({n: sp.S.Naturals, x: (0, 3)}), SOURCE,
        ),
        identity(
            "Vandermonde convolution", sp.Sum(sp.binomial(n, k) * sp.binomial(m, r - k), (k, 0, r)),
            sp.binomial(n + m, r), Domain({n: sp.Range(1, 6), m: sp.Range(1, 6), r: sp.Range(0, 6)}), SOURCE,
        ),
        identity("hockey stick", sp.Sum(sp.binomial(m + k, m), (k, 0, n)), sp.binomial(n + m + 1, m + 1),
                 Domain({n: sp.Range(1, 8), m: sp.Range(1, 6)}), SOURCE),
        identity(
            "inverse weights", sp.Sum((-1) ** k * sp.binomial(n, k) / (k + 1), (k, 0, n)), 1 / (n + 1), SIZE, SOURCE
        ),
        identity(
            "variance of the binomial law",
            sp.Sum((k - n * p) ** 2 * sp.binomial(n, k) * p**k * (1 - p) ** (n - k), (k, 0, n)), n * p * (1 - p),
            Domain({n: sp.Range(1, 8), p: (0, 1)}), "moments of the binomial law",
        ),
        identity(
            "Catalan numbers as a difference",
            sp.binomial(2 * n, n) - sp.binomial(2 * n, n + 1), sp.binomial(2 * n, n) / (n + 1), SIZE, CATALAN,
            independent=False,
        ),
        identity(
            "Catalan recurrence",
            sp.Sum(
                sp.binomial(2 * k, k) / (k + 1) * sp.binomial(2 * n - 2 * k, n - k) / (n - k + 1), (k, 0, n)
            ),
            sp.binomial(2 * n + 2, n + 1) / (n + 2), SOME, CATALAN,
        ),
        identity(
            "double factorial", sp.Product(2 * k - 1, (k, 1, n)), sp.factorial(2 * n) / (2**n * sp.factorial(n)), SIZE,
            "number of pairings of 2n points",
        ),
        identity(
            "gamma function at half integers", sp.gamma(n + sp.Rational(1, 2)),
            sp.sqrt(sp.pi) * sp.factorial(2 * n) / (4**n * sp.factorial(n)), SIZE, "duplication formula",
            independent=False,
        ),
        identity(
            "factorial as a product", sp.Product(k, (k, 1, n)), sp.factorial(n), SIZE, "definition of the factorial",
        ),
        identity(
            "Pascal's rule", sp.binomial(n + 1, m), sp.binomial(n, m) + sp.binomial(n, m - 1),
            Domain({n: sp.Range(1, 9), m: sp.Range(1, 9)}), SOURCE, independent=False,
        ),
        identity(
            "central binomials convolved",
            sp.Sum(sp.binomial(2 * k, k) * sp.binomial(2 * n - 2 * k, n - k), (k, 0, n)), 4**n, SOME, SOURCE,
        ),
        KnownIdentity(
            name="Stirling's formula",
            statement=LimitStatement(
                sp.loggamma(N + 1) - N * sp.log(N) + N - sp.log(2 * sp.pi * N) / 2, 0,
                Domain({N: (1, sp.oo)}), variable=N, point=sp.oo, direction="-",
            ),
            source="Stirling's series",
        ),
    ),
)  # fmt: skip
