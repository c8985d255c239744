"""All zeros of the flow of a truncated potential about the origin, by the mass there.

At the origin the derivative of order n of the flow holds couplings up to the order n + 1, and is linear in the last:
at a given mass the first equations give the couplings one after another, and one equation for the mass is left. Such
truncations have many zeros, of which one goes on to the fixed point: A. Margaritis, G. Odor, A. Patkos, Zeitschrift
fuer Physik C 39, 109 (1988).
"""

from __future__ import annotations

import numpy as np

from numerics.flows.potential import Matrix, PotentialFlow, Vector
from numerics.flows.slope_flow import SlopeFlow

DEPTHS = np.geomspace(0.8, 1e-4, 1200)
"""Squared masses between the pole of the propagator and zero, as parts of the former, at which a zero is looked for."""


def zeros_about_the_origin(flow: PotentialFlow, dimension: float, components: float) -> list[Vector]:
    """Couplings of shape (order,) close to each zero with a negative squared mass, the largest first.

    Zeros that lie closer together than the masses that are tried, 1 % or less, are missed in pairs.
    """
    masses = SlopeFlow(flow.regulator).pole * DEPTHS
    tried = _solved_but_last(flow, dimension, components, masses)
    left = flow.slopes_of_many(dimension, components, tried)[:, -1]
    changes = np.flatnonzero(left[:-1] * left[1:] < 0)
    between = masses[changes] + np.diff(masses)[changes] * left[changes] / (left[changes] - left[changes + 1])
    return list(_solved_but_last(flow, dimension, components, between))


def _solved_but_last(flow: PotentialFlow, dimension: float, components: float, masses: Vector) -> Matrix:
    """Couplings at which all derivatives of the flow but the last vanish, shape (n_masses, order)."""
    values = np.zeros((len(masses), flow.order))
    values[:, 0] = masses
    for n in range(1, flow.order):
        left = flow.slopes_of_many(dimension, components, values)[:, n - 1]
        values[:, n] = 1
        slope = flow.slopes_of_many(dimension, components, values)[:, n - 1] - left
        values[:, n] = -left / slope
    return values
