"""The Onsager tensor L^{mu nu alpha beta gamma delta} of gravity, made of three inverse metrics in n dimensions.

It joins two forces, g_{alpha beta, mu} and g_{gamma delta, nu}, the derivatives of a metric. An inverse metric is any
symmetric matrix g[a, b] = h[a, b] + h[b, a]. Source: V. Vanchurin, Towards a theory of machine learning (2020), section
12, equations (12.4) to (12.9).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.symbols import family

dimension = sp.Symbol("n", integer=True, positive=True)
PLACES = mu, nu, alpha, beta, gamma, delta = sp.symbols("mu nu alpha beta gamma delta", integer=True)
"""The indices of the tensor in their order."""
INDEX = sp.Range(1, dimension + 1)

inverse_metric, half = family("g", real=True), family("h", real=True)
forces, half_forces = family("p", real=True), family("q", real=True)
"""p[mu, alpha, beta] is the derivative of the metric g_{alpha beta} by the coordinate mu, q half of it."""
coefficients = family("c", real=True)
any_tensor, onsager, exchanged = (family(name, real=True) for name in ("T", "L", "L'"))
"""A sum of all products of three inverse metrics; its part that has all symmetries; that part with forces exchanged."""

chosen, gravity = (family(name, real=True) for name in ("L_0", "L_R"))
"""The tensor that gives the scalar curvature up to a divergence, and its part that has all symmetries."""

Exchange = dict[Any, Any]
OF_FORCES: Exchange = {mu: nu, nu: mu, alpha: gamma, gamma: alpha, beta: delta, delta: beta}
"""Which of the two forces is which: the reciprocity that the text states before (12.7)."""
OF_FIRST: Exchange = {alpha: beta, beta: alpha}
OF_SECOND: Exchange = {gamma: delta, delta: gamma}
"""The symmetry of the metric in each force, (12.8)."""
EXCHANGES = (OF_FORCES, OF_FIRST, OF_SECOND)


def joinings() -> Iterator[Any]:
    """The fifteen ways to join six indices in pairs, each a product of three inverse metrics."""

    def pairs(left: tuple[Any, ...]) -> Iterator[Any]:
        if not left:
            yield sp.S.One
            return
        first, *others = left
        for other in others:
            rest = tuple(i for i in others if i != other)
            yield from (inverse_metric[first, other] * product for product in pairs(rest))

    yield from pairs(PLACES)


def any_of_three_inverse_metrics() -> Any:
    """The sum of all joinings, each with a coefficient of its own."""
    return sp.Add(*(coefficients[k] * product for k, product in enumerate(joinings(), start=1)))


def force_weight() -> Any:
    """The product of both forces, with all their indices."""
    return forces[mu, alpha, beta] * forces[nu, gamma, delta]


def tensor_domain() -> Domain:
    """Any dimension, any symmetric inverse metric, any forces and coefficients, all values of the indices."""
    a, b, c = sp.symbols("a b c", integer=True)
    families = (inverse_metric, half, forces, half_forces, coefficients)
    sets = {dimension: sp.Range(1, sp.oo), **dict.fromkeys(families, (-sp.oo, sp.oo)), **dict.fromkeys(PLACES, INDEX)}
    symmetric = (
        sp.Eq(inverse_metric[a, b], half[a, b] + half[b, a]),
        sp.Eq(forces[a, b, c], half_forces[a, b, c] + half_forces[a, c, b]),
    )
    return Domain(sets, symmetric)
