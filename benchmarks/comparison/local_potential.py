"""Beta functions of the local potential approximation: one scalar field in three dimensions, optimized regulator.

They come from the derivations ``wetterich-local-potential`` and ``wetterich-thresholds``; for `lambdify` and its like
they are expanded by hand. With rho = phi^2 / 2, the potential U in units of the cutoff and of the volume factor of the
loop (Litim 2001) obeys

    dU/dt = -3 U + rho U' + 1 / (1 + U' + 2 rho U''),       U(rho) = sum_k u_k rho^k / k!.

Its coefficients are beta_k = (k - 3) u_k + k! g_k, with g_k those of 1/A, where A = 1 + U' + 2 rho U'' has the
coefficients a_j = (2 j + 1) u_{j+1} / j! for j > 0, and a_0 = 1 + u_1: g_0 = 1/a_0, g_k = -g_0 sum_{j=1}^k a_j g_{k-j}.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from numerics.flows.potential import derived_flow
from numerics.flows.thresholds import closed_form, mass
from numerics.lowering import StraightLineProgram, taylor_program
from theory.models import scalar_field as model
from theory.regulators import LitimRegulator

DIMENSION = 3


def couplings(order: int) -> tuple[Any, ...]:
    """u_1 to u_order."""
    return tuple(sp.symbols(f"u1:{order + 1}", positive=True))


def beta_functions(order: int) -> StraightLineProgram:
    """The beta functions of u_1 to u_order from the derived flow, as a program; u_k = 0 above the order."""
    potential = model.potential(model.invariant)
    program = taylor_program(_flow(), model.invariant, order, series={potential: _coefficients(order)})
    return program.followed_by({}, [sp.factorial(k) * c for k, c in enumerate(program.outputs) if k > 0])


def flow_on(order: int) -> tuple[Any, Any]:
    """The derived flow of the potential with these couplings, and its variable."""
    rho = model.invariant
    polynomial = sp.Add(*(c * rho**k for k, c in enumerate(_coefficients(order))))
    return _flow().xreplace({model.potential(rho): polynomial}).doit(), rho


def _coefficients(order: int) -> tuple[Any, ...]:
    return (0, *(u / sp.factorial(k) for k, u in enumerate(couplings(order), start=1)))


def _flow() -> Any:
    optimized = closed_form(LitimRegulator()).xreplace({model.anomalous_dimension: sp.S.Zero})
    flow = derived_flow().replace(model.threshold, lambda w: optimized.xreplace({mass: w}))
    return flow.xreplace({model.dimension: sp.Integer(DIMENSION), model.n_components: sp.S.One})


def expanded_beta_functions(order: int) -> tuple[Any, ...]:
    """The same as polynomials in the couplings and 1/(1 + u_1)."""
    propagator = sp.Dummy("g", positive=True)
    u = couplings(order)
    slopes = [(2 * j + 1) * u[j] / sp.factorial(j) for j in range(1, order)]
    inverse: list[Any] = [propagator]
    for k in range(1, order + 1):
        terms = sp.Add(*(a * inverse[k - j] for j, a in enumerate(slopes[:k], start=1)))
        inverse.append(sp.expand(-propagator * terms))
    return tuple(
        (k - DIMENSION) * u[k - 1] + sp.expand(sp.factorial(k) * inverse[k]).subs(propagator, 1 / (1 + u[0]))
        for k in range(1, order + 1)
    )
