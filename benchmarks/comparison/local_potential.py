"""Beta functions of the local potential approximation: one scalar field in three dimensions, optimized regulator.

With rho = phi^2 / 2, the potential U in units of the cutoff and of the volume factor of the loop (Litim 2001) obeys

    dU/dt = -3 U + rho U' + 1 / (1 + U' + 2 rho U''),       U(rho) = sum_k u_k rho^k / k!.

Its coefficients are beta_k = (k - 3) u_k + k! g_k, with g_k those of 1/A, where A = 1 + U' + 2 rho U'' has the
coefficients a_j = (2 j + 1) u_{j+1} / j! for j > 0, and a_0 = 1 + u_1.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

DIMENSION = 3


def couplings(order: int) -> tuple[Any, ...]:
    """u_1 to u_order."""
    return tuple(sp.symbols(f"u1:{order + 1}", positive=True))


def beta_functions(order: int) -> tuple[Any, ...]:
    """The beta functions of u_1 to u_order, each as one nested expression; u_k = 0 above the order."""
    u = couplings(order)
    inverse = _inverse([1 + u[0], *((2 * j + 1) * u[j] / sp.factorial(j) for j in range(1, order))], order)
    return tuple((k - DIMENSION) * u[k - 1] + sp.factorial(k) * inverse[k] for k in range(1, order + 1))


def expanded_beta_functions(order: int) -> tuple[Any, ...]:
    """The same as polynomials in the couplings and 1/(1 + u_1)."""
    propagator = sp.Dummy("g", positive=True)
    u = couplings(order)
    masses = [1 / propagator, *((2 * j + 1) * u[j] / sp.factorial(j) for j in range(1, order))]
    inverse = [sp.expand(g) for g in _inverse(masses, order, expand=True)]
    return tuple(
        (k - DIMENSION) * u[k - 1] + sp.expand(sp.factorial(k) * inverse[k]).subs(propagator, 1 / (1 + u[0]))
        for k in range(1, order + 1)
    )


def _inverse(series: list[Any], order: int, *, expand: bool = False) -> list[Any]:
    """Coefficients of 1/A up to an order: g_0 = 1/a_0, g_k = -g_0 sum_{j=1}^k a_j g_{k-j}."""
    inverse = [1 / series[0]]
    for k in range(1, order + 1):
        terms = sp.Add(*(series[j] * inverse[k - j] for j in range(1, min(k, len(series) - 1) + 1)))
        following = -inverse[0] * terms
        inverse.append(sp.expand(following) if expand else following)
    return inverse
