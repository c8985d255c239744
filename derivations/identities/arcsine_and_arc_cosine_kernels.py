"""Kernels of wide networks with error-function, sign and rectified units."""

# pyright: reportArgumentType=false, reportOperatorIssue=false, reportCallIssue=false, reportAttributeAccessIssue=false, reportIndexIssue=false
# (SymPy annotations say Basic where an expression is meant)

from __future__ import annotations

import sympy as sp

from derivations.identities.known import Family, identity
from theory.averages import GaussianMean
from theory.domain import Domain

q = sp.Symbol("q", positive=True)
r, z, w, phi, t = sp.symbols("r z w phi t", real=True)
theta = sp.Symbol("theta", positive=True)
other = r * z + sp.sqrt(1 - r**2) * w
VARIANCE = Domain({q: (0, sp.oo)})
CORRELATED = Domain({r: (-1, 1)})
ANGLE = Domain({theta: (0, sp.pi)})
WILLIAMS = "Williams, Computation with infinite neural networks (1998)"
CHO = "Cho and Saul, Kernel methods for deep learning (2009)"
SHEPPARD = "Sheppard's formula for the quadrant probability of a normal pair"
RECTIFIED = (sp.sqrt(1 - r**2) + r * (sp.pi - sp.acos(r))) / (2 * sp.pi)
SECTOR = (phi, theta - sp.pi / 2, sp.pi / 2)

FAMILY = Family(
    name="arcsine_and_arc_cosine_kernels",
    title="Arcsine and arc-cosine kernels",
    identities=(
        identity(
            "arcsine kernel at equal inputs",
            GaussianMean(sp.erf(sp.sqrt(q) * z) ** 2, z, 1), 2 / sp.pi * sp.asin(2 * q / (1 + 2 * q)),
            VARIANCE, WILLIAMS,
        ),
        identity(
            "arcsine kernel",
            GaussianMean(GaussianMean(sp.erf(z) * sp.erf(other), w, 1), z, 1), 2 / sp.pi * sp.asin(2 * r / 3),
            CORRELATED, WILLIAMS,
        ),
        identity(
            "arcsine kernel with one mean done",
            GaussianMean(sp.erf(z) * sp.erf(r * z / sp.sqrt(3 - 2 * r**2)), z, 1),
            2 / sp.pi * sp.asin(2 * r / 3),
            CORRELATED, WILLIAMS,
        ),
        identity(
            "signs of a normal pair",
            GaussianMean(sp.sign(z) * sp.erf(r * z / sp.sqrt(2 - 2 * r**2)), z, 1), 2 / sp.pi * sp.asin(r),
            CORRELATED, SHEPPARD,
        ),
        identity(
            "probability that a student errs",
            2 * GaussianMean(sp.Heaviside(z) * sp.erfc(r * z / sp.sqrt(2 - 2 * r**2)) / 2, z, 1),
            sp.acos(r) / sp.pi,
            CORRELATED, "Seung, Sompolinsky and Tishby, Statistical mechanics of learning from examples (1992)",
        ),
        identity(
            "quadrant probability",
            GaussianMean(sp.Heaviside(z) * (1 + sp.erf(r * z / sp.sqrt(2 - 2 * r**2))) / 2, z, 1),
            sp.Rational(1, 4) + sp.asin(r) / (2 * sp.pi),
            CORRELATED, SHEPPARD,
        ),
        identity(
            "arc-cosine kernel of degree 1 by angles",
            sp.Integral(sp.cos(phi) * sp.cos(phi - theta), SECTOR),
            (sp.sin(theta) + (sp.pi - theta) * sp.cos(theta)) / 2,
            ANGLE, CHO,
        ),
        identity(
            "arc-cosine kernel of degree 2 by angles",
            sp.Integral(sp.cos(phi) ** 2 * sp.cos(phi - theta) ** 2, SECTOR),
            (3 * sp.sin(theta) * sp.cos(theta) + (sp.pi - theta) * (1 + 2 * sp.cos(theta) ** 2)) / 8,
            ANGLE, CHO,
        ),
        identity(
            "slope of the arc-cosine kernel is the kernel of degree 0",
            sp.Derivative(RECTIFIED, r), (sp.pi - sp.acos(r)) / (2 * sp.pi), CORRELATED, CHO,
        ),
        identity(
            "radial part of the rectified kernel",
            sp.Integral(t**3 * sp.exp(-(t**2) / 2), (t, 0, sp.oo)), 2, Domain({}), CHO,
        ),
        identity("rectified variance", GaussianMean(sp.Max(z, 0) ** 2, z, q), q / 2, VARIANCE, CHO),
        identity(
            "arcsine as an integral", sp.Integral(1 / sp.sqrt(1 - t**2), (t, 0, r)), sp.asin(r), CORRELATED,
            "definition of the arcsine",
        ),
        identity(
            "slope of the arcsine kernel",
            sp.Derivative(2 / sp.pi * sp.asin(2 * q / (1 + 2 * q)), q),
            4 / (sp.pi * (1 + 2 * q) * sp.sqrt(1 + 4 * q)),
            VARIANCE, WILLIAMS,
        ),
        identity(
            "mean square slope of an error-function unit",
            GaussianMean(sp.Derivative(sp.erf(z), z) ** 2, z, q), 4 / (sp.pi * sp.sqrt(1 + 4 * q)), VARIANCE, WILLIAMS,
        ),
        identity(
            "arc-cosine kernel by its slope",
            1 / (2 * sp.pi) + sp.Integral((sp.pi - sp.acos(t)) / (2 * sp.pi), (t, 0, r)), RECTIFIED, CORRELATED, CHO,
        ),
    ),
)  # fmt: skip
