"""The results of the spin-glass derivations as expressions, for lowering. Nothing here is typed in."""

from __future__ import annotations

from functools import cache
from typing import Any

from derivations.engine.derivation import Derivation
from derivations.spin_glass import large_layers, multilayer_replicas, multilayer_stability


@cache
def _replicas() -> Derivation:
    return multilayer_replicas.build()


@cache
def _stability() -> Derivation:
    return multilayer_stability.build()


@cache
def _large_layers() -> Derivation:
    return large_layers.build()


def symmetrized_bond() -> Any:
    """Entry (j - 1, j) of the Hessian scaled to a unit diagonal, in beta, N[j - 1], N[j], C[j]."""
    return _replicas()["bond of the scaled Hessian"].result


def replicon_bond() -> Any:
    """Entry (j - 1, j) of the scaled replicon stencil, in beta, N[j - 1], N[j], C[j], g[j - 1], g[j].

    The diagonal is 1; the de Almeida-Thouless surface lies where the chain of minus these bonds has 1 as its largest
    eigenvalue.
    """
    return _stability()["bond of the scaled replicon stencil"].result


def replicon_covariance() -> Any:
    """g[k]: mean of sech^4 over the field of a spin of layer k, in beta, h[k] and the variance v[k] of that field."""
    return _stability()["covariance in the replicon sector"].result


def equal_layer_least_eigenvalue() -> Any:
    """Least eigenvalue of the Hessian of equal layers, in n, beta, C, L."""
    return _replicas()["spectrum of equal layers"].result.subs(multilayer_replicas.r, 0)


def equal_layer_critical_temperature() -> Any:
    """Melting temperature of equal layers, in C and L."""
    return _replicas()["melting temperature"].result


def deep_limit() -> Any:
    """Melting temperature of infinitely many equal layers, in C."""
    return _replicas()["infinite depth"].result


def depth_correction() -> Any:
    """Melting temperature of equal layers to second order in epsilon = 1/(L + 2), in C and epsilon."""
    return _replicas()["correction of finite depth"].result


def edge_equation() -> Any:
    """Spectral parameter at which layer k of a large network obeys the resolvent equation, in g, beta, N, C, k, L."""
    return _large_layers()["edge equation"].result


def deep_edge() -> Any:
    """Least eigenvalue of I - M far inside infinitely many equal layers, in beta and C."""
    return _large_layers()["edge of deep networks"].result
