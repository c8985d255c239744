"""Threshold functions of the functional renormalization group and the integrals around them."""

# pyright: reportArgumentType=false, reportOperatorIssue=false, reportCallIssue=false, reportAttributeAccessIssue=false, reportIndexIssue=false
# (SymPy annotations say Basic where an expression is meant)

from __future__ import annotations

import sympy as sp

from derivations.identities.known import Family, identity
from theory.domain import Domain

w, T, E = sp.symbols("w T E", positive=True)
eta, y, x = sp.symbols("eta y x", real=True)
d, n = sp.symbols("d n", integer=True, positive=True)
k = sp.Symbol("k", integer=True)
U = sp.Function("U")
RISING = Domain({w: (0, sp.oo), d: sp.Range(1, 7)})
MASS = Domain({w: (0, sp.oo)})
LITIM = "Litim, Optimized renormalization group flows (2001)"
BERGES = "Berges, Tetradis and Wetterich, Non-perturbative renormalization flow (2002)"
EXPONENTIAL = 2 * y**2 * sp.exp(y) / (sp.exp(y) - 1) ** 2
PROPAGATOR = (1 - sp.exp(-y)) / y

FAMILY = Family(
    name="threshold_functions",
    title="Threshold functions of the renormalization group",
    identities=(
        identity(
            "optimized regulator, order 0",
            sp.Integral(y ** (sp.Rational(1, 2) * d - 1) / (1 + w), (y, 0, 1)), 2 / (d * (1 + w)), RISING, LITIM,
        ),
        identity(
            "optimized regulator with its step written out",
            sp.Integral(
                y ** (sp.Rational(1, 2) * d - 1) * sp.Heaviside(1 - y) / (y + (1 - y) * sp.Heaviside(1 - y) + w),
                (y, 0, 2),
            ),
            2 / (d * (1 + w)),
            RISING, LITIM,
        ),
        identity(
            "optimized regulator, order 1 by differentiation",
            -sp.Derivative(2 / (d * (1 + w)), w), 2 / (d * (1 + w) ** 2), RISING, LITIM,
        ),
        identity(
            "optimized regulator with anomalous dimension",
            sp.Integral(
                y ** (sp.Rational(1, 2) * d - 1) * (2 - eta * (1 - y)) / (2 * (1 + w)), (y, 0, 1)
            ),
            2 / d * (1 - eta / (d + 2)) / (1 + w),
            Domain({w: (0, sp.oo), d: sp.Range(1, 7), eta: (-1, 1)}), LITIM,
        ),
        identity(
            "sharp cutoff", sp.Derivative(-sp.log(1 + w), w), -1 / (1 + w), MASS,
            "Wegner and Houghton, Renormalization group equation for critical phenomena (1973)",
        ),
        identity(
            "exponential regulator, two dimensions", sp.Integral(EXPONENTIAL * PROPAGATOR**2 / 2, (y, 0, sp.oo)), 1,
            Domain({}), BERGES,
        ),
        identity(
            "exponential regulator, four dimensions, order 2",
            sp.Integral(y * EXPONENTIAL * PROPAGATOR**3, (y, 0, sp.oo)), 1, Domain({}), BERGES,
        ),
        identity(
            "exponential regulator, order 1 in d dimensions",
            sp.Integral(y ** (sp.Rational(1, 2) * d - 1) * sp.exp(-y), (y, 0, sp.oo)), sp.gamma(d / 2),
            Domain({d: sp.Range(1, 9)}), BERGES,
        ),
        identity(
            "mass cutoff in three dimensions",
            sp.Integral(sp.sqrt(y) / (y + 1 + w) ** 2, (y, 0, sp.oo)), sp.pi / (2 * sp.sqrt(1 + w)), MASS,
            "Callan-Symanzik cutoff; Euler's beta integral",
        ),
        identity(
            "mass cutoff in one dimension",
            sp.Integral(1 / (y**2 + 1 + w), (y, -sp.oo, sp.oo)), sp.pi / sp.sqrt(1 + w), MASS,
            "one-loop tadpole in one dimension",
        ),
        identity(
            "solid angle",
            2 * sp.pi ** (sp.Rational(1, 2) * d) / sp.gamma(sp.Rational(1, 2) * d)
            * sp.Integral(y ** (d - 1) * sp.exp(-(y**2)), (y, 0, sp.oo)),
            sp.pi ** (sp.Rational(1, 2) * d),
            Domain({d: sp.Range(1, 8)}), "surface of the unit sphere",
        ),
        identity(
            "Matsubara sum",
            T * sp.Sum(1 / ((2 * sp.pi * k * T) ** 2 + E**2), (k, -sp.oo, sp.oo)), sp.coth(E / (2 * T)) / (2 * E),
            Domain({T: (sp.Rational(1, 2), 2), E: (sp.Rational(1, 2), 3)}), "thermal field theory, bosonic loop",
        ),
        identity(
            "slope of the flow of a potential",
            sp.Derivative(1 / (1 + sp.Derivative(U(x), (x, 2))), x),
            -sp.Derivative(U(x), (x, 3)) / (1 + sp.Derivative(U(x), (x, 2))) ** 2,
            Domain({x: (-1, 1)}), "local potential approximation, flow of the first derivative",
        ),
        identity(
            "bosonic loop as a finite-temperature integral",
            sp.Integral(1 / (sp.exp(E * y) - 1) * y, (y, 0, sp.oo)), sp.pi**2 / (6 * E**2), Domain({E: (0, sp.oo)}),
            "Bose integral of order 2",
        ),
    ),
)  # fmt: skip
