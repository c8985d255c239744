"""A connection without torsion at a point in n dimensions, its slopes, and what a metric makes of it.

Families of numbers: an inverse metric g[a, b]; forces p[c, a, b], the derivatives g_{ab,c} of the metric, and their
slopes p_d[d, c, a, b]; a connection K[a, b, c] with all indices below, symmetric in the last two; Gamma[a, b, c] with
the first index above, and its derivative Gamma_d[a, b, c, d] by the coordinate d. Symmetric families are sums of two
transposed ones. Source: V. Vanchurin, Towards a theory of machine learning (2020), (12.11) and (12.13).
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.models import onsager_tensor
from theory.sums import Sigma
from theory.symbols import family

dimension = onsager_tensor.dimension
mu, nu, alpha, beta, gamma, delta = onsager_tensor.PLACES
inverse_metric, forces = onsager_tensor.inverse_metric, onsager_tensor.forces
force_slopes, half_slopes = family("p_d", real=True), family("q_d", real=True)
lowered, half_lowered = family("K", real=True), family("k", real=True)
connection, half_connection = family("Gamma", real=True), family("gamma", real=True)
connection_slopes, half_connection_slopes = family("Gamma_d", real=True), family("gamma_d", real=True)
lowered_by_forces, christoffel = family("Gamma_low", real=True), family("Gamma_g", real=True)
trace, trace_slope = family("theta", real=True), family("theta_d", real=True)
riemann, ricci = family("R", real=True), family("R_2", real=True)


def over(summand: Any, *indices: sp.Symbol) -> Any:
    """A sum over all values of indices."""
    return Sigma(summand, *((i, sp.Integer(1), dimension) for i in indices))


def compatible(first: Any, second: Any, by: Any) -> Any:
    """The derivative of g_{first second} by a coordinate that a connection has which keeps the metric."""
    return lowered[first, second, by] + lowered[second, first, by]


def curvature() -> Any:
    """R^alpha_{beta gamma delta} of any connection."""
    e = sp.Symbol("epsilon", integer=True)
    products = (
        connection[alpha, gamma, e] * connection[e, beta, delta]
        - connection[alpha, delta, e] * connection[e, beta, gamma]
    )
    slopes = connection_slopes[alpha, beta, delta, gamma] - connection_slopes[alpha, beta, gamma, delta]
    return slopes + over(products, e)


def connection_domain() -> Domain:
    """Any dimension and any values of the families, symmetric where they should be."""
    a, b, c, d = sp.symbols("a b c d", integer=True)
    pairs = (
        (lowered[a, b, c], half_lowered[a, b, c] + half_lowered[a, c, b]),
        (connection[a, b, c], half_connection[a, b, c] + half_connection[a, c, b]),
        (connection_slopes[a, b, c, d], half_connection_slopes[a, b, c, d] + half_connection_slopes[a, c, b, d]),
        (
            force_slopes[d, c, a, b],
            half_slopes[d, c, a, b] + half_slopes[c, d, a, b] + half_slopes[d, c, b, a] + half_slopes[c, d, b, a],
        ),
    )
    entries = (e for pair in pairs for side in pair for e in sorted(side.atoms(sp.Indexed), key=str))
    heads: Any = [entry.base for entry in entries]
    sets = dict.fromkeys(heads, (-sp.oo, sp.oo))
    return onsager_tensor.tensor_domain().extended(sets, [sp.Eq(*pair) for pair in pairs])
