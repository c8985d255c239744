"""Legendre transforms, conjugate variables and variational forms of free energies."""

# pyright: reportArgumentType=false, reportOperatorIssue=false, reportCallIssue=false, reportAttributeAccessIssue=false, reportIndexIssue=false
# (SymPy annotations say Basic where an expression is meant)

from __future__ import annotations

import sympy as sp

from derivations.identities.known import Family, KnownIdentity, identity
from theory.domain import Domain
from theory.statements import LimitStatement, Stationarity

m, h, x, y = sp.symbols("m h x y", real=True)
a, T, E, N = sp.symbols("a T E N", positive=True)
p = sp.Symbol("p", positive=True)
REALS = sp.Interval.open(-sp.oo, sp.oo)
ORDER = Domain({m: (-1, 1)})
FIELD = Domain({h: REALS})
CHANCE = Domain({p: (0, 1)})
ENTROPY = (1 + m) / 2 * sp.log((1 + m) / 2) + (1 - m) / 2 * sp.log((1 - m) / 2)
SOURCE = "Rockafellar, Convex analysis, conjugate functions"
MEAN_FIELD = "Bragg-Williams mean-field theory of a spin"

FAMILY = Family(
    name="legendre_transforms",
    title="Legendre transforms",
    identities=(
        identity(
            "conjugate of log cosh is the entropy of a spin",
            m * sp.atanh(m) - sp.log(2 * sp.cosh(sp.atanh(m))), ENTROPY, ORDER, MEAN_FIELD, independent=False,
        ),
        identity("slope of the entropy is the field", sp.Derivative(ENTROPY, m), sp.atanh(m), ORDER, MEAN_FIELD),
        identity(
            "curvature of the entropy", sp.Derivative(ENTROPY, (m, 2)), 1 / (1 - m**2), ORDER, MEAN_FIELD
        ),
        identity(
            "magnetization from the free entropy", sp.Derivative(sp.log(2 * sp.cosh(h)), h), sp.tanh(h), FIELD,
            MEAN_FIELD
        ),
        identity(
            "curvatures of conjugate functions are inverse",
            sp.Derivative(sp.log(2 * sp.cosh(h)), (h, 2)) / (1 - sp.tanh(h) ** 2), 1, FIELD, SOURCE,
        ),
        identity(
            "slope of the binary entropy",
            sp.Derivative(-p * sp.log(p) - (1 - p) * sp.log(1 - p), p), sp.log((1 - p) / p), CHANCE,
            "Shannon, A mathematical theory of communication (1948)",
        ),
        KnownIdentity(
            name="conjugate of a square",
            statement=Stationarity(
                x * y - y**2 / (2 * a), Domain({x: REALS, y: REALS, a: (0, sp.oo)}), variables=(y,), at={y: a * x}
            ),
            source=SOURCE,
        ),
        KnownIdentity(
            name="conjugate of the exponential",
            statement=Stationarity(
                x * a - sp.exp(x), Domain({x: REALS, a: (0, sp.oo)}), variables=(x,), at={x: sp.log(a)}
            ),
            source=SOURCE,
        ),
        KnownIdentity(
            name="Gibbs weight of a two-level system",
            statement=Stationarity(
                p * E + T * (p * sp.log(p) + (1 - p) * sp.log(1 - p)),
                Domain({p: (0, 1), E: (0, 4), T: (sp.Rational(1, 2), 4)}), variables=(p,),
                at={p: 1 / (1 + sp.exp(E / T))},
            ),
            source="Gibbs' variational principle",
        ),
        KnownIdentity(
            name="free energy is the least value of the functional",
            statement=LimitStatement(
                T * sp.log(sp.exp(x / T) + sp.exp(y / T)), sp.Max(x, y),
                Domain({x: (-1, 1), y: (1, 2), T: (0, 1)}), variable=T, point=0,
            ),
            source="zero-temperature limit of log-sum-exp",
        ),
        identity(
            "conjugate of a power",
            sp.Integral(sp.sqrt(x), (x, 0, a)), sp.Rational(2, 3) * a ** sp.Rational(3, 2),
            Domain({a: (0, sp.oo)}), "the slope of the conjugate is the inverse function of the slope",
        ),
        identity(
            "work from the free energy",
            sp.Derivative(-T * sp.log(2 * sp.cosh(h / T)), T),
            -sp.log(2 * sp.cosh(h / T)) + h / T * sp.tanh(h / T),
            Domain({T: (0, sp.oo), h: REALS}), "entropy as the slope of a free energy",
        ),
    ),
)  # fmt: skip
