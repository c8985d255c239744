"""Partition functions of exactly solved models against their sums over states."""

# pyright: reportArgumentType=false, reportOperatorIssue=false, reportCallIssue=false, reportAttributeAccessIssue=false, reportIndexIssue=false
# (SymPy annotations say Basic where an expression is meant)

from __future__ import annotations

import sympy as sp

from derivations.identities.known import Family, identity
from theory.averages import ConfigurationSum, GaussianMean
from theory.domain import Domain
from theory.sums import Sigma
from theory.symbols import family

K, beta = sp.symbols("K beta", positive=True)
h, phi, y, z = sp.symbols("h phi y z", real=True)
n = sp.Symbol("n", integer=True, positive=True)
i, k, one, two, three = sp.symbols("i k a b c", integer=True)
s = family("s", integer=True)
E = family("E", real=True)
CHAIN = Domain({K: (0, 2), n: sp.Range(2, 7)})
FIELD = Domain({K: (0, 1), h: (-1, 1), n: sp.Range(2, 7)})
OPEN = Sigma(s[i] * s[i + 1], (i, 1, n - 1))
RING = OPEN + s[n] * s[1]
FIELDS = Sigma(s[i], (i, 1, n))
ISING = "Ising, Beitrag zur Theorie des Ferromagnetismus (1925)"
BAXTER = "Baxter, Exactly solved models in statistical mechanics (1982)"
root = sp.sqrt(sp.exp(2 * K) * sp.sinh(h) ** 2 + sp.exp(-2 * K))

FAMILY = Family(
    name="partition_functions",
    title="Partition functions",
    identities=(
        identity(
            "free spins in a field", ConfigurationSum(sp.exp(h * FIELDS), s, (i, 1, n)), (2 * sp.cosh(h)) ** n,
            Domain({h: (-2, 2), n: sp.Range(1, 7)}), ISING,
        ),
        identity(
            "open Ising chain", ConfigurationSum(sp.exp(K * OPEN), s, (i, 1, n)), 2 * (2 * sp.cosh(K)) ** (n - 1),
            CHAIN,
            ISING,
        ),
        identity(
            "Ising ring", ConfigurationSum(sp.exp(K * RING), s, (i, 1, n)),
            (2 * sp.cosh(K)) ** n + (2 * sp.sinh(K)) ** n, CHAIN, ISING,
        ),
        identity(
            "Ising ring in a field", ConfigurationSum(sp.exp(K * RING + h * FIELDS), s, (i, 1, n)),
            (sp.exp(K) * sp.cosh(h) + root) ** n + (sp.exp(K) * sp.cosh(h) - root) ** n, FIELD, BAXTER,
        ),
        identity(
            "correlation of the ends of an open chain",
            ConfigurationSum(s[1] * s[n] * sp.exp(K * OPEN), s, (i, 1, n)),
            2 * (2 * sp.cosh(K)) ** (n - 1) * sp.tanh(K) ** (n - 1), CHAIN, BAXTER,
        ),
        identity(
            "Curie-Weiss model by the magnetization",
            ConfigurationSum(sp.exp(K * FIELDS**2 / (2 * n)), s, (i, 1, n)),
            sp.Sum(sp.binomial(n, k) * sp.exp(K * (n - 2 * k) ** 2 / (2 * n)), (k, 0, n)), CHAIN,
            "Kac, Mathematical mechanisms of phase transitions (1968)",
        ),
        identity(
            "magnetization of free spins", sp.Derivative(n * sp.log(2 * sp.cosh(beta * h)), h) / (n * beta),
            sp.tanh(beta * h), Domain({h: (-2, 2), beta: (0, 2), n: sp.Range(1, 7)}), ISING,
        ),
        identity(
            "annealed random-energy model",
            GaussianMean(Sigma(sp.exp(-beta * E[i]), (i, 1, 2)), E, n / sp.Integer(2), (i, 1, 2)),
            2 * sp.exp(beta**2 * n / 4), Domain({beta: (0, 2), n: sp.Range(1, 4)}),
            "Derrida, Random-energy model (1981)",
        ),
        identity(
            "harmonic oscillator", sp.Sum(sp.exp(-beta * (k + sp.Rational(1, 2))), (k, 0, sp.oo)),
            1 / (2 * sp.sinh(beta / 2)), Domain({beta: (sp.Rational(1, 4), 4)}), "Planck's oscillator",
        ),
        identity(
            "mean energy of an oscillator",
            sp.Derivative(-sp.log(1 / (2 * sp.sinh(beta / 2))), beta), sp.Rational(1, 2) + 1 / (sp.exp(beta) - 1),
            Domain({beta: (0, 4)}), "Planck's oscillator",
        ),
        identity(
            "planar rotor", sp.Integral(sp.exp(K * sp.cos(phi)), (phi, 0, 2 * sp.pi)), 2 * sp.pi * sp.besseli(0, K),
            Domain({K: (0, 3)}), "planar rotor in a field",
        ),
        identity(
            "classical spin in a field", sp.Integral(sp.exp(K * y), (y, -1, 1)) / 2, sp.sinh(K) / K,
            Domain({K: (0, 3)}),
            "Langevin's theory of paramagnetism",
        ),
        identity(
            "magnetization of a classical spin",
            sp.Derivative(sp.log(sp.sinh(K) / K), K), sp.coth(K) - 1 / K, Domain({K: (0, 3)}),
            "Langevin's theory of paramagnetism",
        ),
        identity(
            "Potts chain of three sites",
            sp.Sum(
                sp.exp(K * (sp.KroneckerDelta(one, two) + sp.KroneckerDelta(two, three))),
                (one, 1, n), (two, 1, n), (three, 1, n),
            ),
            n * (sp.exp(K) + n - 1) ** 2, CHAIN, BAXTER,
        ),
        identity(
            "decimation of every other spin",
            sp.exp(K * (one + two)) + sp.exp(-K * (one + two)),
            2 * sp.sqrt(sp.cosh(2 * K)) * sp.exp(sp.log(sp.cosh(2 * K)) / 2 * one * two),
            Domain({K: (0, 2), one: sp.FiniteSet(-1, 1), two: sp.FiniteSet(-1, 1)}),
            "Kadanoff, Variational principles and approximate renormalization group (1975)", independent=False,
        ),
        identity(
            "two-level heat capacity",
            sp.Derivative(sp.log(1 + sp.exp(-beta)), (beta, 2)), 1 / (4 * sp.cosh(beta / 2) ** 2),
            Domain({beta: (0, 4)}), "Schottky anomaly",
        ),
        identity(
            "star-triangle weight of one spin",
            ConfigurationSum(sp.exp(s[1] * (K * (s[2] + s[3]) + h)), s, (i, 1, 3)),
            2 * sp.cosh(2 * K + h) + 2 * sp.cosh(2 * K - h) + 4 * sp.cosh(h), Domain({K: (0, 2), h: (-1, 1)}), BAXTER,
        ),
    ),
)  # fmt: skip
