"""Rates, detailed balance, stationary laws and first passages of Markov chains."""

# pyright: reportArgumentType=false, reportOperatorIssue=false, reportCallIssue=false, reportAttributeAccessIssue=false, reportIndexIssue=false
# (SymPy annotations say Basic where an expression is meant)

from __future__ import annotations

import sympy as sp

from derivations.identities.known import Family, identity
from theory.domain import Domain

x, h = sp.symbols("x h", real=True)
a, b, c = sp.symbols("a b c", positive=True)
t = sp.Symbol("t", positive=True)
n = sp.Symbol("n", integer=True, nonnegative=True)
k, s = sp.symbols("k s", integer=True)
ENERGY = Domain({x: sp.Interval.open(-sp.oo, sp.oo)})
SPIN = Domain({h: (-3, 3), s: sp.FiniteSet(-1, 1)})
RATES = Domain({a: (0, 1), b: (0, 1)})
STEPS = Domain({a: (0, 1), b: (0, sp.Rational(9, 10)), n: sp.S.Naturals0})
TIMES = Domain({a: (0, 2), b: (0, 2), t: (0, 3)})
METROPOLIS = "Metropolis et al., Equation of state calculations (1953)"
GLAUBER = "Glauber, Time-dependent statistics of the Ising model (1963)"
SOURCE = "van Kampen, Stochastic processes in physics and chemistry"
FLOW = sp.Matrix([[1 - a, b], [a, 1 - b]])
RELAXING = b / (a + b) + a / (a + b) * sp.exp(-(a + b) * t)


def discrete(steps: sp.Expr) -> sp.Expr:
    """Probability of the first state after some steps."""
    return b / (a + b) + a / (a + b) * (1 - a - b) ** steps


FAMILY = Family(
    name="markov_chains",
    title="Markov chains and detailed balance",
    identities=(
        identity(
            "Metropolis rates are balanced", sp.Min(1, sp.exp(-x)), sp.exp(-x) * sp.Min(1, sp.exp(x)), ENERGY,
            METROPOLIS,
            independent=False,
        ),
        identity(
            "heat-bath rates are balanced", 1 / (1 + sp.exp(x)), sp.exp(-x) / (1 + sp.exp(-x)), ENERGY, GLAUBER,
            independent=False,
        ),
        identity(
            "heat-bath rate by a hyperbolic tangent", 1 / (1 + sp.exp(x)), (1 - sp.tanh(x / 2)) / 2, ENERGY, GLAUBER,
            independent=False,
        ),
        identity(
            "Boltzmann weight of a spin", sp.exp(s * h) / (2 * sp.cosh(h)), (1 + s * sp.tanh(h)) / 2, SPIN, GLAUBER,
            independent=False,
        ),
        identity(
            "mean of a spin", sp.Sum(k * sp.exp(k * h) / (2 * sp.cosh(h)), (k, -1, 1)), sp.tanh(h),
            Domain({h: (-3, 3)}),
            GLAUBER,
        ),
        identity(
            "stationary state of two states", FLOW * sp.Matrix([b, a]) / (a + b), sp.Matrix([b, a]) / (a + b), RATES,
            SOURCE
        ),
        identity(
            "one more step of two states", (1 - a) * discrete(n) + b * (1 - discrete(n)), discrete(n + 1), STEPS,
            SOURCE,
            independent=False,
        ),
        identity(
            "master equation of two states", sp.Derivative(RELAXING, t), -a * RELAXING + b * (1 - RELAXING), TIMES,
            SOURCE
        ),
        identity(
            "balance of a birth-death chain",
            a ** (k + 1) / b ** (k + 1) * b, a**k / b**k * a, Domain({a: (0, 1), b: (0, 1), k: sp.S.Naturals0}),
            SOURCE, independent=False,
        ),
        identity(
            "length of a queue", sp.Sum((1 - a) * a**k * k, (k, 0, sp.oo)), a / (1 - a), Domain({a: (0, 1)}),
            "queue with one server, stationary state",
        ),
        identity(
            "returns of a random walk",
            sp.Integral(sp.cos(x) ** (2 * n), (x, 0, sp.pi)) / sp.pi, sp.binomial(2 * n, n) / 4**n,
            Domain({n: sp.Range(0, 7)}), "Pólya, random walk on the line",
        ),
        identity(
            "mean waiting time", sp.Integral(t * a * sp.exp(-a * t), (t, 0, sp.oo)), 1 / a, Domain({a: (0, 4)}), SOURCE
        ),
        identity(
            "first of two events", sp.Integral(a * sp.exp(-a * t) * sp.exp(-b * t), (t, 0, sp.oo)), a / (a + b),
            Domain({a: (0, 2), b: (0, 2)}), "Gillespie, Exact stochastic simulation (1977)",
        ),
        identity(
            "mean number of trials", sp.Sum(k * a * (1 - a) ** (k - 1), (k, 1, sp.oo)), 1 / a, Domain({a: (0, 1)}),
            SOURCE
        ),
        identity(
            "two steps of two states",
            FLOW * FLOW,
            sp.Matrix([[(1 - a) ** 2 + a * b, b * (2 - a - b)], [a * (2 - a - b), (1 - b) ** 2 + a * b]]),
            RATES, "Chapman-Kolmogorov equation",
        ),
        identity(
            "probability of ruin",
            a * (b / a) ** (k + 1) + b * (b / a) ** (k - 1), (a + b) * (b / a) ** k,
            Domain({a: (0, 1), b: (0, 1), k: sp.S.Naturals}), "gambler's ruin", independent=False,
        ),
    ),
)  # fmt: skip
