"""Bounds of statistical physics and of learning theory."""

# pyright: reportArgumentType=false, reportOperatorIssue=false, reportCallIssue=false, reportAttributeAccessIssue=false, reportIndexIssue=false
# (SymPy annotations say Basic where an expression is meant)

from __future__ import annotations

import sympy as sp

from derivations.identities.known import Family, KnownIdentity
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.statements import Inequality

x, y, h, z = sp.symbols("x y h z", real=True)
beta, q, t = sp.symbols("beta q t", positive=True)
POSITIVE = (0, sp.oo)
REALS = sp.S.Reals
UNIT = Domain({x: (0, 1)})
PAIR = Domain({x: (0, 1), y: (0, 1)})


def bound(name: str, left: object, relation: str, right: object, domain: Domain, source: str) -> KnownIdentity:
    """A known inequality."""
    return KnownIdentity(name=name, statement=Inequality(left, right, domain, relation=relation), source=source)


FAMILY = Family(
    name="inequalities",
    title="Bounds",
    identities=(
        bound("logarithm below its tangent", sp.log(1 + x), "<", x, Domain({x: POSITIVE}), "concavity"),
        bound("Gibbs inequality", sp.log(x), "<=", x - 1, Domain({x: POSITIVE}), "concavity of the logarithm"),
        bound("exponential above its tangent", sp.exp(x), ">=", 1 + x, Domain({x: REALS}), "convexity"),
        bound(
            "free energy of a spin is convex", sp.log(sp.cosh(x)), "<=", x**2 / 2, Domain({x: (-3, 3)}),
            "the hyperbolic cosine is subgaussian",
        ),
        bound("subgaussian spin", sp.cosh(x), "<=", sp.exp(x**2 / 2), Domain({x: (-2, 2)}), "Hoeffding's lemma"),
        bound("hyperbolic tangent below the diagonal", sp.tanh(x), "<", x, Domain({x: POSITIVE}), "concavity"),
        bound(
            "entropy of a bit", -x * sp.log(x) - (1 - x) * sp.log(1 - x), "<=", sp.log(2), UNIT, "Shannon (1948)"
        ),
        bound(
            "entropy of a bit above its parabola",
            -x * sp.log(x) - (1 - x) * sp.log(1 - x), ">=", 4 * x * (1 - x) * sp.log(2),
            Domain({x: (sp.Rational(1, 10), sp.Rational(9, 10))}), "the binary entropy in bits lies above 4 p (1 - p)",
        ),
        bound(
            "Pinsker's inequality for coins",
            x * sp.log(x / y) + (1 - x) * sp.log((1 - x) / (1 - y)), ">=", 2 * (x - y) ** 2, PAIR, "Pinsker (1964)",
        ),
        bound(
            "Young's inequality", x * y, "<=", x**2 / 2 + y**2 / 2, Domain({x: REALS, y: REALS}), "Young (1912)"
        ),
        bound(
            "geometric below arithmetic mean", sp.sqrt(beta * q), "<=", (beta + q) / 2,
            Domain({beta: POSITIVE, q: POSITIVE}), "Cauchy",
        ),
        bound(
            "Jensen's inequality for an exponential", GaussianMean(sp.exp(h * z), z, 1), ">=", 1, Domain({h: (-2, 2)}),
            "Jensen: the annealed free energy bounds the quenched one",
        ),
        bound(
            "error function below its slope", sp.erf(t), "<", 2 * t / sp.sqrt(sp.pi), Domain({t: POSITIVE}), "concavity"
        ),
        bound(
            "mean energy falls with the inverse temperature",
            -(1 - sp.tanh(beta) ** 2), "<", 0, Domain({beta: POSITIVE}), "the heat capacity is positive",
        ),
        bound("second law for a two-state work", sp.exp(-x) - 1 + x, ">=", 0, Domain({x: REALS}), "Jarzynski (1997)"),
    ),
)  # fmt: skip
