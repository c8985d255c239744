"""A scalar field of N components in d dimensions with a potential, at the scale k of a regulator.

The effective average action is that of the local potential approximation, Gamma_k = int Z_k (d phi)^2 / 2 + U_k(rho),
with rho = sum_a phi_a^2 / 2. Sources: C. Wetterich, Physics Letters B 301, 90 (1993); J. Berges, N. Tetradis,
C. Wetterich, Physics Reports 363, 223 (2002), section 2.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.regulators import y
from theory.sums import Sigma
from theory.symbols import family

scale = sp.Symbol("k", positive=True)
momentum = sp.Symbol("q", positive=True)
dimension = sp.Symbol("d", positive=True)
n_components = sp.Symbol("N", integer=True, positive=True)
anomalous_dimension = sp.Symbol("eta", real=True)
a, b, c = sp.symbols("a b c", integer=True)

fields = family("phi", real=True)
invariant = sp.Symbol("rho", positive=True)
"""rho = sum_a phi_a^2 / 2; in units of the scale where the potential is."""
kinetic = sp.Symbol("P", positive=True)
"""Z q^2 + R_k(q^2) at one momentum."""
slope = sp.Symbol("U'", real=True)
curvature = sp.Symbol("U''", real=True)
third_slope = sp.Symbol("U'''", real=True)
masses = sp.symbols("w_1 w_2", real=True)
"""Squared masses in units of Z k^2: of the directions across the field, and along it."""

shape = sp.Function("r", real=True)
renormalization = sp.Function("Z", positive=True)
dimensionful = sp.Function("U", real=True)
potential = sp.Function("u", real=True)
threshold = sp.Function("l_0", real=True)
momentum_threshold = sp.Function("m_22", real=True)
"""Of two masses; ``theory.momentum_thresholds``."""
wave_function = renormalization(scale)

inverse_propagator = family("Gamma", real=True)
flow_name = sp.Symbol("k dU/dk", real=True)

external_momentum = sp.Symbol("p", real=True)
cosine = sp.Symbol("c", real=True)
"""Of the angle between the momentum of a loop and an external one."""

time = sp.Symbol("t", real=True)
"""log k."""
minimum = sp.Function("kappa", positive=True)
place_of_minimum = sp.Symbol("kappa", positive=True)
velocity = sp.Symbol("kappa_t", real=True)


def coupling(order: int) -> sp.Symbol:
    """The derivative of that order of the potential at its minimum."""
    return sp.Symbol(f"lambda_{order}", real=True)


def coupling_at_origin(order: int) -> sp.Symbol:
    """The derivative of that order of the potential at the origin."""
    return sp.Symbol(f"g_{order}", real=True)


def flow_slope(order: int) -> sp.Symbol:
    """The derivative of that order of du/dt at fixed dimensionless field, at the point of expansion."""
    return sp.Symbol(f"f_{order}", real=True)


volume_factor = 1 / (2 ** (dimension + 1) * sp.pi ** (dimension / 2) * sp.gamma(dimension / 2))
"""v_d: the integral of f(q^2) over d-dimensional momenta, over (2 pi)^d, is 2 v_d int dz z^(d/2 - 1) f(z)."""
COMPONENTS = ((a, sp.Integer(1), n_components),)


def squared_field() -> Any:
    """The sum of the squared components."""
    return Sigma(fields[a] ** 2, *COMPONENTS)


def component_domain() -> Domain:
    """Any number of components, a convex kinetic term and any potential that keeps the modes positive."""
    return Domain(
        {
            n_components: sp.Range(1, sp.oo),
            fields: (-2, 2),
            kinetic: (0, sp.oo),
            slope: (0, sp.oo),
            curvature: (0, sp.oo),
        }
    )


def shell_domain() -> Domain:
    """One momentum in units of the scale, any dimension, any masses above -1."""
    return Domain(
        {
            scale: (sp.Rational(1, 2), 3),
            y: (0, sp.oo),
            dimension: (0, 6),
            n_components: sp.Range(1, sp.oo),
            masses[0]: (0, sp.oo),
            masses[1]: (0, sp.oo),
        }
    )
