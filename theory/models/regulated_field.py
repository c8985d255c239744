"""One degree of freedom with a regulator: the zero-dimensional field theory in which the flow equation is exact.

Z_k(j) = int dphi exp(-S(phi) - R_k phi^2 / 2 + j phi), W_k = log Z_k, and the effective average action
Gamma_k(phi) = j phi - W_k(j) - R_k phi^2 / 2 at phi = dW_k/dj. Source: C. Wetterich, Physics Letters B 301, 90 (1993).
"""

from __future__ import annotations

import sympy as sp

from theory.domain import Domain

time = sp.Symbol("t", real=True)
"""log k."""
source = sp.Symbol("j", real=True)
field = sp.Symbol("phi", real=True)
weight_name = sp.Symbol("w", real=True)
action_name = sp.Symbol("Gamma", real=True)
flow_name = sp.Symbol("dGamma/dt", real=True)
second_derivative = sp.Symbol("Gamma''", real=True)
"""Of the effective average action by the mean field, at fixed scale."""

action = sp.Function("S", real=True)
regulator = sp.Function("R", real=True)(time)
partition_function = sp.Function("Z", positive=True, real=True)(source, time)
generator = sp.Function("W", real=True)(source, time)
mean_field = sp.Derivative(generator, source)
"""phi = dW/dj."""


def domain() -> Domain:
    """Any source and scale."""
    return Domain({source: (-1, 1), time: (-1, 1)})
