"""Effective couplings as the networks' correlations give them: equation (3.6) and its analogue for six points."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.correlators.at_many_points import at_many_points
from numerics.correlators.couplings import derived_overlap
from numerics.correlators.random_networks import RandomNetworks
from theory.models import random_network as model

Array = NDArray[np.float64]


def kernel_overlap(networks: RandomNetworks, order: int) -> Array:
    """The integral of K_W(x, x_1) ... K_W(x, x_n) over x, for each combination of n points, as derived.

    K_W is the kernel (3.2) without the bias.

    Returns
    -------
    array of shape (n_combinations,)
    """
    points = networks.points[networks.combinations(order)]
    return at_many_points(derived_overlap, points, {model.weight_std: networks.weight_std})


def coupling(networks: RandomNetworks, order: int, values: Any = None) -> Any:
    """u_n = - value / overlap, where the value is a deviation G^(n) - G_0^(n) or a connected correlation.

    Parameters
    ----------
    networks
        The ensemble and its points.
    order
        n: 4 in equation (3.6), which takes the deviation. For 6 the paper prints no definition: the deviation is the
        analogue, the connected correlation what is left of it when the pairs that kernels and u_4 make are taken off.
    values
        shape (..., n_combinations); the exact deviations if none are given.

    Returns
    -------
    array of the shape of the values

    Examples
    --------
    >>> networks = RandomNetworks([-0.01, 0.01], width=100, weight_std=1.0, bias_std=1.0)
    >>> coupling(networks, 4).round(3).tolist()
    [-1.283, -1.283, -1.283, -1.283, -1.283]
    """
    taken = networks.deviation(order) if values is None else values
    return -np.asarray(taken) / kernel_overlap(networks, order)
