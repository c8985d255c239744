"""Integrals over finite and infinite intervals."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from numerics.quadrature.edges import Edges, cut
from numerics.quadrature.estimates import Doubles, Estimate
from numerics.quadrature.ladder import Integrand, climbed, ladders, together

# Over an interval of unit length an integrand less steep than this is resolved by the first rules.
STEEP = 4.0


def definite_integral(integrand: Integrand, low: Doubles, high: Doubles, edges: Edges, tolerance: float) -> Estimate:
    """The integrals at many points.

    Parameters
    ----------
    integrand
        A vectorized integrand.
    low, high
        The ends, shape (n_points,); in either order, and infinite ones among them.
    edges
        Kinks, singular and steep places of the integrand.
    tolerance
        The error wanted, relative to the integral of the absolute value.
    """
    start, end = np.minimum(low, high), np.maximum(low, high)
    with np.errstate(invalid="ignore"):  # beside an infinite length every place is steep
        steepness = edges.steepness * (end - start)[:, None]
    stretches = cut(start, end, replace(edges, steepness=steepness).splitting(STEEP))
    pieces = climbed(ladders(), integrand, stretches, tolerance, smooth=edges.complete)
    found = together(pieces, stretches.owner, len(low))
    return Estimate(value=np.where(high < low, -1.0, 1.0) * found.value, error=found.error, scale=found.scale)
