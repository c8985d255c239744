"""Effective couplings as the networks' correlations give them: equation (3.6) and its analogue for six points."""

from __future__ import annotations

from itertools import product
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.correlators.combinations import combinations
from numerics.correlators.random_networks import RandomNetworks, neuron_moment

Array = NDArray[np.float64]
STEP, REACH = 0.7, 9.0
"""Of the trapezoidal rule, in standard deviations of a product of kernels: its error is exp(-2 pi^2 / STEP^2)."""


def kernel_overlap(networks: RandomNetworks, order: int) -> Array:
    """The integral of K_W(x, x_1) ... K_W(x, x_n) over x, for each combination of n points.

    K_W is the kernel (3.2) without the bias, as derived. A Gaussian on the whole line, or in the plane or in space,
    is integrated by the trapezoidal rule to all digits.

    Parameters
    ----------
    networks
        Their points may have up to three components.
    order
        n.

    Returns
    -------
    array of shape (n_combinations,)

    Raises
    ------
    ValueError
        If points have more than three components.
    """
    d = networks.points.shape[1]
    if d > 3:
        raise ValueError(f"expected points of at most 3 components; found {d}: the grid grows as their power")
    spread = sqrt(d / order) / networks.weight_std
    axes = [_axis(networks.points[:, mu], spread) for mu in range(d)]
    grid = np.array(list(product(*axes)))
    pairs = np.stack(np.broadcast_arrays(grid[:, None, :], networks.points[None, :, :]), axis=2)
    kernel = networks.weight_std**2 * neuron_moment(pairs, networks.weight_std, networks.bias_std)
    volume = float(np.prod([axis[1] - axis[0] for axis in axes]))
    return np.array([volume * kernel[:, c].prod(axis=1).sum() for c in combinations(networks.n_points, order)])


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


def _axis(places: Array, spread: float) -> Array:
    reach = REACH * spread
    n_steps = int(np.ceil((np.ptp(places) + 2 * reach) / (STEP * spread)))
    return np.linspace(places.min() - reach, places.max() + reach, n_steps + 1)
