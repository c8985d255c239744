"""Variance and correlation maps of wide random networks."""

# pyright: reportArgumentType=false, reportOperatorIssue=false, reportCallIssue=false, reportAttributeAccessIssue=false, reportIndexIssue=false
# (SymPy annotations say Basic where an expression is meant)

from __future__ import annotations

import sympy as sp

from derivations.identities.known import Family, KnownIdentity, identity
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.statements import Expansion, LimitStatement

q, W, B, a = sp.symbols("q W B a", positive=True)
z, c, x = sp.symbols("z c x", real=True)
n = sp.Symbol("n", integer=True, positive=True)
k = sp.Symbol("k", integer=True)
VARIANCE = Domain({q: (0, sp.oo)})
MAP = Domain({q: (0, 3), W: (0, 3), B: (0, 1)})
POOLE = "Poole et al., Exponential expressivity in deep neural networks through transient chaos (2016)"
SCHOENHOLZ = "Schoenholz et al., Deep information propagation (2017)"
HE = "He et al., Delving deep into rectifiers (2015)"
RECTIFIED = (sp.sqrt(1 - c**2) + c * (sp.pi - sp.acos(c))) / sp.pi

FAMILY = Family(
    name="signal_propagation",
    title="Signal propagation",
    identities=(
        identity(
            "variance map of error-function units",
            W * GaussianMean(sp.erf(z) ** 2, z, q) + B, 2 * W / sp.pi * sp.asin(2 * q / (1 + 2 * q)) + B, MAP, POOLE,
        ),
        identity(
            "variance map of rectified units", W * GaussianMean(sp.Max(0, z) ** 2, z, q) + B, W * q / 2 + B, MAP, HE,
        ),
        identity("slope of rectified units", GaussianMean(sp.Heaviside(z), z, q), sp.Rational(1, 2), VARIANCE, HE),
        identity(
            "variance map of leaky units",
            GaussianMean((sp.Max(0, z) + a * sp.Min(0, z)) ** 2, z, q), (1 + a**2) * q / 2,
            Domain({q: (0, 3), a: (0, 1)}), HE,
        ),
        identity(
            "variance map of sine units", GaussianMean(sp.sin(z) ** 2, z, q), (1 - sp.exp(-2 * q)) / 2, VARIANCE, POOLE,
        ),
        identity("slope of sine units", GaussianMean(sp.cos(z) ** 2, z, q), (1 + sp.exp(-2 * q)) / 2, VARIANCE, POOLE),
        identity(
            "slope of the variance map is a curvature",
            sp.Derivative(GaussianMean(sp.sin(z) ** 2, z, q), q), GaussianMean(sp.cos(2 * z), z, q), VARIANCE, POOLE,
        ),
        identity(
            "growth rate of error-function units",
            W * GaussianMean(sp.Derivative(sp.erf(z), z) ** 2, z, q), 4 * W / (sp.pi * sp.sqrt(1 + 4 * q)),
            Domain({q: (0, 3), W: (0, 3)}), SCHOENHOLZ,
        ),
        identity(
            "variance through linear layers", sp.Sum(B * W**k, (k, 0, n - 1)) + W**n * q,
            B * (1 - W**n) / (1 - W) + W**n * q, Domain({q: (0, 3), W: (0, 1), B: (0, 1), n: sp.S.Naturals}),
            SCHOENHOLZ,
        ),
        identity(
            "slope of the rectified correlation map", sp.Derivative(RECTIFIED, c), (sp.pi - sp.acos(c)) / sp.pi,
            Domain({c: (-1, 1)}), "Cho and Saul, Kernel methods for deep learning (2009)",
        ),
        KnownIdentity(
            name="equal inputs stay equal",
            statement=LimitStatement(RECTIFIED, 1, Domain({c: (-1, 1)}), variable=c, point=1, direction="-"),
            source=POOLE,
        ),
        KnownIdentity(
            name="variance map of hyperbolic-tangent units at small variance",
            statement=Expansion(
                GaussianMean(sp.tanh(z) ** 2, z, q), q - 2 * q**2, Domain({q: (0, 1)}), variable=q, order=3
            ),
            source=POOLE, independent=False,
        ),
        KnownIdentity(
            name="depth scale near the edge of chaos",
            statement=LimitStatement(
                -x / sp.log(1 - x), 1, Domain({x: (0, 1)}), variable=x, point=0
            ),
            source=SCHOENHOLZ,
        ),
        identity(
            "Gaussian units", GaussianMean(sp.exp(-(z**2)), z, q), 1 / sp.sqrt(1 + 2 * q), VARIANCE, POOLE
        ),
        identity(
            "third moment of rectified units", GaussianMean(sp.Max(0, z) ** 3, z, 1), 2 / sp.sqrt(2 * sp.pi),
            Domain({}), HE
        ),
    ),
)  # fmt: skip
