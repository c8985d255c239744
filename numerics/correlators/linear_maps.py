"""The connected correlation of six points as a linear map of deviations, the kernel being known exactly."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from numerics.correlators.combinations import combinations, repetitions, unions
from numerics.correlators.random_networks import RandomNetworks

Array = NDArray[np.float64]


def connected_map(networks: RandomNetworks) -> Array:
    """The matrix T in C^(6) = D^(6) - T D^(4), with D the deviations: each pair on the kernel, the rest connected.

    Returns
    -------
    array of shape (n_combinations of six, n_combinations of four)
    """
    n = networks.n_points
    kernel = networks.connected(2) / repetitions(n, 2)
    found = np.zeros((len(combinations(n, 6)), len(combinations(n, 4))))
    places, rest = unions(n, 2, 4), 1 / repetitions(n, 4)
    for pair, row in enumerate(places):
        np.add.at(found, (row, np.arange(len(row))), kernel[pair] * rest)
    return found * repetitions(n, 6)[:, None]


def connected_from_deviations(networks: RandomNetworks, order: int, deviations: dict[int, Array]) -> Array:
    """Connected correlations from deviations of shape (..., n_combinations)."""
    if order == 6:
        return deviations[6] - deviations[4] @ connected_map(networks).T
    if order == 4:
        return deviations[4]
    raise ValueError(f"expected 4 or 6 points; found {order!r}")
