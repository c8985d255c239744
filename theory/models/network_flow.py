"""A scalar field whose propagator a network fixes at every scale, under an optimized regulator of any amplitude.

In Fourier modes the inverse propagator and the regulator together are Z Lambda^2 exp(q^2 / Lambda^2), with
Z = z Lambda^(-eta): eta = 0 where the field is measured in units in which Z is 1. Source: H. Erbin, V. Lahoche,
D. O. Samary (2022), equations (4.1), (4.2) and (4.5).
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.models import scalar_field
from theory.regulators import y
from theory.symbols import family

scale = sp.Symbol("Lambda", positive=True)
momentum = scalar_field.momentum
dimension = scalar_field.dimension
volume_factor = scalar_field.volume_factor
external_momentum = sp.Symbol("p", positive=True)
amplitude = sp.Symbol("alpha", positive=True)
"""Of the regulator; it is 1 for the optimized one."""
anomalous_dimension = sp.Symbol("eta", real=True)
normalization = sp.Symbol("z", positive=True)
"""z, of Z = z Lambda^(-eta)."""
renormalization = sp.Function("Z", positive=True)
wave_function = renormalization(scale)
weight_std = sp.Symbol("sigma_W", positive=True)
network_scale = sp.Symbol("Lambda_W", positive=True)
"""The scale of a network of that standard deviation."""

component = sp.Symbol("x", real=True)
"""Of the difference of two inputs."""
kernel_factor = sp.Symbol("c_x", positive=True)
own_normalization = sp.Symbol("Z_0", positive=True)

gaussian_action = sp.Symbol("Gamma_G(phi)", real=True)
gaussian_action_less = sp.Symbol("Gamma_G - log", real=True)
"""Without the constant that grows with the regulator."""
mass, regulator_value = sp.symbols("m R", positive=True)
"""Of one Gaussian degree of freedom."""

modes = sp.Symbol("M", integer=True, positive=True)
"""Momenta run from -M to M in units of the least one."""
mode_rate, mode_propagator = family("\\dot{r}", real=True), family("G", real=True)
mode_vertex = family("\\Gamma", real=True)

relative_vertex = sp.Symbol("gamma_4", real=True)
"""The vertex of four legs at the momenta p, -p, 0 and 0, over that at zero momenta."""

regulator_name = sp.Symbol("r_Lambda", real=True)
inverse_name = sp.Symbol("G_Lambda^-1", real=True)
vertex_name = sp.Symbol("Gamma_Lambda^(2)", real=True)


def coupling(n: int) -> sp.Symbol:
    """The vertex of n legs at zero momenta."""
    return sp.Symbol(f"u_{n}", real=True)


def network_vertex(n: int) -> sp.Symbol:
    """That of a network, by the standard deviation of its weights."""
    return sp.Symbol(f"u_{n}(sigma_W)", real=True)


def vertex_motion(n: int) -> sp.Symbol:
    """The scale derivative of the vertex of n legs in modes."""
    return sp.Symbol(f"dGamma_{n}", real=True)


def loop(count: int) -> sp.Symbol:
    """The integral over momenta of the scale derivative of the regulator times a power of the propagator."""
    return sp.Symbol(f"J_{count}", real=True)


def shell(count: int) -> sp.Symbol:
    """Its integrand over the radius of the momentum."""
    return sp.Symbol(f"j_{count}", real=True)


def ball_integral(count: int) -> sp.Symbol:
    """What is left of that integral in units of the scale, in which only momenta below it count."""
    return sp.Symbol(f"ell_{count}", real=True)


def plain_ball(count: int) -> sp.Symbol:
    """The same where Z does not move."""
    return sp.Symbol(f"ell_{count}^0", positive=True)


def ball_integrand(count: int) -> Any:
    """Its integrand over the squared momentum y in units of the scale."""
    return y ** (dimension / 2 - 1) * (2 - anomalous_dimension * (1 - y)) * sp.exp(-count * y) / 2


def mode_domain() -> Domain:
    """Any number of modes; any values of what stands in a loop."""
    return Domain(
        {modes: sp.Range(1, sp.oo), mode_rate: (-1, 1), mode_propagator: (-1, 1), mode_vertex: (-1, 1)},
    )


def domain() -> Domain:
    """Any dimension, scale and amplitude; momenta below the scale are those of small p."""
    return Domain(
        {
            scale: (sp.Rational(1, 2), 3),
            dimension: (0, 6),
            amplitude: (0, 3),
            anomalous_dimension: (-1, 4),
            normalization: (0, 2),
            external_momentum: (0, sp.Rational(1, 2)),
            momentum: (0, 3),
            y: (0, 1),
            weight_std: (0, 3),
        }
    )
